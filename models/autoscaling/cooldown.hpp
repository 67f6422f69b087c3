// Keeps a policy from acting again before its last action has shown its effect.
//
// Scale out is only limited: while its cooldown runs, what it has already added counts towards the
// next wish, so that +2 (5 to 7) followed by +3 gives 8, not 10. Scale in is blocked until
// its cooldown ends, or until a scale out cancels the rest of it. There is one timer a
// direction; whether a policy has its own or a target's policies share one, and whether a scale out
// delays a later scale in, is S-13.
//
// Invariants
// 1. A cooldown that ends at t blocks at t - 1 ns and does not at t.
// 2. An action that fails leaves no cooldown: it was not "successfully performed".
#pragma once

#include <optional>

#include "core/sim_time.hpp"
#include "core/units.hpp"
#include "models/autoscaling/scaling_choices.hpp"
#include "models/autoscaling/scaling_decision.hpp"

namespace models::autoscaling {

using core::Duration;
using core::InstanceCount;
using core::SimTime;

class Cooldown {
 public:
  explicit Cooldown(const ScalingRules& rules) : rules_(rules) {}

  // What a wish for the capacity `wanted` comes to: less than wanted by the capacity added already,
  // and never below `current`; `current` itself means blocked. A change that may be overridden
  // counts as added while it is on its way, or the same step would ask for more every minute.
  // REQUIRES: wanted > current.
  InstanceCount allowed_scale_out(SimTime now, InstanceCount current, InstanceCount wanted) const;
  bool allows_scale_in(SimTime now) const { return now >= scale_in_allowed_from(); }

  SimTime scale_out_ends() const { return scale_out_ends_; }
  SimTime scale_in_ends() const { return scale_in_ends_; }
  SimTime scale_in_allowed_from() const;

  // A change that adds so much, or a scale in, is under way; it ends in fulfilled(), failed() or
  // overridden(). Where changes may be overridden (S-11), one of the same owner replaces the one
  // before, and scale outs that do so add up. `cooldown`: how long it lasts.
  void accepted_scale_out(SimTime now, InstanceCount added, Duration cooldown);
  void accepted_scale_in(SimTime now, Duration cooldown);
  void fulfilled(SimTime now);
  void failed();
  void overridden();  // by somebody else's change: never performed, so it starts nothing any more

  void cancel_scale_in() { scale_in_ends_ = core::kStart; }

 private:
  struct Pending {
    DecisionKind direction = DecisionKind::NoChange;
    Duration cooldown{};
    InstanceCount added{};   // by changes that are not in service yet
    InstanceCount credit{};  // the same, and what the running cooldown credits already
    SimTime ends_before{};   // to go back to when it fails
    InstanceCount credit_before{};
  };

  void accept(SimTime now, const Pending& change);
  void start(SimTime now);

  ScalingRules rules_;
  SimTime scale_out_ends_ = core::kStart;
  SimTime scale_in_ends_ = core::kStart;
  InstanceCount credit_;  // added by the scale outs whose cooldown runs
  std::optional<Pending> pending_;
};

}  // namespace models::autoscaling
