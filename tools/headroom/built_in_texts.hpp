// Names the texts that the build copies into the program.
#pragma once

#include <string_view>

namespace headroom {

extern const std::string_view kScenarioSchema;  // docs/scenario.schema.json
extern const std::string_view kResultSchema;    // docs/result.schema.json
extern const std::string_view kTestSchema;      // docs/test.schema.json
extern const std::string_view kFirstScenario;   // first_scenario.yaml; NAME stands for the name

}  // namespace headroom
