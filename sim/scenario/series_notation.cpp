#include "sim/scenario/series_notation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "sim/scenario/diagnostic.hpp"

namespace sim {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";
// Of a text of another kind every word is wrong: the first few say so.
constexpr std::size_t kMostProblems = 20;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_sign(char c) { return c == '+' || c == '-'; }

// What one word stands for: `count` values from `first` on, or as many missing ones.
struct Stretch {
  bool is_missing = false;
  double first = 0;
  double step = 0;
  std::size_t count = 0;

  double last() const { return first + step * static_cast<double>(count - 1); }
};

// Reads one word from left to right; at the first thing that does not fit it says what should have
// been there.
class Word {
 public:
  Word(std::string_view text, std::size_t offset) : text_(text), offset_(offset) {}

  std::optional<Stretch> read() {
    Stretch stretch;
    if (peek() == '_') {
      ++at_;
      stretch.is_missing = true;
    } else if (!read_values(stretch)) {
      return std::nullopt;
    }
    std::optional<std::size_t> repetitions;
    if (peek() == 'x') {
      ++at_;
      repetitions = read_repetitions();
      if (!repetitions) return std::nullopt;
    }
    if (at_ < text_.size()) return fail_after(stretch, repetitions.has_value());
    const std::size_t one = stretch.is_missing && repetitions ? 0 : 1;
    stretch.count = repetitions.value_or(0) + one;
    if (!stretch.is_missing && !(std::abs(stretch.first) <= kLargestSeriesValue &&
                                 std::abs(stretch.last()) <= kLargestSeriesValue)) {
      at_ = 0;
      return fail("values from -1e18 to 1e18");
    }
    return stretch;
  }

  const SeriesProblem& problem() const { return problem_; }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  std::nullopt_t fail(std::string_view expected, std::string hint = {}) {
    const std::string_view rest = text_.substr(at_);
    problem_ = {offset_ + at_, "bad-series",
                fmt::format("expected {}, found {}", expected,
                            rest.empty() ? "the end of it" : in_quotes(rest)),
                std::move(hint)};
    return std::nullopt;
  }

  // `a`, `a+b` or `a-b`; with a step, repetitions have to follow.
  bool read_values(Stretch& stretch) {
    const auto first = read_number();
    if (!first) {
      fail("a number, or '_' for a missing value", hint_at_no_number());
      return false;
    }
    stretch.first = *first;
    if (!is_sign(peek())) return true;
    const auto step = read_number();
    if (!step) {
      fail(fmt::format("the step from value to value after {}", in_quotes(text_.substr(0, at_))));
      return false;
    }
    stretch.step = *step;
    if (peek() == 'x') return true;
    fail(fmt::format("'x' and how many values follow the first after {}",
                     in_quotes(text_.substr(0, at_))),
         fmt::format("{}x10 is eleven values", text_.substr(0, at_)));
    return false;
  }

  // `12`, `-1.5`, `+2e3`; stays where it is when there is none. A second digit after a leading zero
  // does not belong to the number, nor does `0x`: that is a zero and its repetitions.
  std::optional<double> read_number() {
    const std::size_t sign = is_sign(peek()) ? 1 : 0;
    std::size_t end = at_ + sign;
    if (end >= text_.size() || !is_digit(text_[end])) return std::nullopt;
    end = text_[end] == '0' ? end + 1 : after_digits(end);
    if (end + 1 < text_.size() && text_[end] == '.' && is_digit(text_[end + 1])) {
      end = after_digits(end + 1);
    }
    if (end < text_.size() && (text_[end] == 'e' || text_[end] == 'E')) {
      const std::size_t digits =
          end + 1 + (end + 1 < text_.size() && is_sign(text_[end + 1]) ? 1 : 0);
      if (digits < text_.size() && is_digit(text_[digits])) end = after_digits(digits);
    }
    const std::string_view number = text_.substr(at_ + sign, end - at_ - sign);
    double value = 0;
    const auto result = std::from_chars(number.data(), number.data() + number.size(), value);
    if (result.ec == std::errc::result_out_of_range) {
      const bool is_tiny = number.find_first_of("eE") != std::string_view::npos &&
                           number[number.find_first_of("eE") + 1] == '-';
      value = is_tiny ? 0.0 : HUGE_VAL;
    }
    const bool is_negative = text_[at_] == '-';
    at_ = end;
    return is_negative ? -value : value;
  }

