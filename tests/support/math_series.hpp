// Writes series of datapoints as in AWS's examples, "30 - 0 0 30" from the oldest to the newest,
// and computes expressions over them.
#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "models/cloudwatch/metric_math.hpp"

namespace tests {

inline models::cloudwatch::MathSeries series(const std::string& text) {
  models::cloudwatch::MathSeries points;
  std::istringstream words{text};
  for (std::string word; words >> word;) {
    points.push_back(word == "-" ? std::nullopt : models::cloudwatch::MathPoint{std::stod(word)});
  }
  return points;
}

inline std::string text_of(const models::cloudwatch::MathSeries& points) {
  std::ostringstream text;
  for (const auto& point : points) {
    if (!text.str().empty()) text << ' ';
    if (point) text << *point;
    if (!point) text << '-';
  }
  return text.str();
}

// Metrics of a minute's period, the oldest of Monday, 2 March 2026, 08:58 UTC.
class MathBench {
 public:
  explicit MathBench(std::vector<std::pair<std::string, std::string>> metrics) {
    for (auto& [id, text] : metrics) known_.push_back({id, series(text), true});
    window_.length = known_.front().series.size();
    window_.oldest_unix_s = 1'772'441'880;
  }

  // The series that an expression gives, as text; or what is wrong with it.
  std::string operator()(const std::string& text) const {
    using namespace models::cloudwatch;
    const auto parsed = parse_expression(text);
    if (const auto* problem = std::get_if<ExpressionProblem>(&parsed)) return told(*problem);
    std::vector<KnownId> ids;
    for (const NamedSeries& each : known_) ids.push_back({each.id, each.is_metric});
    const auto& expression = std::get<Expression>(parsed);
    const auto type = type_of(expression, ids);
    if (const auto* problem = std::get_if<ExpressionProblem>(&type)) return told(*problem);
    const MathValue value = evaluate(expression, known_, window_);
    EXPECT_EQ(value.type, std::get<ValueType>(type));
    if (value.type == ValueType::Scalar) return text_of({value.scalar});
    std::string all;
    for (const MathSeries& one : value.series) all += (all.empty() ? "" : ", ") + text_of(one);
    return all;
  }

 private:
  static std::string told(const models::cloudwatch::ExpressionProblem& problem) {
    return std::to_string(problem.offset) + ": " + problem.message +
           (problem.hint.empty() ? "" : "; " + problem.hint);
  }

  std::vector<models::cloudwatch::NamedSeries> known_;
  models::cloudwatch::MathWindow window_;
};

}  // namespace tests
