#include "sim/report/sweep_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "sim/report/json_writer.hpp"
#include "sim/scenario/summary_keys.hpp"

namespace sim {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

SweptPoint point(std::string value, double cost, double p99, std::size_t met) {
  SweptPoint point;
  point.values = {std::move(value), "a,b"};
  point.price_source = "table";
  point.mean.run_count = 2;
  point.mean.met_count = met;
  point.mean.values.resize(summary_keys().size());
  const auto set = [&point](std::string_view key, double mean, double half_width) {
    point.mean.values[summary_key_index(key)] = {
        mean, core::Interval{mean - half_width, mean + half_width}, 2};
  };
  set("cost.total", cost, 0);
  set("errors.rate", 0, 0);
  set("latency.p99", p99, p99 / 10);
  point.mean.values[summary_key_index("reaction.worst.total_s")] = {90, std::nullopt, 1};
  point.mean.passed = {static_cast<double>(met) / 2, std::nullopt, 2};
  point.mean.failed = {1 - static_cast<double>(met) / 2, std::nullopt, 2};
  return point;
}

SweepResult sample() {
  SweepResult result;
  result.name = "sample";
  result.file = "sample.yaml";
  result.run_count = 2;
  result.parameters = {"endpoint.startup.exact", "endpoint.name"};
  result.points = {point("2m", 1, 2, 1), point("8", 2, 0.5, 2), point("9m", 9, 0.4, 2)};
  result.points[2].values[1] = std::nullopt;
  result.has_expectations = true;
  result.cost_key = "cost.total";
  result.baseline = 2;
  result.cheapest = 1;
  result.knee = 1;
  result.knee_key = "latency.p99";
  result.pareto = {0, 1, 2};
  return result;
}

template <class... More>
std::string written(void (*write)(std::ostream&, const SweepResult&, More...),
                    const SweepResult& result, More... more) {
  std::ostringstream out;
  write(out, result, more...);
  return out.str();
}

TEST(SweepReport, TableBeginsWithTheVerdictAndMarksWhatStandsOut) {
  const std::string text = written(write_sweep, sample(), Colour::Off);
  EXPECT_THAT(text, HasSubstr("EXPECT     2 of 3 points meet everything\n"));
  EXPECT_THAT(text, HasSubstr("cheapest: startup.exact=8, endpoint.name=a,b for $2.00; "
                              "the file as it is: $9.00, 2/2 met"));
  EXPECT_THAT(text, HasSubstr("2m  "));
  EXPECT_THAT(text, HasSubstr("500 ms ± 50 ms"));
  EXPECT_THAT(text, HasSubstr("cheapest, knee, pareto\n"));
  EXPECT_THAT(text, HasSubstr("baseline, pareto\n"));
  // The mean of the one run that has it.
  EXPECT_THAT(text, HasSubstr("90 s (1 run)"));
  // All runs agree.
  EXPECT_THAT(text, Not(HasSubstr("$1.00 ±")));
}

TEST(SweepReport, TellsThePointThatComesNearestWhenNoneMeetsEverything) {
  SweepResult result = sample();
  for (SweptPoint& point : result.points) point.mean.met_count = 0;
  result.cheapest = std::nullopt;
  const std::string text = written(write_sweep, result, Colour::Off);
  EXPECT_THAT(text, HasSubstr("none of 3 points meets everything\n"));
  EXPECT_THAT(text, HasSubstr("nearest: startup.exact=8, endpoint.name=a,b, which meets 2/2"));
}

TEST(SweepReport, JsonHasTheShapeOfTheContract) {
  const JsonTree json = JsonTree::parse(written(write_sweep_json, sample()));
  EXPECT_EQ(json["schema"], "headroom.sweep/1");
  ASSERT_EQ(json["points"].size(), 3U);
  const JsonTree& second = json["points"][1];
  EXPECT_EQ(second["parameters"]["endpoint.startup.exact"], 8);
  EXPECT_EQ(second["parameters"]["endpoint.name"], "a,b");
  EXPECT_TRUE(json["points"][2]["parameters"]["endpoint.name"].is_null());
  EXPECT_EQ(second["summary"]["latency"]["p99"], 0.5);
  EXPECT_EQ(second["intervals"]["latency"]["p99"], (JsonTree{0.45, 0.55}));
  EXPECT_TRUE(second["intervals"]["latency"]["p50"].is_null());
  EXPECT_EQ(second["summary"]["cost"]["price_table"], "table");
  EXPECT_EQ(second["supporting_runs"]["reaction.worst.total_s"], 1);
  EXPECT_EQ(json["baseline"], 2);
  EXPECT_EQ(json["knee"], 1);
  EXPECT_EQ(json["pareto"], (JsonTree{0, 1, 2}));
}

TEST(SweepReport, CsvHasAColumnForEachNumberAndTheEndsOfItsInterval) {
  std::istringstream lines(written(write_sweep_csv, sample()));
  std::string header;
  std::getline(lines, header);
  EXPECT_THAT(header, HasSubstr(",latency.p99,latency.p99.low,latency.p99.high,"));
  EXPECT_THAT(header, Not(HasSubstr("instances.in_service")));
  const auto commas = std::count(header.begin(), header.end(), ',');
  std::string row;
  std::getline(lines, row);
  EXPECT_THAT(row, HasSubstr("0,2m,\"a,b\",0,0,0,1,2,1,"));
  EXPECT_EQ(std::count(row.begin(), row.end(), ','), commas + 1);
}

TEST(SweepReport, OfOneRunHasNoIntervals) {
  SweepResult result = sample();
  result.run_count = 1;
  for (SweptPoint& point : result.points) point.mean.run_count = 1;
  EXPECT_THAT(written(write_sweep_csv, result), Not(HasSubstr(".low")));
  const JsonTree json = JsonTree::parse(written(write_sweep_json, result));
  EXPECT_TRUE(json["points"][0]["intervals"].is_null());
}

TEST(SweepReport, MarkdownIsOneTable) {
  const std::string text = written(write_sweep_markdown, sample());
  EXPECT_THAT(text, HasSubstr("- **EXPECT** 2 of 3 points meet everything; cheapest:"));
  EXPECT_THAT(text, HasSubstr("| startup.exact | endpoint.name | met | cost |"));
}

}  // namespace
}  // namespace sim
