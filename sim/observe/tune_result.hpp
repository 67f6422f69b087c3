// Holds what a search among policies found: the cheapest that meets what is expected, how sure that
// is, and what it depends on; or, when there is none, which limit stands in the way and what would
// help.
//
// Plain data; made by sim/study/policy_tuning.hpp, written out by sim/report/tune_report.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/observe/mean_summary.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct TunedValue {
  std::string name;  // "POLICY.TargetValue"
  double value = 0;
  double written = 0;                // in the scenario
  std::vector<std::string> paths{};  // of --set, when the scenario has everything inline
};

// What became of one expectation in several runs.
struct ExpectationMargin {
  Expectation expectation;
  std::size_t met = 0;  // of all runs
  std::string worst;    // as people read it; of the run that was nearest to failing it
  // How far that run was on the right side of the limit, as a share of the limit; negative: beyond.
  // Absent: no number, or a limit of 0.
  std::optional<double> margin;
};

// A policy, and what it came to.
struct PricedPolicy {
  std::vector<TunedValue> numbers;  // those that were searched, or that the remedy sets
  Scenario scenario;                // with that policy
  MeanSummary mean;                 // of its runs
  double cost = 0;                  // USD a run; instance-hours when the price is not known
  std::optional<core::Interval> cost_interval;
  std::vector<ExpectationMargin> margins;  // in the order of the scenario

  std::size_t runs() const { return mean.run_count; }
  bool is_met() const { return mean.met_count == mean.run_count; }
};

struct SensitivityRow {
  std::string influence;  // "startup", "service time", "traffic"
  double factor = 1;
  std::size_t met = 0;
  std::size_t runs = 0;
  double cost = 0;
  std::string first_failed;  // the expectation that most runs failed; empty: none
};

// What keeps every policy from meeting what is expected.
enum class BindingKind {
  Reaction,     // the load is over, or has done its harm, before more instances serve
  MaxCapacity,  // there are not as many instances as it takes
  Service,      // no number of instances meets it
  Cost,         // what meets the rest costs more
  Chance        // some runs meet it, others do not
};
struct BindingLimit {
  BindingKind kind = BindingKind::Reaction;
  std::string expectation;  // as written: the one that is failed
  std::string reason;       // a sentence
  // Of Reaction, where it is known: how long more instances are wanted, and when they come.
  std::optional<double> push_s;
  std::optional<double> reaction_s;  // until the capacity is asked for
  std::optional<double> startup_s;
};

// A change beyond what was searched that meets what is expected.
struct Remedy {
  std::string kind;  // "floor", "schedule", "max_capacity"
  PricedPolicy policy;
};

struct SearchEffort {
  std::size_t policies = 0;  // tried at all
  std::size_t met = 0;       // of those tried often, met everything
  std::size_t often = 0;     // how many were tried often
  std::size_t runs = 0;      // of the search
  std::size_t check_runs = 0;
};

struct TuneResult {
  std::string over;                 // what was searched, as --over takes it
  std::vector<std::string> ranges;  // of each number: "MinCapacity 1 to 12"
  PricedPolicy written;             // the scenario as it is, in the fresh runs of the first check
  // The winner in its fresh runs, or the policy that came nearest in the runs of the search.
  PricedPolicy best;
  bool feasible = false;
  double confidence = 0.95;
  double share_met_at_least = 0;  // of days like these; feasible
  std::size_t attempts = 0;       // policies that were put to fresh runs
  std::optional<PricedPolicy> runner_up;
  SearchEffort effort;
  std::vector<SensitivityRow> sensitivity;
  std::optional<BindingLimit> binding;  // not feasible
  std::vector<Remedy> remedies;         // the cheapest first
  bool has_price = true;
  std::vector<std::string>
      settings;  // PATH=VALUE each, that make the best of the file; may be none
};

}  // namespace sim
