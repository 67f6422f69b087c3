#include "sim/report/comparison_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/report/answers.hpp"
#include "sim/report/comparison_text.hpp"
#include "sim/report/csv_report.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/markdown_report.hpp"
#include "sim/report/precision_text.hpp"
#include "sim/report/summary_text.hpp"
#include "sim/scenario/summary_keys.hpp"

namespace sim {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// What changed first: a reader looks for what is worse.
int rank_of(ComparisonVerdict verdict) {
  constexpr ComparisonVerdict kOrder[] = {ComparisonVerdict::Worse, ComparisonVerdict::Better,
                                          ComparisonVerdict::Differs, ComparisonVerdict::CannotTell,
                                          ComparisonVerdict::Same};
  return static_cast<int>(std::find(std::begin(kOrder), std::end(kOrder), verdict) -
                          std::begin(kOrder));
}

// The header, and a row for each number that is not the same in both.
Rows number_rows(const ComparisonResult& result) {
  std::vector<const ComparedNumber*> numbers;
  for (const ComparedNumber& number : result.numbers) {
    if (number.verdict != ComparisonVerdict::Same) numbers.push_back(&number);
  }
  std::stable_sort(numbers.begin(), numbers.end(), [](const auto* a, const auto* b) {
    return rank_of(a->verdict) < rank_of(b->verdict);
  });
  Rows rows{{"", "number", "base", "candidate", "difference", "", "95 % interval"}};
  for (const ComparedNumber* number : numbers) {
    const SummaryKey& key = key_of(*number);
    rows.push_back({words_of(number->verdict), std::string(key.path),
                    summary_text(key, *number->base), summary_text(key, *number->candidate),
                    signed_text(key, *number->difference), share_text(*number),
                    interval_text(*number)});
  }
  return rows;
}

Rows limit_rows(const ComparisonResult& result) {
  Rows rows{{"", "limit", "difference", "95 % interval"}};
  for (const ComparedLimit& limit : result.limits) {
    const SummaryKey& key = key_of(limit.number);
    const bool is_known = limit.number.difference.has_value();
    rows.push_back({words_of(limit.verdict),
                    one_line(limit.text) +
                        (limit.because ? fmt::format(" ({})", one_line(*limit.because)) : ""),
                    is_known ? signed_text(key, *limit.number.difference) : "not in both",
                    interval_text(limit.number)});
  }
  return rows;
}

Rows expectation_rows(const ComparisonResult& result) {
  Rows rows{{"base", "candidate", "expected", "base", "candidate"}};
  for (const ComparedExpectation& each : result.expectations) {
    rows.push_back({std::string(word_of(each.base)), std::string(word_of(each.candidate)),
                    one_line(expectation_text(each.candidate.expectation)),
                    one_line(each.base.actual_text), one_line(each.candidate.actual_text)});
  }
  return rows;
}

class ComparisonTable {
 public:
  ComparisonTable(std::ostream& out, Colour colour) : out_(out), colour_(colour) {}

  void line(std::string_view label, std::string_view text, std::string_view code = {}) {
    out_ << painted(padded(label, kLabelWidth), kBold, colour_)
         << (code.empty() ? std::string(text) : painted(text, code, colour_)) << '\n';
  }

  void rows(const Rows& rows) {
    std::vector<std::size_t> widths(rows.front().size(), 0);
    for (const auto& row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i)
        widths[i] = std::max(widths[i], width_of(row[i]));
    }
    for (std::size_t at = 0; at < rows.size(); ++at) {
      std::string text;
      for (std::size_t i = 0; i < rows[at].size(); ++i)
        text += "  " + padded(rows[at][i], widths[i]);
      text.erase(text.find_last_not_of(' ') + 1);
      out_ << (at == 0 ? painted(text, kDim, colour_) : text) << '\n';
    }
  }

 private:
  static constexpr std::size_t kLabelWidth = 11;
  std::ostream& out_;
  Colour colour_;
};

std::string_view colour_of(OverallVerdict verdict) {
  return verdict == OverallVerdict::Fail ? kRed : verdict == OverallVerdict::Pass ? kGreen : kDim;
}

void write_markdown_rows(std::ostream& out, const Rows& rows) {
  for (std::size_t at = 0; at < rows.size(); ++at) {
    for (const std::string& cell : rows[at]) out << "| " << markdown_text(cell) << ' ';
    out << "|\n";
    if (at > 0) continue;
    for (std::size_t i = 0; i < rows[at].size(); ++i) out << "| --- ";
    out << "|\n";
  }
}

void write_number(JsonWriter& json, const ComparedNumber& number) {
  json.key("metric").string(key_of(number).path);
  json.key("base").number(number.base);
  json.key("candidate").number(number.candidate);
  json.key("difference").number(number.difference);
  json.key("low").number(number.interval ? std::optional(number.interval->low) : std::nullopt);
  json.key("high").number(number.interval ? std::optional(number.interval->high) : std::nullopt);
}

void write_text_or_null(JsonWriter& json, std::string_view key,
                        const std::optional<std::string>& text) {
  json.key(key);
  text ? json.string(*text) : json.null();
}

}  // namespace

