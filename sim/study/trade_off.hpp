// Finds what is worth looking at among many candidates that cost more or less and serve better or
// worse: those that no other beats, and the one after which more money buys little.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace sim {

// What a candidate has of each measure; less is better in all of them.
using Measures = std::array<double, 3>;

// The candidates that none beats, in ascending order: no other is at least as good in every measure
// and better in one. Candidates without measures are not compared.
std::vector<std::size_t> pareto_front(std::span<const std::optional<Measures>> candidates);

struct CostAndHarm {
  double cost = 0;
  double harm = 0;
};

// The knee of Satopaa, Albrecht, Irwin and Raghavan ("Finding a Kneedle in a Haystack", 2011,
// section III) of the front of harm against cost: with both scaled to 0 .. 1 over the front, the
// candidate that lies farthest below the chord between its cheapest and its least harmful one.
// Absent when fewer than three of the front differ, or none lies below the chord. Of equals the
// first.
std::optional<std::size_t> knee_of(std::span<const std::optional<CostAndHarm>> candidates);

}  // namespace sim
