#include "sim/scenario/scenario_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "sim/scenario/assumption_table.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/scenario/plan_reader.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/scenario/scaling_writer.hpp"
#include "sim/scenario/utilization_keys.hpp"

namespace sim {
namespace {

using models::endpoint::CapacityErrors;
using models::endpoint::EndpointVariant;
using models::endpoint::ExactSpan;
using models::endpoint::ExponentialSpan;
using models::endpoint::GammaSpan;
using models::endpoint::LogNormalSpan;
using models::endpoint::RoutingStrategy;
using models::endpoint::SampledSpan;
using models::endpoint::SpanDistribution;
using models::traffic::ArrivalPattern;
using models::traffic::ClosedLoopTraffic;
using models::traffic::DailyTraffic;
using models::traffic::PhasedTraffic;
using models::traffic::SmoothTraffic;
using models::traffic::SpikyTraffic;
using models::traffic::TraceTraffic;
using models::traffic::TrafficPhase;
using models::traffic::TrafficStream;
using models::traffic::UserPhase;

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::string seconds_text(double seconds) {
  return format_duration(core::round_to_duration(seconds));
}
double rounded_seconds(double seconds) {
  return core::in_seconds(core::round_to_duration(seconds));
}

// The number with the fewest digits that `accepts`; the closest one when it accepts none.
template <class Accepts>
double shortest_accepted(double value, Accepts accepts) {
  for (int digits = 1; digits <= 17; ++digits) {
    const double rounded = *read_number(fmt::format("{:.{}g}", value, digits)).value;
    if (accepts(rounded)) return rounded;
  }
  return value;
}

bool is_same(const LogNormalSpan& a, const LogNormalSpan& b) {
  return a.mu == b.mu && a.sigma == b.sigma;
}

// A log-normal in the form it was written in, which is the one that gives the same bits again.
std::string log_normal_text(const LogNormalSpan& span, std::string_view half,
                            std::string_view high) {
  constexpr double kNormalP99 = 2.3263478740408408;
  const double p50 = rounded_seconds(std::exp(span.mu));
  const double p99 = rounded_seconds(std::exp(span.mu + span.sigma * kNormalP99));
  const double mean = rounded_seconds(std::exp(span.mu + span.sigma * span.sigma / 2));
  const double cv =
      shortest_accepted(std::sqrt(std::expm1(span.sigma * span.sigma)), [&](double rounded) {
        return rounded > 0 && is_same(LogNormalSpan::from_mean_cv(mean, rounded), span);
      });
  if (half == "p50" && !is_same(LogNormalSpan::from_p50_p99(p50, std::max(p50, p99)), span) &&
      cv > 0 && is_same(LogNormalSpan::from_mean_cv(mean, cv), span)) {
    return fmt::format("{{mean: {}, cv: {}}}", seconds_text(mean), format_number(cv));
  }
  return fmt::format("{{{}: {}, {}: {}}}", half, seconds_text(p50), high, seconds_text(p99));
}

std::string gamma_text(const GammaSpan& span) {
  const double mean = rounded_seconds(span.shape * span.scale_s);
  const double cv = shortest_accepted(1 / std::sqrt(span.shape), [&](double rounded) {
    if (!(rounded > 0)) return false;
    const GammaSpan again = GammaSpan::from_mean_cv(mean, rounded);
    return again.shape == span.shape && again.scale_s == span.scale_s;
  });
  return fmt::format("{{gamma: {{mean: {}, cv: {}}}}}", seconds_text(mean), format_number(cv));
}

std::string span_text(const SpanDistribution& distribution, const std::string& file,
                      std::string_view half, std::string_view high) {
  return std::visit(
      Overloaded{
          [](const ExactSpan& span) {
            return fmt::format("{{exact: {}}}", format_duration(span.value));
          },
          [](const ExponentialSpan& span) {
            return fmt::format("{{exponential: {}}}", seconds_text(span.mean_s));
          },
          [&](const LogNormalSpan& span) { return log_normal_text(span, half, high); },
          [](const GammaSpan& span) { return gamma_text(span); },
          [&](const SampledSpan& span) {
            return fmt::format("{{{}: {}}}", span.from_activities ? "activities" : "samples",
                               yaml_text(relative_to_scenario(file, span.file)));
          },
      },
      distribution);
}

class ScenarioWriter {
 public:
  ScenarioWriter(const Scenario& scenario, const std::vector<std::string>& scaling_files)
      : scenario_(scenario), scaling_files_(scaling_files) {}

