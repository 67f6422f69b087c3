#include "sim/scenario/diagnostic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace sim {
namespace {

Diagnostic error_at(std::string file, int line, int column, std::string message) {
  return {Severity::Error, {std::move(file), line, column}, "code", std::move(message), {}, {}};
}

TEST(Diagnostic, ShowsPlaceSourceLineCaretAndHint) {
  Diagnostic diagnostic = error_at("a.yaml", 12, 9, "expected this, found that");
  diagnostic.source_line = "  rate: 1500";
  diagnostic.hint = "1500/s?";
  EXPECT_EQ(render(diagnostic),
            "a.yaml:12:9: error: expected this, found that\n"
            "  12 |   rate: 1500\n"
            "     |         ^\n"
            "  hint: 1500/s?\n");
}

TEST(Diagnostic, KeepsTheCaretBelowItsCharacterBehindTabsAndAccents) {
  Diagnostic diagnostic = error_at("a.yaml", 1, 6, "m");
  diagnostic.source_line = "\tü\té: x";
  EXPECT_EQ(render(diagnostic), "a.yaml:1:6: error: m\n  1 | \tü\té: x\n    | \t \t  ^\n");
}

TEST(Diagnostic, ShowsOnlyTheSurroundingsOfAVeryLongLine) {
  Diagnostic diagnostic = error_at("a.json", 1, 5001, "m");
  diagnostic.source_line = std::string(5000, 'a') + "!" + std::string(5000, 'b');
  const std::string rendered = render(diagnostic);
  EXPECT_LT(rendered.size(), 300U);
  const std::string shown = "..." + std::string(50, 'a') + "!" + std::string(49, 'b') + "...";
  EXPECT_THAT(rendered, testing::HasSubstr("  1 | " + shown + "\n"));
  EXPECT_THAT(rendered, testing::HasSubstr("    | " + std::string(53, ' ') + "^\n"));
}

TEST(Diagnostic, MakesControlCharactersOfTheSourceVisible) {
  Diagnostic diagnostic = error_at("a.yaml", 1, 1, "m");
  diagnostic.source_line = "\x1b[2J";
  EXPECT_EQ(render(diagnostic), "a.yaml:1:1: error: m\n  1 | \xEF\xBF\xBD[2J\n    | ^\n");
}

TEST(Diagnostic, WithoutALineNamesTheFileAlone) {
  EXPECT_EQ(render(error_at("a.yaml", 0, 0, "m")), "a.yaml: error: m\n");
}

TEST(Diagnostics, AreSortedByFileInOrderOfNamingThenByPlace) {
  Diagnostics diagnostics;
  diagnostics.name_file("z.yaml");
  diagnostics.add(error_at("a.json", 1, 1, "4"));
  diagnostics.add(error_at("z.yaml", 2, 1, "3"));
  diagnostics.add(error_at("z.yaml", 1, 9, "2"));
  diagnostics.add(error_at("z.yaml", 1, 2, "1"));
  EXPECT_EQ(diagnostics.render_all(),
            "z.yaml:1:2: error: 1\nz.yaml:1:9: error: 2\nz.yaml:2:1: error: 3\n"
            "a.json:1:1: error: 4\n");
}

TEST(Diagnostics, SayTheSameAtTheSamePlaceOnce) {
  Diagnostics diagnostics;
  diagnostics.add(error_at("a", 1, 1, "m"));
  diagnostics.add(error_at("a", 1, 1, "m"));
  diagnostics.add(error_at("a", 1, 1, "other"));
  EXPECT_EQ(diagnostics.error_count(), 2U);
}

TEST(Diagnostics, CountButDoNotKeepMoreThanAPersonWouldRead) {
  Diagnostics diagnostics;
  for (int line = 1; line <= 1000; ++line) diagnostics.add(error_at("a", line, 1, "m"));
  EXPECT_EQ(diagnostics.error_count(), 1000U);
  EXPECT_EQ(diagnostics.sorted().size(), kMostDiagnostics);
  EXPECT_THAT(diagnostics.render_all(), testing::EndsWith("and 500 more of these\n"));
}

TEST(Diagnostics, WarningsAreNotErrors) {
  Diagnostics diagnostics;
  diagnostics.add({Severity::Warning, {"a", 1, 1}, "c", "m", {}, {}});
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_EQ(diagnostics.render_all(), "a:1:1: warning: m\n");
}

TEST(InQuotes, KeepsTheMessageOnOneShortLine) {
  EXPECT_EQ(in_quotes("a\tb\nc\x01"), "'a\\tb\\nc\\x01'");
  EXPECT_EQ(in_quotes(std::string(1000, 'a')), "'" + std::string(59, 'a') + "...'");
  EXPECT_EQ(in_quotes(std::string(58, 'a') + "éé"), "'" + std::string(58, 'a') + "é...'");
}

}  // namespace
}  // namespace sim
