#include "sim/scenario/endpoint_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/prices/price_table.hpp"
#include "sim/scenario/scenario_writer.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using namespace models::endpoint;
using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::load;
using tests::with_endpoint;

EndpointVariant endpoint_of(const std::string& more, const tests::Files& files = {}) {
  const auto loaded = load(with_endpoint("{instance_type: ml.c5.large, " + more + "}"), files);
  EXPECT_TRUE(loaded.scenario) << loaded.messages;
  return loaded.scenario ? loaded.scenario->variants.front().variant : EndpointVariant{};
}
std::string messages_of(const std::string& more, const tests::Files& files = {}) {
  return load(with_endpoint("{instance_type: ml.c5.large, " + more + "}"), files).messages;
}

TEST(Endpoint, HasDefaultsForAllButItsTypeAndLatency) {
  const EndpointVariant variant = endpoint_of("latency: {exponential: 10ms}");
  EXPECT_EQ(variant.vcpus.value, 2);
  EXPECT_EQ(variant.workers, 2);
  EXPECT_EQ(variant.initial_instances, 1);
  EXPECT_EQ(variant.routing, RoutingStrategy::Random);
  EXPECT_DOUBLE_EQ(variant.throughput.per_second(), 200);
  EXPECT_EQ(variant.overhead, Duration{0});
  EXPECT_FALSE(variant.queue_limit);
  EXPECT_EQ(variant.queue_timeout, Duration{60s});
  EXPECT_EQ(variant.stopping, Duration{30s});
  const auto& startup = std::get<LogNormalSpan>(variant.startup);
  EXPECT_DOUBLE_EQ(startup.mu, LogNormalSpan::from_p50_p99(240, 480).mu);
  EXPECT_EQ(variant.price, PriceTable::built_in().find("ml.c5.large")->price);
}

TEST(Endpoint, ReadsEachFormOfLatency) {
  const auto latency_of = [](const std::string& latency, const tests::Files& files = {}) {
    return endpoint_of("latency: " + latency, files).service_time;
  };
  EXPECT_EQ(std::get<ExactSpan>(latency_of("{exact: 9ms}")).value, Duration{9ms});
  EXPECT_DOUBLE_EQ(std::get<ExponentialSpan>(latency_of("{exponential: 9ms}")).mean_s, 0.009);
  EXPECT_DOUBLE_EQ(std::get<LogNormalSpan>(latency_of("{p50: 9ms, p99: 30ms}")).sigma,
                   LogNormalSpan::from_p50_p99(0.009, 0.030).sigma);
  EXPECT_DOUBLE_EQ(std::get<LogNormalSpan>(latency_of("{mean: 9ms, cv: 0.5}")).mu,
                   LogNormalSpan::from_mean_cv(0.009, 0.5).mu);
  EXPECT_DOUBLE_EQ(std::get<GammaSpan>(latency_of("{gamma: {mean: 9ms, cv: 0.5}}")).shape, 4);
  const auto sampled =
      std::get<SampledSpan>(latency_of("{samples: s.csv}", {{"s.csv", "ms\n9\n"}}));
  EXPECT_EQ(sampled.file, "s.csv");
  EXPECT_THAT(sampled.seconds, testing::ElementsAre(testing::DoubleEq(0.009)));
}

TEST(Endpoint, RefusesUnclearLatencies) {
  EXPECT_THAT(messages_of("latency: 9ms"), HasSubstr("{exact: 9ms} or {exponential: 9ms}?"));
  EXPECT_THAT(messages_of("latency: {p50: 9ms}"), HasSubstr("expected the key 'p99'"));
  EXPECT_THAT(messages_of("latency: {p50: 9ms, p99: 3ms}"),
              HasSubstr("expected a p99 of at least p50, '9ms', found '3ms'"));
  EXPECT_THAT(messages_of("latency: {exact: 9ms, mean: 9ms, cv: 1}"),
              HasSubstr("found mean and exact"));
  EXPECT_THAT(messages_of("latency: {}"), HasSubstr("found neither"));
  EXPECT_THAT(messages_of("latency: {exact: 0s}"), HasSubstr("a duration above 0s"));
  EXPECT_THAT(messages_of("latency: {mean: 9ms, cv: 0}"), HasSubstr("a number of at least 1e-06"));
  EXPECT_THAT(messages_of("latency: {p50: 1ns, p99: 1h}"), HasSubstr("expected a mean of at most"));
  EXPECT_THAT(messages_of("latency: {samples: s.csv}"), HasSubstr("found no such file"));
  EXPECT_THAT(messages_of("latency: {samples: s.csv}", {{"s.csv", "ms\n0\n"}}),
              HasSubstr("found only zeros"));
  EXPECT_THAT(messages_of("workers: 2"), HasSubstr("expected the key 'latency' in endpoint"));
}

