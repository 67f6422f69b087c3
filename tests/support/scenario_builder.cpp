#include "tests/support/scenario_builder.hpp"

#include <sstream>

#include "sim/report/json_report.hpp"

namespace tests {
namespace {

using models::autoscaling::TargetTrackingConfiguration;
using models::endpoint::ExactSpan;
using models::traffic::ArrivalPattern;
using namespace std::chrono_literals;

// Writes one field after another, a line each, doubles to their last bit.
class FieldText {
 public:
  FieldText& section(const std::string& name) {
    section_ = name;
    return *this;
  }
  FieldText& field(const char* name, double value) {
    return line(name) << std::hexfloat << value << '\n', *this;
  }
  FieldText& field(const char* name, const std::optional<double>& value) {
    return value ? field(name, *value) : text(name, "none");
  }
  FieldText& field(const char* name, std::int64_t value) {
    return line(name) << value << '\n', *this;
  }
  FieldText& field(const char* name, core::SimTime at) { return field(name, core::ticks(at)); }
  FieldText& text(const char* name, const std::string& value) {
    return line(name) << value << '\n', *this;
  }
  std::string str() const { return out_.str(); }

 private:
  std::ostream& line(const char* name) { return out_ << section_ << '.' << name << ' '; }

  std::ostringstream out_;
  std::string section_;
};

void write(FieldText& out, const std::string& section, const sim::LatencySummary& latency) {
  out.section(section).field("mean", latency.mean).field("p50", latency.p50);
  out.field("p90", latency.p90).field("p95", latency.p95).field("p99", latency.p99);
  out.field("p99_9", latency.p99_9).field("max", latency.max);
}

void write_reaction(FieldText& out, const sim::ReactionSummary& reaction) {
  out.field("reactions", reaction.count);
  if (!reaction.worst) return;
  out.field("decided", reaction.worst->decided_at).field("metric", reaction.worst->metric_s);
  out.field("datapoints", reaction.worst->datapoints_s).field("policy", reaction.worst->policy_s);
  out.field("startup", reaction.worst->startup_s).field("drain", reaction.worst->drain_s);
}

void write_shares(FieldText& out, const sim::Summary& summary) {
  if (const auto& cost = summary.cost) {
    out.field("cost", cost->total).field("cost_per_hour", cost->per_hour);
    out.field("cost_per_million", cost->per_million_succeeded).field("busy", cost->busy);
    out.field("idle", cost->idle).field("starting", cost->starting);
    out.field("fixed_at_peak", cost->fixed_at_peak);
    out.field("perfect_hindsight", cost->perfect_hindsight);
  }
  const auto& elasticity = summary.elasticity;
  out.field("under", elasticity.under_provisioned_share);
  out.field("over", elasticity.over_provisioned_share);
  out.field("under_accuracy", elasticity.under_accuracy);
  out.field("over_accuracy", elasticity.over_accuracy).field("instability", elasticity.instability);
  out.field("longest_under", elasticity.longest_under_provisioned_s);
  out.field("shortest_life", summary.instances.shortest_life);
  out.field("activities_per_hour", summary.scaling.activities_per_hour);
}

void write(FieldText& out, const std::string& section, const sim::Summary& summary) {
  write(out, section + ".latency", summary.latency);
  write(out, section + ".model_latency", summary.model_latency);
  write(out, section + ".wait", summary.wait);
  out.section(section).field("total", summary.requests.total);
  out.field("succeeded", summary.requests.succeeded).field("failed", summary.requests.failed);
  out.field("error_rate", summary.errors.rate).field("timed_out", summary.errors.timed_out);
  out.field("rejected", summary.errors.rejected);
  out.field("interrupted", summary.errors.interrupted);
  out.field("no_capacity", summary.errors.no_capacity);
  out.field("model_error", summary.errors.model_error);
  if (summary.retries) {
    out.field("retries", summary.retries->attempts);
    out.field("recovered", summary.retries->recovered);
    out.field("given_up", summary.retries->given_up);
  }
  out.field("most_a_minute", summary.invocations_per_minute_max.value_or(-1));
  out.field("mean_a_minute", summary.invocations_per_minute_mean);
  out.field("concurrency", summary.concurrency_mean);
  out.field("most_at_once", summary.concurrency_max);
  out.field("least_instances", std::int64_t{summary.instances.min});
  out.field("most_instances", std::int64_t{summary.instances.max});
  out.field("mean_instances", summary.instances.mean).field("hours", summary.instances.hours);
  out.field("last_instances", std::int64_t{summary.instances.final});
  out.field("cpu", summary.cpu_percent_mean).field("most_cpu", summary.cpu_percent_max);
  out.field("activities", summary.scaling.activities).field("outs", summary.scaling.scale_outs);
  out.field("ins", summary.scaling.scale_ins).field("reversals", summary.scaling.reversals);
  out.field("not_scaled", summary.scaling.not_scaled);
  write_shares(out, summary);
  write_reaction(out, summary.reaction);
}

void write(FieldText& out, const sim::MinuteRecord& minute) {
  out.section("minute " + std::to_string(core::in_seconds(minute.start)));
  out.field("end", minute.end).field("invocations", minute.invocations);
  out.field("per_instance", minute.invocations_per_instance).field("errors", minute.errors);
  out.field("p50", minute.latency_p50).field("p95", minute.latency_p95);
  out.field("p99", minute.latency_p99).field("cpu", minute.cpu_percent);
  out.field("in_service", std::int64_t{minute.in_service});
  out.field("starting", std::int64_t{minute.starting});
  out.field("desired", std::int64_t{minute.desired});
  out.field("min", std::int64_t{minute.min_capacity});
  out.field("max", std::int64_t{minute.max_capacity}).field("offered", minute.offered_rate);
  out.field("capacity", minute.capacity_rate).field("most_at_once", minute.concurrency_max);
}

void write_control(FieldText& out, const sim::RunResult& result) {
  for (const auto& alarm : result.alarms) {
    out.section("alarm " + alarm.configuration.name);
    for (const auto& change : alarm.history) {
      out.field("at", change.at).text("to", std::string(to_string(change.to)));
      out.text("reason", change.reason);
    }
  }
  for (const auto& activity : result.activities) {
    out.section("activity " + activity.activity_id).text("cause", activity.cause);
    out.field("start", activity.start_time);
    out.field("end", activity.end_time.value_or(core::kNever));
    out.text("status", std::string(to_string(activity.status)) + ": " + activity.status_message);
    out.field("from", std::int64_t{activity.from.value});
    out.field("to", std::int64_t{activity.to.value});
    out.field("not_scaled", static_cast<std::int64_t>(activity.not_scaled_reasons.size()));
  }
  for (std::size_t i = 0; i < result.decisions.size(); ++i) {
    const auto [at, variant, decision] = result.decisions[i];
    out.section("decision of " + decision.policy)
        .field("variant", static_cast<std::int64_t>(variant))
        .field("at", at)
        .text("reason", decision.reason);
    out.field("from", std::int64_t{decision.from.value});
    out.field("to", std::int64_t{decision.to.value});
  }
  for (const auto& change : result.capacity_changes) {
    out.section("capacity").field("at", change.at).text("cause", change.cause);
    out.field("in_service", std::int64_t{change.in_service});
  }
}

std::string fields_of(const sim::RunResult& result) {
  FieldText out;
  write(out, "summary", result.summary);
  for (const auto& phase : result.phases) {
    write(out, "phase " + phase.stream + "/" + phase.name, phase.summary);
  }
  for (const auto& minute : result.minutes) write(out, minute);
  write_control(out, result);
  return out.str();
}

}  // namespace

ScenarioBuilder::ScenarioBuilder() {
  scenario_.name = "built in code";
  scenario_.run.duration = 1h;
  scenario_.variants.front().variant.endpoint_name = "shop";
  scenario_.variants.front().variant.stopping = 30s;
  with_service(ExactSpan{10ms});
  with_startup(ExactSpan{4min});
}

ScenarioBuilder& ScenarioBuilder::with_rate(double per_second,
                                            std::optional<core::Duration> until) {
  return with_stream(
      {"even",
       {},
       ArrivalPattern::Even,
       models::traffic::SmoothTraffic{core::RequestRate::per_second(per_second), until}});
}

ScenarioBuilder& ScenarioBuilder::with_phases(
    const std::vector<std::pair<double, core::Duration>>& phases) {
  models::traffic::PhasedTraffic phased;
  for (const auto& [rate, duration] : phases) {
    const auto per_second = core::RequestRate::per_second(rate);
    phased.phases.push_back(
        {std::to_string(phased.phases.size() + 1), per_second, per_second, duration});
  }
  return with_stream({"phased", {}, ArrivalPattern::Even, phased});
}

ScenarioBuilder& ScenarioBuilder::with_stream(models::traffic::TrafficStream stream) {
  scenario_.traffic.push_back(std::move(stream));
  return *this;
}

ScenarioBuilder& ScenarioBuilder::with_duration(core::Duration duration) {
  scenario_.run.duration = duration;
  return *this;
}

ScenarioBuilder& ScenarioBuilder::with_warm_up(core::Duration warm_up) {
  scenario_.run.warm_up = warm_up;
  return *this;
}

ScenarioBuilder& ScenarioBuilder::with_seed(std::uint64_t seed) {
  scenario_.run.seed = seed;
  return *this;
}

ScenarioBuilder& ScenarioBuilder::with_instances(std::int32_t initial) {
  scenario_.variants.front().variant.initial_instances = initial;
  return *this;
}

ScenarioBuilder& ScenarioBuilder::with_service(models::endpoint::SpanDistribution service,
                                               std::int32_t workers) {
  scenario_.variants.front().variant.workers = workers;
  scenario_.variants.front().variant.throughput =
      core::RequestRate::per_second(workers / mean_seconds(service));
  scenario_.variants.front().variant.service_time = std::move(service);
  return *this;
}

ScenarioBuilder& ScenarioBuilder::with_startup(models::endpoint::SpanDistribution startup) {
  scenario_.variants.front().variant.startup = std::move(startup);
  return *this;
}

ScenarioBuilder& ScenarioBuilder::with_stopping(core::Duration grace) {
  scenario_.variants.front().variant.stopping = grace;
  return *this;
}

ScenarioBuilder& ScenarioBuilder::with_price(double usd_per_hour) {
  scenario_.variants.front().variant.price = core::HourlyPrice::usd_per_hour(usd_per_hour);
  return *this;
}

ScenarioBuilder& ScenarioBuilder::with_bounds(std::int32_t min, std::int32_t max) {
  auto& target = scenario_.variants.front().scalable_target.emplace();
  target.resource_id = "endpoint/shop/variant/AllTraffic";
  target.min_capacity = {min};
  target.max_capacity = {max};
  return *this;
}

ScenarioBuilder& ScenarioBuilder::with_invocations_target(double invocations_per_instance) {
  TargetTrackingConfiguration policy;
  policy.policy_name = "invocations";
  policy.target_value = invocations_per_instance;
  scenario_.variants.front().policies.emplace_back(std::move(policy));
  return with_cooldowns(0s, 0s);
}

ScenarioBuilder& ScenarioBuilder::with_cpu_target(double percent) {
  TargetTrackingConfiguration policy;
  policy.policy_name = "cpu";
  policy.target_value = percent;
  models::autoscaling::CustomizedMetric metric;
  metric.metric = {"/aws/sagemaker/Endpoints",
                   "CPUUtilization",
                   {{"EndpointName", "shop"}, {"VariantName", "AllTraffic"}}};
  policy.metric = metric;
  scenario_.variants.front().policies.emplace_back(std::move(policy));
  return with_cooldowns(0s, 0s);
}

ScenarioBuilder& ScenarioBuilder::with_cooldowns(core::Duration out, core::Duration in) {
  auto& policy = std::get<TargetTrackingConfiguration>(scenario_.variants.front().policies.back());
  policy.scale_out_cooldown = out;
  policy.scale_in_cooldown = in;
  return *this;
}

ScenarioBuilder& ScenarioBuilder::with_assumptions(const sim::Assumptions& assumptions) {
  scenario_.assumptions = assumptions;
  return *this;
}

std::string json_of(const sim::Scenario& scenario, const sim::RunResult& result) {
  std::ostringstream text;
  sim::JsonWriter json(text, sim::kResultDepthInLines);
  write_result(json, {scenario, result, {}});
  return text.str();
}

std::string difference(const sim::RunResult& a, const sim::RunResult& b) {
  std::istringstream lines_a(fields_of(a));
  std::istringstream lines_b(fields_of(b));
  std::string line_a;
  std::string line_b;
  while (true) {
    const bool more_a = static_cast<bool>(std::getline(lines_a, line_a));
    const bool more_b = static_cast<bool>(std::getline(lines_b, line_b));
    if (!more_a && !more_b) return {};
    if (!more_a) return "nothing against " + line_b;
    if (!more_b) return line_a + " against nothing";
    if (line_a != line_b) return line_a + " against " + line_b;
  }
}

}  // namespace tests
