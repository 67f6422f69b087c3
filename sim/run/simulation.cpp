#include "sim/run/simulation.hpp"

#include <algorithm>
#include <deque>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/check.hpp"
#include "core/event_loop.hpp"
#include "core/random_streams.hpp"
#include "models/cloudwatch/metric_store.hpp"
#include "models/endpoint/fleet.hpp"
#include "sim/observe/run_recorder.hpp"
#include "sim/run/control_plane.hpp"
#include "sim/run/event.hpp"
#include "sim/run/explain_target.hpp"
#include "sim/run/minute_account.hpp"
#include "sim/run/phase.hpp"
#include "sim/run/telemetry.hpp"
#include "sim/run/traffic_set_up.hpp"

namespace sim {
namespace {

using models::cloudwatch::Alarm;
using models::cloudwatch::MetricStore;
using models::endpoint::CapacitySupply;
using models::endpoint::ConcurrencySamples;
using models::endpoint::EndpointVariant;
using models::endpoint::Fleet;
using models::endpoint::FleetChange;
using models::endpoint::Instance;
using models::endpoint::InstanceState;
using models::endpoint::PlaneInputs;
using models::endpoint::PlaneKind;
using models::endpoint::RequestPlane;
using models::endpoint::RequestTally;

constexpr core::Duration kMinute = std::chrono::minutes{1};
constexpr core::Duration kTenSeconds = std::chrono::seconds{10};
// SageMaker's reason for an endpoint that fails so; the words of the activity are not known.
constexpr std::string_view kInsufficientCapacity =
    "Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error. "
    "Please retry using a different ML instance type or after some time.";

// The variants as the request plane plays them.
std::vector<EndpointVariant> played_variants(const Scenario& scenario) {
  std::vector<EndpointVariant> variants;
  for (const ScenarioVariant& variant : scenario.variants) {
    variants.push_back(variant.variant);
    if (scenario.assumptions.stopping_requests == StoppingRequests::Finished) {
      // S-18: no request lasts longer than its timeout, so nothing is left by then.
      variants.back().stopping = std::max(variants.back().stopping, variants.back().queue_timeout);
    }
  }
  return variants;
}

class Simulation {
 public:
  Simulation(const Scenario& scenario, const SimulationOptions& options)
      : scenario_(scenario),
        variants_(played_variants(scenario)),
        end_(core::kStart + scenario.run.duration),
        streams_(scenario.run.seed, options.run),
        traffic_(set_up_traffic(scenario, streams_, options.open_trace)),
        store_(scenario.assumptions.metric_delay),
        telemetry_(scenario, store_),
        control_(control_plane_settings(scenario), store_),
        recorder_(scenario, traffic_.phases) {
    core::check_context() = {.now = core::kStart, .seed = scenario.run.seed, .event = "set-up"};
    for (const EndpointVariant& variant : variants_) {
      states_.emplace_back(variant, streams_, scenario.assumptions.instances_counted);
    }
    set_up_plane(options);
    set_up_scaling();
    if (options.explain_at) loop_.schedule(*options.explain_at, kExplanation, StateExplained{});
  }

  // REQUIRES: called once.
  RunResult run();

 private:
  // One variant's instances, and its account of the minute.
  struct VariantState {
    VariantState(const EndpointVariant& variant, const core::RandomStreams& streams,
                 InstancesCounted counted)
        : fleet(variant, streams.stream("startup/" + variant.variant_name)),
          supply(variant.capacity_errors,
                 streams.stream("capacity_errors/" + variant.variant_name)),
          minute(variant, counted) {}

    Fleet fleet;
    CapacitySupply supply;
    MinuteAccount minute;
    ConcurrencySamples ten_seconds;
  };

  void set_up_plane(const SimulationOptions& options);
  void set_up_scaling();

  void on(const InstanceEntersService& event);
  void on(const InstanceGone& event);
  void on(const StretchEnds& event);
  void on(const AlarmsEvaluated& event);
  void on(const ScheduledActionsDue& event);
  void on(const ScalingDecided& event);
  void on(const StateExplained& event);

  std::vector<CapacityOrder> supplied(std::vector<CapacityOrder> orders);
  void carry_out(const std::vector<CapacityOrder>& orders);
  void change_capacity(std::uint32_t variant, std::int32_t desired);
  void after_fleet_change(std::uint32_t variant);
  void settle_activity(std::uint32_t variant);
  void close_stretch(std::uint32_t variant, core::SimTime now);
  void close_minute(core::SimTime end);
  MinuteRecord minute_record(std::uint32_t variant) const;
  void schedule_stretch_end();
  void schedule_alarms(core::SimTime from);
  void schedule_actions(core::SimTime from);
  DatapointTiming timing_of(const models::autoscaling::ScalingDecision& decision) const;
  const std::string& activity_cause(std::uint32_t variant) const;

