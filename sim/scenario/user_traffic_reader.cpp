#include "sim/scenario/user_traffic_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "sim/scenario/run_reader.hpp"
#include "sim/scenario/section.hpp"

namespace sim {
namespace {

using models::traffic::ClosedLoopTraffic;
using models::traffic::UserPhase;

// Each user is a state of its own, so their number bounds the memory of a run.
constexpr std::int64_t kMostUsers = 1'000'000;
constexpr std::int64_t kMostSteps = 10'000;

enum class TrafficType { Phases, Stairs };
constexpr Choice<TrafficType> kTrafficTypes[] = {{"PHASES", TrafficType::Phases},
                                                 {"STAIRS", TrafficType::Stairs}};

double users_by_the_end(const ClosedLoopTraffic& traffic) {
  double users = 0;
  for (const UserPhase& phase : traffic.phases) {
    users += phase.initial + phase.spawn_per_minute * core::in_seconds(phase.duration) / 60.0;
  }
  return users;
}

void check_users(const ClosedLoopTraffic& traffic, const Node& node, Diagnostics& diagnostics) {
  bool any = false;
  for (const UserPhase& phase : traffic.phases)
    any |= phase.initial > 0 || phase.spawn_per_minute > 0;
  if (!any) {
    report(diagnostics, Severity::Error, node.place, "no-users",
           "expected users from 'initial' or 'spawn', found none");
  }
  if (!traffic.limit && users_by_the_end(traffic) > static_cast<double>(kMostUsers)) {
    report(diagnostics, Severity::Error, node.place, "too-many-users",
           fmt::format("expected at most {} users at once, found {:.0f} by the end", kMostUsers,
                       users_by_the_end(traffic)),
           "'limit' bounds them");
  }
}

UserPhase read_user_phase(const Section& section, std::string name) {
  UserPhase phase;
  phase.name = std::move(name);
  phase.initial =
      static_cast<std::int32_t>(section.integer("initial", {0, kMostUsers}).value_or(0));
  if (const auto spawn = section.rate("spawn", Zero::Allowed)) {
    phase.spawn_per_minute = spawn->per_minute();
  }
  phase.duration = section.duration("duration", Zero::Refused, kLongestRun).value_or(Duration{});
  return phase;
}

std::optional<Duration> read_user_phases(const Section& section, ClosedLoopTraffic& traffic) {
  const Node& list = *section.find("phases");
  for (const std::string_view key : {"initial", "spawn", "duration"}) {
    if (!section.has(key)) continue;
    report(section.diagnostics(), Severity::Error, section.key_place(key), "misplaced-key",
           fmt::format("expected '{}' in each of the phases, found it beside them", key));
  }
  Duration total{};
  if (list.kind != NodeKind::Sequence || list.items.empty()) {
    report_expected(section.diagnostics(), list,
                    "a list of phases such as "
                    "[{initial: 1, spawn: 2/min, duration: 1h}]",
                    "wrong-type");
    return total;
  }
  std::set<std::string> names;
  for (const Node& item : list.items) {
    const std::size_t index = traffic.phases.size();
    const Section phase(item, fmt::format("{}[{}]", section.path_of("phases"), index),
                        {"name", "initial", "spawn", "duration"}, section.diagnostics());
    static_cast<void>(phase.require("duration", "duration: 1h"));
    const std::string name = phase.text("name").value_or(std::to_string(index + 1));
    if (!names.insert(name).second) {
      report(section.diagnostics(), Severity::Error, item.place, "duplicate-name",
             fmt::format("expected a name of its own for each phase, found {} again",
                         in_quotes(name)));
    }
    traffic.phases.push_back(read_user_phase(phase, name));
    total += traffic.phases.back().duration;
  }
  return total;
}

// Whole seconds of AWS within the limits of this program; what AWS documents is `least` to `most`.
std::int64_t recommended(const Section& section, std::string_view key, IntegerRange documented,
                         std::int64_t most) {
  if (section.require(
          key, fmt::format("{}: {}", key, std::max<std::int64_t>(1, documented.least))) == nullptr)
    return 0;
  const std::int64_t least = documented.least > 0 ? 1 : 0;
  const auto value = section.integer(key, {least, most});
  if (!value) return 0;
  if (*value < documented.least || *value > documented.most) {
    report(section.diagnostics(), Severity::Warning, section.find(key)->place, "beyond-aws-limit",
           fmt::format("AWS accepts a {} of {} to {}, found {}", key, documented.least,
                       documented.most, *value));
  }
  return *value;
}

constexpr std::int64_t kLongestRunSeconds =
    std::chrono::duration_cast<std::chrono::seconds>(kLongestRun).count();

//
void read_recommender_phases(const Section& section, const Assumptions& assumptions,
                             ClosedLoopTraffic& traffic) {
  const Node* list = section.require("Phases", "Phases: [{InitialNumberOfUsers: 1, ...}]");
  if (list == nullptr) return;
  if (list->kind != NodeKind::Sequence || list->items.empty()) {
    report_expected(section.diagnostics(), *list, "a list of phases", "wrong-type");
    return;
  }
  const bool per_second = assumptions.recommender_spawn == RecommenderSpawn::PerSecond;  // S-25
  for (const Node& item : list->items) {
    const std::size_t index = traffic.phases.size();
    const Section phase(item, fmt::format("{}[{}]", section.path_of("Phases"), index),
                        {"InitialNumberOfUsers", "SpawnRate", "DurationInSeconds"},
                        section.diagnostics());
    UserPhase users;
    users.name = std::to_string(index + 1);
    users.initial =
        static_cast<std::int32_t>(recommended(phase, "InitialNumberOfUsers", {1, 3}, kMostUsers));
    users.spawn_per_minute =
        static_cast<double>(recommended(phase, "SpawnRate", {0, 3}, kMostUsers)) *
        (per_second ? 60.0 : 1.0);
    users.duration = std::chrono::seconds{
        recommended(phase, "DurationInSeconds", {120, 3600}, kLongestRunSeconds)};
    traffic.phases.push_back(std::move(users));
  }
}

//
void read_recommender_stairs(const Section& section, const Assumptions& assumptions,
                             ClosedLoopTraffic& traffic) {
  const Node* node = section.require("Stairs", "Stairs: {DurationInSeconds: 300, ...}");
  if (node == nullptr) return;
  const Section stairs(*node, section.path_of("Stairs"),
                       {"DurationInSeconds", "NumberOfSteps", "UsersPerStep"},
                       section.diagnostics());
  const std::int64_t seconds =
      recommended(stairs, "DurationInSeconds", {120, 3600}, kLongestRunSeconds);
  const std::int64_t steps = recommended(stairs, "NumberOfSteps", {1, kMostSteps}, kMostSteps);
  const std::int64_t users = recommended(stairs, "UsersPerStep", {1, 3}, kMostUsers);
  Duration each = std::chrono::seconds{seconds};
  if (assumptions.recommender_stairs == RecommenderStairs::Total && steps > 0)
    each /= steps;  // S-25
  for (std::int64_t step = 0; step < steps; ++step) {
    traffic.phases.push_back(
        {std::to_string(step + 1), static_cast<std::int32_t>(users), 0.0, each});
  }
}

}  // namespace

UserTraffic read_users(const Node& node, const std::string& path, Diagnostics& diagnostics) {
  const Section section(
      node, path, {"initial", "spawn", "limit", "think_time", "duration", "phases"}, diagnostics);
  UserTraffic users;
  if (!section.is_mapping()) return users;
  if (section.has("phases")) {
    users.span = read_user_phases(section, users.traffic);
  } else {
    users.traffic.phases.push_back(read_user_phase(section, "1"));
    if (section.has("duration")) users.span = users.traffic.phases[0].duration;
  }
  users.traffic.think_time =
      section.duration("think_time", Zero::Allowed, std::chrono::hours{24}).value_or(Duration{});
  if (const auto limit = section.integer("limit", {1, kMostUsers})) {
    users.traffic.limit = static_cast<std::int32_t>(*limit);
    if (!users.traffic.phases.empty() && *limit < users.traffic.phases[0].initial) {
      report_expected(
          diagnostics, *section.find("limit"),
          fmt::format("a limit of at least the initial {} users", users.traffic.phases[0].initial),
          "out-of-range");
    }
  }
  if (!users.traffic.phases.empty()) check_users(users.traffic, node, diagnostics);
  return users;
}

UserTraffic read_recommender(const Node& node, const std::string& path,
                             const Assumptions& assumptions, Diagnostics& diagnostics) {
  const Section section(node, path, {"TrafficType", "Phases", "Stairs"}, diagnostics);
  UserTraffic users;
  users.span = Duration{};
  if (section.require("TrafficType", "TrafficType: PHASES") == nullptr) return users;
  const auto type = section.choice("TrafficType", kTrafficTypes);
  if (!type) return users;
  const std::string_view unwanted = *type == TrafficType::Phases ? "Stairs" : "Phases";
  if (section.has(unwanted)) {
    report(diagnostics, Severity::Error, section.key_place(unwanted), "misplaced-key",
           fmt::format("expected no '{}' with TrafficType {}, found it", unwanted,
                       name_of(*type, kTrafficTypes)));
  }
  if (*type == TrafficType::Phases) {
    read_recommender_phases(section, assumptions, users.traffic);
  } else {
    read_recommender_stairs(section, assumptions, users.traffic);
  }
  for (const UserPhase& phase : users.traffic.phases) *users.span += phase.duration;
  if (!users.traffic.phases.empty()) check_users(users.traffic, node, diagnostics);
  return users;
}

}  // namespace sim
