// Holds how many runs a precision took, and what stayed open. Plain data; made by sim/study,
// written out by sim/report.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sim {

struct PrecisionResult {
  double asked = 0;  // half width of an interval as a part of its number: 0.02 is 2 %
  std::size_t run_count = 0;
  std::size_t most_runs = 0;
  std::size_t look_count = 0;  // how often the runs so far were judged
  // Of each interval at a single look: all looks together leave 95 %.
  double confidence = 0;
  std::vector<std::string> open;  // neither decided nor as precise as asked, when runs ran out

  bool is_reached() const { return open.empty(); }
};

}  // namespace sim
