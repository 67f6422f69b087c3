#include "models/cloudwatch/alarm_validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <string_view>
#include <utility>

#include "models/cloudwatch/metric_query_rules.hpp"

namespace models::cloudwatch {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t kMostDimensions = 30;
constexpr std::size_t kMostActions = 5;
constexpr std::size_t kLongestAction = 1024;
constexpr std::array<Duration, 5> kWallClockPeriods{minutes{1}, minutes{5}, hours{1}, days{1},
                                                    days{7}};

// UTF-8's continuations of a character begin with the bits 10.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

// Long texts are cut, between two characters.
std::string shown(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  if (text.size() <= kLongest) return std::string{text};
  std::size_t end = kLongest;
  while (end > 0 && characters(text.substr(end, 1)) == 0) --end;
  return fmt::format("{}...", text.substr(0, end));
}

bool is_period(Duration period) {
  return period == seconds{10} || period == seconds{20} || period == seconds{30} ||
         (period >= minutes{1} && period % minutes{1} == Duration::zero());
}

class AlarmChecker {
 public:
  explicit AlarmChecker(const AlarmConfiguration& alarm) : alarm_(alarm) {}

  std::vector<AlarmProblem> check() {
    check_length("AlarmName", "alarmName", alarm_.name, 1, 255);
    check_length("AlarmDescription", "alarmDescription", alarm_.description, 0, 1024);
    if (alarm_.metrics.empty()) {
      check_metric(alarm_.metric, "");
      check_period("Period", alarm_.period);
    } else {
      check_math();
    }
    check_statistic("ExtendedStatistic", alarm_.statistic);
    check_numbers();
    check_span();
    check_evaluation_window();
    check_warm_up();
    check_actions();
    return std::move(problems_);
  }

 private:
  void add(std::string field, std::string message, std::size_t offset = 0, std::string hint = {}) {
    problems_.push_back({std::move(field), offset, std::move(message), std::move(hint)});
  }

  // As AWS tells a constraint of its service model.
  void add_constraint(std::string field, std::string_view value, std::string_view member,
                      std::string_view constraint) {
    add(std::move(field),
        fmt::format("1 validation error detected: Value '{}' at '{}' failed to satisfy constraint: "
                    "Member must {}",
                    shown(value), member, constraint));
  }

  void check_length(std::string field, std::string_view member, std::string_view text,
                    std::size_t least, std::size_t most) {
    const std::size_t length = characters(text);
    if (length < least) {
      add_constraint(std::move(field), text, member,
                     fmt::format("have length greater than or equal to {}", least));
    } else if (length > most) {
      add_constraint(std::move(field), text, member,
                     fmt::format("have length less than or equal to {}", most));
    }
  }

  // `prefix`: "" or "Metrics[2].MetricStat.Metric.".
  void check_metric(const MetricId& metric, const std::string& prefix) {
    check_length(prefix + "MetricName", "metricName", metric.name, 1, 255);
    check_length(prefix + "Namespace", "namespace", metric.metric_namespace, 1, 255);
    if (metric.metric_namespace.starts_with(':')) {
      add_constraint(prefix + "Namespace", metric.metric_namespace, "namespace",
                     "satisfy regular expression pattern: [^:].*");
    }
    if (metric.dimensions.size() > kMostDimensions) {
      add_constraint(prefix + "Dimensions", std::to_string(metric.dimensions.size()), "dimensions",
                     fmt::format("have length less than or equal to {}", kMostDimensions));
    }
    for (std::size_t i = 0; i < metric.dimensions.size(); ++i) {
      const std::string field = fmt::format("{}Dimensions[{}].", prefix, i);
      check_length(field + "Name", fmt::format("dimensions.{}.member.name", i + 1),
                   metric.dimensions[i].name, 1, 255);
      check_length(field + "Value", fmt::format("dimensions.{}.member.value", i + 1),
                   metric.dimensions[i].value, 1, 1024);
    }
  }

  void check_period(std::string field, Duration period) {
    if (is_period(period)) return;
    add(std::move(field), "Period must be 10, 20, 30 or a multiple of 60");
  }

  void check_statistic(std::string field, const StatisticChoice& statistic) {
    if (statistic.percentile() == nullptr) return;
    const double percent = statistic.percentile()->percent;
    if (percent >= 0 && percent <= 100) return;
    add(std::move(field), fmt::format("The value {} for parameter ExtendedStatistic is invalid.",
                                      to_string(statistic)));
  }

