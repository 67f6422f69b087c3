#include "sim/report/report_files.hpp"

#include <filesystem>

#include "sim/report/atomic_file.hpp"
#include "sim/report/aws_json.hpp"
#include "sim/report/csv_report.hpp"
#include "sim/report/json_report.hpp"

namespace sim {
namespace {

template <class Write>
std::string write_file(const std::string& folder, const char* name, Write write) {
  AtomicFile file((std::filesystem::path(folder) / name).string());
  write(file.stream());
  return file.commit();
}

}  // namespace

std::string write_report_files(const RunReport& report, const std::string& folder) {
  std::string problem = make_folder(folder);
  const std::int64_t start = report.scenario.run.start_unix_s;
  const auto add = [&problem, &folder](const char* name, auto write) {
    if (problem.empty()) problem = write_file(folder, name, write);
  };
  add("summary.json", [&](std::ostream& out) {
    JsonWriter json(out, 1);
    write_summary(json, report);
  });
  add("timeseries.csv", [&](std::ostream& out) { write_timeseries_csv(out, report.result); });
  add("activities.json", [&](std::ostream& out) {
    JsonWriter json(out, kResultDepthInLines);
    write_activities_document(json, report.result.activities, start);
  });
  add("alarms.json", [&](std::ostream& out) {
    JsonWriter json(out, kResultDepthInLines);
    write_alarms_document(json, report.result.alarms, start);
  });
  return problem;
}

}  // namespace sim