TEST(Endpoint, ThroughputLiesBetweenOneWorkerAndAll) {
  EXPECT_EQ(endpoint_of("latency: {exact: 10ms}, throughput: 150/s").throughput.per_second(), 150);
  // 2 / 9.3 ms is 215.05; a rounded figure is taken for it.
  EXPECT_DOUBLE_EQ(
      endpoint_of("latency: {exact: 9.3ms}, throughput: 215.1/s").throughput.per_second(),
      2 / 0.0093);
  EXPECT_THAT(messages_of("latency: {exact: 10ms}, throughput: 201/s"),
              HasSubstr("expected a throughput of at most 200/s, which is 2 workers over the mean "
                        "latency, found '201/s'"));
  EXPECT_THAT(messages_of("latency: {exact: 10ms}, throughput: 99/s"),
              HasSubstr("expected a throughput of at least 100/s, which one worker alone reaches"));
}

TEST(Endpoint, CpuPointsRiseWithinTheRangeOfTheVcpus) {
  const EndpointVariant variant =
      endpoint_of("latency: {exact: 9ms}, cpu: [{at: 0/s, percent: 2}, {at: 150/s, percent: 173}]");
  ASSERT_EQ(variant.cpu.size(), 2U);
  EXPECT_EQ(variant.cpu[1].percent, 173);
  EXPECT_THAT(messages_of("latency: {exact: 9ms}, cpu: [{at: 0/s, percent: 2}, "
                          "{at: 150/s, percent: 201}]"),
              HasSubstr("expected a number of at most 200, found '201'"));
  EXPECT_THAT(messages_of("latency: {exact: 9ms}, cpu: [{at: 5/s, percent: 2}, "
                          "{at: 5/s, percent: 3}]"),
              HasSubstr("expected rates that increase"));
  EXPECT_THAT(messages_of("latency: {exact: 9ms}, cpu: [{at: 5/s, percent: 4}, "
                          "{at: 6/s, percent: 3}]"),
              HasSubstr("expected percentages that never fall"));
  EXPECT_THAT(messages_of("latency: {exact: 9ms}, cpu: [{at: 5/s, percent: 4}]"),
              HasSubstr("expected a list of 2 to 1000 points"));
}

TEST(Endpoint, EveryUtilizationHasARangeOfItsOwn) {
  const auto loaded = load(
      with_endpoint("{instance_type: ml.g5.12xlarge, latency: {exact: 9ms}, utilization_lag: 10m,"
                    " memory: [{at: 0/s, percent: 20}, {at: 9/s, percent: 100}],"
                    " gpu: [{at: 0/s, percent: 0}, {at: 9/s, percent: 400}],"
                    " gpu_memory: [{at: 0/s, percent: 40}, {at: 9/s, percent: 400}],"
                    " disk: [{at: 0/s, percent: 100}, {at: 9/s, percent: 100}]}"));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const EndpointVariant& variant = loaded.scenario->variants.front().variant;
  EXPECT_EQ(variant.gpus, 4);
  EXPECT_EQ(variant.memory.back().percent, 100);
  EXPECT_EQ(variant.gpu.back().percent, 400);
  EXPECT_EQ(variant.gpu_memory.front().percent, 40);
  EXPECT_EQ(variant.disk.size(), 2U);
  EXPECT_EQ(variant.utilization_lag, core::Duration{std::chrono::minutes{10}});
  for (const char* key : {"memory", "disk"}) {
    EXPECT_THAT(messages_of("latency: {exact: 9ms}, " + std::string(key) +
                            ": [{at: 0/s, percent: 2}, {at: 9/s, percent: 101}]"),
                HasSubstr("expected a number of at most 100, found '101'"));
  }
}

