// Reads the parameters of a sweep, `PATH=FROM:TO:STEP` or `PATH=a,b,c`, and lists the points at
// which the scenario is played: all combinations, or a Latin hypercube of them.
//
// Ranges are counted in whole decimal digits or nanoseconds, so that 0.1:0.3:0.1 is three values
// and each is written as a person would write it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/scenario/diagnostic.hpp"

namespace sim {

struct SweptParameter {
  std::string path;                 // as of `--set`
  std::vector<std::string> values;  // as written after `--set PATH=`; at least one, none twice
};

// For each parameter the index of its value.
using GridPoint = std::vector<std::size_t>;

// Neither a parameter may have more values nor a sweep more points.
inline constexpr std::size_t kMostPoints = 100'000;

// One for each text that is right; what is wrong with the others is reported at `-p TEXT`.
std::vector<SweptParameter> read_parameters(std::span<const std::string> texts,
                                            Diagnostics& diagnostics);

// How many combinations there are; kMostPoints + 1 stands for all that is more.
std::size_t combination_count(std::span<const SweptParameter> parameters);

// All combinations, the last parameter's values changing fastest. REQUIRES: at most kMostPoints.
std::vector<GridPoint> full_grid(std::span<const SweptParameter> parameters);

// McKay, Beckman and Conover's sample of `sample_count` points: each parameter's values are cut
// into as many equal parts, and each part is used once. A parameter with fewer values than points
// has several parts in one value; points that come out equal are listed once.
std::vector<GridPoint> latin_hypercube(std::span<const SweptParameter> parameters,
                                       std::size_t sample_count, std::uint64_t seed);

}  // namespace sim
