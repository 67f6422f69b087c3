#include "sim/scenario/scenario_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "sim/scenario/policy_lints.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/scenario/scaling_rules.hpp"

namespace sim {
namespace {

using models::traffic::ClosedLoopTraffic;
using models::traffic::PhasedTraffic;
using models::traffic::TraceTraffic;
using models::traffic::TrafficPhase;
using models::traffic::TrafficShape;
using models::traffic::TrafficStream;
using models::traffic::UserPhase;

constexpr Duration kDefaultDuration = std::chrono::hours{1};

Duration rounded_up_to_minutes(Duration span) {
  return std::chrono::ceil<std::chrono::minutes>(span);
}

// As long as the longest stream that has an end, or an hour.
void resolve_duration(ScenarioDraft& draft, Diagnostics& diagnostics) {
  RunSettings& run = draft.run.settings;
  if (draft.run.has_duration) return;
  Duration longest{};
  for (const StreamDraft& stream : draft.traffic) {
    if (stream.span) longest = std::max(longest, stream.stream.begins + *stream.span);
  }
  run.duration = longest.count() == 0 ? kDefaultDuration : rounded_up_to_minutes(longest);
  if (run.duration > kLongestRun) {
    report(diagnostics, Severity::Error, draft.traffic_place, "too-long",
           fmt::format("expected traffic of at most {}, the longest run, found {}",
                       format_duration(kLongestRun), format_duration(run.duration)),
           "run.duration ends a run earlier");
  }
}

void check_stream(StreamDraft& draft, const RunSettings& run, bool has_duration,
                  Diagnostics& diagnostics) {
  TrafficStream& stream = draft.stream;
  if (stream.begins >= run.duration) {
    report(diagnostics, Severity::Warning, draft.place, "never-begins",
           fmt::format("{} begins at {}, when the run of {} is over", in_quotes(stream.name),
                       format_duration(stream.begins), format_duration(run.duration)));
  }
  if (auto* users = std::get_if<ClosedLoopTraffic>(&stream.shape);
      users != nullptr && !draft.span) {
    for (UserPhase& phase : users->phases) {
      phase.duration = std::max(run.duration - stream.begins, Duration{1});
    }
  }
  if (std::holds_alternative<TraceTraffic>(stream.shape) && draft.span && has_duration &&
      stream.begins + *draft.span + std::chrono::minutes{1} <= run.duration) {
    report(
        diagnostics, Severity::Warning, draft.place, "trace-ends-early",
        fmt::format("the trace ends at {}, before the run of {}",
                    format_duration(stream.begins + *draft.span), format_duration(run.duration)));
  }
}

std::vector<std::string_view> phase_names(const TrafficShape& shape) {
  std::vector<std::string_view> names;
  if (const auto* phased = std::get_if<PhasedTraffic>(&shape)) {
    for (const TrafficPhase& phase : phased->phases) names.push_back(phase.name);
  } else if (const auto* users = std::get_if<ClosedLoopTraffic>(&shape)) {
    for (const UserPhase& phase : users->phases) names.push_back(phase.name);
  }
  return names;
}

// `during` names one phase of one stream.
void check_during(const ExpectationDraft& draft, const std::vector<StreamDraft>& traffic,
                  Diagnostics& diagnostics) {
  if (!draft.expectation.during) return;
  const std::string& during = *draft.expectation.during;
  std::vector<std::string_view> names;
  for (const StreamDraft& stream : traffic) {
    for (const std::string_view name : phase_names(stream.stream.shape)) names.push_back(name);
  }
  const auto count = std::count(names.begin(), names.end(), during);
  if (count == 1) return;
  if (count == 0) {
    std::string hint = did_you_mean(during, names);
    if (hint.empty() && !names.empty() && names.size() <= 20) {
      hint = fmt::format("the phases are {}", one_of(names));
    }
    report(diagnostics, Severity::Error, draft.when_place, "unknown-phase",
           fmt::format("expected the name of a phase, found {}", in_quotes(during)),
           std::move(hint));
    return;
  }
  report(diagnostics, Severity::Error, draft.when_place, "ambiguous-phase",
         fmt::format("expected the name of one phase, found {}, which {} phases have",
                     in_quotes(during), count),
         "give the phases different names");
}

// POLICY/AlarmHigh and POLICY/AlarmLow, or without POLICY when there is only one.
void resolve_alarm(ExpectationDraft& draft, const Scenario& scenario, Diagnostics& diagnostics) {
  if (draft.expectation.metric != "alarm") return;
  std::vector<std::string> full_names;
  std::string& name = draft.expectation.alarm_name;
  std::size_t trackings = 0;
  std::string only;
  for (const ScenarioVariant& variant : scenario.variants) {
    for (const auto& policy : variant.policies) {
      const auto* tracking = std::get_if<models::autoscaling::TargetTrackingConfiguration>(&policy);
      if (tracking == nullptr) continue;
      ++trackings;
      only = tracking->policy_name;
      full_names.push_back(only + "/AlarmHigh");
      // a policy that never scales in has no low alarm.
      if (!tracking->disable_scale_in) full_names.push_back(only + "/AlarmLow");
    }
  }
  for (const auto& alarm : scenario.alarms) full_names.push_back(alarm.name);
  if (trackings == 1 && (name == "AlarmHigh" || name == "AlarmLow")) name = only + "/" + name;
  if (std::find(full_names.begin(), full_names.end(), name) != full_names.end()) return;
  const std::vector<std::string_view> names(full_names.begin(), full_names.end());
  report(diagnostics, Severity::Error, draft.place, "unknown-alarm",
         fmt::format("expected the name of an alarm, found {}", in_quotes(name)),
         names.empty() ? "no policy makes an alarm here"
                       : fmt::format("the alarms are {}", one_of(names)));
}

void resolve_metrics(const ScenarioDraft& draft, Scenario& scenario, Diagnostics& diagnostics) {
  std::vector<std::string_view> names;
  for (const ScenarioVariant& variant : scenario.variants) {
    names.push_back(variant.variant.variant_name);
  }
  for (const CustomMetricDraft& metric : draft.metrics) {
    scenario.metrics.push_back(metric.metric);
    if (!metric.variant) continue;
    const auto found = std::find(names.begin(), names.end(), *metric.variant);
    if (found != names.end()) {
      scenario.metrics.back().variant = static_cast<std::size_t>(found - names.begin());
      continue;
    }
    report(diagnostics, Severity::Error, metric.variant_place, "unknown-variant",
           fmt::format("expected the name of a variant, found {}", in_quotes(*metric.variant)),
           fmt::format("the variants are {}", one_of(names)));
  }
}

// Scale-outs that fail need something that scales out, while the run lasts.
void check_capacity_errors(const ScenarioDraft& draft, const Scenario& scenario,
                           Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < scenario.variants.size(); ++i) {
    const ScenarioVariant& variant = scenario.variants[i];
    const auto& errors = variant.variant.capacity_errors;
    if (!errors.any()) continue;
    const NodePlace& place = draft.endpoint.variants[i].capacity_errors_place;
    if (!variant.scalable_target) {
      report(diagnostics, Severity::Warning, place, "never-scales",
             fmt::format("no scalable target scales {}, so no scale-out of it fails",
                         in_quotes(variant.variant.variant_name)));
    } else if (!errors.windows.empty() && errors.windows.back().from >= scenario.run.duration) {
      report(diagnostics, Severity::Warning, place, "never-begins",
             fmt::format("a window begins at {}, when the run of {} is over",
                         format_duration(errors.windows.back().from),
                         format_duration(scenario.run.duration)));
    }
  }
}

// `at` and `within` name times of the run.
void check_times(const ExpectationDraft& draft, core::Duration run, Diagnostics& diagnostics) {
  const auto check = [&](core::Duration time) {
    if (time <= run) return;
    report(diagnostics, Severity::Error, draft.when_place, "out-of-range",
           fmt::format("expected a time within the run of {}, found '{}'", format_duration(run),
                       format_duration(time)));
  };
  if (draft.expectation.at) check(*draft.expectation.at);
  if (draft.expectation.within) check(draft.expectation.within->to);
}

// A run keeps an account of each window, some 72 KiB.
void check_window_count(const ExpectationDraft& draft, std::vector<RunWindow>& windows,
                        Diagnostics& diagnostics) {
  constexpr std::size_t kMostWindows = 1000;
  const auto& within = draft.expectation.within;
  if (!within || windows.size() > kMostWindows) return;  // told once
  if (std::find(windows.begin(), windows.end(), *within) != windows.end()) return;
  windows.push_back(*within);
  if (windows.size() <= kMostWindows) return;
  report(diagnostics, Severity::Error, draft.when_place, "too-many-windows",
         fmt::format("expected at most {} different windows, found more", kMostWindows));
}

void resolve_expectations(ScenarioDraft& draft, Scenario& scenario, Diagnostics& diagnostics) {
  std::vector<RunWindow> windows;
  for (ExpectationDraft& expectation : draft.expectations) {
    check_window_count(expectation, windows, diagnostics);
    check_during(expectation, draft.traffic, diagnostics);
    resolve_alarm(expectation, scenario, diagnostics);
    check_times(expectation, scenario.run.duration, diagnostics);
    scenario.expectations.push_back(std::move(expectation.expectation));
  }
}

ScenarioVariant unscaled(const VariantSection& read) {
  ScenarioVariant variant;
  variant.variant = read.variant;
  variant.price_table = read.price_table;
  variant.benchmark = read.benchmark;
  return variant;
}

// Each has the name of the variant whose place it would take, and its initial instances.
void resolve_candidates(const ScenarioDraft& draft, Scenario& scenario) {
  const auto& written = scenario.variants.front().variant;
  for (const CandidateSection& candidate : draft.candidates) {
    ScenarioVariant variant = unscaled(candidate.read);
    variant.variant.endpoint_name = written.endpoint_name;
    variant.variant.variant_name = written.variant_name;
    if (!candidate.read.has_initial_instances) {
      variant.variant.initial_instances = written.initial_instances;
    }
    scenario.candidates.push_back({candidate.name, std::move(variant)});
  }
}

}  // namespace

