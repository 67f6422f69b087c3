// Puts a sweep into words and rows, which the table and Markdown print alike.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/observe/sweep_result.hpp"

namespace sim {

struct SweepFact {
  std::string_view label;
  std::vector<std::string> lines;
};

// The verdict, the knee, the Pareto front.
std::vector<SweepFact> sweep_facts(const SweepResult& result);

// The header, then a row a point; the last column says how the point stands out.
std::vector<std::vector<std::string>> sweep_rows(const SweepResult& result);

// How one parameter of several is called for short: the end of its path that says what it is.
std::vector<std::string> short_names(const std::vector<std::string>& paths);

}  // namespace sim