  std::string write() {
    line("version: 1");
    line("name: {}", yaml_text(scenario_.name));
    if (!scenario_.description.empty()) line("description: {}", yaml_text(scenario_.description));
    write_run();
    line("traffic:");
    for (const TrafficStream& stream : scenario_.traffic) write_stream(stream);
    write_endpoint();
    write_metrics();
    write_scaling();
    write_assumptions();
    if (!scenario_.expectations.empty()) line("expect:");
    for (const Expectation& expectation : scenario_.expectations) write_expectation(expectation);
    write_limits();
    write_plan();
    write_candidates();
    return std::move(text_);
  }

 private:
  template <class... Values>
  void line(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Values>(values)...);
    text_ += '\n';
  }

  void write_run() {
    const RunSettings& run = scenario_.run;
    line("run:");
    line("  start: {}", yaml_text(run.start_text));
    line("  timezone: {}", yaml_text(run.timezone));
    line("  duration: {}", format_duration(run.duration));
    line("  warm_up: {}", format_duration(run.warm_up));
    line("  seed: {}", run.seed);
  }

  void write_stream(const TrafficStream& stream) {
    line("  {}:", yaml_text(stream.name));
    line("    begins: {}", format_duration(stream.begins));
    const auto* trace = std::get_if<TraceTraffic>(&stream.shape);
    const bool has_own_times = trace != nullptr && !trace->value_column;
    if (!std::holds_alternative<ClosedLoopTraffic>(stream.shape) && !has_own_times) {
      line("    arrivals: {}", stream.arrivals == ArrivalPattern::Even ? "even" : "poisson");
    }
    if (stream.retries.attempts > 1) {
      line("    retries: {{attempts: {}, backoff: {}, jitter: {}}}", stream.retries.attempts,
           format_duration(stream.retries.backoff), format_percent(stream.retries.jitter));
    }
    std::visit([this](const auto& shape) { write_shape(shape); }, stream.shape);
  }

  void write_duration(const std::optional<Duration>& duration) {
    if (duration) line("    duration: {}", format_duration(*duration));
  }

  void write_shape(const SmoothTraffic& smooth) {
    line("    rate: {}", format_rate(smooth.rate));
    write_duration(smooth.duration);
  }

  void write_shape(const PhasedTraffic& phased) {
    line("    phases:");
    std::optional<core::RequestRate> before;
    for (const TrafficPhase& phase : phased.phases) {
      const bool is_ramp = phase.rate_begin != phase.rate_end;
      std::string rates;
      if (!is_ramp || phase.rate_begin != before) {
        rates += fmt::format("rate: {}, ", format_rate(phase.rate_begin));
      }
      if (is_ramp) rates += fmt::format("ramp_to: {}, ", format_rate(phase.rate_end));
      line("      - {{name: {}, {}duration: {}}}", yaml_text(phase.name), rates,
           format_duration(phase.duration));
      before = phase.rate_end;
    }
  }

  void write_shape(const SpikyTraffic& spiky) {
    line("    spikes: {{base: {}, peak: {}, every: {}, width: {}, jitter: {}}}",
         format_rate(spiky.base), format_rate(spiky.peak), format_duration(spiky.every),
         format_duration(spiky.width), format_duration(spiky.jitter));
    write_duration(spiky.duration);
  }

  void write_shape(const DailyTraffic& daily) {
    line("    daily: {{low: {}, high: {}, peak_at: \"{}\", weekend: {}}}", format_rate(daily.low),
         format_rate(daily.high), format_clock_time(daily.peak_at), format_percent(daily.weekend));
    write_duration(daily.duration);
  }

  void write_shape(const ClosedLoopTraffic& users) {
    line("    users:");
    line("      think_time: {}", format_duration(users.think_time));
    if (users.limit) line("      limit: {}", *users.limit);
    line("      phases:");
    for (const UserPhase& phase : users.phases) {
      line("        - {{name: {}, initial: {}, spawn: {}/min, duration: {}}}",
           yaml_text(phase.name), phase.initial, format_number(phase.spawn_per_minute),
           format_duration(phase.duration));
    }
  }

