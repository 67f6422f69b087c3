#include "models/cloudwatch/metric_query_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <variant>

#include "core/check.hpp"
#include "models/cloudwatch/metric_expression.hpp"
#include "models/cloudwatch/metric_math_types.hpp"

namespace models::cloudwatch {
namespace {

constexpr std::size_t kMostOfEachKind = 10;
constexpr std::size_t kLongestId = 255;

bool is_id(std::string_view id) {
  const auto in_range = [](char c, char from, char to) { return c >= from && c <= to; };
  return !id.empty() && id.size() <= kLongestId && in_range(id.front(), 'a', 'z') &&
         std::all_of(id.begin(), id.end(), [&](char c) {
           return in_range(c, 'a', 'z') || in_range(c, 'A', 'Z') || in_range(c, '0', '9') ||
                  c == '_';
         });
}

const std::string* expression_of(const MetricQuery& query) {
  return std::get_if<std::string>(&query.source);
}

std::int64_t whole_seconds(Duration span) {
  return std::chrono::duration_cast<std::chrono::seconds>(span).count();
}

// The order in which expressions can be computed, or the circle that forbids any.
class DependencyWalk {
 public:
  explicit DependencyWalk(std::span<const MetricQuery> queries)
      : queries_(queries), marks_(queries.size(), Mark::Unseen) {
    for (const MetricQuery& query : queries) {
      std::vector<ReferencedId>& names = names_.emplace_back();
      const std::string* text = expression_of(query);
      if (text == nullptr) continue;
      const auto parsed = parse_expression(*text);
      if (const auto* expression = std::get_if<Expression>(&parsed)) {
        names = referenced_ids(*expression);
      }
    }
  }

  struct Circle {
    std::size_t query = 0;   // the one that closes it
    std::size_t offset = 0;  // where it does
    std::string path;        // "e1, e2, e1"
  };

  // Every circle once.
  std::vector<Circle> circles() {
    for (std::size_t i = 0; i < queries_.size(); ++i) visit(i);
    return std::move(circles_);
  }
  std::vector<std::size_t> order() {
    for (std::size_t i = 0; i < queries_.size(); ++i) visit(i);
    CHECK(circles_.empty());
    return std::move(order_);
  }

 private:
  enum class Mark { Unseen, OnTheWay, Done };

  // As deep as there are expressions.
  void visit(std::size_t index) {
    if (marks_[index] != Mark::Unseen || expression_of(queries_[index]) == nullptr) return;
    marks_[index] = Mark::OnTheWay;
    way_.push_back(index);
    for (const ReferencedId& named : names_[index]) {
      const auto target = std::find_if(queries_.begin(), queries_.end(),
                                       [&](const auto& query) { return query.id == named.id; });
      if (target == queries_.end()) continue;
      const auto next = static_cast<std::size_t>(target - queries_.begin());
      if (marks_[next] == Mark::OnTheWay) {
        circles_.push_back({index, named.offset, path_from(next)});
      } else {
        visit(next);
      }
    }
    way_.pop_back();
    marks_[index] = Mark::Done;
    order_.push_back(index);
  }

  std::string path_from(std::size_t first) const {
    std::string path;
    for (auto step = std::find(way_.begin(), way_.end(), first); step != way_.end(); ++step) {
      path += queries_[*step].id + ", ";
    }
    return path + queries_[first].id;
  }

  std::span<const MetricQuery> queries_;
  std::vector<std::vector<ReferencedId>> names_;  // by query
  std::vector<Mark> marks_;
  std::vector<std::size_t> way_;
  std::vector<std::size_t> order_;
  std::vector<Circle> circles_;
};

class QueryChecker {
 public:
  explicit QueryChecker(std::span<const MetricQuery> queries) : queries_(queries) {}

  std::vector<QueryProblem> check() {
    if (!check_counts()) return std::move(problems_);
    for (std::size_t i = 0; i < queries_.size(); ++i) check_id(i);
    check_return_data();
    check_periods();
    for (auto& circle : DependencyWalk(queries_).circles()) {
      add(circle.query, "Expression",
          fmt::format("expected an expression that does not lead back to itself, found {}",
                      circle.path),
          circle.offset);
    }
    for (std::size_t i = 0; i < queries_.size(); ++i) check_expression(i);
    return std::move(problems_);
  }

