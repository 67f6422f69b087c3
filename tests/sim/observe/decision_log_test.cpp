#include "sim/observe/decision_log.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

namespace sim {
namespace {

using namespace std::chrono_literals;
using models::autoscaling::Blocker;
using models::autoscaling::DecisionKind;
using models::autoscaling::ScalingDecision;
using models::cloudwatch::EvaluatedDatapoint;

void expect_equal(const ScalingDecision& a, const ScalingDecision& b) {
  EXPECT_EQ(a.policy, b.policy);
  EXPECT_EQ(a.alarm, b.alarm);
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.from, b.from);
  EXPECT_EQ(a.wanted, b.wanted);
  EXPECT_EQ(a.to, b.to);
  EXPECT_EQ(a.reason, b.reason);
  EXPECT_EQ(a.blocked_by, b.blocked_by);
  EXPECT_EQ(a.step, b.step);
  EXPECT_EQ(a.votes_on_scale_in, b.votes_on_scale_in);
  ASSERT_EQ(a.datapoints.size(), b.datapoints.size());
  for (std::size_t index = 0; index < a.datapoints.size(); ++index) {
    EXPECT_EQ(a.datapoints[index].start, b.datapoints[index].start);
    EXPECT_EQ(a.datapoints[index].value, b.datapoints[index].value);
    EXPECT_EQ(a.datapoints[index].breaching, b.datapoints[index].breaching);
  }
}

ScalingDecision decision_of(const std::string& alarm, std::vector<EvaluatedDatapoint> datapoints) {
  ScalingDecision decision;
  decision.policy = "policy of " + alarm;
  decision.alarm = alarm;
  decision.kind = DecisionKind::ScaleIn;
  decision.from = {5};
  decision.wanted = {3};
  decision.to = {4};
  decision.reason = "because of " + alarm;
  decision.datapoints = std::move(datapoints);
  decision.blocked_by = Blocker::Cooldown;
  decision.step = 2;
  decision.votes_on_scale_in = true;
  return decision;
}

TEST(DecisionLog, GivesBackWhatSlidingWindowsOfSeveralAlarmsShowed) {
  std::mt19937_64 engine(11);
  DecisionLog log;
  std::vector<ScalingDecision> added;
  for (int minute = 0; minute < 300; ++minute) {
    for (const char* alarm : {"high", "low"}) {
      // Now and then a window has a gap, grows, shrinks, or saw another value.
      std::vector<EvaluatedDatapoint> window;
      const auto length = static_cast<int>(engine() % 4 == 0 ? engine() % 9 : 5);
      for (int back = 0; back < length; ++back) {
        if (engine() % 40 == 0) continue;
        const double value = engine() % 50 == 0 ? -1.0 : 10.0 * (minute - back);
        window.push_back({core::kStart + (minute - back) * 1min, value, back % 2 == 0});
      }
      added.push_back(decision_of(alarm, window));
      log.add(core::kStart + minute * 1min, 0, added.back());
    }
  }
  ASSERT_EQ(log.size(), added.size());
  for (std::size_t index = 0; index < added.size(); ++index) {
    EXPECT_EQ(log[index].at, core::kStart + static_cast<int>(index / 2) * 1min);
    expect_equal(log[index].decision, added[index]);
  }
}

TEST(DecisionLog, FindsTheFirstDecisionOfAMoment) {
  DecisionLog log;
  EXPECT_EQ(log.first_from(core::kStart), 0U);
  for (const auto minute : {1min, 1min, 3min}) {
    log.add(core::kStart + minute, 0, decision_of("a", {}));
  }
  EXPECT_EQ(log.first_from(core::kStart), 0U);
  EXPECT_EQ(log.first_from(core::kStart + 1min), 0U);
  EXPECT_EQ(log.first_from(core::kStart + 2min), 2U);
  EXPECT_EQ(log.first_from(core::kStart + 3min), 2U);
  EXPECT_EQ(log.first_from(core::kStart + 4min), 3U);
}

}  // namespace
}  // namespace sim
