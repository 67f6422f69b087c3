#include "sim/study/scaling_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "sim/report/humane_text.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/study/benchmark.hpp"
#include "sim/study/ordered_work.hpp"
#include "sim/study/plan_derivation.hpp"
#include "sim/study/plan_evaluation.hpp"
#include "sim/study/planned_scaling.hpp"

namespace sim {
namespace {

constexpr double kDefaultGrowth = 1.2;

PlanBasis basis_of(const Scenario& scenario, const PlanOptions& options) {
  const PlanSettings& settings = options.settings;
  PlanBasis basis;
  basis.min_is_from_traffic = !settings.min_rate;
  basis.max_is_from_traffic = !settings.max_rate;
  if (basis.min_is_from_traffic || basis.max_is_from_traffic) {
    const RateRange traffic = rates_of_traffic(scenario);
    basis.min_rate = traffic.least;
    basis.max_rate = traffic.largest;
  }
  if (settings.min_rate) basis.min_rate = *settings.min_rate;
  if (settings.max_rate) basis.max_rate = *settings.max_rate;
  basis.has_users = has_users(scenario);
  basis.growth = settings.growth.value_or(kDefaultGrowth);
  basis.growth_is_default = !settings.growth;
  if (options.utilizations.empty() && !settings.utilization) {
    basis.objective = settings.optimize.value_or(PlanObjective::Balanced);
  }
  basis.cpu = settings.cpu;
  basis.latency_threshold = settings.latency_threshold;
  basis.spawn_per_minute = settings.spawn_per_minute;
  return basis;
}

std::vector<double> utilizations_of(const PlanBasis& basis, const PlanOptions& options) {
  if (basis.objective) return {utilization_of(*basis.objective)};
  std::vector<double> all = options.utilizations;
  if (all.empty()) all.push_back(*options.settings.utilization);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::string problem_of(const PlanBasis& basis) {
  if (basis.max_rate.per_second() <= 0) {
    return "the scenario's traffic has no requests: give --min-rate and --max-rate";
  }
  if (basis.max_rate >= basis.min_rate) return {};
  return fmt::format("expected a highest rate of at least the least rate, found {} and {}: {}",
                     format_rate(basis.max_rate), format_rate(basis.min_rate),
                     basis.min_is_from_traffic   ? "the latter is the scenario's traffic; give "
                                                   "--min-rate too"
                     : basis.max_is_from_traffic ? "the former is the scenario's traffic; give "
                                                   "--max-rate too"
                                                 : "exchange --min-rate and --max-rate");
}

std::string problem_of(const Scenario& scenario, const BenchmarkResult& benchmark,
                       const PlanTarget& target) {
  const std::string& type = scenario.variants.front().variant.instance_type;
  if (!benchmark.knee) {
    return fmt::format(
        "one {} is not saturated by {}: `headroom benchmark` shows its rows, and "
        "--max-users lets more come",
        type, counted(benchmark.steps.back().users, "user", "users"));
  }
  if (target.invocations_per_instance <= 0) {
    return fmt::format("{} of one {} are no invocation a minute", humane_share(target.utilization),
                       type);
  }
  if (target.max_capacity >= kMostPlannedInstances) {
    return fmt::format("it takes {} instances of {} or more: the highest rate is out of reach",
                       humane_count(target.max_capacity), type);
  }
  return {};
}

// A case, or why there is none.
struct CaseOutcome {
  std::optional<PlanCase> made;
  std::string problem;
};

// Derived, not played yet.
CaseOutcome derive(const Scenario& scenario, const BenchmarkResult& benchmark,
                   const PlanBasis& basis, double utilization) {
  const double saturated =
      benchmark.knee ? benchmark.steps[*benchmark.knee].invocations_per_minute : 0;
  PlanCase made;
  made.target = plan_target(saturated, utilization, scenario.variants.front().variant.vcpus, basis);
  if (std::string problem = problem_of(scenario, benchmark, made.target); !problem.empty()) {
    return {std::nullopt, problem};
  }
  measure_at_target(scenario, benchmark.step_duration, made.target);
  made.planned = planned_scenario(scenario, made.target, basis);
  made.derivation = derivation_of(scenario, benchmark, basis, made.target);
  made.warnings = warnings_of(benchmark, basis, made.target);
  return {std::move(made), {}};
}

// Played on the scenario's traffic, and where a benchmark is given under the load test as well.
void evaluate(PlanCase& made, const PlanBasis& basis, const BenchmarkResult* benchmark) {
  made.evaluation = evaluate_on_traffic(made.planned);
  if (benchmark != nullptr) {
    made.evaluation.load_test = run_load_test(made.planned, basis, *benchmark);
  }
  made.shortcomings = shortcomings_of(made.evaluation, basis);
}

CaseOutcome of_utilization(const Scenario& scenario, const PlanResult& plan, double utilization) {
  CaseOutcome outcome = derive(scenario, plan.benchmark, plan.basis, utilization);
  if (outcome.made) evaluate(*outcome.made, plan.basis, &plan.benchmark);
  return outcome;
}

CaseOutcome of_candidate(const Scenario& scenario, const Candidate& candidate,
                         const PlanBasis& basis, double utilization) {
  const Scenario other = on_candidate(scenario, candidate);
  CaseOutcome outcome = derive(other, run_benchmark(other, {}), basis, utilization);
  if (!outcome.made) {
    outcome.problem = fmt::format("candidate {}: {}", one_line(candidate.name), outcome.problem);
    return outcome;
  }
  outcome.made->name = candidate.name;
  evaluate(*outcome.made, basis, nullptr);
  return outcome;
}

double cost_of(const PlanCase& made) {
  return made.evaluation.traffic.cost ? made.evaluation.traffic.cost->total : 1e300;
}

// The fewest errors, then the lowest p99.
bool is_safer(const PlanCase& a, const PlanCase& b) {
  const auto key = [](const PlanCase& made) {
    const Summary& summary = made.evaluation.traffic;
    return std::pair(summary.errors.rate.value_or(0), summary.latency.p99.value_or(0));
  };
  return key(a) < key(b);
}

// The cheapest of those that pass; if none does, the safest.
std::size_t chosen_of(const std::vector<PlanCase>& cases) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (!cases[i].shortcomings.empty()) continue;
    if (!best || cost_of(cases[i]) < cost_of(cases[*best])) best = i;
  }
  if (best) return *best;
  return static_cast<std::size_t>(std::min_element(cases.begin(), cases.end(), is_safer) -
                                  cases.begin());
}

// Empty, or why they cannot be compared.
std::string compare_candidates(const Scenario& scenario, std::size_t threads, PlanResult& plan) {
  std::string problem;
  plan.candidates.push_back(plan.plan());
  ordered_work(
      scenario.candidates.size(), threads,
      [&](std::size_t index) {
        return of_candidate(scenario, scenario.candidates[index], plan.basis,
                            plan.plan().target.utilization);
      },
      [&](std::size_t, CaseOutcome outcome) {
        problem = outcome.problem;
        if (outcome.made) plan.candidates.push_back(std::move(*outcome.made));
        return problem.empty();
      });
  if (!problem.empty()) return problem;
  for (std::size_t i = 0; i < plan.candidates.size(); ++i) {
    const PlanCase& made = plan.candidates[i];
    if (made.evaluation.traffic.cost &&
        (!plan.cheapest || cost_of(made) < cost_of(plan.candidates[*plan.cheapest]))) {
      plan.cheapest = i;
    }
    if (!plan.safest || is_safer(made, plan.candidates[*plan.safest])) plan.safest = i;
  }
  return {};
}

}  // namespace