 private:
  void add(std::size_t query, std::string field, std::string message, std::size_t offset = 0,
           std::string hint = {}) {
    problems_.push_back({query, std::move(field), offset, std::move(message), std::move(hint)});
  }

  bool check_counts() {
    const auto expressions = static_cast<std::size_t>(
        std::count_if(queries_.begin(), queries_.end(),
                      [](const MetricQuery& query) { return expression_of(query) != nullptr; }));
    const std::size_t metrics = queries_.size() - expressions;
    const auto limit = [&](std::size_t count, std::string_view kind) {
      if (count > kMostOfEachKind) {
        add(0, "Metrics",
            fmt::format("expected at most {} {}, found {}", kMostOfEachKind, kind, count));
      }
    };
    limit(metrics, "metrics");
    limit(expressions, "expressions");
    if (metrics == 0) add(0, "Metrics", "expected at least one MetricStat, found none");
    return problems_.empty();
  }

  void check_id(std::size_t index) {
    const std::string& id = queries_[index].id;
    if (!is_id(id)) {
      add(index, "Id",
          fmt::format("expected a small letter, then letters, digits and underscores, found '{}'",
                      id.substr(0, 40)));
      return;
    }
    for (std::size_t before = 0; before < index; ++before) {
      if (queries_[before].id != id) continue;
      add(index, "Id", fmt::format("expected each Id once, found '{}' again", id));
      return;
    }
  }

  void check_return_data() {
    std::vector<std::size_t> returned;
    for (std::size_t i = 0; i < queries_.size(); ++i) {
      if (queries_[i].return_data) returned.push_back(i);
    }
    if (returned.size() == 1) return;
    add(returned.size() > 1 ? returned[1] : 0, "ReturnData",
        fmt::format("expected exactly one query whose ReturnData is true, found {}",
                    returned.size()),
        0, returned.empty() ? "" : "ReturnData is true unless it is given");
  }

  void check_periods() {
    std::optional<Duration> period;
    for (std::size_t i = 0; i < queries_.size(); ++i) {
      const auto* metric = std::get_if<MetricStat>(&queries_[i].source);
      if (metric == nullptr) continue;
      if (period && metric->period != *period) {
        add(i, "MetricStat.Period",
            fmt::format("expected the same Period for all metrics ({}), found {}",
                        whole_seconds(*period), whole_seconds(metric->period)));
        return;
      }
      period = metric->period;
    }
  }

  void check_expression(std::size_t index) {
    const std::string* text = expression_of(queries_[index]);
    if (text == nullptr) return;
    const auto parsed = parse_expression(*text);
    if (const auto* problem = std::get_if<ExpressionProblem>(&parsed)) {
      add(index, "Expression", problem->message, problem->offset, problem->hint);
      return;
    }
    std::vector<KnownId> known;
    for (const MetricQuery& query : queries_) {
      known.push_back({query.id, expression_of(query) == nullptr});
    }
    const auto type = type_of(std::get<Expression>(parsed), known);
    if (const auto* problem = std::get_if<ExpressionProblem>(&type)) {
      add(index, "Expression", problem->message, problem->offset, problem->hint);
      return;
    }
    const ValueType result = std::get<ValueType>(type);
    if (result == ValueType::Series) return;
    const bool is_number = result == ValueType::Scalar;
    add(index, "Expression",
        fmt::format("expected an expression that gives one series, found {}", to_string(result)), 0,
        is_number                          ? "TIME_SERIES makes a series of a number"
        : result == ValueType::SeriesArray ? "SUM, AVG, MIN or MAX make one series of several"
                                           : "");
  }

  std::span<const MetricQuery> queries_;
  std::vector<QueryProblem> problems_;
};

}  // namespace

std::vector<QueryProblem> validate_queries(std::span<const MetricQuery> queries) {
  return QueryChecker(queries).check();
}

std::vector<std::size_t> computation_order(std::span<const MetricQuery> queries) {
  return DependencyWalk(queries).order();
}

}  // namespace models::cloudwatch
