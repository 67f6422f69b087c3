// Keeps a policy from acting again before its last action has shown its effect.
//
// Scale out is only limited: while its cooldown runs, what it has already added counts towards the
// next wish, so that +2 (5 to 7) followed by +3 gives 8, not 10. Scale in is blocked until
// its cooldown ends, or until a scale out cancels the rest of it. There is one timer per
// policy and direction, and a scale out does not delay a later scale in (R-112, S-13).
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
  Cooldown(Duration scale_out, Duration scale_in, CooldownStart start);

  // What a wish for `wanted` instances comes to: less than wanted by the capacity added already,
  // and never below `current`; `current` itself means blocked. REQUIRES: wanted > current.
  InstanceCount allowed_scale_out(SimTime now, InstanceCount current, InstanceCount wanted) const;
  bool allows_scale_in(SimTime now) const { return now >= scale_in_ends_; }

  SimTime scale_out_ends() const { return scale_out_ends_; }
  SimTime scale_in_ends() const { return scale_in_ends_; }

  // This policy's request for `added` more (or, for a scale in, fewer) instances is under way; it
  // ends in fulfilled() or failed().
  void accepted_scale_out(SimTime now, InstanceCount added);
  void accepted_scale_in(SimTime now);
  void fulfilled(SimTime now);
  void failed();

  void cancel_scale_in() { scale_in_ends_ = core::kStart; }

 private:
  void start(SimTime now);

  Duration scale_out_;
  Duration scale_in_;
  CooldownStart start_;
  SimTime scale_out_ends_ = core::kStart;
  SimTime scale_in_ends_ = core::kStart;
  InstanceCount credit_;  // added by the scale outs whose cooldown runs
  DecisionKind pending_ = DecisionKind::NoChange;
  InstanceCount pending_credit_;
};

}  // namespace models::autoscaling
