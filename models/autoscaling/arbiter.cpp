#include "models/autoscaling/arbiter.hpp"

#include <fmt/format.h>

namespace models::autoscaling {
namespace {

bool may_happen(const ScalingDecision& decision, DecisionKind direction) {
  return decision.kind == direction && !decision.blocked_by;
}

// The first of the largest requests in this direction.
std::optional<std::size_t> largest(std::span<const ScalingDecision> decisions,
                                   DecisionKind direction) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    if (!may_happen(decisions[i], direction)) continue;
    if (!best || decisions[i].to > decisions[*best].to) best = i;
  }
  return best;
}

void yield_to(std::span<ScalingDecision> decisions, std::size_t winner) {
  const std::string why = fmt::format("{} asked for the largest capacity, {}",
                                      decisions[winner].policy, decisions[winner].to.value);
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    const bool wishes = may_happen(decisions[i], DecisionKind::ScaleOut) ||
                        may_happen(decisions[i], DecisionKind::ScaleIn);
    if (i != winner && wishes) block(decisions[i], Blocker::LargerRequest, why);
  }
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

}  // namespace

std::optional<std::size_t> arbitrate(std::span<ScalingDecision> decisions) {
  std::optional<std::size_t> winner = largest(decisions, DecisionKind::ScaleOut);
  if (!winner) {
    if (const ScalingDecision* against = objector(decisions)) {
      const std::string why = fmt::format("{} is not ready to scale in", against->policy);
      for (ScalingDecision& decision : decisions) {
        if (decision.votes_on_scale_in && may_happen(decision, DecisionKind::ScaleIn)) {
          block(decision, Blocker::OtherPolicies, why);
        }
      }
    }
    winner = largest(decisions, DecisionKind::ScaleIn);
  }
  if (winner) yield_to(decisions, *winner);
  return winner;
}

}  // namespace models::autoscaling
