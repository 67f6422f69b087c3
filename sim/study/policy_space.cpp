#include "sim/study/policy_space.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "sim/study/step_numbers.hpp"

namespace sim {
namespace {

using core::in_seconds;
using models::autoscaling::PredefinedMetric;
using models::autoscaling::PredefinedMetricType;
using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::TargetTrackingConfiguration;
using models::cloudwatch::AlarmConfiguration;

constexpr std::array kCooldowns{0.0,   10.0,  30.0,  60.0,  90.0,  120.0,
                                180.0, 240.0, 300.0, 420.0, 600.0, 900.0};
constexpr std::array kPeriods{60.0, 120.0, 180.0, 300.0, 600.0, 900.0};
constexpr std::array kPeriodCounts{1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 15.0};
constexpr double kDay_s = 86'400;

void insert_value(std::vector<double>& values, double value) {
  const auto place = std::lower_bound(values.begin(), values.end(), value);
  if (place == values.end() || *place != value) values.insert(place, value);
}

template <class T>
T& policy_of(Scenario& scenario, std::size_t variant, std::size_t policy) {
  return std::get<T>(scenario.variants[variant].policies[policy]);
}
template <class T>
const T& policy_of(const Scenario& scenario, std::size_t variant, std::size_t policy) {
  return std::get<T>(scenario.variants[variant].policies[policy]);
}

core::Duration seconds_of(double value) {
  return std::chrono::seconds{static_cast<std::int64_t>(std::llround(value))};
}

// From a tenth of what an instance can bear to all of it; of a metric that says nothing about
// instances, from a fifth of what is written to five times that.
std::vector<double> target_values(const TargetTrackingConfiguration& policy,
                                  const models::endpoint::EndpointVariant& variant) {
  const auto* predefined = std::get_if<PredefinedMetric>(&policy.metric);
  if (predefined != nullptr && predefined->type == PredefinedMetricType::InvocationsPerInstance) {
    const double most = variant.throughput.per_minute();
    return round_numbers(most / 10, most);
  }
  const auto* customized = std::get_if<models::autoscaling::CustomizedMetric>(&policy.metric);
  if (customized != nullptr && customized->metrics.empty() &&
      customized->metric.name == "CPUUtilization") {
    const double most = 100.0 * variant.vcpus.value;
    return round_numbers(most / 10, most);
  }
  constexpr double kFar = 5;
  return round_numbers(policy.target_value / kFar, policy.target_value * kFar);
}

std::vector<double> capacities(std::int32_t least, std::int32_t most) {
  std::vector<double> values;
  for (std::int32_t value = least; value <= most;) {
    values.push_back(value);
    constexpr std::int32_t kEach = 20;
    value += value < kEach ? 1 : value / kEach;
  }
  return values;
}

// a count gives way to another.
void repair(AlarmConfiguration& alarm) {
  alarm.datapoints_to_alarm = std::min(alarm.datapoints_to_alarm, alarm.evaluation_periods);
}
bool is_allowed(const AlarmConfiguration& alarm) {
  return in_seconds(period_of(alarm)) * alarm.evaluation_periods <= kDay_s;
}

// A MaxCapacity below MinCapacity is raised to it; the endpoint begins within the bounds, and where
// it began at MinCapacity it still does.
void repair(ScenarioVariant& variant, std::int32_t min_as_written) {
  if (!variant.scalable_target) return;
  auto& target = *variant.scalable_target;
  target.max_capacity = std::max(target.max_capacity, target.min_capacity);
  std::int32_t& initial = variant.variant.initial_instances;
  if (initial == min_as_written) initial = std::max(1, target.min_capacity.value);
  initial = std::clamp(initial, target.min_capacity.value, target.max_capacity.value);
}

template <class Policy>
PolicyNumber cooldown_number(std::string name, std::string field, core::Duration Policy::*cooldown,
                             std::size_t variant, std::size_t policy) {
  PolicyNumber number;
  number.name = std::move(name) + "." + field;
  number.field = std::move(field);
  number.group = NumberGroup::Cooldowns;
  if (number.field != "ScaleInCooldown") number.eager = PolicyNumber::Eager::Lowest;
  number.values.assign(kCooldowns.begin(), kCooldowns.end());
  number.read = [=](const Scenario& scenario) {
    return in_seconds(policy_of<Policy>(scenario, variant, policy).*cooldown);
  };
  number.write = [=](Scenario& scenario, double value) {
    policy_of<Policy>(scenario, variant, policy).*cooldown = seconds_of(value);
  };
  return number;
}

PolicyNumber target_number(const Scenario& scenario, std::size_t variant, std::size_t policy) {
  using Policy = TargetTrackingConfiguration;
  const Policy& written = policy_of<Policy>(scenario, variant, policy);
  PolicyNumber number;
  number.name = written.policy_name + ".TargetValue";
  number.field = "TargetValue";
  number.eager = PolicyNumber::Eager::Lowest;
  number.group = NumberGroup::Target;
  number.values = target_values(written, scenario.variants[variant].variant);
  number.read = [=](const Scenario& s) {
    return policy_of<Policy>(s, variant, policy).target_value;
  };
  number.write = [=](Scenario& s, double value) {
    policy_of<Policy>(s, variant, policy).target_value = value;
  };
  return number;
}

PolicyNumber bound_number(
    const Scenario& scenario, std::size_t variant, std::string field,
    core::InstanceCount models::autoscaling::ScalableTargetConfiguration::*bound,
    std::int32_t most) {
  PolicyNumber number;
  const std::string& owner = scenario.variants[variant].variant.variant_name;
  number.name = scenario.variants.size() == 1 ? field : owner + "." + field;
  number.field = std::move(field);
  number.group = NumberGroup::Bounds;
  number.values = capacities(1, most);  // a variant that answers has an instance
  number.read = [=](const Scenario& s) {
    return static_cast<double>(((*s.variants[variant].scalable_target).*bound).value);
  };
  number.write = [=](Scenario& s, double value) {
    ((*s.variants[variant].scalable_target).*bound).value =
        static_cast<std::int32_t>(std::lround(value));
  };
  return number;
}

template <class T>
PolicyNumber alarm_number(const AlarmConfiguration& alarm, std::string field,
                          T AlarmConfiguration::*part, std::vector<double> values,
                          std::size_t index) {
  PolicyNumber number;
  number.name = alarm.name + "." + field;
  number.field = std::move(field);
  number.group = NumberGroup::Alarms;
  number.values = std::move(values);
  using models::cloudwatch::ComparisonOperator;
  if (alarm.comparison == ComparisonOperator::GreaterThanThreshold ||
      alarm.comparison == ComparisonOperator::GreaterThanOrEqualToThreshold) {
    number.eager = PolicyNumber::Eager::Lowest;
  }
  number.read = [=](const Scenario& s) {
    if constexpr (std::is_same_v<T, core::Duration>) {
      return in_seconds(s.alarms[index].*part);
    } else {
      return static_cast<double>(s.alarms[index].*part);
    }
  };
  number.write = [=](Scenario& s, double value) {
    if constexpr (std::is_same_v<T, core::Duration>) {
      s.alarms[index].*part = seconds_of(value);
    } else {
      s.alarms[index].*part = static_cast<T>(value);
    }
  };
  return number;
}

}  // namespace

std::string_view to_string(NumberGroup group) {
  switch (group) {
    case NumberGroup::Target:
      return "target";
    case NumberGroup::Cooldowns:
      return "cooldowns";
    case NumberGroup::Bounds:
      return "bounds";
    case NumberGroup::Steps:
      return "steps";
    case NumberGroup::Alarms:
      return "alarms";
  }
  return {};
}

std::vector<double> round_numbers(double low, double high) {
  struct Stretch {
    int end;
    int step;
  };
  // In hundredths of the decade.
  constexpr std::array kStretches{Stretch{200, 2}, Stretch{500, 5}, Stretch{1000, 10}};
  std::vector<double> values;
  const int first = static_cast<int>(std::floor(std::log10(low)));
  const int last = static_cast<int>(std::floor(std::log10(high)));
  for (int decade = first; decade <= last; ++decade) {
    int hundredths = 100;
    for (const Stretch& stretch : kStretches) {
      for (; hundredths < stretch.end; hundredths += stretch.step) {
        // One rounding, so that 4,200 is 4,200 to the last bit.
        const double value = decade >= 2 ? hundredths * std::pow(10.0, decade - 2)
                                         : hundredths / std::pow(10.0, 2 - decade);
        if (value >= low && value <= high) values.push_back(value);
      }
    }
  }
  if (values.empty()) values.push_back(low);
  return values;
}

PolicySpace::PolicySpace(const Scenario& scenario, std::int32_t most_instances)
    : scenario_(scenario) {
  for (std::size_t i = 0; i < scenario.variants.size(); ++i) {
    add_variant(scenario, i, most_instances);
  }
  for (std::size_t i = 0; i < scenario.alarms.size(); ++i) add_alarm(scenario, i);
  add_paths(scenario);
  for (PolicyNumber& number : numbers_) insert_value(number.values, number.read(scenario));
}

void PolicySpace::add_variant(const Scenario& scenario, std::size_t variant,
                              std::int32_t most_instances) {
  const ScenarioVariant& owner = scenario.variants[variant];
  if (!owner.scalable_target) return;
  using Target = models::autoscaling::ScalableTargetConfiguration;
  const std::int32_t most = std::max(most_instances, owner.scalable_target->max_capacity.value);
  numbers_.push_back(bound_number(scenario, variant, "MinCapacity", &Target::min_capacity, most));
  numbers_.push_back(bound_number(scenario, variant, "MaxCapacity", &Target::max_capacity, most));
  for (std::size_t i = 0; i < owner.policies.size(); ++i) {
    const std::string& name = policy_name_of(owner.policies[i]);
    if (std::holds_alternative<TargetTrackingConfiguration>(owner.policies[i])) {
      using Policy = TargetTrackingConfiguration;
      numbers_.push_back(target_number(scenario, variant, i));
      numbers_.push_back(
          cooldown_number(name, "ScaleOutCooldown", &Policy::scale_out_cooldown, variant, i));
      numbers_.push_back(
          cooldown_number(name, "ScaleInCooldown", &Policy::scale_in_cooldown, variant, i));
    } else {
      numbers_.push_back(
          cooldown_number(name, "Cooldown", &StepScalingConfiguration::cooldown, variant, i));
      for (PolicyNumber& number : step_numbers(scenario, variant, i, most)) {
        numbers_.push_back(std::move(number));
      }
    }
  }
}

void PolicySpace::add_alarm(const Scenario& scenario, std::size_t index) {
  const AlarmConfiguration& alarm = scenario.alarms[index];
  if (alarm.alarm_actions.empty()) return;
  const std::vector<double> counts(kPeriodCounts.begin(), kPeriodCounts.end());
  const auto add = [&](PolicyNumber number) { numbers_.push_back(std::move(number)); };
  add(alarm_number(alarm, "EvaluationPeriods", &AlarmConfiguration::evaluation_periods, counts,
                   index));
  add(alarm_number(alarm, "DatapointsToAlarm", &AlarmConfiguration::datapoints_to_alarm, counts,
                   index));
  if (alarm.threshold > 0) {
    constexpr double kFar = 4;
    add(alarm_number(alarm, "Threshold", &AlarmConfiguration::threshold,
                     round_numbers(alarm.threshold / kFar, alarm.threshold * kFar), index));
  }
  // Periods below a minute are of metrics that have such datapoints; those of metric math are in
  // its queries.
  if (alarm.metrics.empty() && alarm.period >= std::chrono::minutes{1}) {
    add(alarm_number(alarm, "Period", &AlarmConfiguration::period,
                     {kPeriods.begin(), kPeriods.end()}, index));
  }
}

// Lists are written in the order of the variants, and those of a variant in the order of the file.
void PolicySpace::add_paths(const Scenario& scenario) {
  const auto add = [this](std::string_view owner, const std::string& path) {
    for (PolicyNumber& number : numbers_) {
      if (!number.name.starts_with(owner) || !number.paths.empty()) continue;
      const std::string_view rest = std::string_view(number.name).substr(owner.size());
      number.paths.push_back(fmt::format("{}.{}", path, rest));
      if (!number.twin.empty()) number.paths.push_back(fmt::format("{}.{}", path, number.twin));
    }
  };
  for (std::size_t i = 0; i < scenario.alarms.size(); ++i) {
    add(scenario.alarms[i].name + ".", fmt::format("scaling.MetricAlarms[{}]", i));
  }
  std::size_t policies = 0;
  for (const ScenarioVariant& variant : scenario.variants) {
    for (const auto& policy : variant.policies) {
      const bool is_tracking = std::holds_alternative<TargetTrackingConfiguration>(policy);
      add(policy_name_of(policy) + ".",
          fmt::format("scaling.ScalingPolicies[{}].{}ScalingPolicyConfiguration", policies++,
                      is_tracking ? "TargetTracking" : "Step"));
    }
  }
  // The bounds are what is left; with one variant they have no owner's name.
  std::size_t targets = 0;
  for (const ScenarioVariant& variant : scenario.variants) {
    if (!variant.scalable_target) continue;
    add(scenario.variants.size() == 1 ? "" : variant.variant.variant_name + ".",
        fmt::format("scaling.ScalableTargets[{}]", targets++));
  }
}

void PolicySpace::keep(const std::vector<std::size_t>& indices) {
  std::vector<PolicyNumber> kept;
  for (const std::size_t index : indices) kept.push_back(numbers_[index]);
  numbers_ = std::move(kept);
}

void PolicySpace::set_values(std::size_t number, std::vector<double> values) {
  insert_value(values, numbers_[number].read(scenario_));
  numbers_[number].values = std::move(values);
}

PolicySpace::Point PolicySpace::written() const {
  Point point;
  for (const PolicyNumber& number : numbers_) {
    const auto place =
        std::lower_bound(number.values.begin(), number.values.end(), number.read(scenario_));
    point.push_back(static_cast<std::size_t>(place - number.values.begin()));
  }
  return point;
}

PolicySpace::Point PolicySpace::most_eager() const {
  Point point = written();
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    if (numbers_[i].eager == PolicyNumber::Eager::Lowest) point[i] = 0;
    if (numbers_[i].eager == PolicyNumber::Eager::Highest) point[i] = numbers_[i].values.size() - 1;
  }
  return point;
}

