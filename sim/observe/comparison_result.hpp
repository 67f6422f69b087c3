// Holds how two scenarios differ, in what was written and in what came of it.
//
// Plain data; made by sim/study/comparison.hpp, written out by sim/report.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/confidence.hpp"
#include "core/sim_time.hpp"
#include "sim/observe/expectation_result.hpp"
#include "sim/observe/precision_result.hpp"
#include "sim/scenario/scenario_changes.hpp"

namespace sim {

// Better and Worse are claimed when the interval of the difference leaves out zero; Same when all
// runs of both agree. Of a number that is neither good nor bad, Differs takes their place.
enum class ComparisonVerdict { Better, Worse, Differs, Same, CannotTell };

struct ComparedNumber {
  std::size_t key = 0;  // its place in summary_keys()
  // Means over the runs that have the number in both; absent when none has.
  std::optional<double> base;
  std::optional<double> candidate;
  std::optional<double> difference;        // candidate - base
  std::optional<core::Interval> interval;  // of the difference, at 95 %; of two runs or more
  ComparisonVerdict verdict = ComparisonVerdict::CannotTell;
};

enum class LimitVerdict { Kept, Broken, CannotTell };

// How far a number may change: "errors.rate > +0.1pp" is broken by a larger rise.
struct ComparedLimit {
  std::string text;  // as written
  std::optional<std::string> because;
  double allowed = 0;  // of the difference, in the number's unit
  ComparedNumber number;
  LimitVerdict verdict = LimitVerdict::CannotTell;
};

// What the candidate expects, and whether the base would meet it.
struct ComparedExpectation {
  ExpectationResult base;
  ExpectationResult candidate;

  bool is_regression() const { return base.passed && candidate.has_failed(); }
  // Whether it is one cannot be told: one of the two is open, and the other does not settle it.
  bool cannot_tell() const {
    return !is_regression() && !base.has_failed() && !candidate.passed &&
           (base.cannot_tell() || candidate.cannot_tell());
  }
};

enum class OverallVerdict { Pass, Fail, CannotTell };

struct ComparisonResult {
  std::string base;  // its file, or what it was called
  std::string candidate;
  std::uint64_t seed = 0;
  std::size_t run_count = 0;
  bool is_paired = true;  // run k of both met the same requests
  core::Duration duration{};
  std::vector<ScenarioChange> changes;
  std::vector<ComparedNumber> numbers;  // of summary_keys(), without those that neither has
  std::vector<ComparedLimit> limits;
  std::vector<ComparedExpectation> expectations;
  std::optional<PrecisionResult> precision;  // when that decided how many runs there are

  // Fails by a broken limit or an expectation that the base meets and the candidate does not;
  // cannot tell when one of them may be.
  OverallVerdict verdict() const;
};

}  // namespace sim
