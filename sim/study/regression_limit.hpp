// Reads how far a number may change from one scenario to another: "errors.rate > +0.1pp".
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "sim/scenario/diagnostic.hpp"

namespace sim {

// "METRIC > CHANGE" or "METRIC < CHANGE": the change of the metric, from base to candidate, that
// breaks the limit.
struct RegressionLimit {
  std::string text;
  std::size_t key = 0;   // of the metric in summary_keys()
  bool is_upper = true;  // `>`
  double change = 0;     // in the metric's unit, or a fraction of the base's mean
  bool is_relative = false;
};

// Reports at `place` and gives nothing when the text is no limit. CHANGE is a number with the
// metric's unit, with a sign or without; `pp` are percentage points of a share or of CPU; `%` is of
// the base's mean.
std::optional<RegressionLimit> read_limit(const std::string& text, const SourcePlace& place,
                                          Diagnostics& diagnostics);

}  // namespace sim
