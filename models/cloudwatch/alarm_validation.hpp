// Checks an alarm as PutMetricAlarm does before it accepts one.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "models/cloudwatch/alarm_configuration.hpp"

namespace models::cloudwatch {

struct AlarmProblem {
  std::string field;       // AWS's: Period, Dimensions[0].Name, Metrics[2].Expression
  std::size_t offset = 0;  // of the byte in the field's text, of an expression
  std::string message;     // where AWS's own was seen, in AWS's words
  std::string hint;
};

// Everything that is wrong, in the order of PutMetricAlarm's fields. Empty: AWS would accept it.
std::vector<AlarmProblem> validate(const AlarmConfiguration& alarm);

}  // namespace models::cloudwatch
