#include "sim/report/scaling_calls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>

#include "sim/scenario/scaling_json.hpp"

namespace sim {
namespace {

// In the order in which AWS accepts them: an action belongs to a target, an alarm names a policy.
struct Operation {
  const char* list;
  const char* service;
  const char* operation;
  const char* name_key;  // empty: a target has no name
};
constexpr std::array kOperations{
    Operation{"ScalableTargets", "application-autoscaling", "register-scalable-target", ""},
    Operation{"ScalingPolicies", "application-autoscaling", "put-scaling-policy", "PolicyName"},
    Operation{"ScheduledActions", "application-autoscaling", "put-scheduled-action",
              "ScheduledActionName"},
    Operation{"MetricAlarms", "cloudwatch", "put-metric-alarm", "AlarmName"},
};

// A name of AWS's may hold what a file system takes for something else.
std::string file_part(std::string_view name) {
  std::string part;
  for (const char c : name) {
    const bool is_plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
    part += is_plain ? c : '_';
  }
  return part;
}

class FileNames {
 public:
  std::string of(const std::string& operation, const std::string& name) {
    std::string file = operation;
    std::replace(file.begin(), file.end(), '-', '_');
    if (!name.empty()) file += "." + file_part(name);
    std::string unique = file;
    for (int i = 2; !taken_.insert(unique).second; ++i) unique = fmt::format("{}-{}", file, i);
    return unique + ".json";
  }

 private:
  std::set<std::string> taken_;
};

// A suspension that is not asked for would end one that somebody else has set, and what happens
// with few samples is a question of percentiles alone.
JsonTree without_what_needs_no_saying(JsonTree input) {
  if (const auto suspended = input.find("SuspendedState"); suspended != input.end()) {
    const bool is_none = std::all_of(suspended->begin(), suspended->end(),
                                     [](const JsonTree& each) { return each == false; });
    if (is_none) input.erase("SuspendedState");
  }
  if (!input.contains("ExtendedStatistic")) input.erase("EvaluateLowSampleCountPercentile");
  return input;
}

}  // namespace

std::vector<ScalingCall> scaling_calls(const Scenario& scenario) {
  const JsonTree lists = scaling_json(scenario);
  std::vector<ScalingCall> calls;
  FileNames files;
  for (const Operation& kind : kOperations) {
    for (const JsonTree& entry : lists[kind.list]) {
      const std::string key = kind.name_key;
      const std::string name = key.empty() ? "" : entry[key].get<std::string>();
      calls.push_back({kind.service, kind.operation, name, files.of(kind.operation, name),
                       without_what_needs_no_saying(entry)});
    }
  }
  return calls;
}

}  // namespace sim
