#include "models/traffic/trace_arrivals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "tests/support/arrival_sequences.hpp"

namespace models::traffic {
namespace {

using testing::ElementsAre;
using tests::counts_per_minute;
using tests::request_rows;
using tests::run_of;
using tests::stream_of;
using namespace std::chrono_literals;

const std::string kCounts = "t,n\n0,3\n60,0\n120,1000\n300,1\n360,2\n";

std::vector<std::int64_t> play(const TraceTraffic& trace, ArrivalPattern pattern,
                               const std::string& text, Duration begins = 0s,
                               core::SimTime until = core::kNever) {
  return tests::arrivals_before(
      tests::process_of(stream_of(trace, pattern, begins), run_of(1h), 1, text), until);
}

std::int64_t count_between(const std::vector<std::int64_t>& arrivals, Duration from, Duration to) {
  return std::count_if(arrivals.begin(), arrivals.end(),
                       [&](std::int64_t at) { return from.count() <= at && at < to.count(); });
}

TEST(ScaledCounts, KeepTheScaledTotalAfterEveryRow) {
  for (const double factor : {0.0, 0.1, 0.5, 1.0, 1.2, 3.7}) {
    ScaledCounts scaled(factor);
    std::int64_t recorded = 0;
    std::int64_t sent = 0;
    for (std::int64_t row = 0; row < 1000; ++row) {
      const std::int64_t count = row * 7919 % 50;
      const std::int64_t part = scaled.take(count);
      EXPECT_GE(part, 0);
      recorded += count;
      sent += part;
      ASSERT_EQ(sent, std::llround(factor * static_cast<double>(recorded)));
    }
  }
}

TEST(ScaledCounts, FactorOfOneChangesNothingHoweverLarge) {
  ScaledCounts scaled(1.0);
  EXPECT_EQ(scaled.take(999'999'999'999'999), 999'999'999'999'999);
  EXPECT_EQ(scaled.take(0), 0);
  EXPECT_EQ(scaled.take(1), 1);
}

TEST(PeriodArrivals, EveryPeriodHasItsCountWhateverThePattern) {
  for (const ArrivalPattern pattern : {ArrivalPattern::Poisson, ArrivalPattern::Even}) {
    const auto arrivals = play(counts_per_minute(), pattern, kCounts, 10s);
    EXPECT_TRUE(std::is_sorted(arrivals.begin(), arrivals.end()));
    EXPECT_EQ(arrivals.size(), 1006U);
    EXPECT_EQ(count_between(arrivals, 10s, 70s), 3);
    EXPECT_EQ(count_between(arrivals, 70s, 130s), 0);
    EXPECT_EQ(count_between(arrivals, 130s, 190s), 1000);
    EXPECT_EQ(count_between(arrivals, 190s, 310s), 0);
    EXPECT_EQ(count_between(arrivals, 310s, 370s), 1);
    EXPECT_EQ(count_between(arrivals, 370s, 430s), 2);
  }
}

TEST(PeriodArrivals, EvenPatternSpacesThemEvenly) {
  const auto arrivals = play(counts_per_minute(), ArrivalPattern::Even, "t,n\n5,3\n65,2\n");
  EXPECT_THAT(arrivals, ElementsAre(10'000'000'000, 30'000'000'000, 50'000'000'000, 75'000'000'000,
                                    105'000'000'000));
}

TEST(PeriodArrivals, MoreRequestsThanNanosecondsStayInTheirPeriod) {
  TraceTraffic trace = counts_per_minute();
  trace.per = 10ns;
  for (const ArrivalPattern pattern : {ArrivalPattern::Poisson, ArrivalPattern::Even}) {
    const auto arrivals = play(trace, pattern, "t,n\n0,1000\n0.00000001,7\n");
    EXPECT_EQ(count_between(arrivals, 0ns, 10ns), 1000);
    EXPECT_EQ(count_between(arrivals, 10ns, 20ns), 7);
  }
}

TEST(PeriodArrivals, ScaleChangesTheTotalExactly) {
  for (const ArrivalPattern pattern : {ArrivalPattern::Poisson, ArrivalPattern::Even}) {
    EXPECT_EQ(play(counts_per_minute(1.2), pattern, kCounts).size(), 1207U);
    EXPECT_EQ(play(counts_per_minute(0.01), pattern, kCounts).size(), 10U);
    EXPECT_EQ(play(counts_per_minute(0.0), pattern, kCounts).size(), 0U);
  }
}

TEST(PeriodArrivals, PeriodLeavesTheDrawsOfTheNextUntouched) {
  // n arrivals take n + 1 draws, and the last belongs to the period.
  const auto both = play(counts_per_minute(), ArrivalPattern::Poisson, "t,n\n0,5\n60,100\n");
  core::RandomEngine engine(1);
  boost::random::exponential_distribution<double> exponential;
  for (int draw = 0; draw < 6; ++draw) exponential(engine);
  std::vector<double> sums;
  double sum = 0;
  for (int draw = 0; draw < 101; ++draw) sums.push_back(sum += exponential(engine));
  for (std::size_t k = 0; k < 100; ++k) {
    EXPECT_NEAR(static_cast<double>(both[5 + k]), 60e9 + 60e9 * sums[k] / sum, 1.0);
  }
}

TEST(RequestRowArrivals, SendEachRowAtItsTime) {
  const auto arrivals = play(request_rows(), ArrivalPattern::Poisson,
                             "t\n100.5\n100.75\n100.75\n160.000000001\n", 2s);
  EXPECT_THAT(arrivals, ElementsAre(2'000'000'000, 2'250'000'000, 2'250'000'000, 61'500'000'001));
}

TEST(RequestRowArrivals, ScaleRepeatsOrLeavesOutRows) {
  std::string text = "t\n";
  for (int row = 0; row < 10; ++row) text += std::to_string(row) + "\n";
  const auto more = play(request_rows(1.2), ArrivalPattern::Poisson, text);
  EXPECT_EQ(more.size(), 12U);
  const auto fewer = play(request_rows(0.3), ArrivalPattern::Poisson, text);
  EXPECT_THAT(fewer, ElementsAre(1'000'000'000, 4'000'000'000, 8'000'000'000));
}

TEST(TraceArrivals, ErrorEndsTheStreamAndIsKept) {
  ArrivalProcess counts =
      tests::process_of(stream_of(counts_per_minute()), run_of(1h), 1, "t,n\n0,3\n60,x\n");
  EXPECT_EQ(tests::arrivals_before(counts, core::kNever).size(), 3U);
  ASSERT_TRUE(counts.error());
  EXPECT_EQ(counts.error()->line, 3);
  ArrivalProcess rows = tests::process_of(stream_of(request_rows()), run_of(1h), 1, "t\n0\n1\nx\n");
  EXPECT_EQ(tests::arrivals_before(rows, core::kNever).size(), 2U);
  EXPECT_TRUE(rows.error());
}

}  // namespace
}  // namespace models::traffic
