#include "models/autoscaling/schedule.hpp"

#include <algorithm>
#include <utility>

#include "core/check.hpp"
#include "models/autoscaling/cron_calendar.hpp"

namespace models::autoscaling {
namespace {

constexpr std::int64_t kDay_s = 86'400;
constexpr std::int64_t kSchedulesEnd_s = 7'258'118'400;  // 2200-01-01T00:00:00Z
constexpr std::int64_t kFurthestInstant_s = 1'000'000'000'000;
// More than any two clocks of the world differ: no local time further away than this from what a
// clock shows now can be one of its times nearby.
constexpr std::int64_t kSlack_s = 3 * kDay_s;

struct NextLocalTime {
  std::int64_t local_s;

  std::optional<std::int64_t> operator()(const AtExpression& at) const {
    return at.local_s >= local_s ? std::optional(at.local_s) : std::nullopt;
  }
  std::optional<std::int64_t> operator()(const CronExpression& cron) const {
    return next_match(cron, local_s);
  }
  std::optional<std::int64_t> operator()(const RateExpression& /*rate*/) const {
    CHECK(false);
    return std::nullopt;
  }
};

std::optional<std::int64_t> earlier(std::optional<std::int64_t> a, std::optional<std::int64_t> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

// Walks an expression's local times through the spans in which the clocks of a zone go on evenly.
class ClockWalk {
 public:
  ClockWalk(const ScheduleExpression& expression, const TimeZone& zone, const ScheduleRules& rules)
      : expression_(expression), zone_(zone), rules_(rules) {}

  std::optional<std::int64_t> next_from(std::int64_t unix_s) const;

 private:
  std::optional<std::int64_t> next_local(std::int64_t local_s) const {
    return std::visit(NextLocalTime{local_s}, expression_);
  }
  // In local [from, before).
  std::optional<std::int64_t> next_local(std::int64_t from_s, std::int64_t before_s) const {
    if (from_s >= before_s) return std::nullopt;
    const auto local_s = next_local(from_s);
    return local_s && *local_s < before_s ? local_s : std::nullopt;
  }
  std::optional<std::int64_t> next_in(const OffsetSpan& span, std::int64_t from_s) const;

  const ScheduleExpression& expression_;
  const TimeZone& zone_;
  const ScheduleRules& rules_;
};

// R-136, S-15.
std::optional<std::int64_t> ClockWalk::next_in(const OffsetSpan& span, std::int64_t from_s) const {
  const std::int64_t offset = span.utc_offset_s;
  const std::int64_t begin_s = std::max(span.begin_s, from_s);
  std::int64_t local_begin_s = begin_s + offset;
  std::int64_t local_end_s = std::min(span.end_s, kFurthestInstant_s) + offset;
  std::optional<std::int64_t> skipped;
  if (span.begin_s > -kFurthestInstant_s) {
    const std::int64_t before = zone_.span_at(span.begin_s - 1).utc_offset_s;
    // What the clocks showed before they were put back, they show again now.
    if (rules_.fold == LocalTimeFold::First) {
      local_begin_s = std::max(local_begin_s, span.begin_s + before);
    }
    // What they skip comes when a clock that nobody had put forward would have shown it.
    if (rules_.gap == LocalTimeGap::ShiftForward) {
      skipped = next_local(begin_s + before, span.begin_s + offset);
      if (skipped) *skipped -= before;
    }
  }
  if (span.end_s < kFurthestInstant_s && rules_.fold == LocalTimeFold::Last) {
    const std::int64_t after = zone_.span_at(span.end_s).utc_offset_s;
    local_end_s = std::min(local_end_s, span.end_s + after);
  }
  auto shown = next_local(local_begin_s, local_end_s);
  if (shown) *shown -= offset;
  return earlier(shown, skipped);
}

std::optional<std::int64_t> ClockWalk::next_from(std::int64_t unix_s) const {
  const std::int64_t from_s = std::max(unix_s, -kSlack_s);
  OffsetSpan span = zone_.span_at(from_s);
  while (true) {
    if (const auto found = next_in(span, from_s)) return found;
    // Local times that lie behind may be shown again, but none that lies further back than this.
    const auto later_s = next_local(std::max(span.begin_s, from_s) - kSlack_s);
    if (!later_s || span.end_s >= kSchedulesEnd_s + kSlack_s) return std::nullopt;
    span = zone_.span_at(std::max(span.end_s, *later_s - kSlack_s));
  }
}

// S-14.
std::optional<std::int64_t> next_of_rate(const RateExpression& rate, const ScheduleSpan& span,
                                         FirstRateRun first_run, std::int64_t from_s) {
  const bool is_first_at_creation = first_run == FirstRateRun::Creation;
  const std::int64_t first_s = span.start_unix_s.value_or(
      span.creation_unix_s + (is_first_at_creation ? 0 : rate.interval_s));
  std::int64_t next_s = first_s;
  if (from_s > first_s) {
    const std::int64_t intervals = (from_s - first_s + rate.interval_s - 1) / rate.interval_s;
    next_s += intervals * rate.interval_s;
  }
  return next_s < kSchedulesEnd_s ? std::optional(next_s) : std::nullopt;
}

}  // namespace

Schedule::Schedule(const ScheduleExpression& expression, std::shared_ptr<const TimeZone> zone,
                   ScheduleSpan span, ScheduleRules rules)
    : expression_(expression), zone_(std::move(zone)), span_(span), rules_(rules) {
  CHECK(zone_ != nullptr);
  for (const std::int64_t instant :
       {span_.start_unix_s.value_or(0), span_.end_unix_s.value_or(0), span_.creation_unix_s}) {
    CHECK_LE(-kFurthestInstant_s, instant);
    CHECK_LE(instant, kFurthestInstant_s);
  }
  if (const auto* rate = std::get_if<RateExpression>(&expression_)) CHECK_LT(0, rate->interval_s);
}

std::optional<std::int64_t> Schedule::next_from(std::int64_t unix_s) const {
  const std::int64_t from_s = std::max({unix_s, -kSlack_s, span_.start_unix_s.value_or(-kSlack_s)});
  if (from_s >= kSchedulesEnd_s + kSlack_s) return std::nullopt;
  std::optional<std::int64_t> next;
  if (const auto* rate = std::get_if<RateExpression>(&expression_)) {
    next = next_of_rate(*rate, span_, rules_.first_rate_run, from_s);
  } else if (is_recurring(expression_) && from_s == span_.start_unix_s) {
    next = from_s;
  } else {
    next = ClockWalk{expression_, *zone_, rules_}.next_from(from_s);
  }
  return next && next <= span_.end_unix_s.value_or(kFurthestInstant_s) ? next : std::nullopt;
}

std::optional<core::SimTime> next_run(const Schedule& schedule, std::int64_t unix_s_of_start,
                                      core::SimTime from) {
  const std::int64_t from_s =
      unix_s_of_start + std::chrono::ceil<std::chrono::seconds>(from.time_since_epoch()).count();
  const auto next_s = schedule.next_from(from_s);
  if (!next_s) return std::nullopt;
  return core::kStart + std::chrono::seconds{*next_s - unix_s_of_start};
}

}  // namespace models::autoscaling
