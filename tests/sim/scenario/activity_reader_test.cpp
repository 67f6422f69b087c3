#include "sim/scenario/activity_reader.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sim {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;

// One activity, as version 2 of the CLI prints it.
std::string activity(int desired, std::string_view status, std::string_view start,
                     std::string_view end, std::string_view cause = "",
                     std::string_view more = "") {
  return fmt::format(R"({{"ActivityId": "a", "ServiceNamespace": "sagemaker", )"
                     R"("ResourceId": "endpoint/e/variant/v", )"
                     R"("ScalableDimension": "sagemaker:variant:DesiredInstanceCount", )"
                     R"("Description": "Setting desired instance count to {}.", "Cause": "{}", )"
                     R"("StartTime": {}, {}"StatusCode": "{}"{}}})",
                     desired, cause, start,
                     end.empty() ? "" : fmt::format(R"("EndTime": {}, )", end), status, more);
}
std::string at(std::string_view clock) {
  return fmt::format(R"("2026-01-05T{}.000000+01:00")", clock);
}
const std::string kHigh =
    "monitor alarm TargetTracking-endpoint/e/variant/v-AlarmHigh-1 in state ALARM triggered policy "
    "p";
const std::string kLow =
    "monitor alarm TargetTracking-endpoint/e/variant/v-AlarmLow-1 in state ALARM triggered policy "
    "p";

struct Read {
  std::optional<ActivitySpans> spans;
  std::string messages;
};
Read read(const std::vector<std::string>& activities) {
  Diagnostics diagnostics;
  Read result;
  result.spans = read_activity_spans(
      "a.json", fmt::format(R"({{"ScalingActivities": [{}]}})", fmt::join(activities, ",\n")),
      diagnostics);
  result.messages = diagnostics.render_all();
  return result;
}

TEST(ActivityReader, MeasuresTheRecordedScaleOut) {
  // R-118: 7 min 6 s, and 691 ms more.
  const Read result = read({activity(48, "Successful", R"("2024-06-05T02:28:13.498000+00:00")",
                                     R"("2024-06-05T02:35:19.187000+00:00")", kHigh)});
  ASSERT_TRUE(result.spans) << result.messages;
  EXPECT_THAT(result.spans->seconds, ElementsAre(DoubleNear(425.689, 1e-9)));
  EXPECT_EQ(result.messages, "");
}

TEST(ActivityReader, ReadsSecondsSince1970AndTheBareArray) {
  Diagnostics diagnostics;
  const auto spans = read_activity_spans(
      "a.json", "[" + activity(2, "Successful", "1717554493.498", "1717554919.187", kHigh) + "]",
      diagnostics);
  ASSERT_TRUE(spans) << diagnostics.render_all();
  EXPECT_THAT(spans->seconds, ElementsAre(DoubleNear(425.689, 1e-9)));
}

TEST(ActivityReader, LeavesOutAndCountsAllElse) {
  const Read result = read({
      activity(3, "Successful", at("08:00:00"), at("08:05:00"), kHigh),
      activity(2, "Successful", at("09:00:00"), at("09:01:00"), kLow),
      activity(5, "Failed", at("10:00:00"), at("10:05:00"), kHigh),
      activity(4, "InProgress", at("11:00:00"), "", kHigh),
      activity(6, "Overridden", at("12:00:00"), at("12:01:00"), kHigh),
      activity(6, "Failed", at("13:00:00"), at("13:00:00"), kHigh,
               R"(, "NotScaledReasons": [{"Code": "AlreadyAtMaxCapacity"}])"),
      R"({"Description": "Setting min capacity to 5 and max capacity to 10", "StartTime": )" +
          at("14:00:00") + R"(, "EndTime": )" + at("14:00:00") + R"(, "StatusCode": "Successful"})",
  });
  ASSERT_TRUE(result.spans) << result.messages;
  EXPECT_THAT(result.spans->seconds, ElementsAre(300));
  EXPECT_EQ(result.spans->found,
            "7 activities: 1 successful scale-outs, 1 scale-ins, 1 failed, 1 in progress, 1 "
            "overridden, 1 not scaled, 1 of another kind");
}

