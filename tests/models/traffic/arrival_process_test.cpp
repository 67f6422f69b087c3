#include "models/traffic/arrival_process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/random/exponential_distribution.hpp>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/support/arrival_sequences.hpp"

namespace models::traffic {
namespace {

using core::kStart;
using testing::ElementsAre;
using tests::arrivals_before;
using tests::per_second;
using tests::process_of;
using tests::run_of;
using tests::stream_of;
using namespace std::chrono_literals;

const std::string kTrace = [] {
  std::string text = "t,n\n";
  for (int minute = 0; minute < 10; ++minute) {
    text += std::to_string(60 * minute) + "," + std::to_string(minute * 7919 % 500) + "\n";
  }
  return text;
}();

PhasedTraffic hills() {
  return {{{"", per_second(0), per_second(40), 30s},
           {"", per_second(40), per_second(40), 30s},
           {"", per_second(40), per_second(0), 15s},
           {"", per_second(0), per_second(0), 20s},
           {"", per_second(5), per_second(5), 1s},
           {"", per_second(30), per_second(10), 100s}}};
}

// One stream of every kind there is.
std::vector<TrafficStream> every_kind() {
  std::vector<TrafficStream> streams;
  for (const ArrivalPattern pattern : {ArrivalPattern::Poisson, ArrivalPattern::Even}) {
    streams.push_back(stream_of(SmoothTraffic{per_second(30), 500s}, pattern, 3s));
    streams.push_back(stream_of(hills(), pattern));
    streams.push_back(stream_of(
        SpikyTraffic{per_second(3), per_second(50), 60s, 5s, 40s, std::nullopt}, pattern));
    streams.push_back(stream_of(
        DailyTraffic{per_second(1), per_second(30), 1min, 0.5, std::nullopt}, pattern, 17ns));
    streams.push_back(stream_of(tests::counts_per_minute(1.3), pattern, 5s));
  }
  streams.push_back(stream_of(tests::request_rows(2.5), ArrivalPattern::Poisson, 5s));
  return streams;
}

TEST(ArrivalProcess, SequenceDoesNotDependOnHowItIsAskedFor) {
  const RunClock run{kStart + 10min, 5min, 1};
  for (const TrafficStream& stream : every_kind()) {
    const auto whole = arrivals_before(process_of(stream, run, 7, kTrace), core::kNever, 1'000'000);
    EXPECT_GT(whole.size(), 20U);
    EXPECT_TRUE(std::is_sorted(whole.begin(), whole.end()));
    for (const std::size_t batch : {1U, 2U, 3U, 97U}) {
      EXPECT_EQ(arrivals_before(process_of(stream, run, 7, kTrace), core::kNever, batch), whole);
    }
    core::RandomEngine cuts(11);
    ArrivalProcess process = process_of(stream, run, 7, kTrace);
    std::vector<std::int64_t> pieced;
    for (core::SimTime until = kStart; pieced.size() < whole.size();) {
      until += core::round_to_duration(2.0 * cuts.unit_interval());
      const auto piece = arrivals_before(process, until, 1 + cuts.below(50));
      for (const std::int64_t at : piece) ASSERT_LT(at, core::ticks(until));
      pieced.insert(pieced.end(), piece.begin(), piece.end());
      ASSERT_EQ(std::lower_bound(whole.begin(), whole.end(), core::ticks(until)) - whole.begin(),
                static_cast<std::ptrdiff_t>(pieced.size()));
    }
    EXPECT_EQ(pieced, whole);
  }
}

TEST(ArrivalProcess, UntilIsExclusive) {
  ArrivalProcess process = process_of(
      stream_of(SmoothTraffic{per_second(1), std::nullopt}, ArrivalPattern::Even), run_of(1min));
  EXPECT_THAT(arrivals_before(process, kStart + 500ms), ElementsAre());
  EXPECT_THAT(arrivals_before(process, kStart + 500ms + 1ns), ElementsAre(500'000'000));
  EXPECT_THAT(arrivals_before(process, kStart + 500ms + 1ns), ElementsAre());
}

TEST(ArrivalProcess, EmptyBatchTakesNothing) {
  ArrivalProcess process = process_of(
      stream_of(SmoothTraffic{per_second(1), std::nullopt}, ArrivalPattern::Even), run_of(3s));
  EXPECT_EQ(process.fill({}, core::kNever), 0U);
  EXPECT_EQ(arrivals_before(process, core::kNever).size(), 3U);
}

TEST(ArrivalProcess, EvenConstantRateIsExactlySpacedForDays) {
  const auto arrivals = arrivals_before(
      process_of(stream_of(SmoothTraffic{per_second(3), std::nullopt}, ArrivalPattern::Even, 7s),
                 run_of(31 * 24h)),
      core::kNever);
  ASSERT_EQ(arrivals.size(), 3U * (31 * 86400 - 7));
  for (std::size_t k = 0; k < arrivals.size(); ++k) {
    // (k + 0.5) / 3 s, rounded to the nearest nanosecond in integers.
    const auto nearest = (static_cast<std::int64_t>(2 * k + 1) * 1'000'000'000 + 3) / 6;
    const std::int64_t error = arrivals[k] - 7'000'000'000 - nearest;
    // Beyond four days a double of seconds is coarser than a sixth of a nanosecond.
    ASSERT_LE(std::abs(error), Duration{nearest} < 4 * 24h ? 0 : 1) << k;
  }
}

TEST(ArrivalProcess, EvenArrivalsStandWhereTheIntegralReachesTheirPlace) {
  const auto process = process_of(stream_of(hills(), ArrivalPattern::Even), run_of(1h));
  const RateProfile profile = *process.profile();
  const auto arrivals = arrivals_before(
      process_of(stream_of(hills(), ArrivalPattern::Even), run_of(1h)), core::kNever);
  ASSERT_EQ(arrivals.size(), 600U + 1200 + 300 + 5 + 2000);
  for (std::size_t k = 0; k < arrivals.size(); ++k) {
    // One nanosecond at 40/s is 4e-8 of a request.
    ASSERT_NEAR(profile.expected_requests(kStart, core::at_ticks(arrivals[k])),
                static_cast<double>(k) + 0.5, 5e-8);
  }
}

TEST(ArrivalProcess, PoissonAtAConstantRateSumsUnitExponentialGaps) {
  const auto arrivals = arrivals_before(
      process_of(stream_of(SmoothTraffic{per_second(100), std::nullopt}), run_of(60s), 5),
      core::kNever);
  core::RandomEngine engine(5);
  boost::random::exponential_distribution<double> exponential;
  double sum = 0;
  for (const std::int64_t at : arrivals) {
    sum += exponential(engine);
    ASSERT_EQ(at, core::round_to_duration(sum / 100).count());
  }
  EXPECT_GE(sum + exponential(engine), 6000);
}

TEST(ArrivalProcess, PoissonSequenceIsThatOfEveryMachine) {
  const auto constant = arrivals_before(
      process_of(stream_of(SmoothTraffic{per_second(100), std::nullopt}), run_of(60s), 5),
      core::kNever);
  const auto ramp = arrivals_before(process_of(stream_of(hills()), run_of(1h), 5), core::kNever);
  ASSERT_GE(constant.size(), 4U);
  ASSERT_GE(ramp.size(), 4U);
  EXPECT_THAT(std::vector<std::int64_t>(constant.begin(), constant.begin() + 4),
              ElementsAre(10779151, 13970162, 16625590, 17397964));
  EXPECT_THAT(std::vector<std::int64_t>(ramp.begin(), ramp.begin() + 4),
              ElementsAre(1271563098, 1447592604, 1579189177, 1615454932));
}

TEST(ArrivalProcess, NothingArrivesWhereTheRateIsZero) {
  for (const ArrivalPattern pattern : {ArrivalPattern::Poisson, ArrivalPattern::Even}) {
    const auto arrivals =
        arrivals_before(process_of(stream_of(hills(), pattern, 10s), run_of(1h)), core::kNever);
    for (const std::int64_t at : arrivals) {
      const Duration since = Duration{at} - 10s;
      ASSERT_GE(since, 0s);
      ASSERT_TRUE(since < 75s || since >= 95s);
      ASSERT_LT(since, 196s);
    }
  }
}

TEST(ArrivalProcess, StreamWithoutTrafficEndsAtOnce) {
  for (const ArrivalPattern pattern : {ArrivalPattern::Poisson, ArrivalPattern::Even}) {
    const SmoothTraffic nothing{per_second(0), std::nullopt};
    const SmoothTraffic late{per_second(9), std::nullopt};
    EXPECT_THAT(arrivals_before(process_of(stream_of(nothing, pattern), run_of(1h)), core::kNever),
                ElementsAre());
    EXPECT_THAT(arrivals_before(process_of(stream_of(late, pattern, 1h), run_of(1h)), core::kNever),
                ElementsAre());
  }
}

TEST(ArrivalProcess, LongerRunBeginsAsTheShorterOne) {
  const SpikyTraffic shape{per_second(3), per_second(50), 60s, 5s, 40s, std::nullopt};
  const auto shorter = arrivals_before(process_of(stream_of(shape), run_of(10min)), kStart + 9min);
  const auto longer = arrivals_before(process_of(stream_of(shape), run_of(30min)), kStart + 9min);
  EXPECT_EQ(shorter, longer);
}

TEST(ArrivalProcess, KnowsItsProfileUnlessItIsATrace) {
  const auto smooth = process_of(stream_of(SmoothTraffic{per_second(4), std::nullopt}), run_of(1h));
  ASSERT_NE(smooth.profile(), nullptr);
  EXPECT_EQ(smooth.profile()->rate_at(kStart + 1min), per_second(4));
  EXPECT_FALSE(smooth.error());
  const auto trace = process_of(stream_of(tests::counts_per_minute()), run_of(1h), 1, kTrace);
  EXPECT_EQ(trace.profile(), nullptr);
  EXPECT_FALSE(trace.error());
}

TEST(ArrivalProcessDeathTest, ClosedLoopIsNoOpenStream) {
  EXPECT_EXIT(process_of(stream_of(ClosedLoopTraffic{}), run_of(1h)), testing::ExitedWithCode(3),
              "an open shape");
}

}  // namespace
}  // namespace models::traffic
