#include "sim/report/markdown_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <sstream>

#include "tests/sim/report/approved_text.hpp"
#include "tests/sim/report/sample_run.hpp"

namespace sim {
namespace {

using ::testing::HasSubstr;

std::string markdown_of(const SampleRun& run) {
  std::ostringstream out;
  write_markdown(out, run.report());
  return out.str();
}

TEST(MarkdownReport, IsAsApproved) {
  EXPECT_EQ(difference_from_approved(markdown_of(sample_run()), "markdown.txt"), "");
  EXPECT_EQ(difference_from_approved(markdown_of(idle_run()), "idle_markdown.txt"), "");
}

TEST(MarkdownReport, SaysWhichAssumptionsAreNotTheDefault) {
  SampleRun run = idle_run();
  run.scenario.assumptions.metric_delay = std::chrono::minutes{2};
  run.scenario.assumptions.bill_startup = false;
  EXPECT_THAT(markdown_of(run), HasSubstr("\nAssumed: metric\\_delay 2m (default 1m), high"));
  EXPECT_THAT(markdown_of(run), HasSubstr(", bill\\_startup false (default true), "));
}

TEST(MarkdownText, IsTakenLiterally) {
  EXPECT_EQ(markdown_text("a|b <script>\nc"), "a\\|b &lt;script&gt; c");
  EXPECT_EQ(markdown_text("`x` *y* _z_ [l](u) \\ & #"),
            "\\`x\\` \\*y\\* \\_z\\_ \\[l\\](u) \\\\ &amp; \\#");
}

}  // namespace
}  // namespace sim
