#include "sim/scenario/expectation_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "sim/scenario/quantity.hpp"
#include "sim/scenario/run_reader.hpp"
#include "sim/scenario/section.hpp"
#include "sim/scenario/summary_keys.hpp"

namespace sim {
namespace {

// Longer operators first: `<=` begins with `<`.
constexpr Choice<ExpectationOperator> kOperators[] = {
    {"<=", ExpectationOperator::LessOrEqual}, {">=", ExpectationOperator::GreaterOrEqual},
    {"==", ExpectationOperator::Equal},       {"!=", ExpectationOperator::NotEqual},
    {"<", ExpectationOperator::Less},         {">", ExpectationOperator::Greater}};
constexpr std::array<std::string_view, 3> kAlarmStates{"OK", "ALARM", "INSUFFICIENT_DATA"};

struct Parts {
  std::string_view left;
  ExpectationOperator comparison = ExpectationOperator::Less;
  std::string_view right;
};
// Cuts `left op right` at the first operator outside of double quotes.
std::optional<Parts> parts_of(std::string_view text) {
  bool in_name = false;
  for (std::size_t index = 0; index < text.size(); ++index) {
    if (text[index] == '"') in_name = !in_name;
    if (in_name) continue;
    for (const auto& choice : kOperators) {
      if (!text.substr(index).starts_with(choice.name)) continue;
      const Parts parts{trimmed(text.substr(0, index)), choice.value,
                        trimmed(text.substr(index + choice.name.size()))};
      if (parts.left.empty() || parts.right.empty()) return std::nullopt;
      return parts;
    }
  }
  return std::nullopt;
}

// A value in the base unit of its dimension, with the unit that it was written in.
struct Measured {
  std::optional<double> value;
  std::string unit;
  std::string expected;
  std::string hint;
};

Measured plain(std::string_view text, std::string_view unit) {
  const Reading<double> number = read_number(text);
  return {number.value, std::string(unit), number.expected, number.hint};
}

Measured share(std::string_view text, double most_plain) {
  const Reading<double> percent = read_percent(text);
  if (percent.value) return {percent.value, "%", {}, {}};
  const Reading<double> number = read_number(text);
  if (number.value && *number.value >= 0 && *number.value <= most_plain) {
    return {number.value, "", {}, {}};
  }
  return {std::nullopt, {}, "a percentage such as 0.1%, or a fraction from 0 to 1", percent.hint};
}

Measured measured(SummaryDimension dimension, std::string_view text) {
  switch (dimension) {
    case SummaryDimension::Count:
      return plain(text, "");
    case SummaryDimension::Ratio:
      return share(text, 1e9);
    case SummaryDimension::Share:
      return share(text, 1.0);
    case SummaryDimension::Seconds: {
      Reading<Duration> span = read_duration(text);
      if (span.value) return {core::in_seconds(*span.value), "s", {}, {}};
      return {std::nullopt, {}, std::move(span.expected), std::move(span.hint)};
    }
    case SummaryDimension::PerMinute: {
      const Reading<RateQuantity> rate = read_rate(text);
      if (rate.value) return {rate.value->per_minute(), "/min", {}, {}};
      return plain(text, "/min");
    }
    case SummaryDimension::CpuPercent:
      return plain(text.ends_with('%') ? text.substr(0, text.size() - 1) : text, "%");
    case SummaryDimension::Money: {
      Reading<double> money = read_money(text);
      return {money.value, "USD", std::move(money.expected), std::move(money.hint)};
    }
    case SummaryDimension::HourlyMoney: {
      Reading<double> price = read_hourly_price(text);
      return {price.value, "USD/h", "an amount an hour such as 0.5 USD/h", std::move(price.hint)};
    }
  }
  return {};
}

class ExpectationReader {
 public:
  ExpectationReader(const Node& that, Diagnostics& diagnostics)
      : that_(that), diagnostics_(diagnostics) {}

