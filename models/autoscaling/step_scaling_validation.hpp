// Finds what PutScalingPolicy would refuse in a step scaling configuration, in AWS's own words.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/autoscaling/policy_configuration.hpp"

namespace models::autoscaling {

struct StepScalingProblem {
  std::optional<std::size_t> index;  // of the step adjustment; none: the list as a whole
  std::string_view field;            // AWS's name of it, such as MetricIntervalUpperBound
  std::string_view text;             // what AWS says
};

// All problems, those of single step adjustments first. Whether
// intervals meet is asked only of intervals that are whole. REQUIRES: bounds are numbers.
std::vector<StepScalingProblem> validate(const StepScalingConfiguration& policy);

}  // namespace models::autoscaling
