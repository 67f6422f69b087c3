// Reads how long scale-outs took from the scaling activities that
// `aws application-autoscaling describe-scaling-activities` prints.
//
// A successful activity ends when its instances are in service, so EndTime - StartTime of a
// scale-out is a measured startup. All else that such a record holds is left out, and counted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/diagnostic.hpp"

namespace sim {

struct ActivitySpans {
  std::vector<double> seconds;  // of the successful scale-outs, oldest first; none beyond a day
  std::string found;            // "9 activities: 4 successful scale-outs, 3 scale-ins, 2 failed"
};

// The JSON is an object with ScalingActivities, or the array alone; time stamps are text as version
// 2 of the AWS CLI writes it or seconds since 1970 as version 1 does. Empty after a report.
//
// AWS names the capacity asked for, not the one before. An activity is a scale-out when its words
// say so (AlarmHigh, minimum capacity), or else when it asks for more than the activity before it
// had asked for; one about which neither is known is left out.
std::optional<ActivitySpans> read_activity_spans(const std::string& file, std::string text,
                                                 Diagnostics& diagnostics);

}  // namespace sim