  std::uint32_t variant_count() const { return static_cast<std::uint32_t>(variants_.size()); }

  const Scenario& scenario_;
  const std::vector<EndpointVariant> variants_;
  const core::SimTime end_;
  core::RandomStreams streams_;
  TrafficSetUp traffic_;
  std::unique_ptr<RequestPlane> plane_;
  MetricStore store_;
  Telemetry telemetry_;
  ControlPlane control_;
  std::deque<VariantState> states_;  // by variant
  RunRecorder recorder_;
  core::EventLoop<Event> loop_;
  std::optional<core::SimTime> decided_at_;
  std::optional<Explanation> explanation_;
};

void Simulation::set_up_plane(const SimulationOptions& options) {
  const bool answers_matter = has_users(scenario_) || has_retries(scenario_);
  const PlaneKind automatic = models::endpoint::recursion_applies(variants_, answers_matter)
                                  ? PlaneKind::Recursion
                                  : PlaneKind::Events;
  PlaneInputs inputs{.arrivals = std::move(traffic_.arrivals),
                     .users = std::move(traffic_.users),
                     .open_retries = std::move(traffic_.open_retries),
                     .user_retries = std::move(traffic_.user_retries),
                     .split = streams_.stream("split"),
                     .retry_split = streams_.stream("retry_split"),
                     .variants = {},
                     .stretches = {.cuts = traffic_.cuts}};
  if (telemetry_.has_ten_seconds()) inputs.stretches.every = kTenSeconds;
  for (const EndpointVariant& variant : variants_) {
    const std::string& name = variant.variant_name;
    inputs.variants.push_back({.service = streams_.stream("service/" + name),
                               .retry_service = streams_.stream("retry_service/" + name),
                               .routing = streams_.stream("routing/" + name),
                               .copies = streams_.stream("copies/" + name),
                               .retry_copies = streams_.stream("retry_copies/" + name),
                               .warming = streams_.stream("warming/" + name)});
  }
  plane_ =
      models::endpoint::make_plane(options.plane.value_or(automatic), variants_, std::move(inputs));
  for (std::uint32_t variant = 0; variant < variant_count(); ++variant) {
    for (const Instance& instance : states_[variant].fleet.instances()) {
      plane_->enter_service(variant, instance.slot, core::kStart);
      states_[variant].minute.add_slot(instance.slot);
    }
    after_fleet_change(variant);
  }
  schedule_stretch_end();
}

void Simulation::set_up_scaling() {
  carry_out(supplied(control_.register_targets(core::kStart)));
  schedule_alarms(core::kStart);
  schedule_actions(core::kStart);
}

RunResult Simulation::run() {
  loop_.run_until(
      end_,
      [this](core::SimTime until) {
        core::check_context().event = "requests between two events";
        plane_->advance(until);
      },
      [this](const Event& event) {
        std::visit(
            [this](const auto& happening) {
              core::check_context().event = happening.kName;
              on(happening);
            },
            event);
      });
  std::vector<AlarmRecord> alarms;
  for (std::size_t index = 0; index < control_.alarms().size(); ++index) {
    const Alarm& alarm = control_.alarms()[index];
    alarms.push_back({alarm.configuration(), alarm.history(), control_.observations_of(index)});
  }
  std::vector<decltype(RunResult::activities)> activities(variants_.size());
  for (std::size_t variant = 0; variant < variants_.size(); ++variant) {
    const auto* controller = control_.controller(variant);
    if (controller != nullptr) activities[variant] = controller->activities();
  }
  RunResult result = recorder_.finish(std::move(alarms), std::move(activities));
  result.plane = plane_->name();
  result.explanation = std::move(explanation_);
  return result;
}

void Simulation::on(const InstanceEntersService& event) {
  VariantState& state = states_[event.variant];
  const auto instance = state.fleet.enter_service(event.slot, event.number, loop_.now());
  if (!instance) return;  // a scale in cancelled it while it was starting
  plane_->enter_service(event.variant, event.slot,
                        loop_.now() + variants_[event.variant].warming.duration);
  state.minute.add_slot(event.slot);
  after_fleet_change(event.variant);
  settle_activity(event.variant);
}

void Simulation::on(const InstanceGone& event) {
  VariantState& state = states_[event.variant];
  plane_->remove(event.variant, event.slot);
  state.fleet.remove(event.slot, event.number, loop_.now());
  after_fleet_change(event.variant);
  settle_activity(event.variant);
}

void Simulation::on(const StretchEnds&) {
  const core::SimTime now = loop_.now();
  for (std::uint32_t variant = 0; variant < variant_count(); ++variant) {
    states_[variant].minute.count_invocations(plane_->invocations(variant));
  }
  plane_->close(now);
  for (std::uint32_t variant = 0; variant < variant_count(); ++variant) {
    close_stretch(variant, now);
  }
  if (now.time_since_epoch() % kMinute == core::Duration{0} || now == end_) close_minute(now);
  if (now < end_) schedule_stretch_end();
}

void Simulation::close_stretch(std::uint32_t variant, core::SimTime now) {
  VariantState& state = states_[variant];
  const RequestTally& stretch = plane_->closed(variant);
  state.minute.add(stretch);
  recorder_.stretch_closed(variant, stretch);
  if (!telemetry_.has_ten_seconds()) return;
  state.ten_seconds.merge(stretch.concurrency);
  if (now.time_since_epoch() % kTenSeconds != core::Duration{0}) return;
  const bool answers = state.fleet.count(InstanceState::InService) > 0;
  if (state.ten_seconds.maximum > 0 || answers) {
    telemetry_.publish_ten_seconds(variant, now - kTenSeconds, state.ten_seconds, store_);
  }
  state.ten_seconds = {};
}

void Simulation::close_minute(core::SimTime end) {
  std::vector<MinuteSamples> samples;
  for (std::uint32_t variant = 0; variant < variant_count(); ++variant) {
    VariantState& state = states_[variant];
    state.minute.close(end, state.fleet.instances());
    recorder_.minute_closed(variant, minute_record(variant), state.minute.requests());
    samples.push_back({.start = state.minute.record().start,
                       .requests = state.minute.requests(),
                       .invocations_per_instance = state.minute.record().invocations_per_instance,
                       .in_service = state.fleet.count(InstanceState::InService),
                       .reporting = static_cast<std::int64_t>(state.minute.cpu_percents().size()),
                       .utilization = state.minute.published_utilization()});
  }
  // A period cut short by the run's end is never published.
  if (end - samples.front().start == kMinute) telemetry_.publish(samples, store_);
  for (VariantState& state : states_) state.minute.open(end);
}

MinuteRecord Simulation::minute_record(std::uint32_t variant) const {
  const Fleet& fleet = states_[variant].fleet;
  MinuteRecord record = states_[variant].minute.record();
  record.starting = fleet.count(InstanceState::Starting);
  record.in_service = fleet.count(InstanceState::InService);
  record.capacity_rate = record.in_service * variants_[variant].throughput.per_second();
  record.desired = record.min_capacity = record.max_capacity = variants_[variant].initial_instances;
  if (const auto* controller = control_.controller(variant)) {
    const auto& bounds = controller->target().configuration();
    record.desired = controller->desired_capacity().value;
    record.min_capacity = bounds.min_capacity.value;
    record.max_capacity = bounds.max_capacity.value;
  }
  return record;
}

void Simulation::schedule_alarms(core::SimTime from) {
  const auto next = control_.next_alarm_evaluation(from);
  if (next && *next < end_) loop_.schedule(*next, kAlarmEvaluation, AlarmsEvaluated{});
}

void Simulation::schedule_actions(core::SimTime from) {
  const auto next = control_.next_scheduled_action(from);
  if (next && *next < end_) loop_.schedule(*next, kScheduledAction, ScheduledActionsDue{});
}

void Simulation::on(const AlarmsEvaluated&) {
  const core::SimTime now = loop_.now();
  control_.evaluate_alarms(store_, now);
  loop_.schedule(now, kScalingDecision, ScalingDecided{});
  schedule_alarms(now + core::Duration{1});
}

void Simulation::on(const ScheduledActionsDue&) {
  const core::SimTime now = loop_.now();
  carry_out(supplied(control_.run_scheduled_actions(now)));
  schedule_actions(now + core::Duration{1});
}

void Simulation::on(const ScalingDecided&) {
  decided_at_ = loop_.now();
  const auto orders = supplied(control_.decide(loop_.now()));
  for (const VariantDecision& decided : control_.decisions()) {
    const bool moved = decided.decision.to != decided.decision.from;
    if (!decided.decision.action_due && !moved) continue;
    recorder_.decided(decided.variant, loop_.now(), decided.decision, decided.accepted,
                      timing_of(decided.decision));
  }
  carry_out(orders);
}

void Simulation::on(const StateExplained&) {
  explanation_ = Explanation{loop_.now(), decided_at_, {}};
  for (std::uint32_t variant = 0; variant < variant_count(); ++variant) {
    const Fleet& fleet = states_[variant].fleet;
    ExplainedVariant explained = explain_target(control_, variant);
    explained.name = variants_[variant].variant_name;
    explained.in_service = fleet.count(InstanceState::InService);
    explained.starting = fleet.count(InstanceState::Starting);
    explained.stopping = fleet.count(InstanceState::Stopping);
    if (!explained.has_target) explained.desired = explained.in_service;
    explanation_->variants.push_back(std::move(explained));
  }
}

// How long a datapoint of the alarm that asked covers, and how late it is seen.
DatapointTiming Simulation::timing_of(const models::autoscaling::ScalingDecision& decision) const {
  for (const Alarm& alarm : control_.alarms()) {
    if (alarm.configuration().name != decision.alarm) continue;
    const core::Duration period = alarm.configuration().period;
    const Assumptions& assumptions = scenario_.assumptions;
    return {period,
            period < kMinute ? assumptions.high_resolution_metric_delay : assumptions.metric_delay};
  }
  return {kMinute, scenario_.assumptions.metric_delay};
}

// What the endpoint can do of the orders: a scale-out for which there are no instances fails at
// once, and leaves the capacity that there was before.
std::vector<CapacityOrder> Simulation::supplied(std::vector<CapacityOrder> orders) {
  for (CapacityOrder& order : orders) {
    const auto& activity = control_.controller(order.variant)->activities().back();
    if (activity.to < activity.from || !states_[order.variant].supply.refuses(loop_.now()))
      continue;
    control_.failed(order.variant, loop_.now(), kInsufficientCapacity);
    recorder_.failed(order.variant);
    order.desired = control_.controller(order.variant)->desired_capacity();
  }
  return orders;
}

void Simulation::carry_out(const std::vector<CapacityOrder>& orders) {
  for (const CapacityOrder& order : orders) {
    change_capacity(static_cast<std::uint32_t>(order.variant), order.desired.value);
  }
}

void Simulation::change_capacity(std::uint32_t variant, std::int32_t desired) {
  VariantState& state = states_[variant];
  const FleetChange change = state.fleet.set_desired(desired, loop_.now());
  for (const Instance& instance : change.launched) {
    loop_.schedule(instance.in_service, kInstanceLifecycle,
                   InstanceEntersService{variant, instance.slot, instance.number});
  }
  for (const Instance& instance : change.stopping) {
    plane_->stop(variant, instance.slot, instance.stopped);
    loop_.schedule(instance.stopped, kInstanceLifecycle,
                   InstanceGone{variant, instance.slot, instance.number});
  }
  after_fleet_change(variant);
  settle_activity(variant);
}

void Simulation::settle_activity(std::uint32_t variant) {
  const auto* controller = control_.controller(variant);
  if (controller == nullptr || !controller->activity_in_progress()) return;
  const Fleet& fleet = states_[variant].fleet;
  const bool is_on_its_way =
      fleet.count(InstanceState::Starting) > 0 || fleet.count(InstanceState::Stopping) > 0;
  if (is_on_its_way) return;
  control_.fulfilled(variant, loop_.now());
  recorder_.fulfilled(variant, loop_.now());
}

void Simulation::after_fleet_change(std::uint32_t variant) {
  VariantState& state = states_[variant];
  const FleetCounts counts{.starting = state.fleet.count(InstanceState::Starting),
                           .in_service = state.fleet.count(InstanceState::InService),
                           .stopping = state.fleet.count(InstanceState::Stopping)};
  state.minute.count_invocations(plane_->invocations(variant));
  state.minute.set_in_service(counts.in_service);
  control_.set_in_service(variant, models::autoscaling::InstanceCount{counts.in_service});
  recorder_.fleet_changed(variant, loop_.now(), counts, activity_cause(variant));
}

const std::string& Simulation::activity_cause(std::uint32_t variant) const {
  static const std::string kInitial = "initial capacity";
  const auto* controller = control_.controller(variant);
  if (controller == nullptr) return kInitial;
  const auto& activities = controller->activities();
  const auto last = std::find_if(activities.rbegin(), activities.rend(),
                                 [](const auto& activity) { return activity.scaled(); });
  return last == activities.rend() ? kInitial : last->cause;
}

void Simulation::schedule_stretch_end() {
  loop_.schedule(plane_->stretch_end(), kPeriodClose, StretchEnds{});
}

}  // namespace

RunResult simulate(const Scenario& scenario, const SimulationOptions& options) {
  return Simulation(scenario, options).run();
}

}  // namespace sim
