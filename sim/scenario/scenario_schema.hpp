// Gives the JSON Schema of scenario files, which the build copies from docs/scenario.schema.json.
#pragma once

#include <string_view>

namespace sim {

// Draft 7; for editors and for `headroom schema`. What it cannot say, load_scenario() checks.
extern const std::string_view kScenarioSchema;

}  // namespace sim
