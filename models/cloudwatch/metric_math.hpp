// Computes the series that a set of metric queries returns from the series of its metrics.
//
// Where CloudWatch's guide says two things, these are followed: IF drops the datapoint where the
// condition is false and the third argument has none there (R-057; another edition of its page
// gives 0), and gives 0 where the condition is true and the second has none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/cloudwatch/metric_expression.hpp"
#include "models/cloudwatch/metric_math_types.hpp"
#include "models/cloudwatch/metric_query.hpp"
#include "models/cloudwatch/metric_series.hpp"

namespace models::cloudwatch {

// The periods that every series of a computation covers.
struct MathWindow {
  std::size_t length = 0;
  Duration period = std::chrono::seconds{60};
  std::int64_t oldest_unix_s = 0;  // when the oldest of them starts on the wall clock
};

// A series under its id.
struct NamedSeries {
  std::string id;
  MathSeries series;
  bool is_metric = true;  // not the result of an expression
};

struct MathValue {
  ValueType type = ValueType::Scalar;
  MathPoint scalar;                // missing when it could not be computed
  std::vector<MathSeries> series;  // one, unless it is an array
};

// REQUIRES: type_of(expression, the ids of `known`) is a type; every series has window.length
// points.
MathValue evaluate(const Expression& expression, std::span<const NamedSeries> known,
                   const MathWindow& window);

class MetricMath {
 public:
  // REQUIRES: validate_queries(queries) is empty.
  explicit MetricMath(std::span<const MetricQuery> queries);

  // The queries' metrics, in their order; results want the series of each.
  const std::vector<MetricStat>& metrics() const { return metrics_; }

  // What the query with ReturnData gives. REQUIRES: one series a metric, of window.length points.
  MathSeries result(std::span<const MathSeries> metrics, const MathWindow& window) const;

 private:
  struct Step {
    std::string id;
    Expression expression;
  };

  std::vector<MetricStat> metrics_;
  std::vector<std::string> metric_ids_;
  std::vector<Step> steps_;  // each after those that it names
  std::string returned_id_;
};

}  // namespace models::cloudwatch
