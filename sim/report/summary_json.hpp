// Puts the numbers of a run, or of one of its phases, into the tree that `-o json` prints, that
// `--out` writes as summary.json, and whose key paths `expect:` names.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/observe/expectation_result.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// What nothing supports is null; the keys are always the same.
JsonTree summary_json(const Summary& summary, const Scenario& scenario);
// The same of one variant of several.
JsonTree summary_json(const Summary& summary, const ScenarioVariant& variant);

JsonTree latency_json(const LatencySummary& latency);
// Where the prices of the scenario come from: the names of tables, or "scenario".
std::string price_source_of(const Scenario& scenario);

// How many of the expectations passed and failed: the last key of the whole run's summary.
JsonTree expectation_counts(std::span<const ExpectationResult> results);

// The value at a path such as latency.p99, or null when there is no such key.
const JsonTree* find_key_path(const JsonTree& tree, std::string_view path);

// The number at such a path of a summary; absent when nothing supports it, or there is no such key.
std::optional<double> summary_value(const Summary& summary, std::string_view path);
// All numbers of a summary, in the order of summary_keys().
std::vector<std::optional<double>> summary_values(const Summary& summary);

}  // namespace sim
