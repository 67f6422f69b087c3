// Checks metric math against itself and against arithmetic written a second time: random
// expressions are built as trees, computed period by period on the tree, printed, parsed and
// computed again.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "models/cloudwatch/metric_math.hpp"
#include "tests/support/math_series.hpp"

namespace models::cloudwatch {
namespace {

constexpr std::size_t kLength = 6;
constexpr int kSeries = 3;

// Three kinds of things: numbers, series, and functions that take series and give one of them.
struct Tree {
  enum class Kind { Number, Series, Minus, Binary, If, Fill, Repeat, Absolute, Sum, Largest };
  Kind kind = Kind::Number;
  int number = 0;  // or which series
  std::string op;
  std::vector<Tree> parts;
  bool gives_series = false;  // and not a number
};

class Gardener {
 public:
  explicit Gardener(std::uint64_t seed) : random_(seed) {}

  // std::uniform_int_distribution differs between libraries; a remainder does not.
  int below(int end) { return static_cast<int>(random_() % static_cast<std::uint64_t>(end)); }

  MathSeries series() {
    MathSeries points;
    for (std::size_t i = 0; i < kLength; ++i) {
      const int value = below(9) - 3;  // zeros and negative numbers, too
      points.push_back(below(4) == 0 ? MathPoint{} : MathPoint{value});
    }
    return points;
  }

  Tree grow_series(int depth) {
    Tree tree;
    tree.gives_series = true;
    const int kind = depth == 0 ? 0 : below(9);
    switch (kind) {
      case 0:
      case 1:
        tree.kind = Tree::Kind::Series;
        tree.number = below(kSeries);
        break;
      case 2:
        tree.kind = Tree::Kind::Minus;
        tree.parts = {grow_series(depth - 1)};
        break;
      case 3:
        tree.kind = Tree::Kind::Absolute;
        tree.parts = {grow_series(depth - 1)};
        break;
      case 4:
        tree.kind = Tree::Kind::If;
        tree.parts = {grow_series(depth - 1), grow(depth - 1)};
        if (below(3) > 0) tree.parts.push_back(grow(depth - 1));
        break;
      case 5:
        tree.kind = below(2) == 0 ? Tree::Kind::Fill : Tree::Kind::Repeat;
        tree.parts = {grow_series(depth - 1)};
        if (tree.kind == Tree::Kind::Fill) tree.parts.push_back(grow(depth - 1));
        break;
      case 6:
        tree.kind = Tree::Kind::Sum;
        tree.parts = {grow_series(depth - 1), grow_series(depth - 1)};
        break;
      default:
        tree = grow_binary(depth, true);
    }
    return tree;
  }

 private:
  Tree grow(int depth) { return below(2) == 0 ? grow_series(depth) : grow_number(depth); }

  Tree grow_number(int depth) {
    Tree tree;
    const int kind = depth == 0 ? 0 : below(4);
    if (kind == 1) return grow_binary(depth, false);
    if (kind == 2) {
      tree.kind = Tree::Kind::Minus;
      tree.parts = {grow_number(depth - 1)};
    } else if (kind == 3) {
      tree.kind = Tree::Kind::Largest;
      tree.parts = {grow_series(depth - 1)};
    } else {
      tree.number = below(6);
    }
    return tree;
  }

  Tree grow_binary(int depth, bool gives_series) {
    static const std::vector<std::string> kOperators{
        "+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "AND", "OR"};
    Tree tree;
    tree.kind = Tree::Kind::Binary;
    tree.gives_series = gives_series;
    tree.op = kOperators[static_cast<std::size_t>(below(static_cast<int>(kOperators.size())))];
    if (!gives_series) {
      tree.parts = {grow_number(depth - 1), grow_number(depth - 1)};
    } else if (below(2) == 0) {
      tree.parts = {grow_series(depth - 1), grow(depth - 1)};
    } else {
      tree.parts = {grow(depth - 1), grow_series(depth - 1)};
    }
    return tree;
  }

  std::mt19937_64 random_;
};

int level_of(const std::string& op) {
  if (op == "OR") return 1;
  if (op == "AND") return 2;
  if (op == "+" || op == "-") return 4;
  return op == "*" || op == "/" ? 5 : 3;
}

// With as few parentheses as the levels allow, so that precedence is put to the test.
std::string text_of_tree(const Tree& tree, int level = 0) {
  const auto part = [&](std::size_t i) { return text_of_tree(tree.parts[i]); };
  switch (tree.kind) {
    case Tree::Kind::Number:
      return std::to_string(tree.number);
    case Tree::Kind::Series:
      return "m" + std::to_string(tree.number);
    case Tree::Kind::Minus: {
      const std::string text = "-" + text_of_tree(tree.parts[0], 6);
      return level > 6 ? "(" + text + ")" : text;
    }
    case Tree::Kind::Binary: {
      const int own = level_of(tree.op);
      const std::string text = text_of_tree(tree.parts[0], own) + " " + tree.op + " " +
                               text_of_tree(tree.parts[1], own + 1);
      return level > own ? "(" + text + ")" : text;
    }
    case Tree::Kind::If:
      return "IF(" + part(0) + ", " + part(1) + (tree.parts.size() > 2 ? ", " + part(2) : "") + ")";
    case Tree::Kind::Fill:
      return "FILL(" + part(0) + "," + part(1) + ")";
    case Tree::Kind::Repeat:
      return "FILL(" + part(0) + ", REPEAT)";
    case Tree::Kind::Absolute:
      return "ABS(" + part(0) + ")";
    case Tree::Kind::Sum:
      return "SUM([" + part(0) + ", " + part(1) + "])";
    case Tree::Kind::Largest:
      return "MAX(" + part(0) + ")";
  }
  return {};
}

// What a tree is worth at one period, straight from the sentences of the guide.
class Reckoner {
 public:
  explicit Reckoner(const std::vector<NamedSeries>& series) : series_(series) {}

