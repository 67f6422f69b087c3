// Warns of schedules that run on other days or at other hours than whoever wrote them may think.
#pragma once

#include "sim/scenario/lint_context.hpp"

namespace sim {

// Days of the week that are numbers, with both ways to count them (R-134, S-16). REQUIRES: the
// draft has a schedule that can be read.
void lint_numeric_weekdays(const ScheduledActionDraft& draft,
                           const models::autoscaling::ScheduleRules& rules,
                           Diagnostics& diagnostics);

// Local times without a time zone, in a run that has another than UTC.
void lint_schedule_zones(const LintContext& context);

}  // namespace sim
