#include "sim/scenario/control_graph_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <map>
#include <string_view>
#include <utility>

namespace sim {
namespace {

using models::cloudwatch::ComparisonOperator;
using models::cloudwatch::Dimension;
using models::cloudwatch::MetricId;

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

// Ten digits: a threshold that is 0.9 times a target shows no trace of its rounding.
std::vector<std::string> alarm_lines(const std::string& name, std::string_view watched,
                                     const AlarmCondition& condition) {
  return {
      "alarm", name,
      fmt::format("{} {} {:.10g}", watched, sign_of(condition.comparison), condition.threshold),
      fmt::format("{} of {} x {} s", condition.datapoints_to_alarm, condition.evaluation_periods,
                  std::chrono::floor<std::chrono::seconds>(condition.period).count())};
}

std::vector<std::string> metric_lines(const MetricId& metric) {
  std::vector<std::string> lines{"metric", metric.name, metric.metric_namespace};
  for (const Dimension& dimension : metric.dimensions) {
    lines.push_back(fmt::format("{}={}", dimension.name, dimension.value));
  }
  return lines;
}

std::vector<std::string> query_lines(const ControlQuery& query) {
  return {"metric math", fmt::format("{} = {}", query.id,
                                     query.metric ? query.metric->statistic : query.expression)};
}

// What of a source an alarm compares: the statistic of its metric, or the id that is returned.
std::string_view watched_of(const ControlSource& source) {
  if (source.metric) return source.metric->statistic;
  for (const ControlQuery& query : source.queries) {
    if (query.is_returned) return query.id;
  }
  return "?";
}

class GraphBuilder {
 public:
  explicit GraphBuilder(const ControlParts& parts) : parts_(parts) {}

  void build() {
    add_variants();
    add_policies();
    add_scheduled_actions();
    add_alarms();
  }

  ControlGraph& graph() { return graph_; }
  // The query that a node stands for; null for others.
  const ControlQuery* query_of(std::size_t node) const { return queries_[node]; }

 private:
  std::size_t add(ControlKind kind, std::vector<std::string> lines,
                  const ControlQuery* query = nullptr) {
    graph_.nodes.push_back({kind, std::move(lines), false});
    queries_.push_back(query);
    return graph_.nodes.size() - 1;
  }
  void connect(std::size_t from, std::size_t to, bool is_disabled = false) {
    graph_.edges.push_back({from, to, is_disabled});
  }

  void add_variants() {
    for (const ControlVariant& variant : parts_.variants) {
      const std::size_t node =
          add(ControlKind::Variant, {"variant", variant.name, variant.summary});
      targets_.emplace_back();
      if (!variant.target) continue;
      targets_.back() = add(ControlKind::Target, {"scalable target", *variant.target});
      connect(*targets_.back(), node);
    }
  }

  void connect_to_target(std::size_t node, std::size_t variant) {
    if (targets_[variant]) connect(node, *targets_[variant]);
  }

  void add_policies() {
    for (const ControlPolicy& policy : parts_.policies) {
      const bool is_step = policy.kind == PolicyKind::Step;
      const std::size_t node =
          add(ControlKind::Policy,
              {is_step ? "step policy" : "target-tracking policy", policy.name, policy.summary});
      policies_.push_back(node);
      connect_to_target(node, policy.variant);
      const std::vector<std::size_t> signals = add_source(policy.source);
      for (const OwnedAlarm& alarm : policy.alarms) {
        connect(add_alarm(alarm.name, policy.source, alarm.condition, signals), node);
      }
    }
  }

  void add_scheduled_actions() {
    for (const ControlScheduledAction& action : parts_.scheduled_actions) {
      connect_to_target(
          add(ControlKind::ScheduledAction, {"scheduled action", action.name, action.summary}),
          action.variant);
    }
  }

  void add_alarms() {
    for (const ControlAlarm& alarm : parts_.alarms) {
      const std::size_t node =
          add_alarm(alarm.name, alarm.source, alarm.condition, add_source(alarm.source));
      for (const std::size_t policy : alarm.policies) {
        connect(node, policies_[policy], !alarm.actions_enabled);
      }
    }
  }

  std::size_t add_alarm(const std::string& name, const ControlSource& source,
                        const AlarmCondition& condition, const std::vector<std::size_t>& signals) {
    const std::size_t node =
        add(ControlKind::Alarm, alarm_lines(name, watched_of(source), condition));
    for (const std::size_t signal : signals) connect(signal, node);
    return node;
  }

