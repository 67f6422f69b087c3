// Summarises numbers as they come, without keeping them: count, sum, extremes, mean and variance,
// and the time-weighted mean of a value that changes in steps.
#pragma once

#include <cstdint>
#include <limits>

#include "core/sim_time.hpp"

namespace core {

// Welford's update (Knuth, The Art of Computer Programming vol. 2, section 4.2.2, eq. 15-16);
// merge() is Chan, Golub and LeVeque's pairwise formula.
class RunningStatistics {
 public:
  void add(double value);
  void merge(const RunningStatistics& other);

  std::int64_t count() const { return count_; }
  double sum() const { return sum_; }
  double minimum() const { return minimum_; }  // +infinity when empty
  double maximum() const { return maximum_; }  // -infinity when empty
  double mean() const { return count_ == 0 ? 0.0 : mean_; }
  double variance() const;  // of the sample (n - 1); 0 for fewer than two values

 private:
  std::int64_t count_ = 0;
  double sum_ = 0;
  double mean_ = 0;
  double squares_ = 0;
  double minimum_ = std::numeric_limits<double>::infinity();
  double maximum_ = -std::numeric_limits<double>::infinity();
};

// The mean over time of a step function, such as the number of instances in service.
class TimeWeightedMean {
 public:
  explicit TimeWeightedMean(double value = 0, SimTime from = kStart)
      : since_(from), start_(from), value_(value) {}

  // The value changes at `at`. REQUIRES: at is not before the last change.
  void set(SimTime at, double value);

  double value() const { return value_; }
  double integral_until(SimTime at) const;  // value x seconds
  double mean_until(SimTime at) const;      // the value itself over an empty span

 private:
  SimTime since_;
  SimTime start_;
  double value_;
  double integral_ = 0;
};

}  // namespace core
