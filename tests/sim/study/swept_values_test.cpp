#include "sim/study/swept_values.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::size_t kMost = 1000;

std::vector<std::string> values(std::string_view text) {
  const SweptValues swept = read_swept_values(text, kMost);
  EXPECT_EQ(swept.expected, "") << text << ": found " << swept.found;
  return swept.values;
}

std::string expected(std::string_view text) {
  const SweptValues swept = read_swept_values(text, kMost);
  EXPECT_TRUE(swept.values.empty()) << text;
  return swept.expected;
}

TEST(SweptValues, CountInDecimalsAndNotInBinaryFractions) {
  EXPECT_THAT(values("0.1:0.3:0.1"), ElementsAre("0.1", "0.2", "0.3"));
  EXPECT_THAT(values("0.7:1:0.1"), ElementsAre("0.7", "0.8", "0.9", "1"));
  EXPECT_THAT(values("1:1.05:0.025"), ElementsAre("1", "1.025", "1.05"));
  EXPECT_THAT(values("9.95:10.05:0.05"), ElementsAre("9.95", "10", "10.05"));
}

TEST(SweptValues, KeepTheirUnit) {
  EXPECT_THAT(values("2m:8m:3m"), ElementsAre("2m", "5m", "8m"));
  EXPECT_THAT(values("30s:2m:30s"), ElementsAre("30s", "1m", "1m30s", "2m"));
  EXPECT_THAT(values("60/s:70/s:5/s"), ElementsAre("60/s", "65/s", "70/s"));
  EXPECT_THAT(values("0.5%:1%:0.5%"), ElementsAre("0.5%", "1%"));
  EXPECT_THAT(values("1 USD:3 USD:1 USD"), ElementsAre("1 USD", "2 USD", "3 USD"));
  EXPECT_THAT(values("0.1 USD/h:0.2 USD/h:0.1 USD/h"), ElementsAre("0.1 USD/h", "0.2 USD/h"));
}

TEST(SweptValues, EndBeforeToWhenNoStepMeetsIt) {
  EXPECT_THAT(values("2:9:3"), ElementsAre("2", "5", "8"));
  EXPECT_THAT(values("5:5:3"), ElementsAre("5"));
}

TEST(SweptValues, GoDownWithANegativeStep) {
  EXPECT_THAT(values("1:-1:-1"), ElementsAre("1", "0", "-1"));
  EXPECT_THAT(values("3m:1m:-1m"), ElementsAre("3m", "2m", "1m"));
  EXPECT_THAT(values("0.1:-0.1:-0.1"), ElementsAre("0.1", "0", "-0.1"));
}

TEST(SweptValues, OfAListAreTakenAsTheyAreWritten) {
  EXPECT_THAT(values("60/s, 70/s"), ElementsAre("60/s", "70/s"));
  EXPECT_THAT(values("{exact: 2m},{typical: 2m, slowest: 4m}"),
              ElementsAre("{exact: 2m}", "{typical: 2m, slowest: 4m}"));
  EXPECT_THAT(values("\"a,b\",'c:d:e'"), ElementsAre("\"a,b\"", "'c:d:e'"));
  EXPECT_THAT(values("cron(0 10 ? * MON,TUE *)"), ElementsAre("cron(0 10 ? * MON,TUE *)"));
  EXPECT_THAT(values("12:00,13:00"), ElementsAre("12:00", "13:00"));
  EXPECT_THAT(values("13:00"), ElementsAre("13:00"));
  EXPECT_THAT(values("'\"2m:8m:1m\"'"), ElementsAre("'\"2m:8m:1m\"'"));
  EXPECT_THAT(values("arn:aws:a:b"), ElementsAre("arn:aws:a:b"));
}

TEST(SweptValues, AreRefusedWhenTheStepLeadsNowhere) {
  EXPECT_EQ(expected("2m:8m:0s"), "a step that is not zero");
  EXPECT_EQ(expected("2:8:-1"), "a step that leads from FROM to TO");
  EXPECT_EQ(expected("8:2:1"), "a step that leads from FROM to TO");
}

TEST(SweptValues, AreRefusedWhenTheUnitsDiffer) {
  EXPECT_EQ(expected("2m:8m:1"), "a duration as in 2m");
  EXPECT_EQ(expected("2:8:1m"), "a plain number as in 2");
  EXPECT_EQ(expected("1/s:2/min:1/s"), "a number with the unit '/s' as in 1/s");
  EXPECT_EQ(expected("0:8m:1m"), "a plain number as in 0");
}

TEST(SweptValues, AreRefusedWhenTheyAreNoNumbers) {
  for (const char* text : {"a:b:c", "1x:2x:1x", "1e3:2e3:1e3", "nan:1:1", "1:inf:1",
                           "::", "1:2:", ".5:1:.5", "0x1:0x2:0x1", "--1:2:1", "1.:2:1"}) {
    EXPECT_THAT(expected(text), HasSubstr("FROM:TO:STEP")) << text;
  }
}

TEST(SweptValues, AreRefusedWhenTheyAreTooMany) {
  EXPECT_EQ(values("1:1000:1").size(), 1000U);
  EXPECT_EQ(expected("1:1001:1"), "at most 1000 values");
  EXPECT_EQ(expected("-999999999999999:999999999999999:1"), "at most 1000 values");
  EXPECT_EQ(expected("1s:3650d:1ns"), "at most 1000 values");
}

TEST(SweptValues, AreRefusedWhenTheyHaveMoreDigitsThanCanBeCounted) {
  EXPECT_THAT(expected("1:9999999999999999:1"), HasSubstr("FROM:TO:STEP"));
  EXPECT_EQ(expected("1:999999999999999:0.00000000000001"), "numbers of at most 15 digits");
}

TEST(SweptValues, AreRefusedWhenTheyAreMissing) {
  EXPECT_EQ(expected(""), "values");
  EXPECT_EQ(expected("  "), "values");
  EXPECT_EQ(expected("1,,2"), "a value between commas");
  EXPECT_EQ(expected("1,"), "a value between commas");
  EXPECT_EQ(expected("1,2,1"), "each value once");
  EXPECT_EQ(expected("2m:8m"), "FROM:TO:STEP");
  EXPECT_EQ(expected("3000:7000"), "FROM:TO:STEP");
}

}  // namespace
}  // namespace sim
