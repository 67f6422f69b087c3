// Builds the parts of control loops by hand, and tells what is said of them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/control_graph_builder.hpp"
#include "sim/scenario/control_rules.hpp"

namespace tests {

// Each part is on a line of its own, which is named with what is said of it. Policies are referred
// to by their names.
class ControlPartsBuilder {
 public:
  ControlPartsBuilder() : source_("x.yaml", numbered_lines(), sim::SourceFormat::Yaml) {
    variant("AllTraffic");
  }
  ControlPartsBuilder(const ControlPartsBuilder&) = delete;
  ControlPartsBuilder& operator=(const ControlPartsBuilder&) = delete;

  sim::NodePlace at(int line) const { return {&source_, line, 0}; }

  sim::ControlVariant& variant(const std::string& name) {
    parts.variants.push_back(
        {"endpoint/shop/variant/" + name, name, "ml.c5.large", "MinCapacity 1, MaxCapacity 8"});
    return parts.variants.back();
  }
  static sim::ControlMetric metric(const std::string& name, const std::string& statistic) {
    return {{"AWS/SageMaker", name, {{"EndpointName", "shop"}, {"VariantName", "AllTraffic"}}},
            statistic};
  }
  sim::ControlPolicy& step(int line, const std::string& name) {
    sim::ControlPolicy policy;
    policy.name = name;
    policy.kind = sim::PolicyKind::Step;
    policy.place = at(line);
    policy.name_place = at(line);
    policy.summary = "ChangeInCapacity +1";
    policy.scales_out = true;
    parts.policies.push_back(std::move(policy));
    return parts.policies.back();
  }
  sim::ControlPolicy& target_tracking(int line, const std::string& name) {
    using models::cloudwatch::ComparisonOperator;
    sim::ControlPolicy& policy = step(line, name);
    policy.kind = sim::PolicyKind::TargetTracking;
    policy.summary = "TargetValue 70";
    policy.scales_in = true;
    policy.source.metric = metric("InvocationsPerInstance", "Sum");
    policy.source_place = at(line);
    policy.specification = "SageMakerVariantInvocationsPerInstance";
    policy.alarms = {
        {"AlarmHigh", {ComparisonOperator::GreaterThanThreshold, 70, kMinute, 3, 3}},
        {"AlarmLow", {ComparisonOperator::LessThanThreshold, 0.9 * 70, kMinute, 15, 15}}};
    return policy;
  }
  sim::ControlAlarm& alarm(int line, const std::string& name,
                           const std::vector<std::string>& policies) {
    sim::ControlAlarm alarm;
    alarm.name = name;
    alarm.name_place = at(line);
    alarm.source.metric = metric("InvocationsPerInstance", "Sum");
    alarm.condition.threshold = 100;
    alarm.has_purpose = !policies.empty();
    for (std::size_t index = 0; index < parts.policies.size(); ++index) {
      for (const std::string& policy : policies) {
        if (parts.policies[index].name == policy) alarm.policies.push_back(index);
      }
    }
    parts.alarms.push_back(std::move(alarm));
    return parts.alarms.back();
  }
  sim::ControlScheduledAction& scheduled_action(int line, const std::string& name) {
    parts.scheduled_actions.push_back({name, 0, at(line), "cron(0 8 ? * MON-FRI *)"});
    return parts.scheduled_actions.back();
  }
  sim::ControlQuery expression(int line, const std::string& id, const std::string& text,
                               std::vector<std::string> uses, bool is_returned = false) const {
    return {id, at(line), {}, text, std::move(uses), is_returned};
  }
  sim::ControlQuery metric_query(int line, const std::string& id, const std::string& name) const {
    return {id, at(line), metric(name, "Sum"), {}, {}, false};
  }

  // All that is said, a line for each: "3: error: expected ..., found ... (hint)".
  std::string said() {
    sim::Diagnostics diagnostics;
    sim::check_control(parts, diagnostics);
    graph = sim::make_control_graph(parts, diagnostics);
    std::string text;
    for (const sim::Diagnostic& diagnostic : diagnostics.sorted()) {
      text += std::to_string(diagnostic.place.line) + ": " +
              std::string(to_string(diagnostic.severity)) + ": " + diagnostic.message;
      if (!diagnostic.hint.empty()) text += " (" + diagnostic.hint + ")";
      text += "\n";
    }
    return text;
  }

  sim::ControlParts parts;
  sim::ControlGraph graph;  // since said()

 private:
  static constexpr core::Duration kMinute = std::chrono::minutes{1};

  static std::string numbered_lines() {
    std::string text;
    for (int line = 1; line <= 30; ++line) text += "line " + std::to_string(line) + "\n";
    return text;
  }

  sim::SourceText source_;
};

}  // namespace tests
