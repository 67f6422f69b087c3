#include "sim/scenario/control_graph_dot.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <vector>

namespace sim {
namespace {

constexpr std::size_t kLongestLine =
    60;  // characters of a label; names and expressions may be long

// How a kind is shown. Colours are light, so that black text stays readable on them and in print.
struct Appearance {
  ControlKind kind;
  std::string_view id;  // of its nodes, a number following
  bool has_column;      // otherwise anywhere between the others, as expressions use one another
  std::string_view shape;
  std::string_view color;
};
constexpr std::array<Appearance, 7> kAppearances{{
    {ControlKind::Metric, "metric", true, "cylinder", "#e8f1fa"},
    {ControlKind::Query, "query", false, "box", "#e8f1fa"},
    {ControlKind::Alarm, "alarm", true, "box", "#fdebd0"},
    {ControlKind::ScheduledAction, "scheduled_action", true, "box", "#f4ecf7"},
    {ControlKind::Policy, "policy", true, "box", "#e9f7ef"},
    {ControlKind::Target, "target", true, "box", "#fef9e7"},
    {ControlKind::Variant, "variant", true, "box3d", "#f2f3f4"},
}};

// One line of a label, in double quotes: a backslash begins an escape there, and others than \n
// would be replaced by names of the graph.
std::string escaped(std::string_view text) {
  std::string line;
  std::size_t characters = 0;
  for (const char byte : text) {
    const auto code = static_cast<unsigned char>(byte);
    const bool begins_character = (code & 0xC0U) != 0x80U;
    if (begins_character && ++characters > kLongestLine) return line + "...";
    if (byte == '"' || byte == '\\') {
      line += '\\';
      line += byte;
    } else if (code < 0x20 || code == 0x7F) {
      line += ' ';
    } else {
      line += byte;
    }
  }
  return line;
}

std::string label_of(const ControlNode& node) {
  std::string label;
  for (const std::string& line : node.lines) {
    if (line.empty()) continue;
    if (!label.empty()) label += "\\n";
    label += escaped(line);
  }
  return label;
}

std::string statement_of(const ControlNode& node, const std::string& id) {
  const std::string_view idle =
      node.is_idle ? ", style=\"filled,dashed\", fillcolor=white, fontcolor=gray40" : "";
  return fmt::format("    {} [label=\"{}\"{}]\n", id, label_of(node), idle);
}

// Ranks go through frames since newrank; which frame a node is in is told by a list of its own.
std::string frames_of(const ControlGraph& graph, const std::vector<std::string>& ids) {
  std::vector<std::string> frames;
  for (const ControlNode& node : graph.nodes) {
    if (node.kind != ControlKind::Variant) continue;
    frames.push_back(fmt::format(
        "  subgraph cluster_{} {{\n    graph [label=\"\", style=\"rounded,dotted\"]\n   ",
        frames.size() + 1));
  }
  if (frames.size() < 2) return {};
  for (std::size_t index = 0; index < graph.nodes.size(); ++index) {
    if (const auto& variant = graph.nodes[index].variant) frames[*variant] += " " + ids[index];
  }
  return fmt::format("{}\n  }}\n", fmt::join(frames, "\n  }\n"));
}

std::string statement_of(const ControlEdge& edge, const std::vector<std::string>& ids) {
  return fmt::format("  {} -> {}{}\n", ids[edge.from], ids[edge.to],
                     edge.is_disabled ? " [style=dashed, label=\"ActionsEnabled: false\"]" : "");
}

}  // namespace

std::string control_graph_dot(const ControlGraph& graph, const std::string& title) {
  std::string text = fmt::format(
      "digraph control {{\n"
      "  graph [label=\"{}\", labelloc=t, rankdir=LR, newrank=true, ranksep=0.6, "
      "fontname=\"Helvetica\"]\n"
      "  node [fontname=\"Helvetica\", fontsize=11, style=filled]\n"
      "  edge [arrowsize=0.7, fontname=\"Helvetica\", fontsize=10]\n",
      escaped(title));
  std::vector<std::string> ids(graph.nodes.size());
  for (const Appearance& appearance : kAppearances) {
    std::string nodes;
    std::size_t number = 0;
    for (std::size_t index = 0; index < graph.nodes.size(); ++index) {
      if (graph.nodes[index].kind != appearance.kind) continue;
      ids[index] = fmt::format("{}_{}", appearance.id, ++number);
      nodes += statement_of(graph.nodes[index], ids[index]);
    }
    if (nodes.empty()) continue;
    text += fmt::format("  {{\n    {}node [shape={}, fillcolor=\"{}\"]\n{}  }}\n",
                        appearance.has_column ? "rank=same\n    " : "", appearance.shape,
                        appearance.color, nodes);
  }
  text += frames_of(graph, ids);
  for (const Appearance& appearance : kAppearances) {
    for (const ControlEdge& edge : graph.edges) {
      if (graph.nodes[edge.from].kind == appearance.kind) text += statement_of(edge, ids);
    }
  }
  return text + "}\n";
}

}  // namespace sim
