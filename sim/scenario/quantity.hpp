// Reads and writes values with their units: `90s`, `1500/min`, `0.5%`, `7 USD`, "13:00".
//
// Strict: a bare number where a unit is needed is refused with both readings as the hint, and so is
// whatever other readers of YAML would turn into a surprising number (`010`, `1_000`, `.nan`).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/sim_time.hpp"
#include "core/units.hpp"

namespace sim {

// A value, or what was expected instead and what may have been meant.
template <class T>
struct Reading {
  std::optional<T> value;
  std::string code;      // "missing-unit", "bad-value"
  std::string expected;  // "a rate with its unit"
  std::string hint;
};

// A rate keeps its unit, so that `2/min` is exactly two when asked for per minute.
enum class RateUnit { PerSecond, PerMinute, PerHour };
struct RateQuantity {
  double value = 0;
  RateUnit unit = RateUnit::PerSecond;
  core::RequestRate rate() const;
  double per_minute() const;
};

// None of these gives a negative, infinite or undefined value.
Reading<core::Duration> read_duration(std::string_view text);  // at most ten years
Reading<RateQuantity> read_rate(std::string_view text);        // at most a billion a second
Reading<double> read_percent(std::string_view text);           // `0.5%` is 0.005
Reading<double> read_money(std::string_view text);             // `7 USD`
Reading<double> read_hourly_price(std::string_view text);      // `0.102 USD/h`
Reading<core::Duration> read_clock_time(std::string_view text);
// Plain numbers; these may be negative.
Reading<double> read_number(std::string_view text);
Reading<std::int64_t> read_integer(std::string_view text);

// The shortest text that reads back as the very same value.
std::string format_number(double value);
std::string format_duration(core::Duration span);  // 1h30m, 9ms, 250us
std::string format_rate(core::RequestRate rate);   // 25/s
std::string format_percent(double fraction);       // 0.5%; of a fraction that read_percent gave
std::string format_clock_time(core::Duration since_midnight);

// Without the spaces and tabs before and after it.
std::string_view trimmed(std::string_view text);

}  // namespace sim
