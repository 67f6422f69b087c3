#include "sim/scenario/run_reader.hpp"

#include <fmt/format.h>

#include <limits>

#include "sim/scenario/wall_clock.hpp"

namespace sim {
namespace {

constexpr std::string_view kDefaultStart = "2026-01-05 00:00";

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

}  // namespace sim
