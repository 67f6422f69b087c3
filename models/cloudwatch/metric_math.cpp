#include "models/cloudwatch/metric_math.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>
#include <variant>

#include "core/check.hpp"
#include "models/cloudwatch/metric_query_rules.hpp"

namespace models::cloudwatch {
namespace {

using core::Duration;

double seconds(Duration span) { return std::chrono::duration<double>(span).count(); }

MathValue number(MathPoint value) { return {ValueType::Scalar, value, {}}; }
MathValue one_series(MathSeries series) {
  MathValue value{ValueType::Series, {}, {}};
  value.series.push_back(std::move(series));
  return value;
}
MathValue several(std::vector<MathSeries> series) {
  return {ValueType::SeriesArray, {}, std::move(series)};
}

double clock_value(MathFunction function, std::int64_t unix_s) {
  const std::chrono::sys_seconds at{std::chrono::seconds{unix_s}};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::int64_t second = (at - day).count();
  switch (function) {
    case MathFunction::Minute:
      return static_cast<double>(second / 60 % 60);
    case MathFunction::Hour:
      return static_cast<double>(second / 3600);
    case MathFunction::Day:
      return std::chrono::weekday{day}.iso_encoding();
    case MathFunction::Date:
      return static_cast<unsigned>(date.day());
    case MathFunction::Month:
      return static_cast<unsigned>(date.month());
    case MathFunction::Year:
      return static_cast<int>(date.year());
    default:
      return static_cast<double>(unix_s);
  }
}

Aggregate aggregate_of(MathFunction function) {
  switch (function) {
    case MathFunction::Avg:
      return Aggregate::Average;
    case MathFunction::Max:
      return Aggregate::Maximum;
    case MathFunction::Min:
      return Aggregate::Minimum;
    case MathFunction::Stddev:
      return Aggregate::Deviation;
    case MathFunction::Sum:
      return Aggregate::Sum;
    default:
      return Aggregate::Count;
  }
}

// Follows the terms in their order and keeps the value of each.
class Evaluator {
 public:
  Evaluator(const Expression& expression, std::span<const NamedSeries> known,
            const MathWindow& window)
      : terms_(expression.terms()), known_(known), window_(window) {}

  MathValue evaluate() {
    values_.reserve(terms_.size());
    for (const ExpressionTerm& term : terms_) values_.push_back(value_of(term));
    return std::move(values_.back());
  }

 private:
  const MathValue& operand(const ExpressionTerm& term, std::size_t index) const {
    return values_[term.operands[index]];
  }

  MathValue value_of(const ExpressionTerm& term) const {
    switch (term.kind) {
      case TermKind::Number:
        return number(term.number);
      case TermKind::Text:
        return {ValueType::Text, {}, {}};
      case TermKind::Keyword:
        return {ValueType::Keyword, {}, {}};
      case TermKind::Id:
        return one_series(series_of(term.text));
      case TermKind::Array:
        return array_of(term);
      case TermKind::Minus:
        return each(operand(term, 0), [](double value) -> MathPoint { return -value; });
      case TermKind::Binary:
        return binary(term);
      case TermKind::Call:
        return call(term);
    }
    CHECK(false);
    return {};
  }

  const MathSeries& series_of(const std::string& id) const {
    for (const NamedSeries& known : known_) {
      if (known.id == id) return known.series;
    }
    CHECK(false);
    return known_.front().series;
  }

  MathSeries constant(MathPoint value) const { return MathSeries(window_.length, value); }

  // The points there are, of a number, a series or an array, each by itself.
  template <class Change>
  static MathValue each(const MathValue& value, Change change) {
    MathValue result{value.type, {}, {}};
    if (value.scalar) result.scalar = change(*value.scalar);
    for (const MathSeries& series : value.series) result.series.push_back(mapped(series, change));
    return result;
  }
  // The same for whole series.
  template <class Change>
  static MathValue each_series(const MathValue& value, Change change) {
    MathValue result{value.type, {}, {}};
    for (const MathSeries& series : value.series) result.series.push_back(change(series));
    return result;
  }

  MathValue array_of(const ExpressionTerm& term) const {
    std::vector<MathSeries> all;
    for (const std::uint32_t index : term.operands) {
      all.insert(all.end(), values_[index].series.begin(), values_[index].series.end());
    }
    return several(std::move(all));
  }

  MathValue binary(const ExpressionTerm& term) const {
    const MathValue& left = operand(term, 0);
    const MathValue& right = operand(term, 1);
    if (left.type != ValueType::Scalar && right.type != ValueType::Scalar) {
      const bool right_is_array = right.type == ValueType::SeriesArray;
      return each_series(right_is_array ? right : left, [&](const MathSeries& one) {
        return right_is_array ? combine(term.op, left.series.front(), one)
                              : combine(term.op, one, right.series.front());
      });
    }
    // A number that could not be computed leaves nothing.
    if (right.type == ValueType::Scalar) {
      return each(left, [&](double value) {
        return right.scalar ? apply(term.op, value, *right.scalar) : MathPoint{};
      });
    }
    return each(right, [&](double value) {
      return left.scalar ? apply(term.op, *left.scalar, value) : MathPoint{};
    });
  }

