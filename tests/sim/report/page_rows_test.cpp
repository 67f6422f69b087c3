#include "sim/report/page_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <sstream>

#include "tests/sim/report/sample_run.hpp"

namespace sim {
namespace {

using ::testing::ElementsAre;

TEST(PageRows, AreAllWhereAllFit) {
  const std::vector<NumberAt> numbers = {[](std::size_t) { return 0.0; }};
  EXPECT_THAT(page_rows(4, numbers, 4), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(page_rows(0, numbers, 4), ElementsAre());
}

TEST(PageRows, OfALongRunHoldTheExtremesOfEveryNumberAndStretch) {
  std::mt19937 random(7);
  std::vector<double> first(50'000);
  std::vector<double> second(first.size());
  for (double& value : first) value = static_cast<double>(random());
  for (double& value : second) value = static_cast<double>(random());
  const std::vector<NumberAt> numbers = {[&](std::size_t index) { return first[index]; },
                                         [&](std::size_t index) { return second[index]; }};
  const std::vector<std::size_t> rows = page_rows(first.size(), numbers, 400);
  EXPECT_LE(rows.size(), 400U);
  EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end()));
  EXPECT_EQ(std::adjacent_find(rows.begin(), rows.end()), rows.end());
  for (std::size_t from = 0; from < first.size(); from += first.size() / 100) {
    const std::size_t to = from + first.size() / 100;
    for (const auto& values : {first, second}) {
      const auto begin = values.begin();
      const auto [least, most] = std::minmax_element(begin + static_cast<std::ptrdiff_t>(from),
                                                     begin + static_cast<std::ptrdiff_t>(to));
      for (const auto extreme : {least - begin, most - begin}) {
        EXPECT_TRUE(std::binary_search(rows.begin(), rows.end(), static_cast<std::size_t>(extreme)))
            << extreme;
      }
    }
  }
}

nlohmann::json columns_of(const std::vector<MinuteRecord>& minutes, std::size_t most) {
  std::ostringstream out;
  JsonWriter json(out, 1);
  write_page_rows(json, minutes, most);
  return nlohmann::json::parse(out.str());
}

TEST(PageRows, AreColumnsWithoutThoseOfWhatNeverHappened) {
  std::vector<MinuteRecord> minutes = sample_run().result.minutes;
  minutes[1].errors_by_cause.rejected = 50;
  minutes[2].cost = MinuteCost{0.5, 0.25, 0};
  const nlohmann::json columns = columns_of(minutes, 100);
  EXPECT_EQ(columns.at("total"), 4);
  EXPECT_EQ(columns.at("end_s"), 240);
  EXPECT_EQ(columns.at("start_s"), nlohmann::json({0, 60, 120, 180}));
  EXPECT_EQ(columns.at("rejected"), nlohmann::json({0, 50, 0, 0}));
  EXPECT_EQ(columns.at("cost_busy_usd"), nlohmann::json({0, 0, 0.5, 0}));
  EXPECT_FALSE(columns.contains("timed_out"));
  EXPECT_FALSE(columns.contains("cost_starting_usd"));
}

}  // namespace
}  // namespace sim
