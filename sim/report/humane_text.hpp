// Writes numbers as people say them: 11.3 s, 412 ms, 30,412, 0.44 %, $5.97, 2h33m.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/sim_time.hpp"

namespace sim {

// Significant digits of a measured value: what a reader takes in, and less than the noise of a run.
inline constexpr int kHumaneDigits = 3;

std::string humane_count(std::int64_t value);  // 30,412
// Whole numbers in full, others to `digits` significant ones: 12, 4.87, 1,235.
std::string humane_number(double value, int digits = kHumaneDigits);
// One latency: 850 us, 9.3 ms, 11.3 s; two minutes and more as a span.
std::string humane_seconds(double seconds, int digits = kHumaneDigits);
std::string humane_share(double fraction, int digits = kHumaneDigits);  // 0.44 %
// `decimals` decimals, and below ten cents as many significant digits but at least three.
std::string humane_money(double usd, int decimals = 2);

// A span or a time since the run's start, to the second, as options and scenarios write it: 2h33m.
std::string humane_span(core::Duration span);
std::string humane_time(core::SimTime at);
// The same for a measured span; below a minute with its fraction: 7.4s.
std::string humane_span(double seconds);

// Text of a user as one line: control characters would move the cursor or hide what follows.
std::string one_line(std::string_view text);

// "1 activity", "2 activities".
std::string counted(std::int64_t count, std::string_view singular, std::string_view plural);

// How many columns UTF-8 text takes, one a character.
std::size_t width_of(std::string_view text);
// Filled up with spaces on the right or, for numbers, on the left.
std::string padded(std::string_view text, std::size_t width);
std::string right_aligned(std::string_view text, std::size_t width);

// The words of a text in lines of at most `width` columns; a longer word has a line of its own. At
// least one line.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace sim