Scenario resolve_scenario(ScenarioDraft draft, std::size_t errors_before,
                          Diagnostics& diagnostics) {
  resolve_duration(draft, diagnostics);
  Scenario scenario;
  scenario.name = std::move(draft.name);
  scenario.description = std::move(draft.description);
  scenario.file = draft.file;
  scenario.run = draft.run.settings;
  scenario.variants.clear();
  for (const VariantSection& variant : draft.endpoint.variants) {
    scenario.variants.push_back(unscaled(variant));
  }
  scenario.plan = draft.plan;
  scenario.limits = std::move(draft.limits);
  scenario.assumptions = draft.assumptions;
  if (scenario.run.warm_up >= scenario.run.duration && scenario.run.duration.count() > 0) {
    report(
        diagnostics, Severity::Error, draft.run.warm_up_place, "out-of-range",
        fmt::format("expected a warm_up shorter than the run of {}, found '{}'",
                    format_duration(scenario.run.duration), format_duration(scenario.run.warm_up)));
  }
  for (StreamDraft& stream : draft.traffic) {
    check_stream(stream, scenario.run, draft.run.has_duration, diagnostics);
  }
  resolve_metrics(draft, scenario, diagnostics);
  const ControlSources sources = resolve_scaling(draft, scenario, diagnostics);
  check_capacity_errors(draft, scenario, diagnostics);
  resolve_expectations(draft, scenario, diagnostics);
  resolve_candidates(draft, scenario);
  for (StreamDraft& stream : draft.traffic) scenario.traffic.push_back(std::move(stream.stream));
  if (diagnostics.error_count() == errors_before) lint_policies(sources, scenario, diagnostics);
  return scenario;
}

}  // namespace sim
