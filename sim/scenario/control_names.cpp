#include "sim/scenario/control_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sim {
namespace {

using models::autoscaling::StepScalingConfiguration;

constexpr std::string_view kPolicyName = ":policyName/";

// The PolicyName in the ARN of a scaling policy, or the text itself; empty: the ARN of something
// else.
std::string_view policy_named_by(std::string_view action) {
  if (!action.starts_with("arn:")) return action;
  const std::size_t name = action.find(kPolicyName);
  if (action.find(":scalingPolicy:") == std::string_view::npos || name == std::string_view::npos) {
    return {};
  }
  action.remove_prefix(name + kPolicyName.size());
  return action.substr(0, action.find(":createdBy/"));
}

// sns, lambda, ec2, ssm and so on.
std::string_view service_of(std::string_view arn) {
  arn.remove_prefix(std::min(arn.size(), arn.find(':', 4) + 1));
  return arn.substr(0, arn.find(':'));
}

bool contains(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

PolicyNames::PolicyNames(std::span<const ScenarioVariant> variants) {
  for (const ScenarioVariant& variant : variants) {
    std::set<std::string_view> known;  // a name that a variant has twice was reported
    for (const auto& policy : variant.policies) {
      const std::string_view name = policy_name_of(policy);
      if (!known.insert(name).second) continue;
      const bool is_step = std::holds_alternative<StepScalingConfiguration>(policy);
      (is_step ? steps_ : trackings_).push_back(name);
    }
  }
}

std::string_view PolicyNames::find(const AlarmActionDraft& action, Diagnostics& diagnostics) const {
  const std::string_view name = policy_named_by(action.text);
  if (name.empty()) {
    report(diagnostics, Severity::Warning, action.place, "other-action",
           fmt::format("this action is of {} and is passed over: only scaling policies are "
                       "simulated",
                       service_of(action.text)));
    return {};
  }
  const auto known = std::count(steps_.begin(), steps_.end(), name);
  if (known == 1) return *std::find(steps_.begin(), steps_.end(), name);
  if (known > 1) {
    report(diagnostics, Severity::Error, action.place, "ambiguous-policy",
           fmt::format("expected the name of one step policy, found {}, which policies of {} "
                       "variants have",
                       in_quotes(name), known),
           "give the policies different names");
  } else if (contains(trackings_, name)) {
    report(diagnostics, Severity::Error, action.place, "unknown-policy",
           fmt::format("expected the name of a step policy, found the target-tracking policy {}",
                       in_quotes(name)),
           "target tracking makes its own alarms");
  } else {
    report(diagnostics, Severity::Error, action.place, "unknown-policy",
           fmt::format("expected the name of a step policy or its ARN, found {}", in_quotes(name)),
           steps_.empty() ? "there is no step policy here" : did_you_mean(name, steps_));
  }
  return {};
}

void PolicyNames::check_other(const AlarmActionDraft& action, Diagnostics& diagnostics) const {
  const bool is_ours =
      action.text.find(":scalingPolicy:") != std::string::npos || contains(steps_, action.text);
  if (!is_ours) return;
  report(diagnostics, Severity::Warning, action.place, "action-without-effect",
         "a scaling policy acts on ALARM alone: this action does nothing");
}

}  // namespace sim
