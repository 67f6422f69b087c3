// Lists every alarm of a scenario, those that target tracking makes included, and finds one by the
// name that people write down.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/cloudwatch/alarm_configuration.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct ListedAlarm {
  models::cloudwatch::AlarmConfiguration configuration;
  // POLICY/AlarmHigh and POLICY/AlarmLow for the pair that target tracking owns, whose whole names
  // nobody would write down; the others' own.
  std::string name;
  bool is_owned = false;  // by target tracking
};

// Policies' first, variant by variant, then the users' own. REQUIRES: the scenario has no errors.
std::vector<ListedAlarm> alarms_of(const Scenario& scenario);

// By its name or its whole name; AlarmHigh and AlarmLow alone are those of the only policy that has
// one. Null: there is none, or more than one.
const ListedAlarm* find_alarm(std::span<const ListedAlarm> alarms, std::string_view name);

}  // namespace sim
