#include "tools/headroom/test_page.hpp"

#include <sstream>

#include "sim/report/html_page.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/page_origin.hpp"
#include "sim/study/coverage_recorder.hpp"
#include "tools/headroom/test_result_writer.hpp"
#include "tools/headroom/version.hpp"

namespace headroom {

void write_test_page(std::ostream& out, const std::vector<sim::TestedFile>& files,
                     const std::vector<sim::FileCoverage>* coverage, double least_share) {
  std::ostringstream data;
  sim::JsonWriter json(data, 2);
  json.begin_object();
  sim::write_page_origin(json, "test", {.version = kVersion, .sources = {}, .overrides = {}});
  json.key("test");
  write_json(json, files, coverage);
  json.key("coverage_share");
  coverage == nullptr ? json.null() : json.number(count_of(*coverage).share());
  json.key("least_coverage_share").number(least_share);
  json.key("unreadable").begin_array();
  for (const sim::TestedFile& file : files) {
    if (file.problem.empty()) continue;
    json.begin_object();
    json.key("file").string(file.file);
    json.key("problem").string(file.problem);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  sim::write_html_page(out, "headroom test", data.str());
}

}  // namespace headroom
