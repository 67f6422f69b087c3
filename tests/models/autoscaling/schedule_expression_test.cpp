#include "models/autoscaling/schedule_expression.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace models::autoscaling {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

CronExpression cron_of(const std::string& text, const ScheduleRules& rules = {}) {
  const auto parsed = parse_schedule_expression(text, rules);
  EXPECT_TRUE(parsed.expression) << text << ": " << parsed.error.message;
  return parsed.expression ? std::get<CronExpression>(*parsed.expression) : CronExpression{};
}

std::uint64_t bits(std::initializer_list<int> values) {
  std::uint64_t set = 0;
  for (const int value : values) set |= std::uint64_t{1} << value;
  return set;
}

// What is wrong, and on the place of which part of the text.
void expect_error(const std::string& text, const std::string& at, const std::string& message,
                  const std::string& hint = "") {
  const auto parsed = parse_schedule_expression(text);
  SCOPED_TRACE(text);
  EXPECT_FALSE(parsed.expression);
  EXPECT_EQ(parsed.error.message, message);
  EXPECT_THAT(parsed.error.hint, HasSubstr(hint));
  const std::string rest =
      parsed.error.offset <= text.size() ? text.substr(parsed.error.offset) : "beyond the text";
  EXPECT_THAT(rest, StartsWith(at));
  EXPECT_EQ(at.empty(), rest.empty()) << rest;
}

