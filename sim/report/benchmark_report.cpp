#include "sim/report/benchmark_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/report/humane_text.hpp"
#include "sim/report/markdown_report.hpp"
#include "sim/report/summary_json.hpp"
#include "sim/report/text_table.hpp"
#include "sim/scenario/quantity.hpp"

namespace sim {
namespace {

std::string invocations_text(double per_minute) {
  return fmt::format("{}/min ({}/s)", humane_count(std::llround(per_minute)),
                     humane_number(per_minute / 60, 4));
}

std::string users_text(std::int32_t users) { return counted(users, "user", "users"); }

std::string stop_text(const BenchmarkResult& result) {
  const BenchmarkStep& last = result.steps.back();
  const std::string at = users_text(last.users);
  switch (result.stopped_by) {
    case BenchmarkStop::Errors:
      return fmt::format("errors: {} of the requests of {} failed, 1 % is enough",
                         humane_share(last.error_rate), at);
    case BenchmarkStop::MaxInvocations:
      return fmt::format("MaxInvocations: {} reach {}", at,
                         invocations_text(last.invocations_per_minute));
    case BenchmarkStop::LatencyThreshold:
      return fmt::format("ModelLatencyThresholds: with {} the latency is over the threshold", at);
    case BenchmarkStop::FlatInvocations:
      return fmt::format("FlatInvocations: more users than {} bring no more invocations",
                         result.knee ? result.steps[*result.knee].users : last.users);
    case BenchmarkStop::MaxUsers:
      return fmt::format("{} are the most that were asked for", at);
  }
  return {};
}

std::string knee_text(const BenchmarkResult& result) {
  if (!result.knee) {
    return "not reached: how much the instance serves at most is not known";
  }
  const BenchmarkStep& knee = result.steps[*result.knee];
  return fmt::format("{} from {} on: p95 {}{}", invocations_text(knee.invocations_per_minute),
                     users_text(knee.users), humane_seconds(knee.model_latency.p95.value_or(0)),
                     knee.cpu_percent ? fmt::format(", CPU {:.4g} %", *knee.cpu_percent) : "");
}

std::string measured_text(const BenchmarkReport& report) {
  const auto& variant = report.scenario.variants.front().variant;
  std::string text = fmt::format("{} with each number of users, after {} of warm-up",
                                 humane_span(report.result.step_duration),
                                 humane_span(report.result.step_duration));
  if (variant.overhead > core::Duration{0}) {
    text += fmt::format("; latency is ModelLatency, without the {} of overhead",
                        format_duration(variant.overhead));
  }
  if (report.result.think_time > core::Duration{0}) {
    text += fmt::format("; users think for {}", format_duration(report.result.think_time));
  }
  return text;
}

std::vector<Fact> facts(const BenchmarkReport& report) {
  return {{"MEASURED", measured_text(report)},
          {"STOPPED", stop_text(report.result)},
          {"KNEE", knee_text(report.result)}};
}

TextRows table(const BenchmarkResult& result) {
  TextRows rows{{"users", "invocations/min", "mean", "p50", "p95", "p99", "CPU", "errors", ""}};
  const auto seconds = [](const std::optional<double>& value) {
    return value ? humane_seconds(*value) : std::string("-");
  };
  for (std::size_t i = 0; i < result.steps.size(); ++i) {
    const BenchmarkStep& step = result.steps[i];
    const LatencySummary& latency = step.model_latency;
    rows.push_back({humane_count(step.users),
                    humane_count(std::llround(step.invocations_per_minute)), seconds(latency.mean),
                    seconds(latency.p50), seconds(latency.p95), seconds(latency.p99),
                    step.cpu_percent ? fmt::format("{:.1f} %", *step.cpu_percent) : "-",
                    step.error_rate > 0 ? humane_share(step.error_rate) : "none",
                    result.knee == i ? "< knee" : ""});
  }
  return rows;
}

std::string title(const BenchmarkReport& report) {
  const auto& variant = report.scenario.variants.front().variant;
  return fmt::format("one {} of {}", variant.instance_type, variant.endpoint_name);
}

void write_row(JsonWriter& json, const BenchmarkStep& step) {
  json.begin_object();
  json.key("users").integer(step.users);
  json.key("invocations_per_minute").number(step.invocations_per_minute);
  json.key("latency").tree(latency_json(step.latency));
  json.key("model_latency").tree(latency_json(step.model_latency));
  json.key("cpu_percent").number(step.cpu_percent);
  json.key("errors").number(step.error_rate);
  json.end_object();
}

}  // namespace

std::string_view to_string(BenchmarkStop stop) {
  switch (stop) {
    case BenchmarkStop::Errors:
      return "errors";
    case BenchmarkStop::MaxInvocations:
      return "max_invocations";
    case BenchmarkStop::LatencyThreshold:
      return "latency_threshold";
    case BenchmarkStop::FlatInvocations:
      return "flat_invocations";
    case BenchmarkStop::MaxUsers:
      return "max_users";
  }
  return {};
}

void write_benchmark(std::ostream& out, const BenchmarkReport& report, Colour colour) {
  out << painted(title(report), kBold, colour)
      << fmt::format("   {} to {}   seed {}\n\n", report.result.steps.front().users,
                     users_text(report.result.steps.back().users), report.scenario.run.seed);
  write_facts(out, facts(report), colour);
  out << '\n';
  write_right_aligned(out, table(report.result), colour);
}

void write_benchmark_markdown(std::ostream& out, const BenchmarkReport& report) {
  out << fmt::format("## {}\n\n", markdown_text(title(report)));
  write_markdown_facts(out, facts(report));
  out << '\n';
  write_markdown_right_aligned(out, table(report.result));
}

void write_benchmark_json(JsonWriter& json, const BenchmarkResult& result) {
  json.begin_object();
  json.key("rows").begin_array();
  for (const BenchmarkStep& step : result.steps) write_row(json, step);
  json.end_array();
  json.key("knee");
  if (result.knee) {
    write_row(json, result.steps[*result.knee]);
  } else {
    json.null();
  }
  json.key("stopped_by").string(to_string(result.stopped_by));
  json.end_object();
}

void write_benchmark_csv(std::ostream& out, const BenchmarkResult& result) {
  out << "concurrency,invocations_per_minute,mean_latency_ms,p50_ms,p99_ms,cpu_percent,error_rate"
         "\n";
  const auto ms = [](const std::optional<double>& seconds) {
    return seconds ? json_number(*seconds * 1e3) : std::string{};
  };
  for (const BenchmarkStep& step : result.steps) {
    const LatencySummary& latency = step.model_latency;
    out << fmt::format("{},{},{},{},{},{},{}\n", json_number(step.concurrency()),
                       json_number(step.invocations_per_minute), ms(latency.mean), ms(latency.p50),
                       ms(latency.p99), step.cpu_percent ? json_number(*step.cpu_percent) : "",
                       json_number(step.error_rate));
  }
}

}  // namespace sim
