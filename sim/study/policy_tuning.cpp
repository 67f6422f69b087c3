#include "sim/study/policy_tuning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/check.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/study/binding_limit.hpp"
#include "sim/study/policy_run.hpp"
#include "sim/study/remedies.hpp"
#include "sim/study/replication.hpp"
#include "sim/study/shifted_scenario.hpp"
#include "sim/study/tuner.hpp"

namespace sim {
namespace {

using Point = PolicySpace::Point;

constexpr std::size_t kMostRunsOfSearch = 9;
// Policies that are played again as often as a check plays, before the search gives up.
constexpr std::size_t kMostCandidates = 25;
constexpr std::size_t kMostSensitivityRuns = 10;
// A policy that differs less from the winner in each number is no other policy.
constexpr double kClearlyOther = 0.1;

class PolicyTuning {
 public:
  PolicyTuning(const Scenario& scenario, const PolicySpace& space, const TuningOptions& options)
      : scenario_(scenario), space_(space), options_(options) {}

  TuneResult run() {
    describe_space();
    play_written();
    const TunerResult found = search();
    result_.effort.policies = found.points;
    result_.effort.runs = found.runs;
    result_.effort.often = found.ranking.size();
    CHECK(!found.ranking.empty());
    choose(found);
    if (result_.feasible) {
      find_runner_up(found);
    } else {
      find_binding_limit();
    }
    find_sensitivity();
    return std::move(result_);
  }

 private:
  void tell(std::string_view stage, std::size_t runs) {
    played_ += runs;
    if (options_.progress) options_.progress(stage, played_);
  }

  void describe_space() {
    result_.confidence = options_.confidence;
    for (const PolicyNumber& number : space_.numbers()) {
      result_.ranges.push_back(fmt::format("{} {} to {}", number.name,
                                           format_number(number.values.front()),
                                           format_number(number.values.back())));
    }
  }

  std::vector<PolicyRun> play(const Scenario& scenario, std::uint64_t first, std::size_t count,
                              std::string_view stage, bool until_failed) {
    auto runs = play_runs(scenario, first, count, options_.threads, until_failed);
    tell(stage, runs.size());
    return runs;
  }

  void play_written() {
    result_.written =
        priced(scenario_, play(scenario_, kFirstFreshRun, options_.runs, "the file", false));
    result_.has_price = mean_at(result_.written.mean, "cost.total").mean.has_value();
  }

  TunerResult search() {
    TunerTask task;
    for (const PolicyNumber& number : space_.numbers()) task.sizes.push_back(number.values.size());
    task.start = space_.written();
    task.first = {space_.most_eager()};
    task.admit = [this](const Point& point) { return space_.admit(point); };
    task.play = [this](const std::vector<RunRequest>& requests) { return play(requests); };
    TunerOptions options;
    options.budget = options_.budget;
    options.runs_of_the_best = std::min(kMostRunsOfSearch, options_.runs);
    options.seed = scenario_.run.seed;
    return Tuner(std::move(task), options).search();
  }

  std::vector<Outcome> play(const std::vector<RunRequest>& requests) {
    std::map<Point, Scenario> scenarios;
    std::vector<RunOfScenario> list;
    for (const RunRequest& request : requests) {
      auto found = scenarios.find(request.point);
      if (found == scenarios.end()) {
        found = scenarios.emplace(request.point, *space_.scenario_at(request.point)).first;
      }
      list.push_back({&found->second, request.run});
    }
    std::vector<PolicyRun> played = play_list(list, options_.threads);
    tell("searching", played.size());
    std::vector<Outcome> outcomes;
    for (std::size_t i = 0; i < played.size(); ++i) {
      outcomes.push_back(judged(played[i]));
      auto& kept = runs_[requests[i].point];
      CHECK_EQ(kept.size(), requests[i].run);
      kept.push_back(std::move(played[i]));
    }
    return outcomes;
  }

  // The first of the ranking that meets as many runs of the search as a check has, and then that
  // many fresh ones.
  void choose(const TunerResult& found) {
    result_.effort.met = static_cast<std::size_t>(
        std::count_if(found.ranking.begin(), found.ranking.end(),
                      [](const TriedPoint& tried) { return tried.violation() == 0; }));
    result_.best = priced_point(found.ranking.front().point);
    const std::size_t candidates = std::min(kMostCandidates, result_.effort.met);
    double doubt = 1 - options_.confidence;
    for (std::size_t i = 0; i < candidates; ++i) {
      const Point& point = found.ranking[i].point;
      const Scenario scenario = *space_.scenario_at(point);
      if (!meets_more_runs(point, scenario)) continue;
      const std::uint64_t first = kFirstFreshRun + result_.attempts * options_.runs;
      ++result_.attempts;
      doubt /= 2;
      const auto fresh = play(scenario, first, options_.runs, "checking", true);
      result_.effort.check_runs += fresh.size();
      if (!all_met(fresh)) continue;
      result_.feasible = true;
      result_.share_met_at_least = share_met_at_least(options_.runs, doubt);
      result_.best = with_numbers(priced(scenario, fresh), scenario);
      winner_ = point;
      return;
    }
  }

