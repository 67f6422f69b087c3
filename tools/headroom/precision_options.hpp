// The options of commands that play as many runs as a precision takes: `--precision`, `--max-runs`.
#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <optional>
#include <string>

#include "sim/scenario/diagnostic.hpp"
#include "sim/study/sequential_looks.hpp"

namespace headroom {

struct PrecisionOptions {
  std::optional<std::string> precision;
  std::optional<std::size_t> most_runs;
};

void add_precision_options(CLI::App& app, PrecisionOptions& options);

// Nothing when no precision was asked for, or after a report. `runs`: what --runs says, if it was
// given: the least number of runs.
std::optional<sim::PrecisionGoal> precision_goal(const PrecisionOptions& options,
                                                 std::optional<std::size_t> runs,
                                                 sim::Diagnostics& diagnostics);

}  // namespace headroom
