#include "sim/scenario/control_graph_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/sim/scenario/control_loop.hpp"

namespace sim {
namespace {

using testing::ElementsAre;
using tests::ControlLoop;

// The names along every edge: "from > to".
std::vector<std::string> edges_of(const ControlGraph& graph) {
  const auto name_of = [&graph](std::size_t node) {
    const auto& lines = graph.nodes[node].lines;
    return graph.nodes[node].kind == ControlKind::Target ? lines.front() : lines[1];
  };
  std::vector<std::string> edges;
  for (const ControlEdge& edge : graph.edges) {
    edges.push_back(name_of(edge.from) + " > " + name_of(edge.to));
  }
  std::sort(edges.begin(), edges.end());
  return edges;
}

std::vector<std::string> idle_names(const ControlGraph& graph) {
  std::vector<std::string> names;
  for (const ControlNode& node : graph.nodes) {
    if (node.is_idle) names.push_back(node.lines[1]);
  }
  std::sort(names.begin(), names.end());
  return names;
}

// A step policy whose alarm watches metric math.
void add_math(ControlLoop& loop, std::vector<models::cloudwatch::MetricQuery> queries) {
  loop.step(2, "out");
  auto& alarm = loop.alarm(3, "high", {"out"});
  alarm.metrics = loop.math(4, std::move(queries));
}

TEST(ControlGraph, LeadsFromMetricsToVariants) {
  ControlLoop loop;
  loop.target_tracking(2, "tt");
  loop.step(3, "out");
  loop.alarm(4, "high", {"out"});
  loop.scheduled_action(5, "morning");
  const ControlGraph graph = loop.graph();
  EXPECT_THAT(edges_of(graph),
              ElementsAre("AlarmHigh > tt", "AlarmLow > tt", "InvocationsPerInstance > AlarmHigh",
                          "InvocationsPerInstance > AlarmLow", "InvocationsPerInstance > high",
                          "high > out", "morning > scalable target", "out > scalable target",
                          "scalable target > AllTraffic", "tt > scalable target"));
  EXPECT_THAT(idle_names(graph), ElementsAre());
}

TEST(ControlGraph, APolicyThatNeverScalesInHasNoAlarmLow) {
  ControlLoop loop;
  loop.target_tracking(2, "tt").disable_scale_in = true;
  EXPECT_THAT(edges_of(loop.graph()),
              ElementsAre("AlarmHigh > tt", "InvocationsPerInstance > AlarmHigh",
                          "scalable target > AllTraffic", "tt > scalable target"));
}

TEST(ControlGraph, LabelsSayWhatPeopleLookFor) {
  ControlLoop loop;
  loop.step(2, "out", 3).step_adjustments.push_back({std::nullopt, 0.0, -1});
  auto& alarm = loop.alarm(3, "high", {"out"});
  alarm.metric = ControlLoop::metric("ModelLatency");
  alarm.statistic = *models::cloudwatch::statistic_choice_from("p99");
  alarm.comparison = models::cloudwatch::ComparisonOperator::LessThanOrEqualToThreshold;
  alarm.threshold = 0.9 * 7;
  alarm.period = std::chrono::seconds{10};
  alarm.evaluation_periods = 3;
  alarm.datapoints_to_alarm = 2;
  loop.scheduled_action(4, "morning");
  std::vector<std::vector<std::string>> lines;
  for (const ControlNode& node : loop.graph().nodes) lines.push_back(node.lines);
  EXPECT_THAT(lines, testing::UnorderedElementsAre(
                         ElementsAre("metric", "ModelLatency", "AWS/SageMaker", "EndpointName=shop",
                                     "VariantName=AllTraffic"),
                         ElementsAre("alarm", "high", "p99 <= 6.3", "2 of 3 x 10 s"),
                         ElementsAre("step policy", "out", "ChangeInCapacity +3, -1"),
                         ElementsAre("scheduled action", "morning", "cron(0 8 ? * MON-FRI *)",
                                     "MinCapacity 4"),
                         ElementsAre("scalable target", "MinCapacity 1, MaxCapacity 8"),
                         ElementsAre("variant", "AllTraffic", "ml.c5.large")));
}

TEST(ControlGraph, WhatNeverMovesAnInstanceIsIdle) {
  ControlLoop loop;
  loop.step(2, "out");
  loop.step(3, "in");
  loop.step(4, "later");
  loop.alarm(5, "high", {"out"});
  loop.alarm(6, "low", {"in"}).actions_enabled = false;
  loop.alarm(7, "slow", {}).metric = ControlLoop::metric("ModelLatency");
  EXPECT_THAT(idle_names(loop.graph()), ElementsAre("ModelLatency", "in", "later", "low", "slow"));
}

TEST(ControlGraph, AnActionLeadsToTheVariantOfItsPolicy) {
  ControlLoop loop;
  loop.variant("Canary");
  loop.step(2, "out", 1, 1);
  loop.alarm(3, "high", {"out"});
  const ControlGraph graph = loop.graph();
  const std::vector<bool> leads = leading_to(graph, ControlKind::Alarm);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const ControlKind kind = graph.nodes[i].kind;
    EXPECT_EQ(leads[i], kind == ControlKind::Metric || kind == ControlKind::Alarm) << i;
    if (kind == ControlKind::Policy) {
      EXPECT_EQ(graph.nodes[i].variant, 1U);
    }
  }
}

TEST(ControlGraph, MetricMathIsAWayLikeAnyOther) {
  ControlLoop loop;
  add_math(loop, {ControlLoop::metric_query("m1", "Invocation5XXErrors"),
                  ControlLoop::metric_query("m2", "Invocations"),
                  ControlLoop::expression("rate", "m1 / m2", true)});
  EXPECT_THAT(
      edges_of(loop.graph()),
      ElementsAre("Invocation5XXErrors > m1 = Sum", "Invocations > m2 = Sum", "high > out",
                  "m1 = Sum > rate = m1 / m2", "m2 = Sum > rate = m1 / m2", "out > scalable target",
                  "rate = m1 / m2 > high", "scalable target > AllTraffic"));
}

TEST(ControlGraph, MetricsIsAWayFromThoseWhoseIdsItNames) {
  ControlLoop loop;
  add_math(loop, {ControlLoop::metric_query("err1", "Invocation4XXErrors"),
                  ControlLoop::metric_query("err2", "Invocation5XXErrors"),
                  ControlLoop::metric_query("m", "Invocations"),
                  ControlLoop::expression("e", "SUM(METRICS(\"err\"))", true)});
  EXPECT_THAT(idle_names(loop.graph()), ElementsAre("Invocations", "m = Sum"));
}

TEST(ControlGraph, IdsOfDifferentAlarmsHaveNothingToDoWithEachOther) {
  ControlLoop loop;
  add_math(loop, {ControlLoop::expression("a", "b * 2", true),
                  ControlLoop::metric_query("b", "Invocations")});
  loop.alarm(6, "low", {"out"}).metrics =
      loop.math(7, {ControlLoop::expression("b", "a * 3", true),
                    ControlLoop::metric_query("a", "ModelLatency")});
  EXPECT_THAT(
      edges_of(loop.graph()),
      ElementsAre("Invocations > b = Sum", "ModelLatency > a = Sum", "a = Sum > b = a * 3",
                  "a = b * 2 > high", "b = Sum > a = b * 2", "b = a * 3 > low", "high > out",
                  "low > out", "out > scalable target", "scalable target > AllTraffic"));
}

}  // namespace
}  // namespace sim
