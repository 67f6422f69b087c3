#include "sim/study/golden_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/report/sample_run.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

Golden approved(const SampleRun& run) {
  Diagnostics diagnostics;
  const tests::Files files{{"x.golden.json", golden_text(run.scenario, run.result, 0.01)}};
  const auto golden = load_golden("x.golden.json", tests::opener_of(files), diagnostics);
  EXPECT_EQ(diagnostics.render_all(), "");
  return golden.value_or(Golden{});
}

TEST(GoldenCheck, WhatIsWrittenIsMet) {
  const SampleRun run = sample_run();
  const auto checked = check_golden(run.scenario, run.result, approved(run));
  ASSERT_THAT(checked, SizeIs(1));
  EXPECT_TRUE(checked[0].passed);
  EXPECT_EQ(checked[0].actual, "as in x.golden.json");
}

TEST(GoldenCheck, NumbersMayBeOffByTheToleranceAndNoMore) {
  SampleRun run = sample_run();
  const Golden golden = approved(run);
  run.result.summary.latency.p99 = 0.412 * 1.009;
  EXPECT_TRUE(check_golden(run.scenario, run.result, golden).at(0).passed);
  run.result.summary.latency.p99 = 0.412 * 1.02;
  run.result.summary.cpu_percent_max.reset();
  const auto checked = check_golden(run.scenario, run.result, golden);
  ASSERT_THAT(checked, SizeIs(2));
  EXPECT_FALSE(checked[0].passed);
  EXPECT_EQ(checked[0].that, "latency.p99 as approved");
  EXPECT_EQ(checked[0].expected, "412 ms ± 1 %");
  EXPECT_EQ(checked[0].actual, "420 ms");
  EXPECT_EQ(checked[0].place.file, "x.golden.json");
  EXPECT_EQ(checked[1].actual, "no value");
  EXPECT_THAT(checked[1].reasons, Contains(HasSubstr("headroom test --update")));
}

TEST(GoldenCheck, ActivitiesThatDifferAreShownAsADifference) {
  SampleRun run = sample_run();
  Golden golden = approved(run);
  ASSERT_THAT(golden.activities, SizeIs(1));
  const std::string line = golden.activities[0];
  golden.activities = {"10s  1 -> 3  why", line};
  auto checked = check_golden(run.scenario, run.result, golden);
  ASSERT_THAT(checked, SizeIs(1));
  EXPECT_EQ(checked[0].expected, "2 activities");
  EXPECT_EQ(checked[0].actual, "1 activity");
  EXPECT_THAT(checked[0].reasons,
              ElementsAre("- 10s  1 -> 3  why", HasSubstr("headroom test --update")));
  golden.activities = {"10s  1 -> 3  why"};
  checked = check_golden(run.scenario, run.result, golden);
  EXPECT_EQ(checked.at(0).actual, "1 activity, and others");
  EXPECT_THAT(checked.at(0).reasons,
              ElementsAre("- 10s  1 -> 3  why", "+ " + line, HasSubstr("headroom test --update")));
}

}  // namespace
}  // namespace sim