  std::size_t metric_node(const MetricId& metric) {
    const auto [found, is_new] = metrics_.try_emplace(metric, graph_.nodes.size());
    if (is_new) add(ControlKind::Metric, metric_lines(metric));
    return found->second;
  }

  // Adds what computes a source; gives what its owner looks at. What is wrong with metric math by
  // itself was reported when it was read; where nothing is returned, anything may have been meant.
  std::vector<std::size_t> add_source(const ControlSource& source) {
    if (source.metric) return {metric_node(source.metric->id)};
    const bool is_any_returned =
        std::any_of(source.queries.begin(), source.queries.end(),
                    [](const ControlQuery& query) { return query.is_returned; });
    std::map<std::string_view, std::size_t> nodes;
    std::vector<std::size_t> returned;
    for (const ControlQuery& query : source.queries) {
      const std::size_t node = add(ControlKind::Query, query_lines(query), &query);
      nodes.try_emplace(query.id, node);
      if (query.metric) connect(metric_node(query.metric->id), node);
      if (query.is_returned || !is_any_returned) returned.push_back(node);
    }
    for (const ControlQuery& query : source.queries) {
      for (const std::string& used : query.uses) {
        const auto found = nodes.find(used);
        if (found != nodes.end()) connect(found->second, nodes.at(query.id));
      }
    }
    return returned;
  }

  const ControlParts& parts_;
  ControlGraph graph_;
  std::vector<const ControlQuery*> queries_;         // of each node
  std::vector<std::optional<std::size_t>> targets_;  // node of the target of each variant
  std::vector<std::size_t> policies_;                // node of each policy
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

// The nodes that can be reached from those of the kinds, themselves included.
template <class Graph>
std::vector<bool> reached_from(const Graph& digraph, const std::vector<ControlNode>& nodes,
                               std::initializer_list<ControlKind> kinds) {
  std::vector<boost::default_color_type> colors(nodes.size(), boost::white_color);
  const auto color_map =
      boost::make_iterator_property_map(colors.begin(), boost::get(boost::vertex_index, digraph));
  for (std::size_t node = 0; node < nodes.size(); ++node) {
    const bool is_start = std::find(kinds.begin(), kinds.end(), nodes[node].kind) != kinds.end();
    if (!is_start || colors[node] != boost::white_color) continue;
    boost::depth_first_visit(digraph, node, boost::default_dfs_visitor(), color_map);
  }
  std::vector<bool> reached(nodes.size());
  for (std::size_t node = 0; node < nodes.size(); ++node) {
    reached[node] = colors[node] != boost::white_color;
  }
  return reached;
}

void mark_idle(ControlGraph& graph, const Digraph& digraph) {
  const auto moved = reached_from(digraph, graph.nodes, {ControlKind::Metric});
  const auto moving =
      reached_from(boost::make_reverse_graph(digraph), graph.nodes, {ControlKind::Variant});
  for (std::size_t node = 0; node < graph.nodes.size(); ++node) {
    const ControlKind kind = graph.nodes[node].kind;
    const bool needs_metric = kind == ControlKind::Policy;
    graph.nodes[node].is_idle = !moving[node] || (needs_metric && !moved[node]);
  }
}

void report_unused(const GraphBuilder& builder, const ControlGraph& graph, const Digraph& digraph,
                   Diagnostics& diagnostics) {
  const auto is_used =
      reached_from(boost::make_reverse_graph(digraph), graph.nodes, {ControlKind::Alarm});
  for (std::size_t node = 0; node < graph.nodes.size(); ++node) {
    const ControlQuery* query = builder.query_of(node);
    if (query == nullptr || is_used[node]) continue;
    report(diagnostics, Severity::Warning, query->place, "unused-id",
           fmt::format("nothing uses {}: no expression that leads to the returned one names it",
                       in_quotes(query->id)));
  }
}

}  // namespace

ControlGraph make_control_graph(const ControlParts& parts, Diagnostics& diagnostics) {
  GraphBuilder builder(parts);
  builder.build();
  ControlGraph& graph = builder.graph();
  const Digraph digraph = digraph_of(graph);
  report_unused(builder, graph, digraph, diagnostics);
  mark_idle(graph, digraph);
  return std::move(graph);
}

}  // namespace sim
