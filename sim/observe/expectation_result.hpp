// Holds what became of one line of `expect:`. Plain data; made by sim/study/expectations.hpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/confidence.hpp"
#include "core/sim_time.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct ExpectationResult {
  Expectation expectation;
  // Met for sure, or, for one that is marked to fail, known and not met; what cannot be told is
  // neither passed nor failed.
  bool passed = false;
  std::optional<double> actual;  // in the expectation's SI base unit; absent: no value to compare
  std::string actual_text;       // for people: "11.3 s", "0.44 %", "ALARM", or why there is none
  // Where it was not met, when that can be told: the minutes, or the phase.
  std::optional<core::SimTime> from;
  std::optional<core::SimTime> to;

  // Of several independent runs together: `actual` is the mean of all that have a value.
  struct OverRuns {
    std::size_t run_count = 0;
    std::size_t met_count = 0;               // of the runs that pass, each judged alone
    std::optional<core::Interval> interval;  // of the mean, at 95 %
    // False when the bound lies within the interval and that is not to count as met or failed.
    bool is_decided = true;
  };
  std::optional<OverRuns> over_runs;

  bool cannot_tell() const { return over_runs && !over_runs->is_decided; }
  bool has_failed() const { return !passed && !cannot_tell(); }
};

}  // namespace sim
