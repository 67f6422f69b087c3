#include "models/cloudwatch/metric_math.hpp"

#include <gtest/gtest.h>

#include "tests/support/math_series.hpp"

namespace models::cloudwatch {
namespace {

using tests::MathBench;
using tests::series;
using tests::text_of;

// the examples of CloudWatch's guide.

TEST(MetricMathGuide, ComparesSeries) {
  const MathBench of{{{"metric1", "30 20 0 0"}, {"metric2", "20 - 20 -"}}};
  EXPECT_EQ(of("metric1 < metric2"), "0 0 1 0");
  EXPECT_EQ(of("(metric1 >= 30)"), "1 0 0 0");
  EXPECT_EQ(of("metric1 > 15 AND metric2 > 15"), "1 0 0 0");
}

TEST(MetricMathGuide, ChoosesByIf) {
  const MathBench of{
      {{"metric1", "1 1 0 0 -"}, {"metric2", "30 - 0 0 30"}, {"metric3", "0 0 20 - 20"}}};
  EXPECT_EQ(of("IF(metric1, metric2, metric3)"), "30 0 20 - -");
  EXPECT_EQ(of("IF(metric1, 5, metric3)"), "5 5 20 - -");
  EXPECT_EQ(of("IF(metric1, metric2, 5)"), "30 0 5 5 -");
}

TEST(MetricMathGuide, FiltersByIf) {
  const MathBench of{{{"m", "399 400 - 100"}}};
  EXPECT_EQ(of("IF(m<400, m)"), "399 - - 100");
  EXPECT_EQ(of("IF(m<400, 10, 2)"), "10 2 - 10");
  EXPECT_EQ(of("IF(1, m)"), "399 400 - 100");
  EXPECT_EQ(of("IF(0, m)"), "- - - -");
  EXPECT_EQ(of("IF(-3, 7, m)"), "7 7 7 7");  // any number but 0 is true
}

TEST(MetricMathGuide, DropsADivisionByZero) {
  const MathBench of{{{"errors", "1 0 4 2"}, {"calls", "4 0 - 8"}}};
  // A missing divisor is taken for 0 as well.
  EXPECT_EQ(of("errors / calls * 100"), "25 - - 25");
  EXPECT_EQ(of("errors / (1 - 1)"), "- - - -");
}

TEST(MetricMath, TakesAMissingPointForZeroBesideOneThatIsThere) {
  const MathBench of{{{"a", "1 - 3 -"}, {"b", "10 20 - -"}}};
  EXPECT_EQ(of("a + b"), "11 20 3 -");
  EXPECT_EQ(of("a - b"), "-9 -20 3 -");
  EXPECT_EQ(of("a * b"), "10 0 0 -");
  EXPECT_EQ(of("a OR b"), "1 1 1 -");
  EXPECT_EQ(of("a && b"), "1 0 0 -");
  // A number is no series: nothing comes where there was nothing.
  EXPECT_EQ(of("a + 1"), "2 - 4 -");
  EXPECT_EQ(of("-a"), "-1 - -3 -");
  EXPECT_EQ(of("a == 3"), "0 - 1 -");
}

TEST(MetricMath, BindsAsIsUsual) {
  const MathBench of{{{"m", "2"}}};
  EXPECT_EQ(of("m + 3 * 4 ^ 2"), "50");
  EXPECT_EQ(of("(m + 3) * 4"), "20");
  EXPECT_EQ(of("-m ^ 2"), "-4");
  EXPECT_EQ(of("m ^ 3 ^ 2"), "512");
  EXPECT_EQ(of("m ^ -1"), "0.5");
  EXPECT_EQ(of("12 / m / 3 - 1 - 1"), "0");
  EXPECT_EQ(of("m > 1 AND m < 1 OR m != 3"), "1");
  EXPECT_EQ(of("m >= 2 || m / 0"), "1");
  EXPECT_EQ(of("3 - -m"), "5");
  EXPECT_EQ(of("1.5e1 * m + .5"), "30.5");
}

TEST(MetricMath, FillsGaps) {
  const MathBench of{{{"m", "- 1 - - 7 -"}, {"n", "9 8 7 - 5 4"}}};
  EXPECT_EQ(of("FILL(m, 0)"), "0 1 0 0 7 0");
  EXPECT_EQ(of("FILL(m, n)"), "9 1 7 - 7 4");
  EXPECT_EQ(of("FILL(m, REPEAT)"), "- 1 1 1 7 7");
  EXPECT_EQ(of("FILL(m, LINEAR)"), "- 1 3 5 7 -");
  EXPECT_EQ(of("FILL(m, MIN(m))"), "1 1 1 1 7 1");
  EXPECT_EQ(of("FILL(METRICS(), 0)"), "0 1 0 0 7 0, 9 8 7 0 5 4");
}

TEST(MetricMath, AggregatesOneSeriesToANumberAndSeveralByPeriod) {
  const MathBench of{{{"m1", "1 3 - 5"}, {"m2", "9 - - 1"}}};
  EXPECT_EQ(of("m1 - MIN(m1)"), "0 2 - 4");
  EXPECT_EQ(of("MAX(m1)"), "5");
  EXPECT_EQ(of("SUM(m1)"), "9");
  EXPECT_EQ(of("AVG(m1)"), "2.25");  // the missing point counts as 0
  EXPECT_EQ(of("SUM(m1) / DATAPOINT_COUNT(m1)"), "3");
  EXPECT_EQ(of("STDDEV([m1, m2])"), "4 0 - 2");
  EXPECT_EQ(of("SUM([m1, m2])"), "10 3 - 6");
  EXPECT_EQ(of("AVG(METRICS())"), "5 1.5 - 3");
  EXPECT_EQ(of("MIN([m1, m2])"), "1 3 - 1");
  EXPECT_EQ(of("MAX([m1, m2])"), "9 3 - 5");
  EXPECT_EQ(of("DATAPOINT_COUNT([m1, m2])"), "2 1 0 2");
  EXPECT_EQ(of("m1 / METRIC_COUNT(METRICS())"), "0.5 1.5 - 2.5");
}

TEST(MetricMath, HasNoNumberForASeriesOfGaps) {
  const MathBench of{{{"m", "- -"}, {"n", "1 2"}}};
  EXPECT_EQ(of("MAX(m)"), "-");
  EXPECT_EQ(of("n + AVG(m)"), "- -");
  EXPECT_EQ(of("AVG(m) - n"), "- -");
  EXPECT_EQ(of("IF(SUM(m), n, n)"), "- -");
  EXPECT_EQ(of("TIME_SERIES(MAX(m))"), "- -");
}

TEST(MetricMath, FollowsASeriesThroughItsGaps) {
  const MathBench of{{{"m", "- 5 - 11 10"}}};
  EXPECT_EQ(of("DIFF(m)"), "- - - 6 -1");
  EXPECT_EQ(of("DIFF_TIME(m)"), "- - - 120 60");
  EXPECT_EQ(of("RATE(m) * 60"), "- - - 3 -1");
  EXPECT_EQ(of("RUNNING_SUM(m)"), "- 5 - 16 26");
  EXPECT_EQ(of("m / PERIOD(m) * 60"), "- 5 - 11 10");
}

TEST(MetricMath, RoundsAndTakesLogarithms) {
  const MathBench of{{{"m", "-1.5 0 2.5 100"}}};
  EXPECT_EQ(of("ABS(m)"), "1.5 0 2.5 100");
  EXPECT_EQ(of("CEIL(m)"), "-1 0 3 100");
  EXPECT_EQ(of("FLOOR(m)"), "-2 0 2 100");
  EXPECT_EQ(of("LOG10(m) * 1"), "- - 0.39794 2");
  EXPECT_EQ(of("LOG(m) > 4"), "- - 0 1");
  EXPECT_EQ(of("m ^ 0.5"), "- 0 1.58114 10");  // the root of a negative number is none
  EXPECT_EQ(of("m * 1e308 * 10"), "- 0 - -");  // nor is what no double holds
}

TEST(MetricMath, WorksOnArrays) {
  const MathBench of{{{"errors4xx", "1 2"}, {"errors5xx", "3 -"}, {"calls", "10 0"}}};
  EXPECT_EQ(of("SUM(METRICS(\"errors\"))"), "4 2");
  EXPECT_EQ(of("SUM([METRICS('4xx'), METRICS('5xx'), calls])"), "14 2");
  EXPECT_EQ(of("METRICS('x') * 100"), "100 200, 300 -");
  EXPECT_EQ(of("SUM(100 / [calls, errors4xx])"), "110 50");
  EXPECT_EQ(of("SUM(-[errors4xx, errors5xx])"), "-4 -2");
  EXPECT_EQ(of("calls - [errors4xx, errors5xx]"), "9 -2, 7 0");
  EXPECT_EQ(of("SUM(METRICS('nobody'))"), "- -");
  EXPECT_EQ(of("FIRST(METRICS('nobody'))"), "- -");
}

TEST(MetricMath, SortsAndCutsArrays) {
  const MathBench of{{{"a", "1 2"}, {"b", "- -"}, {"c", "5 0"}, {"d", "3 3"}}};
  EXPECT_EQ(of("SORT(METRICS(), SUM, DESC)"), "3 3, 5 0, 1 2, - -");
  EXPECT_EQ(of("SORT(METRICS(), MAX, ASC)"), "1 2, 3 3, 5 0, - -");
  EXPECT_EQ(of("SORT(METRICS(), MIN, DESC, 2)"), "3 3, 1 2");
  EXPECT_EQ(of("IF(FIRST(SORT(METRICS(), AVG, DESC)) > 2, 1, 0)"), "1 1");
  EXPECT_EQ(of("LAST(SLICE(SORT(METRICS(), SUM, ASC), 0, 2))"), "5 0");
  EXPECT_EQ(of("SLICE(METRICS(), 2)"), "5 0, 3 3");
  EXPECT_EQ(of("REMOVE_EMPTY(METRICS())"), "1 2, 5 0, 3 3");
  EXPECT_EQ(of("SLICE(METRICS(), -1, 1e9)"), "1 2, - -, 5 0, 3 3");
}

TEST(MetricMath, ReadsTheClock) {
  const MathBench of{{{"m", "1 - 1"}}};
  EXPECT_EQ(of("MINUTE(m)"), "58 59 0");
  EXPECT_EQ(of("HOUR(m)"), "8 8 9");
  EXPECT_EQ(of("DAY(m)"), "1 1 1");
  EXPECT_EQ(of("DATE(m) + 100 * MONTH(m)"), "302 302 302");
  EXPECT_EQ(of("YEAR(m)"), "2026 2026 2026");
  EXPECT_EQ(of("EPOCH(m) - 1772441880"), "0 60 120");
  EXPECT_EQ(of("IF(HOUR(m) < 9, m)"), "1 0 -");
}

MetricQuery metric(const std::string& id, bool return_data = false) {
  MetricStat stat;
  stat.metric.name = id;
  return {id, stat, "", return_data};
}
MetricQuery expression(const std::string& id, const std::string& text, bool return_data = false) {
  return {id, text, "", return_data};
}

TEST(MetricMathProgram, ComputesExpressionsAfterThoseThatTheyName) {
  const std::vector<MetricQuery> queries{
      expression("rate", "IF(all > 0, 100 * failed / all)", true),
      metric("m1"),
      expression("failed", "m1 + m2"),
      metric("m2"),
      metric("all"),
  };
  const MetricMath math{queries};
  ASSERT_EQ(math.metrics().size(), 3U);
  EXPECT_EQ(math.metrics()[2].metric.name, "all");
  const std::vector<MathSeries> inputs{series("1 2 -"), series("1 - -"), series("4 0 -")};
  EXPECT_EQ(text_of(math.result(inputs, {3})), "50 - -");
}

TEST(MetricMathProgram, MayReturnAMetricAsItIs) {
  const std::vector<MetricQuery> queries{metric("m1", true)};
  const std::vector<MathSeries> inputs{series("1 - 3")};
  EXPECT_EQ(text_of(MetricMath{queries}.result(inputs, {3})), "1 - 3");
}

TEST(MetricMathProgram, MeansByMetricsNoExpressions) {
  const std::vector<MetricQuery> queries{metric("m1"), expression("e1", "m1 * 10"),
                                         expression("e2", "SUM(METRICS()) + e1", true)};
  const std::vector<MathSeries> inputs{series("1 2")};
  EXPECT_EQ(text_of(MetricMath{queries}.result(inputs, {2})), "11 22");
}

}  // namespace
}  // namespace models::cloudwatch
