#include "sim/report/markdown_report.hpp"

#include <fmt/format.h>

#include <vector>

#include "sim/report/answers.hpp"
#include "sim/report/assumption_list.hpp"
#include "sim/report/capacity_rows.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/load_chart.hpp"
#include "sim/report/mean_rows.hpp"
#include "sim/report/precision_text.hpp"
#include "sim/report/variant_rows.hpp"

namespace sim {
namespace {

void write_expectations(std::ostream& out, const RunReport& report) {
  if (report.expectations.empty()) return;
  out << "\n| | expected | actual | not met |\n| --- | --- | --- | --- |\n";
  for (const ExpectationResult& result : report.expectations) {
    std::string expected = expectation_text(result.expectation);
    if (result.expectation.because) expected += fmt::format(" ({})", *result.expectation.because);
    out << fmt::format("| {} | {} | {} | {} |\n", mark_of(result, false), markdown_text(expected),
                       markdown_text(result.actual_text), place_text(result));
  }
}

// A table whose first row is its header.
void write_rows(std::ostream& out, const std::vector<std::vector<std::string>>& rows) {
  std::string separator;
  for (const auto& row : rows) {
    if (separator.empty()) out << '\n';
    for (const std::string& cell : row) out << "| " << markdown_text(cell) << ' ';
    out << "|\n";
    if (!separator.empty()) continue;
    for (std::size_t column = 0; column < row.size(); ++column) separator += "| --- ";
    out << separator << "|\n";
  }
}

void write_means(std::ostream& out, const RunReport& report) {
  if (report.mean == nullptr) return;
  out << fmt::format("\n{} independent runs, means and what 95 % confidence adds:\n",
                     report.mean->run_count);
  write_rows(out, mean_rows(*report.mean));
  if (report.mean->precision) {
    out << "\nPrecision: " << markdown_text(precision_text(*report.mean->precision)) << '\n';
  }
  out << "\nThe first of them alone:\n";
}

void write_chart(std::ostream& out, const RunResult& result, bool is_ascii) {
  if (result.minutes.empty()) return;
  out << "\n```text\n";
  write_load_chart(out, result.minutes, {.is_ascii = is_ascii});
  out << "```\n";
}

void write_answers(std::ostream& out, const RunReport& report) {
  out << "\n| | |\n| --- | --- |\n";
  for (const Answer& answer : answers(report)) {
    std::string text;
    for (const std::string& line : answer.lines) text += (text.empty() ? "" : "; ") + line;
    out << fmt::format("| {} | {} |\n", answer.label, markdown_text(text));
  }
}

void write_capacity(std::ostream& out, const RunResult& result) {
  const std::vector<CapacityRow> rows = capacity_rows(result);
  if (rows.empty()) return;
  const bool has_variants = !result.variants.empty();
  out << (has_variants ? "\n| variant " : "\n") << "| instances | at | decided at | why |\n"
      << (has_variants ? "| --- " : "") << "| ---: | ---: | ---: | --- |\n";
  for (const CapacityRow& row : rows) {
    if (has_variants) out << fmt::format("| {} ", markdown_text(row.variant));
    out << fmt::format("| {} | {} | {} | {} |\n", humane_count(row.in_service), humane_time(row.at),
                       row.decided_at ? humane_time(*row.decided_at) : "", markdown_text(row.why));
  }
}

}  // namespace

void write_markdown(std::ostream& out, const RunReport& report, bool is_ascii) {
  const RunSettings& run = report.scenario.run;
  out << "## " << markdown_text(report.scenario.name) << "\n\n";
  const std::string_view mark = report.expectations.empty() ? ""
                                : has_failed(report)        ? "✗ "
                                : cannot_tell(report)       ? "? "
                                                            : "✓ ";
  out << fmt::format("{}Expectations: {} · {} simulated · seed {}\n", mark, verdict_text(report),
                     humane_span(run.duration), run.seed);
  write_expectations(out, report);
  write_means(out, report);
  write_chart(out, report.result, is_ascii);
  write_answers(out, report);
  write_rows(out, variant_rows(report));
  write_capacity(out, report.result);
  out << "\nAssumed:";
  std::string_view separator = " ";
  for (const NamedAssumption& assumption : assumption_list(report.scenario.assumptions)) {
    out << separator << markdown_text(assumption.name) << ' ' << markdown_text(assumption.value);
    if (!assumption.is_default()) {
      out << fmt::format(" (default {})", markdown_text(assumption.default_value));
    }
    separator = ", ";
  }
  out << '\n';
}

std::string markdown_text(std::string_view text) {
  std::string escaped;
  for (const char c : one_line(text)) {
    switch (c) {
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '&':
        escaped += "&amp;";
        break;
      case '\\':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '|':
      case '~':
      case '#':
        escaped += '\\';
        [[fallthrough]];
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace sim
