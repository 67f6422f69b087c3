#include "sim/report/policy_numbers.hpp"

#include <fmt/format.h>

#include <variant>

#include "sim/report/humane_text.hpp"

namespace sim {
namespace {

using models::autoscaling::CustomizedMetric;
using models::autoscaling::PredefinedMetric;
using models::autoscaling::PredefinedMetricType;
using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::TargetTrackingConfiguration;

std::string line_of(const TargetTrackingConfiguration& policy, const ScenarioVariant& variant) {
  const std::string target = humane_number(policy.target_value, 6);
  const std::string name = one_line(policy.policy_name);
  if (const auto* custom = std::get_if<CustomizedMetric>(&policy.metric)) {
    const std::string metric = custom->metrics.empty() ? custom->metric.name : "metric math";
    return fmt::format("TargetValue {} of {} in {}", target, one_line(metric), name);
  }
  const PredefinedMetricType type = std::get<PredefinedMetric>(policy.metric).type;
  if (type != PredefinedMetricType::InvocationsPerInstance) {
    return fmt::format("TargetValue {} of {} in {}", target, to_string(type), name);
  }
  const double served = variant.variant.throughput.per_second() * 60;
  std::string line = fmt::format("TargetValue {} invocations a minute in {}", target, name);
  if (served > 0) {
    line += fmt::format(": {} of the {} that one instance serves",
                        humane_share(policy.target_value / served), humane_number(served, 4));
  }
  return line;
}

std::string line_of(const StepScalingConfiguration& policy, const ScenarioVariant&) {
  const auto steps = static_cast<std::int64_t>(policy.step_adjustments.size());
  return fmt::format("{} of {} in {}", counted(steps, "step", "steps"),
                     to_string(policy.adjustment_type), one_line(policy.policy_name));
}

}  // namespace

std::vector<std::string> policy_number_lines(const Scenario& scenario) {
  std::vector<std::string> lines;
  for (const ScenarioVariant& variant : scenario.variants) {
    for (const auto& policy : variant.policies) {
      lines.push_back(std::visit([&](const auto& of) { return line_of(of, variant); }, policy));
    }
    if (!variant.scalable_target) continue;
    lines.push_back(fmt::format("MinCapacity {}, MaxCapacity {}",
                                variant.scalable_target->min_capacity.value,
                                variant.scalable_target->max_capacity.value));
    if (scenario.variants.size() > 1) {
      lines.back() += " of " + one_line(variant.variant.variant_name);
    }
  }
  if (lines.empty()) lines.emplace_back("none: no policy scales it");
  return lines;
}

}  // namespace sim
