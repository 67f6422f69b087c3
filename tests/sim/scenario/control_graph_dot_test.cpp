#include "sim/scenario/control_graph_dot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/scenario/control_loop.hpp"

namespace sim {
namespace {

using testing::HasSubstr;
using tests::ControlLoop;

const std::string kIdle = R"(, style="filled,dashed", fillcolor=white, fontcolor=gray40)";

TEST(ControlGraphDot, HasAColumnForEachKind) {
  ControlLoop loop;
  loop.target_tracking(2, "tt");
  loop.step(3, "out");
  loop.alarm(4, "high", {"out"}).actions_enabled = false;
  EXPECT_EQ(control_graph_dot(loop.graph(), "a morning"),
            R"(digraph control {
  graph [label="a morning", labelloc=t, rankdir=LR, newrank=true, ranksep=0.6, fontname="Helvetica"]
  node [fontname="Helvetica", fontsize=11, style=filled]
  edge [arrowsize=0.7, fontname="Helvetica", fontsize=10]
  {
    rank=same
    node [shape=cylinder, fillcolor="#e8f1fa"]
    metric_1 [label="metric\nInvocationsPerInstance\nAWS/SageMaker)"
            R"(\nEndpointName=shop\nVariantName=AllTraffic"]
  }
  {
    rank=same
    node [shape=box, fillcolor="#fdebd0"]
    alarm_1 [label="alarm\nAlarmHigh\nSum > 70\n3 of 3 x 60 s"]
    alarm_2 [label="alarm\nAlarmLow\nSum < 63\n15 of 15 x 60 s"]
    alarm_3 [label="alarm\nhigh\nSum > 100\n1 of 1 x 60 s")" +
                kIdle + R"(]
  }
  {
    rank=same
    node [shape=box, fillcolor="#e9f7ef"]
    policy_1 [label="target-tracking policy\ntt\nTargetValue 70"]
    policy_2 [label="step policy\nout\nChangeInCapacity +1")" +
                kIdle + R"(]
  }
  {
    rank=same
    node [shape=box, fillcolor="#fef9e7"]
    target_1 [label="scalable target\nMinCapacity 1, MaxCapacity 8"]
  }
  {
    rank=same
    node [shape=box3d, fillcolor="#f2f3f4"]
    variant_1 [label="variant\nAllTraffic\nml.c5.large"]
  }
  metric_1 -> alarm_1
  metric_1 -> alarm_2
  metric_1 -> alarm_3
  alarm_1 -> policy_1
  alarm_2 -> policy_1
  alarm_3 -> policy_2 [style=dashed, label="ActionsEnabled: false"]
  policy_1 -> target_1
  policy_2 -> target_1
  target_1 -> variant_1
}
)");
}

TEST(ControlGraphDot, FramesWhatBelongsToEachOfSeveralVariants) {
  ControlLoop loop;
  loop.variant("Canary");
  loop.target_tracking(2, "tt");
  loop.step(3, "out", 1, 1);
  loop.alarm(4, "high", {"out"});
  EXPECT_THAT(control_graph_dot(loop.graph(), ""), HasSubstr(R"(  subgraph cluster_1 {
    graph [label="", style="rounded,dotted"]
    variant_1 target_1 policy_1 alarm_1 alarm_2
  }
  subgraph cluster_2 {
    graph [label="", style="rounded,dotted"]
    variant_2 target_2 policy_2
  }
)"));
}

TEST(ControlGraphDot, NamesCannotLeaveTheirLabels) {
  ControlLoop loop;
  loop.scenario.variants[0].variant.variant_name = "a\"b\\N\nc";
  const std::string text = control_graph_dot(loop.graph(), "\"];\\G");
  EXPECT_THAT(text, HasSubstr(R"(variant_1 [label="variant\na\"b\\N c\nml.c5.large"])"));
  EXPECT_THAT(text, HasSubstr(R"(graph [label="\"];\\G", )"));
}

TEST(ControlGraphDot, LongLinesAreCutBetweenCharacters) {
  ControlLoop loop;
  std::string name;
  std::string shown;
  for (int count = 0; count < 100; ++count) {
    name += "é";
    if (count < 60) shown += "é";
  }
  loop.scenario.variants[0].variant.variant_name = name;
  EXPECT_THAT(control_graph_dot(loop.graph(), ""), HasSubstr("\\n" + shown + "...\\n"));
}

}  // namespace
}  // namespace sim
