// Reads the fields of cron(...), by the grammar of.
#pragma once

#include <optional>
#include <vector>

#include "models/autoscaling/schedule_expression.hpp"
#include "models/autoscaling/schedule_text.hpp"

namespace models::autoscaling {

// What stands between the parentheses. None: `error` says why.
std::optional<CronExpression> parse_cron(TextPiece fields, const ScheduleRules& rules,
                                         ScheduleRemark& error,
                                         std::vector<ScheduleRemark>& warnings);

}  // namespace models::autoscaling
