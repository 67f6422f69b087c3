#include "sim/report/comparison_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/report/answers.hpp"
#include "sim/report/summary_text.hpp"

namespace sim {
namespace {

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

const SummaryKey& key_of(const ComparedNumber& number) { return summary_keys()[number.key]; }

std::string words_of(ComparisonVerdict verdict) {
  return verdict == ComparisonVerdict::CannotTell ? "cannot tell" : std::string(to_string(verdict));
}

std::string words_of(LimitVerdict verdict) {
  return verdict == LimitVerdict::CannotTell ? "cannot tell" : std::string(to_string(verdict));
}

std::string_view word_of(const ExpectationResult& result) {
  return result.passed ? "met" : result.cannot_tell() ? "cannot tell" : "failed";
}

std::string signed_text(const SummaryKey& key, double value, int digits) {
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

std::string change_text(const ScenarioChange& change) {
  if (!change.base)
    return fmt::format("+ {}: {}", one_line(change.path), one_line(*change.candidate));
  if (!change.candidate)
    return fmt::format("- {}: {}", one_line(change.path), one_line(*change.base));
  return fmt::format("~ {}: {} -> {}", one_line(change.path), one_line(*change.base),
                     one_line(*change.candidate));
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

}  // namespace sim
