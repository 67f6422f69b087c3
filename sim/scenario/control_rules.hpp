// Checks what closes the loop as a whole, on its graph: whether each name leads somewhere, each
// part has a target, is triggered and triggers something, and whether policies contradict one
// another.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/diagnostic.hpp"
#include "sim/scenario/scaling_drafts.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct ScheduledActionSource {
  NodePlace place;
  NodePlace schedule_place;
  bool has_timezone = false;
};

// What the target, the policies and the scheduled actions of a variant were read from, in their
// order.
struct VariantSources {
  NodePlace min_place;  // of the MinCapacity and the MaxCapacity that were registered last
  NodePlace max_place;
  std::vector<const PolicyDraft*> policies;
  std::vector<ScheduledActionSource> scheduled_actions;
};

// What a scenario was read from; the drafts belong to whoever read them.
struct ControlSources {
  std::vector<VariantSources> variants;
  std::vector<const AlarmDraft*> alarms;
  std::vector<std::string> expected_alarms;  // that `expect:` names
  // What was reported and left out may be what others seem to miss.
  bool has_lost_target = false;
  bool has_lost_alarm = false;
};

// Fills in which policies the alarms trigger, and reports every rule that is broken.
// REQUIRES: targets, policies, scheduled actions and alarms are resolved but for that; `sources`
// has an entry for each of them.
void check_control(const ControlSources& sources, Scenario& scenario, Diagnostics& diagnostics);

}  // namespace sim
