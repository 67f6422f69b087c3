#include "models/endpoint/concurrency_sampler.hpp"

#include <algorithm>
#include <bit>

#include "core/check.hpp"

namespace models::endpoint {

void ConcurrencySamples::add(std::int64_t in_system) {
  ++count;
  sum += in_system;
  minimum = std::min(minimum, in_system);
  maximum = std::max(maximum, in_system);
}

void ConcurrencySamples::merge_beside(const ConcurrencySamples& other) {
  if (count == 0) {
    *this = other;
    return;
  }
  CHECK_EQ(count, other.count);
  sum += other.sum;
  minimum += other.minimum;
  maximum += other.maximum;
}

void ConcurrencySamples::merge(const ConcurrencySamples& other) {
  count += other.count;
  sum += other.sum;
  minimum = std::min(minimum, other.minimum);
  maximum = std::max(maximum, other.maximum);
}

ConcurrencySampler::ConcurrencySampler(core::Duration ahead) {
  const auto instants = static_cast<std::uint64_t>(ahead.count() >> kShift) + 3;
  change_.assign(std::bit_ceil(instants), 0);
  mask_ = change_.size() - 1;
}

ConcurrencySamples ConcurrencySampler::take(core::SimTime until) {
  ConcurrencySamples samples;
  for (; (next_ << kShift) < core::ticks(until); ++next_) {
    std::int32_t& change = change_[static_cast<std::size_t>(next_) & mask_];
    in_system_ += change;
    change = 0;
    samples.add(in_system_);
  }
  CHECK_GE(in_system_, 0);
  return samples;
}

}  // namespace models::endpoint
