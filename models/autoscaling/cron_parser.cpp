#include "models/autoscaling/cron_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>

namespace models::autoscaling {
namespace {

constexpr std::array<std::string_view, 12> kMonthNames = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                          "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::array<std::string_view, 7> kDayNames = {"SUN", "MON", "TUE", "WED",
                                                       "THU", "FRI", "SAT"};
constexpr std::int64_t kDaysInWeek = 7;
constexpr std::int64_t kMostOfADayOfWeek = 5;  // in one month

enum class Names { None, Months, DaysOfWeek };

// What may stand in a field.
struct FieldKind {
  std::string_view value;  // "a minute of 0 to 59"
  std::int64_t first = 0;
  std::int64_t last = 59;
  Names names = Names::None;
  std::int64_t largest_step = 59;
  bool wraps = true;  // after the last value comes the first
};
constexpr FieldKind kSeconds{"a second of 0 to 59"};
constexpr FieldKind kMinutes{"a minute of 0 to 59"};
constexpr FieldKind kHours{"an hour of 0 to 23", 0, 23, Names::None, 23};
constexpr FieldKind kDaysOfMonth{"a day of the month of 1 to 31", 1, 31, Names::None, 31};
constexpr FieldKind kMonths{"a month of 1 to 12 or JAN to DEC", 1, 12, Names::Months, 12};
constexpr FieldKind kDaysOfWeek{"a day of the week of 1 to 7 or SUN to SAT", 1, kDaysInWeek,
                                Names::DaysOfWeek, kDaysInWeek};
constexpr FieldKind kYears{"a year of 1970 to 2199",
                           kFirstScheduleYear,
                           kLastScheduleYear,
                           Names::None,
                           kLastScheduleYear - kFirstScheduleYear,
                           false};

class CronParser {
 public:
  CronParser(const ScheduleRules& rules, ScheduleRemark& error,
             std::vector<ScheduleRemark>& warnings)
      : rules_(rules), error_(error), warnings_(warnings) {}

  std::optional<CronExpression> parse(TextPiece text);

 private:
  bool fail(ScheduleRemark error) {
    error_ = std::move(error);
    return false;
  }

  bool read_second(TextPiece field, std::int64_t& second);
  bool read_days(TextPiece of_month, TextPiece of_week, CronDays& days);
  bool read_days_of_month(TextPiece field, CronDays& days);
  bool read_days_of_week(TextPiece field, CronDays& days);
  bool read_nth_day_of_week(TextPiece field, std::size_t hash, CronDays& days);
  bool read_set(TextPiece field, const FieldKind& kind, std::uint64_t& set);
  bool read_years(TextPiece field, CronExpression& cron);

  // The values of a list, in any order.
  bool read_values(TextPiece field, const FieldKind& kind, std::vector<std::int64_t>& values);
  bool read_element(TextPiece element, const FieldKind& kind, std::vector<std::int64_t>& values);
  bool read_value(TextPiece piece, const FieldKind& kind, std::int64_t& value);
  bool read_step(TextPiece piece, const FieldKind& kind, std::int64_t& step);

  std::int64_t number_of_day(std::size_t days_since_sunday) const;
  unsigned days_since_sunday(std::int64_t number) const;
  void warn_of_number(TextPiece piece, std::int64_t number);

