#include "sim/scenario/test_matrix.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/scenario/test_file.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

struct LoadedMatrix {
  std::vector<TestCase> tests;
  std::string messages;
};

LoadedMatrix load_matrix(const std::string& matrix) {
  const tests::Files files{{"shop.scenario.yaml", tests::smallest_with("run: {duration: 3m}\n")}};
  Diagnostics diagnostics;
  const auto file = load_tests(
      "version: 1\ntests:\n  - name: t\n    scenario: shop.scenario.yaml\n"
      "    set: {run.seed: 5}\n    matrix: " +
          matrix + "\n    expect: [errors.rate < 1%]\n",
      "x.test.yaml", tests::opener_of(files), diagnostics);
  return {file ? file->tests : std::vector<TestCase>{}, diagnostics.render_all()};
}

std::vector<std::string> names_of(const LoadedMatrix& loaded) {
  std::vector<std::string> names;
  for (const TestCase& test : loaded.tests) names.push_back(test.name);
  return names;
}

const Scenario& scenario_of(const TestCase& test) {
  return std::get<ScenarioTest>(test.test).scenario;
}

TEST(TestMatrix, EveryCombinationIsATestThatIsNamedByIt) {
  const LoadedMatrix loaded =
      load_matrix("{endpoint.startup: [2m, {exact: 5m}], endpoint.initial_instances: [1, 3]}");
  EXPECT_EQ(loaded.messages, "");
  EXPECT_THAT(names_of(loaded),
              ElementsAre("t (endpoint.startup = 2m, endpoint.initial_instances = 1)",
                          "t (endpoint.startup = 2m, endpoint.initial_instances = 3)",
                          "t (endpoint.startup = {exact: 5m}, endpoint.initial_instances = 1)",
                          "t (endpoint.startup = {exact: 5m}, endpoint.initial_instances = 3)"));
  const auto& last = scenario_of(loaded.tests.at(3)).variants.front().variant;
  EXPECT_EQ(mean_seconds(last.startup), 300);
  EXPECT_EQ(last.initial_instances, 3);
  EXPECT_EQ(scenario_of(loaded.tests.at(0)).run.seed, 5U);  // `set` holds for all
}

TEST(TestMatrix, ItsValuesWinOverThoseOfSet) {
  const LoadedMatrix loaded = load_matrix("{run.seed: [7]}");
  ASSERT_THAT(loaded.tests, SizeIs(1));
  EXPECT_EQ(scenario_of(loaded.tests.front()).run.seed, 7U);
}

TEST(TestMatrix, WhatIsWrongIsToldOnceWithItsPlace) {
  EXPECT_THAT(load_matrix("[1]").messages, HasSubstr("expected a mapping of paths to values"));
  EXPECT_THAT(load_matrix("{}").messages, HasSubstr("expected a mapping of paths to values"));
  EXPECT_THAT(load_matrix("{run.seed: 7}").messages,
              HasSubstr("expected a list of values of 'run.seed'"));
  EXPECT_THAT(load_matrix("{run.seed: []}").messages,
              HasSubstr("expected a list of values of 'run.seed'"));
  EXPECT_THAT(load_matrix("{run.seed: [1, 2, 1]}").messages,
              HasSubstr("6:31: error: expected each value once, found '1' again"));
  const std::string wrong = load_matrix("{run.seed: [1, x, y]}").messages;
  EXPECT_THAT(wrong, HasSubstr("x.test.yaml:6:28: error: "));
  EXPECT_EQ(wrong.find("error", wrong.find("error") + 5), std::string::npos) << wrong;
}

TEST(TestMatrix, IsBounded) {
  std::string many;
  for (int value = 0; value < 32; ++value) many += (value > 0 ? ", " : "") + std::to_string(value);
  EXPECT_THAT(load_matrix("{run.seed: [" + many + "], endpoint.initial_instances: [" + many + "]}")
                  .messages,
              HasSubstr("expected at most 1000 combinations, found 32 x 32"));
}

TEST(TestMatrix, LongValuesAreCutInNames) {
  const LoadedMatrix loaded = load_matrix("{name: [" + std::string(90, 'x') + "]}");
  EXPECT_THAT(names_of(loaded), ElementsAre("t (name = " + std::string(60, 'x') + "...)"));
}

}  // namespace
}  // namespace sim
