// Feeds arbitrary bytes to the scenario reader and holds it to its promises: a scenario or errors,
// and a scenario that, written out in full, loads again as it was.
//
// A line `--set` ends the scenario; each line after it is an override.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>

#include "sim/scenario/scenario_writer.hpp"
#include "sim/scenario/scenario_yaml.hpp"

namespace {

// Aborts rather than CHECKs, so that libFuzzer keeps the input.
void require(bool kept) {
  if (!kept) std::abort();
}

// Whatever file is asked for, there is one that fits its name.
sim::InputFile open(const std::string& path) {
  std::string_view text = "at,n\n2026-01-01 00:00,5\n2026-01-01 00:03,7\n";
  if (path.ends_with(".json")) text = R"({"MinCapacity": 1, "MaxCapacity": 3})";
  if (path.ends_with("samples.csv")) text = "ms\n9\n12\n";
  if (path.ends_with("missing")) return {nullptr, "no such file"};
  return {std::make_unique<std::istringstream>(std::string(text)), {}};
}

struct Input {
  std::string scenario;
  sim::LoadOptions options;
};
Input input_of(std::string_view bytes) {
  constexpr std::string_view kMark = "\n--set\n";
  Input input;
  input.options.open = open;
  const std::size_t mark = bytes.find(kMark);
  input.scenario = std::string(bytes.substr(0, mark));
  if (mark == std::string_view::npos) return input;
  std::istringstream lines(std::string(bytes.substr(mark + kMark.size())));
  for (std::string line; std::getline(lines, line);) input.options.overrides.push_back(line);
  return input;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input = input_of({reinterpret_cast<const char*>(data), size});
  sim::Diagnostics diagnostics;
  const auto scenario =
      sim::load_scenario(std::move(input.scenario), "x.yaml", input.options, diagnostics);
  require(scenario.has_value() != diagnostics.has_errors());
  require(diagnostics.has_errors() ==
          (diagnostics.render_all().find("error: ") != std::string::npos));
  if (!scenario) return 0;
  const std::string expanded = sim::expand_scenario(*scenario);
  sim::Diagnostics again;
  const auto reloaded = sim::load_scenario(expanded, "x.yaml", {{}, open}, again);
  require(reloaded.has_value());
  require(sim::expand_scenario(*reloaded) == expanded);
  return 0;
}
