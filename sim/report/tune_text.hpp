// Puts into words what a search among policies found; all reports of it say the same ones.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/observe/tune_result.hpp"

namespace sim {

// A label such as COST, and what there is to say under it.
struct TuneFact {
  std::string label;
  std::vector<std::string> lines;
};
inline constexpr std::size_t kTuneLabelWidth = 11;  // a column for the labels

std::vector<TuneFact> tune_facts(const TuneResult& result);

// "met in 20 of 20 fresh runs: with 95 % confidence on at least 83 % of such days".
std::string verdict_text(const TuneResult& result);
std::string title_text(const TuneResult& result);

std::string_view name_of(BindingKind kind);  // as the JSON has it: "reaction", "max_capacity"
std::string cost_text(double cost, const TuneResult& result);  // "$0.221", "3.1 instance-hours"
// "$0.221 a run ($0.220 to $0.222 at 95 %)".
std::string cost_text(const PricedPolicy& policy, const TuneResult& result);
std::string met_text(const PricedPolicy& policy);  // "met in 20 of 20 runs"

}  // namespace sim
