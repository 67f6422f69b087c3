#include "models/autoscaling/arbiter.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace models::autoscaling {
namespace {

bool may_happen(const ScalingDecision& decision, DecisionKind direction) {
  return decision.kind == direction && !decision.blocked_by;
}

bool asks(const ScalingDecision& decision, DecisionKind direction) {
  return may_happen(decision, direction) && decision.action_due;
}

// The first of the largest among those that qualify.
template <typename Qualifies>
std::optional<std::size_t> largest(std::span<const ScalingDecision> decisions,
                                   Qualifies qualifies) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    if (!qualifies(decisions[i])) continue;
    if (!best || decisions[i].to > decisions[*best].to) best = i;
  }
  return best;
}

// Who keeps target tracking from scaling in. A policy that wants out holds capacity even where it
// may not act now; one that votes must be ready itself, which without data it is not.
const ScalingDecision* objector(std::span<const ScalingDecision> decisions) {
  for (const ScalingDecision& decision : decisions) {
    const bool wants_out = decision.kind == DecisionKind::ScaleOut;
    const bool not_ready =
        decision.votes_on_scale_in && !may_happen(decision, DecisionKind::ScaleIn);
    if (wants_out || not_ready) return &decision;
  }
  return nullptr;
}

std::optional<std::size_t> scale_in(std::span<ScalingDecision> decisions) {
  if (const ScalingDecision* against = objector(decisions)) {
    const std::string why = fmt::format("{} is not ready to scale in", against->policy);
    for (ScalingDecision& decision : decisions) {
      if (decision.votes_on_scale_in && may_happen(decision, DecisionKind::ScaleIn)) {
        block(decision, Blocker::OtherPolicies, why);
      }
    }
  }
  const bool a_voter_asks =
      std::any_of(decisions.begin(), decisions.end(), [](const ScalingDecision& decision) {
        return decision.votes_on_scale_in && asks(decision, DecisionKind::ScaleIn);
      });
  return largest(decisions, [&](const ScalingDecision& decision) {
    return asks(decision, DecisionKind::ScaleIn) || (a_voter_asks && decision.votes_on_scale_in &&
                                                     may_happen(decision, DecisionKind::ScaleIn));
  });
}

// What no one asked for, or what someone asked for in vain.
void block_others(std::span<ScalingDecision> decisions, std::optional<std::size_t> winner) {
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    ScalingDecision& decision = decisions[i];
    const bool wishes =
        may_happen(decision, DecisionKind::ScaleOut) || may_happen(decision, DecisionKind::ScaleIn);
    if (i == winner || !wishes) continue;
    if (!decision.action_due) {
      block(decision, Blocker::ActionNotDue, "the alarm's action is not due at this instant");
    } else {
      block(decision, Blocker::LargerCapacity,
            fmt::format("{} asked for the largest capacity, {}", decisions[*winner].policy,
                        decisions[*winner].to.value));
    }
  }
}

}  // namespace

std::optional<std::size_t> arbitrate(std::span<ScalingDecision> decisions) {
  std::optional<std::size_t> winner = largest(decisions, [](const ScalingDecision& decision) {
    return asks(decision, DecisionKind::ScaleOut);
  });
  if (!winner) winner = scale_in(decisions);
  block_others(decisions, winner);
  return winner;
}

}  // namespace models::autoscaling
