// Compares what the request planes do with the closed forms of queueing theory: the theory must lie
// within the 99 % interval of twenty independent runs.
//
// Seeds are fixed, so a test gives the same verdict every time.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "tests/support/plane_case.hpp"
#include "tests/support/queueing_formulas.hpp"
#include "tests/support/theory_runs.hpp"

namespace models::endpoint {
namespace {

using namespace tests;
using namespace std::chrono_literals;

class QueueingTheory : public testing::TestWithParam<PlaneKind> {};

TEST_P(QueueingTheory, MarkovianQueues) {
  for (const int c : {1, 4, 8}) {
    const Mmc theory{.lambda = 0.8 * c * kMu, .mu = kMu, .c = c};
    const auto runs = runs_of(case_of(ExponentialSpan{kMeanService}, c, theory.lambda), GetParam());
    SCOPED_TRACE(testing::Message() << "M/M/" << c);
    expect_theory(theory.lambda, runs, rate_of);
    expect_theory(theory.mean_wait(), runs, mean_wait);
    expect_theory(theory.mean_response(), runs, mean_response);
    expect_theory(theory.wait_quantile(0.99), runs, wait_p99, kHistogramError);
    const double response = tests::quantile_of([&](double t) { return theory.response_beyond(t); },
                                               0.99, 100 * kMeanService);
    expect_theory(response, runs, response_p99, kHistogramError);
    expect_theory(0.8, runs, [&](const RequestTally& run) {
      const core::Duration busy{run.use.at(0).busy_ticks};
      return core::in_seconds(busy) / core::in_seconds(kMeasured) / c;
    });
  }
}

TEST_P(QueueingTheory, ConstantService) {
  const double lambda = 0.8 * kMu;
  const auto runs = runs_of(case_of(ExactSpan{10ms}, 1, lambda), GetParam());
  expect_theory(tests::mg1_mean_wait(lambda, kMeanService, 0), runs, mean_wait);
  const double p99 =
      tests::quantile_of([&](double t) { return tests::md1_wait_beyond(lambda, kMeanService, t); },
                         0.99, 20 * kMeanService);
  expect_theory(p99, runs, wait_p99, kHistogramError);
}

TEST_P(QueueingTheory, LogNormalAndGammaService) {
  const double lambda = 0.7 * kMu;
  for (const double cv : {0.5, 1.5}) {
    SCOPED_TRACE(testing::Message() << "coefficient of variation " << cv);
    const double theory = tests::mg1_mean_wait(lambda, kMeanService, cv);
    for (const SpanDistribution& service :
         {SpanDistribution{LogNormalSpan::from_mean_cv(kMeanService, cv)},
          SpanDistribution{GammaSpan::from_mean_cv(kMeanService, cv)}}) {
      expect_theory(theory, runs_of(case_of(service, 1, lambda), GetParam()), mean_wait);
    }
  }
}

TEST_P(QueueingTheory, RandomRoutingSplitsOnePoissonStreamIntoSeveral) {
  const Mmc each{.lambda = 0.8 * kMu, .mu = kMu, .c = 1};
  PlaneCase three = case_of(ExponentialSpan{kMeanService}, 1, 3 * each.lambda);
  three.lives = {{.slot = 0}, {.slot = 1}, {.slot = 2}};
  const auto runs = runs_of(three, GetParam());
  expect_theory(each.mean_wait(), runs, mean_wait);
  expect_theory(each.wait_quantile(0.99), runs, wait_p99, kHistogramError);
}

TEST_P(QueueingTheory, ErlangBWithoutAQueueWhateverTheService) {
  for (const SpanDistribution& service :
       {SpanDistribution{ExponentialSpan{kMeanService}},
        SpanDistribution{LogNormalSpan::from_mean_cv(kMeanService, 1.5)},
        SpanDistribution{ExactSpan{10ms}}}) {
    for (const int c : {1, 8}) {
      const double a = 0.9 * c;
      PlaneCase made = case_of(service, c, a * kMu);
      made.variant.queue_limit = 0;
      expect_theory(tests::erlang_b(c, a), runs_of(made, GetParam()), share_of(Outcome::Rejected));
    }
  }
}

TEST_P(QueueingTheory, QueueOfFourPlaces) {
  // M/M/2 with room for six, busier than it can bear.
  const double lambda = 2.4 * kMu;
  PlaneCase made = case_of(ExponentialSpan{kMeanService}, 2, lambda);
  made.variant.queue_limit = 4;
  const auto runs = runs_of(made, GetParam());
  const std::vector<double> death = {kMu, 2 * kMu, 2 * kMu, 2 * kMu, 2 * kMu, 2 * kMu};
  const auto shares = tests::birth_death_shares(std::vector<double>(6, lambda), death);
  expect_theory(shares.back(), runs, share_of(Outcome::Rejected));
  const double admitted = lambda * (1 - shares.back());
  expect_theory(tests::mean_state(shares) / admitted, runs, mean_response);  // Little's law
}

TEST_P(QueueingTheory, CustomersWhoGiveUp) {
  for (const double rho : {0.8, 1.25}) {
    PlaneCase made = case_of(ExponentialSpan{kMeanService}, 1, rho * kMu);
    made.variant.queue_timeout = 50ms;
    expect_theory(tests::mm1_gives_up(rho * kMu, kMu, 0.05), runs_of(made, GetParam()),
                  [](const RequestTally& run) {
                    const auto served = static_cast<double>(run.use.at(0).served);
                    return 1 - served / static_cast<double>(run.invocations);
                  });
  }
}

TEST_P(QueueingTheory, LittlesLaw) {
  for (const double rho : {0.5, 0.9, 1.3}) {
    PlaneCase made = case_of(ExponentialSpan{kMeanService}, 2, rho * 2 * kMu);
    made.variant.queue_timeout = 2s;
    std::vector<double> differences;
    for (const RequestTally& run : runs_of(made, GetParam())) {
      const double seconds_in_system = run.model_latency.sum_seconds();
      differences.push_back(run.concurrency.mean() -
                            seconds_in_system / core::in_seconds(kMeasured));
      EXPECT_LT(std::abs(differences.back()), 0.05 * run.concurrency.mean());
    }
    EXPECT_TRUE(core::mean_interval(differences, 0.99).contains(0)) << "rho " << rho;
  }
}

// A share of a Poisson stream, chosen by chance, is a Poisson stream.
TEST_P(QueueingTheory, EachVariantIsAQueueOfItsOwn) {
  constexpr double kLambda = 120;
  PlaneCase made = case_of(ExponentialSpan{kMeanService}, 1, kLambda);
  made.variant.weight = 3;
  made.others = {variant_of(ExponentialSpan{2 * kMeanService}), variant_of(ExponentialSpan{0.008})};
  made.others[1].shadow_share = 0.7;
  made.lives = {{.variant = 0}, {.variant = 1}, {.variant = 2}};
  const auto runs = runs_of_all(made, GetParam());
  const Mmc theories[] = {{.lambda = kLambda * 0.75, .mu = kMu, .c = 1},
                          {.lambda = kLambda * 0.25, .mu = kMu / 2, .c = 1},
                          {.lambda = kLambda * 0.7, .mu = 125, .c = 1}};
  for (std::size_t i = 0; i < runs.size(); ++i) {
    SCOPED_TRACE(testing::Message() << "variant " << i);
    expect_theory(theories[i].lambda, runs[i], rate_of);
    expect_theory(theories[i].mean_response(), runs[i], mean_response);
  }
}

INSTANTIATE_TEST_SUITE_P(Planes, QueueingTheory,
                         testing::Values(PlaneKind::Recursion, PlaneKind::Events),
                         [](const auto& plane) {
                           return plane.param == PlaneKind::Recursion ? "Recursion" : "Events";
                         });

TEST(QueueingTheoryOfEvents, ContendingWorkersAreABirthDeathProcess) {
  constexpr int kWorkers = 4;
  PlaneCase made = case_of(ExponentialSpan{kMeanService}, kWorkers, 1.6 * kMu);
  tests::set_contention(made.variant, 1.0 / 3);  // at most twice what one worker serves
  made.variant.queue_limit = 60;                 // so that the states are few; never full
  std::vector<double> death;
  for (int k = 1; k <= 64; ++k) {
    const int busy = std::min(k, kWorkers);
    death.push_back(busy * kMu / (1 + (busy - 1) / 3.0));
  }
  const auto shares = tests::birth_death_shares(std::vector<double>(64, 1.6 * kMu), death);
  expect_theory(tests::mean_state(shares) / (1.6 * kMu), runs_of(made, PlaneKind::Events),
                mean_response);
}

// The machine-repair model ([G] section 2.8), which holds for any distribution of the time to think
// (Baskett, Chandy, Muntz and Palacios, Journal of the ACM 22, 1975).
TEST(QueueingTheoryOfEvents, UsersAreTheMachinesOfTheRepairModel) {
  constexpr int kUsers = 12;
  constexpr double kThink = 0.05;
  for (const int c : {1, 3}) {
    PlaneCase made;
    made.variant = variant_of(ExponentialSpan{kMeanService}, c);
    made.streams = {tests::users_stream("users", kUsers, 50ms, kWarmUp + kMeasured)};
    std::vector<double> birth;
    std::vector<double> death;
    for (int k = 0; k < kUsers; ++k) {
      birth.push_back((kUsers - k) / kThink);
      death.push_back(std::min(k + 1, c) * kMu);
    }
    const double in_system = tests::mean_state(tests::birth_death_shares(birth, death));
    const double rate = (kUsers - in_system) / kThink;
    const auto runs = runs_of(made, PlaneKind::Events);
    expect_theory(rate, runs, rate_of);
    expect_theory(in_system / rate, runs, mean_response);
    expect_theory(in_system, runs, [](const RequestTally& run) { return run.concurrency.mean(); });
  }
}

TEST(QueueingTheoryOfEvents, UsersOfTwoVariantsGoRoundAClosedNetwork) {
  PlaneCase made;
  made.variant = variant_of(ExponentialSpan{kMeanService});
  made.others = {variant_of(ExponentialSpan{4 * kMeanService}), variant_of(ExactSpan{1s})};
  made.others[0].weight = 0.25;
  made.others[1].shadow_share = 1;  // nobody waits for it
  made.lives = {{.variant = 0}, {.variant = 1}, {.variant = 2}};
  for (const auto& [users, think_time] : {std::pair{3, 0ms}, {12, 100ms}}) {
    made.streams = {tests::users_stream("users", users, think_time, kWarmUp + kMeasured)};
    const auto theory =
        tests::mean_value_analysis(users, core::in_seconds(core::Duration{think_time}), {0.8, 0.2},
                                   {kMeanService, 4 * kMeanService});
    const auto runs = runs_of_all(made, PlaneKind::Events);
    expect_theory(0.8 * theory.rate, runs[0], rate_of);
    expect_theory(0.2 * theory.rate, runs[1], rate_of);
    expect_theory(theory.rate, runs[2], rate_of);
    expect_theory(theory.responses[0], runs[0], mean_response);
    expect_theory(theory.responses[1], runs[1], mean_response);
  }
}

TEST(QueueingTheoryOfEvents, LeastOutstandingRequestsWaitLessThanRandomAndMoreThanOneQueue) {
  PlaneCase made = case_of(ExponentialSpan{kMeanService}, 1, 4 * 0.8 * kMu);
  made.lives = {{.slot = 0}, {.slot = 1}, {.slot = 2}, {.slot = 3}};
  made.variant.routing = RoutingStrategy::LeastOutstandingRequests;
  const double one_queue = Mmc{0.8 * 4 * kMu, kMu, 4}.mean_wait();
  const double random = Mmc{0.8 * kMu, kMu, 1}.mean_wait();
  for (const RequestTally& run : runs_of(made, PlaneKind::Events)) {
    EXPECT_GT(mean_wait(run), one_queue);
    EXPECT_LT(mean_wait(run), 0.6 * random);
  }
}

}  // namespace
}  // namespace models::endpoint
