// Checks the alarm evaluation against a second one, written from the guide's sentences and not from
// its algorithm, over every pattern of up to six points, every M of N up to four, and every
// treatment of missing data.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "models/cloudwatch/alarm_evaluation.hpp"
#include "tests/support/alarm_pattern.hpp"

namespace models::cloudwatch {
namespace {

// A pattern is written oldest to newest; the newest point is its last letter.
std::int64_t letters(const std::string& text, char letter) {
  return std::count(text.begin(), text.end(), letter);
}

std::string by_count(const std::string& points, int m) {
  return letters(points, 'X') >= m ? "ALARM" : "OK";
}

// "ALARM", "OK", "INSUFFICIENT_DATA" or "RETAIN".
std::string judge(const std::string& range, int m, int n, TreatMissingData treatment) {
  // "No data points in the evaluation range are missing": the N most recent are evaluated. With
  // some missing but at least N existing ones, the N most recent existing ones are.
  std::string existing = range;
  existing.erase(std::remove(existing.begin(), existing.end(), '-'), existing.end());
  const auto most_recent = static_cast<std::size_t>(n);
  if (existing.size() >= most_recent) {
    return by_count(existing.substr(existing.size() - most_recent), m);
  }
  // Nothing at all: the treatment decides alone.
  if (existing.empty()) {
    if (treatment == TreatMissingData::Missing) return "INSUFFICIENT_DATA";
    if (treatment == TreatMissingData::Ignore) return "RETAIN";
    return treatment == TreatMissingData::Breaching ? "ALARM" : "OK";
  }
  // Otherwise all existing points, and the rest filled with what the treatment says.
  const std::size_t rest = most_recent - existing.size();
  if (treatment == TreatMissingData::Breaching)
    return by_count(existing + std::string(rest, 'X'), m);
  if (treatment == TreatMissingData::NotBreaching) {
    return by_count(existing + std::string(rest, '0'), m);
  }
  if (by_count(existing, m) == "ALARM") return "ALARM";
  if (letters(existing, '0') > 0) return "OK";
  // Only breaching points, too few of them. Has the oldest been followed by M - 1 periods?
  const auto periods_since = range.size() - 1 - range.find('X');
  const bool waited_long_enough = periods_since + 1 >= static_cast<std::size_t>(m);
  if (treatment == TreatMissingData::Ignore) return "RETAIN";  // S-04: whether waited or not
  return waited_long_enough ? "ALARM" : "OK";
}

std::string verdict_of(const std::string& range, int m, int n, TreatMissingData treatment) {
  const RangeVerdict verdict =
      evaluate_range(tests::newest_first(range), {m, n, treatment}, AlarmRules{});
  return verdict.state ? std::string{to_string(*verdict.state)} : "RETAIN";
}

TEST(AlarmBruteForce, AgreesOnEveryPatternOfUpToSixPoints) {
  std::int64_t compared = 0;
  for (std::size_t length = 1; length <= 6; ++length) {
    std::int64_t patterns = 1;
    for (std::size_t i = 0; i < length; ++i) patterns *= 3;
    for (std::int64_t code = 0; code < patterns; ++code) {
      std::string range;
      for (std::int64_t rest = code; range.size() < length; rest /= 3) range += "0X-"[rest % 3];
      for (int n = 1; n <= 4; ++n) {
        for (int m = 1; m <= n; ++m) {
          for (const auto treatment : {TreatMissingData::Missing, TreatMissingData::NotBreaching,
                                       TreatMissingData::Breaching, TreatMissingData::Ignore}) {
            ASSERT_EQ(verdict_of(range, m, n, treatment), judge(range, m, n, treatment))
                << range << ", " << m << " of " << n << ", " << to_string(treatment);
            ++compared;
          }
        }
      }
    }
  }
  EXPECT_EQ(compared, (3 + 9 + 27 + 81 + 243 + 729) * 10 * 4);
}

}  // namespace
}  // namespace models::cloudwatch
