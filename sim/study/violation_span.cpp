#include "sim/study/violation_span.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace sim {
namespace {

using Minute = MinuteRecord;

std::optional<double> error_rate(const Minute& minute) {
  if (minute.invocations == 0) return std::nullopt;
  return static_cast<double>(minute.errors) / static_cast<double>(minute.invocations);
}

// What a minute says about the metric. A minute keeps no maximum and no p99.9 of latencies, but
// where its p99 is already too long, those are as well.
struct MinuteMetric {
  std::string_view path;
  std::optional<double> (*value)(const Minute& minute);
};
constexpr MinuteMetric kMinuteMetrics[] = {
    {"errors.rate", error_rate},
    {"latency.p50", [](const Minute& m) { return m.latency_p50; }},
    {"latency.p95", [](const Minute& m) { return m.latency_p95; }},
    {"latency.p99", [](const Minute& m) { return m.latency_p99; }},
    {"latency.p99_9", [](const Minute& m) { return m.latency_p99; }},
    {"latency.max", [](const Minute& m) { return m.latency_p99; }},
    {"cpu_percent.max", [](const Minute& m) { return m.cpu_percent; }},
    {"instances.min", [](const Minute& m) { return std::optional<double>(m.in_service); }},
    {"instances.max", [](const Minute& m) { return std::optional<double>(m.in_service); }},
    {"concurrency.max",
     [](const Minute& m) { return std::optional(static_cast<double>(m.concurrency_max)); }},
};

// A number of failed requests grows over the run: what breaks its limit is any minute with some.
bool counts_failures(std::string_view path) {
  return path == "requests.failed" || (path.starts_with("errors.") && path != "errors.rate");
}

// How far a minute breaks the expectation; not above zero: it does not.
double excess_of(const Expectation& expectation, const Minute& minute) {
  if (counts_failures(expectation.metric)) return static_cast<double>(minute.errors);
  for (const MinuteMetric& metric : kMinuteMetrics) {
    if (metric.path != expectation.metric) continue;
    const std::optional<double> value = metric.value(minute);
    if (!value || is_met(expectation, *value)) return 0;
    // A strict limit is broken by the limit itself: still a violation, if the smallest.
    return std::max(std::abs(*value - expectation.value), 1e-12);
  }
  return 0;
}

}  // namespace

bool is_met(const Expectation& expectation, double value) {
  const double wanted = expectation.value;
  // A report shows nine digits: what looks equal there is equal.
  const bool equal = std::abs(value - wanted) <= 1e-9 * std::max(std::abs(value), std::abs(wanted));
  switch (expectation.comparison) {
    case ExpectationOperator::Less:
      return value < wanted && !equal;
    case ExpectationOperator::LessOrEqual:
      return value < wanted || equal;
    case ExpectationOperator::Greater:
      return value > wanted && !equal;
    case ExpectationOperator::GreaterOrEqual:
      return value > wanted || equal;
    case ExpectationOperator::Equal:
      return equal;
    case ExpectationOperator::NotEqual:
      return !equal;
  }
  return false;
}

std::optional<TimeSpan> worst_violation(const Expectation& expectation, const RunResult& result,
                                        TimeSpan within) {
  std::optional<TimeSpan> worst;
  std::optional<TimeSpan> current;
  double worst_excess = 0;
  bool is_worst = false;
  for (const Minute& minute : result.minutes) {
    if (minute.end <= within.from || minute.start >= within.to) continue;
    const double excess = excess_of(expectation, minute);
    if (excess <= 0) {
      current.reset();
      continue;
    }
    if (!current) {
      current = {minute.start, minute.end};
      is_worst = false;
    }
    current->to = minute.end;
    is_worst = is_worst || excess > worst_excess;
    worst_excess = std::max(worst_excess, excess);
    if (is_worst) worst = current;
  }
  return worst;
}

}  // namespace sim
