#include "models/autoscaling/cooldown.hpp"

#include <algorithm>

#include "core/check.hpp"

namespace models::autoscaling {

InstanceCount Cooldown::allowed_scale_out(SimTime now, InstanceCount current,
                                          InstanceCount wanted) const {
  CHECK_LT(current.value, wanted.value);
  const bool running = now < scale_out_ends_;
  std::int32_t credit = running ? credit_.value : 0;
  if (pending_ && pending_->direction == DecisionKind::ScaleOut) {
    const bool counted = running && rules_.cooldown_start == CooldownStart::Accepted;
    if (rules_.formula_capacity == FormulaCapacity::InService) {
      // What is not in service was not the base of the wish either: it must not count twice.
      if (counted) credit -= pending_->added.value;
    } else if (rules_.while_updating == WhileUpdating::Override) {
      credit = std::max(credit, pending_->credit.value);
    }
  }
  return std::max(current, InstanceCount{wanted.value - credit});
}

SimTime Cooldown::scale_in_allowed_from() const {
  if (rules_.scale_out_delays_scale_in == ScaleOutDelaysScaleIn::No) return scale_in_ends_;
  return std::max(scale_in_ends_, scale_out_ends_);
}

void Cooldown::accepted_scale_out(SimTime now, InstanceCount added, Duration cooldown) {
  Pending change{.direction = DecisionKind::ScaleOut,
                 .cooldown = cooldown,
                 .added = added,
                 .ends_before = scale_out_ends_,
                 .credit_before = credit_};
  // What an unbroken row of scale outs has added counts together: otherwise the same step, acting
  // every minute, would creep up by the difference to the step before.
  std::int32_t earlier = now < scale_out_ends_ ? credit_.value : 0;
  if (pending_ && pending_->direction == DecisionKind::ScaleOut) {
    earlier = pending_->credit.value;
    change.added.value += pending_->added.value;
    change.ends_before = pending_->ends_before;
    change.credit_before = pending_->credit_before;
  }
  change.credit = {earlier + added.value};
  accept(now, change);
}

void Cooldown::accepted_scale_in(SimTime now, Duration cooldown) {
  accept(now, {.direction = DecisionKind::ScaleIn,
               .cooldown = cooldown,
               .ends_before = scale_in_ends_,
               .credit_before = credit_});
}

void Cooldown::accept(SimTime now, const Pending& change) {
  CHECK(change.cooldown >= Duration::zero());
  CHECK(!pending_ || rules_.while_updating == WhileUpdating::Override);
  pending_ = change;
  if (rules_.cooldown_start == CooldownStart::Accepted) start(now);
}

void Cooldown::fulfilled(SimTime now) {
  CHECK(pending_.has_value());
  if (rules_.cooldown_start == CooldownStart::Fulfilled) start(now);
  pending_.reset();
}

void Cooldown::failed() {
  CHECK(pending_.has_value());
  if (rules_.cooldown_start == CooldownStart::Accepted) {
    const bool out = pending_->direction == DecisionKind::ScaleOut;
    (out ? scale_out_ends_ : scale_in_ends_) = pending_->ends_before;
    credit_ = pending_->credit_before;
  }
  pending_.reset();
}

void Cooldown::overridden() {
  CHECK(pending_.has_value());
  pending_.reset();
}

void Cooldown::start(SimTime now) {
  if (pending_->direction == DecisionKind::ScaleOut) {
    scale_out_ends_ = now + pending_->cooldown;
    credit_ = pending_->credit;
  } else {
    scale_in_ends_ = now + pending_->cooldown;
  }
}

}  // namespace models::autoscaling
