#include "sim/scenario/quantity.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace sim {
namespace {

using namespace std::chrono_literals;
using core::Duration;

TEST(Duration, ReadsEachUnitAndTheirSums) {
  EXPECT_EQ(read_duration("90s").value, Duration{90s});
  EXPECT_EQ(read_duration("5m").value, Duration{5min});
  EXPECT_EQ(read_duration("1h30m").value, Duration{90min});
  EXPECT_EQ(read_duration("2d").value, Duration{48h});
  EXPECT_EQ(read_duration("9ms").value, Duration{9ms});
  EXPECT_EQ(read_duration("250us").value, Duration{250us});
  EXPECT_EQ(read_duration("7ns").value, Duration{7ns});
  EXPECT_EQ(read_duration("0s").value, Duration{0});
  EXPECT_EQ(read_duration("1d2h3m4s5ms6us7ns").value, Duration{26h + 3min + 4s + 5ms + 6us + 7ns});
}

TEST(Duration, ReadsDecimalsExactly) {
  EXPECT_EQ(read_duration("9.3ms").value, Duration{9'300us});
  EXPECT_EQ(read_duration("1.5h").value, Duration{90min});
  EXPECT_EQ(read_duration("1m0.1s").value, Duration{60'100ms});
  EXPECT_EQ(read_duration("0.000000001s").value, Duration{1ns});
  EXPECT_FALSE(read_duration("0.5ns").value);
}

TEST(Duration, ABareNumberShowsBothReadings) {
  const Reading<Duration> reading = read_duration("300");
  EXPECT_FALSE(reading.value);
  EXPECT_EQ(reading.code, "missing-unit");
  EXPECT_EQ(reading.expected, "a duration with its unit");
  EXPECT_EQ(reading.hint, "300s or 300ms?");
}

TEST(Duration, GuessesTheUnitThatWasMeant) {
  EXPECT_EQ(read_duration("5min").hint, "did you mean '5m'?");
  EXPECT_EQ(read_duration("5 m").hint, "did you mean '5m'?");
  EXPECT_EQ(read_duration("2 hours").hint, "did you mean '2h'?");
  EXPECT_EQ(read_duration("9M").hint, "did you mean '9m'?");
}

TEST(Duration, RefusesWhatHasManyReadings) {
  for (const char* text : {"", "m", "1.5h30m", "30m1h", "5m5m", "1e3s", "+5m", "5m ", " 5m", "-",
                           "--5m", "5x", "0x5s", "05s", "1_000s", ".nan", "inf", "1,5s", "5:00"}) {
    EXPECT_FALSE(read_duration(text).value) << text;
  }
}

TEST(Duration, RefusesNegativesAndWhatDoesNotFit) {
  EXPECT_EQ(read_duration("-5m").code, "out-of-range");
  EXPECT_EQ(read_duration("-5m").expected, "a duration that is not negative");
  EXPECT_EQ(read_duration("3651d").code, "out-of-range");
  EXPECT_EQ(read_duration("99999999999999999999999999s").code, "out-of-range");
  EXPECT_EQ(read_duration("3650d1ns").code, "out-of-range");
  EXPECT_TRUE(read_duration("3650d").value);
}

TEST(Rate, KeepsItsUnit) {
  EXPECT_EQ(read_rate("25/s").value->rate().per_second(), 25);
  EXPECT_EQ(read_rate("1500/min").value->rate().per_second(), 25);
  EXPECT_EQ(read_rate("3600/h").value->rate().per_second(), 1);
  EXPECT_EQ(read_rate("7/min").value->per_minute(), 7);
  EXPECT_EQ(read_rate("3/h").value->per_minute(), 0.05);
  EXPECT_EQ(read_rate("1e3/s").value->rate().per_second(), 1000);
}

TEST(Rate, ABareNumberShowsBothReadings) {
  EXPECT_EQ(read_rate("1500").hint, "1500/s or 1500/min (25/s)?");
  EXPECT_EQ(read_rate("1500").code, "missing-unit");
}

TEST(Rate, GuessesTheUnitThatWasMeant) {
  EXPECT_EQ(read_rate("25rps").hint, "did you mean '25/s'?");
  EXPECT_EQ(read_rate("25 rps").hint, "did you mean '25/s'?");
  EXPECT_EQ(read_rate("1500/m").hint, "did you mean '1500/min'?");
}

TEST(Rate, RefusesWhatIsNoRate) {
  for (const char* text : {"", "/s", "-3/s", "1e999/s", "nan/s", ".inf/s", "2e9/s", "010/s",
                           "1_0/s", "25/s/s", "--3/s"}) {
    EXPECT_FALSE(read_rate(text).value) << text;
  }
  EXPECT_EQ(read_rate("-3/s").expected, "a rate that is not negative");
}

TEST(Percent, IsAFraction) {
  EXPECT_EQ(read_percent("0.5%").value, 0.005);
  EXPECT_EQ(read_percent("120%").value, 1.2);
  EXPECT_EQ(read_percent("0.5").hint, "0.5% or 50%?");
  EXPECT_FALSE(read_percent("-1%").value);
  EXPECT_FALSE(read_percent("1e999%").value);
}

TEST(Money, HasACurrencyAndAPriceAnHour) {
  EXPECT_EQ(read_money("7 USD").value, 7);
  EXPECT_EQ(read_money("7").hint, "7 USD?");
  EXPECT_EQ(read_money("$7").hint, "7 USD?");
  EXPECT_FALSE(read_money("7 EUR").value);
  EXPECT_FALSE(read_money("-7 USD").value);
  EXPECT_EQ(read_hourly_price("0.102 USD/h").value, 0.102);
  EXPECT_EQ(read_hourly_price("0.102 USD").hint, "0.102 USD/h?");
}

TEST(ClockTime, IsAMinuteOfTheDay) {
  EXPECT_EQ(read_clock_time("13:05").value, Duration{13h + 5min});
  EXPECT_EQ(read_clock_time("00:00").value, Duration{0});
  for (const char* text : {"24:00", "12:60", "1:00", "780", "12:000", "ab:cd"}) {
    EXPECT_FALSE(read_clock_time(text).value) << text;
  }
}

TEST(Number, RefusesWhatOtherReadersTurnIntoSurprises) {
  EXPECT_EQ(read_number("-1.5e3").value, -1500);
  for (const char* text : {"010", "1_000", ".nan", "nan", ".inf", "Infinity", "1e999", "0x10",
                           "1,5", "+1", ".5", "1.", "yes", ""}) {
    EXPECT_FALSE(read_number(text).value) << text;
  }
  EXPECT_EQ(read_number("1_000").hint, "write 1000 without underscores");
  EXPECT_EQ(read_number("010").hint, "write it without leading zeros");
  EXPECT_EQ(read_number("1e-999").value, 0);
}

TEST(Integer, RefusesFractionsAndOverflow) {
  EXPECT_EQ(read_integer("-12").value, -12);
  EXPECT_EQ(read_integer("9223372036854775807").value, std::numeric_limits<std::int64_t>::max());
  for (const char* text : {"1.0", "1e3", "9223372036854775808", "010", ""}) {
    EXPECT_FALSE(read_integer(text).value) << text;
  }
}

TEST(Format, WritesWhatReadsBackTheSame) {
  for (const Duration span : {Duration{0}, Duration{9ms}, Duration{250us}, Duration{90min},
                              Duration{36h}, Duration{1h + 1ns}, Duration{9'300us}}) {
    EXPECT_EQ(read_duration(format_duration(span)).value, span) << format_duration(span);
  }
  EXPECT_EQ(format_duration(90min), "1h30m");
  EXPECT_EQ(format_duration(36h), "36h");
  for (const double fraction :
       {0.0, 0.005, 0.001, 1.2, 1.0, 100.0 / 3 / 100.0, 0.07, 1e-9, 123.456}) {
    EXPECT_EQ(read_percent(format_percent(fraction)).value, fraction) << format_percent(fraction);
  }
  EXPECT_EQ(format_percent(0.005), "0.5%");
  EXPECT_EQ(format_percent(1.0), "100%");
  for (const double rate : {25.0, 1500 / 60.0, 100 / 60.0, 1e-5, 1e9}) {
    const std::string text = format_rate(core::RequestRate::per_second(rate));
    EXPECT_EQ(read_rate(text).value->rate().per_second(), rate) << text;
  }
  EXPECT_EQ(format_clock_time(13h + 5min), "13:05");
}

}  // namespace
}  // namespace sim
