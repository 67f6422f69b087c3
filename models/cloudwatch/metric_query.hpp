// Describes what metric math is computed from: metrics and expressions over them, each with an id,
// with the fields and the words of CloudWatch's MetricDataQuery.
//
// Plain data; metric_math.hpp computes it.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "models/cloudwatch/metric.hpp"

namespace models::cloudwatch {

struct MetricStat {
  MetricId metric;
  StatisticChoice statistic = Statistic::Average;
  std::optional<std::string> unit;  // given and not the metric's own: never any data
  Duration period = std::chrono::seconds{60};
};

struct MetricQuery {
  std::string id;                                // begins with a lower-case letter
  std::variant<MetricStat, std::string> source;  // a metric, or an expression over other ids
  std::string label;
  bool return_data = true;  // one of an alarm's queries is what it watches
};

}  // namespace models::cloudwatch
