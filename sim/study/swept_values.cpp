#include "sim/study/swept_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include "sim/scenario/quantity.hpp"

namespace sim {
namespace {

SweptValues refused(std::string expected, std::string_view found, std::string hint = {}) {
  return {{}, std::move(expected), std::string(found), std::move(hint)};
}

// The parts between separators that stand outside of quotes and brackets.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  int depth = 0;
  char quote = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '{' || c == '[' || c == '(') {
      ++depth;
    } else if (c == '}' || c == ']' || c == ')') {
      --depth;
    } else if (c == separator && depth == 0) {
      parts.push_back(trimmed(text.substr(begin, at - begin)));
      begin = at + 1;
    }
  }
  parts.push_back(trimmed(text.substr(begin)));
  return parts;
}

// A number as it is written, without a rounding: digits x 10^-decimals, and its unit.
struct Quantity {
  std::int64_t digits = 0;
  int decimals = 0;
  std::string unit;  // with the space before it
};

constexpr std::size_t kMostDigits = 15;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<Quantity> read_decimal(std::string_view text) {
  Quantity quantity;
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  std::size_t at = 0;
  std::size_t count = 0;
  bool is_after_point = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && !is_after_point && at + 1 < text.size() && is_digit(text[at + 1])) {
      is_after_point = true;
    } else if (is_digit(text[at]) && ++count <= kMostDigits) {
      quantity.digits = 10 * quantity.digits + (text[at] - '0');
      if (is_after_point) ++quantity.decimals;
    } else {
      break;
    }
  }
  if (count == 0 || count > kMostDigits || !is_digit(text.front())) return std::nullopt;
  quantity.unit = text.substr(at);
  if (is_negative) quantity.digits = -quantity.digits;
  // A unit is one that scenarios know.
  const std::string one = "1" + quantity.unit;
  const bool is_known = quantity.unit.empty() || read_rate(one).value || read_percent(one).value ||
                        read_money(one).value || read_hourly_price(one).value;
  if (!is_known) return std::nullopt;
  return quantity;
}

// Durations are counted in nanoseconds, so that 90s and 2m are of one unit.
const std::string kNanoseconds = "ns";

std::optional<Quantity> read_quantity(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  const auto duration = read_duration(is_negative ? text.substr(1) : text);
  if (!duration.value) return read_decimal(text);
  const std::int64_t count = duration.value->count();
  return Quantity{is_negative ? -count : count, 0, kNanoseconds};
}

std::string kind_of(const Quantity& quantity) {
  if (quantity.unit == kNanoseconds) return "a duration";
  if (quantity.unit.empty()) return "a plain number";
  return fmt::format("a number with the unit '{}'", trimmed(quantity.unit));
}

bool scale(Quantity& quantity, int decimals) {
  for (; quantity.decimals < decimals; ++quantity.decimals) {
    if (__builtin_mul_overflow(quantity.digits, std::int64_t{10}, &quantity.digits)) return false;
  }
  // So that a difference of two stays a number.
  return std::abs(quantity.digits) < std::int64_t{1} << 61;
}

std::string text_of(const Quantity& quantity) {
  if (quantity.unit == kNanoseconds) return format_duration(core::Duration{quantity.digits});
  std::string digits = std::to_string(std::abs(quantity.digits));
  if (quantity.decimals > 0) {
    const auto decimals = static_cast<std::size_t>(quantity.decimals);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    digits.insert(digits.size() - decimals, ".");
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
  }
  return (quantity.digits < 0 ? "-" : "") + digits + quantity.unit;
}

SweptValues range(Quantity from, Quantity to, Quantity step, std::size_t most,
                  std::string_view text) {
  const int decimals = std::max({from.decimals, to.decimals, step.decimals});
  if (!scale(from, decimals) || !scale(to, decimals) || !scale(step, decimals)) {
    return refused("numbers of at most 15 digits", text);
  }
  const std::int64_t span = to.digits - from.digits;
  if (step.digits == 0) return refused("a step that is not zero", text);
  if (span != 0 && (span > 0) != (step.digits > 0)) {
    return refused("a step that leads from FROM to TO", text,
                   span > 0 ? "" : "a range that goes down has a negative step");
  }
  const auto count = static_cast<std::uint64_t>(span / step.digits) + 1;
  if (count > most) {
    return refused(fmt::format("at most {} values", most), fmt::format("{} values", count));
  }
  SweptValues swept;
  for (std::uint64_t index = 0; index < count; ++index) {
    swept.values.push_back(text_of(from));
    from.digits += step.digits;
  }
  return swept;
}

SweptValues read_range(const std::vector<std::string_view>& parts, std::string_view text,
                       std::size_t most) {
  std::vector<Quantity> quantities;
  for (const std::string_view part : parts) {
    const auto quantity = read_quantity(part);
    if (!quantity) {
      return refused("FROM:TO:STEP, each a number with its unit", part,
                     "a value with colons of its own stands in quotes: PATH='\"a:b:c\"'");
    }
    if (!quantities.empty() && quantity->unit != quantities.front().unit) {
      return refused(fmt::format("{} as in {}", kind_of(quantities.front()), parts.front()), part);
    }
    quantities.push_back(*quantity);
  }
  return range(quantities[0], quantities[1], quantities[2], most, text);
}

// "2m:8m" is a range without its step, and "13:00" is a time of the day.
bool lacks_step(const std::vector<std::string_view>& parts, std::string_view text) {
  return parts.size() == 2 && !read_clock_time(text).value && read_quantity(parts[0]) &&
         read_quantity(parts[1]);
}

SweptValues read_list(const std::vector<std::string_view>& entries, std::size_t most) {
  SweptValues swept;
  for (const std::string_view entry : entries) {
    if (entry.empty()) return refused("a value between commas", "nothing");
    if (std::find(swept.values.begin(), swept.values.end(), entry) != swept.values.end()) {
      return refused("each value once", entry);
    }
    swept.values.emplace_back(entry);
  }
  if (swept.values.size() > most) {
    return refused(fmt::format("at most {} values", most),
                   fmt::format("{} values", swept.values.size()));
  }
  return swept;
}

}  // namespace

SweptValues read_swept_values(std::string_view text, std::size_t most) {
  text = trimmed(text);
  if (text.empty()) {
    return refused("values", "nothing", "for example 2m:8m:1m, or 2m,5m,8m");
  }
  const std::vector<std::string_view> entries = split(text, ',');
  if (entries.size() > 1) return read_list(entries, most);
  const std::vector<std::string_view> parts = split(text, ':');
  if (parts.size() == 3) return read_range(parts, text, most);
  if (lacks_step(parts, text)) return refused("FROM:TO:STEP", text, "give the step, too");
  return read_list(entries, most);
}

}  // namespace sim
