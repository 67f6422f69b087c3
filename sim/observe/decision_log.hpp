// Keeps every decision of a run in little memory: a run of a month in which an alarm stays in ALARM
// has some hundred thousand of them, and each looks at nearly the same datapoints as the one
// before.
//
// Invariants
// 1. What is read is what was added, in the same order.
// 2. A datapoint that successive decisions of an alarm share is kept once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sim_time.hpp"
#include "models/autoscaling/scaling_decision.hpp"

namespace sim {

struct DecisionRecord {
  core::SimTime at;
  std::size_t variant = 0;  // index in the scenario
  models::autoscaling::ScalingDecision decision;
};

class DecisionLog {
 public:
  // REQUIRES: `at` is not before that of the decision added last.
  void add(core::SimTime at, std::size_t variant,
           const models::autoscaling::ScalingDecision& decision);

  std::size_t size() const { return entries_.size(); }
  core::SimTime time_of(std::size_t index) const { return entries_[index].at; }
  DecisionRecord operator[](std::size_t index) const;
  // The index of the first decision that is not before `at`.
  std::size_t first_from(core::SimTime at) const;

 private:
  using Datapoint = models::cloudwatch::EvaluatedDatapoint;

  struct Entry {
    core::SimTime at;
    std::uint32_t variant = 0;
    std::uint32_t policy = 0;  // in names_
    std::uint32_t alarm = 0;   // in names_, and in points_
    std::uint32_t points_end = 0;
    std::uint32_t point_count = 0;
    models::autoscaling::InstanceCount from;
    models::autoscaling::InstanceCount wanted;
    models::autoscaling::InstanceCount to;
    models::autoscaling::DecisionKind kind{};
    std::optional<models::autoscaling::Blocker> blocked_by;
    std::optional<std::uint32_t> step;
    bool votes_on_scale_in = false;
    std::string reason;
  };

  std::uint32_t number_of(std::string_view name);
  // Appends what is not yet the end of the series; returns where the window ends in it.
  static std::uint32_t remember(std::deque<Datapoint>& series,
                                const std::vector<Datapoint>& newest_first);

  // Deques, for they grow without a second copy of what they hold.
  std::deque<Entry> entries_;
  std::vector<std::string> names_;
  std::vector<std::deque<Datapoint>> points_;  // for each name, oldest first
};

}  // namespace sim
