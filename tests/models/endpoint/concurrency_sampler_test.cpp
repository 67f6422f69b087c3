#include "models/endpoint/concurrency_sampler.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "core/random_streams.hpp"

namespace models::endpoint {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kEvery = ConcurrencySampler::kEvery.count();

struct Stay {
  std::int64_t from;
  std::int64_t to;
};

// Counts at each sampling instant of [from, to).
ConcurrencySamples counted(const std::vector<Stay>& stays, std::int64_t from, std::int64_t to) {
  ConcurrencySamples samples;
  for (std::int64_t k = 0; k * kEvery < to; ++k) {
    const std::int64_t at = k * kEvery;
    if (at < from) continue;
    samples.add(std::count_if(stays.begin(), stays.end(),
                              [&](const Stay& stay) { return stay.from <= at && at < stay.to; }));
  }
  return samples;
}

void expect_same(const ConcurrencySamples& a, const ConcurrencySamples& b) {
  EXPECT_EQ(a.count, b.count);
  EXPECT_EQ(a.sum, b.sum);
  EXPECT_EQ(a.minimum, b.minimum);
  EXPECT_EQ(a.maximum, b.maximum);
}

TEST(ConcurrencySampler, CountsWhoIsThereAtTheInstantItself) {
  ConcurrencySampler sampler(1s);
  sampler.enter(kEvery);  // there at its first instant
  sampler.leave(2 * kEvery);
  sampler.enter(3 * kEvery + 1);  // just missed one
  sampler.leave(4 * kEvery + 1);  // just caught by the next
  sampler.enter(6 * kEvery + 1);
  sampler.leave(7 * kEvery);  // between two
  const ConcurrencySamples samples = sampler.take(core::at_ticks(8 * kEvery));
  EXPECT_EQ(samples.count, 8);
  EXPECT_EQ(samples.sum, 2);
  EXPECT_EQ(samples.maximum, 1);
  EXPECT_EQ(samples.minimum, 0);
}

TEST(ConcurrencySampler, InstantOfTheEndBelongsToTheNext) {
  ConcurrencySampler sampler(1s);
  EXPECT_EQ(sampler.take(core::at_ticks(5 * kEvery)).count, 5);
  EXPECT_EQ(sampler.take(core::at_ticks(5 * kEvery + 1)).count, 1);
  EXPECT_EQ(sampler.take(core::at_ticks(6 * kEvery)).count, 0);
}

TEST(ConcurrencySampler, AgreesWithCountingWhateverTheOrderOfBooking) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    core::RandomEngine engine(seed);
    constexpr core::Duration kLongest = 5s;
    ConcurrencySampler sampler(kLongest + 1s);
    std::vector<Stay> all;
    for (std::int64_t second = 0; second < 40; ++second) {
      // This second's stays, booked with their ends, which may lie seconds ahead; those that end
      // soon are booked in reverse.
      std::vector<Stay> stays;
      for (int i = 0; i < 30; ++i) {
        const std::int64_t from = second * 1'000'000'000 + engine.below(1'000'000'000);
        const std::int64_t stay = engine.below(engine.below(2) == 0 ? 40'000'000 : 4'294'967'295U);
        stays.push_back({from, from + stay});
      }
      for (const Stay& stay : stays) sampler.enter(stay.from);
      for (auto stay = stays.rbegin(); stay != stays.rend(); ++stay) sampler.leave(stay->to);
      all.insert(all.end(), stays.begin(), stays.end());
      const std::int64_t end = (second + 1) * 1'000'000'000;
      expect_same(sampler.take(core::at_ticks(end)), counted(all, second * 1'000'000'000, end));
    }
  }
}

TEST(ConcurrencySamples, MergeToWhatAllWouldHaveGiven) {
  ConcurrencySamples first;
  ConcurrencySamples second;
  ConcurrencySamples all;
  for (const std::int64_t value : {4, 2, 7}) {
    first.add(value);
    all.add(value);
  }
  for (const std::int64_t value : {1, 9}) {
    second.add(value);
    all.add(value);
  }
  first.merge(second);
  expect_same(first, all);
  EXPECT_DOUBLE_EQ(first.mean(), 23.0 / 5);
  first.merge({});
  expect_same(first, all);
  EXPECT_EQ(ConcurrencySamples{}.mean(), 0);
}

}  // namespace
}  // namespace models::endpoint
