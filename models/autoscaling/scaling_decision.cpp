#include "models/autoscaling/scaling_decision.hpp"

#include "core/check.hpp"

namespace models::autoscaling {

std::string_view to_string(DecisionKind kind) {
  switch (kind) {
    case DecisionKind::NoChange:
      return "no_change";
    case DecisionKind::ScaleOut:
      return "scale_out";
    case DecisionKind::ScaleIn:
      return "scale_in";
  }
  CHECK(false);
  return {};
}

std::string_view to_string(Blocker blocker) {
  switch (blocker) {
    case Blocker::ZeroCapacity:
      return "zero_capacity";
    case Blocker::NoDatapoints:
      return "no_datapoints";
    case Blocker::UncoveredValue:
      return "uncovered_value";
    case Blocker::AlreadyAtDesiredCapacity:
      return "already_at_desired_capacity";
    case Blocker::AnticipatedFlapping:
      return "anticipated_flapping";
    case Blocker::Suspended:
      return "suspended";
    case Blocker::MaxCapacity:
      return "max_capacity";
    case Blocker::MinCapacity:
      return "min_capacity";
    case Blocker::Cooldown:
      return "cooldown";
    case Blocker::OtherPolicies:
      return "other_policies";
    case Blocker::LargerCapacity:
      return "larger_capacity";
    case Blocker::ActivityInProgress:
      return "activity_in_progress";
    case Blocker::ActionNotDue:
      return "action_not_due";
  }
  CHECK(false);
  return {};
}

std::string_view to_string(NotScaledCode code) {
  switch (code) {
    case NotScaledCode::AutoScalingAnticipatedFlapping:
      return "AutoScalingAnticipatedFlapping";
    case NotScaledCode::TargetServicePutResourceAsUnscalable:
      return "TargetServicePutResourceAsUnscalable";
    case NotScaledCode::AlreadyAtMaxCapacity:
      return "AlreadyAtMaxCapacity";
    case NotScaledCode::AlreadyAtMinCapacity:
      return "AlreadyAtMinCapacity";
    case NotScaledCode::AlreadyAtDesiredCapacity:
      return "AlreadyAtDesiredCapacity";
  }
  CHECK(false);
  return {};
}

std::optional<NotScaledCode> not_scaled_code(Blocker blocker) {
  switch (blocker) {
    case Blocker::AlreadyAtDesiredCapacity:
      return NotScaledCode::AlreadyAtDesiredCapacity;
    case Blocker::AnticipatedFlapping:
      return NotScaledCode::AutoScalingAnticipatedFlapping;
    case Blocker::MaxCapacity:
      return NotScaledCode::AlreadyAtMaxCapacity;
    case Blocker::MinCapacity:
      return NotScaledCode::AlreadyAtMinCapacity;
    case Blocker::ActivityInProgress:
      return NotScaledCode::TargetServicePutResourceAsUnscalable;
    case Blocker::ZeroCapacity:
    case Blocker::NoDatapoints:
    case Blocker::UncoveredValue:
    case Blocker::Suspended:
    case Blocker::Cooldown:
    case Blocker::OtherPolicies:
    case Blocker::LargerCapacity:
    case Blocker::ActionNotDue:
      return std::nullopt;
  }
  CHECK(false);
  return std::nullopt;
}

void block(ScalingDecision& decision, Blocker blocker, std::string_view why) {
  decision.blocked_by = blocker;
  decision.to = decision.from;
  decision.reason += "; ";
  decision.reason += why;
}

}  // namespace models::autoscaling
