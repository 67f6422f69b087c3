// Reads `expect:`: lines of `metric op value`, or mappings of {that, at | during | within,
// because}.
#pragma once

#include <vector>

#include "sim/scenario/document.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct ExpectationDraft {
  Expectation expectation;
  NodePlace place;       // of the line
  NodePlace when_place;  // of `at`, `during` or `within`; the line's when there is none
};

// `node` is null when the key is absent. Names of phases and alarms are resolved by the rules, when
// everything else has been read.
std::vector<ExpectationDraft> read_expectations(const Node* node, Diagnostics& diagnostics);

std::string_view to_string(ExpectationOperator comparison);  // "<", "<=", ...

}  // namespace sim
