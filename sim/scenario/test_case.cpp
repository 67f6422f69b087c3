#include "sim/scenario/test_case.hpp"

namespace sim {

bool TestCase::expects_nothing() const {
  const auto* of_scenario = std::get_if<ScenarioTest>(&test);
  return of_scenario != nullptr && of_scenario->scenario.expectations.empty() &&
         !of_scenario->golden;
}

}  // namespace sim
