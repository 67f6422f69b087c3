#include "models/endpoint/span_distribution.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/lognormal.hpp>

namespace models::endpoint {
namespace {

using namespace std::chrono_literals;

TEST(SpanDistribution, LogNormalIsFixedByItsMedianAndItsP99) {
  const LogNormalSpan span = LogNormalSpan::from_p50_p99(0.009, 0.030);
  const boost::math::lognormal theory(span.mu, span.sigma);
  EXPECT_NEAR(boost::math::quantile(theory, 0.5), 0.009, 1e-15);
  EXPECT_NEAR(boost::math::quantile(theory, 0.99), 0.030, 1e-15);
}

TEST(SpanDistribution, LogNormalIsFixedByItsMeanAndItsVariation) {
  const LogNormalSpan span = LogNormalSpan::from_mean_cv(0.1, 1.5);
  const boost::math::lognormal theory(span.mu, span.sigma);
  EXPECT_NEAR(boost::math::mean(theory), 0.1, 1e-15);
  EXPECT_NEAR(boost::math::standard_deviation(theory), 0.15, 1e-15);
}

TEST(SpanDistribution, LogNormalMayHaveNoSpread) {
  EXPECT_EQ(LogNormalSpan::from_p50_p99(0.01, 0.01).sigma, 0);
  EXPECT_EQ(LogNormalSpan::from_mean_cv(0.01, 0).sigma, 0);
}

TEST(SpanDistribution, GammaIsFixedByItsMeanAndItsVariation) {
  for (const double cv : {0.25, 1.0, 2.0}) {
    const GammaSpan span = GammaSpan::from_mean_cv(0.05, cv);
    const boost::math::gamma_distribution<double> theory(span.shape, span.scale_s);
    EXPECT_NEAR(boost::math::mean(theory), 0.05, 1e-15);
    EXPECT_NEAR(boost::math::standard_deviation(theory), 0.05 * cv, 1e-15);
  }
}

TEST(SpanDistribution, MeanIsThatOfEachDistribution) {
  EXPECT_DOUBLE_EQ(mean_seconds(ExactSpan{9ms}), 0.009);
  EXPECT_DOUBLE_EQ(mean_seconds(ExponentialSpan{0.02}), 0.02);
  EXPECT_DOUBLE_EQ(mean_seconds(LogNormalSpan::from_mean_cv(0.1, 1.5)), 0.1);
  EXPECT_DOUBLE_EQ(mean_seconds(GammaSpan::from_mean_cv(0.05, 0.5)), 0.05);
  EXPECT_DOUBLE_EQ(mean_seconds(SampledSpan{{0.001, 0.002, 0.002, 0.006}, {}}), 0.00275);
}

TEST(SpanDistributionDeathTest, RefusesWhatNoDistributionHas) {
  EXPECT_DEATH(LogNormalSpan::from_p50_p99(0.02, 0.01), "p99_s >= p50_s");
  EXPECT_DEATH(LogNormalSpan::from_mean_cv(0, 1), "mean_s > 0");
  EXPECT_DEATH(GammaSpan::from_mean_cv(0.01, 0), "cv > 0");
}

}  // namespace
}  // namespace models::endpoint
