#include "sim/scenario/control_graph_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <map>
#include <string_view>
#include <utility>

#include "models/autoscaling/target_tracking_policy.hpp"
#include "models/cloudwatch/metric_expression.hpp"
#include "sim/scenario/resource_reader.hpp"

namespace sim {
namespace {

using core::InstanceCount;
using models::autoscaling::ScheduledActionConfiguration;
using models::autoscaling::StepAdjustment;
using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::TargetTrackingConfiguration;
using models::autoscaling::TargetTrackingPolicy;
using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::ComparisonOperator;
using models::cloudwatch::Dimension;
using models::cloudwatch::Expression;
using models::cloudwatch::ExpressionTerm;
using models::cloudwatch::MathFunction;
using models::cloudwatch::MetricId;
using models::cloudwatch::MetricQuery;
using models::cloudwatch::MetricStat;
using models::cloudwatch::TermKind;

using Digraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;

std::string_view sign_of(ComparisonOperator comparison) {
  switch (comparison) {
    case ComparisonOperator::GreaterThanOrEqualToThreshold:
      return ">=";
    case ComparisonOperator::GreaterThanThreshold:
      return ">";
    case ComparisonOperator::LessThanThreshold:
      return "<";
    case ComparisonOperator::LessThanOrEqualToThreshold:
      return "<=";
  }
  return "?";
}

// What the alarm compares: the statistic of its metric, or the id that is returned.
std::string watched_by(const AlarmConfiguration& alarm) {
  for (const MetricQuery& query : alarm.metrics) {
    if (query.return_data) return query.id;
  }
  return to_string(alarm.statistic);
}

// Ten digits: a threshold that is 0.9 times a target shows no trace of its rounding.
std::vector<std::string> alarm_lines(const AlarmConfiguration& alarm, const std::string& name) {
  return {
      "alarm", name,
      fmt::format("{} {} {:.10g}", watched_by(alarm), sign_of(alarm.comparison), alarm.threshold),
      fmt::format("{} of {} x {} s", alarm.datapoints_to_alarm, alarm.evaluation_periods,
                  std::chrono::floor<std::chrono::seconds>(period_of(alarm)).count())};
}

std::vector<std::string> metric_lines(const MetricId& metric) {
  std::vector<std::string> lines{"metric", metric.name, metric.metric_namespace};
  for (const Dimension& dimension : metric.dimensions) {
    lines.push_back(fmt::format("{}={}", dimension.name, dimension.value));
  }
  return lines;
}

std::vector<std::string> query_lines(const MetricQuery& query) {
  const auto* stat = std::get_if<MetricStat>(&query.source);
  return {"metric math",
          fmt::format("{} = {}", query.id,
                      stat ? to_string(stat->statistic) : std::get<std::string>(query.source))};
}

std::vector<std::string> policy_lines(const TargetTrackingConfiguration& policy) {
  return {"target-tracking policy", policy.policy_name,
          fmt::format("TargetValue {:.10g}", policy.target_value)};
}

std::vector<std::string> policy_lines(const StepScalingConfiguration& policy) {
  std::vector<std::string> steps;
  const bool is_change =
      policy.adjustment_type != models::autoscaling::AdjustmentType::ExactCapacity;
  for (const StepAdjustment& step : policy.step_adjustments) {
    steps.push_back(is_change ? fmt::format("{:+}", step.scaling_adjustment)
                              : fmt::format("{}", step.scaling_adjustment));
  }
  return {"step policy", policy.policy_name,
          fmt::format("{} {}", to_string(policy.adjustment_type), fmt::join(steps, ", "))};
}

// "MinCapacity 2, MaxCapacity 8", or one of them.
std::string bounds_text(std::optional<InstanceCount> min, std::optional<InstanceCount> max) {
  std::string text;
  if (min) text = fmt::format("MinCapacity {}", min->value);
  if (min && max) text += ", ";
  if (max) text += fmt::format("MaxCapacity {}", max->value);
  return text;
}

std::vector<std::string> action_lines(const ScheduledActionConfiguration& action) {
  return {"scheduled action", action.name, action.schedule,
          bounds_text(action.min_capacity, action.max_capacity)};
}

// The indices of the queries that an expression names, METRICS() naming all metrics whose ids have
// its argument in them.
std::vector<std::size_t> queries_used_by(const std::string& text,
                                         const std::vector<MetricQuery>& queries) {
  const auto parsed = models::cloudwatch::parse_expression(text);
  const auto* expression = std::get_if<Expression>(&parsed);
  if (expression == nullptr) return {};
  std::vector<bool> is_used(queries.size());
  const auto use = [&](const auto& is_meant) {
    for (std::size_t i = 0; i < queries.size(); ++i) {
      is_used[i] = is_used[i] || is_meant(queries[i]);
    }
  };
  for (const auto& named : models::cloudwatch::referenced_ids(*expression)) {
    use([&](const MetricQuery& query) { return query.id == named.id; });
  }
  for (const ExpressionTerm& term : expression->terms()) {
    if (term.kind != TermKind::Call || term.function != MathFunction::Metrics) continue;
    const std::string part =
        term.operands.empty() ? "" : expression->terms()[term.operands.front()].text;
    use([&](const MetricQuery& query) {
      return std::holds_alternative<MetricStat>(query.source) &&
             query.id.find(part) != std::string::npos;
    });
  }
  std::vector<std::size_t> used;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    if (is_used[i]) used.push_back(i);
  }
  return used;
}

class GraphBuilder {
 public:
  explicit GraphBuilder(const Scenario& scenario) : scenario_(scenario) {}

