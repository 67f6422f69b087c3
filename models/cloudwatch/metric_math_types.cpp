#include "models/cloudwatch/metric_math_types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "core/check.hpp"
#include "core/closest_match.hpp"

namespace models::cloudwatch {
namespace {

using enum ValueType;

constexpr std::array<std::string_view, 4> kOrdinals{"first", "second", "third", "fourth"};

// Follows the terms in their order and keeps the type of each.
class TypeChecker {
 public:
  TypeChecker(const Expression& expression, std::span<const KnownId> ids)
      : terms_(expression.terms()), ids_(ids) {}

  std::variant<ValueType, ExpressionProblem> check() {
    CHECK(!terms_.empty());
    for (const ExpressionTerm& term : terms_) {
      types_.push_back(type_of_term(term));
      if (problem_) return std::move(*problem_);
    }
    return types_.back();
  }

 private:
  ValueType fail(std::size_t offset, std::string message, std::string hint = {}) {
    if (!problem_) problem_ = {offset, std::move(message), std::move(hint)};
    return Scalar;
  }

  ValueType type_at(const ExpressionTerm& term, std::size_t operand) const {
    return types_[term.operands[operand]];
  }
  bool is_one_of(ValueType type, std::initializer_list<ValueType> allowed) const {
    return std::find(allowed.begin(), allowed.end(), type) != allowed.end();
  }

  ValueType type_of_term(const ExpressionTerm& term) {
    switch (term.kind) {
      case TermKind::Number:
        return Scalar;
      case TermKind::Text:
        return Text;
      case TermKind::Keyword:
        return Keyword;
      case TermKind::Id:
        return type_of_id(term);
      case TermKind::Array:
        return type_of_array(term);
      case TermKind::Minus:
        return operand(term, 0, "after the minus sign", {Scalar, Series, SeriesArray});
      case TermKind::Binary:
        return type_of_binary(term);
      case TermKind::Call:
        return type_of_call(term);
    }
    CHECK(false);
    return Scalar;
  }

  // The type of an operand, which has to be one of these.
  ValueType operand(const ExpressionTerm& term, std::size_t index, std::string_view where,
                    std::initializer_list<ValueType> allowed) {
    const ValueType type = type_at(term, index);
    if (is_one_of(type, allowed)) return type;
    std::string expected;
    std::size_t left = allowed.size();
    for (const ValueType each : allowed) {
      expected += to_string(each);
      if (--left > 0) expected += left == 1 ? " or " : ", ";
    }
    return fail(terms_[term.operands[index]].offset,
                fmt::format("expected {} {}, found {}", expected, where, to_string(type)));
  }
  ValueType argument(const ExpressionTerm& call, std::size_t index,
                     std::initializer_list<ValueType> allowed) {
    return operand(
        call, index,
        fmt::format("as the {} argument of {}", kOrdinals[index], to_string(call.function)),
        allowed);
  }

  ValueType type_of_id(const ExpressionTerm& term) {
    std::vector<std::string_view> names;
    for (const KnownId& known : ids_) {
      if (known.id == term.text) return Series;
      names.push_back(known.id);
    }
    const std::string_view closest = core::closest_match(term.text, names);
    return fail(term.offset, fmt::format("expected the id of a query, found '{}'", term.text),
                closest.empty() ? std::string{} : fmt::format("did you mean '{}'?", closest));
  }

  ValueType type_of_array(const ExpressionTerm& term) {
    for (std::size_t i = 0; i < term.operands.size(); ++i) {
      operand(term, i, "in an array", {Series, SeriesArray});
    }
    return SeriesArray;
  }

  ValueType type_of_binary(const ExpressionTerm& term) {
    const std::string where = fmt::format("beside '{}'", to_string(term.op));
    if (term.op < MathOperator::Add) {  // comparisons, AND and OR know no arrays
      const ValueType left = operand(term, 0, where, {Scalar, Series});
      const ValueType right = operand(term, 1, where, {Scalar, Series});
      return left == Scalar && right == Scalar ? Scalar : Series;
    }
    const ValueType left = operand(term, 0, where, {Scalar, Series, SeriesArray});
    const ValueType right = operand(term, 1, where, {Scalar, Series, SeriesArray});
    if (left == SeriesArray && right == SeriesArray) {
      return fail(term.offset, fmt::format("expected at most one array {}, found two", where));
    }
    if (left == SeriesArray || right == SeriesArray) return SeriesArray;
    return left == Scalar && right == Scalar ? Scalar : Series;
  }

