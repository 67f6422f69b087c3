// Puts into words how two scenarios differ; all reports of a comparison say the same ones.
#pragma once

#include <string>
#include <string_view>

#include "sim/observe/comparison_result.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/scenario/summary_keys.hpp"

namespace sim {

std::string_view to_string(ComparisonVerdict verdict);  // better, worse, differs, same, cannot_tell
std::string_view to_string(LimitVerdict verdict);       // kept, broken, cannot_tell
std::string_view to_string(OverallVerdict verdict);     // pass, fail, cannot_tell

// The same for people: "cannot tell".
std::string words_of(ComparisonVerdict verdict);
std::string words_of(LimitVerdict verdict);
std::string_view word_of(const ExpectationResult& result);  // "met", "failed", "cannot tell"

const SummaryKey& key_of(const ComparedNumber& number);
// "+12 ms", "-3 ms".
std::string signed_text(const SummaryKey& key, double value, int digits = kHumaneDigits);
std::string interval_text(const ComparedNumber& number);  // "+1 ms to +23 ms"; without one empty
// "+4.2 %" of the base; of a base of 0 empty. REQUIRES: the number is in both.
std::string share_text(const ComparedNumber& number);
// As a line of a diff: "~ PATH: OLD -> NEW", "+ PATH: NEW", "- PATH: OLD".
std::string change_text(const ScenarioChange& change);

// "fail: beyond the limit: latency.p99 > +5%".
std::string verdict_text(const ComparisonResult& result);
// "3 better, 2 worse, 5 cannot tell, 40 the same".
std::string counts_text(const ComparisonResult& result);
// "10 runs of each, with the same requests, 1d simulated, seed 1".
std::string runs_text(const ComparisonResult& result);

}  // namespace sim
