// Compares arrivals with the mathematics of Poisson processes, and recorded traffic with its files.
//
// Seeds are fixed, so a test gives the same verdict every time; its level is how rarely a right
// implementation would have been refused by a new seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "core/confidence.hpp"
#include "models/traffic/open_arrivals.hpp"
#include "tests/support/arrival_sequences.hpp"
#include "tests/support/shared_files.hpp"

namespace models::traffic {
namespace {

using core::kStart;
using tests::arrivals_before;
using tests::per_second;
using tests::process_of;
using tests::run_of;
using tests::stream_of;
using namespace std::chrono_literals;

constexpr double kRefusedRightly = 0.001;  // the level of every test here

// The chi-square test's p-value of counts that should have come from `probability`. Cells of fewer
// than ten expected counts are joined with their neighbour.
double chi_square_p(const std::map<std::int64_t, std::int64_t>& observed,
                    const std::function<double(std::int64_t)>& probability, std::int64_t last) {
  double total = 0;
  for (const auto& [value, count] : observed) total += static_cast<double>(count);
  double statistic = 0;
  int cells = 0;
  double expected = 0;
  double found = 0;
  double expected_left = total;
  for (std::int64_t value = 0; value <= last; ++value) {
    expected += total * probability(value);
    const auto entry = observed.find(value);
    found += entry == observed.end() ? 0.0 : static_cast<double>(entry->second);
    const bool enough = expected >= 10 && expected_left - expected >= 10;
    if (!enough && value < last) continue;
    // The last cell takes everything beyond it too.
    if (value == last) expected = expected_left;
    statistic += (found - expected) * (found - expected) / expected;
    expected_left -= expected;
    expected = 0;
    found = 0;
    ++cells;
  }
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(cells - 1), statistic));
}

// Kolmogorov and Smirnov's statistic times the root of n, of values that should be uniform over
// [0, 1]; above kKolmogorov the values are refused at kRefusedRightly.
const double kKolmogorov = std::sqrt(-0.5 * std::log(kRefusedRightly / 2));

double kolmogorov_smirnov(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double distance = 0;
  for (std::size_t k = 0; k < values.size(); ++k) {
    const auto below = static_cast<double>(k);
    distance = std::max({distance, (below + 1) / n - values[k], values[k] - below / n});
  }
  return distance * std::sqrt(n);
}

