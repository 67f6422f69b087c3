// Writes what a page draws of one run: the numbers of its JSON, under the same names, with what
// only a picture needs.
#pragma once

#include <cstddef>

#include "sim/report/json_writer.hpp"
#include "sim/report/page_rows.hpp"
#include "sim/report/run_report.hpp"

namespace sim {

// One object. most_rows: of minutes, and of the evaluations of each alarm.
void write_run_data(JsonWriter& json, const RunReport& report,
                    std::size_t most_rows = kMostPageRows);

// Less of it: what a page of many runs shows of each. No alarms, decisions, phases.
void write_run_outline(JsonWriter& json, const RunReport& report, std::size_t most_rows);

// "met", "failed", "open" (nothing failed, something cannot be told) or "none" (nothing expected).
std::string_view verdict_state(const RunReport& report);

// Where the prices come from, for people: "us-east-1 2026-11", "the scenario", "unknown".
std::string prices_text(const Scenario& scenario);

}  // namespace sim
