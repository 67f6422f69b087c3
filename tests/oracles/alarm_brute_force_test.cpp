// Checks the alarm evaluation against a second one, written from the guide's sentences and not from
// its algorithm, over every pattern of up to seven points, every M of N up to five, every treatment
// of missing data, and every answer to what the guide leaves open.
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

std::string existing_of(std::string range) {
  range.erase(std::remove(range.begin(), range.end(), '-'), range.end());
  return range;
}

struct Judgement {
  std::string state;  // "ALARM", "OK", "INSUFFICIENT_DATA" or "RETAIN"
  std::size_t filled = 0;
  bool operator==(const Judgement&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Judgement& judgement) {
  return out << judgement.state << ", " << judgement.filled << " filled";
}

// The text of the premature-alarm rule, or what the table makes of it: nothing that does not breach
// after the oldest breaching point, or nothing at all.
bool nothing_speaks_against(const std::string& range, const std::string& existing,
                            PrematureAlarm reading) {
  if (reading == PrematureAlarm::Table) return letters(existing, '0') == 0;
  return letters(range.substr(range.find('X')), '0') == 0;
}

std::string judge_gaps(const std::string& range, int m, bool ignores, const AlarmRules& rules) {
  const std::string existing = existing_of(range);
  if (by_count(existing, m) == "ALARM") return "ALARM";
  if (letters(existing, 'X') == 0) return "OK";
  // Too few breaching points. Has the oldest been followed by M - 1 periods?
  const std::size_t periods_since = range.size() - 1 - range.find('X');
  const bool waited_long_enough = periods_since + 1 >= static_cast<std::size_t>(m);
  if (waited_long_enough && nothing_speaks_against(range, existing, rules.premature_alarm)) {
    return ignores ? "RETAIN" : "ALARM";
  }
  if (letters(existing, '0') > 0) return "OK";
  return ignores && rules.young_breaching_point == YoungBreachingPoint::Retain ? "RETAIN" : "OK";
}

Judgement judge(std::string range, int m, int n, TreatMissingData treatment,
                const AlarmRules& rules) {
  // "No data points in the evaluation range are missing": the N most recent are evaluated. With
  // some missing but at least N existing ones, the N most recent existing ones are.
  const auto most_recent = static_cast<std::size_t>(n);
  std::string existing = existing_of(range);
  if (existing.size() >= most_recent) {
    return {by_count(existing.substr(existing.size() - most_recent), m), 0};
  }
  if (rules.old_breaching_point == OldBreachingPoint::Ignored && range.size() > most_recent) {
    const auto recent = range.end() - static_cast<std::ptrdiff_t>(most_recent);
    std::replace(range.begin(), recent, 'X', '-');
    existing = existing_of(range);
  }
  const std::size_t rest = most_recent - existing.size();
  // Nothing at all: the treatment decides alone.
  if (existing.empty()) {
    if (treatment == TreatMissingData::Missing) return {"INSUFFICIENT_DATA", rest};
    if (treatment == TreatMissingData::Ignore) return {"RETAIN", rest};
    return {treatment == TreatMissingData::Breaching ? "ALARM" : "OK", rest};
  }
  // Otherwise all existing points, and the rest filled with what the treatment says.
  if (treatment == TreatMissingData::Breaching) {
    return {by_count(existing + std::string(rest, 'X'), m), rest};
  }
  if (treatment == TreatMissingData::NotBreaching) {
    return {by_count(existing + std::string(rest, '0'), m), rest};
  }
  return {judge_gaps(range, m, treatment == TreatMissingData::Ignore, rules), rest};
}

Judgement verdict_of(const std::string& range, int m, int n, TreatMissingData treatment,
                     const AlarmRules& rules) {
  const RangeVerdict verdict = evaluate_range(tests::newest_first(range), {m, n, treatment}, rules);
  return {verdict.state ? std::string{to_string(*verdict.state)} : "RETAIN",
          static_cast<std::size_t>(verdict.filled)};
}

class AlarmBruteForce : public testing::TestWithParam<int> {
 protected:
  // Three answers with two choices each.
  static AlarmRules rules_of(int number) {
    AlarmRules rules;
    if (number & 1) rules.old_breaching_point = OldBreachingPoint::Ignored;
    if (number & 2) rules.young_breaching_point = YoungBreachingPoint::Ok;
    if (number & 4) rules.premature_alarm = PrematureAlarm::Text;
    return rules;
  }
  void compare(const std::string& range, int m, int n) {
    const AlarmRules rules = rules_of(GetParam());
    for (const auto treatment : {TreatMissingData::Missing, TreatMissingData::NotBreaching,
                                 TreatMissingData::Breaching, TreatMissingData::Ignore}) {
      ASSERT_EQ(verdict_of(range, m, n, treatment, rules), judge(range, m, n, treatment, rules))
          << range << ", " << m << " of " << n << ", " << to_string(treatment);
      ++compared;
    }
  }

  std::int64_t compared = 0;
};

TEST_P(AlarmBruteForce, AgreesOnEveryPatternOfUpToSevenPoints) {
  for (std::size_t length = 1; length <= 7; ++length) {
    std::int64_t patterns = 1;
    for (std::size_t i = 0; i < length; ++i) patterns *= 3;
    for (std::int64_t code = 0; code < patterns; ++code) {
      std::string range;
      for (std::int64_t rest = code; range.size() < length; rest /= 3) range += "0X-"[rest % 3];
      for (int n = 1; n <= 5; ++n) {
        for (int m = 1; m <= n; ++m) ASSERT_NO_FATAL_FAILURE(compare(range, m, n));
      }
    }
  }
  EXPECT_EQ(compared, (3 + 9 + 27 + 81 + 243 + 729 + 2187) * 15 * 4);
}

INSTANTIATE_TEST_SUITE_P(EveryAnswer, AlarmBruteForce, testing::Range(0, 8));

}  // namespace
}  // namespace models::cloudwatch
