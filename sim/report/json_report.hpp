// Writes the whole result of a run as one JSON object: docs/result.schema.json.
#pragma once

#include "sim/report/json_writer.hpp"
#include "sim/report/run_report.hpp"

namespace sim {

// The layout: a line for each element of the object and of what stands directly in it.
inline constexpr int kResultDepthInLines = 2;

void write_result(JsonWriter& json, const RunReport& report);

// Its parts. The summary is of the whole run, with the count of its expectations.
void write_summary(JsonWriter& json, const RunReport& report);
void write_scenario(JsonWriter& json, const Scenario& scenario);
void write_phases(JsonWriter& json, const RunReport& report);
void write_expectations(JsonWriter& json, const RunReport& report);

}  // namespace sim
