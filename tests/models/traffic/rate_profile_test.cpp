#include "models/traffic/rate_profile.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/support/arrival_sequences.hpp"

namespace models::traffic {
namespace {

using core::kStart;
using tests::per_second;
using tests::run_of;
using namespace std::chrono_literals;

double rate(const RateProfile& profile, Duration at) {
  return profile.rate_at(kStart + at).per_second();
}

PhasedTraffic climb() {
  return {{{"1", per_second(0), per_second(100), 10s},
           {"2", per_second(100), per_second(100), 20s},
           {"3", per_second(50), per_second(10), 10s}}};
}

TEST(RateProfile, SmoothLastsAsLongAsTheRunUnlessToldOtherwise) {
  const RateProfile whole =
      rate_profile(SmoothTraffic{per_second(5), std::nullopt}, 10s, run_of(60s));
  EXPECT_EQ(rate(whole, 10s - 1ns), 0);
  EXPECT_EQ(rate(whole, 10s), 5);
  EXPECT_EQ(rate(whole, 60s - 1ns), 5);
  EXPECT_EQ(rate(whole, 60s), 0);
  const RateProfile part = rate_profile(SmoothTraffic{per_second(5), 20s}, 10s, run_of(60s));
  EXPECT_EQ(rate(part, 30s - 1ns), 5);
  EXPECT_EQ(rate(part, 30s), 0);
  EXPECT_EQ(part.expected_requests(kStart, kStart + 60s), 100);
}

TEST(RateProfile, BeginningAfterTheRunHasEndedIsEmpty) {
  EXPECT_TRUE(rate_profile(SmoothTraffic{per_second(5), 1s}, 60s, run_of(60s)).segments().empty());
  EXPECT_TRUE(rate_profile(climb(), 61s, run_of(60s)).segments().empty());
}

TEST(RateProfile, PhasesFollowOneAnotherAndRampBetweenTheirRates) {
  const RateProfile profile = rate_profile(climb(), 5s, run_of(100s));
  EXPECT_EQ(rate(profile, 5s), 0);
  EXPECT_DOUBLE_EQ(rate(profile, 10s), 50);
  EXPECT_EQ(rate(profile, 15s), 100);
  EXPECT_EQ(rate(profile, 35s), 50);
  EXPECT_DOUBLE_EQ(rate(profile, 40s), 30);
  EXPECT_EQ(rate(profile, 45s), 0);
  EXPECT_DOUBLE_EQ(profile.expected_requests(kStart, kStart + 100s), 500 + 2000 + 300);
  EXPECT_DOUBLE_EQ(profile.expected_requests(kStart + 5s, kStart + 10s), 125);
  EXPECT_DOUBLE_EQ(profile.expected_requests(kStart + 14s, kStart + 16s), 95 + 100);
}

TEST(RateProfile, RunThatEndsWithinARampCutsItThere) {
  const RateProfile profile = rate_profile(climb(), 0s, run_of(4s));
  ASSERT_EQ(profile.segments().size(), 1U);
  EXPECT_DOUBLE_EQ(profile.segments()[0].rate_end.per_second(), 40);
  EXPECT_DOUBLE_EQ(profile.expected_requests(kStart, kStart + 100s), 80);
}

TEST(RateProfile, SpikesStandAtMultiplesOfEvery) {
  core::RandomEngine engine(1);
  const SpikyTraffic shape{per_second(2), per_second(9), 30s, 5s, 0s, 95s};
  const RateProfile profile = rate_profile(shape, 10s, run_of(200s), engine);
  for (Duration at = 0s; at < 200s; at += 500ms) {
    const Duration since = at - 10s;
    const bool sending = since >= 0s && since < 95s;
    const bool spike = since >= 30s && since % 30s < 5s;
    EXPECT_EQ(rate(profile, at), !sending ? 0 : spike ? 9 : 2) << at.count();
  }
}

TEST(RateProfile, JitterMovesEachSpikeWithinItsBounds) {
  core::RandomEngine engine(3);
  const SpikyTraffic shape{per_second(1), per_second(8), 60s, 10s, 20s, std::nullopt};
  const RateProfile profile = rate_profile(shape, 0s, run_of(24h), engine);
  std::int64_t spike = 0;
  double moved = 0;
  for (const RateSegment& segment : profile.segments()) {
    if (segment.rate_begin != per_second(8)) continue;
    ++spike;
    const Duration jitter = segment.begin - (kStart + spike * 60s);
    EXPECT_GE(jitter, 0s);
    EXPECT_LE(jitter, 20s);
    moved += core::in_seconds(jitter);
  }
  EXPECT_EQ(spike, 1439);
  EXPECT_NEAR(moved / static_cast<double>(spike), 10.0, 5 * 20 / std::sqrt(12.0 * 1439));
}

TEST(RateProfile, SpikesThatOverlapBecomeOne) {
  core::RandomEngine engine(5);
  const SpikyTraffic shape{per_second(1), per_second(8), 10s, 15s, 40s, std::nullopt};
  const RateProfile profile = rate_profile(shape, 0s, run_of(1h), engine);
  for (const RateSegment& segment : profile.segments()) {
    EXPECT_TRUE(segment.rate_begin == per_second(1) || segment.rate_begin == per_second(8));
  }
  EXPECT_EQ(profile.segments().front().begin, kStart);
  EXPECT_EQ(profile.segments().back().end, kStart + 1h);
}

TEST(RateProfile, LongerRunHasTheSameSpikesAtItsBeginAndDrawsTheSameAfterwards) {
  core::RandomEngine short_engine(5);
  core::RandomEngine long_engine(5);
  const SpikyTraffic shape{per_second(1), per_second(8), 60s, 5s, 30s, std::nullopt};
  const RateProfile short_run = rate_profile(shape, 0s, run_of(1h), short_engine);
  const RateProfile long_run = rate_profile(shape, 0s, run_of(5h), long_engine);
  for (Duration at = 0s; at < 1h; at += 100ms) EXPECT_EQ(rate(short_run, at), rate(long_run, at));
  EXPECT_EQ(short_engine(), long_engine());
}

TEST(RateProfile, DailyFollowsTheCosineOfTheLocalClock) {
  const DailyTraffic shape{per_second(20), per_second(400), 13h, 1.0, std::nullopt};
  const RunClock run{kStart + 48h, 8h + 30min, 1};
  const RateProfile profile = rate_profile(shape, 17s, run);
  EXPECT_NEAR(rate(profile, 4h + 30min), 400, 1e-9);
  EXPECT_NEAR(rate(profile, 16h + 30min), 20, 1e-9);
  for (Duration at = 17s; at < 48h; at += 7s) {
    const double turns = core::in_seconds(at + run.local_time_of_day - 13h) / 86400.0;
    const double exact = 210 + 190 * std::cos(2 * std::numbers::pi * turns);
    ASSERT_NEAR(rate(profile, at), exact, 2.4e-6 * 190) << at.count();
  }
  EXPECT_EQ(rate(profile, 17s - 1ns), 0);
}

TEST(RateProfile, WeekendFactorSwitchesAtLocalMidnight) {
  const DailyTraffic shape{per_second(10), per_second(10), 12h, 0.4, std::nullopt};
  const RunClock run{kStart + 96h, 22h, 5};  // Friday, 22:00
  const RateProfile profile = rate_profile(shape, 0s, run);
  EXPECT_DOUBLE_EQ(rate(profile, 2h - 1ns), 10);
  EXPECT_DOUBLE_EQ(rate(profile, 2h), 4);
  EXPECT_DOUBLE_EQ(rate(profile, 50h - 1ns), 4);
  EXPECT_DOUBLE_EQ(rate(profile, 50h), 10);
  EXPECT_NEAR(profile.expected_requests(kStart, kStart + 96h), 3600.0 * (20 + 48 * 4 + 460), 1e-4);
}

TEST(RateProfile, SegmentsNeededBoundsTheSegmentsThereAre) {
  core::RandomEngine engine(5);
  const RunClock run{kStart + 31 * 24h, 8h + 30min, 1};
  const SpikyTraffic spikes{per_second(1), per_second(8), 7min, 1min, 3min, std::nullopt};
  const DailyTraffic daily{per_second(1), per_second(8), 13h, 1.0, std::nullopt};
  for (const Duration begins : {Duration{0s}, Duration{17s}, Duration{30 * 24h + 59s}}) {
    const auto spiky_count = rate_profile(spikes, begins, run, engine).segments().size();
    EXPECT_LE(spiky_count, segments_needed(tests::stream_of(spikes, {}, begins), run));
    const auto daily_count = rate_profile(daily, begins, run).segments().size();
    EXPECT_LE(daily_count, segments_needed(tests::stream_of(daily, {}, begins), run));
    EXPECT_GE(daily_count + 2, segments_needed(tests::stream_of(daily, {}, begins), run));
  }
  EXPECT_EQ(segments_needed(tests::stream_of(SmoothTraffic{}), run), 1);
  EXPECT_EQ(segments_needed(tests::stream_of(ClosedLoopTraffic{}), run), 0);
}

TEST(RateProfileDeathTest, OverlappingSegmentsAreOurMistake) {
  const RateSegment first{kStart, kStart + 10s, per_second(1), per_second(1)};
  const RateSegment second{kStart + 9s, kStart + 20s, per_second(1), per_second(1)};
  EXPECT_EXIT(RateProfile({first, second}), testing::ExitedWithCode(3), "internal error");
}

}  // namespace
}  // namespace models::traffic
