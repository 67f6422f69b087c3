#include "models/cloudwatch/metric_expression.hpp"

#include <gtest/gtest.h>

#include "tests/support/math_series.hpp"

namespace models::cloudwatch {
namespace {

// What is wrong with an expression over m1, m2 and latency.
std::string told(const std::string& text) {
  static const tests::MathBench bench{{{"m1", "1"}, {"m2", "2"}, {"latency", "3"}}};
  return bench(text);
}

TEST(MetricExpression, TellsWhatWasExpectedAndWhere) {
  EXPECT_EQ(told(""), "0: expected a number, an id, a function or '(', found the end");
  EXPECT_EQ(told("m1 +"), "4: expected a number, an id, a function or '(', found the end");
  EXPECT_EQ(told("m1 m2"), "3: expected an operator or the end, found 'm2'");
  EXPECT_EQ(told("(m1"), "3: expected an operator or ')', found the end");
  EXPECT_EQ(told("m1)"), "2: expected an operator or the end, found ')'");
  EXPECT_EQ(told("SUM([m1, m2)"), "11: expected ',' or ']', found ')'");
  EXPECT_EQ(told("SUM([])"), "4: expected the ids of an array, found none");
  EXPECT_EQ(told("IF(m1, 2,)"), "9: expected a number, an id, a function or '(', found ')'");
  EXPECT_EQ(told("AND m1"), "0: expected a number, an id, a function or '(', found 'AND'");
  EXPECT_EQ(told("SUM(METRICS(\"a))"), "12: expected a closing \", found the end");
  EXPECT_EQ(told("m1 \x80 2"), "3: expected an operator or the end, found '\\x80'");
  EXPECT_EQ(told("1e999 * m1"), "0: expected a number of ordinary size, found '1e999'");
  EXPECT_EQ(told("+m1"), "0: expected a number, an id, a function or '(', found '+'");
}

TEST(MetricExpression, HintsAtWhatWasMeant) {
  EXPECT_EQ(told("m1 = 2"), "3: expected an operator or the end, found '='; did you mean '=='?");
  EXPECT_EQ(told("(m1 & m2)"), "4: expected an operator or ')', found '&'; did you mean 'AND'?");
  EXPECT_EQ(told("avg(m1)"), "0: expected a function, found 'avg'; did you mean 'AVG'?");
  EXPECT_EQ(told("m1 + CIEL(m1)"), "5: expected a function, found 'CIEL'; did you mean 'CEIL'?");
  EXPECT_EQ(told("FILL(m1, REPEET)"),
            "9: expected an id, which begins with a small letter, found 'REPEET'; did you mean "
            "'REPEAT'?");
  EXPECT_EQ(told("latancy * 2"),
            "0: expected the id of a query, found 'latancy'; did you mean 'latency'?");
  EXPECT_EQ(told("PERIOD"), "6: expected '(' after PERIOD, found the end");
}

TEST(MetricExpression, CountsArguments) {
  EXPECT_EQ(told("IF(m1)"), "0: expected 2 or 3 arguments of IF, found 1");
  EXPECT_EQ(told("1 + ABS(m1, m2)"), "4: expected 1 argument of ABS, found 2");
  EXPECT_EQ(told("FILL(m1)"), "0: expected 2 arguments of FILL, found 1");
  EXPECT_EQ(told("AVG()"), "0: expected 1 argument of AVG, found 0");
}

TEST(MetricExpression, KnowsWhatASimulationHasNot) {
  EXPECT_EQ(told("SEARCH('x', 'Sum', 300)"), "0: SEARCH is not simulated");
  EXPECT_EQ(told("m1 > ANOMALY_DETECTION_BAND(m1)"), "5: ANOMALY_DETECTION_BAND is not simulated");
  EXPECT_EQ(told("SELECT AVG(x) FROM y"),
            "0: Metrics Insights queries are not simulated; name the metrics by their ids");
}

TEST(MetricExpression, FitsTypesTogether) {
  EXPECT_EQ(told("ABS(3)"),
            "4: expected a series or an array of series as the first argument of ABS, found a "
            "number");
  EXPECT_EQ(told("[m1, 2] * 1"),
            "5: expected a series or an array of series in an array, found a "
            "number");
  EXPECT_EQ(told("METRICS() + [m1, m2]"), "10: expected at most one array beside '+', found two");
  EXPECT_EQ(told("METRICS() > 3"),
            "0: expected a number or a series beside '>', found an array of series");
  EXPECT_EQ(told("m1 + 'a'"),
            "5: expected a number, a series or an array of series beside '+', "
            "found a text");
  EXPECT_EQ(told("IF(1, 2, 3)"),
            "0: expected a series among the arguments of IF, found numbers alone");
  EXPECT_EQ(told("IF(METRICS(), m1)"),
            "3: expected a number or a series as the first argument of IF, found an array of "
            "series");
  EXPECT_EQ(told("PERIOD(m1 + m2)"),
            "10: expected the id of a metric as the first argument of PERIOD, found the result of "
            "an expression");
  EXPECT_EQ(told("FILL(m1, ASC)"),
            "9: expected a number, a series, REPEAT or LINEAR as the second argument of FILL, "
            "found ASC");
  EXPECT_EQ(told("SORT(METRICS(), STDDEV(m1), ASC)"),
            "16: expected AVG, MIN, MAX or SUM as the second argument of SORT, found a number");
  EXPECT_EQ(told("-REPEAT"),
            "1: expected a number, a series or an array of series after the "
            "minus sign, found a keyword");
  EXPECT_EQ(told("FIRST(m1)"),
            "6: expected an array of series as the first argument of FIRST, found a series");
}

TEST(MetricExpression, NamesItsIdsOnceInOrder) {
  const auto parsed = parse_expression("IF(b > a, b, c) + AVG(a)");
  const auto ids = referenced_ids(std::get<Expression>(parsed));
  ASSERT_EQ(ids.size(), 3U);
  EXPECT_EQ(ids[0].id, "b");
  EXPECT_EQ(ids[0].offset, 3U);
  EXPECT_EQ(ids[1].id, "a");
  EXPECT_EQ(ids[1].offset, 7U);
  EXPECT_EQ(ids[2].id, "c");
}

TEST(MetricExpression, IsNeverTooDeepForTheStack) {
  for (const char* opening : {"(", "[", "-", "ABS(", "2^", "IF(m1,"}) {
    std::string deep;
    while (deep.size() + 8 < kLongestExpression) deep += opening;
    const auto parsed = parse_expression(deep + "m1");
    ASSERT_TRUE(std::holds_alternative<ExpressionProblem>(parsed)) << opening;
    EXPECT_EQ(std::get<ExpressionProblem>(parsed).message, "expected at most 100 nested levels");
  }
  // As deep as is allowed, and as long.
  EXPECT_EQ(told(std::string(100, '(') + "m1" + std::string(100, ')')), "1");
  std::string chain = "m1";
  while (chain.size() + 3 < kLongestExpression) chain += "+m1";
  EXPECT_EQ(told(chain), "682");
}

TEST(MetricExpression, IsNeverLongerThanAwsAllows) {
  const std::string longest = "m1" + std::string(kLongestExpression - 2, ' ');
  EXPECT_EQ(told(longest), "1");
  EXPECT_EQ(told(longest + " "), "2048: expected at most 2048 characters, found 2049");
}

}  // namespace
}  // namespace models::cloudwatch
