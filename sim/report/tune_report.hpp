// Prints what a search among policies found, the verdict first.
#pragma once

#include <ostream>

#include "sim/observe/tune_result.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/paint.hpp"

namespace sim {

void write_tune(std::ostream& out, const TuneResult& result, Colour colour);
void write_tune_markdown(std::ostream& out, const TuneResult& result);
// A row for each policy: the best, what is written, the runner-up, remedies, and the best under
// each influence.
void write_tune_csv(std::ostream& out, const TuneResult& result);
// {schema: "headroom.tune/1", feasible, binding, best, runner_up, tried, sensitivity, ...}
void write_tune_json(std::ostream& out, const TuneResult& result);
void write_tune_json(JsonWriter& json, const TuneResult& result);

}  // namespace sim
