// Finds the local times that match a cron expression, month by month and not minute by minute, so
// that the answer "never" takes microseconds too.
#pragma once

#include <cstdint>
#include <optional>

#include "models/autoscaling/schedule_expression.hpp"

namespace models::autoscaling {

// The days of the month that match: bit k is day k. REQUIRES: month is of 1 to 12.
std::uint32_t days_in_month(const CronDays& days, int year, unsigned month);

// The first match at or after a local time, both in seconds since 1970 as if the local clock were
// UTC; none: there is none up to the end of 2199. REQUIRES: |local_s| <= 10^12.
std::optional<std::int64_t> next_match(const CronExpression& cron, std::int64_t local_s);

}  // namespace models::autoscaling