  MathValue call(const ExpressionTerm& term) const {
    switch (term.function) {
      case MathFunction::Abs:
        return each(operand(term, 0), [](double value) -> MathPoint { return std::abs(value); });
      case MathFunction::Ceil:
        return each(operand(term, 0), [](double value) -> MathPoint { return std::ceil(value); });
      case MathFunction::Floor:
        return each(operand(term, 0), [](double value) -> MathPoint { return std::floor(value); });
      case MathFunction::Log:
      case MathFunction::Log10:
        return logarithm(term);
      case MathFunction::Diff:
        return each_series(operand(term, 0), differences);
      case MathFunction::DiffTime:
      case MathFunction::Rate:
        return over_time(term);
      case MathFunction::RunningSum:
        return each_series(operand(term, 0), running_sum);
      case MathFunction::Avg:
      case MathFunction::Max:
      case MathFunction::Min:
      case MathFunction::Stddev:
      case MathFunction::Sum:
      case MathFunction::DatapointCount:
        return aggregated(term);
      case MathFunction::Minute:
      case MathFunction::Hour:
      case MathFunction::Day:
      case MathFunction::Date:
      case MathFunction::Month:
      case MathFunction::Year:
      case MathFunction::Epoch:
        return on_the_clock(term.function);
      case MathFunction::First:
      case MathFunction::Last:
        return end_of_array(term);
      case MathFunction::MetricCount:
        return number(static_cast<double>(operand(term, 0).series.size()));
      case MathFunction::RemoveEmpty:
        return without_empty(term);
      case MathFunction::TimeSeries:
        return one_series(constant(operand(term, 0).scalar));
      case MathFunction::Metrics:
        return metrics(term);
      case MathFunction::Period:
        return number(seconds(window_.period));
      case MathFunction::Fill:
        return filled(term);
      case MathFunction::If:
        return chosen(term);
      case MathFunction::Slice:
        return slice(term);
      case MathFunction::Sort:
        return sorted(term);
    }
    CHECK(false);
    return {};
  }

  MathValue logarithm(const ExpressionTerm& term) const {
    const bool natural = term.function == MathFunction::Log;
    return each(operand(term, 0), [natural](double value) -> MathPoint {
      if (value <= 0) return std::nullopt;
      return natural ? std::log(value) : std::log10(value);
    });
  }

  MathValue over_time(const ExpressionTerm& term) const {
    const double period_s = seconds(window_.period);
    return each_series(operand(term, 0), [&](const MathSeries& series) {
      MathSeries elapsed = mapped(distances(series),
                                  [&](double periods) -> MathPoint { return periods * period_s; });
      if (term.function == MathFunction::DiffTime) return elapsed;
      return combine(MathOperator::Divide, differences(series), elapsed);
    });
  }

  MathValue aggregated(const ExpressionTerm& term) const {
    const MathValue& value = operand(term, 0);
    const Aggregate how = aggregate_of(term.function);
    if (value.type == ValueType::Series) return number(aggregate(how, value.series.front()));
    return one_series(aggregate(how, value.series, window_.length));
  }

  MathValue on_the_clock(MathFunction function) const {
    const auto period_s = std::chrono::duration_cast<std::chrono::seconds>(window_.period).count();
    MathSeries series;
    for (std::size_t i = 0; i < window_.length; ++i) {
      const std::int64_t unix_s = window_.oldest_unix_s + static_cast<std::int64_t>(i) * period_s;
      series.emplace_back(clock_value(function, unix_s));
    }
    return one_series(std::move(series));
  }

  MathValue end_of_array(const ExpressionTerm& term) const {
    const std::vector<MathSeries>& all = operand(term, 0).series;
    if (all.empty()) return one_series(constant(std::nullopt));
    return one_series(term.function == MathFunction::First ? all.front() : all.back());
  }

  MathValue without_empty(const ExpressionTerm& term) const {
    std::vector<MathSeries> left;
    for (const MathSeries& series : operand(term, 0).series) {
      const bool has_any = std::any_of(series.begin(), series.end(),
                                       [](const MathPoint& point) { return point.has_value(); });
      if (has_any) left.push_back(series);
    }
    return several(std::move(left));
  }

  MathValue metrics(const ExpressionTerm& term) const {
    const std::string& part = term.operands.empty() ? std::string{} : terms_[term.operands[0]].text;
    std::vector<MathSeries> all;
    for (const NamedSeries& known : known_) {
      if (known.is_metric && known.id.find(part) != std::string::npos) all.push_back(known.series);
    }
    return several(std::move(all));
  }