  const ScheduleRules& rules_;
  ScheduleRemark& error_;
  std::vector<ScheduleRemark>& warnings_;
};

// Of a name in any case.
std::optional<std::size_t> place_of(std::string_view name,
                                    std::span<const std::string_view> names) {
  const auto found = std::find(names.begin(), names.end(), upper_case(name));
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

std::string hint_about(TextPiece piece, const FieldKind& kind) {
  if (piece.text == "?") {
    return "'?' stands in day-of-month or day-of-week, alone; '*' means every value";
  }
  if (kind.names == Names::DaysOfWeek) return "the names are SUN, MON, TUE, WED, THU, FRI, SAT";
  if (kind.names == Names::Months) return "the names are the first three letters: JAN, FEB, ...";
  if (piece.text.empty()) return "a list has a value on both sides of each comma";
  return {};
}

std::optional<CronExpression> CronParser::parse(TextPiece text) {
  std::vector<TextPiece> fields = split_at_blanks(text);
  if (fields.size() < 6) {
    fail({text.offset + text.text.size(),
          fmt::format("expected six fields, found {}", fields.size()),
          "minutes hours day-of-month month day-of-week year, as in cron(0 10 * * ? *)"});
    return std::nullopt;
  }
  if (fields.size() > 7) {
    fail({fields[7].offset,
          fmt::format("expected six fields, or seven with seconds first, found {}", fields.size()),
          "[seconds] minutes hours day-of-month month day-of-week year"});
    return std::nullopt;
  }
  CronExpression cron;
  if (fields.size() == 7) {
    if (!read_second(fields.front(), cron.second)) return std::nullopt;
    fields.erase(fields.begin());
  }
  const bool is_read = read_set(fields[0], kMinutes, cron.minutes) &&
                       read_set(fields[1], kHours, cron.hours) &&
                       read_set(fields[3], kMonths, cron.months) &&
                       read_days(fields[2], fields[4], cron.days) && read_years(fields[5], cron);
  return is_read ? std::optional(cron) : std::nullopt;
}

bool CronParser::read_second(TextPiece field, std::int64_t& second) {
  std::vector<std::int64_t> values;
  if (!read_values(field, kSeconds, values)) return false;
  second = values.front();
  for (const std::int64_t value : values) {
    if (value == second) continue;
    return fail(
        unexpected(field, "one second of 0 to 59", "nothing runs more than once in a minute"));
  }
  return true;
}

// exactly one of the two is '?'.
bool CronParser::read_days(TextPiece of_month, TextPiece of_week, CronDays& days) {
  const bool is_any_day_of_month = of_month.text == "?";
  const bool is_any_day_of_week = of_week.text == "?";
  if (is_any_day_of_month && is_any_day_of_week) {
    return fail(unexpected(of_week, "a value in day-of-month or in day-of-week",
                           "'*' in one of them means every day"));
  }
  if (!is_any_day_of_month && !is_any_day_of_week) {
    const bool is_week_meant = of_month.text == "*" && of_week.text != "*";
    return fail(unexpected(is_week_meant ? of_month : of_week,
                           "'?' in day-of-month or in day-of-week",
                           is_week_meant ? "put '?' here: day-of-week alone counts"
                                         : "put '?' here if day-of-month alone is to count"));
  }
  return is_any_day_of_week ? read_days_of_month(of_month, days) : read_days_of_week(of_week, days);
}

bool CronParser::read_days_of_month(TextPiece field, CronDays& days) {
  const std::string text = upper_case(field.text);
  if (text == "L") {
    days = LastDayOfMonth{};
    return true;
  }
  if (text == "LW") {
    days = LastWeekdayOfMonth{};
    return true;
  }
  if (text.find_first_of("LW") == std::string::npos) {
    DaysOfMonth set;
    std::uint64_t bits = 0;
    if (!read_set(field, kDaysOfMonth, bits)) return false;
    set.days = static_cast<std::uint32_t>(bits);
    days = set;
    return true;
  }
  const auto day = text.back() == 'W'
                       ? whole_number(std::string_view(text).substr(0, text.size() - 1))
                       : std::nullopt;
  if (!day || *day < kDaysOfMonth.first || *day > kDaysOfMonth.last) {
    return fail(unexpected(field, "L, LW or one day of 1 to 31 with W, and nothing else",
                           "3W is the weekday that is nearest to the third"));
  }
  days = NearestWeekday{static_cast<unsigned>(*day)};
  return true;
}

bool CronParser::read_days_of_week(TextPiece field, CronDays& days) {
  const std::size_t hash = field.text.find('#');
  if (hash != std::string_view::npos) return read_nth_day_of_week(field, hash, days);
  const std::string text = upper_case(field.text);
  DaysOfWeek set;
  if (text == "L") {  // the last day of the week: 7
    set.days = 1U << days_since_sunday(kDaysInWeek);
    days = set;
    return true;
  }
  if (text.find('L') != std::string::npos) {
    const bool is_alone = text.find_first_of(",-/*") == std::string::npos && text.back() == 'L';
    if (!is_alone) {
      return fail(unexpected(field, "L or one day with L, and nothing else",
                             "FRIL is the last Friday of the month"));
    }
    std::int64_t number = 0;
    if (!read_value(field.before(text.size() - 1), kDaysOfWeek, number)) return false;
    days = LastDayOfWeekInMonth{days_since_sunday(number)};
    return true;
  }
  std::vector<std::int64_t> numbers;
  if (!read_values(field, kDaysOfWeek, numbers)) return false;
  for (const std::int64_t number : numbers) set.days |= 1U << days_since_sunday(number);
  days = set;
  return true;
}

bool CronParser::read_nth_day_of_week(TextPiece field, std::size_t hash, CronDays& days) {
  if (field.text.find_first_of(",-/*") != std::string_view::npos || field.text.rfind('#') != hash) {
    return fail(unexpected(field, "one day with '#', and nothing else",
                           "TUE#2 is the second Tuesday; make a schedule for each"));
  }
  std::int64_t number = 0;
  if (!read_value(field.before(hash), kDaysOfWeek, number)) return false;
  const TextPiece which = field.from(hash + 1);
  const auto nth = whole_number(which.text);
  if (!nth || *nth < 1 || *nth > kMostOfADayOfWeek) {
    return fail(unexpected(which, "a number of 1 to 5 after '#'", "TUE#2 is the second Tuesday"));
  }
  days = NthDayOfWeekInMonth{days_since_sunday(number), static_cast<unsigned>(*nth)};
  return true;
}

bool CronParser::read_set(TextPiece field, const FieldKind& kind, std::uint64_t& set) {
  std::vector<std::int64_t> values;
  if (!read_values(field, kind, values)) return false;
  for (const std::int64_t value : values) set |= std::uint64_t{1} << value;
  return true;
}

bool CronParser::read_years(TextPiece field, CronExpression& cron) {
  std::vector<std::int64_t> years;
  if (!read_values(field, kYears, years)) return false;
  for (const std::int64_t year : years) {
    cron.years.set(static_cast<std::size_t>(year - kFirstScheduleYear));
  }
  return true;
}

bool CronParser::read_values(TextPiece field, const FieldKind& kind,
                             std::vector<std::int64_t>& values) {
  for (const TextPiece element : split_at(field, ',')) {
    if (!read_element(element, kind, values)) return false;
  }
  return true;
}

bool CronParser::read_element(TextPiece element, const FieldKind& kind,
                              std::vector<std::int64_t>& values) {
  const std::size_t slash = element.text.find('/');
  const bool has_step = slash != std::string_view::npos;
  const TextPiece range = has_step ? element.before(slash) : element;
  std::int64_t step = 1;
  if (has_step && !read_step(element.from(slash + 1), kind, step)) return false;

  std::int64_t first = kind.first;
  std::int64_t last = kind.last;
  if (range.text != "*") {
    const std::size_t dash = range.text.find('-');
    const bool has_end = dash != std::string_view::npos;
    if (!read_value(has_end ? range.before(dash) : range, kind, first)) return false;
    // 5/10 goes on to the end of the field.
    if (!has_end && !has_step) last = first;
    if (has_end && !read_value(range.from(dash + 1), kind, last)) return false;
  }
  if (last < first) {
    if (!kind.wraps) {
      return fail(unexpected(range, "a range from an earlier to a later year"));
    }
    last += kind.last - kind.first + 1;
  }
  for (std::int64_t value = first; value <= last; value += step) {
    values.push_back(value <= kind.last ? value : value - kind.last + kind.first - 1);
  }
  return true;
}

bool CronParser::read_value(TextPiece piece, const FieldKind& kind, std::int64_t& value) {
  if (const auto number = whole_number(piece.text)) {
    if (*number >= kind.first && *number <= kind.last) {
      value = *number;
      if (kind.names == Names::DaysOfWeek) warn_of_number(piece, value);
      return true;
    }
  }
  if (kind.names == Names::Months) {
    if (const auto place = place_of(piece.text, kMonthNames)) {
      value = static_cast<std::int64_t>(*place) + 1;
      return true;
    }
  } else if (kind.names == Names::DaysOfWeek) {
    if (const auto place = place_of(piece.text, kDayNames)) {
      value = number_of_day(*place);
      return true;
    }
  }
  return fail(unexpected(piece, kind.value, hint_about(piece, kind)));
}

bool CronParser::read_step(TextPiece piece, const FieldKind& kind, std::int64_t& step) {
  const auto number = whole_number(piece.text);
  if (!number || *number < 1 || *number > kind.largest_step) {
    return fail(unexpected(piece, fmt::format("a step of 1 to {} after '/'", kind.largest_step),
                           "0/15 is every fifteenth value from 0 on"));
  }
  step = *number;
  return true;
}

// S-16.
std::int64_t CronParser::number_of_day(std::size_t days_since_sunday) const {
  const auto days = static_cast<std::int64_t>(days_since_sunday);
  if (rules_.numeric_day_of_week == NumericDayOfWeek::SundayFirst) return days + 1;
  return days == 0 ? kDaysInWeek : days;
}
unsigned CronParser::days_since_sunday(std::int64_t number) const {
  const bool is_sunday_first = rules_.numeric_day_of_week == NumericDayOfWeek::SundayFirst;
  return static_cast<unsigned>((is_sunday_first ? number - 1 : number) % kDaysInWeek);
}

// even AWS's own page once took 2 for Tuesday.
void CronParser::warn_of_number(TextPiece piece, std::int64_t number) {
  const std::string_view name = kDayNames.at(days_since_sunday(number));
  warnings_.push_back({piece.offset,
                       fmt::format("{} as a day of the week is {}: the first day of the week is {}",
                                   shown(piece.text), name, kDayNames.at(days_since_sunday(1))),
                       fmt::format("write {}, which nobody misreads", name)});
}

}  // namespace

std::optional<CronExpression> parse_cron(TextPiece fields, const ScheduleRules& rules,
                                         ScheduleRemark& error,
                                         std::vector<ScheduleRemark>& warnings) {
  return CronParser{rules, error, warnings}.parse(fields);
}

}  // namespace models::autoscaling