  // Reads the line itself into `expectation`; false after a report.
  bool read(Expectation& expectation) {
    if (that_.kind != NodeKind::Scalar) {
      report_expected(diagnostics_, that_, "an expectation such as 'latency.p99 < 1s'",
                      "wrong-type");
      return false;
    }
    expectation.that = that_.text;
    expectation.place = to_source_place(that_.place);
    const std::optional<Parts> parts = parts_of(that_.text);
    if (!parts) {
      report_expected(diagnostics_, that_, "an expectation such as 'latency.p99 < 1s'",
                      "bad-expectation", "the operators are <, <=, >, >=, == and !=");
      return false;
    }
    expectation.comparison = parts->comparison;
    if (parts->left.starts_with("alarm ")) return read_alarm(*parts, expectation);
    return read_metric(*parts, expectation);
  }

 private:
  bool fail(std::string code, std::string message, std::string hint = {}) {
    report(diagnostics_, Severity::Error, that_.place, std::move(code), std::move(message),
           std::move(hint));
    return false;
  }

  bool read_metric(const Parts& parts, Expectation& expectation) {
    const SummaryKey* key = find_summary_key(parts.left);
    if (key == nullptr) {
      std::vector<std::string_view> names;
      for (const SummaryKey& known : summary_keys()) names.push_back(known.path);
      std::string hint = did_you_mean(parts.left, names);
      if (hint.empty()) hint = keys_beside(parts.left);
      return fail("unknown-metric",
                  fmt::format("expected a metric of the summary, found {}", in_quotes(parts.left)),
                  std::move(hint));
    }
    Measured right = measured(key->dimension, parts.right);
    if (!right.value) {
      return fail("bad-expectation",
                  fmt::format("expected {} for {}, found {}", right.expected, key->path,
                              in_quotes(parts.right)),
                  std::move(right.hint));
    }
    expectation.metric = std::string(key->path);
    expectation.value = *right.value;
    expectation.unit = std::move(right.unit);
    return true;
  }

  // The metrics of the same group: "the metrics of latency are ...".
  static std::string keys_beside(std::string_view path) {
    const std::string_view group = path.substr(0, path.find('.'));
    std::vector<std::string_view> same_group;
    for (const SummaryKey& key : summary_keys()) {
      if (key.path.substr(0, key.path.find('.')) == group) same_group.push_back(key.path);
    }
    if (same_group.empty()) return "metrics are the keys of the summary, such as latency.p99";
    return fmt::format("its neighbours are {}", one_of(same_group));
  }

  bool read_alarm(const Parts& parts, Expectation& expectation) {
    const std::string_view name = trimmed(parts.left.substr(std::string_view("alarm ").size()));
    const bool is_quoted = name.size() > 2 && name.starts_with('"') && name.ends_with('"');
    const bool is_comparable = parts.comparison == ExpectationOperator::Equal ||
                               parts.comparison == ExpectationOperator::NotEqual;
    if (!is_quoted || !is_comparable) {
      return fail("bad-expectation",
                  fmt::format("expected 'alarm \"NAME\" == OK', found {}", in_quotes(that_.text)));
    }
    if (std::find(kAlarmStates.begin(), kAlarmStates.end(), parts.right) == kAlarmStates.end()) {
      return fail("unknown-value",
                  fmt::format("expected the alarm state {}, found {}", one_of(kAlarmStates),
                              in_quotes(parts.right)),
                  did_you_mean(parts.right, kAlarmStates));
    }
    expectation.metric = "alarm";
    expectation.alarm_name = std::string(name.substr(1, name.size() - 2));
    expectation.alarm_state = std::string(parts.right);
    return true;
  }

