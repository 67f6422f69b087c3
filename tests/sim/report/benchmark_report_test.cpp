#include "sim/report/benchmark_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <sstream>

#include "tests/sim/report/approved_text.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

BenchmarkStep step(std::int32_t users, double invocations, double mean_s) {
  BenchmarkStep made;
  made.users = users;
  made.invocations_per_minute = invocations;
  made.model_latency = {mean_s, mean_s * 0.9, mean_s * 1.5, mean_s * 2, mean_s * 3, {}, mean_s * 4};
  made.latency = made.model_latency;
  made.cpu_percent = users * 60.0;
  return made;
}

struct Sample {
  Scenario scenario;
  BenchmarkResult result;

  BenchmarkReport report() const { return {scenario, result}; }
};

Sample sample() {
  Sample made;
  auto& variant = made.scenario.variants.front().variant;
  variant.endpoint_name = "shop";
  variant.instance_type = "ml.c5.large";
  variant.overhead = 4ms;
  made.result.step_duration = 5min;
  made.result.think_time = 2ms;
  made.result.steps = {step(1, 4222, 0.0093), step(2, 7400.5, 0.011), step(3, 7500, 0.018)};
  made.result.steps.back().error_rate = 0.0025;
  made.result.knee = 1;
  made.result.stopped_by = BenchmarkStop::FlatInvocations;
  return made;
}

TEST(BenchmarkReport, TheTableIsTheApprovedOne) {
  std::ostringstream out;
  write_benchmark(out, sample().report(), Colour::Off);
  EXPECT_EQ(difference_from_approved(out.str(), "benchmark.txt"), "");
}

TEST(BenchmarkReport, MarkdownAndJsonAreTheApprovedOnes) {
  std::ostringstream markdown;
  write_benchmark_markdown(markdown, sample().report());
  EXPECT_EQ(difference_from_approved(markdown.str(), "benchmark.md"), "");
  std::ostringstream out;
  JsonWriter json(out, 2);
  write_benchmark_json(json, sample().result);
  EXPECT_EQ(difference_from_approved(out.str(), "benchmark.json"), "");
}

TEST(BenchmarkReport, CsvHasLatenciesOfTheModelInMilliseconds) {
  std::ostringstream out;
  write_benchmark_csv(out, sample().result);
  EXPECT_EQ(out.str(),
            "concurrency,invocations_per_minute,mean_latency_ms,p50_ms,p99_ms,cpu_percent,"
            "error_rate\n"
            "0.65441,4222,9.3,8.37,27.9,60,0\n"
            "1.35675833,7400.5,11,9.9,33,120,0\n"
            "2.25,7500,18,16.2,54,180,0.0025\n");
}

TEST(BenchmarkReport, SaysWhyItStoppedAndThatThereIsNoKnee) {
  const auto text = [](BenchmarkStop stop) {
    Sample made = sample();
    made.result.knee.reset();
    made.result.stopped_by = stop;
    std::ostringstream out;
    write_benchmark(out, made.report(), Colour::Off);
    return out.str();
  };
  EXPECT_THAT(text(BenchmarkStop::Errors), HasSubstr("errors: 0.25 % of the requests of 3 users"));
  EXPECT_THAT(text(BenchmarkStop::MaxInvocations), HasSubstr("3 users reach 7,500/min (125/s)"));
  EXPECT_THAT(text(BenchmarkStop::LatencyThreshold), HasSubstr("with 3 users the latency is over"));
  EXPECT_THAT(text(BenchmarkStop::MaxUsers), HasSubstr("3 users are the most that were asked for"));
  EXPECT_THAT(text(BenchmarkStop::MaxUsers), HasSubstr("KNEE       not reached"));
}

}  // namespace
}  // namespace sim
