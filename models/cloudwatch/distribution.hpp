// Keeps the single values of a period's samples, as far as a percentile needs them.
//
// Invariants
// 1. Values increase strictly and counts are positive.
// 2. Merging in any order gives the same distribution.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/cloudwatch/percentile.hpp"

namespace models::cloudwatch {

// So many samples of one value, as in the arrays Values and Counts of PutMetricData.
struct CountedValue {
  double value = 0;
  std::int64_t count = 0;
  bool operator==(const CountedValue&) const = default;
};

class Distribution {
 public:
  Distribution() = default;
  // Equal values may be given apart, and in any order. REQUIRES: counts are positive.
  explicit Distribution(std::vector<CountedValue> values);

  void merge(const Distribution& other);

  std::int64_t count() const { return count_; }
  std::span<const CountedValue> values() const { return values_; }

  // The least value that at least so many percent of the samples do not exceed; p0 is the least.
  // REQUIRES: count() > 0.
  double value_at(Percentile percentile) const;

  bool operator==(const Distribution&) const = default;

 private:
  std::vector<CountedValue> values_;
  std::int64_t count_ = 0;
};

}  // namespace models::cloudwatch