TEST(Endpoint, GpuPointsNeedAnInstanceTypeWithGpus) {
  const std::string points = "gpu: [{at: 0/s, percent: 0}, {at: 9/s, percent: 101}]";
  EXPECT_THAT(messages_of("latency: {exact: 9ms}, " + points),
              AllOf(HasSubstr("expected an instance type with GPUs beside 'gpu', found"),
                    HasSubstr("such as ml.g5.xlarge")));
  const auto of_type = [&](const std::string& type) {
    return load(with_endpoint("{instance_type: " + type + ", latency: {exact: 9ms}, " + points +
                              "}"))
        .messages;
  };
  EXPECT_THAT(of_type("ml.g5.xlarge"), HasSubstr("expected a number of at most 100"));
  EXPECT_THAT(of_type("ml.inf2.xlarge"), HasSubstr("expected an instance type with GPUs"));
  EXPECT_THAT(of_type("ml.z9.large, workers: 4"),
              AllOf(HasSubstr("expected an instance type with known GPUs"),
                    HasSubstr("say how many with 'gpus: 1'")));
  EXPECT_THAT(of_type("ml.z9.large, workers: 4, gpus: 2"), Not(HasSubstr("error")));
  EXPECT_THAT(of_type("ml.g5.12xlarge, gpus: 2"),
              HasSubstr("expected 4, the GPUs of ml.g5.12xlarge, found '2'"));
}

TEST(Endpoint, UtilizationLagsByWholeMinutesAndAtMostTen) {
  EXPECT_EQ(messages_of("latency: {exact: 9ms}, utilization_lag: 0s"), "");
  EXPECT_THAT(messages_of("latency: {exact: 9ms}, utilization_lag: 90s"),
              HasSubstr("expected whole minutes, such as 1m, found '90s'"));
  EXPECT_THAT(messages_of("latency: {exact: 9ms}, utilization_lag: 11m"), HasSubstr("at most"));
}

TEST(Endpoint, TheFileWinsOverThePriceTable) {
  const auto loaded = load(with_endpoint(
      "{instance_type: ml.c5.large, price: 0.2 USD/h, workers: 3, latency: {exact: 9ms}}"));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.scenario->variants.front().variant.price->usd_per_hour(), 0.2);
  EXPECT_EQ(loaded.scenario->variants.front().price_table, "");
  EXPECT_EQ(loaded.scenario->variants.front().variant.workers, 3);
  EXPECT_EQ(loaded.scenario->variants.front().variant.vcpus.value, 2);
}

TEST(Endpoint, AnUnknownTypeNeedsWorkersAndHasNoPrice) {
  const auto without = load(with_endpoint("{instance_type: ml.c5.lrge, latency: {exact: 9ms}}"));
  EXPECT_FALSE(without.scenario);
  EXPECT_THAT(without.messages, HasSubstr("expected an instance type with known vCPUs, or "
                                          "'workers' beside it, found 'ml.c5.lrge'"));
  EXPECT_THAT(without.messages, HasSubstr("ml.c5.large"));
  const auto with =
      load(with_endpoint("{instance_type: ml.z9.large, workers: 4, latency: {exact: 9ms}}"));
  ASSERT_TRUE(with.scenario) << with.messages;
  EXPECT_EQ(with.scenario->variants.front().variant.vcpus.value, 4);
  EXPECT_FALSE(with.scenario->variants.front().variant.price);
  EXPECT_THAT(with.messages, HasSubstr("warning: the price table has no 'ml.z9.large'"));
}

TEST(Endpoint, StartupIsTypicalAndSlowestExactOrMeasured) {
  EXPECT_EQ(
      std::get<ExactSpan>(endpoint_of("latency: {exact: 9ms}, startup: {exact: 0s}").startup).value,
      Duration{0});
  EXPECT_EQ(std::get<ExactSpan>(endpoint_of("latency: {exact: 9ms}, startup: 4m").startup).value,
            4min);
  EXPECT_THAT(messages_of("latency: {exact: 9ms}, startup: 4"),
              HasSubstr("4s or 4ms?"));
  EXPECT_THAT(messages_of("latency: {exact: 9ms}, startup: {exponential: 4m}"),
              HasSubstr("expected a key of endpoint.startup, found 'exponential'"));
}

tests::Loaded load_variants(const std::string& variants) {
  return tests::load(tests::with_endpoint(
      "{instance_type: ml.c5.large, latency: {exact: 9ms}, variants: " + variants + "}"));
}

TEST(Variants, HaveTheEndpointsKeysForDefaults) {
  const auto loaded = load_variants(
      "{blue: {weight: 90%}, dark: {shadow: true, weight: 25%}, green: {weight: 10%, workers: 4}}");
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.messages, "");
  const auto& variants = loaded.scenario->variants;
  ASSERT_EQ(variants.size(), 3U);
  EXPECT_EQ(variants[0].variant.variant_name, "blue");
  EXPECT_EQ(variants[0].variant.workers, 2);
  EXPECT_EQ(share_of(*loaded.scenario, variants[0]), 0.9);
  EXPECT_EQ(variants[1].variant.variant_name, "green");
  EXPECT_EQ(variants[1].variant.workers, 4);
  EXPECT_EQ(variants[2].variant.variant_name, "dark");  // shadows come last
  EXPECT_EQ(variants[2].variant.shadow_share, 0.25);
}

