// Compares the whole program, scenario in and JSON out, with the closed forms of queueing theory:
// the theory must lie within the 99 % interval of twenty replications, `--seed 1` to `--seed 20`.
//
// Seeds are fixed, so a test gives the same verdict every time. What the request planes do alone is
// compared in queueing_test.cpp, in more cases.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/confidence.hpp"
#include "tests/support/queueing_formulas.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sim {
namespace {

using nlohmann::json;
using tests::Mmc;

constexpr int kRuns = 20;
constexpr double kMeanService = 0.01;
constexpr double kMu = 1 / kMeanService;
// M/M/1 at 90 % forgets its empty start with a time constant of four seconds.
constexpr int kWarmUp = 60;
// Sanitizers are slow, and what they look for is found in fewer requests.
constexpr bool kSanitized = HEADROOM_SANITIZED;
constexpr int kMeasured = kSanitized ? 300 : 1800;
constexpr double kWidest = kSanitized ? 0.4 : 0.15;
constexpr double kHistogramError = 0.008;

struct Queue {
  double rate;  // of Poisson arrivals, a second
  int workers = 1;
  std::string latency = "{exponential: 10ms}";
  std::string more = "{timeout: 60s}";  // what `queue:` says
};

// A scenario in a file that is gone with it.
class ScenarioFile {
 public:
  explicit ScenarioFile(const Queue& queue) {
    std::ofstream(path_) << fmt::format(
        "version: 1\n"
        "run: {{duration: {}s, warm_up: {}s}}\n"
        "traffic: {{requests: {{rate: {}/s}}}}\n"
        "endpoint: {{instance_type: ml.c5.large, initial_instances: 1, routing: RANDOM,\n"
        "           workers: {}, latency: {}, queue: {}}}\n",
        kWarmUp + kMeasured, kWarmUp, queue.rate, queue.workers, queue.latency, queue.more);
  }

  const std::string& path() const { return path_; }

 private:
  tests::TemporaryFolder folder_;
  std::string path_ = folder_.file("queue.scenario.yaml");
};

// What a command prints; nothing, and a failure, when it does not end with success.
std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) {
    ADD_FAILURE() << "cannot start " << command;
    return output;
  }
  std::array<char, 65536> buffer;
  while (const std::size_t size = fread(buffer.data(), 1, buffer.size(), pipe))
    output.append(buffer.data(), size);
  const int status = pclose(pipe);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << command << "\nstatus " << status;
  return output;
}

// The summaries of the replications.
std::vector<json> runs_of(const Queue& queue) {
  const ScenarioFile scenario(queue);
  std::vector<json> runs;
  for (int seed = 1; seed <= kRuns; ++seed) {
    const json result = json::parse(output_of(fmt::format("'{}' run '{}' -o json -q --seed {}",
                                                          HEADROOM_PROGRAM, scenario.path(), seed)),
                                    nullptr, false);
    if (result.is_discarded()) {
      ADD_FAILURE() << "seed " << seed << " gave no JSON";
      return {};
    }
    EXPECT_EQ(result.at("scenario").at("seed"), seed);
    runs.push_back(result.at("summary"));
  }
  return runs;
}

using Figure = std::function<double(const json&)>;

Figure figure_at(const char* path) {
  return [pointer = json::json_pointer(path)](const json& summary) {
    return summary.at(pointer).get<double>();
  };
}

core::Interval interval_of(const std::vector<json>& runs, const Figure& figure) {
  std::vector<double> values;
  for (const json& run : runs) values.push_back(figure(run));
  return core::mean_interval(values, 0.99);
}

// error: what the figure itself may be off by, as a share.
void expect_theory(double theory, const std::vector<json>& runs, const Figure& figure,
                   double error = 0) {
  const core::Interval interval = interval_of(runs, figure);
  EXPECT_LE(interval.low * (1 - error), theory);
  EXPECT_GE(interval.high * (1 + error), theory);
  // An interval that contains everything would prove nothing.
  EXPECT_LT(interval.high - interval.low, kWidest * theory);
}

// Mean concurrency is arrival rate x mean time in the system: in each run within what a sample a
// second can miss, and on average.
void expect_littles_law(const std::vector<json>& runs) {
  const Figure concurrency = figure_at("/concurrency/mean");
  const Figure response = figure_at("/model_latency/mean");
  const Figure succeeded = figure_at("/requests/succeeded");
  std::vector<double> differences;
  for (const json& run : runs) {
    const double in_system = succeeded(run) / kMeasured * response(run);
    differences.push_back(concurrency(run) - in_system);
    EXPECT_LT(std::abs(differences.back()), (kSanitized ? 0.2 : 0.08) * in_system);
  }
  EXPECT_TRUE(core::mean_interval(differences, 0.99).contains(0));
}

