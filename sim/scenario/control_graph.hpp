// Holds what closes the loop as a graph: metric, alarm, policy, scalable target, variant.
//
// Plain data; control_graph_builder.hpp makes it, control_rules.hpp judges it,
// control_graph_dot.hpp draws it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace sim {

// In the order in which a signal passes them.
enum class ControlKind { Metric, Query, Alarm, ScheduledAction, Policy, Target, Variant };

struct ControlNode {
  ControlKind kind = ControlKind::Metric;
  std::vector<std::string> lines;  // for people; the first says what it is: "alarm"
  // Where it stands in the scenario: its index among all users' alarms, all variants, the policies
  // or scheduled actions of its variant, the queries of its owner.
  std::size_t index = 0;
  std::optional<std::size_t> variant{};  // of what belongs to one
  std::optional<std::size_t> owner{};    // the node whose query, or whose own alarm, it is
  bool is_idle = false;                  // on no way from a metric or a schedule to a variant
};

struct ControlEdge {
  std::size_t from = 0;  // an index into the nodes
  std::size_t to = 0;
  bool is_disabled = false;  // ActionsEnabled: false
};

// Nodes of a kind are in the order of the scenario; metrics in the order of their first use.
struct ControlGraph {
  std::vector<ControlNode> nodes;
  std::vector<ControlEdge> edges;
};

}  // namespace sim
