// Turns the results of independent runs into a mean with an interval (Student's t).
#pragma once

#include <span>

namespace core {

struct Interval {
  double low = 0;
  double high = 0;
  bool contains(double value) const { return low <= value && value <= high; }
};

// The interval that covers the true mean with probability `level` when the values are independent
// and about normal. REQUIRES: at least two values, 0 < level < 1.
Interval mean_interval(std::span<const double> values, double level);

}  // namespace core