TEST(Variants, ThatCannotBeSharedOutAreErrors) {
  EXPECT_THAT(load_variants("{a: {shadow: true}}").messages, HasSubstr("that is not a shadow"));
  EXPECT_THAT(load_variants("{a: {weight: 0%}}").messages, HasSubstr("a weight above 0%"));
  EXPECT_THAT(load_variants("{a: {weight: 1%}, b: {}}").messages, HasSubstr("found none for 'b'"));
  EXPECT_THAT(load_variants("{a: {}, b: {overhead: 5ms}}").messages,
              HasSubstr("the same overhead for all production variants"));
  EXPECT_EQ(load_variants("{a: {}, b: {shadow: true, overhead: 5ms}}").messages, "");
}

TEST(Endpoint, WarmingHasADurationAndAnEffect) {
  const auto loaded = tests::load(tests::with_endpoint(
      "{instance_type: ml.c5.large, latency: {exact: 9ms}, warming: {duration: 2m, slowdown: 3, "
      "errors: 2%}}"));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const auto& warming = loaded.scenario->variants.front().variant.warming;
  EXPECT_EQ(warming.duration, std::chrono::minutes{2});
  EXPECT_EQ(warming.slowdown, 3);
  EXPECT_NEAR(warming.errors, 0.02, 1e-15);
  const std::string more = "latency: {exact: 9ms}, ";
  EXPECT_THAT(messages_of(more + "warming: {slowdown: 3}"), HasSubstr("'duration'"));
  EXPECT_THAT(messages_of(more + "warming: {duration: 2m}"),
              HasSubstr("expected 'slowdown', 'errors' or both beside 'duration'"));
  EXPECT_THAT(messages_of(more + "warming: {duration: 2m, slowdown: 0.5}"), HasSubstr("0.5"));
  EXPECT_THAT(messages_of(more + "warming: {duration: 2m, errors: 120%}"),
              HasSubstr("a share of at most 100%"));
}

TEST(Endpoint, WhatBelongsElsewhereIsRefusedWithItsPlace) {
  EXPECT_THAT(messages_of("latency: {exact: 9ms}, retries: {}"),
              HasSubstr("'retries' stands beside the shape of a stream, under 'traffic'"));
  EXPECT_THAT(messages_of("variants: {}"), HasSubstr("expected 1 to 20 variants by name"));
}

std::string scale_outs(int count) {
  std::string list;
  for (int i = 0; i < count; ++i) {
    list += std::string(i == 0 ? "" : ",") +
            R"({"Description": "Setting desired instance count to )" + std::to_string(i + 2) +
            R"(.", "Cause": "monitor alarm TargetTracking-x-AlarmHigh-1 in state ALARM triggered )"
            R"(policy p", "StatusCode": "Successful", "StartTime": "2026-01-0)" +
            std::to_string(i + 1) + R"(T08:00:00+00:00", "EndTime": "2026-01-0)" +
            std::to_string(i + 1) + R"(T08:06:00+00:00"})";
  }
  return "{\"ScalingActivities\": [" + list + "]}";
}

TEST(Startup, IsMeasuredFromScalingActivities) {
  const std::string more = "latency: {exact: 9ms}, startup: {activities: a.json}";
  const auto startup = endpoint_of(more, {{"a.json", scale_outs(5)}}).startup;
  const auto& sampled = std::get<SampledSpan>(startup);
  EXPECT_TRUE(sampled.from_activities);
  EXPECT_EQ(sampled.file, "a.json");
  EXPECT_THAT(sampled.seconds, testing::ElementsAre(360, 360, 360, 360, 360));
  const auto loaded = load(with_endpoint("{instance_type: ml.c5.large, " + more + "}"),
                           {{"a.json", scale_outs(5)}});
  EXPECT_EQ(loaded.messages, "");
  EXPECT_THAT(expand_scenario(*loaded.scenario), HasSubstr("startup: {activities: \"a.json\"}"));
}

TEST(Startup, WarnsOfFewScaleOutsAndRefusesNone) {
  const std::string more = "latency: {exact: 9ms}, startup: {activities: a.json}";
  EXPECT_THAT(messages_of(more, {{"a.json", scale_outs(4)}}),
              HasSubstr("warning: startup is drawn from only 4 measured scale-outs: 'a.json' holds "
                        "4 activities: 4 successful scale-outs"));
  EXPECT_THAT(messages_of(more, {{"a.json", R"({"ScalingActivities": []})"}}),
              HasSubstr("error: expected successful scale-outs in 'a.json', found 0 activities"));
  EXPECT_THAT(messages_of(more), HasSubstr("a.json"));
}

