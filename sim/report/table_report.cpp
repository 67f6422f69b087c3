#include "sim/report/table_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/report/answers.hpp"
#include "sim/report/assumption_list.hpp"
#include "sim/report/capacity_rows.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/load_chart.hpp"
#include "sim/report/mean_rows.hpp"
#include "sim/report/precision_text.hpp"
#include "sim/report/variant_rows.hpp"
#include "sim/scenario/summary_keys.hpp"

namespace sim {
namespace {

constexpr std::size_t kLabelWidth = 11;
constexpr std::size_t kLineWidth = 100;
constexpr std::size_t kNarrowest = 30;  // of a column that is wrapped
// An expectation longer than this pushes its own line to the right, not everybody's.
constexpr std::size_t kWidestExpectation = 44;
// A run of days may scale hundreds of times: the beginning and the end are shown.
constexpr std::size_t kMostRows = 30;

class TableWriter {
 public:
  TableWriter(std::ostream& out, const RunReport& report, const TextStyle& style)
      : out_(out), report_(report), style_(style) {}

  void write() {
    write_header();
    write_expectations();
    out_ << '\n';
    write_means();
    write_chart();
    for (const Answer& answer : answers(report_)) {
      std::string_view label = answer.label;
      for (const std::string& line : answer.lines) write_line(std::exchange(label, ""), line);
    }
    write_variants();
    write_capacity();
    write_phases();
    write_assumptions();
    if (has_failed(report_)) {
      write_line("NEXT", fmt::format("headroom run {} --out DIR   the minutes, alarms and "
                                     "activities behind this",
                                     one_line(report_.scenario.file)));
    }
  }

 private:
  std::string painted(std::string_view text, std::string_view code) const {
    return sim::painted(text, code, style_.colour);
  }

  void write_line(std::string_view label, std::string_view text) {
    out_ << painted(padded(label, kLabelWidth), kBold) << text << '\n';
  }

  void write_header() {
    const RunSettings& run = report_.scenario.run;
    out_ << painted(one_line(report_.scenario.name), kBold)
         << fmt::format("   {} simulated   seed {}", humane_span(run.duration), run.seed);
    if (run.warm_up.count() > 0) {
      out_ << fmt::format("   numbers without the first {}", humane_span(run.warm_up));
    }
    out_ << "\n\n";
  }

  void write_expectations() {
    const std::string_view code = report_.expectations.empty() ? kDim
                                  : has_failed(report_)        ? kRed
                                  : cannot_tell(report_)       ? kBold
                                                               : kGreen;
    write_line("EXPECT", painted(verdict_text(report_), code));
    std::size_t width = 0;
    std::size_t actual_width = 0;
    for (const ExpectationResult& result : report_.expectations) {
      width = std::max(width, std::min(width_of(name_of(result)), kWidestExpectation));
      actual_width =
          std::max(actual_width, width_of(measured_text(one_line(result.actual_text), style_)));
    }
    for (const ExpectationResult& result : report_.expectations) {
      std::string line =
          fmt::format("{}   {}", padded(name_of(result), width),
                      padded(measured_text(one_line(result.actual_text), style_), actual_width));
      if (const std::string place = place_text(result); !place.empty()) line += "   " + place;
      if (result.expectation.because) {
        line += fmt::format("   ({})", one_line(*result.expectation.because));
      }
      line.erase(line.find_last_not_of(' ') + 1);
      const std::string_view colour = result.passed ? kGreen : result.has_failed() ? kRed : kBold;
      out_ << "  " << painted(mark_of(result, style_.is_ascii), colour) << ' ' << line << '\n';
    }
  }

  void write_chart() {
    if (style_.width < kNarrowestChart || report_.result.minutes.empty()) return;
    write_load_chart(out_, report_.result.minutes, style_);
    out_ << '\n';
  }

  void write_means() {
    if (report_.mean == nullptr) return;
    write_line("RUNS",
               fmt::format("{} independent runs: means, and what 95 % confidence adds",
                           humane_count(static_cast<std::int64_t>(report_.mean->run_count))));
    auto rows = mean_rows(*report_.mean);
    for (auto& row : rows) row.back() = measured_text(row.back(), style_);
    write_rows(rows, summary_keys().size());
    if (report_.mean->precision) {
      out_ << '\n';
      write_line("PRECISION", precision_text(*report_.mean->precision));
    }
    out_ << '\n';
    write_line("FIRST", "the first of them alone:");
  }

  static std::string name_of(const ExpectationResult& result) {
    return one_line(expectation_text(result.expectation));
  }