TEST(ActivityReader, TellsDirectionFromTheCapacityBeforeWhereWordsAreSilent) {
  // Newest first, as AWS prints them.
  const Read result = read({
      activity(3, "Successful", at("12:00:00"), at("12:04:00"), "step"),  // 2 to 3
      activity(9, "Failed", at("11:00:00"), at("11:09:00"), "step"),      // stays 2
      activity(2, "Successful", at("10:00:00"), at("10:02:00"), "step"),  // 4 to 2
      activity(4, "Successful", at("09:00:00"), at("09:07:00"), "step"),  // from what?
  });
  ASSERT_TRUE(result.spans) << result.messages;
  EXPECT_THAT(result.spans->seconds, ElementsAre(240));
  EXPECT_THAT(result.spans->found, HasSubstr("1 scale-ins, 1 failed, 1 of unknown direction"));
}

TEST(ActivityReader, KeepsVariantsApart) {
  std::string other = activity(9, "Successful", at("08:30:00"), at("08:31:00"), kLow);
  other.replace(other.find("variant/v"), 9, "variant/w");
  const Read result = read({activity(3, "Successful", at("08:00:00"), at("08:05:00"), kHigh), other,
                            activity(4, "Successful", at("09:00:00"), at("09:06:00"), "step")});
  ASSERT_TRUE(result.spans) << result.messages;
  EXPECT_THAT(result.spans->seconds, ElementsAre(300, 360));
}

TEST(ActivityReader, BoundsOfATargetTellDirection) {
  const Read result = read({
      activity(3, "Successful", at("08:00:00"), at("08:05:00"), "minimum capacity was set to 3"),
      activity(2, "Successful", at("09:00:00"), at("09:01:00"), "maximum capacity was set to 2"),
  });
  ASSERT_TRUE(result.spans) << result.messages;
  EXPECT_THAT(result.spans->seconds, ElementsAre(300));
}

TEST(ActivityReader, ReportsWhatIsWrongAtItsPlace) {
  EXPECT_THAT(read({activity(3, "Successful", at("08:00:00"), at("07:59:59"), kHigh)}).messages,
              HasSubstr("expected an EndTime within a day after the StartTime"));
  EXPECT_THAT(read({activity(3, "Successful", at("08:00:00"), "", kHigh)}).messages,
              HasSubstr("expected the key 'EndTime' in ScalingActivities[0]"));
  EXPECT_THAT(read({activity(3, "Success", at("08:00:00"), at("08:01:00"), kHigh)}).messages,
              HasSubstr("found 'Success'"));
  EXPECT_THAT(read({activity(3, "Successful", R"("yesterday")", at("08:01:00"))}).messages,
              HasSubstr("a.json:1:"));
  EXPECT_THAT(
      read({activity(3, "Successful", R"("2026-01-05 08:00")", at("08:01:00"))}).messages,
      HasSubstr("expected an instant with its offset from UTC, or seconds since 1970, found "
                "'2026-01-05 08:00'"));
  Diagnostics diagnostics;
  EXPECT_FALSE(read_activity_spans("a.json", R"({"Activities": []})", diagnostics));
  EXPECT_THAT(diagnostics.render_all(), HasSubstr("a.json:1:1: error: expected the "
                                                  "ScalingActivities that"));
}

TEST(ActivityReader, TakesUpToADayAndRefusesMore) {
  EXPECT_TRUE(read({activity(3, "Successful", "100.5", "100.5", kHigh)}).spans);
  EXPECT_FALSE(read({activity(3, "Successful", "100.5", "100.499999999", kHigh)}).spans);
  EXPECT_TRUE(read({activity(3, "Successful", "100.5", "86500.5", kHigh)}).spans);
  EXPECT_FALSE(read({activity(3, "Successful", "100.5", "86500.500000001", kHigh)}).spans);
}

}  // namespace
}  // namespace sim
