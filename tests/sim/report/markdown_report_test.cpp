#include "sim/report/markdown_report.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/sim/report/approved_text.hpp"
#include "tests/sim/report/sample_run.hpp"

namespace sim {
namespace {

std::string markdown_of(const SampleRun& run) {
  std::ostringstream out;
  write_markdown(out, run.report());
  return out.str();
}

TEST(MarkdownReport, IsAsApproved) {
  EXPECT_EQ(difference_from_approved(markdown_of(sample_run()), "markdown.txt"), "");
  EXPECT_EQ(difference_from_approved(markdown_of(idle_run()), "idle_markdown.txt"), "");
}

TEST(MarkdownText, IsTakenLiterally) {
  EXPECT_EQ(markdown_text("a|b <script>\nc"), "a\\|b &lt;script&gt; c");
  EXPECT_EQ(markdown_text("`x` *y* _z_ [l](u) \\ & #"),
            "\\`x\\` \\*y\\* \\_z\\_ \\[l\\](u) \\\\ &amp; \\#");
}

}  // namespace
}  // namespace sim