TEST(Startup, HasAStaggerBesideAnyForm) {
  EXPECT_EQ(endpoint_of("latency: {exact: 9ms}").stagger, Duration{0});
  EXPECT_EQ(endpoint_of("latency: {exact: 9ms}, startup: {exact: 4m, stagger: 20s}").stagger,
            Duration{20s});
  EXPECT_EQ(endpoint_of("latency: {exact: 9ms}, startup: {typical: 4m, slowest: 8m, stagger: 0s}")
                .stagger,
            Duration{0});
  EXPECT_THAT(messages_of("latency: {exact: 9ms}, startup: {stagger: 20s}"),
              HasSubstr("{typical, slowest}, {exact}, {samples} or {activities}, found neither"));
  EXPECT_THAT(messages_of("latency: {exact: 9ms}, startup: {exact: 4m, stagger: 2h}"),
              HasSubstr("found '2h'"));
}

const std::string kScaled =
    "scaling: {ScalableTargets: [{MinCapacity: 1, MaxCapacity: 4}]}\nrun: {duration: 2h}\n";
std::string messages_of_errors(const std::string& errors, const std::string& more = kScaled) {
  return load(with_endpoint(
                  "{instance_type: ml.c5.large, latency: {exact: 9ms}, capacity_errors: " + errors +
                  "}") +
              more)
      .messages;
}

TEST(CapacityErrorsOfAnEndpoint, AreReadAndWritten) {
  const auto loaded =
      load(with_endpoint("{instance_type: ml.c5.large, latency: {exact: 9ms}, capacity_errors: "
                         "{probability: 5%, windows: [{from: 0s, to: 5m}, {from: 5m, to: 1h}]}}") +
           kScaled);
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.messages, "");
  const CapacityErrors& errors = loaded.scenario->variants.front().variant.capacity_errors;
  EXPECT_EQ(errors.probability, 0.05);
  ASSERT_EQ(errors.windows.size(), 2U);
  EXPECT_EQ(errors.windows[1].from, Duration{5min});
  EXPECT_EQ(errors.windows[1].to, Duration{1h});
}

TEST(CapacityErrorsOfAnEndpoint, HoldForEachVariantThatDoesNotSayOtherwise) {
  const auto loaded = load(with_endpoint(
      "{instance_type: ml.c5.large, latency: {exact: 9ms}, capacity_errors: {probability: 5%}, "
      "variants: {a: {}, b: {capacity_errors: {probability: 100%}}}}"));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.scenario->variants[0].variant.capacity_errors.probability, 0.05);
  EXPECT_EQ(loaded.scenario->variants[1].variant.capacity_errors.probability, 1);
}

TEST(CapacityErrorsOfAnEndpoint, RefuseWhatIsUnclear) {
  EXPECT_THAT(messages_of_errors("{}"), HasSubstr("or both, found neither"));
  EXPECT_THAT(messages_of_errors("{probability: 101%}"),
              HasSubstr("expected a probability of at most 100%, found '101%'"));
  EXPECT_THAT(messages_of_errors("{windows: []}"), HasSubstr("expected a list of 1 to 1000"));
  EXPECT_THAT(messages_of_errors("{windows: [{from: 1h}]}"), HasSubstr("expected the key 'to'"));
  EXPECT_THAT(messages_of_errors("{windows: [{from: 1h, to: 1h}]}"),
              HasSubstr("expected a time after 'from', 1h, found '1h'"));
  EXPECT_THAT(messages_of_errors("{windows: [{from: 1h, to: 2h}, {from: 90m, to: 3h}]}"),
              HasSubstr("the one before it ends, 2h, found '90m'"));
  EXPECT_THAT(messages_of_errors("{probabilty: 5%}"), HasSubstr("did you mean 'probability'"));
}

TEST(CapacityErrorsOfAnEndpoint, WarnWhereTheyNeverShow) {
  EXPECT_THAT(messages_of_errors("{probability: 5%}", ""),
              HasSubstr("warning: no scalable target scales 'AllTraffic'"));
  EXPECT_THAT(messages_of_errors("{windows: [{from: 2h, to: 3h}]}"),
              HasSubstr("warning: a window begins at 2h, when the run of 2h is over"));
  EXPECT_EQ(messages_of_errors("{windows: [{from: 1h59m, to: 3h}]}"), "");
}

}  // namespace
}  // namespace sim
