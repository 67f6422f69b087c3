#include "models/traffic/open_arrivals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "tests/support/arrival_sequences.hpp"

namespace models::traffic {
namespace {

using core::kStart;
using tests::per_second;
using tests::process_of;
using tests::run_of;
using tests::stream_of;
using namespace std::chrono_literals;

using Arrival = std::pair<std::int64_t, StreamIndex>;

TrafficStream smooth(double rate, ArrivalPattern pattern = ArrivalPattern::Poisson) {
  return stream_of(SmoothTraffic{per_second(rate), std::nullopt}, pattern);
}

OpenArrivals merged(const std::vector<TrafficStream>& streams) {
  std::vector<ArrivalProcess> processes;
  for (std::size_t k = 0; k < streams.size(); ++k) {
    processes.push_back(process_of(streams[k], run_of(1min), k));
  }
  return OpenArrivals(std::move(processes));
}

std::vector<Arrival> all(OpenArrivals arrivals, std::size_t batch, Duration step) {
  std::vector<Arrival> result;
  std::vector<std::int64_t> at(batch);
  std::vector<StreamIndex> stream(batch);
  for (core::SimTime until = kStart + step; until <= kStart + 2min; until += step) {
    std::size_t filled = batch;
    while (filled == batch) {
      filled = arrivals.fill(at, stream, until);
      for (std::size_t k = 0; k < filled; ++k) result.emplace_back(at[k], stream[k]);
      if (filled > 0) {
        EXPECT_LT(at[filled - 1], core::ticks(until));
      }
    }
  }
  return result;
}

// The same by sorting all streams' own arrivals.
std::vector<Arrival> sorted(const std::vector<TrafficStream>& streams) {
  std::vector<Arrival> result;
  for (std::size_t k = 0; k < streams.size(); ++k) {
    for (const std::int64_t at :
         tests::arrivals_before(process_of(streams[k], run_of(1min), k), core::kNever)) {
      result.emplace_back(at, static_cast<StreamIndex>(k));
    }
  }
  std::stable_sort(result.begin(), result.end());
  return result;
}

TEST(OpenArrivals, MergeIsTheSortedUnion) {
  for (const std::size_t count : {1U, 2U, 3U, 5U, 8U, 17U}) {
    std::vector<TrafficStream> streams;
    for (std::size_t k = 0; k < count; ++k)
      streams.push_back(smooth(k % 4 == 2 ? 0 : 20.0 * static_cast<double>(k + 1)));
    const auto expected = sorted(streams);
    EXPECT_GT(expected.size(), 1000U);
    EXPECT_EQ(all(merged(streams), 1000, 2min), expected);
    EXPECT_EQ(all(merged(streams), 1, 2min), expected);
    EXPECT_EQ(all(merged(streams), 7, 300ms), expected);
  }
}

TEST(OpenArrivals, TiesGoInTheOrderOfTheStreams) {
  const std::vector<TrafficStream> streams(3, smooth(10, ArrivalPattern::Even));
  const auto arrivals = all(merged(streams), 100, 2min);
  ASSERT_EQ(arrivals.size(), 1800U);
  for (std::size_t k = 0; k < arrivals.size(); ++k) {
    ASSERT_EQ(arrivals[k].second, k % 3);
    ASSERT_EQ(arrivals[k].first, arrivals[k / 3 * 3].first);
  }
}

TEST(OpenArrivals, IndicesNeedNotBeAskedFor) {
  for (const std::size_t count : {1U, 3U}) {
    const std::vector<TrafficStream> streams(count, smooth(50));
    OpenArrivals arrivals = merged(streams);
    std::vector<std::int64_t> at(100'000);
    at.resize(arrivals.fill(at, {}, core::kNever));
    std::vector<std::int64_t> expected;
    for (const Arrival& arrival : sorted(streams)) expected.push_back(arrival.first);
    EXPECT_EQ(at, expected);
  }
}

TEST(OpenArrivals, NoStreamsNoArrivals) {
  OpenArrivals arrivals({});
  std::vector<std::int64_t> at(10);
  EXPECT_EQ(arrivals.fill(at, {}, core::kNever), 0U);
}

}  // namespace
}  // namespace models::traffic