std::map<std::int64_t, std::int64_t> counts_per_second(const std::vector<std::int64_t>& arrivals,
                                                       std::int64_t seconds) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(seconds));
  for (const std::int64_t at : arrivals) ++counts.at(static_cast<std::size_t>(at / 1'000'000'000));
  std::map<std::int64_t, std::int64_t> histogram;
  for (const std::int64_t count : counts) ++histogram[count];
  return histogram;
}

double poisson_p(const std::vector<std::int64_t>& arrivals, std::int64_t seconds, double mean) {
  const boost::math::poisson poisson(mean);
  return chi_square_p(
      counts_per_second(arrivals, seconds),
      [&](std::int64_t count) { return boost::math::pdf(poisson, static_cast<double>(count)); },
      static_cast<std::int64_t>(10 * mean + 20));
}

TrafficStream constant(double rate) {
  return stream_of(SmoothTraffic{per_second(rate), std::nullopt});
}

PhasedTraffic hills() {
  return {{{"", per_second(0), per_second(400), 300s},
           {"", per_second(400), per_second(50), 300s},
           {"", per_second(50), per_second(50), 60s},
           {"", per_second(80), per_second(0), 200s}}};
}

std::vector<TrafficStream> changing_rates() {
  return {stream_of(hills()),
          stream_of(SpikyTraffic{per_second(20), per_second(250), 60s, 9s, 30s, 860s}),
          stream_of(DailyTraffic{per_second(20), per_second(400), 13h, 0.4, 860s})};
}

// What the integral of the rate grew by from one arrival to the next.
std::vector<double> rescaled_gaps(const ArrivalProcess& process,
                                  const std::vector<std::int64_t>& arrivals) {
  std::vector<double> gaps;
  core::SimTime before = kStart;
  for (const std::int64_t at : arrivals) {
    gaps.push_back(process.profile()->expected_requests(before, core::at_ticks(at)));
    before = core::at_ticks(at);
  }
  return gaps;
}

TEST(PoissonArrivalsOracle, CountsPassTheChiSquareTest) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    for (const double rate : {0.3, 5.0, 80.0}) {
      const auto arrivals =
          arrivals_before(process_of(constant(rate), run_of(20'000s), seed), core::kNever);
      EXPECT_GT(poisson_p(arrivals, 20'000, rate), kRefusedRightly) << seed << " at " << rate;
    }
  }
}

TEST(PoissonArrivalsOracle, ChiSquareTestRefusesWhatIsNotPoisson) {
  TrafficStream even = constant(5);
  even.arrivals = ArrivalPattern::Even;
  const auto regular = arrivals_before(process_of(even, run_of(20'000s)), core::kNever);
  EXPECT_LT(poisson_p(regular, 20'000, 5.0), 1e-9);
  const auto faster = arrivals_before(process_of(constant(5.2), run_of(20'000s)), core::kNever);
  EXPECT_LT(poisson_p(faster, 20'000, 5.0), 1e-9);
}

TEST(PoissonArrivalsOracle, GapsOfAConstantRateAreExponential) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const auto arrivals =
        arrivals_before(process_of(constant(200), run_of(1'000s), seed), core::kNever);
    std::vector<double> uniform;
    std::int64_t before = 0;
    for (const std::int64_t at : arrivals) {
      uniform.push_back(-std::expm1(-200e-9 * static_cast<double>(at - before)));
      before = at;
    }
    EXPECT_LT(kolmogorov_smirnov(uniform), kKolmogorov) << seed;
  }
}

TEST(PoissonArrivalsOracle, RescaledGapsOfAChangingRateAreUnitExponentialAndUncorrelated) {
  for (const TrafficStream& stream : changing_rates()) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      ArrivalProcess process = process_of(stream, run_of(1h), seed);
      const auto arrivals = arrivals_before(process, core::kNever);
      const std::vector<double> gaps = rescaled_gaps(process, arrivals);
      ASSERT_GT(gaps.size(), 10'000U);
      std::vector<double> uniform;
      for (const double gap : gaps) uniform.push_back(-std::expm1(-gap));
      EXPECT_LT(kolmogorov_smirnov(uniform), kKolmogorov) << seed;
      double product = 0;
      for (std::size_t k = 1; k < gaps.size(); ++k) product += (gaps[k] - 1) * (gaps[k - 1] - 1);
      EXPECT_LT(std::abs(product) / std::sqrt(static_cast<double>(gaps.size())), 3.29) << seed;
    }
  }
}

TEST(PoissonArrivalsOracle, CountsOfAChangingRateMatchItsIntegral) {
  constexpr int kRuns = 80;
  constexpr int kWindows = 9;
  for (const TrafficStream& stream : changing_rates()) {
    std::vector<std::vector<double>> differences(kWindows);
    for (std::uint64_t seed = 1; seed <= kRuns; ++seed) {
      ArrivalProcess process = process_of(stream, run_of(1h), seed);
      for (int window = 0; window < kWindows; ++window) {
        const core::SimTime from = kStart + window * 100s;
        const auto arrivals = arrivals_before(process, from + 100s);
        const double expected = process.profile()->expected_requests(from, from + 100s);
        differences[static_cast<std::size_t>(window)].push_back(
            static_cast<double>(arrivals.size()) - expected);
      }
    }
    for (const auto& window : differences) {
      EXPECT_TRUE(core::mean_interval(window, 0.999).contains(0.0));
    }
  }
}

TEST(PoissonArrivalsOracle, MergedStreamsArePoissonOfTheSummedRate) {
  std::vector<ArrivalProcess> processes;
  for (const double rate : {1.0, 2.5, 4.0}) {
    processes.push_back(process_of(constant(rate), run_of(20'000s), 11 + processes.size()));
  }
  OpenArrivals merged(std::move(processes));
  std::vector<std::int64_t> at(400'000);
  at.resize(merged.fill(at, {}, core::kNever));
  EXPECT_GT(poisson_p(at, 20'000, 7.5), kRefusedRightly);
}

TEST(PoissonArrivalsOracle, RemovingAStreamLeavesTheOthersUntouched) {
  const core::RandomStreams streams(42, 0);
  const auto arrivals_of = [&](const std::vector<std::string>& names) {
    std::vector<ArrivalProcess> processes;
    for (const std::string& name : names) {
      processes.push_back(
          make_arrival_process(constant(50), run_of(100s), streams.stream("arrivals/" + name)));
    }
    OpenArrivals merged(std::move(processes));
    std::vector<std::int64_t> at(100'000);
    std::vector<StreamIndex> stream(at.size());
    at.resize(merged.fill(at, stream, core::kNever));
    std::map<std::string, std::vector<std::int64_t>> by_name;
    for (std::size_t k = 0; k < at.size(); ++k) by_name[names[stream[k]]].push_back(at[k]);
    return by_name;
  };
  auto all = arrivals_of({"bots", "push", "shoppers"});
  auto two = arrivals_of({"bots", "shoppers"});
  auto one = arrivals_of({"shoppers"});
  EXPECT_GT(all["shoppers"].size(), 4000U);
  EXPECT_NE(all["bots"], all["shoppers"]);
  EXPECT_EQ(all["bots"], two["bots"]);
  EXPECT_EQ(all["shoppers"], two["shoppers"]);
  EXPECT_EQ(all["shoppers"], one["shoppers"]);
}

TEST(PeriodArrivalsOracle, InstantsWithinAPeriodAreIndependentAndUniform) {
  constexpr int kPeriods = 20'000;
  constexpr int kCount = 12;
  std::string text = "t,n\n";
  for (int k = 0; k < kPeriods; ++k)
    text += std::to_string(60 * k) + "," + std::to_string(kCount) + "\n";
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto arrivals = arrivals_before(
        process_of(stream_of(tests::counts_per_minute()), run_of(1h), seed, text), core::kNever);
    ASSERT_EQ(arrivals.size(), std::size_t{kPeriods} * kCount);
    std::vector<double> places;
    std::map<std::int64_t, std::int64_t> in_first_third;
    for (std::size_t period = 0; period < kPeriods; ++period) {
      std::int64_t early = 0;
      for (std::size_t k = 0; k < kCount; ++k) {
        const double place =
            static_cast<double>(arrivals[period * kCount + k]) / 60e9 - static_cast<double>(period);
        places.push_back(place);
        early += place < 1.0 / 3 ? 1 : 0;
      }
      ++in_first_third[early];
    }
    EXPECT_LT(kolmogorov_smirnov(places), kKolmogorov) << seed;
    const boost::math::binomial binomial(kCount, 1.0 / 3);
    EXPECT_GT(
        chi_square_p(
            in_first_third,
            [&](std::int64_t n) { return boost::math::pdf(binomial, static_cast<double>(n)); },
            kCount),
        kRefusedRightly)
        << seed;
  }
}

// Reads the last field of every row after the header, without the reader under test.
std::vector<std::int64_t> last_fields(const std::filesystem::path& file) {
  std::ifstream input(file);
  std::string line;
  std::getline(input, line);
  std::vector<std::int64_t> values;
  while (std::getline(input, line)) values.push_back(std::stoll(line.substr(line.rfind(',') + 1)));
  return values;
}

class RecordedTraffic : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    file_ = tests::shared_file("data/traces/" + std::string(GetParam()));
    if (!std::filesystem::exists(file_)) GTEST_SKIP() << file_ << " is not there";
  }

  ArrivalProcess play(const TraceTraffic& trace, ArrivalPattern pattern) const {
    return make_arrival_process(stream_of(trace, pattern), run_of(24h), core::RandomEngine(1),
                                std::make_unique<std::ifstream>(file_, std::ios::binary));
  }

  std::filesystem::path file_;
};

// Arrivals of every minute, without keeping them: a file has up to a hundred million.
std::vector<std::int64_t> counts_per_minute_of(ArrivalProcess process, std::size_t minutes) {
  std::vector<std::int64_t> counts(minutes);
  std::vector<std::int64_t> at(4096);
  for (std::size_t filled = at.size(); filled == at.size();) {
    filled = process.fill(at, core::kNever);
    for (std::size_t k = 0; k < filled; ++k) {
      ++counts.at(static_cast<std::size_t>(at[k] / 60'000'000'000));
    }
  }
  return counts;
}

using WorldCupTraffic = RecordedTraffic;
TEST_P(WorldCupTraffic, EveryMinuteHasTheRequestsOfTheFile) {
  TraceTraffic trace = tests::counts_per_minute();
  trace.time_column = "period";
  trace.value_column = "count";
  const std::vector<std::int64_t> counts = last_fields(file_);
  ASSERT_EQ(counts.size(), 1440U);
  EXPECT_EQ(counts_per_minute_of(play(trace, ArrivalPattern::Even), 1440), counts);
}
TEST_P(WorldCupTraffic, ScaledTotalIsThatOfTheFileAfterEveryMinute) {
  TraceTraffic trace = tests::counts_per_minute(0.013);
  trace.time_column = "period";
  trace.value_column = "count";
  const std::vector<std::int64_t> counts = last_fields(file_);
  for (const ArrivalPattern pattern : {ArrivalPattern::Poisson, ArrivalPattern::Even}) {
    std::int64_t recorded = 0;
    std::int64_t sent = 0;
    const auto minutes = counts_per_minute_of(play(trace, pattern), counts.size());
    for (std::size_t minute = 0; minute < counts.size(); ++minute) {
      recorded += counts[minute];
      sent += minutes[minute];
      ASSERT_EQ(sent, std::llround(0.013 * static_cast<double>(recorded)));
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Files, WorldCupTraffic,
                         testing::Values("worldcup98_1998-06-10_per_minute.csv",
                                         "worldcup98_1998-06-30_per_minute.csv"));

using AzureTraffic = RecordedTraffic;
TEST_P(AzureTraffic, EveryRowIsOneRequest) {
  TraceTraffic trace;
  trace.time_column = "TIMESTAMP";
  const std::size_t rows = last_fields(file_).size();
  EXPECT_GT(rows, 8'000U);
  const auto arrivals = arrivals_before(play(trace, ArrivalPattern::Poisson), core::kNever);
  EXPECT_EQ(arrivals.size(), rows);
  EXPECT_EQ(arrivals.front(), 0);
  EXPECT_NEAR(static_cast<double>(arrivals.back()), 3500e9, 100e9);
  trace.scale = 1.2;
  const auto more = arrivals_before(play(trace, ArrivalPattern::Poisson), core::kNever);
  EXPECT_EQ(static_cast<std::int64_t>(more.size()), std::llround(1.2 * static_cast<double>(rows)));
}
INSTANTIATE_TEST_SUITE_P(Files, AzureTraffic,
                         testing::Values("azure_llm_2023_conv.csv", "azure_llm_2023_code.csv"));

}  // namespace
}  // namespace models::traffic
