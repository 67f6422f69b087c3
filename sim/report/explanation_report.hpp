// Writes what `headroom explain` tells, for people and for programs.
#pragma once

#include <ostream>

#include "sim/observe/explanation.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// One variant of the scenario at one instant.
struct ExplanationReport {
  const Scenario& scenario;
  const Explanation& explanation;
  const ExplainedVariant& variant;
};

void write_explanation(std::ostream& out, const ExplanationReport& report);
void write_explanation_json(JsonWriter& json, const ExplanationReport& report);
void write_explanation_markdown(std::ostream& out, const ExplanationReport& report);
// A row for each policy and alarm.
void write_explanation_csv(std::ostream& out, const ExplanationReport& report);

}  // namespace sim
