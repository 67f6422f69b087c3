#include "models/endpoint/span_sampler.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <map>

#include "core/running_statistics.hpp"

namespace models::endpoint {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kDraws = 200'000;

std::vector<double> draws_of(const SpanDistribution& distribution) {
  SpanSampler sampler = make_sampler(distribution);
  core::RandomEngine engine(42);
  std::vector<double> seconds;
  for (std::size_t i = 0; i < kDraws; ++i) {
    seconds.push_back(core::in_seconds(sample(sampler, engine)));
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds;
}

// Within five standard errors of what the closed form says.
void expect_moments(const SpanDistribution& distribution, double mean, double deviation) {
  core::RunningStatistics statistics;
  for (const double seconds : draws_of(distribution)) statistics.add(seconds);
  EXPECT_NEAR(statistics.mean(), mean, 5 * deviation / std::sqrt(double{kDraws}) + 1e-9);
  EXPECT_NEAR(std::sqrt(statistics.variance()), deviation, 0.05 * deviation);
}

// The share of the draws below a quantile, within five standard errors.
void expect_quantile(const std::vector<double>& sorted, double share, double quantile) {
  const auto below = std::lower_bound(sorted.begin(), sorted.end(), quantile) - sorted.begin();
  EXPECT_NEAR(static_cast<double>(below) / kDraws, share,
              5 * std::sqrt(share * (1 - share) / kDraws))
      << "below " << quantile << " s";
}

TEST(SpanSampler, ExactIsAlwaysTheSame) {
  const auto draws = draws_of(ExactSpan{9ms});
  EXPECT_EQ(draws.front(), 0.009);
  EXPECT_EQ(draws.back(), 0.009);
}

TEST(SpanSampler, ExponentialHasItsMeanAndQuantiles) {
  const SpanDistribution exponential = ExponentialSpan{0.02};
  expect_moments(exponential, 0.02, 0.02);
  const auto draws = draws_of(exponential);
  for (const double share : {0.05, 0.5, 0.9, 0.99, 0.999}) {
    expect_quantile(draws, share, -0.02 * std::log1p(-share));
  }
}

TEST(SpanSampler, LogNormalHasItsMomentsAndQuantiles) {
  const LogNormalSpan span = LogNormalSpan::from_p50_p99(0.009, 0.030);
  const boost::math::lognormal theory(span.mu, span.sigma);
  expect_moments(span, boost::math::mean(theory), boost::math::standard_deviation(theory));
  const auto draws = draws_of(span);
  for (const double share : {0.05, 0.5, 0.9, 0.99, 0.999}) {
    expect_quantile(draws, share, boost::math::quantile(theory, share));
  }
}

TEST(SpanSampler, LogNormalWithoutSpreadIsExact) {
  for (const LogNormalSpan span :
       {LogNormalSpan::from_p50_p99(0.01, 0.01), LogNormalSpan::from_mean_cv(0.01, 0)}) {
    const auto draws = draws_of(span);
    EXPECT_EQ(draws.front(), 0.01);
    EXPECT_EQ(draws.back(), 0.01);
  }
}

TEST(SpanSampler, GammaHasItsMomentsAndQuantiles) {
  for (const double cv : {0.25, 1.0, 2.0}) {
    const GammaSpan span = GammaSpan::from_mean_cv(0.05, cv);
    expect_moments(span, 0.05, 0.05 * cv);
    const boost::math::gamma_distribution<double> theory(span.shape, span.scale_s);
    const auto draws = draws_of(span);
    for (const double share : {0.1, 0.5, 0.9, 0.99}) {
      expect_quantile(draws, share, boost::math::quantile(theory, share));
    }
  }
}

TEST(SpanSampler, EachSampleIsEquallyLikely) {
  const SpanDistribution samples = SampledSpan{{0.001, 0.002, 0.002, 0.006}, "measured.csv"};
  std::map<double, double> shares;
  for (const double seconds : draws_of(samples)) shares[seconds] += 1.0 / kDraws;
  ASSERT_EQ(shares.size(), 3U);
  EXPECT_NEAR(shares[0.001], 0.25, 0.005);
  EXPECT_NEAR(shares[0.002], 0.50, 0.006);
  EXPECT_NEAR(shares[0.006], 0.25, 0.005);
}

TEST(SpanSampler, NoSpanIsShorterThanATickOrLongerThanTheLongest) {
  core::RandomEngine engine(1);
  SpanSampler none = make_sampler(ExactSpan{0ns});
  EXPECT_EQ(sample(none, engine), 1ns);
  SpanSampler tiny = make_sampler(LogNormalSpan{-60, 1});
  EXPECT_EQ(sample(tiny, engine), 1ns);
  SpanSampler huge = make_sampler(LogNormalSpan{60, 1});
  EXPECT_EQ(sample(huge, engine), kLongestSpan);
  SpanSampler beyond = make_sampler(SampledSpan{{1e30}, {}});
  EXPECT_EQ(sample(beyond, engine), kLongestSpan);
}

TEST(SpanSampler, FillingDrawsWhatSamplingOneByOneDraws) {
  for (const SpanDistribution& distribution :
       {SpanDistribution{ExactSpan{3ms}}, SpanDistribution{ExponentialSpan{0.02}},
        SpanDistribution{LogNormalSpan{-4, 1}}, SpanDistribution{GammaSpan{0.7, 0.01}},
        SpanDistribution{SampledSpan{{0.001, 0.002, 0.003}, {}}}}) {
    SpanSampler one_by_one = make_sampler(distribution);
    SpanSampler at_once = make_sampler(distribution);
    core::RandomEngine engine_one_by_one(7);
    core::RandomEngine engine_at_once(7);
    for (const std::size_t count : {1U, 255U, 1024U, 3U}) {
      std::vector<std::int64_t> spans(count);
      fill(at_once, engine_at_once, spans);
      for (const std::int64_t span : spans) {
        ASSERT_EQ(span, sample(one_by_one, engine_one_by_one).count());
      }
    }
    EXPECT_EQ(engine_one_by_one(), engine_at_once());
  }
}

TEST(SpanSamplerDeathTest, RefusesSamplesOfNothing) {
  EXPECT_DEATH(make_sampler(SampledSpan{}), "empty");
}

}  // namespace
}  // namespace models::endpoint
