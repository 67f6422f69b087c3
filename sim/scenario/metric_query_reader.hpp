// Reads metrics as the calls of CloudWatch and Application Auto Scaling name them, alone and in the
// queries of metric math.
#pragma once

#include <optional>
#include <vector>

#include "models/cloudwatch/metric_query.hpp"
#include "sim/scenario/scaling_drafts.hpp"
#include "sim/scenario/section.hpp"

namespace sim {

// MetricName, Namespace and Dimensions, which are keys of `section`; nothing after a report
//
std::optional<MetricDraft> read_metric(const Section& section);

// `Unit`, a key of `section`.
void read_unit(const Section& section, MetricDraft& metric);

// Seconds: 10, 20, 30 or a multiple of 60. `Period` is a key of `section`.
std::optional<core::Duration> read_period(const Section& section);

// A Statistic, or a percentile such as p99.9. `key` is one of `section`.
std::optional<models::cloudwatch::StatisticChoice> read_statistic(const Section& section,
                                                                  std::string_view key);

// The metrics of an alarm's queries have a Period, those of a policy's are evaluated every minute
//
enum class QueryPeriod { Given, Minute };

// `Metrics`, a key of `section`; each metric in it is added to `metrics`.
std::vector<models::cloudwatch::MetricQuery> read_metric_queries(const Section& section,
                                                                 QueryPeriod period,
                                                                 std::vector<MetricDraft>& metrics);

}  // namespace sim
