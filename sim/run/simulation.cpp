#include "sim/run/simulation.hpp"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "core/check.hpp"
#include "core/event_loop.hpp"
#include "core/random_streams.hpp"
#include "models/autoscaling/scaling_controller.hpp"
#include "models/cloudwatch/alarm.hpp"
#include "models/cloudwatch/metric_store.hpp"
#include "models/endpoint/fleet.hpp"
#include "sim/observe/run_recorder.hpp"
#include "sim/run/event.hpp"
#include "sim/run/minute_account.hpp"
#include "sim/run/phase.hpp"
#include "sim/run/telemetry.hpp"
#include "sim/run/traffic_set_up.hpp"

namespace sim {
namespace {

using core::InstanceCount;
using models::autoscaling::ScalingController;
using models::cloudwatch::Alarm;
using models::cloudwatch::MetricStore;
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
constexpr models::endpoint::VariantIndex kVariant = 0;  // the only one

std::vector<models::autoscaling::TargetTrackingConfiguration> target_tracking_among(
    const std::vector<models::autoscaling::PolicyConfiguration>& policies) {
  std::vector<models::autoscaling::TargetTrackingConfiguration> tracking;
  for (const auto& policy : policies) {
    const auto* found = std::get_if<models::autoscaling::TargetTrackingConfiguration>(&policy);
    if (found != nullptr) tracking.push_back(*found);
  }
  return tracking;
}

class Simulation {
 public:
  Simulation(const Scenario& scenario, const SimulationOptions& options)
      : scenario_(scenario),
        variant_(scenario.variants.front().variant),
        end_(core::kStart + scenario.run.duration),
        streams_(scenario.run.seed, options.run),
        traffic_(set_up_traffic(scenario, streams_, options.open_trace)),
        fleet_(variant_, streams_.stream("startup/" + variant_.variant_name)),
        store_(scenario.assumptions.metric_delay),
        telemetry_(scenario, store_),
        minute_(variant_),
        recorder_(scenario, traffic_.phases) {
    core::check_context() = {.now = core::kStart, .seed = scenario.run.seed, .event = "set-up"};
    set_up_plane(options);
    set_up_scaling();
  }

  RunResult run();

 private:
  void set_up_plane(const SimulationOptions& options);
  void set_up_scaling();

  void on(const InstanceEntersService& event);
  void on(const InstanceGone& event);
  void on(const StretchEnds& event);
  void on(const AlarmsEvaluated& event);
  void on(const ScalingDecided& event);

  void change_capacity(InstanceCount desired);
  void after_fleet_change();
  void settle_activity();
  void close_minute(core::SimTime end);
  void schedule_stretch_end();
  const std::string& activity_cause() const;

