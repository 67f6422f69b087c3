// Lists the numbers of a scenario's scaling that may be changed, with the values that each may
// take, so that a search can walk among policies.
//
// Values are those that people write, and that AWS accepts: no MinCapacity above its MaxCapacity,
// no DatapointsToAlarm above EvaluationPeriods, no alarm that looks back more than a day
// no step of nothing, no steps out of order.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sim {

enum class NumberGroup { Target, Cooldowns, Bounds, Steps, Alarms };
std::string_view to_string(NumberGroup group);  // as --over spells it

struct PolicyNumber {
  std::string name;   // "POLICY.TargetValue", "MinCapacity", "ALARM.Threshold"
  std::string field;  // AWS's: "TargetValue"
  NumberGroup group = NumberGroup::Target;
  std::string twin;  // below the same owner, what has to be the same; empty: nothing
  // Where a scenario that has everything inline writes it, as --set names it.
  std::vector<std::string> paths;
  std::vector<double> values;  // ascending; among them what is written
  // The end of the values at which more instances come, or come sooner; none: it makes no
  // difference to that.
  enum class Eager { None, Lowest, Highest } eager = Eager::None;
  std::function<double(const Scenario&)> read;
  std::function<void(Scenario&, double)> write;
};

class PolicySpace {
 public:
  // An index into the values of each number.
  using Point = std::vector<std::size_t>;

  // `most_instances`: beyond it no bound is looked for, but for what is written.
  // REQUIRES: the scenario came from load_scenario() without errors.
  PolicySpace(const Scenario& scenario, std::int32_t most_instances);

  const std::vector<PolicyNumber>& numbers() const { return numbers_; }
  // Only those of these indices, in their order.
  void keep(const std::vector<std::size_t>& indices);
  // Other values for a number. REQUIRES: not empty, ascending.
  void set_values(std::size_t number, std::vector<double> values);

  Point written() const;
  // The policy that scales out soonest and most, with the bounds as they are written.
  Point most_eager() const;
  // The scenario with the values of a point, where a bound or a count gives way to another. Nothing
  // when AWS would refuse the policy.
  std::optional<Scenario> scenario_at(const Point& point) const;
  // The point whose values the scenario at `point` has.
  std::optional<Point> admit(const Point& point) const;

 private:
  void add_variant(const Scenario& scenario, std::size_t variant, std::int32_t most_instances);
  void add_paths(const Scenario& scenario);
  void add_alarm(const Scenario& scenario, std::size_t alarm);

  Scenario scenario_;
  std::vector<PolicyNumber> numbers_;
};

// Numbers as people choose them, some two per cent apart: 1, 1.02, ... 2, 2.05, ... 5, 5.1, ... 10,
// and so on. REQUIRES: 0 < low <= high.
std::vector<double> round_numbers(double low, double high);

}  // namespace sim
