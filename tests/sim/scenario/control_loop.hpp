// Builds control loops by hand, and tells what is said of them.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/control_graph_builder.hpp"
#include "sim/scenario/control_rules.hpp"

namespace tests {

// Each part is on a line of its own, which is named with what is said of it. There is one variant,
// AllTraffic of the endpoint shop, with a scalable target.
class ControlLoop {
 public:
  ControlLoop() : source_("x.yaml", numbered_lines(), sim::SourceFormat::Yaml) {
    scenario.variants.clear();
    variant("AllTraffic");
  }
  ControlLoop(const ControlLoop&) = delete;
  ControlLoop& operator=(const ControlLoop&) = delete;

  sim::ScenarioVariant& variant(const std::string& name) {
    sim::ScenarioVariant& variant = scenario.variants.emplace_back();
    variant.variant.endpoint_name = "shop";
    variant.variant.variant_name = name;
    variant.variant.instance_type = "ml.c5.large";
    variant.scalable_target.emplace();
    variant.scalable_target->max_capacity = {8};
    sources.variants.emplace_back();
    return variant;
  }

  static models::cloudwatch::MetricId metric(const std::string& name) {
    return {"AWS/SageMaker", name, {{"EndpointName", "shop"}, {"VariantName", "AllTraffic"}}};
  }

  models::autoscaling::StepScalingConfiguration& step(int line, const std::string& name,
                                                      std::int32_t adjustment = 1,
                                                      std::size_t variant = 0) {
    models::autoscaling::StepScalingConfiguration policy;
    policy.policy_name = name;
    policy.step_adjustments = {{0.0, std::nullopt, adjustment}};
    return add<models::autoscaling::StepScalingConfiguration>(line, std::move(policy), variant);
  }
  models::autoscaling::TargetTrackingConfiguration& target_tracking(int line,
                                                                    const std::string& name,
                                                                    std::size_t variant = 0) {
    models::autoscaling::TargetTrackingConfiguration policy;
    policy.policy_name = name;
    policy.target_value = 70;
    return add<models::autoscaling::TargetTrackingConfiguration>(line, std::move(policy), variant);
  }
  models::cloudwatch::AlarmConfiguration& alarm(int line, const std::string& name,
                                                const std::vector<std::string>& actions) {
    models::cloudwatch::AlarmConfiguration& alarm = scenario.alarms.emplace_back();
    alarm.name = name;
    alarm.metric = metric("InvocationsPerInstance");
    alarm.statistic = models::cloudwatch::Statistic::Sum;
    alarm.threshold = 100;
    sim::AlarmDraft& draft = alarms_.emplace_back();
    draft.name_place = at(line);
    for (const std::string& action : actions) draft.alarm_actions.push_back({action, at(line)});
    sources.alarms.push_back(&draft);
    return alarm;
  }
  void scheduled_action(int line, const std::string& name) {
    models::autoscaling::ScheduledActionConfiguration action;
    action.name = name;
    action.schedule = "cron(0 8 ? * MON-FRI *)";
    action.min_capacity = {4};
    scenario.variants.front().scheduled_actions.push_back(std::move(action));
    sources.variants.front().scheduled_actions.push_back({at(line), at(line), true});
  }

  // Metric math for the newest alarm or policy: its queries are on the lines from `line` on.
  std::vector<models::cloudwatch::MetricQuery> math(
      int line, std::vector<models::cloudwatch::MetricQuery> queries, bool is_alarm = true) {
    auto& places = is_alarm ? alarms_.back().query_places : policies_.back().query_places;
    for (std::size_t i = 0; i < queries.size(); ++i) {
      places.push_back(at(line + static_cast<int>(i)));
    }
    return queries;
  }
  static models::cloudwatch::MetricQuery expression(const std::string& id, const std::string& text,
                                                    bool is_returned = false) {
    return {id, text, "", is_returned};
  }
  static models::cloudwatch::MetricQuery metric_query(const std::string& id,
                                                      const std::string& name) {
    models::cloudwatch::MetricStat stat;
    stat.metric = metric(name);
    stat.statistic = models::cloudwatch::Statistic::Sum;
    return {id, stat, "", false};
  }

  // All that is said, a line for each: "3: error: expected ..., found ... (hint)".
  std::string said() {
    for (auto& alarm : scenario.alarms) alarm.alarm_actions.clear();  // they are filled in
    sim::Diagnostics diagnostics;
    sim::check_control(sources, scenario, diagnostics);
    std::string text;
    for (const sim::Diagnostic& diagnostic : diagnostics.sorted()) {
      text += std::to_string(diagnostic.place.line) + ": " +
              std::string(to_string(diagnostic.severity)) + ": " + diagnostic.message;
      if (!diagnostic.hint.empty()) text += " (" + diagnostic.hint + ")";
      text += "\n";
    }
    return text;
  }
  sim::ControlGraph graph() {
    said();
    return sim::make_control_graph(scenario);
  }

  sim::Scenario scenario;
  sim::ControlSources sources;

 private:
  sim::NodePlace at(int line) const { return {&source_, line, 0}; }

  template <class Policy>
  Policy& add(int line, Policy policy, std::size_t variant) {
    sim::PolicyDraft& draft = policies_.emplace_back();
    draft.place = draft.name_place = draft.metric_place = at(line);
    sources.variants[variant].policies.push_back(&draft);
    auto& policies = scenario.variants[variant].policies;
    policies.emplace_back(std::move(policy));
    return std::get<Policy>(policies.back());
  }

  static std::string numbered_lines() {
    std::string text;
    for (int line = 1; line <= 30; ++line) text += "line " + std::to_string(line) + "\n";
    return text;
  }

  sim::SourceText source_;
  std::deque<sim::PolicyDraft> policies_;  // where `sources` points
  std::deque<sim::AlarmDraft> alarms_;
};

}  // namespace tests
