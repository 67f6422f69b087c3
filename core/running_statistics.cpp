#include "core/running_statistics.hpp"

#include <algorithm>

#include "core/check.hpp"

namespace core {

void RunningStatistics::add(double value) {
  ++count_;
  sum_ += value;
  const double distance = value - mean_;
  mean_ += distance / static_cast<double>(count_);
  squares_ += distance * (value - mean_);
  minimum_ = std::min(minimum_, value);
  maximum_ = std::max(maximum_, value);
}

void RunningStatistics::merge(const RunningStatistics& other) {
  if (other.count_ == 0) return;
  if (count_ == 0) {
    *this = other;
    return;
  }
  const auto mine = static_cast<double>(count_);
  const auto theirs = static_cast<double>(other.count_);
  const double distance = other.mean_ - mean_;
  count_ += other.count_;
  const auto all = static_cast<double>(count_);
  mean_ += distance * theirs / all;
  squares_ += other.squares_ + distance * distance * mine * theirs / all;
  sum_ += other.sum_;
  minimum_ = std::min(minimum_, other.minimum_);
  maximum_ = std::max(maximum_, other.maximum_);
}

double RunningStatistics::variance() const {
  return count_ < 2 ? 0.0 : squares_ / static_cast<double>(count_ - 1);
}

void TimeWeightedMean::set(SimTime at, double value) {
  integral_ = integral_until(at);
  since_ = at;
  value_ = value;
}

double TimeWeightedMean::integral_until(SimTime at) const {
  CHECK_GE(ticks(at), ticks(since_));
  return integral_ + value_ * in_seconds(at - since_);
}

double TimeWeightedMean::mean_until(SimTime at) const {
  const double span = in_seconds(at - start_);
  return span > 0 ? integral_until(at) / span : value_;
}

}  // namespace core