  std::size_t after_digits(std::size_t at) const {
    while (at < text_.size() && is_digit(text_[at])) ++at;
    return at;
  }

  std::optional<std::size_t> read_repetitions() {
    const std::size_t end = after_digits(at_);
    if (end == at_) {
      return fail(fmt::format("how many after {}", in_quotes(text_.substr(0, at_))));
    }
    std::size_t repetitions = 0;
    const auto result = std::from_chars(text_.data() + at_, text_.data() + end, repetitions);
    at_ = end;
    // One more than there may be is refused by whoever counts, however many more were meant.
    const bool is_too_long = result.ec != std::errc{} || repetitions > kMostSeriesValues;
    return is_too_long ? kMostSeriesValues + 1 : repetitions;
  }

  std::nullopt_t fail_after(const Stretch& stretch, bool has_repetitions) {
    const std::string_view before = text_.substr(0, at_);
    if (has_repetitions) {
      return fail(fmt::format("a space after {}", in_quotes(before)), hint_at_separator());
    }
    std::string hint = hint_at_separator();
    if (stretch.is_missing && is_digit(peek())) {
      hint = fmt::format("did you mean '_x{}'?", text_.substr(at_));
    } else if (hint.empty() && is_digit(peek())) {
      hint = "write it without leading zeros";
    }
    return fail(fmt::format("{} or a space after {}",
                            stretch.is_missing ? "'x' and how many are missing"
                                               : "a step, 'x' and repetitions,",
                            in_quotes(before)),
                std::move(hint));
  }

  std::string hint_at_separator() const {
    return peek() == ',' || peek() == ';' ? "values are separated by spaces" : "";
  }

  std::string hint_at_no_number() const {
    if (text_ == "stale") return "CloudWatch knows no stale values: '_' is a missing one";
    if (text_.starts_with("{{")) return "a value is one number, not a histogram";
    if (peek() == 'x') return fmt::format("a value stands before the 'x': 7400{}", text_);
    for (const char c : text_) {
      if (c == ',') return "values are separated by spaces";
    }
    return "for example 100x5 7400x10 _x3";
  }

  std::string_view text_;
  std::size_t offset_;
  std::size_t at_ = 0;
  SeriesProblem problem_;
};

void append(const Stretch& stretch, std::vector<std::optional<double>>& values) {
  for (std::size_t k = 0; k < stretch.count; ++k) {
    values.push_back(stretch.is_missing
                         ? std::nullopt
                         : std::optional(stretch.first + stretch.step * static_cast<double>(k)));
  }
}

}  // namespace

SeriesReading read_series(std::string_view notation) {
  SeriesReading reading;
  std::size_t at = notation.find_first_not_of(kSpaces);
  while (at != std::string_view::npos && reading.problems.size() < kMostProblems) {
    const std::size_t end = std::min(notation.find_first_of(kSpaces, at), notation.size());
    Word word(notation.substr(at, end - at), at);
    const std::optional<Stretch> stretch = word.read();
    if (!stretch) {
      reading.problems.push_back(word.problem());
    } else if (stretch->count > kMostSeriesValues - reading.values.size()) {
      reading.problems.push_back(
          {at,
           "series-too-long",
           fmt::format("expected at most {} values in a series, found more with {}",
                       kMostSeriesValues, in_quotes(notation.substr(at, end - at))),
           {}});
      return reading;
    } else {
      append(*stretch, reading.values);
    }
    at = notation.find_first_not_of(kSpaces, end);
  }
  if (reading.values.empty() && reading.problems.empty()) {
    reading.problems.push_back(
        {0, "bad-series", "expected at least one value, found none", "for example 100x5 7400x10"});
  }
  return reading;
}

}  // namespace sim
