// Prints when a scheduled action runs: `headroom schedule "cron(0 10 * * ? *)"`.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/autoscaling/schedule.hpp"
#include "models/traffic/timestamp.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/markdown_report.hpp"
#include "sim/report/wall_clock_text.hpp"
#include "sim/scenario/diagnostic.hpp"
#include "sim/scenario/iana_time_zone.hpp"
#include "tools/headroom/command.hpp"

namespace headroom {
namespace {

using models::autoscaling::Schedule;
using models::autoscaling::ScheduleExpression;
using models::autoscaling::ScheduleRemark;
using models::autoscaling::ScheduleSpan;

// 2026-01-05T00:00:00Z, where the clock of a scenario begins that does not say otherwise. The time
// of day of the machine would make each call print something else.
constexpr std::int64_t kUsualStart_s = 1'767'571'200;

struct Run {
  std::string utc;
  std::string local;
  std::string_view day;
};

Run run_at(std::int64_t unix_s, std::int64_t utc_offset_s) {
  constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                     "Thu", "Fri", "Sat"};
  const std::chrono::sys_seconds local{std::chrono::seconds{unix_s + utc_offset_s}};
  const std::chrono::weekday day{std::chrono::floor<std::chrono::days>(local)};
  return {sim::utc_time(unix_s),
          sim::iso_time(unix_s, core::kStart, static_cast<int>(utc_offset_s / 60)),
          kDays.at(day.c_encoding())};
}

void write_table(std::ostream& out, const std::string& timezone, const std::vector<Run>& runs) {
  const std::size_t width = std::max(timezone.size(), std::size_t{25});
  out << fmt::format("{:<20}  {:<{}}  day\n", "UTC", timezone, width);
  for (const Run& run : runs) {
    out << fmt::format("{}  {:<{}}  {}\n", run.utc, run.local, width, run.day);
  }
}

void write_json(std::ostream& out, const std::vector<Run>& runs) {
  sim::JsonWriter json(out, 2);
  json.begin_object();
  json.key("next").begin_array();
  for (const Run& run : runs) json.string(run.utc);
  json.end_array();
  json.end_object();
}

void write_csv(std::ostream& out, const std::vector<Run>& runs) {
  out << "utc,local,day\n";
  for (const Run& run : runs) out << fmt::format("{},{},{}\n", run.utc, run.local, run.day);
}

void write_markdown(std::ostream& out, const std::string& timezone, const std::vector<Run>& runs) {
  out << fmt::format("| UTC | {} | day |\n| --- | --- | --- |\n", sim::markdown_text(timezone));
  for (const Run& run : runs) {
    out << fmt::format("| {} | {} | {} |\n", run.utc, run.local, run.day);
  }
}

class ScheduleCommand : public Command {
 public:
  explicit ScheduleCommand(CLI::App& root)
      : Command(root, "schedule", "Print when a schedule runs next",
                "  headroom schedule \"cron(0 10 * * ? *)\"\n"
                "  headroom schedule \"cron(30 2 ? * SUN *)\" --timezone Europe/Berlin "
                "--from 2026-03-20\n"
                "  headroom schedule \"rate(5 hours)\" --start 2026-01-30T12:00:00Z "
                "--end 2026-01-31T22:00:00Z\n"
                "  headroom schedule \"at(2026-03-31T22:30:00)\" -o json\n") {
    app()
        .add_option("EXPR", text_, "at(...), rate(...) or cron(...), as AWS writes them")
        ->required()
        ->type_name("EXPR");
    app().add_option("--timezone", timezone_, "of at and cron; default UTC")->type_name("ZONE");
    app()
        .add_option("--from", from_text_,
                    "no run before it, in UTC; default --start, else 2026-01-05T00:00:00Z")
        ->type_name("TIME");
    app()
        .add_option("--count", count_, "how many runs; default 5")
        ->type_name("N")
        ->check(CLI::Range(1, 100'000).description(""));
    app()
        .add_option("--start", start_text_,
                    "StartTime, in UTC; without it rate(...) counts from --from")
        ->type_name("TIME");
    app().add_option("--end", end_text_, "EndTime, in UTC")->type_name("TIME");
    add_common();
  }

  ExitCode run(Console& console) override {
    sim::Diagnostics diagnostics;
    const auto schedule = read(diagnostics);
    console.say(diagnostics.render_all(), diagnostics.has_errors());
    if (!schedule) return ExitCode::BadInput;
    std::vector<Run> runs;
    auto next = schedule->next_from(from_s_);
    for (; next && runs.size() < count_; next = schedule->next_from(*next + 1)) {
      runs.push_back(run_at(*next, schedule->zone().span_at(*next).utc_offset_s));
    }
    write(console, runs);
    if (runs.size() < count_) tell_why_not_more(console, *schedule, runs.size());
    return ExitCode::Ok;
  }

 private:
  // None when there are errors; sets from_s_.
  std::optional<Schedule> read(sim::Diagnostics& diagnostics);
  std::optional<ScheduleExpression> read_expression(sim::Diagnostics& diagnostics) const;
  void write(Console& console, const std::vector<Run>& runs) const;
  void tell_why_not_more(Console& console, const Schedule& schedule, std::size_t found) const;

  std::string text_;
  std::string timezone_ = "UTC";
  std::string from_text_;
  std::string start_text_;
  std::string end_text_;
  std::size_t count_ = 5;
  std::int64_t from_s_ = 0;
};

// A column counts characters, an offset bytes.
int column_of(std::string_view text, std::size_t offset) {
  int column = 1;
  for (const char byte : text.substr(0, offset)) {
    if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80U) ++column;
  }
  return column;
}

sim::Diagnostic diagnostic_of(const ScheduleRemark& remark, sim::Severity severity,
                              const std::string& text) {
  sim::Diagnostic diagnostic;
  diagnostic.severity = severity;
  diagnostic.place = {"EXPR", 1, column_of(text, remark.offset)};
  diagnostic.code = severity == sim::Severity::Error ? "bad-schedule" : "numeric-day";
  diagnostic.message = remark.message;
  diagnostic.hint = remark.hint;
  diagnostic.source_line = text;
  return diagnostic;
}

// Times without a zone are in UTC, as the AWS CLI takes them. None: not given, or an error.
std::optional<std::int64_t> read_instant(const std::string& option, const std::string& text,
                                         sim::Diagnostics& diagnostics) {
  if (text.empty()) return std::nullopt;
  const auto time = models::traffic::parse_timestamp(text);
  if (time && time->nanoseconds == 0) return time->seconds;
  diagnostics.add_error({option, 0, 0}, "bad-value",
                        fmt::format("expected whole seconds such as 2026-01-31T22:00:00Z, found {}",
                                    sim::in_quotes(text)));
  return std::nullopt;
}

std::optional<ScheduleExpression> ScheduleCommand::read_expression(
    sim::Diagnostics& diagnostics) const {
  const auto parsed = models::autoscaling::parse_schedule_expression(text_);
  for (const ScheduleRemark& warning : parsed.warnings) {
    diagnostics.add(diagnostic_of(warning, sim::Severity::Warning, text_));
  }
  if (!parsed.expression) {
    diagnostics.add(diagnostic_of(parsed.error, sim::Severity::Error, text_));
  }
  return parsed.expression;
}

std::optional<Schedule> ScheduleCommand::read(sim::Diagnostics& diagnostics) {
  const auto expression = read_expression(diagnostics);
  const sim::TimeZoneLookup lookup = sim::find_time_zone(timezone_);
  if (!lookup.has_database) {
    diagnostics.add_error({"--timezone", 0, 0}, "no-time-zones",
                          "expected a database of time zones, found none on this machine",
                          "install tzdata; UTC needs none");
  } else if (lookup.zone == nullptr) {
    diagnostics.add_error(
        {"--timezone", 0, 0}, "unknown-value",
        fmt::format("expected a time zone such as Europe/Berlin, found {}",
                    sim::in_quotes(timezone_)),
        lookup.closest_zone.empty() ? "" : fmt::format("did you mean '{}'?", lookup.closest_zone));
  }
  ScheduleSpan span;
  span.start_unix_s = read_instant("--start", start_text_, diagnostics);
  span.end_unix_s = read_instant("--end", end_text_, diagnostics);
  const auto from_s = read_instant("--from", from_text_, diagnostics);
  if (diagnostics.has_errors() || !expression) return std::nullopt;
  const bool is_once = !models::autoscaling::is_recurring(*expression);
  from_s_ = from_s.value_or(span.start_unix_s.value_or(is_once ? 0 : kUsualStart_s));
  span.creation_unix_s = from_s_;
  return Schedule{*expression, lookup.zone, span};
}

void ScheduleCommand::write(Console& console, const std::vector<Run>& runs) const {
  switch (console.format()) {
    case OutputFormat::Table:
      return write_table(console.out(), timezone_, runs);
    case OutputFormat::Json:
      return write_json(console.out(), runs);
    case OutputFormat::Csv:
      return write_csv(console.out(), runs);
    case OutputFormat::Markdown:
      return write_markdown(console.out(), timezone_, runs);
    case OutputFormat::None:
      return;
  }
}

void ScheduleCommand::tell_why_not_more(Console& console, const Schedule& schedule,
                                        std::size_t found) const {
  if (found > 0) {
    console.log().info("that is all: nothing runs after the last of them");
    return;
  }
  const auto* at = std::get_if<models::autoscaling::AtExpression>(&schedule.expression());
  if (at != nullptr &&
      !models::autoscaling::instants_of(schedule.zone(), at->local_s).first_unix_s) {
    console.log().warn("the clocks of {} skip this time: it never runs", timezone_);
    return;
  }
  console.log().warn("nothing runs at or after {}", sim::utc_time(from_s_));
}

}  // namespace

std::unique_ptr<Command> make_schedule_command(CLI::App& root) {
  return std::make_unique<ScheduleCommand>(root);
}

}  // namespace headroom
