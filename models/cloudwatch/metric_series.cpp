#include "models/cloudwatch/metric_series.hpp"

#include <algorithm>
#include <cmath>

#include "core/check.hpp"

namespace models::cloudwatch {
namespace {

MathPoint finite(double value) { return std::isfinite(value) ? MathPoint{value} : std::nullopt; }

double truth(bool value) { return value ? 1 : 0; }

}  // namespace

MathPoint apply(MathOperator op, double left, double right) {
  switch (op) {
    case MathOperator::Or:
      return truth(left != 0 || right != 0);
    case MathOperator::And:
      return truth(left != 0 && right != 0);
    case MathOperator::Less:
      return truth(left < right);
    case MathOperator::LessOrEqual:
      return truth(left <= right);
    case MathOperator::Greater:
      return truth(left > right);
    case MathOperator::GreaterOrEqual:
      return truth(left >= right);
    case MathOperator::Equal:
      return truth(left == right);
    case MathOperator::NotEqual:
      return truth(left != right);
    case MathOperator::Add:
      return finite(left + right);
    case MathOperator::Subtract:
      return finite(left - right);
    case MathOperator::Multiply:
      return finite(left * right);
    case MathOperator::Divide:
      return right == 0 ? std::nullopt : finite(left / right);
    case MathOperator::Power:
      return finite(std::pow(left, right));
  }
  CHECK(false);
  return std::nullopt;
}

MathSeries combine(MathOperator op, const MathSeries& left, const MathSeries& right) {
  CHECK_EQ(left.size(), right.size());
  MathSeries result(left.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i] || right[i]) result[i] = apply(op, left[i].value_or(0), right[i].value_or(0));
  }
  return result;
}

MathSeries filled_by_repeating(const MathSeries& series) {
  MathSeries result = series;
  for (std::size_t i = 1; i < result.size(); ++i) {
    if (!result[i]) result[i] = result[i - 1];
  }
  return result;
}

MathSeries filled_by_interpolating(const MathSeries& series) {
  MathSeries result = series;
  std::optional<std::size_t> before;
  for (std::size_t after = 0; after < series.size(); ++after) {
    if (!series[after]) continue;
    if (before) {
      const double from = *series[*before];
      const double step = (*series[after] - from) / static_cast<double>(after - *before);
      for (std::size_t i = *before + 1; i < after; ++i) {
        result[i] = finite(from + step * static_cast<double>(i - *before));
      }
    }
    before = after;
  }
  return result;
}

MathSeries differences(const MathSeries& series) {
  MathSeries result(series.size());
  MathPoint before;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (!series[i]) continue;
    if (before) result[i] = finite(*series[i] - *before);
    before = series[i];
  }
  return result;
}

MathSeries distances(const MathSeries& series) {
  MathSeries result(series.size());
  std::optional<std::size_t> before;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (!series[i]) continue;
    if (before) result[i] = static_cast<double>(i - *before);
    before = i;
  }
  return result;
}

MathSeries running_sum(const MathSeries& series) {
  double sum = 0;
  return mapped(series, [&sum](double value) {
    sum += value;
    return finite(sum);
  });
}

MathPoint aggregate(Aggregate how, std::span<const MathPoint> points) {
  std::size_t count = 0;
  double sum = 0;
  MathPoint least;
  MathPoint most;
  for (const MathPoint& point : points) {
    if (!point) continue;
    ++count;
    sum += *point;
    least = std::min(least.value_or(*point), *point);
    most = std::max(most.value_or(*point), *point);
  }
  if (how == Aggregate::Count) return static_cast<double>(count);
  if (count == 0) return std::nullopt;
  if (how == Aggregate::Minimum) return least;
  if (how == Aggregate::Maximum) return most;
  if (how == Aggregate::Sum) return finite(sum);
  if (how == Aggregate::Average) return finite(sum / static_cast<double>(points.size()));
  CHECK(how == Aggregate::Deviation);
  const double mean = sum / static_cast<double>(count);
  double squares = 0;
  for (const MathPoint& point : points) {
    if (point) squares += (*point - mean) * (*point - mean);
  }
  return finite(std::sqrt(squares / static_cast<double>(count)));
}

MathSeries aggregate(Aggregate how, std::span<const MathSeries> series, std::size_t length) {
  MathSeries result;
  std::vector<MathPoint> column(series.size());
  for (std::size_t i = 0; i < length; ++i) {
    for (std::size_t k = 0; k < series.size(); ++k) column[k] = series[k][i];
    result.push_back(aggregate(how, column));
  }
  return result;
}

}  // namespace models::cloudwatch
