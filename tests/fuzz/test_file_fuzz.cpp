// Feeds arbitrary bytes to the reader of test files and holds it to its promises: tests or errors,
// and a test of the control plane that was read can be played, each of its expectations checked.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <variant>

#include "sim/scenario/test_file.hpp"
#include "sim/study/control_test.hpp"

namespace {

// Aborts rather than CHECKs, so that libFuzzer keeps the input.
void require(bool kept) {
  if (!kept) std::abort();
}

// Whatever file is asked for, there is one that fits its name.
sim::InputFile open(const std::string& path) {
  std::string_view text = R"([{"MinCapacity": 1, "MaxCapacity": 3}])";
  if (path.ends_with(".scenario.yaml")) {
    text =
        "version: 1\ntraffic: {t: {rate: 5/s}}\nexpect: [errors.rate < 1%]\n"
        "endpoint: {instance_type: ml.c5.large, latency: {exponential: 10ms}}\n";
  }
  if (path.ends_with("missing")) return {nullptr, "no such file"};
  return {std::make_unique<std::istringstream>(std::string(text)), {}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  sim::Diagnostics diagnostics;
  const auto file = sim::load_tests(text, "x.test.yaml", open, diagnostics);
  require(file.has_value() != diagnostics.has_errors());
  static_cast<void>(diagnostics.render_all());
  if (!file) return 0;
  require(!file->tests.empty());
  for (const sim::TestCase& test : file->tests) {
    const auto* control = std::get_if<sim::ControlTest>(&test.test);
    // Longer ones take long, and no more happens in them.
    if (control == nullptr || control->scenario.run.duration > std::chrono::hours{3}) continue;
    require(sim::play_control_test(*control).size() == control->expectations.size());
  }
  return 0;
}
