#include "models/autoscaling/cooldown.hpp"

#include <algorithm>

#include "core/check.hpp"

namespace models::autoscaling {

Cooldown::Cooldown(Duration scale_out, Duration scale_in, CooldownStart start)
    : scale_out_(scale_out), scale_in_(scale_in), start_(start) {
  CHECK(scale_out >= Duration::zero());
  CHECK(scale_in >= Duration::zero());
}

InstanceCount Cooldown::allowed_scale_out(SimTime now, InstanceCount current,
                                          InstanceCount wanted) const {
  CHECK_LT(current.value, wanted.value);
  if (now >= scale_out_ends_) return wanted;
  return std::max(current, InstanceCount{wanted.value - credit_.value});
}

void Cooldown::accepted_scale_out(SimTime now, InstanceCount added) {
  CHECK(pending_ == DecisionKind::NoChange);
  pending_ = DecisionKind::ScaleOut;
  // What an unbroken row of scale outs has added counts together: otherwise the same step, fired
  // every minute, would creep up by the difference to the step before.
  const std::int32_t earlier = now < scale_out_ends_ ? credit_.value : 0;
  pending_credit_ = InstanceCount{earlier + added.value};
  if (start_ == CooldownStart::Accepted) start(now);
}

void Cooldown::accepted_scale_in(SimTime now) {
  CHECK(pending_ == DecisionKind::NoChange);
  pending_ = DecisionKind::ScaleIn;
  if (start_ == CooldownStart::Accepted) start(now);
}

void Cooldown::fulfilled(SimTime now) {
  CHECK(pending_ != DecisionKind::NoChange);
  if (start_ == CooldownStart::Fulfilled) start(now);
  pending_ = DecisionKind::NoChange;
}

void Cooldown::failed() {
  CHECK(pending_ != DecisionKind::NoChange);
  if (start_ == CooldownStart::Accepted) {
    SimTime& ends = pending_ == DecisionKind::ScaleOut ? scale_out_ends_ : scale_in_ends_;
    ends = core::kStart;
  }
  pending_ = DecisionKind::NoChange;
}

void Cooldown::start(SimTime now) {
  if (pending_ == DecisionKind::ScaleOut) {
    scale_out_ends_ = now + scale_out_;
    credit_ = pending_credit_;
  } else {
    scale_in_ends_ = now + scale_in_;
  }
}

}  // namespace models::autoscaling
