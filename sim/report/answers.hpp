// Puts into sentences what a run answers: how much load, how late, what failed, when it scaled,
// what it costs. The table and the Markdown report print the same ones.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/report/run_report.hpp"

namespace sim {

struct Answer {
  std::string_view label;          // LOAD, LATENCY, ...
  std::vector<std::string> lines;  // at least one
};

std::vector<Answer> answers(const RunReport& report);

// "1 of 4 expectations failed", "all 4 expectations met", "no expectations: add `expect:`".
std::string verdict_text(const RunReport& report);
bool has_failed(const RunReport& report);
// Nothing has failed, but whether all is met cannot be told.
bool cannot_tell(const RunReport& report);
std::string_view mark_of(const ExpectationResult& result, bool is_ascii);  // ✓ ✗ ? or + x ?

// Where an expectation was not met: "36m-46m in phase opening"; empty when it cannot be told.
std::string place_text(const ExpectationResult& result);

// "latency.p99 < 1s during early", "instances.in_service == 2 at 5h30m"; one that is marked to fail
// begins with "not ".
std::string expectation_text(const Expectation& expectation);

}  // namespace sim
