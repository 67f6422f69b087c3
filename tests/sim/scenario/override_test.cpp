#include "sim/scenario/override.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using testing::HasSubstr;
using tests::load;

const std::string kText = tests::smallest_with("expect: [latency.p99 < 1s, errors.rate < 1%]\n");

TEST(Override, ChangesAndMakesValues) {
  const auto loaded = load(kText, {},
                           {"run.seed=7", "traffic.t.rate=20/s", "expect[1]=wait.max < 1s",
                            "endpoint.startup={exact: 8m}"});
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.scenario->run.seed, 7U);
  const auto& smooth = std::get<models::traffic::SmoothTraffic>(loaded.scenario->traffic[0].shape);
  EXPECT_EQ(smooth.rate.per_second(), 20);
  EXPECT_EQ(loaded.scenario->expectations[1].metric, "wait.max");
}

TEST(Override, TakesAPointForAnIndexAndTheLastOfTwo) {
  const auto loaded = load(kText, {}, {"expect.0=latency.p50 < 1s", "run.seed=1", "run.seed=2"});
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.scenario->expectations[0].metric, "latency.p50");
  EXPECT_EQ(loaded.scenario->run.seed, 2U);
}

TEST(Override, WhatIsWrongIsToldWithTheOption) {
  EXPECT_EQ(load(kText, {}, {"traffic.t.rate=1500"}).messages,
            "--set traffic.t.rate=1500: error: expected a rate with its unit, found '1500'\n"
            "  hint: 1500/s or 1500/min (25/s)?\n");
  EXPECT_EQ(load(kText, {}, {"endpoint.workerz=2"}).messages,
            "--set endpoint.workerz=2: error: expected a key of endpoint, found 'workerz'\n"
            "  hint: did you mean 'workers'?\n");
  EXPECT_THAT(load(kText, {}, {"run.seed"}).messages, HasSubstr("expected PATH=VALUE"));
  EXPECT_THAT(load(kText, {}, {"expect[2]=x"}).messages,
              HasSubstr("expected the index of one of 2 entries, found '2'"));
  EXPECT_THAT(load(kText, {}, {"version.x=1"}).messages,
              HasSubstr("expected a mapping or a list before 'x', found '1'"));
  EXPECT_THAT(load(kText, {}, {"run.seed=[1"}).messages, HasSubstr("--set run.seed=[1: error: "));
  for (const char* path : {"=1", "a..b=1", "a[=1", "a]=1", "a[0=1", ".a=1"}) {
    EXPECT_THAT(load(kText, {}, {path}).messages, HasSubstr("expected a path such as")) << path;
  }
}

}  // namespace
}  // namespace sim
