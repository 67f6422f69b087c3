#include "models/cloudwatch/alarm_evaluation.hpp"

#include <gtest/gtest.h>

#include "tests/support/alarm_pattern.hpp"

namespace models::cloudwatch {
namespace {

using tests::newest_first;

RangeVerdict evaluate(std::string_view oldest_to_newest, std::int32_t m, std::int32_t n,
                      TreatMissingData treatment = TreatMissingData::Missing,
                      const AlarmRules& rules = {}) {
  return evaluate_range(newest_first(oldest_to_newest), {m, n, treatment}, rules);
}

TEST(AlarmEvaluation, StaysOkWhenOneOfThreeDatapointsDoesNotBreach) {
  const RangeVerdict verdict = evaluate("X X 0 X X", 3, 3);
  EXPECT_EQ(verdict.state, AlarmState::Ok);
  EXPECT_EQ(verdict.breaching, 2);
  EXPECT_EQ(verdict.filled, 0);
  EXPECT_EQ(verdict.counted, (std::vector<std::size_t>{0, 1, 2}));
}

TEST(AlarmEvaluation, ReachesBackForRealPointsBeforeItFillsAny) {
  const RangeVerdict verdict = evaluate("0 X X - X", 3, 3, TreatMissingData::NotBreaching);
  EXPECT_EQ(verdict.state, AlarmState::Alarm);
  EXPECT_EQ(verdict.counted, (std::vector<std::size_t>{0, 2, 3}));
}

TEST(AlarmEvaluation, DecidesAnEmptyRangeByTheTreatmentAlone) {
  EXPECT_EQ(evaluate("- - - - -", 3, 3).state, AlarmState::InsufficientData);
  EXPECT_EQ(evaluate("- - - - -", 3, 3, TreatMissingData::Ignore).state, std::nullopt);
  EXPECT_EQ(evaluate("- - - - -", 3, 3, TreatMissingData::Breaching).state, AlarmState::Alarm);
  EXPECT_EQ(evaluate("- - - - -", 3, 3, TreatMissingData::NotBreaching).state, AlarmState::Ok);
  EXPECT_EQ(evaluate("- - - - -", 3, 3).filled, 3);
}

TEST(AlarmEvaluation, WaitsUntilABreachingPointHasAgedBeforeGapsMakeItAnAlarm) {
  EXPECT_EQ(evaluate("- - - - X", 3, 3).state, AlarmState::Ok);
  EXPECT_EQ(evaluate("- - - X -", 3, 3).state, AlarmState::Ok);
  EXPECT_EQ(evaluate("- - X - -", 3, 3).state, AlarmState::Alarm);
  EXPECT_EQ(evaluate("- - X - -", 3, 3, TreatMissingData::Ignore).state, std::nullopt);
}

TEST(AlarmEvaluation, KeepsOrClearsOnAYoungBreachingPointAsTheOptionSays) {
  AlarmRules rules;
  EXPECT_EQ(evaluate("- - - - X", 3, 3, TreatMissingData::Ignore, rules).state, std::nullopt);
  rules.young_breaching_point = YoungBreachingPoint::Ok;
  EXPECT_EQ(evaluate("- - - - X", 3, 3, TreatMissingData::Ignore, rules).state, AlarmState::Ok);
  // Under `missing` both read OK.
  EXPECT_EQ(evaluate("- - - - X", 3, 3, TreatMissingData::Missing, rules).state, AlarmState::Ok);
}

TEST(AlarmEvaluation, CountsOrDropsABreachingPointOlderThanNAsTheOptionSays) {
  AlarmRules rules;
  EXPECT_EQ(evaluate("- X - - -", 3, 3).state, AlarmState::Alarm);
  EXPECT_EQ(evaluate("X - - - X", 2, 3).state, AlarmState::Alarm);
  rules.old_breaching_point = OldBreachingPoint::Ignored;
  const TreatMissingData missing = TreatMissingData::Missing;
  EXPECT_EQ(evaluate("- X - - -", 3, 3, missing, rules).state, AlarmState::InsufficientData);
  EXPECT_EQ(evaluate("X - - - X", 2, 3, missing, rules).state, AlarmState::Ok);
  EXPECT_EQ(evaluate("X - - - X", 2, 3, missing, rules).counted, (std::vector<std::size_t>{0}));
  // AWS's own row: with N real points in the range they count wherever they lie.
  EXPECT_EQ(evaluate("0 X X - X", 3, 3, missing, rules).state, AlarmState::Alarm);
}

TEST(AlarmEvaluation, ReadsAnOldPointThatDoesNotBreachAsTableOrTextSays) {
  AlarmRules rules;
  EXPECT_EQ(evaluate("0 - X - -", 2, 3).state, AlarmState::Ok);
  rules.premature_alarm = PrematureAlarm::Text;
  const TreatMissingData missing = TreatMissingData::Missing;
  EXPECT_EQ(evaluate("0 - X - -", 2, 3, missing, rules).state, AlarmState::Alarm);
  EXPECT_EQ(evaluate("- - X 0 -", 2, 3, missing, rules).state, AlarmState::Ok);
}

TEST(AlarmEvaluation, RefusesMoreDatapointsThanPeriods) {
  EXPECT_EXIT(evaluate("X", 2, 1), testing::ExitedWithCode(3), "datapoints_to_alarm");
  EXPECT_EXIT(evaluate("X", 0, 1), testing::ExitedWithCode(3), "datapoints_to_alarm");
}

}  // namespace
}  // namespace models::cloudwatch
