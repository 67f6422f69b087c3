#include "sim/scenario/golden.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

struct LoadedGolden {
  std::optional<Golden> golden;
  std::string messages;
};

LoadedGolden load(const std::string& text) {
  Diagnostics diagnostics;
  const tests::Files files{{"shop.golden.json", text}};
  LoadedGolden loaded;
  loaded.golden = load_golden("shop.golden.json", tests::opener_of(files), diagnostics);
  loaded.messages = diagnostics.render_all();
  return loaded;
}

TEST(Golden, LiesBesideItsScenario) {
  EXPECT_EQ(golden_file_of("a/shop.scenario.yaml"), "a/shop.golden.json");
  EXPECT_EQ(golden_file_of("shop.yml"), "shop.golden.json");
  Diagnostics diagnostics;
  EXPECT_FALSE(load_golden("absent.golden.json", tests::opener_of({}), diagnostics));
  EXPECT_FALSE(diagnostics.has_errors());
}

TEST(Golden, HasNumbersAndActivities) {
  const LoadedGolden loaded = load(
      R"({"schema": "headroom.golden/1", "tolerance": "2.5%",
          "summary": {"requests.total": 12, "latency.p99": null},
          "activities": ["1m  1 -> 2  why"]})");
  EXPECT_EQ(loaded.messages, "");
  ASSERT_TRUE(loaded.golden);
  EXPECT_DOUBLE_EQ(loaded.golden->tolerance, 0.025);
  ASSERT_EQ(loaded.golden->numbers.size(), 2U);
  EXPECT_EQ(loaded.golden->numbers[0].value, 12);
  EXPECT_EQ(loaded.golden->numbers[0].place.line, 2);
  EXPECT_EQ(loaded.golden->numbers[1].value, std::nullopt);
  EXPECT_THAT(loaded.golden->activities, ElementsAre("1m  1 -> 2  why"));
}

TEST(Golden, IsReadStrictly) {
  EXPECT_THAT(load("{").messages, HasSubstr("shop.golden.json:1"));
  EXPECT_THAT(load("[]").messages, HasSubstr("expected the golden file as a mapping"));
  EXPECT_THAT(load(R"({"schema": "headroom.golden/2", "summary": {}, "activities": []})").messages,
              HasSubstr("expected \"headroom.golden/1\""));
  EXPECT_THAT(load(R"({"schema": "headroom.golden/1", "activities": []})").messages,
              HasSubstr("expected the key 'summary'"));
  const std::string unknown =
      load(R"({"schema": "headroom.golden/1", "summary": {"latency.p98": 1}, "activities": 7})")
          .messages;
  EXPECT_THAT(unknown, HasSubstr("expected a metric of the summary, found 'latency.p98'"));
  EXPECT_THAT(unknown, HasSubstr("expected a list of activities"));
  EXPECT_THAT(load(R"({"schema": "headroom.golden/1", "tolerance": "100%", "activities": [],
                       "summary": {"instances.in_service": 1}})")
                  .messages,
              AllOf(HasSubstr("expected a tolerance below 100%, found '100%'"),
                    HasSubstr("expected a metric of the summary, found 'instances.in_service'")));
}

}  // namespace
}  // namespace sim