void write_comparison(std::ostream& out, const ComparisonResult& result, Colour colour) {
  ComparisonTable table(out, colour);
  out << painted(fmt::format("{} -> {}", one_line(result.base), one_line(result.candidate)), kBold,
                 colour)
      << "   " << runs_text(result) << "\n\n";
  table.line("VERDICT", verdict_text(result), colour_of(result.verdict()));
  table.line("NUMBERS", counts_text(result));
  if (result.precision) table.line("PRECISION", precision_text(*result.precision));
  out << '\n';
  table.line("CHANGES",
             result.changes.empty() ? "none: the scenarios say the same" : "what was written");
  for (const ScenarioChange& change : result.changes) out << "  " << change_text(change) << '\n';
  if (!result.limits.empty()) {
    out << '\n';
    table.line("LIMITS", "of the difference, candidate - base");
    table.rows(limit_rows(result));
  }
  if (!result.expectations.empty()) {
    out << '\n';
    table.line("EXPECT", "what the candidate expects, of both");
    table.rows(expectation_rows(result));
  }
  const Rows rows = number_rows(result);
  if (rows.size() == 1) return;
  out << '\n';
  table.line("EFFECT", "means over the runs; what is the same in all of them is left out");
  table.rows(rows);
}

void write_comparison_markdown(std::ostream& out, const ComparisonResult& result) {
  const OverallVerdict verdict = result.verdict();
  const std::string_view mark = verdict == OverallVerdict::Fail   ? "✗"
                                : verdict == OverallVerdict::Pass ? "✓"
                                                                  : "?";
  out << fmt::format("## {} → {}\n\n{} {}\n\n{} · {}\n", markdown_text(result.base),
                     markdown_text(result.candidate), mark, markdown_text(verdict_text(result)),
                     counts_text(result), runs_text(result));
  if (result.precision) {
    out << fmt::format("\nPrecision: {}\n", markdown_text(precision_text(*result.precision)));
  }
  if (!result.changes.empty()) {
    out << "\n```diff\n";
    for (const ScenarioChange& change : result.changes) {
      std::string text = change_text(change);
      // A fence within it would end the block.
      for (std::size_t at = 0; (at = text.find("```", at)) != std::string::npos;) {
        text.replace(at, 3, "'''");
      }
      out << text << '\n';
    }
    out << "```\n";
  }
  for (const Rows& rows : {limit_rows(result), expectation_rows(result), number_rows(result)}) {
    if (rows.size() == 1) continue;
    out << '\n';
    write_markdown_rows(out, rows);
  }
}

void write_comparison_json(JsonWriter& json, const ComparisonResult& result) {
  json.begin_object();
  json.key("schema").string("headroom.compare/1");
  json.key("base").string(result.base);
  json.key("candidate").string(result.candidate);
  json.key("seed").raw(std::to_string(result.seed));
  json.key("runs").integer(static_cast<std::int64_t>(result.run_count));
  if (result.precision) {
    json.key("precision");
    write_precision(json, *result.precision);
  }
  json.key("paired").boolean(result.is_paired);
  json.key("verdict").string(to_string(result.verdict()));
  json.key("changes").begin_array();
  for (const ScenarioChange& change : result.changes) {
    json.begin_object();
    json.key("path").string(change.path);
    write_text_or_null(json, "base", change.base);
    write_text_or_null(json, "candidate", change.candidate);
    json.end_object();
  }
  json.end_array();
  json.key("limits").begin_array();
  for (const ComparedLimit& limit : result.limits) {
    json.begin_object();
    json.key("limit").string(limit.text);
    if (limit.because) json.key("because").string(*limit.because);
    json.key("allowed").number(limit.allowed);
    write_number(json, limit.number);
    json.key("verdict").string(to_string(limit.verdict));
    json.end_object();
  }
  json.end_array();
  json.key("expectations").begin_array();
  for (const ComparedExpectation& each : result.expectations) {
    json.begin_object();
    json.key("that").string(each.candidate.expectation.that);
    json.key("base_passed").boolean(each.base.passed);
    json.key("candidate_passed").boolean(each.candidate.passed);
    if (result.precision) json.key("cannot_tell").boolean(each.cannot_tell());
    json.key("base_actual").string(each.base.actual_text);
    json.key("candidate_actual").string(each.candidate.actual_text);
    json.end_object();
  }
  json.end_array();
  json.key("rows").begin_array();
  for (const ComparedNumber& number : result.numbers) {
    json.begin_object();
    write_number(json, number);
    json.key("verdict").string(to_string(number.verdict));
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_comparison_json(std::ostream& out, const ComparisonResult& result) {
  JsonWriter json(out, 2);
  write_comparison_json(json, result);
  out << '\n';
}

void write_comparison_csv(std::ostream& out, const ComparisonResult& result) {
  out << "metric,base,candidate,difference,low,high,verdict\n";
  for (const ComparedNumber& number : result.numbers) {
    const auto end = [&number](double core::Interval::*side) {
      return number.interval ? json_number((*number.interval).*side) : std::string{};
    };
    out << fmt::format("{},{},{},{},{},{},{}\n", key_of(number).path, json_number(*number.base),
                       json_number(*number.candidate), json_number(*number.difference),
                       end(&core::Interval::low), end(&core::Interval::high),
                       to_string(number.verdict));
  }
}

}  // namespace sim
