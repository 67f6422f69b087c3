#include "models/autoscaling/scaling_activity.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/check.hpp"

namespace models::autoscaling {

std::string_view to_string(ActivityStatus status) {
  switch (status) {
    case ActivityStatus::InProgress:
      return "InProgress";
    case ActivityStatus::Successful:
      return "Successful";
    case ActivityStatus::Overridden:
      return "Overridden";
    case ActivityStatus::Failed:
      return "Failed";
  }
  CHECK(false);
  return {};
}

std::string cause_of_alarm(std::string_view alarm, std::string_view policy) {
  return fmt::format("monitor alarm {} in state ALARM triggered policy {}", alarm, policy);
}
std::string cause_of_min_capacity(InstanceCount min_capacity) {
  return fmt::format("minimum capacity was set to {}", min_capacity.value);
}
std::string cause_of_max_capacity(InstanceCount max_capacity) {
  return fmt::format("maximum capacity was set to {}", max_capacity.value);
}
std::string cause_of_schedule(std::string_view action) {
  return fmt::format("scheduled action name {} was triggered", action);
}

ScalingActivity begin_activity(std::string activity_id, std::string resource_id, SimTime now,
                               InstanceCount from, InstanceCount to, std::string cause) {
  ScalingActivity activity;
  activity.activity_id = std::move(activity_id);
  activity.resource_id = std::move(resource_id);
  activity.description = fmt::format("Setting desired instance count to {}.", to.value);
  activity.cause = std::move(cause);
  activity.start_time = now;
  activity.status_message = fmt::format(
      "Successfully set desired instance count to {}. Waiting for change to be fulfilled by {}.",
      to.value, kServiceNamespace);
  activity.from = from;
  activity.to = to;
  return activity;
}

void mark_fulfilled(ScalingActivity& activity, SimTime now) {
  CHECK(activity.status == ActivityStatus::InProgress);
  activity.status = ActivityStatus::Successful;
  activity.end_time = now;
  activity.status_message = fmt::format(
      "Successfully set desired instance count to {}. Change successfully fulfilled by {}.",
      activity.to.value, kServiceNamespace);
}

void mark_failed(ScalingActivity& activity, SimTime now, std::string_view reason) {
  CHECK(activity.status == ActivityStatus::InProgress);
  activity.status = ActivityStatus::Failed;
  activity.end_time = now;
  activity.status_message = fmt::format("Failed to set desired instance count to {}. Reason: {}",
                                        activity.to.value, reason);
}

void mark_overridden(ScalingActivity& activity, SimTime now) {
  CHECK(activity.status == ActivityStatus::InProgress);
  activity.status = ActivityStatus::Overridden;
  activity.end_time = now;
}

std::string resource_limit_exceeded(std::string_view capacity_type, InstanceCount quota,
                                    InstanceCount in_use, InstanceCount added) {
  return fmt::format(
      "The account-level service limit '{} for endpoint usage' is {} Instances, with current "
      "utilization of {} Instances and a request delta of {} Instances. (Service: "
      "AmazonSageMaker; Status Code: 400; Error Code: ResourceLimitExceeded)",
      capacity_type, quota.value, in_use.value, added.value);
}

ScalingActivity not_scaled_activity(std::string activity_id, std::string resource_id, SimTime now,
                                    InstanceCount capacity, NotScaledReason reason,
                                    std::string cause) {
  ScalingActivity activity;
  activity.activity_id = std::move(activity_id);
  activity.resource_id = std::move(resource_id);
  activity.description = "Attempting to scale due to alarm triggered";
  activity.cause = std::move(cause);
  activity.start_time = now;
  activity.end_time = now;
  activity.status = reason.code == NotScaledCode::AlreadyAtDesiredCapacity
                        ? ActivityStatus::Successful
                        : ActivityStatus::Failed;
  activity.not_scaled_reasons = {reason};
  activity.from = capacity;
  activity.to = capacity;
  return activity;
}

}  // namespace models::autoscaling
