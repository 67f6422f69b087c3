#include "tools/headroom/run_result_writer.hpp"

#include "sim/report/csv_report.hpp"
#include "sim/report/json_report.hpp"
#include "sim/report/markdown_report.hpp"
#include "sim/report/table_report.hpp"

namespace headroom {

RunResultWriter::RunResultWriter(Console& console, bool has_several)
    : console_(console), has_several_(has_several) {
  if (console_.format() != OutputFormat::Json) return;
  json_.emplace(console_.out(), sim::kResultDepthInLines + (has_several_ ? 1 : 0));
  if (has_several_) json_->begin_array();
}

void RunResultWriter::write(const sim::RunReport& report) {
  const bool is_text =
      console_.format() == OutputFormat::Table || console_.format() == OutputFormat::Markdown;
  if (is_text && !is_first_) console_.out() << '\n';
  switch (console_.format()) {
    case OutputFormat::Table:
      sim::write_table(console_.out(), report, console_.style());
      break;
    case OutputFormat::Json:
      sim::write_result(*json_, report);
      break;
    case OutputFormat::Csv:
      write_csv(report);
      break;
    case OutputFormat::Markdown:
      sim::write_markdown(console_.out(), report, console_.style().is_ascii);
      break;
    case OutputFormat::None:
      break;
  }
  is_first_ = false;
}

void RunResultWriter::write_csv(const sim::RunReport& report) {
  if (!has_several_) return sim::write_timeseries_csv(console_.out(), report.result);
  if (is_first_) sim::write_csv_header(console_.out(), "file");
  sim::write_csv_rows(console_.out(), report.result, report.scenario.file);
}

void RunResultWriter::finish() {
  if (json_ && has_several_) json_->end_array();
}

}  // namespace headroom
