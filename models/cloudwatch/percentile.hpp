// Says exactly which sample a percentile means, and how many samples make it worth something.
#pragma once

#include <compare>
#include <cstdint>

namespace models::cloudwatch {

// pNN.NN, the value that so many percent of the samples do not exceed.
struct Percentile {
  double percent = 50;  // 0 to 100, at most ten decimals
  auto operator<=>(const Percentile&) const = default;

  // The position, counted from 1 at the least, of the sample that the percentile is. Exact: the
  // decimal number counts, not the double nearest to it. REQUIRES: samples > 0.
  std::int64_t rank_in(std::int64_t samples) const;

  // The fewest samples that are not "low": 10 / (1 - p) from the median on, 10 / p below.
  // No number is enough for p0 and p100.
  std::int64_t fewest_samples() const;
};

}  // namespace models::cloudwatch
