// Words the state of the control plane at one instant: why capacity changed, or the one reason for
// which it stayed.
#pragma once

#include <string>
#include <string_view>

#include "sim/observe/explanation.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct Verdict {
  models::autoscaling::DecisionKind kind = models::autoscaling::DecisionKind::NoChange;
  std::string reason;  // a sentence without its stop
};

// What the policies of a variant decided last, in one sentence.
Verdict verdict_on(const ExplainedVariant& variant, const Assumptions& assumptions);

// "InvocationsPerInstance Sum > 1,500 in 3 of 3 datapoints of 1m".
std::string condition_text(const models::cloudwatch::AlarmConfiguration& alarm);

// The end of a sentence: "waits for 1 more datapoint, that of 12m to 13m, seen at 14m"; empty when
// the alarm waits for none.
std::string waiting_text(const ExplainedAlarm& alarm, const Assumptions& assumptions);

}  // namespace sim
