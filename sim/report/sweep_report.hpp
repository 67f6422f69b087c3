// Writes what a sweep found out, for people and for programs.
#pragma once

#include <ostream>

#include "sim/observe/sweep_result.hpp"
#include "sim/report/paint.hpp"

namespace sim {

// The verdict first, then a row a point.
void write_sweep(std::ostream& out, const SweepResult& result, Colour colour);
void write_sweep_markdown(std::ostream& out, const SweepResult& result);

// One object, "headroom.sweep/1": docs/commands.md.
void write_sweep_json(std::ostream& out, const SweepResult& result);

// A row a point with a column for each number of the summary and, of several runs, for the ends of
// its interval; an empty field where there is no value.
void write_sweep_csv(std::ostream& out, const SweepResult& result);

}  // namespace sim
