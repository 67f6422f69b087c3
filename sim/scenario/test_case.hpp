// Holds one test as it will be played: every default applied, every name resolved.
//
// test_file.hpp makes them from files, or reports why it cannot; sim/study plays them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/autoscaling/scaling_decision.hpp"
#include "models/cloudwatch/alarm_configuration.hpp"
#include "sim/scenario/golden.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// What is given of a metric instead of traffic: the k-th value is the datapoint of
// [k interval, (k + 1) interval).
struct MetricSeries {
  models::cloudwatch::MetricId metric;
  std::string unit;
  std::vector<std::optional<double>> values;  // nothing: no datapoint
};

struct AlarmClaim {
  std::string alarm;  // its whole name
  models::cloudwatch::AlarmState state = models::cloudwatch::AlarmState::Ok;
};
enum class ControlCount { InService, Desired, MinCapacity, MaxCapacity };
struct CountClaim {
  ControlCount count = ControlCount::InService;
  std::int32_t value = 0;
};
// What a policy decided last, as far as it is claimed.
struct DecisionClaim {
  std::string policy;
  std::optional<models::autoscaling::DecisionKind> kind;
  std::optional<std::int32_t> wanted;
  std::optional<std::int32_t> to;
  // Outer absent: nothing is claimed; inner absent: nothing stood in the way.
  std::optional<std::optional<models::autoscaling::Blocker>> blocked_by;
  bool operator==(const DecisionClaim&) const = default;
};

// One entry of a test's `expect:`, of the state just after everything due at `at` has happened.
struct ControlExpectation {
  Duration at{};
  std::variant<AlarmClaim, CountClaim, DecisionClaim> claim;
  std::string that;      // `alarm "AlarmHigh" == OK at 8m`
  std::string expected;  // `OK`
  std::optional<std::string> because;
  SourcePlace place;
};

// Alarms and scaling alone: neither traffic nor an endpoint.
struct ControlTest {
  // The start and the duration, the instances at time zero, targets, policies, alarms and
  // assumptions. It has no traffic, and an endpoint in name only.
  Scenario scenario;
  Duration startup{};  // from an order to its instances being in service
  Duration interval = std::chrono::minutes{1};
  std::vector<MetricSeries> series;  // in the order of the file
  std::vector<ControlExpectation> expectations;
};

// A whole scenario, with the changes of the test made, and what is expected of its run.
struct ScenarioTest {
  Scenario scenario;
  std::optional<Golden> golden;  // what the run was approved to come to
};

struct TestCase {
  std::string name;
  SourcePlace place;
  std::variant<ControlTest, ScenarioTest> test;

  // A scenario of which nothing is expected and nothing approved: there is nothing to test.
  bool expects_nothing() const;
};

}  // namespace sim
