#include "sim/report/table_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <sstream>

#include "tests/sim/report/approved_text.hpp"
#include "tests/sim/report/sample_run.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

std::string table_text(const SampleRun& run, Colour colour = Colour::Off) {
  std::ostringstream out;
  write_table(out, run.report(), colour);
  return out.str();
}

TEST(TableReport, IsAsApproved) {
  EXPECT_EQ(difference_from_approved(table_text(sample_run()), "table.txt"), "");
  EXPECT_EQ(difference_from_approved(table_text(idle_run()), "idle_table.txt"), "");
}

TEST(TableReport, WithoutColourHasNoEscapeCodes) {
  EXPECT_THAT(table_text(sample_run()), Not(HasSubstr("\x1b")));
}

TEST(TableReport, WithColourSaysTheSame) {
  std::string text = table_text(sample_run(), Colour::On);
  EXPECT_THAT(text, HasSubstr("\x1b[31m✗\x1b[0m latency.p99 < 400ms"));
  for (std::size_t at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b')) {
    text.erase(at, text.find('m', at) - at + 1);
  }
  EXPECT_EQ(text, table_text(sample_run()));
}

TEST(TableReport, OfARunThatMeetsAllSaysSoAndNeedsNoNextStep) {
  SampleRun run = sample_run();
  for (ExpectationResult& result : run.expectations) result.passed = true;
  EXPECT_THAT(table_text(run), HasSubstr("EXPECT     all 4 met"));
  EXPECT_THAT(table_text(run), Not(HasSubstr("NEXT")));
}

TEST(TableReport, OfManyChangesShowsTheFirstAndTheLast) {
  SampleRun run = idle_run();
  for (int minute = 1; minute <= 100; ++minute) {
    run.result.capacity_changes.push_back({core::kStart + minute * 1min, 1 + minute % 2, "x"});
  }
  const std::string text = table_text(run);
  EXPECT_THAT(text, HasSubstr("  2          13m                x\n"));
  EXPECT_THAT(text, HasSubstr("  ... 71 more: -o json has all of them\n"));
  EXPECT_THAT(text, HasSubstr("  1          1h40m              x\n"));
  EXPECT_THAT(text, Not(HasSubstr("  20m  ")));
}

TEST(TableReport, DoesNotLetANameMoveTheCursor) {
  SampleRun run = idle_run();
  run.scenario.name = "fine\x1b[2J\nEXPECT all met";
  EXPECT_THAT(table_text(run), ::testing::StartsWith("fine\\x1b[2J EXPECT all met   4m"));
}

}  // namespace
}  // namespace sim
