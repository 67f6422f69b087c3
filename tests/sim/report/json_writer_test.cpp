#include "sim/report/json_writer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <sstream>

namespace sim {
namespace {

TEST(JsonNumber, HasNineSignificantDigitsInTheShortestForm) {
  EXPECT_EQ(json_number(0), "0");
  EXPECT_EQ(json_number(-0.0), "0");
  EXPECT_EQ(json_number(1), "1");
  EXPECT_EQ(json_number(0.1), "0.1");
  EXPECT_EQ(json_number(0.1 + 0.2), "0.3");
  EXPECT_EQ(json_number(1.0 / 3.0), "0.333333333");
  EXPECT_EQ(json_number(-2.0 / 3.0), "-0.666666667");
  EXPECT_EQ(json_number(59.99999999999), "60");
  EXPECT_EQ(json_number(0.9999999996), "1");
  EXPECT_EQ(json_number(2592000), "2592000");
  EXPECT_EQ(json_number(1234567.891234), "1234567.89");
  EXPECT_EQ(json_number(12345678912.0), "12345678900");
  EXPECT_EQ(json_number(0.000012345), "0.000012345");
}

TEST(JsonNumber, HasAnExponentWhereZerosWouldBeLonger) {
  EXPECT_EQ(json_number(1e-6), "1e-6");
  EXPECT_EQ(json_number(1.5e-7), "1.5e-7");
  EXPECT_EQ(json_number(1e15), "1000000000000000");
  EXPECT_EQ(json_number(1e16), "1e16");
  EXPECT_EQ(json_number(-2.5e300), "-2.5e300");
}

TEST(JsonNumber, IsNullWhenItIsNoNumber) {
  EXPECT_EQ(json_number(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(json_number(std::numeric_limits<double>::quiet_NaN()), "null");
}

TEST(JsonNumber, ReadsBackToWithinNineDigits) {
  std::mt19937_64 engine(7);
  for (int repetition = 0; repetition < 20000; ++repetition) {
    const auto mantissa = static_cast<double>(engine() >> 11U) * 0x1.0p-53 + 0.5;
    const int exponent = static_cast<int>(engine() % 120) - 60;
    const double value = std::ldexp(mantissa, exponent) * (repetition % 2 == 0 ? 1 : -1);
    const std::string text = json_number(value);
    EXPECT_NEAR(JsonTree::parse(text).get<double>(), value, std::abs(value) * 5.01e-9) << text;
  }
}

TEST(JsonString, EscapesWhatJsonCannotHold) {
  EXPECT_EQ(json_string("a\"b\\c\nd\x01"), R"("a\"b\\c\nd\u0001")");
  EXPECT_EQ(json_string("größer ✓"), "\"größer ✓\"");
  EXPECT_EQ(json_string("bad\xFF"), "\"bad\xEF\xBF\xBD\"");
}

TEST(JsonWriter, GivesALineToElementsDownToTheGivenDepth) {
  std::ostringstream out;
  JsonWriter json(out, 2);
  json.begin_object();
  json.key("a").begin_object();
  json.key("b").begin_array();
  json.integer(1);
  json.number(std::optional<double>{});
  json.end_array();
  json.key("c").boolean(true);
  json.end_object();
  json.key("empty").begin_array();
  json.end_array();
  json.key("text").string("x");
  json.end_object();
  EXPECT_EQ(out.str(), R"({
  "a": {
    "b": [1, null],
    "c": true
  },
  "empty": [],
  "text": "x"
}
)");
}

TEST(JsonWriter, WritesATreeWithItsKeysInTheirOrder) {
  std::ostringstream out;
  JsonWriter json(out, 0);
  json.tree({{"z", 1}, {"a", {{"y", 1.0 / 3.0}, {"b", nullptr}}}, {"l", {1, "two", false}}});
  EXPECT_EQ(out.str(), R"({"z": 1, "a": {"y": 0.333333333, "b": null}, "l": [1, "two", false]})"
                       "\n");
}

}  // namespace
}  // namespace sim
