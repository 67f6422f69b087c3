#include "tools/headroom/precision_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tools/headroom/flag_value.hpp"

namespace headroom {

void add_precision_options(CLI::App& app, PrecisionOptions& options) {
  app.add_option("--precision", options.precision,
                 "as many runs as it takes until all is decided, or within that part of its number")
      ->type_name("PERCENT");
  app.add_option("--max-runs", options.most_runs,
                 "no more than these for --precision; default 100, or --runs when that is more")
      ->type_name("N")
      ->check(CLI::Range(2, 10'000).description(""));
}

std::optional<sim::PrecisionGoal> precision_goal(const PrecisionOptions& options,
                                                 std::optional<std::size_t> runs,
                                                 sim::Diagnostics& diagnostics) {
  const auto refuse = [&diagnostics](std::string flag, std::string message, std::string hint) {
    diagnostics.add_error({std::move(flag), 0, 0}, "out-of-range", std::move(message),
                          std::move(hint));
    return std::nullopt;
  };
  if (!options.precision) {
    if (!options.most_runs) return std::nullopt;
    return refuse("--max-runs", "expected it beside --precision, found it alone",
                  "--runs is an exact number of runs");
  }
  const auto part = flag_value("--precision", options.precision, sim::read_percent, diagnostics);
  if (!part) return std::nullopt;
  if (*part <= 0 || *part >= 1) {
    return refuse("--precision",
                  fmt::format("expected more than 0% and less than 100%, found {}",
                              sim::in_quotes(*options.precision)),
                  "2% stops when an interval reaches 2 % of its number to either side");
  }
  sim::PrecisionGoal goal{.relative_half_width = *part};
  goal.most_runs = options.most_runs.value_or(std::max(goal.most_runs, runs.value_or(0)));
  // One run has no interval.
  goal.least_runs =
      std::max<std::size_t>(2, runs.value_or(std::min(goal.least_runs, goal.most_runs)));
  if (goal.most_runs < goal.least_runs) {
    return refuse("--max-runs",
                  fmt::format("expected at least the {} of --runs, found {}", goal.least_runs,
                              goal.most_runs),
                  {});
  }
  return goal;
}

}  // namespace headroom