  const Scenario& scenario_;
  const EndpointVariant& variant_;
  const core::SimTime end_;
  core::RandomStreams streams_;
  TrafficSetUp traffic_;
  std::unique_ptr<RequestPlane> plane_;
  Fleet fleet_;
  MetricStore store_;
  Telemetry telemetry_;
  std::optional<ScalingController> controller_;
  std::vector<Alarm> alarms_;  // in the controller's order
  MinuteAccount minute_;
  RunRecorder recorder_;
  core::EventLoop<Event> loop_;
  std::int32_t unsettled_instances_ = 0;  // launched or stopping since the last activity began
};

void Simulation::set_up_plane(const SimulationOptions& options) {
  const bool closed_loop = !traffic_.users.empty();
  const std::span variants(&variant_, 1);
  const PlaneKind automatic = models::endpoint::recursion_applies(variants, closed_loop)
                                  ? PlaneKind::Recursion
                                  : PlaneKind::Events;
  PlaneInputs inputs{.arrivals = std::move(traffic_.arrivals),
                     .users = std::move(traffic_.users),
                     .split = streams_.stream("split"),
                     .variants = {{.service = streams_.stream("service/" + variant_.variant_name),
                                   .routing = streams_.stream("routing/" + variant_.variant_name),
                                   .copies = streams_.stream("copies/" + variant_.variant_name)}},
                     .stretches = {.cuts = traffic_.cuts}};
  plane_ =
      models::endpoint::make_plane(options.plane.value_or(automatic), variants, std::move(inputs));
  for (const Instance& instance : fleet_.instances()) {
    plane_->enter_service(kVariant, instance.slot);
    minute_.add_slot(instance.slot);
  }
  after_fleet_change();
  schedule_stretch_end();
}

void Simulation::set_up_scaling() {
  if (!scenario_.variants.front().scalable_target) return;
  controller_.emplace(*scenario_.variants.front().scalable_target,
                      target_tracking_among(scenario_.variants.front().policies),
                      InstanceCount{variant_.initial_instances}, scenario_.assumptions.scaling);
  for (auto& configuration : controller_->alarm_configurations()) {
    alarms_.emplace_back(std::move(configuration), scenario_.assumptions.alarm, store_,
                         scenario_.run.start_unix_s);
  }
  if (const auto desired = controller_->register_target(core::kStart)) change_capacity(*desired);
  const core::SimTime first = core::kStart + scenario_.assumptions.alarm_phase;
  if (first < end_) loop_.schedule(first, kAlarmEvaluation, AlarmsEvaluated{});
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
  for (const Alarm& alarm : alarms_) alarms.push_back({alarm.configuration(), alarm.history()});
  RunResult result = recorder_.finish(
      std::move(alarms),
      {controller_ ? controller_->activities() : decltype(RunResult::activities){}});
  result.plane = plane_->name();
  return result;
}

void Simulation::on(const InstanceEntersService& event) {
  const auto instance = fleet_.enter_service(event.slot, event.number, loop_.now());
  if (!instance) return;  // a scale in cancelled it while it was starting
  plane_->enter_service(kVariant, event.slot);
  minute_.add_slot(event.slot);
  after_fleet_change();
  --unsettled_instances_;
  settle_activity();
}

void Simulation::on(const InstanceGone& event) {
  plane_->remove(kVariant, event.slot);
  fleet_.remove(event.slot, event.number, loop_.now());
  after_fleet_change();
  --unsettled_instances_;
  settle_activity();
}

void Simulation::on(const StretchEnds&) {
  const core::SimTime now = loop_.now();
  minute_.count_invocations(plane_->invocations(kVariant));
  plane_->close(now);
  const RequestTally& stretch = plane_->closed(kVariant);
  minute_.add(stretch);
  recorder_.stretch_closed(0, stretch);
  if (now.time_since_epoch() % kMinute == core::Duration{0} || now == end_) close_minute(now);
  if (now < end_) schedule_stretch_end();
}

void Simulation::close_minute(core::SimTime end) {
  minute_.close(end, fleet_.instances());
  MinuteRecord record = minute_.record();
  record.starting = fleet_.count(InstanceState::Starting);
  record.in_service = fleet_.count(InstanceState::InService);
  record.capacity_rate = record.in_service * variant_.throughput.per_second();
  if (controller_) {
    const auto& bounds = controller_->target().configuration();
    record.desired = controller_->desired_capacity().value;
    record.min_capacity = bounds.min_capacity.value;
    record.max_capacity = bounds.max_capacity.value;
  } else {
    record.desired = record.min_capacity = record.max_capacity = variant_.initial_instances;
  }
  const RequestTally& requests = minute_.requests();
  recorder_.minute_closed(0, record, requests);
  if (end - record.start == kMinute) {  // a period cut short by the run's end is never published
    telemetry_.publish({.start = record.start,
                        .requests = requests,
                        .invocations_per_instance = record.invocations_per_instance,
                        .cpu_percents = minute_.cpu_percents()},
                       store_);
  }
  minute_.open(end);
}

void Simulation::on(const AlarmsEvaluated&) {
  const core::SimTime now = loop_.now();
  for (Alarm& alarm : alarms_) alarm.evaluate(store_, now);
  loop_.schedule(now, kScalingDecision, ScalingDecided{});
  if (now + kMinute < end_) loop_.schedule(now + kMinute, kAlarmEvaluation, AlarmsEvaluated{});
}

void Simulation::on(const ScalingDecided&) {
  const auto outcome = controller_->decide(loop_.now(), alarms_);
  for (const auto& decision : outcome.decisions) {
    if (decision.alarm.empty()) continue;
    const bool accepted = outcome.desired_capacity && decision.to == *outcome.desired_capacity;
    recorder_.decided(0, loop_.now(), decision, accepted);
  }
  if (outcome.desired_capacity) change_capacity(*outcome.desired_capacity);
}

void Simulation::change_capacity(InstanceCount desired) {
  const FleetChange change = fleet_.set_desired(desired.value, loop_.now());
  unsettled_instances_ = 0;
  for (const Instance& instance : change.launched) {
    loop_.schedule(instance.in_service, kInstanceLifecycle,
                   InstanceEntersService{instance.slot, instance.number});
    ++unsettled_instances_;
  }
  for (const Instance& instance : change.stopping) {
    plane_->stop(kVariant, instance.slot, instance.stopped);
    loop_.schedule(instance.stopped, kInstanceLifecycle,
                   InstanceGone{instance.slot, instance.number});
    ++unsettled_instances_;
  }
  after_fleet_change();
  settle_activity();
}

void Simulation::settle_activity() {
  if (unsettled_instances_ > 0 || !controller_ || !controller_->activity_in_progress()) return;
  controller_->fulfilled(loop_.now());
  recorder_.fulfilled(0, loop_.now());
}

void Simulation::after_fleet_change() {
  const FleetCounts counts{.starting = fleet_.count(InstanceState::Starting),
                           .in_service = fleet_.count(InstanceState::InService),
                           .stopping = fleet_.count(InstanceState::Stopping)};
  minute_.count_invocations(plane_->invocations(kVariant));
  minute_.set_in_service(counts.in_service);
  recorder_.fleet_changed(0, loop_.now(), counts, activity_cause());
}

const std::string& Simulation::activity_cause() const {
  static const std::string kInitial = "initial capacity";
  if (!controller_) return kInitial;
  const auto& activities = controller_->activities();
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