  MathValue filled(const ExpressionTerm& term) const {
    const ExpressionTerm& filler = terms_[term.operands[1]];
    const MathValue& value = operand(term, 1);
    return each_series(operand(term, 0), [&](const MathSeries& series) {
      if (filler.kind == TermKind::Keyword) {
        return filler.text == "REPEAT" ? filled_by_repeating(series)
                                       : filled_by_interpolating(series);
      }
      MathSeries result = series;
      for (std::size_t i = 0; i < result.size(); ++i) {
        if (!result[i])
          result[i] = value.type == ValueType::Scalar ? value.scalar : value.series.front()[i];
      }
      return result;
    });
  }

  //
  MathValue chosen(const ExpressionTerm& term) const {
    const MathValue& condition = operand(term, 0);
    MathSeries result(window_.length);
    for (std::size_t i = 0; i < window_.length; ++i) {
      const bool by_period = condition.type == ValueType::Series;
      const MathPoint truth = by_period ? condition.series.front()[i] : condition.scalar;
      if (!truth) continue;
      const std::size_t branch = *truth != 0 ? 1 : 2;
      if (branch >= term.operands.size()) continue;
      const MathValue& value = operand(term, branch);
      result[i] = value.type == ValueType::Series ? value.series.front()[i] : value.scalar;
      const bool is_gap = !result[i] && value.type == ValueType::Series;
      if (is_gap && by_period && branch == 1) result[i] = 0;
    }
    return one_series(std::move(result));
  }

  MathValue slice(const ExpressionTerm& term) const {
    const std::vector<MathSeries>& all = operand(term, 0).series;
    const std::size_t begin = position(operand(term, 1), all.size());
    const std::size_t end =
        term.operands.size() > 2 ? position(operand(term, 2), all.size()) : all.size();
    std::vector<MathSeries> part;
    for (std::size_t i = begin; i < end; ++i) part.push_back(all[i]);
    return several(std::move(part));
  }

  static std::size_t position(const MathValue& value, std::size_t end) {
    const double wanted = std::floor(value.scalar.value_or(0));
    return static_cast<std::size_t>(std::clamp(wanted, 0.0, static_cast<double>(end)));
  }

  // Series without a single datapoint last; equal ones in their order.
  MathValue sorted(const ExpressionTerm& term) const {
    const Aggregate how = aggregate_of(*math_function_from(terms_[term.operands[1]].text));
    const bool ascending = terms_[term.operands[2]].text == "ASC";
    std::vector<std::pair<MathPoint, MathSeries>> keyed;
    for (const MathSeries& series : operand(term, 0).series) {
      keyed.emplace_back(aggregate(how, series), series);
    }
    std::stable_sort(keyed.begin(), keyed.end(), [ascending](const auto& a, const auto& b) {
      if (!a.first || !b.first) return a.first.has_value() && !b.first;
      const double left = *a.first;
      const double right = *b.first;
      return ascending ? left < right : right < left;
    });
    if (term.operands.size() > 3) keyed.resize(position(operand(term, 3), keyed.size()));
    std::vector<MathSeries> series;
    for (auto& [key, one] : keyed) series.push_back(std::move(one));
    return several(std::move(series));
  }

  std::span<const ExpressionTerm> terms_;
  std::span<const NamedSeries> known_;
  const MathWindow& window_;
  std::vector<MathValue> values_;
};

}  // namespace

MathValue evaluate(const Expression& expression, std::span<const NamedSeries> known,
                   const MathWindow& window) {
  for (const NamedSeries& each : known) CHECK_EQ(each.series.size(), window.length);
  return Evaluator(expression, known, window).evaluate();
}

MetricMath::MetricMath(std::span<const MetricQuery> queries) {
  CHECK(validate_queries(queries).empty());
  for (const MetricQuery& query : queries) {
    if (query.return_data) returned_id_ = query.id;
    if (const auto* metric = std::get_if<MetricStat>(&query.source)) {
      metrics_.push_back(*metric);
      metric_ids_.push_back(query.id);
    }
  }
  for (const std::size_t index : computation_order(queries)) {
    const MetricQuery& query = queries[index];
    auto parsed = parse_expression(std::get<std::string>(query.source));
    steps_.push_back({query.id, std::get<Expression>(std::move(parsed))});
  }
}

MathSeries MetricMath::result(std::span<const MathSeries> metrics, const MathWindow& window) const {
  CHECK_EQ(metrics.size(), metrics_.size());
  std::vector<NamedSeries> known;
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    known.push_back({metric_ids_[i], metrics[i], true});
  }
  for (const Step& step : steps_) {
    MathValue value = evaluate(step.expression, known, window);
    known.push_back({step.id, std::move(value.series.front()), false});
  }
  const auto returned = std::find_if(known.begin(), known.end(), [this](const NamedSeries& each) {
    return each.id == returned_id_;
  });
  CHECK(returned != known.end());
  return std::move(returned->series);
}

}  // namespace models::cloudwatch