  MathPoint at(const Tree& tree, std::size_t i) const {
    switch (tree.kind) {
      case Tree::Kind::Number:
        return tree.number;
      case Tree::Kind::Series:
        return series_[static_cast<std::size_t>(tree.number)].series[i];
      case Tree::Kind::Minus: {
        const MathPoint value = at(tree.parts[0], i);
        return value ? MathPoint{-*value} : value;
      }
      case Tree::Kind::Absolute: {
        const MathPoint value = at(tree.parts[0], i);
        return value ? MathPoint{*value < 0 ? -*value : *value} : value;
      }
      case Tree::Kind::Binary:
        return binary(tree, i);
      case Tree::Kind::If:
        return choice(tree, i);
      case Tree::Kind::Fill: {
        const MathPoint value = at(tree.parts[0], i);
        return value ? value : at(tree.parts[1], i);
      }
      case Tree::Kind::Repeat: {
        std::size_t k = i;
        while (k > 0 && !at(tree.parts[0], k)) --k;
        return at(tree.parts[0], k);
      }
      case Tree::Kind::Sum: {
        const MathPoint left = at(tree.parts[0], i);
        const MathPoint right = at(tree.parts[1], i);
        if (!left && !right) return std::nullopt;
        return kept(left.value_or(0) + right.value_or(0));
      }
      case Tree::Kind::Largest: {
        MathPoint largest;
        for (std::size_t k = 0; k < kLength; ++k) {
          const MathPoint value = at(tree.parts[0], k);
          if (value && (!largest || *value > *largest)) largest = value;
        }
        return largest;
      }
    }
    return std::nullopt;
  }

 private:
  static MathPoint kept(double value) {
    return std::isfinite(value) ? MathPoint{value} : std::nullopt;
  }

  MathPoint binary(const Tree& tree, std::size_t i) const {
    MathPoint left = at(tree.parts[0], i);
    MathPoint right = at(tree.parts[1], i);
    if (!left && !right) return std::nullopt;
    // Beside a series that has a datapoint a series without one counts as 0, a number does not.
    if ((!left || !right) && !(tree.parts[0].gives_series && tree.parts[1].gives_series)) {
      return std::nullopt;
    }
    const double a = left.value_or(0);
    const double b = right.value_or(0);
    if (tree.op == "+") return kept(a + b);
    if (tree.op == "-") return kept(a - b);
    if (tree.op == "*") return kept(a * b);
    if (tree.op == "/") return b == 0 ? std::nullopt : kept(a / b);
    if (tree.op == "<") return a < b ? 1 : 0;
    if (tree.op == "<=") return a <= b ? 1 : 0;
    if (tree.op == ">") return a > b ? 1 : 0;
    if (tree.op == ">=") return a >= b ? 1 : 0;
    if (tree.op == "==") return a == b ? 1 : 0;
    if (tree.op == "!=") return a != b ? 1 : 0;
    const bool both = tree.op == "AND";
    return (both ? a != 0 && b != 0 : a != 0 || b != 0) ? 1 : 0;
  }

  MathPoint choice(const Tree& tree, std::size_t i) const {
    const MathPoint condition = at(tree.parts[0], i);
    if (!condition) return std::nullopt;
    if (*condition != 0) {
      const MathPoint value = at(tree.parts[1], i);
      return value || !tree.parts[1].gives_series ? value : MathPoint{0};
    }
    return tree.parts.size() > 2 ? at(tree.parts[2], i) : std::nullopt;
  }

  const std::vector<NamedSeries>& series_;
};

TEST(MetricMathRandom, ComputesWhatTheTreeIsWorth) {
  constexpr std::uint64_t kFirstSeed = 1;
  std::size_t datapoints = 0;
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + 3000; ++seed) {
    Gardener gardener{seed};
    std::vector<NamedSeries> series;
    std::vector<KnownId> ids;
    for (int i = 0; i < kSeries; ++i) {
      series.push_back({"m" + std::to_string(i), gardener.series(), true});
    }
    for (const NamedSeries& each : series) ids.push_back({each.id, true});
    const Tree tree = gardener.grow_series(1 + gardener.below(5));
    const std::string text = text_of_tree(tree);
    SCOPED_TRACE("seed " + std::to_string(seed) + ": " + text.substr(0, 2000));
    const auto parsed = parse_expression(text);
    if (text.size() > kLongestExpression) {
      EXPECT_TRUE(std::holds_alternative<ExpressionProblem>(parsed));
      continue;
    }
    ASSERT_TRUE(std::holds_alternative<Expression>(parsed))
        << std::get<ExpressionProblem>(parsed).message;
    const auto& expression = std::get<Expression>(parsed);
    const auto type = type_of(expression, ids);
    ASSERT_TRUE(std::holds_alternative<ValueType>(type))
        << std::get<ExpressionProblem>(type).message;
    ASSERT_EQ(std::get<ValueType>(type), ValueType::Series);
    const MathValue value = evaluate(expression, series, {kLength});
    const Reckoner reckoner{series};
    MathSeries expected;
    for (std::size_t i = 0; i < kLength; ++i) {
      expected.push_back(reckoner.at(tree, i));
      if (expected.back()) ++datapoints;
    }
    ASSERT_EQ(value.series.front(), expected)
        << "expected " << tests::text_of(expected) << "\nfound    "
        << tests::text_of(value.series.front());
  }
  EXPECT_GT(datapoints, 5000U);  // gaps are not all that was compared
}

}  // namespace
}  // namespace models::cloudwatch
