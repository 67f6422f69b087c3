#include "sim/prices/price_table.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace sim {
namespace {

using ::testing::StartsWith;

constexpr std::string_view kHeader =
    "region,instance_type,usd_per_hour,vcpu,memory_gib,accelerator,accelerator_count,as_of,source,"
    "confidence\n";
constexpr std::string_view kGoodRow = "us-east-1,ml.c5.large,0.102,2,4,,0,2024,somewhere,high\n";

std::string error_of(std::string_view row) {
  std::string error;
  EXPECT_FALSE(PriceTable::parse(fmt::format("{}{}{}", kHeader, kGoodRow, row), error).has_value())
      << row;
  return error;
}

double usd_per_hour(std::string_view instance_type) {
  const InstanceType* const row = PriceTable::built_in().find(instance_type);
  EXPECT_NE(row, nullptr) << instance_type;
  EXPECT_TRUE(row != nullptr && row->price.has_value()) << instance_type;
  return row != nullptr && row->price ? row->price->usd_per_hour() : 0;
}

TEST(PriceTable, AtLeastTwentyFiveBuiltInTypesHaveAPrice) {
  const auto priced = std::ranges::count_if(
      PriceTable::built_in().rows(), [](const InstanceType& row) { return row.price.has_value(); });
  EXPECT_GE(priced, 25);
}

TEST(PriceTable, EveryBuiltInRowIsOfUsEast1AndTellsSourceDateAndHardware) {
  for (const InstanceType& row : PriceTable::built_in().rows()) {
    EXPECT_EQ(row.region, "us-east-1") << row.name;
    EXPECT_FALSE(row.source.empty()) << row.name;
    EXPECT_THAT(row.as_of, StartsWith("20")) << row.name;
    EXPECT_GE(row.vcpus.value, 2) << row.name;
    EXPECT_GE(row.memory_gib, 4) << row.name;
    EXPECT_EQ(row.price.has_value(), row.confidence != "unknown") << row.name;
    EXPECT_EQ(row.source.starts_with("no price: "), !row.price.has_value()) << row.name;
  }
}

TEST(PriceTable, KnownPricesAreThoseOfSageMakerHosting) {
  EXPECT_DOUBLE_EQ(usd_per_hour("ml.c5.large"), 0.102);
  EXPECT_DOUBLE_EQ(usd_per_hour("ml.c5.xlarge"), 0.204);
  EXPECT_DOUBLE_EQ(usd_per_hour("ml.m5.large"), 0.115);
  EXPECT_DOUBLE_EQ(usd_per_hour("ml.m5.xlarge"), 0.23);
  EXPECT_DOUBLE_EQ(usd_per_hour("ml.g4dn.xlarge"), 0.7364);
  EXPECT_DOUBLE_EQ(usd_per_hour("ml.g4dn.2xlarge"), 0.94);
  EXPECT_DOUBLE_EQ(usd_per_hour("ml.g5.xlarge"), 1.408);
  EXPECT_DOUBLE_EQ(usd_per_hour("ml.g5.2xlarge"), 1.515);
  EXPECT_DOUBLE_EQ(usd_per_hour("ml.inf1.xlarge"), 0.297);
  EXPECT_DOUBLE_EQ(usd_per_hour("ml.inf2.xlarge"), 0.99);
}

// EC2 on demand in us-east-1: what public tables print for the SageMaker type by mistake.
TEST(PriceTable, NoPriceIsThatOfTheEc2InstanceOfTheSameName) {
  const std::pair<std::string_view, double> ec2_usd_per_hour[] = {
      {"c5.large", 0.085},       {"c5.xlarge", 0.17},        {"m5.large", 0.096},
      {"m5.xlarge", 0.192},      {"g4dn.xlarge", 0.526},     {"g4dn.2xlarge", 0.752},
      {"g4dn.12xlarge", 3.912},  {"g5.xlarge", 1.006},       {"g5.2xlarge", 1.212},
      {"g5.12xlarge", 5.672},    {"g5.24xlarge", 8.144},     {"g5.48xlarge", 16.288},
      {"g6.2xlarge", 0.9776},    {"g6.12xlarge", 4.6016},    {"g6.16xlarge", 3.3968},
      {"g6.24xlarge", 6.6752},   {"g6.48xlarge", 13.3504},   {"g6e.2xlarge", 2.24208},
      {"inf1.xlarge", 0.228},    {"inf1.2xlarge", 0.362},    {"inf2.xlarge", 0.7582},
      {"inf2.8xlarge", 1.96786}, {"inf2.24xlarge", 6.49063}, {"inf2.48xlarge", 12.98127},
      {"p3.2xlarge", 3.06}};
  for (const auto& [type, ec2] : ec2_usd_per_hour) {
    const double ratio = usd_per_hour(fmt::format("ml.{}", type)) / ec2;
    EXPECT_GT(ratio, 1.15) << type;
    EXPECT_LT(ratio, 1.45) << type;
  }
}

TEST(PriceTable, ATypeWhosePriceNoSourceGivesIsThereWithoutOne) {
  const InstanceType* const row = PriceTable::built_in().find("ml.p4d.24xlarge");
  ASSERT_NE(row, nullptr);
  EXPECT_FALSE(row->price.has_value());
  EXPECT_EQ(row->confidence, "unknown");
  EXPECT_EQ(row->vcpus.value, 96);
  EXPECT_EQ(row->memory_gib, 1152);
  EXPECT_EQ(row->accelerator, "NVIDIA A100");
  EXPECT_EQ(row->accelerator_count, 8);
}

TEST(PriceTable, UnknownTypeIsNotFound) {
  const PriceTable& table = PriceTable::built_in();
  EXPECT_EQ(table.find("ml.c5.larg"), nullptr);
  EXPECT_EQ(table.find("c5.large"), nullptr);
  EXPECT_EQ(table.find("ML.C5.LARGE"), nullptr);
  EXPECT_EQ(table.find(""), nullptr);
}

TEST(PriceTable, ClosestNamesComeMostSimilarFirst) {
  const PriceTable& table = PriceTable::built_in();
  EXPECT_EQ(table.closest("ml.c5.larg").front(), "ml.c5.large");
  EXPECT_EQ(table.closest("c5.large").front(), "ml.c5.large");
  EXPECT_EQ(table.closest("ml.c5.large").front(), "ml.c5.large");
  EXPECT_EQ(table.closest("ml.inf2.xlarge").size(), 3u);
  EXPECT_TRUE(table.closest("a mainframe").empty());
}

TEST(PriceTable, NameTellsRegionAndMonthOfTheNewestRow) {
  std::string error;
  const auto table = PriceTable::parse(
      std::string(kHeader) + "eu-west-1,ml.c5.large,0.115,2,4,,0,2026-09-28,somewhere,high\n" +
          "eu-west-1,ml.c5.xlarge,0.23,4,8,,0,2024,somewhere,high\n",
      error);
  ASSERT_TRUE(table.has_value()) << error;
  EXPECT_EQ(table->name(), "eu-west-1 2026-09");
  EXPECT_THAT(PriceTable::built_in().name(), StartsWith("us-east-1 20"));
}

TEST(PriceTable, EveryColumnReachesItsMember) {
  std::string error;
  const auto table = PriceTable::parse(
      std::string(kHeader) +
          "us-east-1,ml.g5.12xlarge,7.09,48,192.5,NVIDIA A10G,4,2024,\"a list, quoted\",low\r\n",
      error);
  ASSERT_TRUE(table.has_value()) << error;
  ASSERT_EQ(table->rows().size(), 1u);
  const InstanceType& row = table->rows().front();
  EXPECT_EQ(row.region, "us-east-1");
  EXPECT_EQ(row.name, "ml.g5.12xlarge");
  ASSERT_TRUE(row.price.has_value());
  EXPECT_DOUBLE_EQ(row.price->usd_per_hour(), 7.09);
  EXPECT_EQ(row.vcpus.value, 48);
  EXPECT_EQ(row.memory_gib, 192.5);
  EXPECT_EQ(row.accelerator, "NVIDIA A10G");
  EXPECT_EQ(row.accelerator_count, 4);
  EXPECT_EQ(row.as_of, "2024");
  EXPECT_EQ(row.source, "a list, quoted");
  EXPECT_EQ(row.confidence, "low");
}

TEST(PriceTable, MalformedRowsAreRefusedWithTheirLine) {
  EXPECT_EQ(error_of("us-east-1,ml.m5.large,0.115\n"), "line 3: expected 10 columns, found 3");
  EXPECT_EQ(error_of("us-east-1,m5.large,0.115,2,8,,0,2024,x,high\n"),
            "line 3: instance_type: expected a name that begins with ml., found \"m5.large\"");
  EXPECT_EQ(error_of("us-east-1,ml.m5.large,0.115,two,8,,0,2024,x,high\n"),
            "line 3: vcpu: expected a whole number from 1, found \"two\"");
  EXPECT_EQ(error_of("us-east-1,ml.m5.large,0.115,2,nan,,0,2024,x,high\n"),
            "line 3: memory_gib: expected a number above 0, found \"nan\"");
  EXPECT_EQ(error_of("us-east-1,ml.m5.large,0.115,2,8,,1,2024,x,high\n"),
            "line 3: accelerator_count: expected 0 without an accelerator, else a whole number "
            "from 1, found \"1\"");
  EXPECT_EQ(error_of("us-east-1,ml.m5.large,0.115,2,8,,0,2024-13,x,high\n"),
            "line 3: as_of: expected a date as YYYY, YYYY-MM or YYYY-MM-DD, found \"2024-13\"");
  EXPECT_EQ(error_of("us-east-1,ml.m5.large,0.115,2,8,,0,2024,,high\n"),
            "line 3: source: expected where the price was read, found \"\"");
  EXPECT_EQ(error_of("us-east-1,ml.m5.large,0.115,2,8,,0,2024,x,sure\n"),
            "line 3: confidence: expected high, medium, low or unknown, found \"sure\"");
  EXPECT_EQ(error_of(",ml.m5.large,0.115,2,8,,0,2024,x,high\n"),
            "line 3: region: expected a region, found \"\"");
}

TEST(PriceTable, APriceStandsExactlyWhereItIsKnown) {
  EXPECT_EQ(error_of("us-east-1,ml.m5.large,,2,8,,0,2024,x,high\n"),
            "line 3: usd_per_hour: expected a number above 0, found \"\"");
  EXPECT_EQ(error_of("us-east-1,ml.m5.large,0,2,8,,0,2024,x,high\n"),
            "line 3: usd_per_hour: expected a number above 0, found \"0\"");
  EXPECT_EQ(error_of("us-east-1,ml.m5.large,inf,2,8,,0,2024,x,high\n"),
            "line 3: usd_per_hour: expected a number above 0, found \"inf\"");
  EXPECT_EQ(error_of("us-east-1,ml.m5.large,$0.115,2,8,,0,2024,x,high\n"),
            "line 3: usd_per_hour: expected a number above 0, found \"$0.115\"");
  EXPECT_EQ(error_of("us-east-1,ml.m5.large,0.115,2,8,,0,2024,x,unknown\n"),
            "line 3: usd_per_hour: expected nothing, as the confidence is unknown, found "
            "\"0.115\"");
}

TEST(PriceTable, ARowTwiceAndASecondRegionAreRefused) {
  EXPECT_EQ(error_of(kGoodRow), "line 3: ml.c5.large is in the table already");
  EXPECT_EQ(error_of("eu-west-1,ml.m5.large,0.128,2,8,,0,2024,x,high\n"),
            "line 3: a table is for one region, and this one is for us-east-1, found eu-west-1");
}

TEST(PriceTable, ATableWithoutColumnNamesRowsOrClosedQuotesIsRefused) {
  std::string error;
  EXPECT_FALSE(PriceTable::parse("", error).has_value());
  EXPECT_THAT(error, StartsWith("line 1: expected the columns region,instance_type,"));
  EXPECT_FALSE(PriceTable::parse(kGoodRow, error).has_value());
  EXPECT_THAT(error, StartsWith("line 1: expected the columns region,instance_type,"));
  EXPECT_FALSE(PriceTable::parse(kHeader, error).has_value());
  EXPECT_EQ(error, "line 1: expected a row below the column names");
  EXPECT_FALSE(PriceTable::parse(fmt::format("{}\"us-east-1", kHeader), error).has_value());
  EXPECT_EQ(error, "line 2: a quoted field is never closed");
}

TEST(PriceTable, OnlyTheTFamiliesAreBurstable) {
  EXPECT_TRUE(is_burstable("ml.t2.medium"));
  EXPECT_TRUE(is_burstable("ml.t3.large"));
  EXPECT_FALSE(is_burstable("ml.trn1.32xlarge"));
  EXPECT_FALSE(is_burstable("ml.c5.large"));
  EXPECT_FALSE(is_burstable("t2.medium"));
  EXPECT_FALSE(is_burstable("ml.t"));
}

}  // namespace
}  // namespace sim