std::optional<Scenario> PolicySpace::scenario_at(const Point& point) const {
  Scenario scenario = scenario_;
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    numbers_[i].write(scenario, numbers_[i].values[point[i]]);
  }
  for (std::size_t i = 0; i < scenario.variants.size(); ++i) {
    const auto& target = scenario_.variants[i].scalable_target;
    repair(scenario.variants[i], target ? target->min_capacity.value : 0);
    for (const auto& policy : scenario.variants[i].policies) {
      const auto* steps = std::get_if<StepScalingConfiguration>(&policy);
      if (steps != nullptr && !steps_are_allowed(*steps)) return std::nullopt;
    }
  }
  for (AlarmConfiguration& alarm : scenario.alarms) {
    repair(alarm);
    if (!is_allowed(alarm)) return std::nullopt;
  }
  return scenario;
}

std::optional<PolicySpace::Point> PolicySpace::admit(const Point& point) const {
  const std::optional<Scenario> scenario = scenario_at(point);
  if (!scenario) return std::nullopt;
  Point admitted = point;
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    const std::vector<double>& values = numbers_[i].values;
    const double value = numbers_[i].read(*scenario);
    const auto place = std::lower_bound(values.begin(), values.end(), value);
    // What another number forced may be none of the values of this one.
    if (place == values.end() || *place != value) return std::nullopt;
    admitted[i] = static_cast<std::size_t>(place - values.begin());
  }
  return admitted;
}

}  // namespace sim
