// Reads `plan:`, and the values that its keys have as flags of the command line.
#pragma once

#include <string_view>

#include "sim/scenario/document.hpp"
#include "sim/scenario/plan_settings.hpp"
#include "sim/scenario/quantity.hpp"

namespace sim {

// An absent section says nothing.
PlanSettings read_plan(const Node* node, Diagnostics& diagnostics);

Reading<LatencyThreshold> read_latency_threshold(std::string_view text);  // P95 100ms
Reading<double> read_growth(std::string_view text);                       // 1.2
Reading<PlanObjective> read_plan_objective(std::string_view text);
// A share of what an instance can do: from 1% to 100% (R-207).
Reading<double> read_plan_share(std::string_view text);
Reading<core::RequestRate> read_plan_rate(std::string_view text);  // above zero
Reading<double> read_spawn_rate(std::string_view text);            // users a minute: 1/min

std::string_view to_string(PlanObjective objective);
std::string_view to_string(LatencyPercentile percentile);
// As read_latency_threshold reads it.
std::string format_latency_threshold(const LatencyThreshold& threshold);

}  // namespace sim
