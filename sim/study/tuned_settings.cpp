#include "sim/study/tuned_settings.hpp"

#include <fmt/format.h>

#include <utility>

#include "sim/scenario/quantity.hpp"
#include "sim/scenario/scaling_writer.hpp"

namespace sim {
namespace {

bool scales_alike(const Scenario& a, const Scenario& b) {
  if (scaling_text(a) != scaling_text(b)) return false;
  for (std::size_t i = 0; i < a.variants.size(); ++i) {
    if (a.variants[i].variant.initial_instances != b.variants[i].variant.initial_instances) {
      return false;
    }
  }
  return true;
}

bool make(const Scenario& wanted, const std::string& file, LoadOptions load,
          const std::vector<std::string>& settings) {
  load.overrides.insert(load.overrides.end(), settings.begin(), settings.end());
  Diagnostics diagnostics;
  const auto loaded = load_scenario_file(file, load, diagnostics);
  return loaded && loaded->variants.size() == wanted.variants.size() &&
         scales_alike(*loaded, wanted);
}

}  // namespace

std::vector<std::string> tuned_settings(const PricedPolicy& policy, const std::string& file,
                                        const LoadOptions& load) {
  std::vector<std::string> settings;
  for (const TunedValue& number : policy.numbers) {
    if (number.value == number.written) continue;
    for (const std::string& path : number.paths) {
      settings.push_back(fmt::format("{}={}", path, format_number(number.value)));
    }
  }
  if (settings.empty() || make(policy.scenario, file, load, settings)) return settings;
  // A file that writes its initial instances does not follow MinCapacity.
  settings.push_back(fmt::format("endpoint.initial_instances={}",
                                 policy.scenario.variants.front().variant.initial_instances));
  if (make(policy.scenario, file, load, settings)) return settings;
  return {};
}

}  // namespace sim
