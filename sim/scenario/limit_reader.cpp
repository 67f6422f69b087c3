#include "sim/scenario/limit_reader.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "sim/scenario/quantity.hpp"
#include "sim/scenario/section.hpp"
#include "sim/scenario/summary_keys.hpp"

namespace sim {
namespace {

std::string_view without(std::string_view text, std::string_view ending) {
  return trimmed(text.substr(0, text.size() - ending.size()));
}

struct Change {
  double value = 0;
  bool is_relative = false;
};

// The size of a change; nothing when it is none of this dimension.
std::optional<Change> read_size(std::string_view text, SummaryDimension dimension) {
  const auto plain = [](std::string_view number, double unit) -> std::optional<Change> {
    const Reading<double> reading = read_number(number);
    if (!reading.value || *reading.value < 0) return std::nullopt;
    return Change{*reading.value * unit, false};
  };
  if (text.ends_with('%')) {
    auto change = plain(without(text, "%"), 1e-2);
    if (change) change->is_relative = true;
    return change;
  }
  switch (dimension) {
    case SummaryDimension::Seconds: {
      const auto span = read_duration(text);
      if (!span.value) return std::nullopt;
      return Change{core::in_seconds(*span.value), false};
    }
    case SummaryDimension::Share:
    case SummaryDimension::Ratio:
      return text.ends_with("pp") ? plain(without(text, "pp"), 1e-2) : std::nullopt;
    case SummaryDimension::CpuPercent:
      return text.ends_with("pp") ? plain(without(text, "pp"), 1) : std::nullopt;
    case SummaryDimension::Money:
      return text.ends_with("USD") ? plain(without(text, "USD"), 1) : std::nullopt;
    case SummaryDimension::HourlyMoney:
      return text.ends_with("USD/h") ? plain(without(text, "USD/h"), 1) : std::nullopt;
    case SummaryDimension::PerMinute:
      return text.ends_with("/min") ? plain(without(text, "/min"), 1) : std::nullopt;
    case SummaryDimension::Count:
      break;
  }
  return plain(text, 1);
}

std::string_view example_of(SummaryDimension dimension) {
  switch (dimension) {
    case SummaryDimension::Seconds:
      return "+20ms";
    case SummaryDimension::Share:
    case SummaryDimension::Ratio:
      return "+0.1pp";
    case SummaryDimension::CpuPercent:
      return "+10pp";
    case SummaryDimension::Money:
      return "+0.5 USD";
    case SummaryDimension::HourlyMoney:
      return "+0.1 USD/h";
    case SummaryDimension::PerMinute:
      return "+100/min";
    case SummaryDimension::Count:
      break;
  }
  return "+2";
}

// A limit, or what is wrong with its text.
struct LimitReading {
  std::optional<RegressionLimit> limit;
  std::string code;
  std::string message;
  std::string hint;
};

LimitReading unknown_metric(std::string_view metric) {
  std::vector<std::string_view> known;
  for (const SummaryKey& each : summary_keys()) {
    if (!each.at_a_time) known.push_back(each.path);
  }
  return {std::nullopt, "unknown-metric",
          fmt::format("expected a key of the summary, found {}", in_quotes(metric)),
          did_you_mean(metric, known)};
}

LimitReading limit_of(const std::string& text) {
  const std::size_t sign = text.find_first_of("<>");
  if (sign == std::string::npos) {
    return {std::nullopt, "bad-limit",
            fmt::format("expected METRIC > CHANGE or METRIC < CHANGE, found {}", in_quotes(text)),
            "for example 'errors.rate > +0.1pp' or 'latency.p99 > +5%'"};
  }
  const std::string_view metric = trimmed(std::string_view(text).substr(0, sign));
  const SummaryKey* key = find_summary_key(metric);
  if (key == nullptr || key->at_a_time) return unknown_metric(metric);
  const std::string_view written = trimmed(std::string_view(text).substr(sign + 1));
  std::string_view change = written;
  const bool is_negative = change.starts_with('-');
  if (is_negative || change.starts_with('+')) change.remove_prefix(1);
  const auto size = read_size(trimmed(change), key->dimension);
  if (!size) {
    return {std::nullopt,
            "bad-limit",
            fmt::format("expected a change of {} such as {} or +5%, found {}", key->path,
                        example_of(key->dimension), in_quotes(written)),
            {}};
  }
  RegressionLimit limit;
  limit.text = text;
  limit.key = summary_key_index(key->path);
  limit.is_upper = text[sign] == '>';
  limit.change = is_negative ? -size->value : size->value;
  limit.is_relative = size->is_relative;
  return {std::move(limit), {}, {}, {}};
}

std::optional<RegressionLimit> limit_of_entry(const Node& entry, std::size_t index,
                                              Diagnostics& diagnostics) {
  const Node* that = &entry;
  std::optional<std::string> because;
  if (entry.kind == NodeKind::Mapping) {
    const Section section(entry, fmt::format("limits[{}]", index), {"that", "because"},
                          diagnostics);
    because = section.text("because");
    that = section.require("that", "that: errors.rate > +0.1pp");
    if (that == nullptr) return std::nullopt;
  }
  if (that->kind != NodeKind::Scalar) {
    report_expected(diagnostics, *that, "a limit such as 'errors.rate > +0.1pp'", "wrong-type");
    return std::nullopt;
  }
  LimitReading reading = limit_of(that->text);
  if (!reading.limit) {
    report(diagnostics, Severity::Error, that->place, std::move(reading.code),
           std::move(reading.message), std::move(reading.hint));
    return std::nullopt;
  }
  reading.limit->because = std::move(because);
  return std::move(reading.limit);
}

}  // namespace

std::optional<RegressionLimit> read_limit(const std::string& text, const SourcePlace& place,
                                          Diagnostics& diagnostics) {
  LimitReading reading = limit_of(text);
  if (!reading.limit) {
    diagnostics.add_error(place, std::move(reading.code), std::move(reading.message),
                          std::move(reading.hint));
  }
  return std::move(reading.limit);
}

std::vector<RegressionLimit> read_limits(const Node* node, Diagnostics& diagnostics) {
  std::vector<RegressionLimit> limits;
  if (node == nullptr) return limits;
  if (node->kind != NodeKind::Sequence) {
    report_expected(diagnostics, *node, "limits as a list such as [errors.rate > +0.1pp]",
                    "wrong-type");
    return limits;
  }
  for (std::size_t index = 0; index < node->items.size(); ++index) {
    if (auto limit = limit_of_entry(node->items[index], index, diagnostics)) {
      limits.push_back(*std::move(limit));
    }
  }
  return limits;
}

}  // namespace sim