  ControlGraph build() {
    for (std::size_t index = 0; index < scenario_.variants.size(); ++index) add_variant(index);
    for (std::size_t index = 0; index < scenario_.alarms.size(); ++index) add_alarm(index);
    return std::move(graph_);
  }

 private:
  std::size_t add(ControlNode node) {
    graph_.nodes.push_back(std::move(node));
    return graph_.nodes.size() - 1;
  }
  void connect(std::size_t from, std::size_t to, bool is_disabled = false) {
    graph_.edges.push_back({from, to, is_disabled});
  }

  void add_variant(std::size_t index) {
    const ScenarioVariant& variant = scenario_.variants[index];
    const std::size_t node =
        add({ControlKind::Variant,
             {"variant", variant.variant.variant_name, variant.variant.instance_type},
             index,
             index});
    std::optional<std::size_t> target;
    if (const auto& registered = variant.scalable_target) {
      target =
          add({ControlKind::Target,
               {"scalable target", bounds_text(registered->min_capacity, registered->max_capacity)},
               index,
               index});
      connect(*target, node);
    }
    for (std::size_t i = 0; i < variant.policies.size(); ++i) {
      const std::size_t policy = std::visit(
          [&](const auto& kind) { return add_policy(kind, i, index); }, variant.policies[i]);
      if (target) connect(policy, *target);
    }
    for (std::size_t i = 0; i < variant.scheduled_actions.size(); ++i) {
      const std::size_t action =
          add({ControlKind::ScheduledAction, action_lines(variant.scheduled_actions[i]), i, index});
      if (target) connect(action, *target);
    }
  }

  std::size_t add_policy(const StepScalingConfiguration& policy, std::size_t index,
                         std::size_t variant) {
    const std::size_t node = add({ControlKind::Policy, policy_lines(policy), index, variant});
    step_policies_.try_emplace(policy.policy_name, node);
    return node;
  }

  std::size_t add_policy(const TargetTrackingConfiguration& policy, std::size_t index,
                         std::size_t variant) {
    const std::size_t node = add({ControlKind::Policy, policy_lines(policy), index, variant});
    const TargetTrackingPolicy tracking(policy,
                                        resource_id_of(resource_of(scenario_.variants[variant])),
                                        scenario_.assumptions.scaling);
    const std::size_t source = add_source(tracking.alarms().front(), node);
    for (const AlarmConfiguration& alarm : tracking.alarms()) {
      const bool is_high = alarm.comparison == ComparisonOperator::GreaterThanThreshold;
      const std::size_t owned =
          add({ControlKind::Alarm, alarm_lines(alarm, is_high ? "AlarmHigh" : "AlarmLow"), 0,
               variant, node});
      connect(source, owned);
      connect(owned, node);
    }
    return node;
  }

