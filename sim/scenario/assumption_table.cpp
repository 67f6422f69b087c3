#include "sim/scenario/assumption_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <type_traits>
#include <utility>

#include "core/check.hpp"

namespace sim {
namespace {

using models::autoscaling::CooldownStart;
using models::autoscaling::ScalingRules;
using models::autoscaling::TargetTrackingPoints;
using models::cloudwatch::AlarmRules;
using models::cloudwatch::OldBreachingPoint;

constexpr Duration kLongestDelay = std::chrono::hours{1};
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

std::vector<AssumptionKey> make_keys() {
  return {
      {"metric_delay", "S-02", "From the end of a period until its datapoint is visible.",
       AssumedDuration{field(&Assumptions::metric_delay), Zero::Allowed, kLongestDelay}},
      {"alarm_phase", "S-02", "When in each minute alarms are evaluated.",
       AssumedDuration{field(&Assumptions::alarm_phase), Zero::Allowed, kLatestPhase}},
      {"evaluation_range", "S-01", "Datapoints that an alarm looks at; N is EvaluationPeriods.",
       AssumedRange{field(&Assumptions::alarm, &AlarmRules::evaluation_range_extra),
                    kMostExtraPoints}},
      {"old_breaching_point", "S-03",
       "A breaching datapoint in the evaluation range but older than N.",
       choice(field(&Assumptions::alarm, &AlarmRules::old_breaching_point),
              {{"counts", OldBreachingPoint::Counts}, {"ignored", OldBreachingPoint::Ignored}})},
      {"target_tracking_points", "S-06", "The datapoints that the new capacity is computed from.",
       choice(field(&Assumptions::scaling, &ScalingRules::target_tracking_points),
              {{"mean", TargetTrackingPoints::Mean}, {"newest", TargetTrackingPoints::Newest}})},
      {"cooldown_starts", "S-10", "When a cooldown begins.",
       choice(field(&Assumptions::scaling, &ScalingRules::cooldown_start),
              {{"fulfilled", CooldownStart::Fulfilled}, {"accepted", CooldownStart::Accepted}})},
      {"zero_traffic", "S-22", "Whether periods without requests have datapoints.",
       choice(field(&Assumptions::zero_traffic),
              {{"emit_zero", ZeroTraffic::EmitZero}, {"sparse", ZeroTraffic::Sparse}})},
      {"recommender_spawn", "S-25", "The unit of SpawnRate.",
       choice(field(&Assumptions::recommender_spawn),
              {{"per_minute", RecommenderSpawn::PerMinute},
               {"per_second", RecommenderSpawn::PerSecond}})},
      {"recommender_stairs", "S-25", "What DurationInSeconds of STAIRS is the duration of.",
       choice(field(&Assumptions::recommender_stairs),
              {{"per_step", RecommenderStairs::PerStep}, {"total", RecommenderStairs::Total}})},
      {"bill_startup", "", "Whether instances cost while they start.",
       AssumedBoolean{field(&Assumptions::bill_startup)}},
  };
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
  static const std::vector<AssumptionKey> keys = make_keys();
  return keys;
}

std::string assumption_text(const AssumptionKey& key, const Assumptions& assumptions) {
  return std::visit(ValueText{assumptions}, key.kind);
}

}  // namespace sim
