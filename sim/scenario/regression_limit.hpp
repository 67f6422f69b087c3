// Holds how far a number may change from one scenario to another: "errors.rate > +0.1pp".
//
// Plain data; limit_reader.hpp makes it of text, sim/study/comparison.hpp checks it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace sim {

// The change of the metric, from base to candidate, that breaks the limit.
struct RegressionLimit {
  std::string text;      // as written
  std::size_t key = 0;   // of the metric in summary_keys()
  bool is_upper = true;  // `>`
  double change = 0;     // in the metric's unit, or a fraction of the base's mean
  bool is_relative = false;
  std::optional<std::string> because;
};

}  // namespace sim
