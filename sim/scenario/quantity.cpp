#include "sim/scenario/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace sim {
namespace {

using core::Duration;

constexpr Duration kLongest = std::chrono::hours{24 * 3650};
constexpr double kHighestRate = 1e9;
constexpr double kMostMoney = 1e15;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at(std::string_view text, std::size_t index) {
  std::size_t end = index;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - index;
}

// Length of the number at the start of the text, without sign: `0`, `12`, `1.5`, `2e3`. A second
// digit after a leading zero does not belong to it.
std::size_t number_length(std::string_view text) {
  std::size_t length = digits_at(text, 0);
  if (length == 0) return 0;
  if (text[0] == '0') length = 1;
  if (length < text.size() && text[length] == '.') {
    const std::size_t fraction = digits_at(text, length + 1);
    if (fraction == 0) return length;
    length += 1 + fraction;
  }
  if (length < text.size() && (text[length] == 'e' || text[length] == 'E')) {
    std::size_t at = length + 1;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t exponent = digits_at(text, at);
    if (exponent > 0) length = at + exponent;
  }
  return length;
}

bool is_bare_number(std::string_view text) {
  return !text.empty() && number_length(text) == text.size();
}

bool is_negated(std::string_view text) {
  return text.size() > 1 && text[0] == '-' && is_digit(text[1]);
}

// REQUIRES: the text is a number as number_length knows it. Gives infinity when it is too large.
double to_double(std::string_view number) {
  double value = 0;
  const auto result = std::from_chars(number.data(), number.data() + number.size(), value);
  if (result.ec != std::errc::result_out_of_range) return value;
  // Too large or too small: only the sign of the exponent tells which.
  return number.find("e-") == std::string_view::npos && number.find("E-") == std::string_view::npos
             ? HUGE_VAL
             : 0.0;
}

// What a text that is no number at all was probably meant to be.
std::string hint_at_number(std::string_view text) {
  if (text.find('_') != std::string_view::npos && text.find_first_of("0123456789") == 0) {
    std::string without(text);
    without.erase(std::remove(without.begin(), without.end(), '_'), without.end());
    return fmt::format("write {} without underscores", without);
  }
  if (text.size() > 1 && text[0] == '0' && is_digit(text[1]))
    return "write it without leading zeros";
  if (text.starts_with("0x") || text.starts_with("0o")) return "write it as a decimal number";
  if (text.find(',') != std::string_view::npos) return "the decimal separator is a point";
  return {};
}

template <class T>
Reading<T> refused(std::string code, std::string expected, std::string hint = {}) {
  return {std::nullopt, std::move(code), std::move(expected), std::move(hint)};
}
template <class T>
Reading<T> accepted(T value) {
  return {std::move(value), {}, {}, {}};
}

struct TimeUnit {
  std::string_view name;
  std::int64_t nanoseconds;
};
constexpr std::array kTimeUnits{TimeUnit{"d", 86'400'000'000'000},
                                TimeUnit{"h", 3'600'000'000'000},
                                TimeUnit{"m", 60'000'000'000},
                                TimeUnit{"s", 1'000'000'000},
                                TimeUnit{"ms", 1'000'000},
                                TimeUnit{"us", 1'000},
                                TimeUnit{"ns", 1}};

struct Misspelling {
  std::string_view written;
  std::string_view meant;
};
constexpr std::array kTimeMisspellings{
    Misspelling{"min", "m"},     Misspelling{"mins", "m"},    Misspelling{"minute", "m"},
    Misspelling{"minutes", "m"}, Misspelling{"sec", "s"},     Misspelling{"secs", "s"},
    Misspelling{"second", "s"},  Misspelling{"seconds", "s"}, Misspelling{"hr", "h"},
    Misspelling{"hrs", "h"},     Misspelling{"hour", "h"},    Misspelling{"hours", "h"},
    Misspelling{"day", "d"},     Misspelling{"days", "d"},    Misspelling{"M", "m"},
    Misspelling{"S", "s"},       Misspelling{"H", "h"},       Misspelling{"D", "d"},
    Misspelling{"msec", "ms"},   Misspelling{"millis", "ms"}, Misspelling{"\xC2\xB5s", "us"}};
constexpr std::array kRateMisspellings{
    Misspelling{"/sec", "/s"},      Misspelling{"/second", "/s"},   Misspelling{"rps", "/s"},
    Misspelling{"/m", "/min"},      Misspelling{"/minute", "/min"}, Misspelling{"rpm", "/min"},
    Misspelling{"/hr", "/h"},       Misspelling{"/hour", "/h"},     Misspelling{"req/s", "/s"},
    Misspelling{"req/min", "/min"}, Misspelling{"tps", "/s"},       Misspelling{"qps", "/s"}};

// "did you mean '5m'?" for `5min`, `5 m`, `5 minutes`.
template <std::size_t n>
std::string hint_at_unit(std::string_view text, const std::array<Misspelling, n>& misspellings) {
  const std::size_t length = number_length(text);
  if (length == 0) return hint_at_number(text);
  std::string_view unit = text.substr(length);
  unit.remove_prefix(std::min(unit.find_first_not_of(' '), unit.size()));
  for (const Misspelling& misspelling : misspellings) {
    if (unit == misspelling.written || unit == misspelling.meant) {
      return fmt::format("did you mean '{}{}'?", text.substr(0, length), misspelling.meant);
    }
  }
  return hint_at_number(text);
}

// Nanoseconds of `1.25` in a unit, exactly; nothing when it is too long or not a whole number.
std::optional<std::int64_t> exact_nanoseconds(std::string_view number, std::int64_t unit) {
  constexpr std::int64_t kMost = kLongest.count();
  const std::size_t point = std::min(number.find('.'), number.size());
  std::int64_t whole = 0;
  for (const char digit : number.substr(0, point)) {
    whole = whole * 10 + (digit - '0');
    if (whole > kMost / unit) return std::nullopt;
  }
  std::int64_t total = whole * unit;
  std::int64_t place = unit;
  for (const char digit : number.substr(std::min(point + 1, number.size()))) {
    if (digit != '0' && place % 10 != 0) return std::nullopt;
    place /= 10;
    total += (digit - '0') * place;
  }
  return total;
}

const TimeUnit* time_unit_at(std::string_view text) {
  const TimeUnit* longest = nullptr;
  for (const TimeUnit& unit : kTimeUnits) {
    if (!text.starts_with(unit.name)) continue;
    if (longest == nullptr || unit.name.size() > longest->name.size()) longest = &unit;
  }
  return longest;
}

constexpr std::string_view kDurationExpected = "a duration with its unit";

Reading<Duration> refused_duration(std::string_view text) {
  if (is_bare_number(text)) {
    return refused<Duration>("missing-unit", std::string(kDurationExpected),
                             fmt::format("{0}s or {0}ms?", text));
  }
  if (is_negated(text) && read_duration(text.substr(1)).value) {
    return refused<Duration>("out-of-range", "a duration that is not negative");
  }
  return refused<Duration>("bad-value",
                           std::string(kDurationExpected) + " such as 90s, 5m or 1h30m",
                           hint_at_unit(text, kTimeMisspellings));
}

// A number and the given suffix; nothing when the text has another form.
std::optional<double> number_before(std::string_view text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return std::nullopt;
  text.remove_suffix(suffix.size());
  if (!is_bare_number(text)) return std::nullopt;
  return to_double(text);
}

}  // namespace

core::RequestRate RateQuantity::rate() const {
  switch (unit) {
    case RateUnit::PerSecond:
      return core::RequestRate::per_second(value);
    case RateUnit::PerMinute:
      return core::RequestRate::per_minute(value);
    case RateUnit::PerHour:
      return core::RequestRate::per_minute(value / 60.0);
  }
  return {};
}

double RateQuantity::per_minute() const {
  switch (unit) {
    case RateUnit::PerSecond:
      return value * 60.0;
    case RateUnit::PerMinute:
      return value;
    case RateUnit::PerHour:
      return value / 60.0;
  }
  return 0;
}

Reading<Duration> read_duration(std::string_view text) {
  std::int64_t total = 0;
  std::int64_t smallest_unit = kLongest.count();
  std::string_view rest = text;
  bool has_fraction = false;
  do {
    const std::size_t length = number_length(rest);
    const std::string_view number = rest.substr(0, length);
    const TimeUnit* unit = time_unit_at(rest.substr(length));
    // `1.5h30m` and `30m1h` have too many readings to have one.
    if (length == 0 || unit == nullptr || has_fraction || unit->nanoseconds >= smallest_unit ||
        number.find_first_of("eE") != std::string_view::npos) {
      return refused_duration(text);
    }
    has_fraction = number.find('.') != std::string_view::npos;
    const auto nanoseconds = exact_nanoseconds(number, unit->nanoseconds);
    if (!nanoseconds || total > kLongest.count() - *nanoseconds) {
      return refused<Duration>("out-of-range", "a duration of whole nanoseconds and at most 3650d");
    }
    total += *nanoseconds;
    smallest_unit = unit->nanoseconds;
    rest.remove_prefix(length + unit->name.size());
  } while (!rest.empty());
  return accepted(Duration{total});
}

Reading<RateQuantity> read_rate(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, RateUnit>, 3> kUnits{
      {{"/s", RateUnit::PerSecond}, {"/min", RateUnit::PerMinute}, {"/h", RateUnit::PerHour}}};
  for (const auto& [suffix, unit] : kUnits) {
    const std::optional<double> value = number_before(text, suffix);
    if (!value) continue;
    const RateQuantity quantity{*value, unit};
    if (!(quantity.rate().per_second() <= kHighestRate)) {
      return refused<RateQuantity>("out-of-range", "a rate of at most 1000000000/s");
    }
    return accepted(quantity);
  }
  if (is_bare_number(text)) {
    const RateQuantity as_minutes{to_double(text), RateUnit::PerMinute};
    return refused<RateQuantity>(
        "missing-unit", "a rate with its unit",
        fmt::format("{0}/s or {0}/min ({1:.6g}/s)?", text, as_minutes.rate().per_second()));
  }
  if (is_negated(text) && read_rate(text.substr(1)).value) {
    return refused<RateQuantity>("out-of-range", "a rate that is not negative");
  }
  return refused<RateQuantity>("bad-value", "a rate with its unit such as 25/s or 1500/min",
                               hint_at_unit(text, kRateMisspellings));
}

Reading<double> read_percent(std::string_view text) {
  const std::optional<double> percent = number_before(text, "%");
  if (percent && std::isfinite(*percent)) return accepted(*percent / 100.0);
  if (is_bare_number(text)) {
    return refused<double>("missing-unit", "a percentage with its sign",
                           fmt::format("{}% or {:.6g}%?", text, to_double(text) * 100.0));
  }
  if (is_negated(text) && read_percent(text.substr(1)).value) {
    return refused<double>("out-of-range", "a percentage that is not negative");
  }
  return refused<double>("bad-value", "a percentage such as 0.5%", hint_at_number(text));
}

Reading<double> read_money(std::string_view text) {
  const std::optional<double> amount = number_before(text, " USD");
  if (amount && *amount <= kMostMoney) return accepted(*amount);
  std::string_view number = text;
  if (number.starts_with('$')) number.remove_prefix(1);
  number = number.substr(0, number_length(number));
  const std::string hint = number.empty() ? "" : fmt::format("{} USD?", number);
  return refused<double>(is_bare_number(text) ? "missing-unit" : "bad-value",
                         "an amount with its currency such as 7 USD", hint);
}

Reading<double> read_hourly_price(std::string_view text) {
  const std::optional<double> amount = number_before(text, " USD/h");
  if (amount && *amount <= kMostMoney) return accepted(*amount);
  std::string_view number = text;
  if (number.starts_with('$')) number.remove_prefix(1);
  number = number.substr(0, number_length(number));
  const std::string hint = number.empty() ? "" : fmt::format("{} USD/h?", number);
  return refused<double>(is_bare_number(text) ? "missing-unit" : "bad-value",
                         "a price of one instance such as 0.102 USD/h", hint);
}

Reading<Duration> read_clock_time(std::string_view text) {
  const bool has_form =
      text.size() == 5 && digits_at(text, 0) == 2 && text[2] == ':' && digits_at(text, 3) == 2;
  if (has_form) {
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (hour < 24 && minute < 60) {
      return accepted<Duration>(std::chrono::hours{hour} + std::chrono::minutes{minute});
    }
  }
  return refused<Duration>("bad-value", "a time of day such as \"13:00\"");
}

Reading<double> read_number(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  const std::string_view magnitude = text.substr(is_negative ? 1 : 0);
  if (!is_bare_number(magnitude)) {
    return refused<double>("bad-value", "a number", hint_at_number(text));
  }
  const double value = to_double(magnitude);
  if (!std::isfinite(value)) return refused<double>("out-of-range", "a finite number");
  return accepted(is_negative ? -value : value);
}

Reading<std::int64_t> read_integer(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  const std::string_view magnitude = text.substr(is_negative ? 1 : 0);
  if (!is_bare_number(magnitude) || magnitude.find_first_of(".eE") != std::string_view::npos) {
    return refused<std::int64_t>("bad-value", "a whole number", hint_at_number(text));
  }
  std::int64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc{}) {
    return refused<std::int64_t>("out-of-range", "a whole number of at most 18 digits");
  }
  return accepted(value);
}

std::string format_number(double value) { return fmt::format("{}", value); }

std::string format_duration(Duration span) {
  if (span.count() == 0) return "0s";
  std::string text;
  std::int64_t rest = span.count();
  // Days are left in hours: 36h is easier to compare than 1d12h.
  for (const TimeUnit& unit : kTimeUnits) {
    if (unit.name == "d" || rest < unit.nanoseconds) continue;
    text += fmt::format("{}{}", rest / unit.nanoseconds, unit.name);
    rest %= unit.nanoseconds;
  }
  return text;
}

std::string format_rate(core::RequestRate rate) { return format_number(rate.per_second()) + "/s"; }

std::string format_percent(double fraction) {
  // The shortest percentage that reads back as the same fraction.
  for (int digits = 1; digits <= 17; ++digits) {
    const std::string text = fmt::format("{:.{}g}", fraction * 100.0, digits);
    if (text.find('e') != std::string::npos) continue;
    if (to_double(text) / 100.0 == fraction) return text + "%";
  }
  return fmt::format("{:.17g}%", fraction * 100.0);
}

std::string format_clock_time(Duration since_midnight) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(since_midnight).count();
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace sim
