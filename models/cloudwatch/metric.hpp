// Names metrics and their statistics in CloudWatch's words: namespace, name, dimensions; one
// statistic set a period.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sim_time.hpp"

namespace models::cloudwatch {

using core::Duration;
using core::SimTime;

struct Dimension {
  std::string name;
  std::string value;
  auto operator<=>(const Dimension&) const = default;
};

// Each distinct combination of namespace, name and dimensions is a metric of its own.
// Dimensions are kept sorted by name, so that the order in which they were written is no matter.
struct MetricId {
  std::string metric_namespace;
  std::string name;
  std::vector<Dimension> dimensions;
  auto operator<=>(const MetricId&) const = default;
};

// R-030; extended statistics have no place here yet.
enum class Statistic { SampleCount, Sum, Average, Minimum, Maximum };
std::string_view to_string(Statistic statistic);  // AWS's spelling
std::optional<Statistic> statistic_from(std::string_view text);

// What CloudWatch keeps of one period's samples.
struct StatisticSet {
  std::int64_t sample_count = 0;
  double sum = 0;
  double minimum = std::numeric_limits<double>::infinity();
  double maximum = -std::numeric_limits<double>::infinity();

  void add(double sample);
  void merge(const StatisticSet& other);
  // REQUIRES: sample_count > 0.
  double value_of(Statistic statistic) const;
};

// One period of one metric, named by the START of the period.
struct Datapoint {
  SimTime start;
  StatisticSet statistics;
};

}  // namespace models::cloudwatch
