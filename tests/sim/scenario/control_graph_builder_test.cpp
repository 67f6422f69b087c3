#include "sim/scenario/control_graph_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/sim/scenario/control_parts_builder.hpp"

namespace sim {
namespace {

using testing::ElementsAre;
using tests::ControlPartsBuilder;

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

// An alarm on metric math that triggers a step policy.
ControlAlarm& math_alarm(ControlPartsBuilder& builder, std::vector<ControlQuery> queries) {
  builder.step(2, "out");
  ControlAlarm& alarm = builder.alarm(3, "high", {"out"});
  alarm.source.metric.reset();
  alarm.source.queries = std::move(queries);
  return alarm;
}

TEST(ControlGraph, LeadsFromMetricsToVariants) {
  ControlPartsBuilder builder;
  builder.target_tracking(2, "tt");
  builder.step(3, "out");
  builder.alarm(4, "high", {"out"});
  builder.scheduled_action(5, "morning");
  EXPECT_EQ(builder.said(), "");
  const ControlGraph& graph = builder.graph;
  EXPECT_THAT(edges_of(graph),
              ElementsAre("AlarmHigh > tt", "AlarmLow > tt", "InvocationsPerInstance > AlarmHigh",
                          "InvocationsPerInstance > AlarmLow", "InvocationsPerInstance > high",
                          "high > out", "morning > scalable target", "out > scalable target",
                          "scalable target > AllTraffic", "tt > scalable target"));
  EXPECT_THAT(idle_names(graph), ElementsAre());
}

TEST(ControlGraph, LabelsSayWhatPeopleLookFor) {
  ControlPartsBuilder builder;
  builder.step(2, "out");
  ControlAlarm& alarm = builder.alarm(3, "high", {"out"});
  alarm.source.metric = ControlPartsBuilder::metric("ModelLatency", "p99");
  using models::cloudwatch::ComparisonOperator;
  alarm.condition = {ComparisonOperator::LessThanOrEqualToThreshold, 0.9 * 7,
                     std::chrono::seconds{10}, 3, 2};
  EXPECT_EQ(builder.said(), "");
  std::vector<std::vector<std::string>> lines;
  for (const ControlNode& node : builder.graph.nodes) lines.push_back(node.lines);
  EXPECT_THAT(lines, testing::UnorderedElementsAre(
                         ElementsAre("metric", "ModelLatency", "AWS/SageMaker", "EndpointName=shop",
                                     "VariantName=AllTraffic"),
                         ElementsAre("alarm", "high", "p99 <= 6.3", "2 of 3 x 10 s"),
                         ElementsAre("step policy", "out", "ChangeInCapacity +1"),
                         ElementsAre("scalable target", "MinCapacity 1, MaxCapacity 8"),
                         ElementsAre("variant", "AllTraffic", "ml.c5.large")));
}

TEST(ControlGraph, WhatNeverMovesAnInstanceIsIdle) {
  ControlPartsBuilder builder;
  builder.step(2, "out");
  builder.step(3, "in");
  builder.step(4, "later");
  builder.alarm(5, "high", {"out"});
  builder.alarm(6, "low", {"in"}).actions_enabled = false;
  builder.alarm(7, "slow", {}).source.metric = ControlPartsBuilder::metric("ModelLatency", "p99");
  builder.said();
  EXPECT_THAT(idle_names(builder.graph), ElementsAre("ModelLatency", "in", "later", "low", "slow"));
}

TEST(ControlGraph, MetricMathIsAWayLikeAnyOther) {
  ControlPartsBuilder builder;
  math_alarm(builder, {builder.metric_query(4, "m1", "Invocation5XXErrors"),
                       builder.metric_query(5, "m2", "Invocations"),
                       builder.expression(6, "rate", "m1 / m2", {"m1", "m2"}, true)});
  EXPECT_EQ(builder.said(), "");
  EXPECT_THAT(
      edges_of(builder.graph),
      ElementsAre("Invocation5XXErrors > m1 = Sum", "Invocations > m2 = Sum", "high > out",
                  "m1 = Sum > rate = m1 / m2", "m2 = Sum > rate = m1 / m2", "out > scalable target",
                  "rate = m1 / m2 > high", "scalable target > AllTraffic"));
}

TEST(ControlGraph, ACircleIsNoWay) {
  ControlPartsBuilder builder;  // it was reported when the alarm was read
  math_alarm(builder, {builder.expression(4, "e1", "e2", {"e2"}, true),
                       builder.expression(5, "e2", "e1", {"e1", "gone"}),
                       builder.metric_query(6, "m", "Invocations")});
  EXPECT_EQ(builder.said(),
            "6: warning: nothing uses 'm': no expression that leads to the returned one names "
            "it\n");
  EXPECT_THAT(idle_names(builder.graph), ElementsAre("Invocations", "m = Sum", "out"));
}

TEST(ControlGraph, IdsOfDifferentAlarmsHaveNothingToDoWithEachOther) {
  ControlPartsBuilder builder;
  math_alarm(builder, {builder.expression(4, "a", "b", {"b"}, true),
                       builder.metric_query(5, "b", "Invocations")});
  ControlAlarm& other = builder.alarm(6, "low", {"out"});
  other.source.metric.reset();
  other.source.queries = {builder.expression(7, "b", "a", {"a"}, true),
                          builder.metric_query(8, "a", "Invocations")};
  EXPECT_EQ(builder.said(), "");
}

TEST(ControlGraph, AnIdThatLeadsNowhereIsUnused) {
  ControlPartsBuilder builder;
  ControlAlarm& alarm = math_alarm(builder, {builder.metric_query(4, "m1", "Invocations"),
                                             builder.metric_query(5, "m2", "ModelLatency"),
                                             builder.expression(6, "e1", "m2 * 2", {"m2"}),
                                             builder.expression(7, "e2", "m1 * 2", {"m1"}, true)});
  EXPECT_EQ(builder.said(),
            "5: warning: nothing uses 'm2': no expression that leads to the returned one names it\n"
            "6: warning: nothing uses 'e1': no expression that leads to the returned one names "
            "it\n");
  // That nothing is returned is said by whoever reads the list.
  alarm.source.queries.back().is_returned = false;
  EXPECT_EQ(builder.said(), "");
}

TEST(ControlGraph, TheMetricMathOfAPolicyIsCheckedAsWell) {
  ControlPartsBuilder builder;
  ControlPolicy& policy = builder.target_tracking(2, "tt");
  policy.source.metric.reset();
  policy.source.queries = {builder.expression(3, "e1", "m1 / 2", {"m1"}, true),
                           builder.metric_query(4, "m1", "Invocations"),
                           builder.metric_query(5, "m2", "ModelLatency")};
  EXPECT_EQ(builder.said(),
            "5: warning: nothing uses 'm2': no expression that leads to the returned one names "
            "it\n");
  EXPECT_THAT(idle_names(builder.graph), ElementsAre("ModelLatency", "m2 = Sum"));
}

}  // namespace
}  // namespace sim
