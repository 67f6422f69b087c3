#include "sim/report/csv_report.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/sim/report/sample_run.hpp"

namespace sim {
namespace {

TEST(CsvReport, HasARowAMinuteAndUnitsInItsHeaders) {
  std::ostringstream out;
  write_timeseries_csv(out, sample_run().result);
  EXPECT_EQ(out.str(),
            "start_s,invocations,invocations_per_instance,errors,latency_p50_s,latency_p95_s,"
            "latency_p99_s,cpu_percent,in_service,starting,desired,min_capacity,max_capacity,"
            "offered_rate_per_s,capacity_rate_per_s,concurrency_max\n"
            "0,0,0,0,,,,,1,0,1,1,2,0,151,0\n"
            "60,6000,6000,50,0.0093,0.05,11.3,173,1,0,1,1,2,100,151,17\n"
            "120,5000,5000,0,,,,,1,1,2,1,2,83.3333333,151,0\n"
            "180,1345,672.5,0,,,,,2,0,2,1,2,22.4166667,302,0\n");
}

TEST(CsvReport, TellsSeveralRunsApartByTheirFirstColumn) {
  std::ostringstream out;
  write_csv_header(out, "file");
  write_csv_rows(out, idle_run().result, "a,\"b\".yaml");
  const std::string text = out.str();
  EXPECT_TRUE(text.starts_with("file,start_s,"));
  EXPECT_EQ(text.substr(text.find('\n') + 1),
            "\"a,\"\"b\"\".yaml\",0,0,0,0,,,,,1,0,1,1,2,0,151,0\n");
}

TEST(CsvField, IsQuotedOnlyWhenItHasTo) {
  EXPECT_EQ(csv_field("plain text"), "plain text");
  EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
}

}  // namespace
}  // namespace sim
