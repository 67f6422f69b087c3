// Finds the instants at which a scheduled action runs: its expression on the clock of a time zone,
// between StartTime and EndTime.
//
// Instants are Unix time in whole seconds, as in AWS. Pure: the same question, the same answer.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "core/sim_time.hpp"
#include "models/autoscaling/schedule_expression.hpp"
#include "models/autoscaling/time_zone.hpp"

namespace models::autoscaling {

// UTC whatever the time zone.
struct ScheduleSpan {
  std::optional<std::int64_t> start_unix_s{};  // StartTime
  std::optional<std::int64_t> end_unix_s{};    // EndTime, itself included: "no more runs after it"
  std::int64_t creation_unix_s = 0;  // what rate(...) without StartTime counts from (S-14)
};

// What runs when:
// - at: at its local time. Not when that is before StartTime or after EndTime.
// - rate: at StartTime and every interval after it; without StartTime, S-14. Not on the local
// clock.
// - cron: at StartTime, and at every matching local time after it (R-136, S-15).
// Nothing runs after EndTime, before 1970 or after 2199.
class Schedule {
 public:
  // REQUIRES: zone is not null.
  Schedule(const ScheduleExpression& expression, std::shared_ptr<const TimeZone> zone,
           ScheduleSpan span, ScheduleRules rules = {});

  const ScheduleExpression& expression() const { return expression_; }
  const ScheduleSpan& span() const { return span_; }
  const TimeZone& zone() const { return *zone_; }

  // The first run at or after this instant; none: there is none any more.
  std::optional<std::int64_t> next_from(std::int64_t unix_s) const;

 private:
  ScheduleExpression expression_;
  std::shared_ptr<const TimeZone> zone_;
  ScheduleSpan span_;
  ScheduleRules rules_;
};

// The same in simulated time, of a simulation that begins at `unix_s_of_start`. REQUIRES: that is
// in the years of schedules, 1970 to 2199.
std::optional<core::SimTime> next_run(const Schedule& schedule, std::int64_t unix_s_of_start,
                                      core::SimTime from);

}  // namespace models::autoscaling
