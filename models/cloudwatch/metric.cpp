#include "models/cloudwatch/metric.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/check.hpp"

namespace models::cloudwatch {
namespace {

constexpr std::array<std::pair<Statistic, std::string_view>, 5> kStatistics{{
    {Statistic::SampleCount, "SampleCount"},
    {Statistic::Sum, "Sum"},
    {Statistic::Average, "Average"},
    {Statistic::Minimum, "Minimum"},
    {Statistic::Maximum, "Maximum"},
}};

}  // namespace

std::string_view to_string(Statistic statistic) {
  for (const auto& [value, text] : kStatistics) {
    if (value == statistic) return text;
  }
  CHECK(false);
  return {};
}

std::optional<Statistic> statistic_from(std::string_view text) {
  for (const auto& [value, spelling] : kStatistics) {
    if (spelling == text) return value;
  }
  return std::nullopt;
}

void StatisticSet::add(double sample) {
  ++sample_count;
  sum += sample;
  minimum = std::min(minimum, sample);
  maximum = std::max(maximum, sample);
}

void StatisticSet::merge(const StatisticSet& other) {
  sample_count += other.sample_count;
  sum += other.sum;
  minimum = std::min(minimum, other.minimum);
  maximum = std::max(maximum, other.maximum);
}

double StatisticSet::value_of(Statistic statistic) const {
  CHECK(sample_count > 0);
  switch (statistic) {
    case Statistic::SampleCount:
      return static_cast<double>(sample_count);
    case Statistic::Sum:
      return sum;
    case Statistic::Average:
      return sum / static_cast<double>(sample_count);
    case Statistic::Minimum:
      return minimum;
    case Statistic::Maximum:
      return maximum;
  }
  CHECK(false);
  return 0;
}

}  // namespace models::cloudwatch
