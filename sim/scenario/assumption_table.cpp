#include "sim/scenario/assumption_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <type_traits>
#include <utility>

#include "core/check.hpp"

namespace sim {
namespace {

using models::autoscaling::ConcurrencyStatistic;
using models::autoscaling::CooldownScope;
using models::autoscaling::CooldownStart;
using models::autoscaling::FirstRateRun;
using models::autoscaling::FlappingPrediction;
using models::autoscaling::FormulaCapacity;
using models::autoscaling::LocalTimeFold;
using models::autoscaling::LocalTimeGap;
using models::autoscaling::NumericDayOfWeek;
using models::autoscaling::PercentOfZero;
using models::autoscaling::ScalingRules;
using models::autoscaling::ScheduleRules;
using models::autoscaling::SimultaneousScheduledActions;
using models::autoscaling::StepAtThreshold;
using models::autoscaling::TargetTrackingAtZero;
using models::autoscaling::TargetTrackingPoints;
using models::autoscaling::UncoveredValue;
using models::autoscaling::WhileUpdating;
using models::cloudwatch::AlarmRules;
using models::cloudwatch::OldBreachingPoint;
using models::cloudwatch::PrematureAlarm;
using models::cloudwatch::YoungBreachingPoint;

constexpr Duration kOneHour = std::chrono::hours{1};
// Alarms are evaluated once a minute, so a phase is less than one.
constexpr Duration kLatestPhase = std::chrono::minutes{1} - std::chrono::nanoseconds{1};
constexpr std::int32_t kMostExtraPoints = 100;

template <class T>
AssumptionField<T> field(T Assumptions::*member) {
  return {[member](const Assumptions& assumptions) { return assumptions.*member; },
          [member](Assumptions& assumptions, T value) { assumptions.*member = value; }};
}
template <class Part, class T>
AssumptionField<T> field(Part Assumptions::*part, T Part::*member) {
  return {[=](const Assumptions& assumptions) { return assumptions.*part.*member; },
          [=](Assumptions& assumptions, T value) { assumptions.*part.*member = value; }};
}

template <class E>
AssumedChoice choice(AssumptionField<E> field,
                     std::initializer_list<std::type_identity_t<Choice<E>>> choices) {
  std::vector<std::string_view> names;
  std::vector<E> values;
  for (const Choice<E>& choice : choices) {
    names.push_back(choice.name);
    values.push_back(choice.value);
  }
  const auto index_of = [get = field.get, values](const Assumptions& assumptions) {
    const auto found = std::find(values.begin(), values.end(), get(assumptions));
    CHECK(found != values.end());
    return static_cast<std::size_t>(found - values.begin());
  };
  const auto choose = [set = field.set, values](Assumptions& assumptions, std::size_t index) {
    set(assumptions, values.at(index));
  };
  return {std::move(names), {index_of, choose}};
}

// Of a bool, or of an enumeration of No and Yes.
template <class T>
AssumedBoolean boolean(AssumptionField<T> field) {
  return {{[get = field.get](const Assumptions& assumptions) { return get(assumptions) != T{}; },
           [set = field.set](Assumptions& assumptions, bool flag) {
             set(assumptions, static_cast<T>(flag));
           }}};
}

std::vector<AssumptionKey> metric_keys() {
  return {
      {"metric_delay", "S-02", "From the end of a period until its datapoint is visible.",
       AssumedDuration{field(&Assumptions::metric_delay), Zero::Allowed, kOneHour}},
      {"high_resolution_metric_delay", "S-02",
       "The same of metrics that are published every ten seconds.",
       AssumedDuration{field(&Assumptions::high_resolution_metric_delay), Zero::Allowed, kOneHour}},
      {"zero_traffic", "S-22", "Whether periods without requests have datapoints.",
       choice(field(&Assumptions::zero_traffic),
              {{"emit_zero", ZeroTraffic::EmitZero}, {"sparse", ZeroTraffic::Sparse}})},
      {"zero_samples", "S-22", "Who publishes the zeros of a minute without requests.",
       choice(field(&Assumptions::zero_samples),
              {{"one_per_minute", ZeroSamples::OnePerMinute},
               {"one_per_instance", ZeroSamples::OnePerInstance}})},
      {"instances_counted", "S-21",
       "When the instances are counted by which InvocationsPerInstance divides a request.",
       choice(field(&Assumptions::instances_counted),
              {{"at_request", InstancesCounted::AtRequest},
               {"at_period_end", InstancesCounted::AtPeriodEnd}})},
      {"timeout_error", "S-19",
       "Whether a request that is not answered in time is in InvocationModelErrors or "
       "Invocation5XXErrors.",
       choice(field(&Assumptions::timeout_error), {{"model_error", TimeoutError::ModelError},
                                                   {"server_error", TimeoutError::ServerError}})},
  };
}

std::vector<AssumptionKey> alarm_keys() {
  constexpr auto kAlarm = &Assumptions::alarm;
  return {
      {"alarm_phase", "S-02", "When in each minute alarms are evaluated.",
       AssumedDuration{field(&Assumptions::alarm_phase), Zero::Allowed, kLatestPhase}},
      {"evaluation_range", "S-01", "Datapoints that an alarm looks at; N is EvaluationPeriods.",
       AssumedRange{field(kAlarm, &AlarmRules::evaluation_range_extra), kMostExtraPoints}},
      {"old_breaching_point", "S-03",
       "A breaching datapoint in the evaluation range but older than N.",
       choice(field(kAlarm, &AlarmRules::old_breaching_point),
              {{"counts", OldBreachingPoint::Counts}, {"ignored", OldBreachingPoint::Ignored}})},
      {"young_breaching_point", "S-04",
       "The state under `ignore` when all datapoints breach but are too few and too young.",
       choice(field(kAlarm, &AlarmRules::young_breaching_point),
              {{"retain", YoungBreachingPoint::Retain}, {"ok", YoungBreachingPoint::Ok}})},
      {"premature_alarm", "S-26",
       "Whether AWS's table or its text is right about old datapoints that do not breach.",
       choice(field(kAlarm, &AlarmRules::premature_alarm),
              {{"table", PrematureAlarm::Table}, {"text", PrematureAlarm::Text}})},
      {"high_resolution_action_interval", "S-05",
       "How often an alarm that is evaluated every ten seconds repeats its scaling action.",
       AssumedDuration{field(kAlarm, &AlarmRules::high_resolution_action_interval), Zero::Refused,
                       kOneHour}},
  };
}

std::vector<AssumptionKey> target_tracking_keys() {
  constexpr auto kScaling = &Assumptions::scaling;
  return {
      {"target_tracking_points", "S-06", "The datapoints that the new capacity is computed from.",
       choice(field(kScaling, &ScalingRules::target_tracking_points),
              {{"mean", TargetTrackingPoints::Mean}, {"newest", TargetTrackingPoints::Newest}})},
      {"flapping_prediction", "S-07",
       "Whether target tracking does not scale in where its formula puts the metric over the "
       "target again.",
       choice(
           field(kScaling, &ScalingRules::flapping_prediction),
           {{"same_formula", FlappingPrediction::SameFormula}, {"off", FlappingPrediction::Off}})},
      {"target_tracking_at_zero", "S-20", "What AlarmHigh comes to at a capacity of zero.",
       choice(field(kScaling, &ScalingRules::target_tracking_at_zero),
              {{"no_change", TargetTrackingAtZero::NoChange},
               {"one_instance", TargetTrackingAtZero::One}})},
      {"concurrency_statistic", "S-23",
       "The statistic of ConcurrentRequestsPerModel that a policy watches in each ten seconds.",
       choice(field(kScaling, &ScalingRules::concurrency_statistic),
              {{"Maximum", ConcurrencyStatistic::Maximum},
               {"Average", ConcurrencyStatistic::Average},
               {"Minimum", ConcurrencyStatistic::Minimum}})},
  };
}

std::vector<AssumptionKey> step_scaling_keys() {
  constexpr auto kScaling = &Assumptions::scaling;
  return {
      {"step_at_threshold", "S-08",
       "Whose step adjustment applies to a value that is exactly the threshold.",
       choice(field(kScaling, &ScalingRules::step_at_threshold),
              {{"alarm_operator", StepAtThreshold::AlarmOperator},
               {"above", StepAtThreshold::Above},
               {"below", StepAtThreshold::Below}})},
      {"uncovered_value", "S-09",
       "What a step policy does with a value that no step adjustment covers.",
       choice(field(kScaling, &ScalingRules::uncovered_value),
              {{"no_change", UncoveredValue::NoChange},
               {"nearest_step", UncoveredValue::NearestStep}})},
      {"percent_of_zero", "S-12", "What a positive percentage of a capacity of zero adds.",
       choice(field(kScaling, &ScalingRules::percent_of_zero),
              {{"zero", PercentOfZero::Zero}, {"one", PercentOfZero::One}})},
  };
}

std::vector<AssumptionKey> capacity_change_keys() {
  constexpr auto kScaling = &Assumptions::scaling;
  return {
      {"formula_capacity", "S-24",
       "The capacity that a policy starts from while a change is on its way.",
       choice(field(kScaling, &ScalingRules::formula_capacity),
              {{"desired", FormulaCapacity::Desired}, {"in_service", FormulaCapacity::InService}})},
      {"while_updating", "S-11",
       "What an alarm action comes to while the endpoint is still updating.",
       choice(field(kScaling, &ScalingRules::while_updating),
              {{"not_scaled", WhileUpdating::NotScaled}, {"override", WhileUpdating::Override}})},
      {"cooldown_starts", "S-10", "When a cooldown begins.",
       choice(field(kScaling, &ScalingRules::cooldown_start),
              {{"fulfilled", CooldownStart::Fulfilled}, {"accepted", CooldownStart::Accepted}})},
      {"cooldown_scope", "S-13",
       "Whether each policy has its own cooldowns or all of a target share them.",
       choice(field(kScaling, &ScalingRules::cooldown_scope),
              {{"policy", CooldownScope::Policy}, {"target", CooldownScope::Target}})},
      {"scale_out_delays_scale_in", "S-13",
       "Whether the cooldown of a scale out also keeps from scaling in.",
       boolean(field(kScaling, &ScalingRules::scale_out_delays_scale_in))},
  };
}

std::vector<AssumptionKey> scheduled_action_keys() {
  constexpr auto kSchedule = &Assumptions::schedule;
  return {
      {"first_rate_run", "S-14", "When rate(...) without a StartTime runs first.",
       choice(field(kSchedule, &ScheduleRules::first_rate_run),
              {{"creation_plus_interval", FirstRateRun::CreationPlusInterval},
               {"creation", FirstRateRun::Creation}})},
      {"daylight_saving_gap", "S-15", "What becomes of a local time that the clocks skip.",
       choice(field(kSchedule, &ScheduleRules::gap),
              {{"skip", LocalTimeGap::Skip}, {"shift_forward", LocalTimeGap::ShiftForward}})},
      {"daylight_saving_fold", "S-15",
       "Which of the two count when the clocks show a local time twice.",
       choice(field(kSchedule, &ScheduleRules::fold), {{"first", LocalTimeFold::First},
                                                       {"last", LocalTimeFold::Last},
                                                       {"both", LocalTimeFold::Both}})},
      {"numeric_weekdays", "S-16", "What 1 is as a day of the week.",
       choice(field(kSchedule, &ScheduleRules::numeric_day_of_week),
              {{"sunday_first", NumericDayOfWeek::SundayFirst},
               {"monday_first", NumericDayOfWeek::MondayFirst}})},
      {"simultaneous_scheduled_actions", "S-17",
       "The order of scheduled actions that are due at the same instant.",
       choice(field(&Assumptions::scaling, &ScalingRules::simultaneous_scheduled_actions),
              {{"creation_order", SimultaneousScheduledActions::CreationOrder},
               {"name_order", SimultaneousScheduledActions::NameOrder}})},
  };
}

std::vector<AssumptionKey> endpoint_and_load_keys() {
  return {
      {"stopping_requests", "S-18",
       "What becomes of requests that an instance still holds when its grace to stop is over.",
       choice(field(&Assumptions::stopping_requests),
              {{"lost", StoppingRequests::Lost}, {"finished", StoppingRequests::Finished}})},
      {"bill_startup", "", "Whether instances cost while they start.",
       boolean(field(&Assumptions::bill_startup))},
      {"recommender_spawn", "S-25", "The unit of SpawnRate.",
       choice(field(&Assumptions::recommender_spawn),
              {{"per_minute", RecommenderSpawn::PerMinute},
               {"per_second", RecommenderSpawn::PerSecond}})},
      {"recommender_stairs", "S-25", "What DurationInSeconds of STAIRS is the duration of.",
       choice(field(&Assumptions::recommender_stairs),
              {{"per_step", RecommenderStairs::PerStep}, {"total", RecommenderStairs::Total}})},
  };
}

std::vector<AssumptionKey> all_keys() {
  std::vector<AssumptionKey> all;
  for (const auto make : {metric_keys, alarm_keys, target_tracking_keys, step_scaling_keys,
                          capacity_change_keys, scheduled_action_keys, endpoint_and_load_keys}) {
    for (AssumptionKey& key : make()) all.push_back(std::move(key));
  }
  return all;
}

struct ValueText {
  const Assumptions& assumptions;

  std::string operator()(const AssumedChoice& choice) const {
    return std::string(choice.names.at(choice.index.get(assumptions)));
  }
  std::string operator()(const AssumedDuration& duration) const {
    return format_duration(duration.span.get(assumptions));
  }
  std::string operator()(const AssumedRange& range) const {
    const std::int32_t extra = range.extra.get(assumptions);
    return extra == 0 ? "N" : fmt::format("N+{}", extra);
  }
  std::string operator()(const AssumedBoolean& boolean) const {
    return boolean.flag.get(assumptions) ? "true" : "false";
  }
};

}  // namespace

const std::vector<AssumptionKey>& assumption_keys() {
  static const std::vector<AssumptionKey> keys = all_keys();
  return keys;
}

std::string assumption_text(const AssumptionKey& key, const Assumptions& assumptions) {
  return std::visit(ValueText{assumptions}, key.kind);
}

}  // namespace sim
