#include "sim/scenario/control_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <string_view>
#include <utility>

#include "sim/scenario/control_graph_builder.hpp"
#include "sim/scenario/control_names.hpp"
#include "sim/scenario/policy_directions.hpp"
#include "sim/scenario/resource_reader.hpp"

namespace sim {
namespace {

using models::autoscaling::CustomizedMetric;
using models::autoscaling::PolicyConfiguration;
using models::autoscaling::PredefinedMetric;
using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::TargetTrackingConfiguration;
using models::cloudwatch::AlarmConfiguration;

// Which alarms name which step policies. False: some action was reported to name none.
bool connect_alarms(const ControlSources& sources, Scenario& scenario, Diagnostics& diagnostics) {
  const PolicyNames names(scenario.variants);
  const std::size_t errors_before = diagnostics.error_count();
  for (std::size_t index = 0; index < scenario.alarms.size(); ++index) {
    std::vector<std::string>& actions = scenario.alarms[index].alarm_actions;
    for (const AlarmActionDraft& action : sources.alarms[index]->alarm_actions) {
      const std::string_view policy = names.find(action, diagnostics);
      if (!policy.empty()) actions.emplace_back(policy);
    }
    for (const AlarmActionDraft& action : sources.alarms[index]->other_actions) {
      names.check_other(action, diagnostics);
    }
  }
  return diagnostics.error_count() == errors_before;
}

// What makes two metric specifications the same to AWS.
std::string specification_of(const TargetTrackingConfiguration& configuration) {
  if (const auto* predefined = std::get_if<PredefinedMetric>(&configuration.metric)) {
    return std::string(to_string(predefined->type));
  }
  const auto& customized = std::get<CustomizedMetric>(configuration.metric);
  std::string text = fmt::format("{}/{}/{}", customized.metric.metric_namespace,
                                 customized.metric.name, to_string(customized.statistic));
  for (const auto& query : customized.metrics) {
    const auto* expression = std::get_if<std::string>(&query.source);
    text += fmt::format("/{}={}", query.id, expression == nullptr ? "" : *expression);
    if (const auto* stat = std::get_if<models::cloudwatch::MetricStat>(&query.source)) {
      text += fmt::format("{}/{}", stat->metric.name, to_string(stat->statistic));
    }
  }
  return text;
}

// Whether some value of the metric breaches both.
bool overlap(const AlarmConfiguration& a, const AlarmConfiguration& b) {
  if (is_above(a) == is_above(b)) return true;
  const double between = std::midpoint(a.threshold, b.threshold);
  return breaches(between, a.comparison, a.threshold) &&
         breaches(between, b.comparison, b.threshold);
}

class ControlRules {
 public:
  ControlRules(const ControlSources& sources, const Scenario& scenario, Diagnostics& diagnostics)
      : sources_(sources),
        scenario_(scenario),
        graph_(make_control_graph(scenario)),
        ways_in_(graph_.nodes.size()),
        ways_out_(graph_.nodes.size()),
        diagnostics_(diagnostics) {
    for (const ControlEdge& edge : graph_.edges) {
      ways_in_[edge.to].push_back(&edge);
      ways_out_[edge.from].push_back(&edge);
    }
  }

  void check(bool all_names_lead_somewhere) {
    const std::vector<bool> is_watched = leading_to(graph_, ControlKind::Alarm);
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      const ControlNode& node = graph_.nodes[i];
      if (node.kind == ControlKind::Query && !is_watched[i]) report_unused(node);
      if (node.kind == ControlKind::Alarm) check_alarm(i);
      if (node.kind == ControlKind::Policy || node.kind == ControlKind::ScheduledAction) {
        check_target(i);
      }
      if (!is_step(node)) continue;
      if (all_names_lead_somewhere) check_step_policy(i);
      check_beside_target_tracking(i);
    }
    check_specifications();
    check_opposing_alarms();
  }

 private:
  const PolicyConfiguration& policy_at(const ControlNode& node) const {
    return scenario_.variants[*node.variant].policies[node.index];
  }
  const PolicyDraft& source_of(const ControlNode& policy) const {
    return *sources_.variants[*policy.variant].policies[policy.index];
  }
  bool is_step(const ControlNode& node) const {
    return node.kind == ControlKind::Policy &&
           std::holds_alternative<StepScalingConfiguration>(policy_at(node));
  }
  const AlarmConfiguration& alarm_at(std::size_t node) const {
    return scenario_.alarms[graph_.nodes[node].index];
  }
  // The first alarm that triggers a step policy, or that would if its actions were enabled.
  const ControlEdge* trigger_of(std::size_t policy, bool is_disabled) const {
    for (const ControlEdge* edge : ways_in_[policy]) {
      if (edge->is_disabled == is_disabled) return edge;
    }
    return nullptr;
  }

