// Records what Application Auto Scaling did, or declined to do, in the words of its
// DescribeScalingActivities.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sim_time.hpp"
#include "core/units.hpp"
#include "models/autoscaling/scaling_decision.hpp"

namespace models::autoscaling {

using core::SimTime;

inline constexpr std::string_view kServiceNamespace = "sagemaker";
inline constexpr std::string_view kScalableDimension = "sagemaker:variant:DesiredInstanceCount";

// Pending and Unfulfilled do not occur here: a change is accepted at once, and an endpoint
// update either ends in service or fails.
enum class ActivityStatus { InProgress, Successful, Overridden, Failed };
std::string_view to_string(ActivityStatus status);  // AWS's spelling

struct NotScaledReason {
  NotScaledCode code = NotScaledCode::AlreadyAtDesiredCapacity;
  std::optional<InstanceCount> current_capacity;
  std::optional<InstanceCount> max_capacity;
  std::optional<InstanceCount> min_capacity;
};

struct ScalingActivity {
  std::string activity_id;  // a UUID, the same in every run of the same scenario
  std::string resource_id;
  std::string description;
  std::string cause;
  SimTime start_time;
  std::optional<SimTime> end_time;  // absent while InProgress
  ActivityStatus status = ActivityStatus::InProgress;
  std::string status_message;
  std::vector<NotScaledReason> not_scaled_reasons;
  // Not AWS's: the capacities before and after, equal when nothing was scaled.
  InstanceCount from;
  InstanceCount to;
  // A change of bounds alone is neither.
  bool scaled() const { return from != to; }
  bool not_scaled() const { return !not_scaled_reasons.empty(); }
};

//
std::string cause_of_alarm(std::string_view alarm, std::string_view policy);
std::string cause_of_min_capacity(InstanceCount min_capacity);
std::string cause_of_max_capacity(InstanceCount max_capacity);
std::string cause_of_schedule(std::string_view action);

// A change of capacity that the endpoint has accepted.
ScalingActivity begin_activity(std::string activity_id, std::string resource_id, SimTime now,
                               InstanceCount from, InstanceCount to, std::string cause);
void mark_fulfilled(ScalingActivity& activity, SimTime now);
void mark_failed(ScalingActivity& activity, SimTime now, std::string_view reason);
// Another change replaced it before it was fulfilled. AWS's message for that is not known;
// the one of the change in progress stays.
void mark_overridden(ScalingActivity& activity, SimTime now);

// The reason for mark_failed() when an account's quota of such capacity is used up.
std::string resource_limit_exceeded(std::string_view capacity_type, InstanceCount quota,
                                    InstanceCount in_use, InstanceCount added);

//
ScalingActivity not_scaled_activity(std::string activity_id, std::string resource_id, SimTime now,
                                    InstanceCount capacity, NotScaledReason reason,
                                    std::string cause);

}  // namespace models::autoscaling
