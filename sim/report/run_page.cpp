#include "sim/report/run_page.hpp"

#include <sstream>

#include "sim/report/html_page.hpp"
#include "sim/report/run_data.hpp"

namespace sim {

void write_run_page(std::ostream& out, const RunReport& report, const PageOrigin& origin) {
  std::ostringstream data;
  JsonWriter json(data, 2);
  json.begin_object();
  write_page_origin(json, "run", origin);
  json.key("run");
  write_run_data(json, report);
  json.end_object();
  write_html_page(out, report.scenario.name, data.str());
}

}  // namespace sim
