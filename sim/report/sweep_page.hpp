// Writes a sweep as an HTML page: which points serve well and what they cost, and one run of a
// point when it is chosen.
#pragma once

#include <cstddef>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "sim/observe/sweep_result.hpp"
#include "sim/report/page_origin.hpp"
#include "sim/report/run_report.hpp"

namespace sim {

// More runs than this would make a page too large: then those of the points that stand out.
inline constexpr std::size_t kMostPointRuns = 60;
std::vector<std::size_t> points_with_runs(const SweepResult& result);

// What the page shows of the run of one of `count` points, as JSON.
std::string point_run_json(const RunReport& report, std::size_t count);

// runs: for each point what point_run_json() gave, or nothing.
void write_sweep_page(std::ostream& out, const SweepResult& result,
                      std::span<const std::string> runs, const PageOrigin& origin);

}  // namespace sim
