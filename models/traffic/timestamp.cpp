#include "models/traffic/timestamp.hpp"

#include <chrono>

namespace models::traffic {
namespace {

// Takes pieces off the front of a text; each member says whether its piece was there.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  bool at_digit() const { return !text_.empty() && text_[0] >= '0' && text_[0] <= '9'; }

  bool skip(char wanted) {
    if (text_.empty() || text_[0] != wanted) return false;
    text_.remove_prefix(1);
    return true;
  }

  // Exactly `digits` digits.
  bool read(int digits, int& value) {
    value = 0;
    for (int k = 0; k < digits; ++k) {
      if (!at_digit()) return false;
      value = value * 10 + (text_[0] - '0');
      text_.remove_prefix(1);
    }
    return true;
  }

  // All digits there are, at least one; stops growing above kMaxEpochSeconds.
  bool read_whole(std::int64_t& value) {
    value = 0;
    if (!at_digit()) return false;
    for (; at_digit(); text_.remove_prefix(1)) {
      if (value <= kMaxEpochSeconds) value = value * 10 + (text_[0] - '0');
    }
    return true;
  }

  // A point and digits, if there are any: nanoseconds.
  bool read_fraction(std::int32_t& nanoseconds) {
    nanoseconds = 0;
    if (!skip('.')) return true;
    if (!at_digit()) return false;
    std::int32_t worth = 100'000'000;
    for (; at_digit(); text_.remove_prefix(1)) {
      nanoseconds += worth * (text_[0] - '0');
      worth /= 10;
    }
    return true;
  }

 private:
  std::string_view text_;
};

std::optional<Timestamp> parse_epoch(std::string_view text) {
  Scanner scanner(text);
  const bool negative = scanner.skip('-');
  Timestamp time{.form = TimestampForm::Epoch};
  if (!scanner.read_whole(time.seconds)) return std::nullopt;
  if (!scanner.read_fraction(time.nanoseconds)) return std::nullopt;
  if (!scanner.at_end() || time.seconds > kMaxEpochSeconds) return std::nullopt;
  if (negative) {
    time.seconds = -time.seconds;
    if (time.nanoseconds > 0) {
      time.seconds -= 1;
      time.nanoseconds = 1'000'000'000 - time.nanoseconds;
    }
  }
  return time;
}

// Hours and minutes, seconds and their fraction if they are there.
bool read_time_of_day(Scanner& scanner, Timestamp& time) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!scanner.read(2, hour) || !scanner.skip(':') || !scanner.read(2, minute)) return false;
  if (scanner.skip(':')) {
    if (!scanner.read(2, second) || !scanner.read_fraction(time.nanoseconds)) return false;
  }
  if (hour > 23 || minute > 59 || second > 59) return false;
  time.seconds += hour * 3600 + minute * 60 + second;
  return true;
}

// Z or the offset from UTC, up to the end of the text.
bool read_zone(Scanner& scanner, Timestamp& time) {
  time.form = TimestampForm::Zoned;
  if (scanner.skip('Z')) return scanner.at_end();
  const bool east = scanner.skip('+');
  if (!east && !scanner.skip('-')) return false;
  int hours = 0;
  int minutes = 0;
  if (!scanner.read(2, hours)) return false;
  if (!scanner.at_end()) {
    scanner.skip(':');
    if (!scanner.read(2, minutes) || !scanner.at_end()) return false;
  }
  if (hours > 23 || minutes > 59) return false;
  const int offset = hours * 3600 + minutes * 60;
  time.seconds += east ? -offset : offset;
  return true;
}

}  // namespace

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  Scanner scanner(text);
  int year = 0;
  int month = 0;
  int day = 0;
  if (!scanner.read(4, year) || !scanner.skip('-')) return parse_epoch(text);
  if (!scanner.read(2, month) || !scanner.skip('-') || !scanner.read(2, day)) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  Timestamp time;
  time.seconds = std::chrono::sys_seconds(std::chrono::sys_days(date)).time_since_epoch().count();
  if (scanner.at_end()) return time;
  if (!scanner.skip(' ') && !scanner.skip('T')) return std::nullopt;
  if (!read_time_of_day(scanner, time)) return std::nullopt;
  if (scanner.at_end()) return time;
  scanner.skip(' ');  // "2026-01-05 00:00:00 +0000"
  if (!read_zone(scanner, time)) return std::nullopt;
  return time;
}

}  // namespace models::traffic