  void write_shape(const TraceTraffic& trace) {
    line("    trace:");
    line("      file: {}", yaml_text(relative_to_scenario(scenario_.file, trace.file)));
    line("      time: {}", yaml_text(trace.time_column));
    if (trace.value_column) {
      line("      value: {}", yaml_text(*trace.value_column));
      line("      per: {}", format_duration(trace.per));
    }
    line("      scale: {}", format_percent(trace.scale));
  }

  void write_endpoint() {
    const auto& variants = scenario_.variants;
    line("endpoint:");
    line("  name: {}", yaml_text(variants.front().variant.endpoint_name));
    if (variants.size() == 1) return write_variant(variants.front(), "  ");
    line("  variants:");
    for (const ScenarioVariant& variant : variants) {
      line("    {}:", yaml_text(variant.variant.variant_name));
      line("      weight: {}",
           format_percent(variant.variant.shadow_share.value_or(variant.variant.weight)));
      line("      shadow: {}", variant.variant.is_shadow());
      write_variant(variant, "      ");
    }
  }

  void write_variant(const ScenarioVariant& of, std::string_view indent) {
    const EndpointVariant& variant = of.variant;
    const auto write = [&](std::string_view text) { line("{}{}", indent, text); };
    write(fmt::format("instance_type: {}", yaml_text(variant.instance_type)));
    if (variant.price) {
      write(fmt::format("price: {} USD/h", format_number(variant.price->usd_per_hour())));
    }
    write(fmt::format("initial_instances: {}", variant.initial_instances));
    write(fmt::format("routing: {}", variant.routing == RoutingStrategy::Random
                                         ? "RANDOM"
                                         : "LEAST_OUTSTANDING_REQUESTS"));
    write(fmt::format("workers: {}", variant.workers));
    if (of.benchmark.file.empty()) {
      write_speed(variant, indent);
    } else {
      write(fmt::format("benchmark: {}",
                        yaml_text(relative_to_scenario(scenario_.file, of.benchmark.file))));
    }
    write_utilization(variant, indent);
    write(fmt::format("overhead: {}", format_duration(variant.overhead)));
    write("queue:");
    if (variant.queue_limit) write(fmt::format("  limit: {}", *variant.queue_limit));
    write(fmt::format("  timeout: {}", format_duration(variant.queue_timeout)));
    std::string startup = span_text(variant.startup, scenario_.file, "typical", "slowest");
    if (variant.stagger > Duration{0}) {
      startup.pop_back();
      startup += fmt::format(", stagger: {}}}", format_duration(variant.stagger));
    }
    write("startup: " + startup);
    write(fmt::format("stopping: {}", format_duration(variant.stopping)));
    write_capacity_errors(variant.capacity_errors, indent);
    if (!variant.warming.none()) {
      line("{}warming: {{duration: {}, slowdown: {}, errors: {}%}}", indent,
           format_duration(variant.warming.duration), format_number(variant.warming.slowdown),
           format_number(variant.warming.errors * 100));
    }
  }

  void write_capacity_errors(const CapacityErrors& errors, std::string_view indent) {
    if (!errors.any()) return;
    line("{}capacity_errors:", indent);
    if (errors.probability > 0) {
      line("{}  probability: {}", indent, format_percent(errors.probability));
    }
    if (!errors.windows.empty()) line("{}  windows:", indent);
    for (const auto& window : errors.windows) {
      line("{}    - {{from: {}, to: {}}}", indent, format_duration(window.from),
           format_duration(window.to));
    }
  }

  void write_speed(const EndpointVariant& variant, std::string_view indent) {
    line("{}latency: {}", indent, span_text(variant.service_time, scenario_.file, "p50", "p99"));
    line("{}throughput: {}", indent, format_rate(variant.throughput));
  }

  void write_utilization(const EndpointVariant& variant, std::string_view indent) {
    if (variant.gpus > 0) line("{}gpus: {}", indent, variant.gpus);
    for (const UtilizationKey& key : kUtilizationKeys) {
      const auto& points = variant.*key.points;
      if (!points.empty()) line("{}{}:", indent, key.key);
      for (const models::endpoint::UtilizationPoint& point : points) {
        line("{}  - {{at: {}, percent: {}}}", indent, format_rate(point.at),
             format_number(point.percent));
      }
    }
    line("{}utilization_lag: {}", indent, format_duration(variant.utilization_lag));
  }

