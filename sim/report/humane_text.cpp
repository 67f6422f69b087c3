#include "sim/report/humane_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace sim {
namespace {

constexpr double kSpanFrom_s = 120;

// "1234567.5" to "1,234,567.5"
std::string grouped(std::string digits) {
  const std::size_t begin = digits.starts_with('-') ? 1 : 0;
  std::size_t at = std::min(digits.find('.'), digits.size());
  while (at > begin + 3) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

// Rounded first, so that 0.9996 becomes 1 before a unit is chosen for it.
double rounded(double value, int digits) {
  return std::strtod(fmt::format("{:.{}e}", value, digits - 1).c_str(), nullptr);
}

// Positional, without zeros at the end.
std::string shortest(double value, int digits) {
  if (value == 0) return "0";
  const int before_point = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
  std::string text = fmt::format("{:.{}f}", value, std::max(0, digits - before_point));
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace

std::string humane_count(std::int64_t value) { return grouped(std::to_string(value)); }

std::string humane_number(double value, int digits) {
  // Beyond nine quadrillion a double does not hold every whole number.
  if (value == std::floor(value) && std::abs(value) < 9e15) {
    return humane_count(static_cast<std::int64_t>(value));
  }
  return grouped(shortest(rounded(value, digits), digits));
}

std::string humane_seconds(double seconds, int digits) {
  const double value = rounded(seconds, digits);
  if (std::abs(value) >= kSpanFrom_s && digits <= kHumaneDigits) return humane_span(value);
  if (value == 0) return "0 s";
  if (std::abs(value) < 1e-3) return shortest(value * 1e6, digits) + " us";
  if (std::abs(value) < 1) return shortest(value * 1e3, digits) + " ms";
  return grouped(shortest(value, digits)) + " s";
}

std::string humane_share(double fraction, int digits) {
  return humane_number(rounded(fraction * 100, digits), digits) + " %";
}

std::string humane_money(double usd, int decimals) {
  const std::string sign = usd < 0 ? "-$" : "$";
  const double amount = std::abs(usd);
  if (amount > 0 && amount < 0.1) {
    const int digits = std::max(kHumaneDigits, decimals);
    return sign + shortest(rounded(amount, digits), digits);
  }
  return sign + grouped(fmt::format("{:.{}f}", amount, std::max(2, decimals)));
}

std::string humane_span(core::Duration span) {
  const std::int64_t seconds = span.count() / 1'000'000'000;
  std::string text;
  const auto add = [&text](std::int64_t count, char unit) {
    if (count > 0) text += std::to_string(count) + unit;
  };
  add(seconds / 86400, 'd');
  add(seconds / 3600 % 24, 'h');
  add(seconds / 60 % 60, 'm');
  add(seconds % 60, 's');
  return text.empty() ? "0s" : text;
}

std::string humane_time(core::SimTime at) { return humane_span(at.time_since_epoch()); }

std::string humane_span(double seconds) {
  const double value = rounded(seconds, kHumaneDigits);
  if (value < 60) return shortest(value, kHumaneDigits) + "s";
  return humane_span(core::round_to_duration(std::round(seconds)));
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0x7F || (byte < 0x20 && c != '\n' && c != '\t' && c != '\r')) {
      line += fmt::format("\\x{:02x}", byte);
    } else {
      line += byte < 0x20 ? ' ' : c;
    }
  }
  return line;
}

std::string counted(std::int64_t count, std::string_view singular, std::string_view plural) {
  return fmt::format("{} {}", humane_count(count), count == 1 ? singular : plural);
}

std::size_t width_of(std::string_view text) {
  // Every byte of UTF-8 that does not continue a character begins one.
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t own = width_of(text);
  return std::string(text) + std::string(own < width ? width - own : 0, ' ');
}

std::string right_aligned(std::string_view text, std::size_t width) {
  const std::size_t own = width_of(text);
  return std::string(own < width ? width - own : 0, ' ') + std::string(text);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines = {""};
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    std::string& line = lines.back();
    if (line.empty()) {
      line = word;
    } else if (width_of(line) + 1 + width_of(word) <= width) {
      line += ' ';
      line += word;
    } else {
      lines.emplace_back(word);
    }
  }
  return lines;
}

}  // namespace sim
