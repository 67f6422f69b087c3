// Checks when cron expressions run against a second reading of the rules that knows no calendar and
// no spans: it looks at every minute of four years on the clocks of five zones, and at the text of
// the expression.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "models/autoscaling/schedule.hpp"
#include "sim/scenario/iana_time_zone.hpp"

namespace models::autoscaling {
namespace {

constexpr std::int64_t kBegin_min = 1'704'067'200 / 60;  // 2024-01-01T00:00:00Z, a Monday
constexpr std::int64_t kEnd_min = kBegin_min + (366 + 3 * 365) * 1440;
constexpr std::int64_t kMargin_days = 2;  // of local dates around them
const std::vector<std::string> kZones = {"UTC", "Europe/Berlin", "America/New_York",
                                         "Australia/Lord_Howe", "Asia/Kolkata"};

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// A number, or the place of a name among names of three letters: "JAN" in "JANFEB..." is 1.
int number_of(const std::string& text, const std::string& names) {
  const std::size_t at = text.size() == 3 ? names.find(text) : std::string::npos;
  return at == std::string::npos ? std::stoi(text) : static_cast<int>(at / 3) + 1;
}

// Whether a value is in a list of values, ranges and steps. Goes from the begin of a range to its
// end step by step, past the last value to the first.
bool is_in_list(int value, const std::string& list, int first, int last,
                const std::string& names = "") {
  for (const std::string& element : split(list, ',')) {
    const std::vector<std::string> stepped = split(element, '/');
    const int step = stepped.size() > 1 ? std::stoi(stepped[1]) : 1;
    const std::vector<std::string> range = split(stepped[0], '-');
    const bool is_any = range[0] == "*";
    const int from = is_any ? first : number_of(range[0], names);
    int to = last;
    if (range.size() > 1) to = number_of(range[1], names);
    if (range.size() == 1 && !is_any && stepped.size() == 1) to = from;
    int steps = 0;
    for (int at = from;; at = at == last ? first : at + 1, ++steps) {
      if (at == value && steps % step == 0) return true;
      if (at == to) break;
    }
  }
  return false;
}

struct Date {
  int year = 2023;
  int month = 12;
  int day = 30;
  int day_of_week = 7;  // 1 = SUN
};

int last_day_of(const Date& date) {
  const bool is_leap = date.year % 4 == 0;  // in these years
  const std::array<int, 12> days = {31, is_leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return days.at(static_cast<std::size_t>(date.month - 1));
}

bool is_weekday(const Date& date, int day) {
  const int day_of_week = (date.day_of_week - 1 + day - date.day + 70) % 7 + 1;
  return day >= 1 && day <= last_day_of(date) && day_of_week >= 2 && day_of_week <= 6;
}

bool is_nearest_weekday(const Date& date, int wanted) {
  if (wanted > last_day_of(date)) return false;
  for (int distance = 0;; ++distance) {
    if (is_weekday(date, wanted - distance)) return date.day == wanted - distance;
    if (is_weekday(date, wanted + distance)) return date.day == wanted + distance;
  }
}

bool is_day_of_month(const Date& date, const std::string& field) {
  if (field == "L") return date.day == last_day_of(date);
  if (field == "LW") return is_nearest_weekday(date, last_day_of(date));
  if (field.back() == 'W') return is_nearest_weekday(date, std::stoi(field));
  return is_in_list(date.day, field, 1, 31);
}

bool is_day_of_week(const Date& date, const std::string& field) {
  const std::string names = "SUNMONTUEWEDTHUFRISAT";
  if (field == "L") return date.day_of_week == 7;
  if (field.back() == 'L') {
    return date.day_of_week == number_of(field.substr(0, field.size() - 1), names) &&
           date.day + 7 > last_day_of(date);
  }
  const std::vector<std::string> nth = split(field, '#');
  if (nth.size() > 1) {
    return date.day_of_week == number_of(nth[0], names) && (date.day + 6) / 7 == std::stoi(nth[1]);
  }
  return is_in_list(date.day_of_week, field, 1, 7, names);
}

// The six fields of "cron(...)", and the second that may stand before them.
struct Fields {
  std::vector<std::string> texts;
  int second = 0;
};
Fields fields_of(const std::string& expression) {
  Fields fields{split(expression.substr(5, expression.size() - 6), ' '), 0};
  if (fields.texts.size() == 7) {
    fields.second = std::stoi(fields.texts.front());
    fields.texts.erase(fields.texts.begin());
  }
  return fields;
}

// Of each local date, from two days before the begin on.
std::vector<char> dates_that_match(const Fields& fields) {
  std::vector<char> matches;
  Date date;
  const std::int64_t count = (kEnd_min - kBegin_min) / 1440 + 2 * kMargin_days;
  for (std::int64_t k = 0; k < count; ++k) {
    const bool is_day = fields.texts[2] == "?" ? is_day_of_week(date, fields.texts[4])
                                               : is_day_of_month(date, fields.texts[2]);
    matches.push_back(
        is_day && is_in_list(date.year, fields.texts[5], 1970, 2199) &&
        is_in_list(date.month, fields.texts[3], 1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"));
    date.day_of_week = date.day_of_week % 7 + 1;
    if (++date.day <= last_day_of(date)) continue;
    date.day = 1;
    if (++date.month <= 12) continue;
    date.month = 1;
    ++date.year;
  }
  return matches;
}

std::vector<char> minutes_that_match(const Fields& fields) {
  std::vector<char> matches;
  for (int minute = 0; minute < 1440; ++minute) {
    matches.push_back(is_in_list(minute % 60, fields.texts[0], 0, 59) &&
                      is_in_list(minute / 60, fields.texts[1], 0, 23));
  }
  return matches;
}

// The minutes that a clock shows, or would show (S-15), in the order of their local dates.
struct ShownMinute {
  std::int64_t utc_min = 0;
  std::size_t minute_of_day = 0;
};
struct Clock {
  struct Stretch {
    std::size_t date = 0;
    std::size_t end = 0;  // in `minutes`
  };
  std::vector<ShownMinute> minutes;
  std::vector<Stretch> stretches;  // each goes on from the end of the one before

  void show(std::int64_t utc_min, std::int64_t local_min) {
    const std::int64_t since = local_min - kBegin_min + kMargin_days * 1440;
    const auto date = static_cast<std::size_t>(since / 1440);
    if (stretches.empty() || stretches.back().date != date) stretches.push_back({date, 0});
    minutes.push_back({utc_min, static_cast<std::size_t>(since % 1440)});
    stretches.back().end = minutes.size();
  }
};

std::vector<std::int64_t> local_minutes(const TimeZone& zone) {
  std::vector<std::int64_t> local;
  OffsetSpan span = zone.span_at(kBegin_min * 60);
  for (std::int64_t utc_min = kBegin_min; utc_min < kEnd_min; ++utc_min) {
    if (utc_min * 60 >= span.end_s) span = zone.span_at(utc_min * 60);
    local.push_back(utc_min + span.utc_offset_s / 60);
  }
  return local;
}

Clock clock_of(const TimeZone& zone, const ScheduleRules& rules) {
  const std::vector<std::int64_t> local = local_minutes(zone);
  // The smallest local minute that is still to come.
  std::vector<std::int64_t> least_to_come(local);
  for (std::size_t k = local.size() - 1; k-- > 0;) {
    least_to_come[k] = std::min(local[k], least_to_come[k + 1]);
  }
  Clock clock;
  std::int64_t greatest = local.front() - 1;
  for (std::size_t k = 0; k < local.size(); ++k) {
    const std::int64_t utc_min = kBegin_min + static_cast<std::int64_t>(k);
    const bool was_shown = local[k] <= greatest;
    const bool comes_again = k + 1 < local.size() && least_to_come[k + 1] <= local[k];
    if (rules.gap == LocalTimeGap::ShiftForward) {
      for (std::int64_t skipped = greatest + 1; skipped < local[k]; ++skipped) {
        clock.show(utc_min + skipped - greatest - 1, skipped);
      }
    }
    greatest = std::max(greatest, local[k]);
    if (rules.fold == LocalTimeFold::First && was_shown) continue;
    if (rules.fold == LocalTimeFold::Last && comes_again) continue;
    clock.show(utc_min, local[k]);
  }
  return clock;
}

std::vector<std::int64_t> runs_by_brute_force(const std::string& expression, const Clock& clock) {
  const Fields fields = fields_of(expression);
  const std::vector<char> dates = dates_that_match(fields);
  const std::vector<char> minutes = minutes_that_match(fields);
  std::vector<std::int64_t> runs;
  std::size_t begin = 0;
  for (const Clock::Stretch& stretch : clock.stretches) {
    if (dates.at(stretch.date) != 0) {
      for (std::size_t k = begin; k < stretch.end; ++k) {
        const ShownMinute& minute = clock.minutes[k];
        if (minutes[minute.minute_of_day] == 0) continue;
        runs.push_back(minute.utc_min * 60 + fields.second);
      }
    }
    begin = stretch.end;
  }
  // Times that were put off come at instants that have a local time of their own.
  if (!std::is_sorted(runs.begin(), runs.end())) std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  return runs;
}

// Asks for the next run from the first second after the one before. Of expressions that run often,
// all runs about a change of the clocks are compared and some of the others.
void expect_same_runs(const std::string& expression, const std::vector<std::int64_t>& runs,
                      const std::shared_ptr<const TimeZone>& zone, const ScheduleRules& rules) {
  const auto parsed = parse_schedule_expression(expression, rules);
  ASSERT_TRUE(parsed.expression) << parsed.error.message;
  const Schedule schedule{*parsed.expression, zone, {}, rules};
  const std::size_t stride = runs.size() / 400 + 1;
  std::int64_t change = zone->span_at(kBegin_min * 60).end_s;
  for (std::size_t k = 0; k < runs.size(); ++k) {
    // Not `change + 4 h`: the last span of a zone never ends.
    if (runs[k] - 4 * 3600 > change) change = zone->span_at(runs[k]).end_s;
    if (k % stride != 0 && runs[k] < change - 2 * 3600) continue;
    const std::int64_t from = k == 0 ? kBegin_min * 60 : runs[k - 1] + 1;
    ASSERT_EQ(schedule.next_from(from), runs[k]);
    ASSERT_EQ(schedule.next_from(runs[k]), runs[k]);
  }
  const auto beyond = schedule.next_from(runs.empty() ? kBegin_min * 60 : runs.back() + 1);
  EXPECT_GE(beyond.value_or(kEnd_min * 60), kEnd_min * 60);
}

void expect_same(const std::vector<std::string>& expressions, const std::vector<std::string>& zones,
                 const ScheduleRules& rules) {
  for (const std::string& name : zones) {
    const auto zone = sim::find_time_zone(name).zone;
    ASSERT_NE(zone, nullptr) << name;
    const Clock clock = clock_of(*zone, rules);
    for (const std::string& expression : expressions) {
      SCOPED_TRACE(expression + " in " + name);
      expect_same_runs(expression, runs_by_brute_force(expression, clock), zone, rules);
    }
  }
}

const std::vector<std::string> kExpressions = {
    "cron(* * * * ? *)",
    "cron(0/15 * * * ? *)",
    "cron(30 2 * * ? *)",
    "cron(*/10 1-3 ? 3,4,10,11 * *)",
    "cron(0 18 ? * MON-FRI *)",
    "cron(0/5 8-17 ? * 2-6 *)",
    "cron(15 10 ? * 6L 2024-2026)",
    "cron(15 10 ? * SUNL *)",
    "cron(0 2 ? 3,10 SUNL *)",
    "cron(45 1 ? APR,OCT SUN#1 *)",
    "cron(0 0 ? * 3#2 *)",
    "cron(0 12 ? * SAT#5 *)",
    "cron(5 0 L * ? *)",
    "cron(5 0 LW * ? *)",
    "cron(0 8 1W * ? *)",
    "cron(0 8 3W * ? *)",
    "cron(0 8 15W 1/2 ? *)",
    "cron(0 8 31W * ? *)",
    "cron(0 0 29 2 ? *)",
    "cron(0 0 30 2 ? *)",
    "cron(0 0 31 * ? *)",
    "cron(59 23 31 DEC ? 2025,2027)",
    "cron(0 22-2 ? * FRI-MON *)",
    "cron(50-10/7 23-1 28-3/2 NOV-FEB ? *)",
    "cron(1,2,3,5-9/2 0,12 1,15 * ? *)",
    "cron(0 0 ? * L *)",
    "cron(30 2 30 1 ? *)",
    "cron(42 30 2 * * ? *)",
};

// A random text of the grammar; every form of every field comes up.
std::string random_list(std::mt19937& random, int first, int last) {
  const auto value = [&] {
    return first + static_cast<int>(random() % static_cast<unsigned>(last - first + 1));
  };
  std::string list;
  const auto elements = 1 + random() % 2;
  for (unsigned k = 0; k < elements; ++k) {
    list += k == 0 ? "" : ",";
    const auto form = random() % 4;
    list += std::to_string(value());
    if (form >= 2) list += "-" + std::to_string(value());
    if (form % 2 == 1) list += "/" + std::to_string(1 + random() % 5);
  }
  return list;
}

std::string random_expression(std::uint32_t seed) {
  std::mt19937 random(seed);
  const std::array<std::string, 7> names = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};
  std::string text = "cron(" + random_list(random, 0, 59) + " ";
  text += random() % 2 == 0 ? random_list(random, 0, 23) : "0-3";
  const std::string months = random() % 2 == 0 ? "*" : random_list(random, 1, 12);
  const auto form = random() % 6;
  const std::string& name = names.at(random() % 7);
  if (form == 0) text += " " + random_list(random, 1, 31) + " " + months + " ?";
  if (form == 1) text += " " + std::to_string(1 + random() % 31) + "W " + months + " ?";
  if (form == 2) text += " ? " + months + " " + name + "#" + std::to_string(1 + random() % 5);
  if (form == 3) text += " ? " + months + " " + name + "L";
  if (form == 4) text += " ? " + months + " " + random_list(random, 1, 7);
  if (form == 5) text += " ? " + months + " " + name + "-" + names.at(random() % 7);
  return text + (random() % 3 == 0 ? " 2025-2026)" : " *)");
}

TEST(ScheduleBruteForce, AgreesOnEveryKindOfFieldAndOnRandomOnesInEveryZone) {
  std::vector<std::string> expressions = kExpressions;
  for (std::uint32_t seed = 1; seed <= 16; ++seed) {
    expressions.push_back(random_expression(seed));
    std::cout << "seed " << seed << ": " << expressions.back() << '\n';
  }
  expect_same(expressions, kZones, {});
}

TEST(ScheduleBruteForce, AgreesOnEveryChoiceAboutSkippedAndRepeatedTimes) {
  const std::vector<std::string> expressions = {
      "cron(0/15 * * * ? *)",
      "cron(30 2 * * ? *)",
      "cron(*/10 1-3 ? 3,4,10,11 * *)",
      "cron(45 1 ? APR,OCT SUN#1 *)",
  };
  const std::vector<std::string> zones = {"America/New_York", "Australia/Lord_Howe"};
  const std::pair<LocalTimeGap, LocalTimeFold> choices[] = {
      {LocalTimeGap::Skip, LocalTimeFold::Last},
      {LocalTimeGap::Skip, LocalTimeFold::Both},
      {LocalTimeGap::ShiftForward, LocalTimeFold::First},
      {LocalTimeGap::ShiftForward, LocalTimeFold::Both},
  };
  for (const auto& [gap, fold] : choices) {
    ScheduleRules rules;
    rules.gap = gap;
    rules.fold = fold;
    expect_same(expressions, zones, rules);
  }
}

}  // namespace
}  // namespace models::autoscaling