// What an instance was paid for while its workers worked.
double busy_share(const json& summary) {
  const json& cost = summary.at("cost");
  return cost.at("busy").get<double>() / cost.at("total").get<double>();
}

double rejected_share(const json& summary) {
  return summary.at("errors").at("rejected").get<double>() /
         summary.at("requests").at("total").get<double>();
}

struct Markovian {
  int workers;
  double utilization;

  // Else it would be printed as its bytes, those between the two included.
  friend void PrintTo(const Markovian& queue, std::ostream* out) {
    *out << "M/M/" << queue.workers << " at " << queue.utilization;
  }
};

class ProgramMarkovianQueues : public testing::TestWithParam<Markovian> {};

TEST_P(ProgramMarkovianQueues, MeetTheory) {
  const auto [c, rho] = GetParam();
  const Mmc theory{.lambda = rho * c * kMu, .mu = kMu, .c = c};
  const std::vector<json> runs = runs_of({.rate = theory.lambda, .workers = c});
  expect_theory(theory.lambda * kMeasured, runs, figure_at("/requests/total"));
  expect_theory(theory.mean_wait(), runs, figure_at("/wait/mean"));
  expect_theory(theory.mean_response(), runs, figure_at("/latency/mean"));
  expect_theory(theory.wait_quantile(0.99), runs, figure_at("/wait/p99"), kHistogramError);
  const double response = tests::quantile_of([&](double t) { return theory.response_beyond(t); },
                                             0.99, 100 * kMeanService);
  expect_theory(response, runs, figure_at("/latency/p99"), kHistogramError);
  expect_theory(rho, runs, busy_share);
  expect_littles_law(runs);
}

INSTANTIATE_TEST_SUITE_P(Queues, ProgramMarkovianQueues,
                         testing::Values(Markovian{1, 0.7}, Markovian{1, 0.9}, Markovian{4, 0.8},
                                         Markovian{8, 0.9}),
                         [](const auto& queue) {
                           return fmt::format("MM{}At{:.0f}Percent", queue.param.workers,
                                              100 * queue.param.utilization);
                         });

TEST(ProgramQueueing, ConstantService) {
  const double lambda = 0.8 * kMu;
  const std::vector<json> runs = runs_of({.rate = lambda, .latency = "{exact: 10ms}"});
  expect_theory(tests::mg1_mean_wait(lambda, kMeanService, 0), runs, figure_at("/wait/mean"));
  const double p99 =
      tests::quantile_of([&](double t) { return tests::md1_wait_beyond(lambda, kMeanService, t); },
                         0.99, 20 * kMeanService);
  expect_theory(p99, runs, figure_at("/wait/p99"), kHistogramError);
  expect_littles_law(runs);
}

TEST(ProgramQueueing, LogNormalServiceByMeanAndVariation) {
  for (const double cv : {0.5, 1.5}) {
    SCOPED_TRACE(cv);
    const std::vector<json> runs =
        runs_of({.rate = 0.7 * kMu, .latency = fmt::format("{{mean: 10ms, cv: {}}}", cv)});
    expect_theory(tests::mg1_mean_wait(0.7 * kMu, kMeanService, cv), runs, figure_at("/wait/mean"));
    expect_littles_law(runs);
  }
}

TEST(ProgramQueueing, LogNormalServiceByQuantiles) {
  const std::vector<json> runs = runs_of({.rate = 70, .latency = "{p50: 9ms, p99: 30ms}"});
  const double sigma = std::log(30.0 / 9.0) / 2.3263478740408408;  // the normal's 99 % quantile
  const double mean = 0.009 * std::exp(sigma * sigma / 2);
  const double cv = std::sqrt(std::exp(sigma * sigma) - 1);
  expect_theory(tests::mg1_mean_wait(70, mean, cv), runs, figure_at("/wait/mean"));
  expect_theory(70 * mean, runs, busy_share);
  expect_littles_law(runs);
}

TEST(ProgramQueueing, ErlangBWithoutAQueueWhateverTheService) {
  for (const char* latency : {"{exponential: 10ms}", "{mean: 10ms, cv: 1.5}", "{exact: 10ms}"}) {
    for (const int c : {1, 8}) {
      SCOPED_TRACE(testing::Message() << latency << " on " << c);
      const double a = 0.9 * c;
      const std::vector<json> runs =
          runs_of({.rate = a * kMu, .workers = c, .latency = latency, .more = "{limit: 0}"});
      expect_theory(tests::erlang_b(c, a), runs, rejected_share);
      expect_littles_law(runs);
    }
  }
}

}  // namespace
}  // namespace sim