  void add_alarm(std::size_t index) {
    const AlarmConfiguration& alarm = scenario_.alarms[index];
    const std::size_t node = add({ControlKind::Alarm, alarm_lines(alarm, alarm.name), index});
    connect(add_source(alarm, node), node);
    for (const std::string& action : alarm.alarm_actions) {
      const auto policy = step_policies_.find(action);
      if (policy != step_policies_.end()) connect(node, policy->second, !alarm.actions_enabled);
    }
  }

  std::size_t metric_node(const MetricId& metric) {
    const auto [found, is_new] = metrics_.try_emplace(metric, graph_.nodes.size());
    if (is_new) add({ControlKind::Metric, metric_lines(metric)});
    return found->second;
  }

  // Adds what computes the values that an alarm compares; gives where they come from.
  std::size_t add_source(const AlarmConfiguration& alarm, std::size_t owner) {
    if (alarm.metrics.empty()) return metric_node(alarm.metric);
    std::vector<std::size_t> nodes;
    std::size_t returned = 0;
    for (const MetricQuery& query : alarm.metrics) {
      const std::size_t node =
          add({ControlKind::Query, query_lines(query), nodes.size(), std::nullopt, owner});
      if (query.return_data) returned = node;
      nodes.push_back(node);
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (const auto* stat = std::get_if<MetricStat>(&alarm.metrics[i].source)) {
        connect(metric_node(stat->metric), nodes[i]);
        continue;
      }
      const auto& expression = std::get<std::string>(alarm.metrics[i].source);
      for (const std::size_t used : queries_used_by(expression, alarm.metrics)) {
        connect(nodes[used], nodes[i]);
      }
    }
    return returned;
  }

  const Scenario& scenario_;
  ControlGraph graph_;
  std::map<std::string, std::size_t, std::less<>> step_policies_;  // nodes by PolicyName
  std::map<MetricId, std::size_t> metrics_;
};

// Without the edges that carry nothing.
Digraph digraph_of(const ControlGraph& graph) {
  Digraph digraph(graph.nodes.size());
  for (const ControlEdge& edge : graph.edges) {
    if (!edge.is_disabled) boost::add_edge(edge.from, edge.to, digraph);
  }
  return digraph;
}

// The nodes that can be reached from those of the kind, themselves included.
template <class Graph>
std::vector<bool> reached_from(const Graph& digraph, const std::vector<ControlNode>& nodes,
                               ControlKind kind) {
  std::vector<boost::default_color_type> colors(nodes.size(), boost::white_color);
  const auto color_map =
      boost::make_iterator_property_map(colors.begin(), boost::get(boost::vertex_index, digraph));
  for (std::size_t node = 0; node < nodes.size(); ++node) {
    if (nodes[node].kind != kind || colors[node] != boost::white_color) continue;
    boost::depth_first_visit(digraph, node, boost::default_dfs_visitor(), color_map);
  }
  std::vector<bool> reached(nodes.size());
  for (std::size_t node = 0; node < nodes.size(); ++node) {
    reached[node] = colors[node] != boost::white_color;
  }
  return reached;
}

// Of a policy that nothing triggers, the way to the variant is there but is never gone.
void mark_idle(ControlGraph& graph) {
  const std::vector<bool> is_moved =
      reached_from(digraph_of(graph), graph.nodes, ControlKind::Metric);
  const std::vector<bool> is_moving = leading_to(graph, ControlKind::Variant);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    ControlNode& node = graph.nodes[i];
    node.is_idle = !is_moving[i] || (node.kind == ControlKind::Policy && !is_moved[i]);
  }
}

}  // namespace

ControlGraph make_control_graph(const Scenario& scenario) {
  ControlGraph graph = GraphBuilder(scenario).build();
  mark_idle(graph);
  return graph;
}

std::vector<bool> leading_to(const ControlGraph& graph, ControlKind kind) {
  return reached_from(boost::make_reverse_graph(digraph_of(graph)), graph.nodes, kind);
}

}  // namespace sim
