// Writes what `headroom explain` tells, for people and for programs.
#pragma once

#include <ostream>
#include <vector>

#include "sim/observe/explanation.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/text_style.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// One variant of the scenario at one instant.
struct ExplanationReport {
  const Scenario& scenario;
  const Explanation& explanation;
  const ExplainedVariant& variant;
  const std::vector<MinuteRecord>& minutes;  // of the variant, of the whole run
};

void write_explanation(std::ostream& out, const ExplanationReport& report, const TextStyle& style);
void write_explanation_json(JsonWriter& json, const ExplanationReport& report);
void write_explanation_markdown(std::ostream& out, const ExplanationReport& report);
// A row for each policy and alarm.
void write_explanation_csv(std::ostream& out, const ExplanationReport& report);

}  // namespace sim
