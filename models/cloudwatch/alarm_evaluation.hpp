// Decides the state of an M-out-of-N alarm from a range of datapoints, some of them missing.
//
// A pure function of what CloudWatch's guide tells under "Configuring how alarms treat missing
// data" (R-045 to R-053). Alarm gives it measured values; patterns such as "0 - X - X" reach it
// without any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/cloudwatch/alarm_configuration.hpp"

namespace models::cloudwatch {

enum class PointState : std::uint8_t { Missing, NotBreaching, Breaching };

// S-03: fewer than N real points are in the range, and a breaching one is older than N positions.
// Counts: it is a point like any other. Ignored: it is taken for missing.
enum class OldBreachingPoint { Counts, Ignored };

// S-04: fewer than M points breach, all real ones do, and the oldest is too young for the
// premature-alarm rule, under `ignore`. The guide only says that the alarm does not go off.
enum class YoungBreachingPoint { Retain, Ok };

// S-26: `0 - X - -`, where an old point that does not breach precedes a breaching one and gaps.
// Table: any point that does not breach switches the premature-alarm rule off. Text: only one more
// recent than the oldest breaching point does.
enum class PrematureAlarm { Table, Text };

// What AWS does without publishing it, or publishes in two versions.
struct AlarmRules {
  std::int32_t evaluation_range_extra = 2;  // S-01: N+2 points are retrieved
  OldBreachingPoint old_breaching_point = OldBreachingPoint::Counts;
  YoungBreachingPoint young_breaching_point = YoungBreachingPoint::Retain;
  PrematureAlarm premature_alarm = PrematureAlarm::Table;
  // S-05: an alarm evaluated every 10 s repeats its actions so often while it stays in ALARM.
  Duration high_resolution_action_interval = std::chrono::seconds{60};
};

struct MissingDataRule {
  std::int32_t datapoints_to_alarm = 1;  // M
  std::int32_t evaluation_periods = 1;   // N
  TreatMissingData treat_missing_data = TreatMissingData::Missing;
};

struct RangeVerdict {
  std::optional<AlarmState> state;   // nullopt: the alarm keeps the state it has
  std::vector<std::size_t> counted;  // indices of the real points that were counted, newest first
  std::int32_t breaching = 0;        // among those
  std::int32_t filled = 0;           // missing points taken for something
};

// REQUIRES: 1 <= M <= N.
RangeVerdict evaluate_range(std::span<const PointState> newest_first, const MissingDataRule& rule,
                            const AlarmRules& rules = {});

}  // namespace models::cloudwatch
