// Feeds arbitrary text to the reader of schedules and holds it to its promises: an expression or an
// error with its place, and runs that come in order and end.
//
// The first byte chooses among the open questions (S-14 to S-16) and the clock.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/autoscaling/schedule.hpp"
#include "tests/support/stepped_zone.hpp"

namespace {

using models::autoscaling::FirstRateRun;
using models::autoscaling::LocalTimeFold;
using models::autoscaling::LocalTimeGap;
using models::autoscaling::NumericDayOfWeek;
using models::autoscaling::Schedule;
using models::autoscaling::ScheduleRemark;
using models::autoscaling::ScheduleRules;
using models::autoscaling::TimeZone;

// Aborts rather than CHECKs, so that libFuzzer keeps the input.
void require(bool kept) {
  if (!kept) std::abort();
}

ScheduleRules rules_of(unsigned choice) {
  ScheduleRules rules;
  rules.first_rate_run = static_cast<FirstRateRun>(choice & 1U);
  rules.gap = static_cast<LocalTimeGap>((choice >> 1U) & 1U);
  rules.numeric_day_of_week = static_cast<NumericDayOfWeek>((choice >> 2U) & 1U);
  rules.fold = static_cast<LocalTimeFold>((choice >> 3U) % 3);
  return rules;
}

// Half a century of clocks that are put forward and back each half year.
std::shared_ptr<const TimeZone> restless_zone() {
  constexpr std::int64_t kHalfYear_s = 182 * 86'400;
  std::vector<tests::SteppedZone::Change> changes;
  for (std::int64_t k = 1; k <= 100; ++k) {
    changes.push_back({k * kHalfYear_s, k % 2 == 0 ? 3600 : 5400});
  }
  return std::make_shared<tests::SteppedZone>(3600, changes);
}

void check_remark(const ScheduleRemark& remark, std::string_view text) {
  require(remark.offset <= text.size());
  require(!remark.message.empty() && remark.message.size() < 400);
  for (const char c : remark.message) require(c >= 0x20 && c < 0x7F);
}

void check_runs(const Schedule& schedule) {
  std::int64_t from_s = -1'000'000'000'000;
  for (int k = 0; k < 5; ++k) {
    const auto next = schedule.next_from(from_s);
    if (!next) return;
    require(*next >= from_s && *next >= -86'400 && *next < 7'258'118'400 + 86'400);
    require(schedule.next_from(*next) == next);
    from_s = *next + 1;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ScheduleRules rules = rules_of(data[0]);
  const std::string text(data + 1, data + size);
  const auto parsed = models::autoscaling::parse_schedule_expression(text, rules);
  require(parsed.expression.has_value() == parsed.error.message.empty());
  for (const ScheduleRemark& warning : parsed.warnings) check_remark(warning, text);
  if (!parsed.expression) {
    require(parsed.error.message.starts_with("expected "));
    check_remark(parsed.error, text);
    return 0;
  }
  static const auto zone = restless_zone();
  check_runs({*parsed.expression, zone, {}, rules});
  check_runs(
      {*parsed.expression, models::autoscaling::utc(), {1'767'571'200, 1'800'000'000}, rules});
  return 0;
}
