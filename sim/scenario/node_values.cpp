#include "sim/scenario/node_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace sim {
namespace {

using core::Duration;

// Quoted digits are text. Reports and gives nothing when the node is such text.
template <class T>
std::optional<T> plain_scalar_of(const Node& node, Diagnostics& diagnostics,
                                 Reading<T> (*read)(std::string_view)) {
  if (node.kind == NodeKind::Scalar && node.quoted) {
    report(diagnostics, Severity::Error, node.place, "wrong-type",
           fmt::format("expected {}, found the text {}", read({}).expected, in_quotes(node.text)),
           read(node.text).value ? "write it without quotes" : "");
    return std::nullopt;
  }
  return scalar_of(node, diagnostics, read);
}

void report_range(Diagnostics& diagnostics, const Node& node, std::string_view what) {
  report_expected(diagnostics, node, what, "out-of-range");
}

}  // namespace

std::optional<Duration> duration_of(const Node& node, Diagnostics& diagnostics, Zero zero,
                                    Duration most) {
  const auto span = scalar_of(node, diagnostics, &read_duration);
  if (!span) return std::nullopt;
  if (zero == Zero::Refused && span->count() == 0) {
    report_range(diagnostics, node, "a duration above 0s");
    return std::nullopt;
  }
  if (*span > most) {
    report_range(diagnostics, node, fmt::format("a duration of at most {}", format_duration(most)));
    return std::nullopt;
  }
  return span;
}

std::optional<RateQuantity> rate_of(const Node& node, Diagnostics& diagnostics, Zero zero) {
  const auto rate = scalar_of(node, diagnostics, &read_rate);
  if (rate && zero == Zero::Refused && rate->value == 0) {
    report_range(diagnostics, node, "a rate above 0/s");
    return std::nullopt;
  }
  return rate;
}

std::optional<double> percent_of(const Node& node, Diagnostics& diagnostics) {
  return scalar_of(node, diagnostics, &read_percent);
}

std::optional<double> hourly_price_of(const Node& node, Diagnostics& diagnostics) {
  return scalar_of(node, diagnostics, &read_hourly_price);
}

std::optional<Duration> clock_time_of(const Node& node, Diagnostics& diagnostics) {
  return scalar_of(node, diagnostics, &read_clock_time);
}

std::optional<double> number_of(const Node& node, Diagnostics& diagnostics, NumberRange range) {
  const auto number = plain_scalar_of(node, diagnostics, &read_number);
  if (!number || (*number >= range.least && *number <= range.most)) return number;
  report_range(diagnostics, node,
               *number < range.least
                   ? fmt::format("a number of at least {}", format_number(range.least))
                   : fmt::format("a number of at most {}", format_number(range.most)));
  return std::nullopt;
}

std::optional<std::int64_t> integer_of(const Node& node, Diagnostics& diagnostics,
                                       IntegerRange range) {
  const auto number = plain_scalar_of(node, diagnostics, &read_integer);
  if (!number || (*number >= range.least && *number <= range.most)) return number;
  report_range(diagnostics, node,
               *number < range.least ? fmt::format("a whole number of at least {}", range.least)
                                     : fmt::format("a whole number of at most {}", range.most));
  return std::nullopt;
}

std::optional<bool> boolean_of(const Node& node, Diagnostics& diagnostics) {
  if (node.kind == NodeKind::Scalar && !node.quoted) {
    if (node.text == "true") return true;
    if (node.text == "false") return false;
  }
  report_expected(diagnostics, node, "true or false", "wrong-type");
  return std::nullopt;
}

std::optional<std::string> text_of(const Node& node, Diagnostics& diagnostics,
                                   std::string_view what) {
  const bool is_json =
      node.place.source != nullptr && node.place.source->format() == SourceFormat::Json;
  if (node.kind == NodeKind::Scalar && !node.text.empty() && (node.quoted || !is_json)) {
    return node.text;
  }
  report_expected(diagnostics, node, what, "wrong-type");
  return std::nullopt;
}

std::optional<std::size_t> choice_index_of(const Node& node, Diagnostics& diagnostics,
                                           std::span<const std::string_view> names) {
  if (node.kind == NodeKind::Scalar) {
    const auto found = std::find(names.begin(), names.end(), node.text);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    report_expected(diagnostics, node, one_of(names), "unknown-value",
                    did_you_mean(node.text, names));
  } else {
    report_expected(diagnostics, node, one_of(names), "wrong-type");
  }
  return std::nullopt;
}

}  // namespace sim
