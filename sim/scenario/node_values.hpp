// Reads single values out of a document tree, reporting what is not what was expected.
//
// Every function gives nothing after a report; callers carry on with a default, so that one run
// over the file finds every mistake.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/sim_time.hpp"
#include "core/units.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/quantity.hpp"

namespace sim {

enum class Zero { Allowed, Refused };

inline constexpr core::Duration kLongestSpan = std::chrono::hours{24 * 3650};

// The scalar as `read` understands it.
template <class T>
std::optional<T> scalar_of(const Node& node, Diagnostics& diagnostics,
                           Reading<T> (*read)(std::string_view)) {
  if (node.kind != NodeKind::Scalar) {
    report_expected(diagnostics, node, read({}).expected, "wrong-type");
    return std::nullopt;
  }
  Reading<T> reading = read(node.text);
  if (!reading.value) {
    report_expected(diagnostics, node, reading.expected, std::move(reading.code),
                    std::move(reading.hint));
  }
  return reading.value;
}

std::optional<core::Duration> duration_of(const Node& node, Diagnostics& diagnostics, Zero zero,
                                          core::Duration most = kLongestSpan);
std::optional<RateQuantity> rate_of(const Node& node, Diagnostics& diagnostics, Zero zero);
std::optional<double> percent_of(const Node& node, Diagnostics& diagnostics);
std::optional<double> hourly_price_of(const Node& node, Diagnostics& diagnostics);
std::optional<core::Duration> clock_time_of(const Node& node, Diagnostics& diagnostics);

struct NumberRange {
  double least = 0;
  double most = 0;
};
std::optional<double> number_of(const Node& node, Diagnostics& diagnostics, NumberRange range);
struct IntegerRange {
  std::int64_t least = 0;
  std::int64_t most = 0;
};
std::optional<std::int64_t> integer_of(const Node& node, Diagnostics& diagnostics,
                                       IntegerRange range);
std::optional<bool> boolean_of(const Node& node, Diagnostics& diagnostics);
// A scalar that is not empty; in JSON a string.
std::optional<std::string> text_of(const Node& node, Diagnostics& diagnostics,
                                   std::string_view what = "text");

template <class E>
struct Choice {
  std::string_view name;
  E value;
};
std::optional<std::size_t> choice_index_of(const Node& node, Diagnostics& diagnostics,
                                           std::span<const std::string_view> names);

template <class E, std::size_t n>
std::optional<E> choice_of(const Node& node, Diagnostics& diagnostics,
                           const Choice<E> (&choices)[n]) {
  std::string_view names[n];
  for (std::size_t index = 0; index < n; ++index) names[index] = choices[index].name;
  const auto chosen = choice_index_of(node, diagnostics, names);
  return chosen ? std::optional<E>(choices[*chosen].value) : std::nullopt;
}
template <class E, std::size_t n>
std::string_view name_of(E value, const Choice<E> (&choices)[n]) {
  for (const Choice<E>& choice : choices) {
    if (choice.value == value) return choice.name;
  }
  return {};
}

}  // namespace sim
