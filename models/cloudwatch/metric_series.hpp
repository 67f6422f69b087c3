// Computes with series of datapoints of which some may be missing, as metric math does.
//
// All the series of a computation are aligned: the same index is the same period, the oldest first.
// What is no number, or not a finite one, such as a division by zero, is no datapoint.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/cloudwatch/metric_expression.hpp"

namespace models::cloudwatch {

using MathPoint = std::optional<double>;
using MathSeries = std::vector<MathPoint>;

// Both are there. Comparisons, AND and OR give 0 or 1; any number but 0 is true.
MathPoint apply(MathOperator op, double left, double right);

// Where only one has a datapoint the other's is taken for 0; where neither has there is none.
MathSeries combine(MathOperator op, const MathSeries& left, const MathSeries& right);

// The datapoints there are, each by `change`, which may drop it.
template <class Change>
MathSeries mapped(const MathSeries& series, Change change) {
  MathSeries result;
  result.reserve(series.size());
  for (const MathPoint& point : series) result.push_back(point ? change(*point) : MathPoint{});
  return result;
}

// REPEAT: by the datapoint before the gap, so that a gap at the beginning stays.
MathSeries filled_by_repeating(const MathSeries& series);
// LINEAR: on the line between the datapoints around the gap; a gap at either end stays.
MathSeries filled_by_interpolating(const MathSeries& series);

// From each datapoint to the one before it, however long ago; the first has none.
MathSeries differences(const MathSeries& series);
MathSeries distances(const MathSeries& series);  // in periods
MathSeries running_sum(const MathSeries& series);

enum class Aggregate : std::uint8_t { Average, Maximum, Minimum, Deviation, Sum, Count };
// Of those points that are there; but Average takes the missing ones for 0 (its own rule in
// CloudWatch's guide), and Count of none is 0. Deviation is the population's.
MathPoint aggregate(Aggregate how, std::span<const MathPoint> points);
// For each period, over the series. REQUIRES: each has `length` points.
MathSeries aggregate(Aggregate how, std::span<const MathSeries> series, std::size_t length);

}  // namespace models::cloudwatch
