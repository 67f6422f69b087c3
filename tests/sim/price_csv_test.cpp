#include "sim/prices/price_csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sim {
namespace {

using ::testing::ElementsAre;

std::vector<CsvRecord> split_or_fail(std::string_view text) {
  std::string error;
  const auto records = split_csv(text, error);
  EXPECT_TRUE(records.has_value()) << error;
  return records.value_or(std::vector<CsvRecord>{});
}

std::string error_of(std::string_view text) {
  std::string error;
  EXPECT_FALSE(split_csv(text, error).has_value());
  return error;
}

TEST(PriceCsv, PlainFieldsAreSplitAtCommas) {
  const auto records = split_or_fail("a,,c\n");
  ASSERT_EQ(records.size(), 1u);
  EXPECT_THAT(records[0].fields, ElementsAre("a", "", "c"));
}

TEST(PriceCsv, ACommaAtTheLineEndGivesAnEmptyLastField) {
  EXPECT_THAT(split_or_fail("a,").at(0).fields, ElementsAre("a", ""));
}

TEST(PriceCsv, QuotedFieldsKeepCommasQuotesAndLineBreaks) {
  const auto records = split_or_fail("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\nnext,\"\",z\n");
  ASSERT_EQ(records.size(), 2u);
  EXPECT_THAT(records[0].fields, ElementsAre("a,b", "say \"x\"", "two\nlines"));
  EXPECT_THAT(records[1].fields, ElementsAre("next", "", "z"));
  EXPECT_EQ(records[1].line, 3);
}

TEST(PriceCsv, ByteOrderMarkCarriageReturnsAndEmptyLinesAreNoContent) {
  const auto records = split_or_fail(
      "\xEF\xBB\xBF"
      "a,b\r\n\r\n\"c\",d\r\n\n");
  ASSERT_EQ(records.size(), 2u);
  EXPECT_THAT(records[0].fields, ElementsAre("a", "b"));
  EXPECT_THAT(records[1].fields, ElementsAre("c", "d"));
  EXPECT_EQ(records[1].line, 3);
}

TEST(PriceCsv, NothingHasNoRecords) { EXPECT_TRUE(split_or_fail("").empty()); }

TEST(PriceCsv, BrokenQuotingNamesTheLine) {
  EXPECT_EQ(error_of("a\nb,\"c\nd"), "line 2: a quoted field is never closed");
  EXPECT_EQ(error_of("a\nb\"c\n"), "line 2: a quote inside a field that does not begin with one");
  EXPECT_EQ(error_of("\"a\"b\n"),
            "line 1: expected a comma or the line's end after a quoted field");
}

}  // namespace
}  // namespace sim
