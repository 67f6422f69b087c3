// Asks the arbiter about every combination of up to three policies, each in every state that
// matters, and compares with AWS's sentences: scale out if any policy asks, scale in only if all
// target-tracking policies with scale-in enabled are ready, the largest capacity wins in both
// directions, and a step policy asks nobody.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "models/autoscaling/arbiter.hpp"

namespace models::autoscaling {
namespace {

constexpr std::int32_t kCapacity = 5;

struct State {
  std::int32_t wanted = kCapacity;
  bool is_blocked = false;  // by bounds or a cooldown, say
  bool is_due = false;
  bool is_voter = false;

  bool wants_out() const { return wanted > kCapacity; }
  bool wants_in() const { return wanted < kCapacity; }
  bool asks() const { return !is_blocked && is_due; }
};

std::vector<State> all_states() {
  std::vector<State> states;
  for (const bool is_voter : {false, true}) {
    states.push_back({.is_voter = is_voter});
    for (const std::int32_t wanted : {2, 4, 6, 9}) {
      for (const bool is_blocked : {false, true}) {
        for (const bool is_due : {false, true}) {
          states.push_back({wanted, is_blocked, is_due, is_voter});
        }
      }
    }
  }
  return states;
}

std::int32_t expected_capacity(const std::vector<State>& policies) {
  std::int32_t largest_out = kCapacity;
  bool someone_wants_out = false;
  bool all_voters_are_ready = true;
  bool a_voter_asks = false;
  for (const State& policy : policies) {
    if (policy.wants_out()) {
      someone_wants_out = true;
      if (policy.asks()) largest_out = std::max(largest_out, policy.wanted);
    }
    if (policy.is_voter) {
      if (!policy.wants_in() || policy.is_blocked) all_voters_are_ready = false;
      if (policy.wants_in() && policy.asks()) a_voter_asks = true;
    }
  }
  if (largest_out > kCapacity) return largest_out;
  const bool tracking_scales_in = all_voters_are_ready && !someone_wants_out && a_voter_asks;
  std::optional<std::int32_t> largest_in;
  for (const State& policy : policies) {
    const bool takes_part =
        policy.is_voter ? tracking_scales_in : policy.wants_in() && policy.asks();
    if (takes_part) largest_in = std::max(largest_in.value_or(0), policy.wanted);
  }
  return largest_in.value_or(kCapacity);
}

ScalingDecision decision_of(const State& state, std::size_t number) {
  ScalingDecision decision;
  decision.policy = "policy " + std::to_string(number);
  decision.from = {kCapacity};
  decision.wanted = decision.to = {state.wanted};
  if (state.wants_out()) decision.kind = DecisionKind::ScaleOut;
  if (state.wants_in()) decision.kind = DecisionKind::ScaleIn;
  decision.action_due = state.is_due;
  decision.votes_on_scale_in = state.is_voter;
  if (state.is_blocked) block(decision, Blocker::Cooldown, "blocked before");
  return decision;
}

void check(const std::vector<State>& policies) {
  std::vector<ScalingDecision> decisions;
  for (const State& policy : policies) decisions.push_back(decision_of(policy, decisions.size()));
  const auto winner = arbitrate(decisions);
  const std::int32_t to = winner ? decisions[*winner].to.value : kCapacity;
  ASSERT_EQ(to, expected_capacity(policies));
  ASSERT_EQ(winner.has_value(), to != kCapacity);
  for (std::size_t i = 0; i < policies.size(); ++i) {
    const ScalingDecision& decision = decisions[i];
    if (winner == i) {
      ASSERT_FALSE(decision.blocked_by.has_value());
      continue;
    }
    ASSERT_EQ(decision.to.value, kCapacity);
    const bool wished = policies[i].wanted != kCapacity;
    ASSERT_EQ(decision.blocked_by.has_value(), wished);
    if (policies[i].is_blocked) {
      ASSERT_EQ(decision.blocked_by, Blocker::Cooldown);
    }
  }
}

TEST(ArbiterExhaustive, DecidesAsTheSentencesSay) {
  const std::vector<State> states = all_states();
  check({});
  for (const State& a : states) {
    check({a});
    for (const State& b : states) {
      check({a, b});
      for (const State& c : states) {
        check({a, b, c});
        if (HasFatalFailure()) return;
      }
    }
  }
}

}  // namespace
}  // namespace models::autoscaling
