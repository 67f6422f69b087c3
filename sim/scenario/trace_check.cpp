#include "sim/scenario/trace_check.hpp"

#include <fmt/format.h>

#include <utility>

#include "models/traffic/trace_reader.hpp"

namespace sim {
namespace {

using models::traffic::TraceError;
using models::traffic::TraceTraffic;

// The key of the scenario that names this column of the trace.
const Node* column_key(const Section& section, const TraceTraffic& trace,
                       const std::string& column) {
  if (column == trace.time_column) return section.find("time");
  if (trace.value_column && column == *trace.value_column) return section.find("value");
  return nullptr;
}

void report_trace(const TraceError& error, const TraceTraffic& trace, const Section& section) {
  const std::string field =
      error.column.empty() ? "" : fmt::format("in column {}: ", in_quotes(error.column));
  // A column that the header lacks is a mistake of the scenario as likely as one of the trace.
  const Node* key = error.line == 1 ? column_key(section, trace, error.column) : nullptr;
  std::string hint;
  if (key != nullptr) {
    const SourcePlace place = to_source_place(key->place);
    hint = fmt::format("{}:{} names that column", place.file, place.line);
  }
  section.diagnostics().add_error({trace.file, static_cast<int>(error.line), 0}, "bad-trace",
                                  field + error.message, std::move(hint));
}

}  // namespace

std::optional<core::Duration> check_trace(const TraceTraffic& trace, const Section& section,
                                          const FileOpener& open) {
  InputFile file = open(trace.file);
  const Node& path = *section.find("file");
  if (file.stream == nullptr) {
    report(section.diagnostics(), Severity::Error, path.place, "missing-file",
           fmt::format("expected a trace at {}, found {}", in_quotes(trace.file), file.problem));
    return std::nullopt;
  }
  models::traffic::TraceReader reader(std::move(file.stream), trace);
  const models::traffic::TraceSummary summary = models::traffic::summarize(reader);
  if (summary.error) {
    report_trace(*summary.error, trace, section);
    return std::nullopt;
  }
  if (summary.requests == 0) {
    report(section.diagnostics(), Severity::Error, path.place, "empty-trace",
           fmt::format("expected requests in {}, found none", in_quotes(trace.file)));
    return std::nullopt;
  }
  return summary.end;
}

}  // namespace sim
