#include "sim/run/phase.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "core/event_queue.hpp"
#include "sim/run/event.hpp"

namespace sim {
namespace {

// Everything that can happen at one instant, in the order in which it must.
const std::vector<std::pair<core::Phase, Event>> kInOrder = {
    {kInstanceLifecycle, InstanceEntersService{}},
    {kPeriodClose, StretchEnds{}},
    {kAlarmEvaluation, AlarmsEvaluated{}},
    {kScalingDecision, ScalingDecided{}},
};

TEST(Phase, OrderOfOneInstantDoesNotDependOnTheOrderOfScheduling) {
  std::vector<std::size_t> scheduled = {0, 1, 2, 3};
  do {
    core::EventQueue<Event> queue;
    for (const std::size_t i : scheduled) {
      queue.schedule(core::kStart, kInOrder[i].first, kInOrder[i].second);
    }
    for (const auto& [phase, event] : kInOrder) {
      const auto taken = queue.take();
      EXPECT_EQ(taken.phase, phase);
      EXPECT_EQ(taken.payload.index(), event.index());
    }
  } while (std::next_permutation(scheduled.begin(), scheduled.end()));
}

TEST(Phase, EarlierInstantComesBeforeAnyPhase) {
  core::EventQueue<Event> queue;
  queue.schedule(core::at_ticks(2), kInstanceLifecycle, InstanceGone{});
  queue.schedule(core::at_ticks(1), kScalingDecision, ScalingDecided{});
  EXPECT_TRUE(std::holds_alternative<ScalingDecided>(queue.take().payload));
}

TEST(Phase, ScheduledActionsComeBetweenAlarmsAndDecisions) {
  EXPECT_LT(kInstanceLifecycle, kPeriodClose);
  EXPECT_LT(kPeriodClose, kAlarmEvaluation);
  EXPECT_LT(kAlarmEvaluation, kScheduledAction);
  EXPECT_LT(kScheduledAction, kScalingDecision);
}

}  // namespace
}  // namespace sim
