#include "core/latency_histogram.hpp"

#include <algorithm>
#include <cmath>

#include "core/check.hpp"

namespace core {

void LatencyHistogram::merge(const LatencyHistogram& other) {
  if (other.count_ == 0) return;
  const std::size_t last = bucket_of(other.maximum_);
  for (std::size_t bucket = bucket_of(other.minimum_); bucket <= last; ++bucket) {
    buckets_[bucket] += other.buckets_[bucket];
  }
  count_ += other.count_;
  sum_ += other.sum_;
  minimum_ = std::min(minimum_, other.minimum_);
  maximum_ = std::max(maximum_, other.maximum_);
}

void LatencyHistogram::clear() {
  if (count_ == 0) return;
  const auto first = buckets_.begin() + static_cast<std::ptrdiff_t>(bucket_of(minimum_));
  const auto last = buckets_.begin() + static_cast<std::ptrdiff_t>(bucket_of(maximum_)) + 1;
  std::fill(first, last, std::uint64_t{0});
  count_ = 0;
  sum_ = 0;
  minimum_ = INT64_MAX;
  maximum_ = INT64_MIN;
}

std::optional<Duration> LatencyHistogram::mean() const {
  if (count_ == 0) return std::nullopt;
  return Duration{static_cast<std::int64_t>(sum_ / static_cast<std::uint64_t>(count_))};
}

std::optional<Duration> LatencyHistogram::minimum() const {
  if (count_ == 0) return std::nullopt;
  return Duration{minimum_};
}

std::optional<Duration> LatencyHistogram::maximum() const {
  if (count_ == 0) return std::nullopt;
  return Duration{maximum_};
}

std::optional<Duration> LatencyHistogram::quantile(double q) const {
  CHECK(q > 0 && q <= 1);
  if (count_ == 0) return std::nullopt;
  const auto count = static_cast<double>(count_);
  auto rank = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(q * count)));
  // A product such as 0.07 * 100 lies just above its whole number: 7 of 100 are the share 0.07.
  if (rank > 1 && static_cast<double>(rank - 1) / count >= q) --rank;
  std::int64_t seen = 0;
  std::size_t bucket = bucket_of(minimum_);
  for (; bucket < kBuckets - 1; ++bucket) {
    seen += static_cast<std::int64_t>(buckets_[bucket]);
    if (seen >= rank) break;
  }
  return Duration{std::clamp(middle_of(bucket), minimum_, maximum_)};
}

std::int64_t LatencyHistogram::middle_of(std::size_t bucket) {
  if (bucket == 0) return 0;
  const auto leading = static_cast<std::uint32_t>(bucket) + kOne - 1;
  const std::uint32_t half = 1U << (kMantissaRest - 1);
  return static_cast<std::int64_t>(std::bit_cast<float>((leading << kMantissaRest) + half) + 0.5F);
}

}  // namespace core
