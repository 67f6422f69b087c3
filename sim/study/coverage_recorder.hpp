// Finds out which parts of a scaling configuration a test made act: alarms that went to ALARM,
// steps whose interval the metric entered, policies that scaled out and in, scheduled actions that
// ran.
//
// What counts is that a part acted, not that anything was expected of it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "models/autoscaling/scaling_activity.hpp"
#include "models/autoscaling/scaling_decision.hpp"
#include "models/cloudwatch/alarm.hpp"
#include "sim/observe/coverage.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// Is told what happened in one test, then says what did not.
class CoverageRecorder {
 public:
  explicit CoverageRecorder(const Scenario& scenario) : scenario_(scenario) {}

  // The alarm's whole history.
  void alarm(const models::cloudwatch::AlarmConfiguration& configuration,
             const std::vector<models::cloudwatch::AlarmStateChange>& history);
  // One that was due, or that happened.
  void decided(std::size_t variant, const models::autoscaling::ScalingDecision& decision);
  void happened(const models::autoscaling::ScalingActivity& activity);

  // Alarms in their order, then what each variant has: policies, then scheduled actions.
  // REQUIRES: every alarm has been told.
  std::vector<CoverageItem> items() const;

 private:
  const Scenario& scenario_;
  std::vector<std::string> alarms_;
  std::set<std::string> done_;
};

std::vector<CoverageItem> coverage_of_run(const Scenario& scenario, const RunResult& result);

// Adds one test's items to those of its file: exercised by one test is exercised.
void merge_coverage(std::vector<FileCoverage>& files, const std::string& file,
                    const std::vector<CoverageItem>& items);

struct CoverageCount {
  std::size_t exercised = 0;
  std::size_t total = 0;
  // 1 when there is nothing to exercise.
  double share() const {
    return total == 0 ? 1 : static_cast<double>(exercised) / static_cast<double>(total);
  }
};
CoverageCount count_of(const FileCoverage& file);
CoverageCount count_of(const std::vector<FileCoverage>& files);

}  // namespace sim
