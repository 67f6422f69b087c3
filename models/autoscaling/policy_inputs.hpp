// Says what a scaling policy is told at the instant of a decision: the capacity and its alarms.
#pragma once

#include "core/units.hpp"
#include "models/autoscaling/scaling_choices.hpp"
#include "models/cloudwatch/alarm.hpp"
#include "models/cloudwatch/alarm_configuration.hpp"

namespace models::autoscaling {

// The two differ while a change is on its way.
struct PresentCapacity {
  core::InstanceCount desired;
  core::InstanceCount in_service;

  core::InstanceCount of(FormulaCapacity choice) const {  // S-24
    return choice == FormulaCapacity::Desired ? desired : in_service;
  }
};

// REQUIRES: neither pointer is null.
struct AlarmInput {
  const models::cloudwatch::AlarmConfiguration* configuration = nullptr;
  const models::cloudwatch::AlarmEvaluation* evaluation = nullptr;
  bool action_due = false;  // it is in ALARM, and its action runs at this very instant

  bool in_alarm() const { return evaluation->state == models::cloudwatch::AlarmState::Alarm; }
};

}  // namespace models::autoscaling
