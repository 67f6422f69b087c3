#include "sim/report/comparison_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/report/answers.hpp"
#include "sim/report/csv_report.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/markdown_report.hpp"
#include "sim/report/precision_text.hpp"
#include "sim/report/summary_text.hpp"
#include "sim/scenario/summary_keys.hpp"

namespace sim {
namespace {

const SummaryKey& key_of(const ComparedNumber& number) { return summary_keys()[number.key]; }

std::string words_of(ComparisonVerdict verdict) {
  return verdict == ComparisonVerdict::CannotTell ? "cannot tell" : std::string(to_string(verdict));
}

// "+12 ms", "-3 ms".
std::string signed_text(const SummaryKey& key, double value, int digits = kHumaneDigits) {
  const std::string size = summary_text(key, std::abs(value), digits);
  return (value < 0 ? "-" : "+") + size;
}

std::string interval_text(const ComparedNumber& number) {
  if (!number.interval) return "";
  const SummaryKey& key = key_of(number);
  return fmt::format("{} to {}", signed_text(key, number.interval->low),
                     signed_text(key, number.interval->high));
}

std::string share_text(const ComparedNumber& number) {
  if (*number.base == 0) return "";
  return fmt::format("{:+.1f} %", 100 * *number.difference / std::abs(*number.base));
}

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
    rows.push_back({limit.verdict == LimitVerdict::CannotTell
                        ? "cannot tell"
                        : std::string(to_string(limit.verdict)),
                    one_line(limit.text) +
                        (limit.because ? fmt::format(" ({})", one_line(*limit.because)) : ""),
                    is_known ? signed_text(key, *limit.number.difference) : "not in both",
                    interval_text(limit.number)});
  }
  return rows;
}

Rows expectation_rows(const ComparisonResult& result) {
  Rows rows{{"base", "candidate", "expected", "base", "candidate"}};
  const auto mark = [](const ExpectationResult& each) {
    return each.passed ? "met" : each.cannot_tell() ? "cannot tell" : "failed";
  };
  for (const ComparedExpectation& each : result.expectations) {
    rows.push_back({mark(each.base), mark(each.candidate),
                    one_line(expectation_text(each.candidate.expectation)),
                    one_line(each.base.actual_text), one_line(each.candidate.actual_text)});
  }
  return rows;
}

std::string change_text(const ScenarioChange& change) {
  if (!change.base)
    return fmt::format("+ {}: {}", one_line(change.path), one_line(*change.candidate));
  if (!change.candidate)
    return fmt::format("- {}: {}", one_line(change.path), one_line(*change.base));
  return fmt::format("~ {}: {} -> {}", one_line(change.path), one_line(*change.base),
                     one_line(*change.candidate));
}

std::string limits_text(const ComparisonResult& result, LimitVerdict verdict) {
  std::string text;
  for (const ComparedLimit& limit : result.limits) {
    if (limit.verdict == verdict) text += (text.empty() ? "" : ", ") + one_line(limit.text);
  }
  return text;
}

// Limits and expectations of which more runs might tell more.
std::string open_text(const ComparisonResult& result) {
  std::string text = limits_text(result, LimitVerdict::CannotTell);
  for (const ComparedExpectation& each : result.expectations) {
    if (!each.cannot_tell()) continue;
    text += (text.empty() ? "" : ", ") + one_line(expectation_text(each.candidate.expectation));
  }
  return text;
}

std::string_view what_narrows(const ComparisonResult& result) {
  if (!result.precision) return "more runs (--runs) narrow the interval";
  return result.precision->is_reached() ? "a smaller --precision narrows the interval"
                                        : "more runs (--max-runs) narrow the interval";
}

std::string verdict_text(const ComparisonResult& result) {
  std::vector<std::string> reasons;
  for (const ComparedExpectation& each : result.expectations) {
    if (each.is_regression()) {
      reasons.push_back(one_line(expectation_text(each.candidate.expectation)) +
                        " was met, and is not by the candidate");
    }
  }
  if (const auto broken = limits_text(result, LimitVerdict::Broken); !broken.empty()) {
    reasons.push_back("beyond the limit: " + broken);
  }
  if (!reasons.empty()) return fmt::format("fail: {}", fmt::join(reasons, "; "));
  if (const auto open = open_text(result); !open.empty()) {
    return fmt::format("cannot tell: {}: {}", open, what_narrows(result));
  }
  if (result.limits.empty() && result.expectations.empty()) {
    return "pass: nothing to fail, there is neither a limit (limits: or --fail-on) nor an "
           "expectation";
  }
  return "pass: no limit is broken, and no expectation is lost";
}

std::string counts_text(const ComparisonResult& result) {
  const auto count = [&result](ComparisonVerdict verdict) {
    return std::count_if(result.numbers.begin(), result.numbers.end(),
                         [verdict](const auto& number) { return number.verdict == verdict; });
  };
  return fmt::format("{} better, {} worse, {} cannot tell, {} the same",
                     count(ComparisonVerdict::Better), count(ComparisonVerdict::Worse),
                     count(ComparisonVerdict::CannotTell), count(ComparisonVerdict::Same));
}

std::string runs_text(const ComparisonResult& result) {
  return fmt::format("{} of each, {}, {} simulated, seed {}",
                     counted(static_cast<std::int64_t>(result.run_count), "run", "runs"),
                     result.is_paired ? "with the same requests" : "with requests of their own",
                     humane_span(result.duration), result.seed);
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

std::string_view to_string(ComparisonVerdict verdict) {
  switch (verdict) {
    case ComparisonVerdict::Better:
      return "better";
    case ComparisonVerdict::Worse:
      return "worse";
    case ComparisonVerdict::Differs:
      return "differs";
    case ComparisonVerdict::Same:
      return "same";
    case ComparisonVerdict::CannotTell:
      break;
  }
  return "cannot_tell";
}

std::string_view to_string(LimitVerdict verdict) {
  switch (verdict) {
    case LimitVerdict::Kept:
      return "kept";
    case LimitVerdict::Broken:
      return "broken";
    case LimitVerdict::CannotTell:
      break;
  }
  return "cannot_tell";
}

std::string_view to_string(OverallVerdict verdict) {
  switch (verdict) {
    case OverallVerdict::Pass:
      return "pass";
    case OverallVerdict::Fail:
      return "fail";
    case OverallVerdict::CannotTell:
      break;
  }
  return "cannot_tell";
}

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

void write_comparison_json(std::ostream& out, const ComparisonResult& result) {
  JsonWriter json(out, 2);
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
