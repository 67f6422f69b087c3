#include "sim/scenario/run_reader.hpp"

#include <fmt/format.h>

#include <limits>

#include "sim/scenario/section.hpp"
#include "sim/scenario/wall_clock.hpp"

namespace sim {
namespace {

using models::autoscaling::CooldownStart;
using models::autoscaling::TargetTrackingPoints;
using models::cloudwatch::OldBreachingPoint;

constexpr std::string_view kDefaultStart = "2026-01-05 00:00";

constexpr Choice<OldBreachingPoint> kOldBreachingPoints[] = {
    {"counts", OldBreachingPoint::Counts}, {"ignored", OldBreachingPoint::Ignored}};
constexpr Choice<TargetTrackingPoints> kTargetTrackingPoints[] = {
    {"mean", TargetTrackingPoints::Mean}, {"newest", TargetTrackingPoints::Newest}};
constexpr Choice<CooldownStart> kCooldownStarts[] = {{"fulfilled", CooldownStart::Fulfilled},
                                                     {"accepted", CooldownStart::Accepted}};
constexpr Choice<ZeroTraffic> kZeroTraffic[] = {{"emit_zero", ZeroTraffic::EmitZero},
                                                {"sparse", ZeroTraffic::Sparse}};
constexpr Choice<RecommenderSpawn> kRecommenderSpawns[] = {
    {"per_minute", RecommenderSpawn::PerMinute}, {"per_second", RecommenderSpawn::PerSecond}};
constexpr Choice<RecommenderStairs> kRecommenderStairs[] = {
    {"per_step", RecommenderStairs::PerStep}, {"total", RecommenderStairs::Total}};

}  // namespace

void read_start(const Section& section, RunSettings& settings) {
  settings.start_text = std::string(kDefaultStart);
  if (const auto start = section.text("start")) settings.start_text = *start;
  if (const auto timezone = section.text("timezone")) settings.timezone = *timezone;
  const auto local = parse_local_minute(settings.start_text);
  if (!local) {
    if (const Node* start = section.find("start")) {
      report_expected(section.diagnostics(), *start,
                      "a date and time such as \"2026-03-02 08:00\"");
    }
    return;
  }
  const WallClockReading reading = wall_clock_of(*local, settings.timezone);
  if (reading.clock) {
    settings.start_unix_s = reading.clock->unix_s;
    settings.utc_offset_minutes = reading.clock->utc_offset_minutes;
    settings.weekday = reading.clock->weekday;
    settings.local_time_of_day = reading.clock->local_time_of_day;
    if (reading.clock->is_ambiguous) {
      report(section.diagnostics(), Severity::Warning, section.key_place("start"), "ambiguous-time",
             fmt::format("the clocks of {} show {} twice: the first is taken", settings.timezone,
                         settings.start_text));
    }
    return;
  }
  const Node* timezone = section.find("timezone");
  const Node* start = section.find("start");
  switch (reading.failure) {
    case ZoneFailure::UnknownZone:
      report_expected(
          section.diagnostics(), *timezone, "a time zone such as Europe/Berlin", "unknown-value",
          reading.closest_zone.empty() ? ""
                                       : fmt::format("did you mean '{}'?", reading.closest_zone));
      return;
    case ZoneFailure::NoDatabase:
      report(section.diagnostics(), Severity::Error, timezone->place, "no-time-zones",
             fmt::format("expected a database of time zones, found none on this machine; '{}' "
                         "cannot be looked up",
                         settings.timezone),
             "install tzdata, or use UTC");
      return;
    case ZoneFailure::SkippedTime:
      report(section.diagnostics(), Severity::Error,
             start == nullptr ? timezone->place : start->place, "skipped-time",
             fmt::format("expected a time that the clocks of {} show, found '{}', which they skip",
                         settings.timezone, settings.start_text));
      return;
  }
}

namespace {

// `N+2`, or `N` alone: how many more datapoints than EvaluationPeriods an alarm looks back.
void read_evaluation_range(const Section& section, Assumptions& assumptions) {
  const Node* node = section.find("evaluation_range");
  if (node == nullptr) return;
  if (node->kind == NodeKind::Scalar && node->text == "N") {
    assumptions.alarm.evaluation_range_extra = 0;
    return;
  }
  if (node->kind == NodeKind::Scalar && node->text.starts_with("N+")) {
    const auto extra = read_integer(std::string_view(node->text).substr(2)).value;
    if (extra && *extra >= 0 && *extra <= 100) {
      assumptions.alarm.evaluation_range_extra = static_cast<std::int32_t>(*extra);
      return;
    }
  }
  report_expected(section.diagnostics(), *node, "N, or N+1 to N+100");
}

template <class E, std::size_t n>
void read_choice(const Section& section, std::string_view key, const Choice<E> (&choices)[n],
                 E& value) {
  if (const auto chosen = section.choice(key, choices)) value = *chosen;
}

}  // namespace

RunSection read_run(const Node* node, Diagnostics& diagnostics) {
  const Section section(or_empty_mapping(node), "run",
                        {"start", "timezone", "duration", "warm_up", "seed"}, diagnostics);
  RunSection run;
  read_start(section, run.settings);
  run.has_duration = section.has("duration");
  // What depends on a duration that cannot be read has nothing more to say.
  run.settings.duration =
      section.duration("duration", Zero::Refused, kLongestRun).value_or(kLongestRun);
  if (const auto warm_up = section.duration("warm_up", Zero::Allowed, kLongestRun)) {
    run.settings.warm_up = *warm_up;
    if (const Node* place = section.find("warm_up")) run.warm_up_place = place->place;
  }
  if (const auto seed = section.integer("seed", {0, std::numeric_limits<std::int64_t>::max()})) {
    run.settings.seed = static_cast<std::uint64_t>(*seed);
  }
  return run;
}

Assumptions read_assumptions(const Node* node, Diagnostics& diagnostics) {
  const Section section(or_empty_mapping(node), "assumptions",
                        {"metric_delay", "alarm_phase", "evaluation_range", "old_breaching_point",
                         "target_tracking_points", "cooldown_starts", "zero_traffic",
                         "recommender_spawn", "recommender_stairs", "bill_startup"},
                        diagnostics);
  Assumptions assumptions;
  if (const auto delay = section.duration("metric_delay", Zero::Allowed, std::chrono::hours{1})) {
    assumptions.metric_delay = *delay;
  }
  // Alarms are evaluated once a minute, so a phase is less than one.
  if (const auto phase = section.duration("alarm_phase", Zero::Allowed,
                                          std::chrono::minutes{1} - std::chrono::nanoseconds{1})) {
    assumptions.alarm_phase = *phase;
  }
  read_evaluation_range(section, assumptions);
  read_choice(section, "old_breaching_point", kOldBreachingPoints,
              assumptions.alarm.old_breaching_point);
  read_choice(section, "target_tracking_points", kTargetTrackingPoints,
              assumptions.scaling.target_tracking_points);
  read_choice(section, "cooldown_starts", kCooldownStarts, assumptions.scaling.cooldown_start);
  read_choice(section, "zero_traffic", kZeroTraffic, assumptions.zero_traffic);
  read_choice(section, "recommender_spawn", kRecommenderSpawns, assumptions.recommender_spawn);
  read_choice(section, "recommender_stairs", kRecommenderStairs, assumptions.recommender_stairs);
  if (const auto bill = section.boolean("bill_startup")) assumptions.bill_startup = *bill;
  return assumptions;
}

std::string_view to_string(OldBreachingPoint choice) {
  return name_of(choice, kOldBreachingPoints);
}
std::string_view to_string(TargetTrackingPoints choice) {
  return name_of(choice, kTargetTrackingPoints);
}
std::string_view to_string(CooldownStart choice) { return name_of(choice, kCooldownStarts); }
std::string_view to_string(ZeroTraffic choice) { return name_of(choice, kZeroTraffic); }
std::string_view to_string(RecommenderSpawn choice) { return name_of(choice, kRecommenderSpawns); }
std::string_view to_string(RecommenderStairs choice) { return name_of(choice, kRecommenderStairs); }

}  // namespace sim
