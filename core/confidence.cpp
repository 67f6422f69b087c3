#include "core/confidence.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "core/check.hpp"
#include "core/running_statistics.hpp"

namespace core {

Interval mean_interval(std::span<const double> values, double level) {
  CHECK_GE(values.size(), std::size_t{2});
  CHECK(level > 0 && level < 1);
  RunningStatistics statistics;
  for (const double value : values) statistics.add(value);
  const auto runs = static_cast<double>(values.size());
  const boost::math::students_t distribution(runs - 1);
  const double half_width = boost::math::quantile(distribution, 0.5 + level / 2) *
                            std::sqrt(statistics.variance() / runs);
  return {statistics.mean() - half_width, statistics.mean() + half_width};
}

}  // namespace core