  ValueType type_of_call(const ExpressionTerm& call) {
    switch (call.function) {
      case MathFunction::Abs:
      case MathFunction::Ceil:
      case MathFunction::Floor:
      case MathFunction::Log:
      case MathFunction::Log10:
      case MathFunction::Diff:
      case MathFunction::DiffTime:
      case MathFunction::Rate:
      case MathFunction::RunningSum:
        return argument(call, 0, {Series, SeriesArray});
      case MathFunction::Avg:
      case MathFunction::Max:
      case MathFunction::Min:
      case MathFunction::Stddev:
      case MathFunction::Sum:
      case MathFunction::DatapointCount:
        return argument(call, 0, {Series, SeriesArray}) == Series ? Scalar : Series;
      case MathFunction::Minute:
      case MathFunction::Hour:
      case MathFunction::Day:
      case MathFunction::Date:
      case MathFunction::Month:
      case MathFunction::Year:
      case MathFunction::Epoch:
        return argument(call, 0, {Series});
      case MathFunction::First:
      case MathFunction::Last:
        argument(call, 0, {SeriesArray});
        return Series;
      case MathFunction::MetricCount:
        argument(call, 0, {SeriesArray});
        return Scalar;
      case MathFunction::RemoveEmpty:
        return argument(call, 0, {SeriesArray});
      case MathFunction::TimeSeries:
        argument(call, 0, {Scalar});
        return Series;
      case MathFunction::Metrics:
        if (!call.operands.empty()) argument(call, 0, {Text});
        return SeriesArray;
      case MathFunction::Period:
        return type_of_period(call);
      case MathFunction::Fill:
        return type_of_fill(call);
      case MathFunction::If:
        return type_of_if(call);
      case MathFunction::Slice:
        for (std::size_t i = 1; i < call.operands.size(); ++i) argument(call, i, {Scalar});
        return argument(call, 0, {SeriesArray});
      case MathFunction::Sort:
        return type_of_sort(call);
    }
    CHECK(false);
    return Scalar;
  }

  // A keyword argument is one of these words.
  void keyword(const ExpressionTerm& call, std::size_t index,
               std::initializer_list<std::string_view> words, std::string_view expected) {
    const ExpressionTerm& word = terms_[call.operands[index]];
    if (word.kind == TermKind::Keyword &&
        std::find(words.begin(), words.end(), word.text) != words.end()) {
      return;
    }
    fail(word.offset,
         fmt::format("expected {} as the {} argument of {}, found {}", expected, kOrdinals[index],
                     to_string(call.function),
                     word.kind == TermKind::Keyword ? word.text : to_string(type_at(call, index))));
  }

  ValueType type_of_period(const ExpressionTerm& call) {
    const ExpressionTerm& metric = terms_[call.operands.front()];
    const bool is_metric =
        metric.kind == TermKind::Id && std::any_of(ids_.begin(), ids_.end(), [&](const KnownId& k) {
          return k.is_metric && k.id == metric.text;
        });
    if (!is_metric) {
      return fail(metric.offset,
                  "expected the id of a metric as the first argument of PERIOD, found the result "
                  "of an expression");
    }
    return Scalar;
  }

  ValueType type_of_fill(const ExpressionTerm& call) {
    if (type_at(call, 1) == Keyword) {
      keyword(call, 1, {"REPEAT", "LINEAR"}, "a number, a series, REPEAT or LINEAR");
    } else {
      argument(call, 1, {Scalar, Series});
    }
    return argument(call, 0, {Series, SeriesArray});
  }

  ValueType type_of_if(const ExpressionTerm& call) {
    bool has_series = false;
    for (std::size_t i = 0; i < call.operands.size(); ++i) {
      has_series = argument(call, i, {Scalar, Series}) == Series || has_series;
    }
    if (!has_series && !problem_) {
      return fail(call.offset, "expected a series among the arguments of IF, found numbers alone");
    }
    return Series;
  }

  ValueType type_of_sort(const ExpressionTerm& call) {
    keyword(call, 1, {"AVG", "MIN", "MAX", "SUM"}, "AVG, MIN, MAX or SUM");
    keyword(call, 2, {"ASC", "DESC"}, "ASC or DESC");
    if (call.operands.size() > 3) argument(call, 3, {Scalar});
    return argument(call, 0, {SeriesArray});
  }

  std::span<const ExpressionTerm> terms_;
  std::span<const KnownId> ids_;
  std::vector<ValueType> types_;
  std::optional<ExpressionProblem> problem_;
};

}  // namespace

std::variant<ValueType, ExpressionProblem> type_of(const Expression& expression,
                                                   std::span<const KnownId> ids) {
  return TypeChecker(expression, ids).check();
}

std::string_view to_string(ValueType type) {
  switch (type) {
    case Scalar:
      return "a number";
    case Series:
      return "a series";
    case SeriesArray:
      return "an array of series";
    case Text:
      return "a text";
    case Keyword:
      return "a keyword";
  }
  CHECK(false);
  return {};
}

}  // namespace models::cloudwatch