TEST(ScheduleExpression, AtIsATimeOfTheLocalClock) {
  const auto parsed = parse_schedule_expression("at(2021-03-31T22:30:05)");
  ASSERT_TRUE(parsed.expression);
  EXPECT_EQ(std::get<AtExpression>(*parsed.expression), AtExpression{1'617'229'805});
  EXPECT_FALSE(is_recurring(*parsed.expression));
  EXPECT_TRUE(parse_schedule_expression("at(2028-02-29T23:59:59)").expression);
  EXPECT_TRUE(parse_schedule_expression("at(1970-01-01T00:00:00)").expression);
  EXPECT_TRUE(parse_schedule_expression("at(2199-12-31T23:59:59)").expression);
}

TEST(ScheduleExpression, AtIsRefusedUnlessEveryPieceIsThere) {
  const std::string form = "expected a time of the form yyyy-mm-ddThh:mm:ss, ";
  expect_error("at(2021-01-31T17:00:00Z)", "Z)",
               "expected the end of the time after its seconds, found 'Z'", "Timezone");
  expect_error("at(2021-01-31T17:00:00+01:00)", "+01",
               "expected the end of the time after its seconds, found '+01:00'", "Timezone");
  expect_error("at(2021-01-31T17:00)", ")", form + "found nothing where ':ss' is due");
  expect_error("at(2021-01-31 17:00:00)", " 17",
               form + "found ' 17:00:00' where 'Thh:mm:ss' is due");
  expect_error("at(2021-1-31T17:00:00)", "-31T",
               form + "found '-31T17:00:00' where 'm-ddThh:mm:ss' is due");
  expect_error("at()", ")", form + "found nothing where 'yyyy-mm-ddThh:mm:ss' is due");
  expect_error("at(2021-02-29T17:00:00)", "2021-02-29",
               "expected a date that exists, found '2021-02-29'");
  expect_error("at(2021-13-01T17:00:00)", "2021-13",
               "expected a date that exists, found '2021-13-01'");
  expect_error("at(2021-01-31T24:00:00)", "24:00:00",
               "expected a time of day of 00:00:00 to 23:59:59, found '24:00:00'");
  expect_error("at(2021-01-31T23:60:00)", "23:60",
               "expected a time of day of 00:00:00 to 23:59:59, found '23:60:00'");
  expect_error("at(2021-01-31T23:59:60)", "23:59",
               "expected a time of day of 00:00:00 to 23:59:59, found '23:59:60'");
  expect_error("at(1969-12-31T00:00:00)", "1969", "expected a year of 1970 to 2199, found '1969'");
  expect_error("at(2200-01-01T00:00:00)", "2200", "expected a year of 1970 to 2199, found '2200'");
}

TEST(ScheduleExpression, RateIsAnIntervalInItsUnit) {
  const auto seconds_of = [](const std::string& text) {
    const auto parsed = parse_schedule_expression(text);
    EXPECT_TRUE(parsed.expression) << text;
    return std::get<RateExpression>(parsed.expression.value()).interval_s;
  };
  EXPECT_EQ(seconds_of("rate(1 minute)"), 60);
  EXPECT_EQ(seconds_of("rate(5 minutes)"), 300);
  EXPECT_EQ(seconds_of("rate(1 hour)"), 3600);
  EXPECT_EQ(seconds_of("rate(36 hours)"), 36 * 3600);
  EXPECT_EQ(seconds_of("rate(1 day)"), 86'400);
  EXPECT_EQ(seconds_of("rate(999999999 days)"), 999'999'999LL * 86'400);
}

TEST(ScheduleExpression, RateIsRefusedUnlessNumberAndUnitFit) {
  const std::string number = "expected a positive whole number of at most nine digits, found ";
  const std::string unit = "expected minute, minutes, hour, hours, day or days, found ";
  expect_error("rate(5 hour)", "hour", "expected 'hours' after 5, found 'hour'", "singular for 1");
  expect_error("rate(1 minutes)", "minutes", "expected 'minute' after 1, found 'minutes'");
  expect_error("rate(-1 minutes)", "-1", number + "'-1'");
  expect_error("rate(0 minutes)", "0", number + "'0'");
  expect_error("rate(1.5 hours)", "1.5", number + "'1.5'");
  expect_error("rate(1000000000 days)", "1000000000", number + "'1000000000'");
  expect_error("rate()", ")", number + "nothing");
  expect_error("rate(minutes)", "minutes", number + "'minutes'");
  expect_error("rate(5)", ")", unit + "nothing");
  expect_error("rate(1 week)", "week", unit + "'week'");
  expect_error("rate(30 seconds)", "seconds", unit + "'seconds'");
  expect_error("rate(5 Minutes)", "Minutes", unit + "'Minutes'");
  expect_error("rate(5 minutes 3)", "3)", "expected ')' after the unit, found '3'");
}

TEST(ScheduleExpression, CronFieldsAreSetsOfValues) {
  const CronExpression cron = cron_of("cron(0,5-7,50/4 8-10/2 1,15 1/5 ? 2020-2024/2,2199)");
  EXPECT_EQ(cron.second, 0);
  EXPECT_EQ(cron.minutes, bits({0, 5, 6, 7, 50, 54, 58}));
  EXPECT_EQ(cron.hours, bits({8, 10}));
  EXPECT_EQ(cron.months, bits({1, 6, 11}));
  EXPECT_EQ(cron.days, CronDays{DaysOfMonth{(1U << 1) | (1U << 15)}});
  EXPECT_EQ(cron.years.count(), 4U);
  for (const std::size_t year : {2020U, 2022U, 2024U, 2199U}) {
    EXPECT_TRUE(cron.years.test(year - 1970)) << year;
  }
}

TEST(ScheduleExpression, CronStarIsEveryValueAndStepsCountFromTheFirst) {
  const CronExpression cron = cron_of("cron(*/20 * * * ? *)");
  EXPECT_EQ(cron.minutes, bits({0, 20, 40}));
  EXPECT_EQ(cron.hours, 0xFFFFFFU);
  EXPECT_EQ(cron.months, 0x1FFEU);
  EXPECT_EQ(cron.days, CronDays{DaysOfMonth{0xFFFFFFFEU}});
  EXPECT_TRUE(cron.years.all());
  EXPECT_EQ(cron_of("cron(1/10 * * * ? *)").minutes, bits({1, 11, 21, 31, 41, 51}));
  EXPECT_EQ(cron_of("cron(8-8 * * * ? *)").minutes, bits({8}));
}

TEST(ScheduleExpression, CronRangesGoOnPastTheLastValue) {
  EXPECT_EQ(cron_of("cron(55-5/5 22-2 * NOV-FEB ? *)").minutes, bits({55, 0, 5}));
  EXPECT_EQ(cron_of("cron(0 22-2 * NOV-FEB ? *)").hours, bits({22, 23, 0, 1, 2}));
  EXPECT_EQ(cron_of("cron(0 22-2 * NOV-FEB ? *)").months, bits({11, 12, 1, 2}));
  EXPECT_EQ(cron_of("cron(0 0 ? * FRI-MON *)").days, CronDays{DaysOfWeek{0b1100011}});
  EXPECT_EQ(cron_of("cron(0 0 ? * MON-SUN *)").days, CronDays{DaysOfWeek{0b1111111}});
  expect_error("cron(0 0 * * ? 2025-2024)", "2025-2024",
               "expected a range from an earlier to a later year, found '2025-2024'");
}

TEST(ScheduleExpression, CronKnowsDaysOfAMonthByMoreThanTheirNumber) {
  const auto days_of = [](const std::string& of_month, const std::string& of_week) {
    return cron_of("cron(0 0 " + of_month + " * " + of_week + " *)").days;
  };
  EXPECT_EQ(days_of("L", "?"), CronDays{LastDayOfMonth{}});
  EXPECT_EQ(days_of("LW", "?"), CronDays{LastWeekdayOfMonth{}});
  EXPECT_EQ(days_of("lw", "?"), CronDays{LastWeekdayOfMonth{}});
  EXPECT_EQ(days_of("3W", "?"), CronDays{NearestWeekday{3}});
  EXPECT_EQ(days_of("31w", "?"), CronDays{NearestWeekday{31}});
  EXPECT_EQ(days_of("?", "L"), CronDays{DaysOfWeek{1U << 6}});
  EXPECT_EQ(days_of("?", "6L"), CronDays{LastDayOfWeekInMonth{5}});
  EXPECT_EQ(days_of("?", "friL"), CronDays{LastDayOfWeekInMonth{5}});
  EXPECT_EQ(days_of("?", "3#2"), (CronDays{NthDayOfWeekInMonth{2, 2}}));
  EXPECT_EQ(days_of("?", "SUN#5"), (CronDays{NthDayOfWeekInMonth{0, 5}}));
  EXPECT_EQ(days_of("?", "mon,Wed,FRI"), CronDays{DaysOfWeek{0b0101010}});
  EXPECT_EQ(days_of("?", "*"), CronDays{DaysOfWeek{0b1111111}});
}

TEST(ScheduleExpression, CronTakesOneSecondBeforeTheSixFields) {
  EXPECT_EQ(cron_of("cron(30 0 10 * * ? *)").second, 30);
  EXPECT_EQ(cron_of("cron(30 0 10 * * ? *)").minutes, bits({0}));
  const std::string one = "expected one second of 0 to 59, found ";
  expect_error("cron(* 0 10 * * ? *)", "* 0", one + "'*'", "more than once in a minute");
  expect_error("cron(0/30 0 10 * * ? *)", "0/30", one + "'0/30'");
  expect_error("cron(60 0 10 * * ? *)", "60", "expected a second of 0 to 59, found '60'");
}

TEST(ScheduleExpression, CronFieldsMayStandApart) {
  EXPECT_EQ(cron_of("cron( 0  10\t* * ? * )"), cron_of("cron(0 10 * * ? *)"));
}

TEST(ScheduleExpression, CronNeedsSixOrSevenFields) {
  expect_error("cron(0 10 * * *)", ")", "expected six fields, found 5", "day-of-week year");
  expect_error("cron()", ")", "expected six fields, found 0");
  expect_error("cron(0 0 10 * * ? * 9)", "9)",
               "expected six fields, or seven with seconds first, found 8");
}

TEST(ScheduleExpression, CronNeedsAQuestionMarkInExactlyOneOfTheDayFields) {
  const std::string one = "expected '?' in day-of-month or in day-of-week, found ";
  expect_error("cron(30 6 * * 2 *)", "* * 2", one + "'*'", "day-of-week alone counts");
  expect_error("cron(0 10 * * * *)", "* *)", one + "'*'", "day-of-month alone is to count");
  expect_error("cron(0 10 1 * MON *)", "MON", one + "'MON'");
  expect_error("cron(0 10 ? * ? *)", "? *)",
               "expected a value in day-of-month or in day-of-week, found '?'", "every day");
}

TEST(ScheduleExpression, CronValuesOutsideTheirFieldAreRefused) {
  expect_error("cron(60 10 * * ? *)", "60", "expected a minute of 0 to 59, found '60'");
  expect_error("cron(0 24 * * ? *)", "24", "expected an hour of 0 to 23, found '24'");
  expect_error("cron(0 10 0 * ? *)", "0 * ?", "expected a day of the month of 1 to 31, found '0'");
  expect_error("cron(0 10 32 * ? *)", "32", "expected a day of the month of 1 to 31, found '32'");
  expect_error("cron(0 10 * 13 ? *)", "13",
               "expected a month of 1 to 12 or JAN to DEC, found '13'");
  expect_error("cron(0 10 * JANUARY ? *)", "JANUARY",
               "expected a month of 1 to 12 or JAN to DEC, found 'JANUARY'", "first three letters");
  expect_error("cron(0 10 ? * 0 *)", "0 *)",
               "expected a day of the week of 1 to 7 or SUN to SAT, found '0'", "SUN, MON");
  expect_error("cron(0 10 ? * MON-8 *)", "8 *)",
               "expected a day of the week of 1 to 7 or SUN to SAT, found '8'");
  expect_error("cron(0 10 * * ? 1969)", "1969", "expected a year of 1970 to 2199, found '1969'");
  expect_error("cron(0 10 * * ? 2200)", "2200", "expected a year of 1970 to 2199, found '2200'");
  expect_error("cron(-1 10 * * ? *)", "-1", "expected a minute of 0 to 59, found nothing");
  expect_error("cron(? 10 * * ? *)", "? 10", "expected a minute of 0 to 59, found '?'", "alone");
  expect_error("cron(0,,5 10 * * ? *)", ",5", "expected a minute of 0 to 59, found nothing",
               "both sides");
  expect_error("cron(0 1-2-3 * * ? *)", "2-3", "expected an hour of 0 to 23, found '2-3'");
  expect_error("cron(99999999999999999999 10 * * ? *)", "9999",
               "expected a minute of 0 to 59, found '99999999999999999999'");
}

TEST(ScheduleExpression, CronStepsAreOfTheirFieldsSize) {
  const std::string step = "expected a step of 1 to 59 after '/', found ";
  expect_error("cron(*/60 * * * ? *)", "60", step + "'60'", "0/15");
  expect_error("cron(0/0 * * * ? *)", "0 *", step + "'0'");
  expect_error("cron(0/ * * * ? *)", " *", step + "nothing");
  expect_error("cron(0/5/5 * * * ? *)", "5/5", step + "'5/5'");
  expect_error("cron(/5 * * * ? *)", "/5", "expected a minute of 0 to 59, found nothing");
  expect_error("cron(0 0/24 * * ? *)", "24", "expected a step of 1 to 23 after '/', found '24'");
}

TEST(ScheduleExpression, CronSpecialDaysStandAlone) {
  const std::string last = "expected L, LW or one day of 1 to 31 with W, and nothing else, found ";
  expect_error("cron(0 8 1,L * ? *)", "1,L", last + "'1,L'");
  expect_error("cron(0 8 1-5W * ? *)", "1-5W", last + "'1-5W'", "nearest to the third");
  expect_error("cron(0 8 W * ? *)", "W", last + "'W'");
  expect_error("cron(0 8 32W * ? *)", "32W", last + "'32W'");
  expect_error("cron(0 8 L-3 * ? *)", "L-3", last + "'L-3'");
  expect_error("cron(0 8 ? * 2,6L *)", "2,6L",
               "expected L or one day with L, and nothing else, found '2,6L'", "FRIL");
  expect_error("cron(0 8 ? * 8L *)", "8L",
               "expected a day of the week of 1 to 7 or SUN to SAT, found '8'");
  expect_error("cron(0 8 ? * 3#1,6#3 *)", "3#1,6#3",
               "expected one day with '#', and nothing else, found '3#1,6#3'", "for each");
  expect_error("cron(0 8 ? * 3#1,6 *)", "3#1,6",
               "expected one day with '#', and nothing else, found '3#1,6'");
  expect_error("cron(0 8 ? * 3#6 *)", "6 *", "expected a number of 1 to 5 after '#', found '6'");
  expect_error("cron(0 8 ? * 3# *)", " *)", "expected a number of 1 to 5 after '#', found nothing");
  expect_error("cron(0 8 ? * #2 *)", "#2",
               "expected a day of the week of 1 to 7 or SUN to SAT, found nothing");
  expect_error("cron(0 8L * * ? *)", "8L", "expected an hour of 0 to 23, found '8L'");
}

TEST(ScheduleExpression, NumbersOfDaysOfTheWeekAreWarnedOf) {
  const auto parsed = parse_schedule_expression("cron(0 8 ? * 2-6 *)");
  ASSERT_TRUE(parsed.expression);
  ASSERT_EQ(parsed.warnings.size(), 2U);
  EXPECT_EQ(parsed.warnings[0].offset, 13U);
  EXPECT_EQ(parsed.warnings[0].message,
            "'2' as a day of the week is MON: the first day of the week is SUN");
  EXPECT_EQ(parsed.warnings[0].hint, "write MON, which nobody misreads");
  EXPECT_EQ(parsed.warnings[1].offset, 15U);
  EXPECT_THAT(parsed.warnings[1].message, StartsWith("'6' as a day of the week is FRI"));
  for (const char* text : {"cron(0 8 ? * 6L *)", "cron(0 8 ? * 3#2 *)", "cron(0 8 ? * 7 *)"}) {
    EXPECT_EQ(parse_schedule_expression(text).warnings.size(), 1U) << text;
  }
  for (const char* text :
       {"cron(0 8 ? * MON-FRI *)", "cron(0 8 ? * */2 *)", "cron(0 8 ? * L *)", "rate(2 days)"}) {
    EXPECT_TRUE(parse_schedule_expression(text).warnings.empty()) << text;
  }
}

TEST(ScheduleExpression, NumbersOfDaysOfTheWeekMayCountFromMonday) {
  ScheduleRules rules;
  rules.numeric_day_of_week = NumericDayOfWeek::MondayFirst;
  EXPECT_EQ(cron_of("cron(30 6 ? * 2 *)", rules).days, CronDays{DaysOfWeek{1U << 2}});
  EXPECT_EQ(cron_of("cron(30 6 ? * 6-7 *)", rules).days, CronDays{DaysOfWeek{0b1000001}});
  EXPECT_EQ(cron_of("cron(30 6 ? * FRI-MON *)", rules).days, CronDays{DaysOfWeek{0b1100011}});
  EXPECT_EQ(cron_of("cron(30 6 ? * L *)", rules).days, CronDays{DaysOfWeek{1U << 0}});
  EXPECT_EQ(cron_of("cron(30 6 ? * 5L *)", rules).days, CronDays{LastDayOfWeekInMonth{5}});
  EXPECT_EQ(parse_schedule_expression("cron(30 6 ? * 2 *)", rules).warnings.at(0).message,
            "'2' as a day of the week is TUE: the first day of the week is MON");
}

TEST(ScheduleExpression, OtherTextIsRefusedWithWhatItMayMean) {
  const std::string forms = "expected at(...), rate(...) or cron(...), found ";
  expect_error("", "", forms + "nothing");
  expect_error("0 10 * * ? *", "0 10", forms + "'0 10 * * ? *'", "in parentheses");
  expect_error("Cron(0 10 * * ? *)", "Cron", forms + "'Cron(0 10 * * ? *)'", "write it 'cron('");
  expect_error(" rate(5 minutes)", " rate", forms + "' rate(5 minutes)'");
  expect_error("every(5 minutes)", "every", forms + "'every(5 minutes)'");
  expect_error("cron(0 10 * * ? *", "", "expected ')' at the end, found nothing");
  expect_error("rate(5 minutes) ", " ", "expected nothing after ')', found ' '");
  expect_error("rate(5 minutes))", ")", "expected nothing after ')', found ')'");
}

TEST(ScheduleExpression, MessagesAreShortAndPlain) {
  expect_error("a\n\x01\xFF", "a",
               "expected at(...), rate(...) or cron(...), found 'a\\x0a\\x01\\xff'");
  expect_error(std::string(50, 'x'), "x",
               "expected at(...), rate(...) or cron(...), found '" + std::string(40, 'x') + "...'");
}

TEST(ScheduleExpression, IsNotLongerThanAwsTakes) {
  std::string longest = "cron(0 10 * * ? ";
  while (longest.size() < 1598) longest += "*,";
  longest += "*)";
  ASSERT_EQ(longest.size(), 1600U);
  EXPECT_TRUE(parse_schedule_expression(longest).expression);
  longest.insert(5, " ");
  EXPECT_EQ(parse_schedule_expression(longest).error.message,
            "expected at most 1600 characters, found 1601");
}

}  // namespace
}  // namespace models::autoscaling
