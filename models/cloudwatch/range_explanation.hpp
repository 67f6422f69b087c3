// Tells in words why a range of datapoints leads to a state, for people who try an alarm out.
#pragma once

#include <string>
#include <string_view>

#include "models/cloudwatch/alarm_evaluation.hpp"

namespace models::cloudwatch {

// One sentence, without its final stop: which points count, how many are filled and as what, how
// many breach and how many have to. REQUIRES: `verdict` is evaluate_range()'s of such a range.
std::string explain(const RangeVerdict& verdict, const MissingDataRule& rule);

// Where the rule stands: "R-047", "R-048, S-04".
std::string_view rule_number(RangeRule rule);

}  // namespace models::cloudwatch
