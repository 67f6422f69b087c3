#include "sim/scenario/candidate_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "sim/scenario/scenario_writer.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const std::string kEndpoint =
    "version: 1\n"
    "run: {duration: 10m}\n"
    "traffic: {t: {rate: 50/s}}\n"
    "endpoint:\n"
    "  name: shop\n"
    "  instance_type: ml.c5.large\n"
    "  price: 7 USD/h\n"
    "  workers: 3\n"
    "  initial_instances: 4\n"
    "  latency: {exact: 20ms}\n"
    "  memory: [{at: 0/s, percent: 20}, {at: 100/s, percent: 50}]\n"
    "  overhead: 4ms\n"
    "  startup: {exact: 2m}\n"
    "  queue: {limit: 5}\n";

std::string with_candidates(const std::string& candidates) {
  return kEndpoint + "candidates:\n" + candidates;
}

TEST(CandidateReader, TakesOverTheEndpointButNotItsInstance) {
  const auto loaded = tests::load(with_candidates(
      "  big: {instance_type: ml.c5.xlarge, latency: {exact: 10ms}, startup: {exact: 3m}}\n"));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  ASSERT_EQ(loaded.scenario->candidates.size(), 1U);
  const Candidate& candidate = loaded.scenario->candidates.front();
  const auto& variant = candidate.variant.variant;
  EXPECT_EQ(candidate.name, "big");
  EXPECT_EQ(variant.endpoint_name, "shop");
  EXPECT_EQ(variant.vcpus.value, 4);
  EXPECT_EQ(variant.workers, 4);  // its own vCPUs, not the endpoint's workers
  EXPECT_LT(variant.price->usd_per_hour(), 1);
  EXPECT_TRUE(variant.memory.empty());
  EXPECT_EQ(variant.overhead, 4ms);
  EXPECT_EQ(variant.queue_limit, 5);
  EXPECT_EQ(variant.initial_instances, 4);
  EXPECT_EQ(mean_seconds(variant.startup), 180);
  // The endpoint is as it was written.
  EXPECT_EQ(loaded.scenario->variants.front().variant.instance_type, "ml.c5.large");
}

TEST(CandidateReader, KeepsTheInstanceWhoseSpeedAloneIsAnother) {
  const auto loaded =
      tests::load(with_candidates("  tuned: {latency: {exact: 15ms}}\n"
                                  "  late: {startup: {exact: 5m}}\n"));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const auto& tuned = loaded.scenario->candidates[0].variant.variant;
  EXPECT_EQ(tuned.instance_type, "ml.c5.large");
  EXPECT_EQ(tuned.price->usd_per_hour(), 7);
  EXPECT_EQ(tuned.workers, 2);
  EXPECT_TRUE(tuned.memory.empty());
  const auto& late = loaded.scenario->candidates[1].variant.variant;
  EXPECT_EQ(late.workers, 3);
  EXPECT_EQ(late.memory.size(), 2U);
  EXPECT_EQ(mean_seconds(late.service_time), 0.02);
}

TEST(CandidateReader, IsWrittenOutAndReadAgain) {
  const auto loaded = tests::load(
      with_candidates("  ml.c5.xlarge: {instance_type: ml.c5.xlarge, latency: {exact: 10ms}}\n"));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const std::string expanded = expand_scenario(*loaded.scenario);
  EXPECT_THAT(expanded, HasSubstr("candidates:\n"
                                  "  \"ml.c5.xlarge\":\n"
                                  "    instance_type: \"ml.c5.xlarge\"\n"));
  const auto again = tests::load(expanded);
  ASSERT_TRUE(again.scenario) << again.messages;
  EXPECT_EQ(expand_scenario(*again.scenario), expanded);
}

TEST(CandidateReader, RefusesWhatCannotTakeTheEndpointsPlace) {
  const auto message = [](const std::string& candidates) {
    return tests::load(with_candidates(candidates)).messages;
  };
  EXPECT_THAT(message("  big: {instance_type: ml.c5.xlarge}\n"),
              HasSubstr("latency: {p50: 9ms, p99: 30ms}"));
  EXPECT_THAT(message("  big: {instance_typ: ml.c5.xlarge}\n"),
              HasSubstr("expected a key of candidates.big, found 'instance_typ'"));
  EXPECT_THAT(message("  big: {variants: {}}\n"), HasSubstr("expected a key of candidates.big"));
  EXPECT_THAT(message("  big: 3\n"), HasSubstr("expected candidates.big as a mapping"));
  EXPECT_THAT(message("  {}\n"), HasSubstr("expected 1 to 20 candidates by name"));
  const std::string variants =
      "version: 1\n"
      "traffic: {t: {rate: 50/s}}\n"
      "endpoint: {instance_type: ml.c5.large, latency: {exact: 9ms}, variants: {a: {}, b: {}}}\n"
      "candidates: {big: {instance_type: ml.c5.xlarge, latency: {exact: 9ms}}}\n";
  EXPECT_THAT(tests::load(variants).messages,
              HasSubstr("expected 'candidates' for an endpoint of one variant"));
}

}  // namespace
}  // namespace sim