Scenario on_candidate(const Scenario& scenario, const Candidate& candidate) {
  Scenario other = scenario;
  ScenarioVariant& variant = other.variants.front();
  variant.variant = candidate.variant.variant;
  variant.price_table = candidate.variant.price_table;
  variant.benchmark = candidate.variant.benchmark;
  return other;
}

PlanOutcome make_scaling_plan(const Scenario& scenario, const PlanOptions& options) {
  PlanResult plan;
  plan.basis = basis_of(scenario, options);
  if (std::string problem = problem_of(plan.basis); !problem.empty()) return {{}, problem};
  plan.benchmark = run_benchmark(scenario, {});
  const std::vector<double> utilizations = utilizations_of(plan.basis, options);
  std::string problem;
  ordered_work(
      utilizations.size(), options.threads,
      [&](std::size_t index) { return of_utilization(scenario, plan, utilizations[index]); },
      [&](std::size_t, CaseOutcome outcome) {
        problem = outcome.problem;
        if (outcome.made) plan.cases.push_back(std::move(*outcome.made));
        return problem.empty();
      });
  if (!problem.empty()) return {{}, problem};
  plan.chosen = chosen_of(plan.cases);
  if (!scenario.candidates.empty()) {
    problem = compare_candidates(scenario, options.threads, plan);
    if (!problem.empty()) return {{}, problem};
  }
  return {std::move(plan), {}};
}

}  // namespace sim
