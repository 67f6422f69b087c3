// Puts a scaling plan into labelled sentences and rows of cells, for the table and for Markdown.
#pragma once

#include <string>
#include <vector>

#include "sim/observe/plan_result.hpp"
#include "sim/report/text_table.hpp"

namespace sim {

// VERDICT, TARGETS, CAPACITY, LOAD TEST, TRAFFIC, and a WARNING each.
std::vector<Fact> plan_facts(const PlanResult& result);
// The plan's policies, alarms and schedule, a line each.
std::vector<std::string> policy_lines(const PlanCase& plan);
// Availability against cost; empty when there is one utilization only.
TextRows trade_off_rows(const PlanResult& result);
// Up or out; empty without candidates.
TextRows candidate_rows(const PlanResult& result);
// Which candidate is the cheapest and which is the safest.
std::string candidate_text(const PlanResult& result);

// The share of requests that were answered.
double availability(const Summary& summary);

}  // namespace sim
