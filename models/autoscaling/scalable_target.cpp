#include "models/autoscaling/scalable_target.hpp"

#include <algorithm>
#include <utility>

#include "core/check.hpp"

namespace models::autoscaling {

ScalableTarget::ScalableTarget(ScalableTargetConfiguration configuration, InstanceCount capacity)
    : configuration_(std::move(configuration)), desired_(capacity) {
  CHECK_LE(0, configuration_.min_capacity.value);
  CHECK_LE(configuration_.min_capacity.value, configuration_.max_capacity.value);
  CHECK_LE(0, capacity.value);
}

void ScalableTarget::set_bounds(InstanceCount min_capacity, InstanceCount max_capacity) {
  CHECK_LE(0, min_capacity.value);
  CHECK_LE(min_capacity.value, max_capacity.value);
  configuration_.min_capacity = min_capacity;
  configuration_.max_capacity = max_capacity;
}

void ScalableTarget::set_suspended_state(const SuspendedState& state) {
  configuration_.suspended_state = state;
}

InstanceCount ScalableTarget::clamp(InstanceCount capacity) const {
  return std::clamp(capacity, configuration_.min_capacity, configuration_.max_capacity);
}

std::optional<Blocker> ScalableTarget::blocker(DecisionKind direction) const {
  switch (direction) {
    case DecisionKind::NoChange:
      return std::nullopt;
    case DecisionKind::ScaleOut:
      if (configuration_.suspended_state.dynamic_scaling_out_suspended) return Blocker::Suspended;
      if (desired_ >= configuration_.max_capacity) return Blocker::MaxCapacity;
      return std::nullopt;
    case DecisionKind::ScaleIn:
      if (configuration_.suspended_state.dynamic_scaling_in_suspended) return Blocker::Suspended;
      if (desired_ <= configuration_.min_capacity) return Blocker::MinCapacity;
      return std::nullopt;
  }
  CHECK(false);
  return std::nullopt;
}

void ScalableTarget::begin_change(InstanceCount to) {
  CHECK(!before_.has_value());
  CHECK_EQ(to.value, clamp(to).value);
  CHECK(to != desired_);
  before_ = desired_;
  desired_ = to;
}

void ScalableTarget::override_change(InstanceCount to) {
  CHECK(before_.has_value());
  CHECK_EQ(to.value, clamp(to).value);
  CHECK(to != desired_);
  desired_ = to;
}

void ScalableTarget::end_change() {
  CHECK(before_.has_value());
  before_.reset();
}

void ScalableTarget::undo_change() {
  CHECK(before_.has_value());
  desired_ = *before_;
  before_.reset();
}

}  // namespace models::autoscaling
