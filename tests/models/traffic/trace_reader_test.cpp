#include "models/traffic/trace_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <vector>

#include "tests/support/arrival_sequences.hpp"

namespace models::traffic {
namespace {

using testing::ElementsAre;
using namespace std::chrono_literals;

TraceReader reader_of(const std::string& text, const TraceTraffic& trace) {
  return {std::make_unique<std::istringstream>(text), trace};
}

struct Rows {
  std::vector<std::int64_t> milliseconds;
  std::vector<std::int64_t> counts;
  std::string error;  // "line column: message"
};

Rows read(const std::string& text, const TraceTraffic& trace) {
  TraceReader reader = reader_of(text, trace);
  Rows rows;
  while (const auto row = reader.next()) {
    rows.milliseconds.push_back(row->since_first / 1ms);
    rows.counts.push_back(row->count);
  }
  if (const auto& error = reader.error()) {
    rows.error = std::to_string(error->line) + " " + error->column + ": " + error->message;
  }
  EXPECT_EQ(reader.next().has_value(), false);
  return rows;
}

std::string error_of_counts(const std::string& text) {
  return read(text, tests::counts_per_minute()).error;
}

std::string error_of_rows(const std::string& text) {
  return read(text, tests::request_rows()).error;
}

TEST(TraceReader, ReadsOneRowARequest) {
  const Rows rows = read(
      "TIMESTAMP,t,x\r\nq,2023-11-16 18:17:03.9799600,1\r\nq,2023-11-16 18:17:04.0319600,2\r\n"
      "q,2023-11-16 18:17:04.0319600,2\r\nq,2023-11-17 18:17:04.0319600,2",
      tests::request_rows());
  EXPECT_THAT(rows.milliseconds, ElementsAre(0, 52, 52, 86'400'052));
  EXPECT_THAT(rows.counts, ElementsAre(1, 1, 1, 1));
  EXPECT_EQ(rows.error, "");
}

TEST(TraceReader, ReadsCountsOfPeriods) {
  const Rows rows = read(
      "\"n\", t \n13601,1998-06-10 00:00:00\n12.0,1998-06-10 00:01\n 0 ,1998-06-10 00:05:30\n\n",
      tests::counts_per_minute());
  EXPECT_THAT(rows.milliseconds, ElementsAre(0, 60'000, 330'000));
  EXPECT_THAT(rows.counts, ElementsAre(13601, 12, 0));
  EXPECT_EQ(rows.error, "");
}

TEST(TraceReader, HeaderAloneIsATraceWithoutRows) {
  EXPECT_EQ(error_of_counts("t,n\n"), "");
  EXPECT_EQ(error_of_counts(""), "1 : expected a header row, found an empty file");
  EXPECT_EQ(error_of_counts("\n\n"), "3 : expected a header row, found an empty file");
}

TEST(TraceReader, MissingColumnIsNamedWithThoseThereAre) {
  TraceTraffic trace = tests::counts_per_minute();
  trace.time_column = "Timestmp";
  EXPECT_EQ(read("Sum,Timestamp,Unit\n", trace).error,
            "1 Timestmp: expected a column \"Timestmp\", found \"Sum\", \"Timestamp\", \"Unit\" "
            "(closest: \"Timestamp\")");
  EXPECT_EQ(error_of_counts("t,N\n"),
            "1 n: expected a column \"n\", found \"t\", \"N\" (closest: \"t\")");
  EXPECT_EQ(error_of_counts("t,n,t\n"), "1 t: expected one column \"t\", found 2");
  std::string many = "a0";
  for (int k = 1; k < 20; ++k) many += ",a" + std::to_string(k);
  EXPECT_EQ(error_of_rows(many + "\n"),
            "1 t: expected a column \"t\", found \"a0\", \"a1\", \"a2\", \"a3\", \"a4\", \"a5\", "
            "\"a6\", \"a7\", \"a8\", \"a9\", \"a10\", \"a11\" and 8 more (closest: \"a0\")");
}

TEST(TraceReader, RowOfAnotherLengthIsAnError) {
  EXPECT_EQ(error_of_counts("t,n\n0,1\n60\n"), "3 : expected 2 fields as in the header, found 1");
  EXPECT_EQ(error_of_counts("t,n\n0,1,\n"), "2 : expected 2 fields as in the header, found 3");
}

TEST(TraceReader, UnreadableTimeIsShownSafely) {
  const std::string expected =
      "2 t: expected a time such as 2023-11-16 18:17:03.97, 2023-11-16T18:17:03Z or 1700158623 "
      "(seconds since 1970), found ";
  EXPECT_EQ(error_of_rows("t\nnoon\x01\xff\n"), expected + "\"noon\\x01\\xFF\"");
  EXPECT_EQ(error_of_rows("t\n" + std::string(50, 'z')),
            expected + "\"" + std::string(40, 'z') + "...\"");
  EXPECT_EQ(error_of_rows("t\n1700158623970\n"),
            expected + "\"1700158623970\" (are these milliseconds?)");
}

TEST(TraceReader, TimesMayNotGoBack) {
  EXPECT_EQ(error_of_rows("t\n10\n12.5\n12.5\n12.25\n"),
            "5 t: expected a time not before the row above, found \"12.25\", 0.25 s before it");
  EXPECT_EQ(error_of_rows("t\n2023-01-02\n0001-01-01\n").substr(0, 50),
            "3 t: expected a time not before the row above, fou");
  EXPECT_EQ(error_of_rows("t\n1900-01-01\n2023-01-02\n"),
            "3 t: expected a time within 100 years of the first row, found \"2023-01-02\"");
}

TEST(TraceReader, PeriodsMayNotOverlapOrRepeat) {
  EXPECT_EQ(
      error_of_counts("t,n\n0,5\n60,5\n60,5\n"),
      "4 t: expected a period that begins 120 s or more after the first row (where the period "
      "before ends), found \"60\", 60 s after it");
  EXPECT_EQ(error_of_counts("t,n\n0,5\n59.5,5\n"),
            "3 t: expected a period that begins 60 s or more after the first row (where the period "
            "before ends), found \"59.5\", 59.5 s after it");
}

TEST(TraceReader, TimesKeepTheFormOfTheFirst) {
  EXPECT_EQ(error_of_rows("t\n2023-11-16 18:17:03\n2023-11-16 18:17:04Z\n"),
            "3 t: expected a time without a time zone as in the first row, found \"2023-11-16 "
            "18:17:04Z\" with a time zone");
  EXPECT_EQ(error_of_rows("t\n0\n2023-11-16\n"),
            "3 t: expected a time in seconds since 1970 as in the first row, found \"2023-11-16\" "
            "without a time zone");
}

TEST(TraceReader, CountsAreWholeAndNotNegative) {
  const std::string expected = "2 n: expected a whole number of requests, 0 or more, found ";
  for (const std::string text : {"-3", "12.5", "", "x", "1e5", "+5", ".", ".0", "NaN", "1 2"}) {
    EXPECT_EQ(error_of_counts("t,n\n0," + text + "\n"), expected + "\"" + text + "\"");
  }
  EXPECT_EQ(error_of_counts("t,n\n0,1000000000000000\n60,0\n"), "");
  const std::string too_many = "n: expected at most 1000000000000000 requests in all, found more";
  EXPECT_EQ(error_of_counts("t,n\n0,1000000000000000\n60,1\n"), "3 " + too_many);
  EXPECT_EQ(error_of_counts("t,n\n0,99999999999999999999999999\n"), "2 " + too_many);
}

TEST(TraceReader, QuotedLineEndsKeepTheLineNumbersRight) {
  EXPECT_EQ(error_of_counts("t,n,x\n0,1,\"a\nb\nc\"\n60,q,\"\"\n").substr(0, 4), "5 n:");
}

TEST(TraceReader, SummaryTellsRowsRequestsAndEnd) {
  TraceReader counts = reader_of("t,n\n0,5\n60,7\n300,0\n", tests::counts_per_minute());
  const TraceSummary summary = summarize(counts);
  EXPECT_EQ(summary.rows, 3);
  EXPECT_EQ(summary.requests, 12);
  EXPECT_EQ(summary.span, 300s);
  EXPECT_EQ(summary.end, 360s);
  EXPECT_FALSE(summary.error);
  TraceReader rows = reader_of("t\n3\n4.5\nx\n", tests::request_rows());
  const TraceSummary broken = summarize(rows);
  EXPECT_EQ(broken.rows, 2);
  EXPECT_EQ(broken.end, 1500ms);
  ASSERT_TRUE(broken.error);
  EXPECT_EQ(broken.error->line, 4);
}

}  // namespace
}  // namespace models::traffic