  bool meets_more_runs(const Point& point, const Scenario& scenario) {
    auto& runs = runs_.at(point);
    if (runs.size() < options_.runs) {
      const auto more =
          play(scenario, runs.size(), options_.runs - runs.size(), "playing more often", true);
      result_.effort.check_runs += more.size();
      runs.insert(runs.end(), more.begin(), more.end());
    }
    return all_met(runs);
  }

  PricedPolicy with_numbers(PricedPolicy policy, const Scenario& scenario) const {
    for (const PolicyNumber& number : space_.numbers()) {
      policy.numbers.push_back(
          {number.name, number.read(scenario), number.read(scenario_), number.paths});
    }
    return policy;
  }

  PricedPolicy priced_point(const Point& point) const {
    const Scenario scenario = *space_.scenario_at(point);
    return with_numbers(priced(scenario, runs_.at(point)), scenario);
  }

  bool is_clearly_other(const Point& point) const {
    for (std::size_t i = 0; i < point.size(); ++i) {
      const std::vector<double>& values = space_.numbers()[i].values;
      const double a = values[point[i]];
      const double b = values[winner_[i]];
      if (std::abs(a - b) > kClearlyOther * std::max(std::abs(a), std::abs(b))) return true;
    }
    return false;
  }

  void find_runner_up(const TunerResult& found) {
    for (const TriedPoint& tried : found.ranking) {
      if (tried.violation() > 0) return;
      if (tried.point == winner_ || !is_clearly_other(tried.point)) continue;
      if (!all_met(runs_.at(tried.point))) continue;
      result_.runner_up = priced_point(tried.point);
      return;
    }
  }

  void find_binding_limit() {
    StudyOfLimits study;
    study.written = &scenario_;
    study.nearest = &result_.best;
    study.most_instances = most_useful_instances(scenario_);
    study.runs = options_.runs;
    study.threads = options_.threads;
    study.played = [this](std::size_t runs) { tell("looking for what stands in the way", runs); };
    result_.remedies = find_remedies(study);
    result_.binding = find_limit(study);
  }

  void find_sensitivity() {
    const std::size_t count = std::min(kMostSensitivityRuns, options_.runs);
    for (const Influence influence :
         {Influence::Startup, Influence::ServiceTime, Influence::Traffic}) {
      for (const double factor : {0.9, 1.1}) {
        const Scenario scenario = shifted(result_.best.scenario, influence, factor);
        const auto runs = play(scenario, kFirstFreshRun, count, "what it depends on", false);
        const PricedPolicy policy = priced(scenario, runs);
        SensitivityRow row;
        row.influence = to_string(influence);
        row.factor = factor;
        row.met = policy.mean.met_count;
        row.runs = policy.runs();
        row.cost = policy.cost;
        std::size_t fewest = row.runs;
        for (const ExpectationMargin& margin : policy.margins) {
          if (margin.met >= fewest) continue;
          fewest = margin.met;
          row.first_failed = margin.expectation.that;
        }
        result_.sensitivity.push_back(std::move(row));
      }
    }
  }

  const Scenario& scenario_;
  const PolicySpace& space_;
  const TuningOptions& options_;
  std::map<Point, std::vector<PolicyRun>> runs_;  // of runs 0, 1, ...
  Point winner_;
  std::size_t played_ = 0;
  TuneResult result_;
};

}  // namespace

TuneResult tune_policy(const Scenario& scenario, const PolicySpace& space,
                       const TuningOptions& options) {
  CHECK(!space.numbers().empty());
  CHECK(!scenario.expectations.empty());
  CHECK(options.runs >= 2);
  return PolicyTuning(scenario, space, options).run();
}

std::int32_t most_useful_instances(const Scenario& scenario) {
  std::int32_t most = 1;
  for (const MinuteRecord& minute : play_run(scenario, {}).result.minutes) {
    most = std::max(most, minute.demand);
  }
  return 2 * most;
}

double share_met_at_least(std::size_t runs, double doubt) {
  CHECK(runs > 0 && doubt > 0 && doubt < 1);
  return std::pow(doubt, 1 / static_cast<double>(runs));
}

}  // namespace sim
