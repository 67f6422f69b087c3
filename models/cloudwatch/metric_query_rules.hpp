// Checks the queries of an alarm's metric math as PutMetricAlarm does, and everything in
// them that could go wrong later.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "models/cloudwatch/metric_query.hpp"

namespace models::cloudwatch {

struct QueryProblem {
  std::size_t query = 0;   // its index; that of the first when it is about all of them
  std::string field;       // AWS's: Id, Expression, MetricStat.Period, ReturnData; Metrics: all
  std::size_t offset = 0;  // of the byte in the expression, if it is about that
  std::string message;     // what was expected, then what was found
  std::string hint;
};

// At most ten metrics and ten expressions, one period, exactly one ReturnData, ids that are known
// and go in no circle, and expressions that each give one series. Empty: all is well.
std::vector<QueryProblem> validate_queries(std::span<const MetricQuery> queries);

// The indices of the expressions, each behind those that it names. REQUIRES: no circle.
std::vector<std::size_t> computation_order(std::span<const MetricQuery> queries);

}  // namespace models::cloudwatch
