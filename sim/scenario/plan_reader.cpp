#include "sim/scenario/plan_reader.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

#include "sim/scenario/section.hpp"

namespace sim {
namespace {

constexpr double kMostGrowth = 100;
constexpr double kMostSpawned = 10'000;  // users a minute
constexpr core::Duration kLongestLatency = std::chrono::hours{1};

constexpr Choice<PlanObjective> kObjectives[] = {{"availability", PlanObjective::Availability},
                                                 {"balanced", PlanObjective::Balanced},
                                                 {"cost", PlanObjective::Cost}};
constexpr Choice<LatencyPercentile> kPercentiles[] = {{"P95", LatencyPercentile::P95},
                                                      {"P99", LatencyPercentile::P99}};

// Another reading with what was expected of this one.
template <class T>
Reading<T> refused(std::string_view code, std::string expected, std::string hint = {}) {
  return {std::nullopt, std::string(code), std::move(expected), std::move(hint)};
}

void read_either(const Section& section, PlanSettings& plan) {
  if (const Node* optimize = section.find("optimize")) {
    plan.optimize = scalar_of(*optimize, section.diagnostics(), &read_plan_objective);
  }
  const Node* utilization = section.find("utilization");
  if (utilization == nullptr) return;
  plan.utilization = scalar_of(*utilization, section.diagnostics(), &read_plan_share);
  if (!section.has("optimize")) return;
  report(section.diagnostics(), Severity::Error, utilization->place, "contradiction",
         "expected either 'optimize' or 'utilization', found both",
         "availability is a utilization of 40%, balanced of 50%, cost of 70%");
}

}  // namespace

PlanSettings read_plan(const Node* node, Diagnostics& diagnostics) {
  PlanSettings plan;
  if (node == nullptr) return plan;
  const Section section(*node, "plan",
                        {"min_rate", "max_rate", "growth", "optimize", "utilization", "cpu",
                         "latency_threshold", "spawn_rate"},
                        diagnostics);
  const auto read = [&](std::string_view key, auto reader) {
    const Node* value = section.find(key);
    return value == nullptr ? std::nullopt : scalar_of(*value, diagnostics, reader);
  };
  plan.min_rate = read("min_rate", &read_plan_rate);
  plan.max_rate = read("max_rate", &read_plan_rate);
  plan.growth = read("growth", &read_growth);
  read_either(section, plan);
  plan.cpu = read("cpu", &read_plan_share);
  plan.latency_threshold = read("latency_threshold", &read_latency_threshold);
  plan.spawn_per_minute = read("spawn_rate", &read_spawn_rate);
  if (plan.min_rate && plan.max_rate && *plan.max_rate < *plan.min_rate) {
    report_expected(
        diagnostics, *section.find("max_rate"),
        fmt::format("a max_rate of at least the min_rate of {}", format_rate(*plan.min_rate)),
        "out-of-range");
  }
  return plan;
}

Reading<LatencyThreshold> read_latency_threshold(std::string_view text) {
  const std::string expected = "a percentile and a latency such as 'P95 100ms'";
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return refused<LatencyThreshold>("bad-value", expected);
  LatencyThreshold threshold;
  const std::string_view percentile = text.substr(0, space);
  bool is_known = false;
  for (const auto& choice : kPercentiles) {
    if (choice.name != percentile) continue;
    threshold.percentile = choice.value;
    is_known = true;
  }
  if (!is_known) {
    return refused<LatencyThreshold>("unknown-value", expected,
                                     "AWS knows the percentiles P95 and P99");
  }
  const std::size_t begin = text.find_first_not_of(' ', space);
  const auto limit = read_duration(begin == std::string_view::npos ? "" : text.substr(begin));
  if (!limit.value) return refused<LatencyThreshold>(limit.code, expected, limit.hint);
  if (*limit.value <= core::Duration{0} || *limit.value > kLongestLatency) {
    return refused<LatencyThreshold>("out-of-range", expected + ", above 0s and at most 1h");
  }
  threshold.limit = *limit.value;
  return {threshold, {}, {}, {}};
}

Reading<double> read_growth(std::string_view text) {
  const auto number = read_number(text);
  if (number.value && *number.value >= 1 && *number.value <= kMostGrowth) return number;
  return refused<double>(number.value ? "out-of-range" : number.code,
                         fmt::format("a factor from 1 to {}, such as 1.2", kMostGrowth),
                         number.hint);
}

Reading<PlanObjective> read_plan_objective(std::string_view text) {
  std::array<std::string_view, std::size(kObjectives)> names;
  for (std::size_t i = 0; i < names.size(); ++i) {
    names[i] = kObjectives[i].name;
    if (names[i] == text) return {kObjectives[i].value, {}, {}, {}};
  }
  return refused<PlanObjective>("unknown-value", one_of(names), did_you_mean(text, names));
}

Reading<double> read_plan_share(std::string_view text) {
  const auto share = read_percent(text);
  if (share.value && *share.value >= 0.01 && *share.value <= 1) return share;
  return refused<double>(share.value ? "out-of-range" : share.code, "a percentage from 1% to 100%",
                         share.hint);
}

Reading<core::RequestRate> read_plan_rate(std::string_view text) {
  const auto rate = read_rate(text);
  if (rate.value && rate.value->value > 0) return {rate.value->rate(), {}, {}, {}};
  return refused<core::RequestRate>(rate.value ? "out-of-range" : rate.code,
                                    rate.value ? "a rate above 0/s" : rate.expected, rate.hint);
}

Reading<double> read_spawn_rate(std::string_view text) {
  const auto rate = read_rate(text);
  if (rate.value && rate.value->value > 0 && rate.value->per_minute() <= kMostSpawned) {
    return {rate.value->per_minute(), {}, {}, {}};
  }
  return refused<double>(
      rate.value ? "out-of-range" : rate.code,
      fmt::format("users a minute such as 1/min, above 0/min and at most {}/min", kMostSpawned),
      rate.hint);
}

std::string_view to_string(PlanObjective objective) { return name_of(objective, kObjectives); }

std::string_view to_string(LatencyPercentile percentile) {
  return name_of(percentile, kPercentiles);
}

std::string format_latency_threshold(const LatencyThreshold& threshold) {
  return fmt::format("{} {}", to_string(threshold.percentile), format_duration(threshold.limit));
}

}  // namespace sim
