#include "sim/scenario/limit_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/scenario/scenario_writer.hpp"
#include "sim/scenario/summary_keys.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using testing::HasSubstr;
using tests::load;
using tests::smallest_with;

std::string messages_of(const std::string& limits) {
  return load(smallest_with("limits: " + limits + "\n")).messages;
}

TEST(Limits, AreReadBesideTheScenarioWithTheirReasons) {
  const auto loaded =
      load(smallest_with("limits:\n"
                         "  - errors.rate > +0.1pp\n"
                         "  - {that: cost.total > 5%, because: the budget}\n"
                         "  - latency.p99 < -20ms\n"));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const std::vector<RegressionLimit>& limits = loaded.scenario->limits;
  ASSERT_EQ(limits.size(), 3U);
  EXPECT_EQ(limits[0].text, "errors.rate > +0.1pp");
  EXPECT_EQ(limits[0].key, summary_key_index("errors.rate"));
  EXPECT_TRUE(limits[0].is_upper);
  EXPECT_DOUBLE_EQ(limits[0].change, 0.001);
  EXPECT_FALSE(limits[0].is_relative);
  EXPECT_FALSE(limits[0].because);
  EXPECT_DOUBLE_EQ(limits[1].change, 0.05);
  EXPECT_TRUE(limits[1].is_relative);
  EXPECT_EQ(limits[1].because, "the budget");
  EXPECT_FALSE(limits[2].is_upper);
  EXPECT_DOUBLE_EQ(limits[2].change, -0.02);
}

TEST(Limits, AreNoneUnlessWritten) {
  EXPECT_TRUE(load(smallest_with("")).scenario.value().limits.empty());
  EXPECT_TRUE(load(smallest_with("limits: []\n")).scenario.value().limits.empty());
}

TEST(Limits, SurviveBeingWrittenOut) {
  const auto loaded =
      load(smallest_with("limits: [{that: errors.rate > +0.1pp, because: 'it: is'}]\n"));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const std::string expanded = expand_scenario(*loaded.scenario);
  EXPECT_THAT(expanded, HasSubstr("limits:\n  - {that: \"errors.rate > +0.1pp\", because: "));
  const auto again = load(expanded);
  ASSERT_TRUE(again.scenario) << again.messages;
  EXPECT_EQ(again.scenario->limits.at(0).because, "it: is");
  EXPECT_EQ(expand_scenario(*again.scenario), expanded);
}

TEST(Limits, TellEveryMistakeWithItsPlace) {
  const std::string messages = messages_of(
      "[error.rate > +1pp, latency.p99 > 5, [cost.total > 1%], {because: x}, "
      "{that: cost.total > 1%, since: x}, instances.in_service > 1]");
  EXPECT_THAT(messages, HasSubstr("x.scenario.yaml:4:10: error: expected a key of the summary, "
                                  "found 'error.rate'"));
  EXPECT_THAT(messages, HasSubstr("did you mean 'errors.rate'?"));
  EXPECT_THAT(messages, HasSubstr("4:29: error: expected a change of latency.p99 such as +20ms or "
                                  "+5%, found '5'"));
  EXPECT_THAT(messages, HasSubstr("expected a limit such as 'errors.rate > +0.1pp', found a list"));
  EXPECT_THAT(messages, HasSubstr("expected the key 'that' in limits[3]"));
  EXPECT_THAT(messages, HasSubstr("expected a key of limits[4], found 'since'"));
  EXPECT_THAT(messages, HasSubstr("found 'instances.in_service'"));
  EXPECT_THAT(messages_of("cost.total > 1%"), HasSubstr("expected limits as a list such as"));
}

}  // namespace
}  // namespace sim
