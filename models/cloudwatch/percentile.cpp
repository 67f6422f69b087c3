#include "models/cloudwatch/percentile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/check.hpp"

namespace models::cloudwatch {
namespace {

// A percentile has at most ten decimals, so in these units it is a whole number.
constexpr std::int64_t kUnitsOfOnePercent = 10'000'000'000;
constexpr std::int64_t kWhole = 100 * kUnitsOfOnePercent;

std::int64_t units_of(double percent) {
  CHECK(percent >= 0 && percent <= 100);
  return std::llround(percent * static_cast<double>(kUnitsOfOnePercent));
}

__extension__ using Wide = __int128;  // 64 bits end at ten million samples

}  // namespace

std::int64_t Percentile::rank_in(std::int64_t samples) const {
  CHECK(samples > 0);
  const Wide scaled = Wide{units_of(percent)} * samples;
  const auto rank = static_cast<std::int64_t>((scaled + kWhole - 1) / kWhole);
  return std::max<std::int64_t>(rank, 1);
}

std::int64_t Percentile::fewest_samples() const {
  const std::int64_t units = units_of(percent);
  const std::int64_t rarer_share = units >= kWhole / 2 ? kWhole - units : units;
  if (rarer_share == 0) return std::numeric_limits<std::int64_t>::max();
  return (10 * kWhole + rarer_share - 1) / rarer_share;
}

}  // namespace models::cloudwatch
