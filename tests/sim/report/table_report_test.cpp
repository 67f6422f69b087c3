#include "sim/report/table_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <sstream>

#include "sim/report/assumption_list.hpp"
#include "sim/scenario/assumption_table.hpp"
#include "tests/sim/report/approved_text.hpp"
#include "tests/sim/report/sample_run.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

std::string table_text(const SampleRun& run, Colour colour = Colour::Off) {
  std::ostringstream out;
  write_table(out, run.report(), {.colour = colour});
  return out.str();
}

// For a regular expression: N[+]2.
std::string literally(const std::string& value) {
  const std::size_t plus = value.find('+');
  return plus == std::string::npos ? value : std::string(value).replace(plus, 1, "[+]");
}

// Not the default anywhere.
Assumptions unusual_assumptions() {
  Assumptions assumptions;
  for (const AssumptionKey& key : assumption_keys()) {
    if (const auto* choice = std::get_if<AssumedChoice>(&key.kind)) {
      choice->index.set(assumptions, 1);
    } else if (const auto* duration = std::get_if<AssumedDuration>(&key.kind)) {
      duration->span.set(assumptions, 7s);
    } else if (const auto* range = std::get_if<AssumedRange>(&key.kind)) {
      range->extra.set(assumptions, 7);
    } else if (const auto* boolean = std::get_if<AssumedBoolean>(&key.kind)) {
      boolean->flag.set(assumptions, !boolean->flag.get(assumptions));
    }
  }
  return assumptions;
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

TEST(TableReport, InAsciiHasNothingElse) {
  std::ostringstream out;
  write_table(out, sample_run().report(), {.is_ascii = true});
  EXPECT_THAT(out.str(), HasSubstr("\n  x latency.p99 < 400ms"));
  EXPECT_THAT(out.str(), HasSubstr("\n  + cost.total < 7 USD"));
  for (const char byte : out.str()) {
    EXPECT_TRUE(byte == '\n' || (byte >= ' ' && byte <= '~')) << static_cast<int>(byte);
  }
}

TEST(TableReport, InANarrowWindowHasNoChart) {
  std::ostringstream out;
  write_table(out, sample_run().report(), {.width = 20});
  EXPECT_THAT(out.str(), Not(HasSubstr("CHART")));
  EXPECT_THAT(out.str(), HasSubstr("answered\n\nLOAD"));
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

TEST(TableReport, NamesEveryAssumption) {
  SampleRun run = idle_run();
  run.scenario.assumptions.metric_delay = 2min;
  const std::string text = table_text(run);
  for (const NamedAssumption& assumption : assumption_list(run.scenario.assumptions)) {
    EXPECT_THAT(text,
                ContainsRegex(std::string(assumption.name) + " +" + literally(assumption.value)));
  }
  for (std::size_t begin = text.find("ASSUMED"); begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    EXPECT_LE(end - begin, 100U) << text.substr(begin, end - begin);
    begin = end + 1;
  }
}

TEST(TableReport, SaysWhichAssumptionsAreNotTheDefault) {
  SampleRun run = idle_run();
  run.scenario.assumptions.metric_delay = 2min;
  run.scenario.assumptions.zero_traffic = ZeroTraffic::Sparse;
  EXPECT_THAT(
      table_text(run),
      HasSubstr(
          "ASSUMED    of AWS, where its documentation leaves a choice; 31 of 33 by default\n"
          "  option        value   default    meaning\n"
          "  metric_delay  2m      1m         From the end of a period until its datapoint is "
          "visible.\n"
          "  zero_traffic  sparse  emit_zero  Whether periods without requests have datapoints.\n"
          "  the others, as by default:\n"
          "  high_resolution_metric_delay 10s, zero_samples one_per_minute, "));
}

TEST(TableReport, OfManyAssumptionsThatAreNotTheDefaultShowsAll) {
  SampleRun run = idle_run();
  run.scenario.assumptions = unusual_assumptions();
  const std::string text = table_text(run);
  EXPECT_THAT(text, HasSubstr("leaves a choice; 0 of 33 by default\n"));
  for (const NamedAssumption& assumption : assumption_list(run.scenario.assumptions)) {
    EXPECT_THAT(text, ContainsRegex("  " + std::string(assumption.name) + " +" +
                                    literally(assumption.value) + " +" +
                                    literally(assumption.default_value)));
  }
  EXPECT_THAT(text, Not(HasSubstr("as by default:")));
}

TEST(TableReport, DoesNotLetANameMoveTheCursor) {
  SampleRun run = idle_run();
  run.scenario.name = "fine\x1b[2J\nEXPECT all met";
  EXPECT_THAT(table_text(run), ::testing::StartsWith("fine\\x1b[2J EXPECT all met   4m"));
}

}  // namespace
}  // namespace sim