  void write_metrics() {
    if (!scenario_.metrics.empty()) line("metrics:");
    for (const CustomMetric& metric : scenario_.metrics) {
      line("  {}:", yaml_text(metric.metric.name));
      line("    namespace: {}", yaml_text(metric.metric.metric_namespace));
      if (metric.per_request) line("    per_request: {}", format_number(*metric.per_request));
      if (metric.per_concurrent_request) {
        line("    per_concurrent_request: {}", format_number(*metric.per_concurrent_request));
      }
      line("    per_instance: {}", metric.per_instance);
      if (metric.variant) {
        line("    variant: {}",
             yaml_text(scenario_.variants[*metric.variant].variant.variant_name));
      }
      if (!metric.metric.dimensions.empty()) line("    dimensions:");
      for (const auto& dimension : metric.metric.dimensions) {
        line("      {}: {}", yaml_text(dimension.name), yaml_text(dimension.value));
      }
    }
  }

  void write_scaling() {
    if (scaling_files_.empty()) {
      text_ += scaling_text(scenario_);
      return;
    }
    line("scaling:");
    line("  from:");
    for (const std::string& file : scaling_files_) line("    - {}", yaml_text(file));
  }

  void write_assumptions() {
    line("assumptions:");
    for (const AssumptionKey& key : assumption_keys()) {
      line("  {}: {}", key.name, assumption_text(key, scenario_.assumptions));
    }
  }

  void write_expectation(const Expectation& expectation) {
    std::string entry = fmt::format("that: {}", yaml_text(expectation.that));
    if (expectation.at) entry += fmt::format(", at: {}", format_duration(*expectation.at));
    if (expectation.during) entry += fmt::format(", during: {}", yaml_text(*expectation.during));
    if (const auto& within = expectation.within) {
      entry += fmt::format(", within: [{}, {}]", format_duration(within->from),
                           format_duration(within->to));
    }
    if (expectation.fails) entry += ", fails: true";
    if (expectation.because) entry += fmt::format(", because: {}", yaml_text(*expectation.because));
    line("  - {{{}}}", entry);
  }

  void write_limits() {
    if (!scenario_.limits.empty()) line("limits:");
    for (const RegressionLimit& limit : scenario_.limits) {
      std::string entry = fmt::format("that: {}", yaml_text(limit.text));
      if (limit.because) entry += fmt::format(", because: {}", yaml_text(*limit.because));
      line("  - {{{}}}", entry);
    }
  }

  void write_plan() {
    const PlanSettings& plan = scenario_.plan;
    std::vector<std::string> lines;
    const auto add = [&lines](std::string_view key, const std::string& value) {
      lines.push_back(fmt::format("  {}: {}", key, value));
    };
    if (plan.min_rate) add("min_rate", format_rate(*plan.min_rate));
    if (plan.max_rate) add("max_rate", format_rate(*plan.max_rate));
    if (plan.growth) add("growth", format_number(*plan.growth));
    if (plan.optimize) add("optimize", std::string(to_string(*plan.optimize)));
    if (plan.utilization) add("utilization", format_percent(*plan.utilization));
    if (plan.cpu) add("cpu", format_percent(*plan.cpu));
    if (plan.latency_threshold) {
      add("latency_threshold", format_latency_threshold(*plan.latency_threshold));
    }
    if (plan.spawn_per_minute) {
      add("spawn_rate", format_number(*plan.spawn_per_minute) + "/min");
    }
    if (!lines.empty()) line("plan:");
    for (const std::string& written : lines) line("{}", written);
  }

  void write_candidates() {
    if (!scenario_.candidates.empty()) line("candidates:");
    for (const Candidate& candidate : scenario_.candidates) {
      line("  {}:", yaml_text(candidate.name));
      write_variant(candidate.variant, "    ");
    }
  }

  const Scenario& scenario_;
  const std::vector<std::string>& scaling_files_;
  std::string text_;
};

}  // namespace

std::string expand_scenario(const Scenario& scenario) { return expand_scenario(scenario, {}); }

std::string expand_scenario(const Scenario& scenario,
                            const std::vector<std::string>& scaling_files) {
  return ScenarioWriter(scenario, scaling_files).write();
}

}  // namespace sim
