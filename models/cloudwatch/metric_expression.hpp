// Parses the expressions of metric math, such as "IF(m2 > 0, 100 * m1 / m2)".
//
// What binds, from loose to tight: OR, AND, comparisons, + and -, * and /, the minus sign, ^; all
// from left to right but ^. CloudWatch does not publish its precedence; this is the usual one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "models/cloudwatch/metric_function.hpp"

namespace models::cloudwatch {

enum class MathOperator : std::uint8_t {
  Or,
  And,
  Less,
  LessOrEqual,
  Greater,
  GreaterOrEqual,
  Equal,
  NotEqual,
  Add,
  Subtract,
  Multiply,
  Divide,
  Power,
};
std::string_view to_string(MathOperator op);

enum class TermKind : std::uint8_t { Number, Text, Keyword, Id, Array, Minus, Binary, Call };

struct ExpressionTerm {
  TermKind kind = TermKind::Number;
  std::size_t offset = 0;  // of its first byte; of a binary one, its operator's
  double number = 0;
  std::string text;                           // of a Text (without quotes), Keyword or Id
  MathOperator op = MathOperator::Add;        // of a Binary
  MathFunction function = MathFunction::Abs;  // of a Call
  std::vector<std::uint32_t> operands;        // indices of the terms that it is made of
};

// What is wrong with an expression, and at which byte.
struct ExpressionProblem {
  std::size_t offset = 0;
  std::string message;  // what was expected, then what was found
  std::string hint;
};

class Expression {
 public:
  explicit Expression(std::vector<ExpressionTerm> terms) : terms_(std::move(terms)) {}

  // Each term stands behind all that it is made of, so that the last is the whole expression and
  // a loop from the first on meets everything in the order of computation.
  std::span<const ExpressionTerm> terms() const { return terms_; }

 private:
  std::vector<ExpressionTerm> terms_;
};

// an expression has at most 2048 characters.
constexpr std::size_t kLongestExpression = 2048;

// Never deeper on the stack than a hundred nested levels: a deeper one is a problem, too.
std::variant<Expression, ExpressionProblem> parse_expression(std::string_view text);

struct ReferencedId {
  std::string id;
  std::size_t offset = 0;  // where it is first named
};
// Each once, in the order of their first appearance. METRICS() names nobody.
std::vector<ReferencedId> referenced_ids(const Expression& expression);

}  // namespace models::cloudwatch
