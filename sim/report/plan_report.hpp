// Writes a scaling plan, for people and for programs: the verdict, the numbers with the sentences
// that derive them, the policies, and what was compared.
#pragma once

#include <ostream>

#include "sim/observe/plan_result.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/paint.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct PlanReport {
  const Scenario& scenario;  // as written
  const PlanResult& result;
};

void write_plan(std::ostream& out, const PlanReport& report, Colour colour);
void write_plan_markdown(std::ostream& out, const PlanReport& report);
// {target, min_capacity, max_capacity, policies, evaluation, derivation} and what goes with it.
void write_plan_json(JsonWriter& json, const PlanReport& report);
// The plan under its load test, or null.
void write_load_test_json(JsonWriter& json, const PlanCase& made);
// A row for each utilization, then for each candidate.
void write_plan_csv(std::ostream& out, const PlanReport& report);

}  // namespace sim
