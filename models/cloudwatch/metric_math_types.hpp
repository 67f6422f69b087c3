// Tells what an expression of metric math gives, a number, a series or several, or why its parts do
// not fit together.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

#include "models/cloudwatch/metric_expression.hpp"

namespace models::cloudwatch {

// S, TS and TS[] of the tables in CloudWatch's guide, and the two that only arguments are.
enum class ValueType : std::uint8_t { Scalar, Series, SeriesArray, Text, Keyword };

// An id that an expression may name; each stands for one series.
struct KnownId {
  std::string_view id;
  bool is_metric = true;  // not the result of an expression
};

std::variant<ValueType, ExpressionProblem> type_of(const Expression& expression,
                                                   std::span<const KnownId> ids);

std::string_view to_string(ValueType type);  // "a number", "a series", ...

}  // namespace models::cloudwatch