  const Node& that_;
  Diagnostics& diagnostics_;
};

// `[from, to]`. What is wrong with it has been reported when there is none.
std::optional<RunWindow> read_window(const Node& node, Diagnostics& diagnostics) {
  if (node.kind != NodeKind::Sequence || node.items.size() != 2) {
    report_expected(diagnostics, node, "two times such as [1h, 1h30m]", "wrong-type");
    return std::nullopt;
  }
  const auto from = duration_of(node.items[0], diagnostics, Zero::Allowed, kLongestRun);
  const auto to = duration_of(node.items[1], diagnostics, Zero::Allowed, kLongestRun);
  if (!from || !to) return std::nullopt;
  if (*from < *to) return RunWindow{*from, *to};
  report(diagnostics, Severity::Error, node.items[1].place, "out-of-range",
         fmt::format("expected a time after '{}', found '{}'", format_duration(*from),
                     format_duration(*to)));
  return std::nullopt;
}

void check_at(const Expectation& expectation, const Node& that, const Node* at,
              Diagnostics& diagnostics) {
  const SummaryKey* key = find_summary_key(expectation.metric);
  const bool is_state = expectation.metric == "alarm" || (key != nullptr && key->at_a_time);
  if (is_state && at == nullptr) {
    report(diagnostics, Severity::Error, that.place, "missing-key",
           fmt::format("expected a time for {}, which changes all the time, found none",
                       expectation.metric),
           fmt::format("{{that: '{}', at: 1h}}", expectation.that));
  }
  if (!is_state && at != nullptr) {
    report(diagnostics, Severity::Error, at->place, "misplaced-key",
           fmt::format("expected 'at' with instances.in_service, instances.desired or an alarm, "
                       "found it with {}",
                       expectation.metric),
           "'during' limits it to a phase, 'within' to a window");
  }
}

// The one of `at`, `during` and `within` that is there; null: none.
const Node* when_of(const Section& section, Diagnostics& diagnostics) {
  const Node* when = nullptr;
  std::string_view found;
  for (const std::string_view key : {"at", "during", "within"}) {
    const Node* node = section.find(key);
    if (node == nullptr) continue;
    if (when != nullptr) {
      report(diagnostics, Severity::Error, node->place, "misplaced-key",
             fmt::format("expected one of 'at', 'during' and 'within', found '{}' and '{}'", found,
                         key));
    }
    when = node;
    found = key;
  }
  return when;
}

std::optional<ExpectationDraft> read_expectation(const Node& node, std::size_t index,
                                                 Diagnostics& diagnostics) {
  ExpectationDraft draft{{}, node.place, node.place};
  Expectation& expectation = draft.expectation;
  if (node.kind != NodeKind::Mapping) {
    if (!ExpectationReader(node, diagnostics).read(expectation)) return std::nullopt;
    check_at(expectation, node, nullptr, diagnostics);
    return draft;
  }
  const Section section(node, fmt::format("expect[{}]", index),
                        {"that", "at", "during", "within", "fails", "because"}, diagnostics);
  expectation.at = section.duration("at", Zero::Allowed, kLongestRun);
  expectation.during = section.text("during");
  expectation.fails = section.boolean("fails").value_or(false);
  expectation.because = section.text("because");
  if (const Node* within = section.find("within")) {
    expectation.within = read_window(*within, diagnostics);
  }
  const Node* that = section.require("that", "that: latency.p99 < 1s");
  if (that == nullptr || !ExpectationReader(*that, diagnostics).read(expectation)) {
    return std::nullopt;
  }
  check_at(expectation, *that, section.find("at"), diagnostics);
  const Node* when = when_of(section, diagnostics);
  draft.place = that->place;
  draft.when_place = when != nullptr ? when->place : that->place;
  return draft;
}

}  // namespace

std::vector<ExpectationDraft> read_expectations(const Node* node, Diagnostics& diagnostics) {
  std::vector<ExpectationDraft> drafts;
  if (node == nullptr) return drafts;
  if (node->kind != NodeKind::Sequence) {
    report_expected(diagnostics, *node, "expect as a list such as [latency.p99 < 1s]",
                    "wrong-type");
    return drafts;
  }
  for (std::size_t index = 0; index < node->items.size(); ++index) {
    if (auto draft = read_expectation(node->items[index], index, diagnostics)) {
      drafts.push_back(std::move(*draft));
    }
  }
  return drafts;
}

std::string_view to_string(ExpectationOperator comparison) {
  return name_of(comparison, kOperators);
}

}  // namespace sim
