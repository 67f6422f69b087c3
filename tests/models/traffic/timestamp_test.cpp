#include "models/traffic/timestamp.hpp"

#include <gtest/gtest.h>

#include <string>

namespace models::traffic {
namespace {

std::string read(std::string_view text) {
  const auto time = parse_timestamp(text);
  if (!time) return "none";
  const std::string form = time->form == TimestampForm::Local   ? "local"
                           : time->form == TimestampForm::Zoned ? "zoned"
                                                                : "epoch";
  return std::to_string(time->seconds) + " " + std::to_string(time->nanoseconds) + " " + form;
}

TEST(Timestamp, ReadsLocalDatesAndTimes) {
  EXPECT_EQ(read("2023-11-16 18:17:03.9799600"), "1700158623 979960000 local");
  EXPECT_EQ(read("2023-11-16T18:17:03"), "1700158623 0 local");
  EXPECT_EQ(read("2023-11-16 18:17"), "1700158620 0 local");
  EXPECT_EQ(read("1998-06-30"), "899164800 0 local");
  EXPECT_EQ(read("1970-01-01"), "0 0 local");
  EXPECT_EQ(read("2024-02-29 00:00:00"), "1709164800 0 local");
}

TEST(Timestamp, TakesTheOffsetOff) {
  EXPECT_EQ(read("2023-11-16T18:17:03Z"), "1700158623 0 zoned");
  EXPECT_EQ(read("2023-11-16T19:17:03+01:00"), "1700158623 0 zoned");
  EXPECT_EQ(read("2023-11-16T19:17:03+0100"), "1700158623 0 zoned");
  EXPECT_EQ(read("2023-11-16 19:17:03.5 +01"), "1700158623 500000000 zoned");
  EXPECT_EQ(read("2023-11-16T12:47:03-05:30"), "1700158623 0 zoned");
}

TEST(Timestamp, ReadsSecondsSince1970) {
  EXPECT_EQ(read("0"), "0 0 epoch");
  EXPECT_EQ(read("1700158623"), "1700158623 0 epoch");
  EXPECT_EQ(read("1700158623.97"), "1700158623 970000000 epoch");
  EXPECT_EQ(read("1700158623.1234567899"), "1700158623 123456789 epoch");
  EXPECT_EQ(read("-1.25"), "-2 750000000 epoch");
  EXPECT_EQ(read("100000000000"), "100000000000 0 epoch");
}

TEST(Timestamp, RefusesWhatIsNone) {
  for (const char* text : {"",
                           " ",
                           "-",
                           ".",
                           "1.",
                           "yesterday",
                           "2023",
                           "2023-",
                           "2023-13-01",
                           "2023-02-29",
                           "2023-11-31",
                           "2023-11-16 ",
                           "2023-11-16 24:00:00",
                           "2023-11-16 18:60",
                           "2023-11-16 18:17:60",
                           "2023-11-16 18:17:03.",
                           "2023-11-16T18:17:03z",
                           "2023-11-16T18:17:03+1",
                           "2023-11-16T18Z",
                           "2023-11-16T18:17:03+01:00x",
                           "2023-11-16T18:17:03+01:",
                           "2023/11/16",
                           "16.11.2023",
                           "1e9",
                           "100000000001",
                           "1700158623970",
                           "99999999999999999999999",
                           "12 ",
                           "0x10",
                           "2023-11-16Z"}) {
    const bool year_alone = std::string_view(text) == "2023";
    EXPECT_EQ(read(text), year_alone ? "2023 0 epoch" : "none") << text;
  }
}

}  // namespace
}  // namespace models::traffic