  void check_math() {
    if (!alarm_.metric.name.empty() || !alarm_.metric.metric_namespace.empty()) {
      add("Metrics", "The parameters MetricName and Metrics must not be given together.");
    }
    for (const QueryProblem& problem : validate_queries(alarm_.metrics)) {
      std::string field = problem.field == "Metrics"
                              ? problem.field
                              : fmt::format("Metrics[{}].{}", problem.query, problem.field);
      add(std::move(field), problem.message, problem.offset, problem.hint);
    }
    for (std::size_t i = 0; i < alarm_.metrics.size(); ++i) {
      const auto* stat = std::get_if<MetricStat>(&alarm_.metrics[i].source);
      if (stat == nullptr) continue;
      const std::string prefix = fmt::format("Metrics[{}].MetricStat.", i);
      check_metric(stat->metric, prefix + "Metric.");
      check_period(prefix + "Period", stat->period);
      check_statistic(prefix + "Stat", stat->statistic);
    }
  }

  void check_numbers() {
    const auto positive = [this](std::string field, std::string_view member, std::int32_t value) {
      if (value >= 1) return;
      add_constraint(std::move(field), std::to_string(value), member,
                     "have value greater than or equal to 1");
    };
    positive("EvaluationPeriods", "evaluationPeriods", alarm_.evaluation_periods);
    positive("DatapointsToAlarm", "datapointsToAlarm", alarm_.datapoints_to_alarm);
    if (alarm_.datapoints_to_alarm > alarm_.evaluation_periods) {
      add("DatapointsToAlarm", "DatapointsToAlarm must be less than or equal to EvaluationPeriods");
    }
    if (!std::isfinite(alarm_.threshold)) add("Threshold", "Threshold must be a finite number");
  }

  // Counted in seconds: the product of two wild numbers has no room in nanoseconds.
  void check_span() {
    const Duration period = period_of(alarm_);
    if (period <= Duration::zero() || alarm_.evaluation_periods < 1) return;
    const std::int64_t period_s = std::chrono::duration_cast<seconds>(period).count();
    constexpr std::int64_t kDay = 86'400;
    constexpr std::int64_t kWeek = 7 * kDay;
    const bool too_long = alarm_.evaluation_periods > kWeek || period_s > kWeek;
    const std::int64_t span_s = too_long ? kWeek + 1 : period_s * alarm_.evaluation_periods;
    if (span_s > kWeek) {
      add("EvaluationPeriods",
          "Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be "
          "<= 604800)");
    } else if (period < hours{1} && span_s > kDay) {
      add("EvaluationPeriods",
          "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= "
          "86400) for alarms using period < 3600");
    }
  }

  void check_evaluation_window() {
    if (alarm_.evaluation_window == EvaluationWindow::SlidingWindow) return;
    const Duration period = period_of(alarm_);
    if (std::find(kWallClockPeriods.begin(), kWallClockPeriods.end(), period) ==
        kWallClockPeriods.end()) {
      add("EvaluationWindow",
          "Period must be 60, 300, 3600, 86400 or 604800 with a WallClockWindow");
    }
    if (alarm_.wall_clock_utc_offset % minutes{5} != Duration::zero()) {
      add("EvaluationWindow.WallClockWindow.Timezone",
          "The offset of the time zone must be a multiple of 5 minutes");
    }
  }

  void check_warm_up() {
    if (!alarm_.warm_up) return;
    const Duration period = alarm_.warm_up->period;
    if (period >= minutes{1} && period <= minutes{2880} &&
        period % minutes{1} == Duration::zero()) {
      return;
    }
    add("WarmUpConfiguration.WarmUpPeriodDurationInMinutes",
        "WarmUpPeriodDurationInMinutes must be a whole number from 1 to 2880");
  }

  void check_actions() {
    const std::vector<std::string>& actions = alarm_.alarm_actions;
    if (actions.size() > kMostActions) {
      add_constraint("AlarmActions", std::to_string(actions.size()), "alarmActions",
                     fmt::format("have length less than or equal to {}", kMostActions));
    }
    for (std::size_t i = 0; i < actions.size(); ++i) {
      check_length(fmt::format("AlarmActions[{}]", i), fmt::format("alarmActions.{}.member", i + 1),
                   actions[i], 1, kLongestAction);
    }
  }

  const AlarmConfiguration& alarm_;
  std::vector<AlarmProblem> problems_;
};

}  // namespace

std::vector<AlarmProblem> validate(const AlarmConfiguration& alarm) {
  return AlarmChecker(alarm).check();
}

}  // namespace models::cloudwatch
