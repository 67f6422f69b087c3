#include "models/cloudwatch/metric_query_rules.hpp"

#include <gtest/gtest.h>

namespace models::cloudwatch {
namespace {

MetricQuery metric(const std::string& id, bool return_data = false) {
  return {id, MetricStat{}, "", return_data};
}
MetricQuery expression(const std::string& id, const std::string& text, bool return_data = false) {
  return {id, text, "", return_data};
}

// "QUERY FIELD OFFSET MESSAGE", a line each.
std::string told(const std::vector<MetricQuery>& queries) {
  std::string all;
  for (const QueryProblem& problem : validate_queries(queries)) {
    all += std::to_string(problem.query) + " " + problem.field + " " +
           std::to_string(problem.offset) + " " + problem.message + "\n";
  }
  return all;
}

TEST(MetricQueryRules, AcceptsWhatAwsAccepts) {
  EXPECT_EQ(told({metric("m1"), metric("m2"), expression("e1", "m1 / m2", true)}), "");
  EXPECT_EQ(told({metric("m1", true)}), "");
}

TEST(MetricQueryRules, LimitsBothKindsToTen) {
  std::vector<MetricQuery> queries{expression("e", "m0", true)};
  for (int i = 0; i < 10; ++i) queries.push_back(metric("m" + std::to_string(i)));
  for (int i = 0; i < 9; ++i) queries.push_back(expression("e" + std::to_string(i), "m0"));
  EXPECT_EQ(told(queries), "");
  auto eleven_metrics = queries;
  eleven_metrics.push_back(metric("m10"));
  EXPECT_EQ(told(eleven_metrics), "0 Metrics 0 expected at most 10 metrics, found 11\n");
  auto eleven_expressions = queries;
  eleven_expressions.push_back(expression("e9", "m0"));
  EXPECT_EQ(told(eleven_expressions), "0 Metrics 0 expected at most 10 expressions, found 11\n");
}

TEST(MetricQueryRules, WantsAMetric) {
  EXPECT_EQ(told({expression("e", "TIME_SERIES(1)", true)}),
            "0 Metrics 0 expected at least one MetricStat, found none\n");
  EXPECT_EQ(told({}), "0 Metrics 0 expected at least one MetricStat, found none\n");
}

TEST(MetricQueryRules, WantsIdsThatExpressionsCanName) {
  EXPECT_EQ(told({metric("M1"), metric("m1", true), metric("m1")}),
            "0 Id 0 expected a small letter, then letters, digits and underscores, found 'M1'\n"
            "2 Id 0 expected each Id once, found 'm1' again\n");
  EXPECT_EQ(told({metric("m-1", true), metric("")}),
            "0 Id 0 expected a small letter, then letters, digits and underscores, found 'm-1'\n"
            "1 Id 0 expected a small letter, then letters, digits and underscores, found ''\n");
}

TEST(MetricQueryRules, WantsExactlyOneReturnData) {
  EXPECT_EQ(told({metric("m1"), expression("e1", "m1")}),
            "0 ReturnData 0 expected exactly one query whose ReturnData is true, found 0\n");
  const std::vector<MetricQuery> two{metric("m1", true), expression("e1", "m1", true)};
  EXPECT_EQ(told(two),
            "1 ReturnData 0 expected exactly one query whose ReturnData is true, found 2\n");
  EXPECT_EQ(validate_queries(two)[0].hint, "ReturnData is true unless it is given");
}

TEST(MetricQueryRules, WantsOnePeriod) {
  MetricStat five_minutes;
  five_minutes.period = std::chrono::minutes{5};
  EXPECT_EQ(told({metric("m1"), {"m2", five_minutes, "", false}, expression("e", "m1-m2", true)}),
            "1 MetricStat.Period 0 expected the same Period for all metrics (60), found 300\n");
}

TEST(MetricQueryRules, WantsASeriesOfEachExpression) {
  EXPECT_EQ(told({metric("m1"), expression("e1", "AVG(m1)"), expression("e2", "METRICS()", true)}),
            "1 Expression 0 expected an expression that gives one series, found a number\n"
            "2 Expression 0 expected an expression that gives one series, found an array of "
            "series\n");
}

TEST(MetricQueryRules, TellsWhereAnExpressionIsWrong) {
  EXPECT_EQ(told({metric("m1"), expression("e1", "m1 + m2", true)}),
            "1 Expression 5 expected the id of a query, found 'm2'\n");
  EXPECT_EQ(told({metric("m1"), expression("e1", "m1 +", true)}),
            "1 Expression 4 expected a number, an id, a function or '(', found the end\n");
  EXPECT_EQ(
      told({metric("m1"), expression("e1", "m1 * 2"), expression("e2", "PERIOD(e1) * m1", 1)}),
      "2 Expression 7 expected the id of a metric as the first argument of PERIOD, found the "
      "result of an expression\n");
}

TEST(MetricQueryRules, FindsCircles) {
  EXPECT_EQ(told({metric("m1"), expression("e1", "m1 + e1", true)}),
            "1 Expression 5 expected an expression that does not lead back to itself, found e1, "
            "e1\n");
  EXPECT_EQ(told({expression("e1", "m1 - e3", true), expression("e2", "2 * e1"),
                  expression("e3", "m1 / e2"), metric("m1")}),
            "1 Expression 4 expected an expression that does not lead back to itself, found e1, "
            "e3, e2, e1\n");
  // A diamond is no circle.
  EXPECT_EQ(told({expression("e1", "e2 - e3", true), expression("e2", "2 * e4"),
                  expression("e3", "e4 / 2"), expression("e4", "m1"), metric("m1")}),
            "");
}

TEST(MetricQueryRules, OrdersExpressionsForComputation) {
  const std::vector<MetricQuery> queries{expression("e1", "e2 - e3", true),
                                         expression("e2", "2 * e4"), expression("e3", "e4 / 2"),
                                         metric("m1"), expression("e4", "m1")};
  EXPECT_EQ(computation_order(queries), (std::vector<std::size_t>{4, 1, 2, 0}));
}

}  // namespace
}  // namespace models::cloudwatch