  void warn(const NodePlace& place, std::string code, std::string message, std::string hint = {}) {
    report(diagnostics_, Severity::Warning, place, std::move(code), std::move(message),
           std::move(hint));
  }

  void report_unused(const ControlNode& query) {
    const ControlNode& owner = graph_.nodes[*query.owner];
    const bool is_alarm = owner.kind == ControlKind::Alarm;
    const auto& places =
        is_alarm ? sources_.alarms[owner.index]->query_places : source_of(owner).query_places;
    const auto& queries = is_alarm
                              ? scenario_.alarms[owner.index].metrics
                              : std::get<CustomizedMetric>(
                                    std::get<TargetTrackingConfiguration>(policy_at(owner)).metric)
                                    .metrics;
    warn(places[query.index], "unused-id",
         fmt::format("nothing uses {}: no expression that leads to the returned one names it",
                     in_quotes(queries[query.index].id)));
  }

  // One that has actions of other services, or that `expect:` looks at, is there for these.
  void check_alarm(std::size_t node) {
    if (!ways_out_[node].empty()) return;
    const AlarmDraft& source = *sources_.alarms[graph_.nodes[node].index];
    const std::string& name = alarm_at(node).name;
    const auto& expected = sources_.expected_alarms;
    const bool is_expected = std::find(expected.begin(), expected.end(), name) != expected.end();
    if (is_expected || !source.alarm_actions.empty()) return;
    warn(source.name_place, "alarm-without-policy",
         fmt::format("{} triggers no scaling policy", in_quotes(name)),
         "a step policy acts when an alarm has its name among its AlarmActions");
  }

  // A target that was reported is not missed again.
  void check_target(std::size_t node) {
    if (!ways_out_[node].empty() || sources_.has_lost_target) return;
    const ControlNode& part = graph_.nodes[node];
    const bool is_policy = part.kind == ControlKind::Policy;
    const NodePlace& place =
        is_policy ? source_of(part).place
                  : sources_.variants[*part.variant].scheduled_actions[part.index].place;
    const std::string resource =
        scenario_.variants.size() == 1
            ? std::string{}
            : fmt::format("ResourceId: {}, ",
                          resource_id_of(resource_of(scenario_.variants[*part.variant])));
    report(diagnostics_, Severity::Error, place,
           is_policy ? "policy-without-target" : "action-without-target",
           fmt::format("expected a scalable target for the {}, found none",
                       is_policy ? "policy" : "scheduled action"),
           fmt::format("add ScalableTargets: [{{{}MinCapacity: 1, MaxCapacity: 8}}] to scaling, or "
                       "the arguments of register-scalable-target to 'from'",
                       resource));
  }

  // whoever makes a step policy also makes the alarm that triggers it. An alarm that could
  // not be read may be the one that is missed.
  void check_step_policy(std::size_t node) {
    if (sources_.has_lost_alarm || trigger_of(node, false) != nullptr) return;
    const ControlEdge* disabled = trigger_of(node, true);
    const std::string& name = policy_name_of(policy_at(graph_.nodes[node]));
    warn(source_of(graph_.nodes[node]).name_place, "step-policy-without-alarm",
         fmt::format("no alarm triggers the step policy {}: it will never act", in_quotes(name)),
         disabled == nullptr
             ? fmt::format("add to MetricAlarms one with AlarmActions: [{}], or the arguments of "
                           "put-metric-alarm to 'from'",
                           name)
             : fmt::format("{} has it among its AlarmActions, but ActionsEnabled: false",
                           in_quotes(alarm_at(disabled->from).name)));
  }

