// Reads the schedule of a scheduled action: at(...), rate(...) or cron(...), and names what AWS
// leaves open about them.
//
// The cron grammar is EventBridge's, which is Quartz's: where EventBridge's pages
// are silent, as about FRI-MON, Quartz decides.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace models::autoscaling {

// S-14: when rate(...) without a StartTime runs first.
enum class FirstRateRun { CreationPlusInterval, Creation };
// S-15: a local time that the clocks skip does not happen that day, or happens as much later as
// they are put forward: 02:30 becomes 03:30.
enum class LocalTimeGap { Skip, ShiftForward };
// S-15: which of the two happen when the clocks show a local time twice.
enum class LocalTimeFold { First, Last, Both };
// S-16: what 1 is as a day of the week.
enum class NumericDayOfWeek { SundayFirst, MondayFirst };

struct ScheduleRules {
  FirstRateRun first_rate_run = FirstRateRun::CreationPlusInterval;
  LocalTimeGap gap = LocalTimeGap::Skip;
  LocalTimeFold fold = LocalTimeFold::First;
  NumericDayOfWeek numeric_day_of_week = NumericDayOfWeek::SundayFirst;
};

inline constexpr std::int64_t kFirstScheduleYear = 1970;
inline constexpr std::int64_t kLastScheduleYear = 2199;

// Once, at a time of the local clock.
struct AtExpression {
  std::int64_t local_s = 0;  // since 1970, as if the local clock were UTC
  bool operator==(const AtExpression&) const = default;
};

// Again and again, whatever the clocks show.
struct RateExpression {
  std::int64_t interval_s = 60;  // at least 60
  bool operator==(const RateExpression&) const = default;
};

// The days of a month on which a cron expression runs. Bit k of a day of the month is day k; bit k
// of a day of the week, and each `day_of_week`, counts from Sunday = 0.
struct DaysOfMonth {
  std::uint32_t days = 0;  // bits 1 to 31
  bool operator==(const DaysOfMonth&) const = default;
};
struct LastDayOfMonth {  // L
  bool operator==(const LastDayOfMonth&) const = default;
};
struct LastWeekdayOfMonth {  // LW: the last from Monday to Friday
  bool operator==(const LastWeekdayOfMonth&) const = default;
};
struct NearestWeekday {  // 3W: from Monday to Friday, in the same month
  unsigned day = 1;
  bool operator==(const NearestWeekday&) const = default;
};
struct DaysOfWeek {
  std::uint32_t days = 0;  // bits 0 to 6
  bool operator==(const DaysOfWeek&) const = default;
};
struct LastDayOfWeekInMonth {  // 6L: the last Friday
  unsigned day_of_week = 0;
  bool operator==(const LastDayOfWeekInMonth&) const = default;
};
struct NthDayOfWeekInMonth {  // 3#2: the second Tuesday
  unsigned day_of_week = 0;
  unsigned nth = 1;  // 1 to 5
  bool operator==(const NthDayOfWeekInMonth&) const = default;
};
using CronDays = std::variant<DaysOfMonth, LastDayOfMonth, LastWeekdayOfMonth, NearestWeekday,
                              DaysOfWeek, LastDayOfWeekInMonth, NthDayOfWeekInMonth>;

// At all local times that match every field.
struct CronExpression {
  std::int64_t second = 0;    // one: nothing runs more than once a minute
  std::uint64_t minutes = 0;  // bits 0 to 59
  std::uint64_t hours = 0;    // bits 0 to 23
  std::uint64_t months = 0;   // bits 1 to 12
  std::bitset<kLastScheduleYear - kFirstScheduleYear + 1> years;  // bit 0 is 1970
  CronDays days;
  bool operator==(const CronExpression&) const = default;
};

using ScheduleExpression = std::variant<AtExpression, RateExpression, CronExpression>;

struct ScheduleRemark {
  std::size_t offset = 0;  // of the byte in the text where it begins; its size: at the end
  std::string message;     // lower-case, no final stop; errors: "expected ..., found ..."
  std::string hint;        // empty: none
};

struct ParsedScheduleExpression {
  std::optional<ScheduleExpression> expression;  // none: `error` says why
  ScheduleRemark error;
  std::vector<ScheduleRemark> warnings;  // numeric days of the week
};

// The text as PutScheduledAction takes it: "cron(0 10 * * ? *)". Of `rules`, only what numbers of
// days of the week mean.
ParsedScheduleExpression parse_schedule_expression(std::string_view text,
                                                   const ScheduleRules& rules = {});

// Whether it runs more than once: rate and cron.
bool is_recurring(const ScheduleExpression& expression);

}  // namespace models::autoscaling
