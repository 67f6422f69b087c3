#include "sim/report/policy_files.hpp"

#include <filesystem>

#include "sim/report/atomic_file.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/scaling_calls.hpp"
#include "sim/scenario/scaling_json.hpp"

namespace sim {
namespace {

std::string write_json_file(const std::string& folder, const std::string& name,
                            const JsonTree& tree) {
  AtomicFile file((std::filesystem::path(folder) / name).string());
  file.stream() << tree.dump(2) << '\n';
  return file.commit();
}

}  // namespace

std::string write_policy_files(const Scenario& scenario, const std::string& folder) {
  std::string problem = make_folder(folder);
  for (const ScalingCall& call : scaling_calls(scenario)) {
    if (problem.empty()) problem = write_json_file(folder, call.file, call.input);
  }
  if (problem.empty()) problem = write_json_file(folder, "scaling.json", scaling_json(scenario));
  return problem;
}

}  // namespace sim