  // The documentation of PutScalingPolicy asks for caution with this: target tracking
  // scales in when all agree, and a step policy is not asked. With DisableScaleIn, leaving
  // scale in to another policy is what is intended.
  void check_beside_target_tracking(std::size_t node) {
    const ControlNode& step = graph_.nodes[node];
    if (!directions_of(policy_at(step)).in || trigger_of(node, false) == nullptr) return;
    const auto& policies = scenario_.variants[*step.variant].policies;
    const auto tracking =
        std::find_if(policies.begin(), policies.end(), [](const PolicyConfiguration& other) {
          return std::holds_alternative<TargetTrackingConfiguration>(other) &&
                 directions_of(other).in;
        });
    if (tracking == policies.end()) return;
    warn(source_of(step).name_place, "step-beside-target-tracking",
         fmt::format("the step policy {} scales in without waiting for the target-tracking policy "
                     "{}, which may scale out again at once",
                     in_quotes(policy_name_of(policy_at(step))),
                     in_quotes(policy_name_of(*tracking))),
         "let one of them scale in: drop the negative steps, or set DisableScaleIn: true");
  }

  // Of a PolicyName that is there twice, which was reported, nothing else is said.
  void check_specifications() {
    std::set<std::pair<std::size_t, std::string_view>> names;
    std::set<std::pair<std::size_t, std::string>> specifications;
    for (const ControlNode& node : graph_.nodes) {
      if (node.kind != ControlKind::Policy) continue;
      const std::string& name = policy_name_of(policy_at(node));
      const bool is_new = name.empty() || names.insert({*node.variant, name}).second;
      const auto* tracking = std::get_if<TargetTrackingConfiguration>(&policy_at(node));
      if (!is_new || tracking == nullptr) continue;
      if (specifications.insert({*node.variant, specification_of(*tracking)}).second) continue;
      report(diagnostics_, Severity::Error, source_of(node).metric_place, "duplicate-metric",
             "expected one target-tracking policy a metric, found a second",
             "AWS says: Only one TargetTrackingScaling policy for a given metric specification is "
             "allowed.");
    }
  }

  // An enabled alarm whose step policy goes one way only.
  struct Pull {
    const AlarmConfiguration* alarm;
    NodePlace place;
    std::size_t variant;
    bool is_out;
  };

  std::vector<Pull> pulls() const {
    std::vector<Pull> pulls;
    for (const ControlEdge& edge : graph_.edges) {
      const ControlNode& to = graph_.nodes[edge.to];
      if (!is_step(to) || edge.is_disabled || !alarm_at(edge.from).metrics.empty()) continue;
      const Directions directions = directions_of(policy_at(to));
      if (directions.out == directions.in) continue;
      pulls.push_back({&alarm_at(edge.from),
                       sources_.alarms[graph_.nodes[edge.from].index]->name_place, *to.variant,
                       directions.out});
    }
    return pulls;
  }

  // A pair of alarms for scale out and scale in is usual; that both are in ALARM at once is the
  // conflict that the documentation of PutScalingPolicy speaks of: the larger capacity wins
  //
  void check_opposing_alarms() {
    const std::vector<Pull> all = pulls();
    for (std::size_t later = 0; later < all.size() && !diagnostics_.is_full(); ++later) {
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        const AlarmConfiguration& a = *all[earlier].alarm;
        const AlarmConfiguration& b = *all[later].alarm;
        const bool oppose = all[earlier].variant == all[later].variant &&
                            all[earlier].is_out != all[later].is_out && a.metric == b.metric &&
                            a.statistic == b.statistic && overlap(a, b);
        if (!oppose) continue;
        warn(all[later].place, "opposing-alarms",
             fmt::format("{} and {} can be in ALARM at once, one to scale out and one to scale in",
                         in_quotes(a.name), in_quotes(b.name)),
             "the larger capacity wins: leave a gap between their Thresholds");
      }
    }
  }

  const ControlSources& sources_;
  const Scenario& scenario_;
  ControlGraph graph_;
  std::vector<std::vector<const ControlEdge*>> ways_in_;   // by node
  std::vector<std::vector<const ControlEdge*>> ways_out_;  // by node
  Diagnostics& diagnostics_;
};

// A name with a slash, which was reported, is in no ResourceId: there is no graph to speak of.
bool can_be_named(const ScenarioVariant& variant) {
  return models::autoscaling::parse_resource_id(resource_id_of(resource_of(variant))).has_value();
}

}  // namespace

void check_control(const ControlSources& sources, Scenario& scenario, Diagnostics& diagnostics) {
  const bool all_names_lead_somewhere = connect_alarms(sources, scenario, diagnostics);
  if (!std::all_of(scenario.variants.begin(), scenario.variants.end(), can_be_named)) return;
  ControlRules(sources, scenario, diagnostics).check(all_names_lead_somewhere);
}

}  // namespace sim
