#include "sim/report/policy_files.hpp"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <filesystem>
#include <set>
#include <string_view>

#include "sim/report/atomic_file.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/scenario/scaling_json.hpp"

namespace sim {
namespace {

struct Call {
  std::string_view list;
  std::string_view file;
  std::string_view name_key;  // empty: the first has no name
};
constexpr std::array kCalls{
    Call{"ScalableTargets", "register_scalable_target", ""},
    Call{"ScalingPolicies", "put_scaling_policy", "PolicyName"},
    Call{"ScheduledActions", "put_scheduled_action", "ScheduledActionName"},
    Call{"MetricAlarms", "put_metric_alarm", "AlarmName"},
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

std::string write_json_file(const std::string& folder, const std::string& name,
                            const JsonTree& tree) {
  AtomicFile file((std::filesystem::path(folder) / name).string());
  file.stream() << tree.dump(2) << '\n';
  return file.commit();
}

}  // namespace

std::string write_policy_files(const Scenario& scenario, const std::string& folder) {
  const JsonTree lists = scaling_json(scenario);
  std::string problem = make_folder(folder);
  std::set<std::string> names;
  for (const Call& call : kCalls) {
    for (const JsonTree& entry : lists[std::string(call.list)]) {
      std::string name(call.file);
      if (!call.name_key.empty()) {
        name += "." + file_part(entry[std::string(call.name_key)].get<std::string>());
      }
      std::string unique = name;
      for (int i = 2; !names.insert(unique).second; ++i) unique = fmt::format("{}-{}", name, i);
      if (problem.empty()) problem = write_json_file(folder, unique + ".json", entry);
    }
  }
  if (problem.empty()) problem = write_json_file(folder, "scaling.json", lists);
  return problem;
}

}  // namespace sim
