// Feeds arbitrary bytes to the parser of metric math and holds it to its promises: an expression
// that can be computed, or one problem with its place, and never more stack than a hundred levels
// take.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "models/cloudwatch/metric_math.hpp"

namespace {

using namespace models::cloudwatch;

// Aborts rather than CHECKs, so that libFuzzer keeps the input.
void require(bool kept) {
  if (!kept) std::abort();
}

void require_told(const ExpressionProblem& problem, std::size_t size) {
  require(problem.offset <= size);
  require(!problem.message.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = parse_expression(text);
  if (const auto* problem = std::get_if<ExpressionProblem>(&parsed)) {
    require_told(*problem, size);
    return 0;
  }
  const auto& expression = std::get<Expression>(parsed);
  // Operands stand before what is made of them.
  for (std::size_t i = 0; i < expression.terms().size(); ++i) {
    for (const std::uint32_t operand : expression.terms()[i].operands) require(operand < i);
  }
  const std::vector<KnownId> ids{{"m1", true}, {"m2", true}, {"e1", false}};
  const auto type = type_of(expression, ids);
  if (const auto* problem = std::get_if<ExpressionProblem>(&type)) {
    require_told(*problem, size);
    return 0;
  }
  const std::vector<NamedSeries> series{{"m1", {1, std::nullopt, 0, -2}, true},
                                        {"m2", {std::nullopt, std::nullopt, 3, 1e300}, true},
                                        {"e1", {0, 0, 0, 0}, false}};
  const MathValue value = evaluate(expression, series, {4});
  require(value.type == std::get<ValueType>(type));
  for (const MathSeries& one : value.series) {
    require(one.size() == 4);
    for (const MathPoint& point : one) require(!point || *point - *point == 0);  // finite
  }
  return 0;
}
