#include "sim/study/parameter_grid.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<SweptParameter> parameters_of(const std::vector<std::string>& texts) {
  Diagnostics diagnostics;
  auto parameters = read_parameters(texts, diagnostics);
  EXPECT_EQ(diagnostics.render_all(), "");
  return parameters;
}

std::string complaints_about(const std::vector<std::string>& texts) {
  Diagnostics diagnostics;
  read_parameters(texts, diagnostics);
  return diagnostics.render_all();
}

TEST(ParameterGrid, HasAllCombinationsTheLastChangingFastest) {
  const auto parameters = parameters_of({"a=1:3:1", "b=x,y"});
  EXPECT_EQ(combination_count(parameters), 6U);
  EXPECT_THAT(full_grid(parameters),
              ElementsAre(GridPoint{0, 0}, GridPoint{0, 1}, GridPoint{1, 0}, GridPoint{1, 1},
                          GridPoint{2, 0}, GridPoint{2, 1}));
}

TEST(ParameterGrid, CountsNoFurtherThanASweepMayGo) {
  const std::vector<std::string> axis{"=1:90000:1"};
  std::vector<SweptParameter> parameters;
  for (int of = 0; of < 8; ++of) {
    parameters.push_back(parameters_of({"p" + std::to_string(of) + axis.front()}).front());
  }
  EXPECT_EQ(combination_count(parameters), kMostPoints + 1);
}

TEST(ParameterGrid, KeepsAnEqualsSignInAValue) {
  EXPECT_THAT(parameters_of({"a.b=x=1,x=2"}).front().values, ElementsAre("x=1", "x=2"));
}

TEST(ParameterGrid, TellsEverythingThatIsWrongAtItsOption) {
  const std::string complaints = complaints_about({"a", "=1", "b=2:1:1", "c=1", "c=2"});
  EXPECT_THAT(complaints, HasSubstr("-p a: error: expected PATH=FROM:TO:STEP"));
  EXPECT_THAT(complaints, HasSubstr("-p =1: error:"));
  EXPECT_THAT(complaints, HasSubstr("-p b=2:1:1: error: expected a step that leads"));
  EXPECT_THAT(complaints, HasSubstr("-p c=2: error: expected each path once, found 'c' again"));
}

TEST(LatinHypercube, UsesEachPartOfEveryParameterOnce) {
  const auto parameters = parameters_of({"a=1:20:1", "b=1:40:1", "c=1:20:1"});
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto points = latin_hypercube(parameters, 20, seed);
    ASSERT_EQ(points.size(), 20U) << seed;
    for (std::size_t of = 0; of < parameters.size(); ++of) {
      const std::size_t part_width = parameters[of].values.size() / 20;
      std::set<std::size_t> parts;
      for (const GridPoint& point : points) parts.insert(point[of] / part_width);
      EXPECT_EQ(parts.size(), 20U) << "seed " << seed << ", parameter " << of;
    }
  }
}

TEST(LatinHypercube, UsesFewValuesEquallyOften) {
  const auto parameters = parameters_of({"a=1:5:1", "b=1:1000:1"});
  std::vector<int> uses(5, 0);
  for (const GridPoint& point : latin_hypercube(parameters, 100, 3)) ++uses[point[0]];
  EXPECT_THAT(uses, ElementsAre(20, 20, 20, 20, 20));
}

TEST(LatinHypercube, ListsEqualPointsOnce) {
  const auto parameters = parameters_of({"a=1,2", "b=1,2"});
  const auto points = latin_hypercube(parameters, 50, 1);
  EXPECT_EQ(points.size(), 4U);
  EXPECT_EQ(std::set<GridPoint>(points.begin(), points.end()).size(), 4U);
}

TEST(LatinHypercube, DependsOnTheSeedAlone) {
  const auto parameters = parameters_of({"a=1:100:1", "b=1:100:1"});
  EXPECT_EQ(latin_hypercube(parameters, 10, 1), latin_hypercube(parameters, 10, 1));
  EXPECT_NE(latin_hypercube(parameters, 10, 1), latin_hypercube(parameters, 10, 2));
  // What one parameter takes does not depend on the others.
  const auto alone = latin_hypercube(parameters_of({"b=1:100:1"}), 10, 1);
  const auto both = latin_hypercube(parameters, 10, 1);
  for (std::size_t index = 0; index < 10; ++index) EXPECT_EQ(alone[index][0], both[index][1]);
}

}  // namespace
}  // namespace sim