  void write_rows(const std::vector<std::vector<std::string>>& rows, std::size_t most = kMostRows) {
    std::vector<std::size_t> widths(rows.front().size());
    for (const auto& row : rows) {
      for (std::size_t column = 0; column < row.size(); ++column) {
        widths[column] = std::max(widths[column], width_of(row[column]));
      }
    }
    const std::size_t shown_at_each_end = most / 2;
    const std::size_t cut = rows.size() - 1 > most ? rows.size() - 1 - most : 0;
    for (std::size_t index = 0; index < rows.size(); ++index) {
      if (cut > 0 && index == shown_at_each_end + 1) {
        out_ << painted(fmt::format("  ... {} more: -o json has all of them\n", cut), kDim);
        index += cut;
      }
      write_row(rows[index], widths, index == 0 ? kDim : std::string_view{});
    }
  }

  // The last column goes on in lines of its own, below where it began.
  void write_row(const std::vector<std::string>& row, const std::vector<std::size_t>& widths,
                 std::string_view code) {
    std::string line;
    for (std::size_t column = 0; column + 1 < widths.size(); ++column) {
      line += "  " + padded(row[column], widths[column]);
    }
    line += "  ";
    const std::size_t indent = width_of(line);
    const std::size_t width = kLineWidth > indent + kNarrowest ? kLineWidth - indent : kNarrowest;
    for (const std::string& part : wrapped(row.back(), width)) {
      line += part;
      line.erase(line.find_last_not_of(' ') + 1);
      out_ << (code.empty() ? line : painted(line, code)) << '\n';
      line = std::string(indent, ' ');
    }
  }

  void write_variants() {
    const auto rows = variant_rows(report_);
    if (rows.empty()) return;
    out_ << '\n';
    write_line("VARIANTS", "each on its own; a shadow variant gets copies and answers nobody");
    write_rows(rows);
  }

  void write_capacity() {
    const bool has_variants = !report_.result.variants.empty();
    std::vector<std::vector<std::string>> rows = {{"instances", "at", "decided at", "why"}};
    if (has_variants) rows.front().insert(rows.front().begin(), "variant");
    for (const CapacityRow& row : capacity_rows(report_.result)) {
      rows.push_back({humane_count(row.in_service), humane_time(row.at),
                      row.decided_at ? humane_time(*row.decided_at) : "", row.why});
      if (has_variants) rows.back().insert(rows.back().begin(), row.variant);
    }
    if (rows.size() == 1) return;
    out_ << '\n';
    write_line("WHY", "when each number of instances was in service");
    write_rows(rows);
  }

  void write_phases() {
    if (report_.result.phases.empty()) return;
    std::vector<std::vector<std::string>> rows = {
        {"phase", "stream", "from", "to", "requests", "errors", "p50", "p99", "instances"}};
    const auto latency = [](const std::optional<double>& value) {
      return value ? humane_seconds(*value) : std::string("-");
    };
    for (const PhaseResult& phase : report_.result.phases) {
      const Summary& summary = phase.summary;
      rows.push_back({one_line(phase.name), one_line(phase.stream), humane_time(phase.from),
                      humane_time(phase.to), humane_count(summary.requests.total),
                      summary.errors.rate ? humane_share(*summary.errors.rate) : "-",
                      latency(summary.latency.p50), latency(summary.latency.p99),
                      summary.instances.min == summary.instances.max
                          ? humane_count(summary.instances.max)
                          : fmt::format("{} to {}", summary.instances.min, summary.instances.max)});
    }
    out_ << '\n';
    write_line("PHASES", "all streams together, while each phase lasted");
    write_rows(rows);
  }

  // What differs from the default stands out; the others are packed into lines.
  void write_assumptions() {
    const std::vector<NamedAssumption> all = assumption_list(report_.scenario.assumptions);
    std::vector<std::vector<std::string>> rows = {{"option", "value", "default", "meaning"}};
    std::vector<std::string> defaults;
    for (const NamedAssumption& assumption : all) {
      if (assumption.is_default()) {
        defaults.push_back(fmt::format("{} {}", assumption.name, assumption.value));
      } else {
        rows.push_back({std::string(assumption.name), assumption.value, assumption.default_value,
                        std::string(assumption.meaning)});
      }
    }
    out_ << '\n';
    write_line("ASSUMED",
               fmt::format("of AWS, where its documentation leaves a choice; {} of {} by default",
                           defaults.size(), all.size()));
    if (rows.size() > 1) {
      write_rows(rows, rows.size());
      if (!defaults.empty()) out_ << painted("  the others, as by default:", kDim) << '\n';
    }
    std::string line;
    for (const std::string& item : defaults) {
      if (!line.empty() && line.size() + item.size() + 3 > kLineWidth) {
        out_ << std::exchange(line, "") << ",\n";
      }
      line += (line.empty() ? "  " : ", ") + item;
    }
    if (!line.empty()) out_ << line << '\n';
  }

  std::ostream& out_;
  const RunReport& report_;
  TextStyle style_;
};

}  // namespace

void write_table(std::ostream& out, const RunReport& report, const TextStyle& style) {
  TableWriter(out, report, style).write();
}

}  // namespace sim
