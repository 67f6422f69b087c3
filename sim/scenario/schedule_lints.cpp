#include "sim/scenario/schedule_lints.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <variant>

#include "sim/scenario/quantity.hpp"

namespace sim {
namespace {

using models::autoscaling::CronExpression;
using models::autoscaling::DaysOfWeek;
using models::autoscaling::NumericDayOfWeek;
using models::autoscaling::RateExpression;
using models::autoscaling::ScheduleRules;

constexpr std::array<std::string_view, 7> kDays{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};

std::string_view first_day(NumericDayOfWeek numbers) {
  return numbers == NumericDayOfWeek::SundayFirst ? "SUN" : "MON";
}

// "MON-FRI" or "TUE,FRI"; empty: not plain days of the week.
std::string days_of(const std::string& schedule, ScheduleRules rules, NumericDayOfWeek numbers) {
  rules.numeric_day_of_week = numbers;
  const auto parsed = models::autoscaling::parse_schedule_expression(schedule, rules);
  if (!parsed.expression) return {};
  const auto* cron = std::get_if<CronExpression>(&*parsed.expression);
  const auto* week = cron == nullptr ? nullptr : std::get_if<DaysOfWeek>(&cron->days);
  if (week == nullptr) return {};
  std::string text;
  for (std::size_t day = 0; day < kDays.size(); ++day) {
    const auto has = [&](std::size_t other) { return ((week->days >> other) & 1U) != 0; };
    if (!has(day)) continue;
    std::size_t last = day;
    while (last + 1 < kDays.size() && has(last + 1)) ++last;
    text += fmt::format("{}{}", text.empty() ? "" : ",", kDays[day]);
    if (last > day) text += fmt::format("{}{}", last > day + 1 ? "-" : ",", kDays[last]);
    day = last;
  }
  return text;
}

}  // namespace

void lint_numeric_weekdays(const ScheduledActionDraft& draft, const ScheduleRules& rules,
                           Diagnostics& diagnostics) {
  const NumericDayOfWeek taken = rules.numeric_day_of_week;
  const NumericDayOfWeek other = taken == NumericDayOfWeek::SundayFirst
                                     ? NumericDayOfWeek::MondayFirst
                                     : NumericDayOfWeek::SundayFirst;
  const std::string days = days_of(*draft.schedule, rules, taken);
  const std::string misread = days_of(*draft.schedule, rules, other);
  if (days.empty() || misread.empty()) {
    const auto parsed = models::autoscaling::parse_schedule_expression(*draft.schedule, rules);
    for (const auto& warning : parsed.warnings) {
      report(diagnostics, Severity::Warning, draft.schedule_place, "numeric-weekdays",
             warning.message, warning.hint);
    }
    return;
  }
  report(diagnostics, Severity::Warning, draft.schedule_place, "numeric-weekdays",
         fmt::format("{} runs on {}, as 1 is {}; whoever counts 1 as {} reads {}",
                     in_quotes(*draft.schedule), days, first_day(taken), first_day(other), misread),
         "write names, which nobody misreads, such as MON-FRI");
}

void lint_schedule_zones(const LintContext& context) {
  const RunSettings& run = context.scenario.run;
  if (run.utc_offset_minutes == 0) return;
  const Duration difference = std::chrono::minutes{std::abs(run.utc_offset_minutes)};
  for (std::size_t index = 0; index < context.scenario.variants.size(); ++index) {
    const auto& actions = context.scenario.variants[index].scheduled_actions;
    for (std::size_t i = 0; i < actions.size(); ++i) {
      const ScheduledActionSource& source = context.sources.variants[index].scheduled_actions[i];
      if (source.has_timezone || std::holds_alternative<RateExpression>(actions[i].expression)) {
        continue;
      }
      context.warn(
          source.schedule_place, "schedule-in-utc",
          fmt::format("{} has no Timezone, so it is UTC: in {}, the timezone of the run, "
                      "that is {} {}",
                      in_quotes(actions[i].schedule), run.timezone, format_duration(difference),
                      run.utc_offset_minutes > 0 ? "later" : "earlier"),
          fmt::format("Timezone: {}, or Timezone: UTC if that is meant", run.timezone));
    }
  }
}

}  // namespace sim
