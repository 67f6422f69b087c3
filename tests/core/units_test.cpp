#include "core/units.hpp"

#include <gtest/gtest.h>

#include <concepts>

namespace core {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// What must not compile.
template <class A, class B>
concept Addable = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept Multipliable = requires(A a, B b) {
  a* b;
};
template <class A, class B>
concept Comparable = requires(A a, B b) {
  a < b;
};

static_assert(!std::convertible_to<double, RequestRate>);
static_assert(!std::constructible_from<RequestRate, double>, "per second, or per minute?");
static_assert(!std::constructible_from<HourlyPrice, double>, "in an hour, or in a month?");
static_assert(!std::convertible_to<double, Utilization>);
static_assert(!std::convertible_to<double, CpuPercent>);
static_assert(!std::convertible_to<double, Money>);
static_assert(!std::convertible_to<int, InstanceCount>);
static_assert(!std::convertible_to<int, VcpuCount>);

static_assert(!std::convertible_to<Utilization, CpuPercent>, "70 % of one core or of four?");
static_assert(!std::convertible_to<CpuPercent, Utilization>);
static_assert(!std::convertible_to<InstanceCount, VcpuCount>);
static_assert(!std::convertible_to<RequestRate, double>);
static_assert(!std::convertible_to<InstanceCount, int>);

static_assert(!Comparable<Utilization, CpuPercent>);
static_assert(!Comparable<RequestRate, double>);
static_assert(!Comparable<InstanceCount, VcpuCount>);
static_assert(!Comparable<Money, HourlyPrice>);

static_assert(Addable<RequestRate, RequestRate>);
static_assert(!Addable<RequestRate, double>);
static_assert(!Addable<RequestRate, Duration>);
static_assert(!Addable<Money, HourlyPrice>);
static_assert(!Addable<InstanceCount, VcpuCount>);

static_assert(Multipliable<RequestRate, Duration>);
static_assert(Multipliable<HourlyPrice, Duration>);
static_assert(!Multipliable<RequestRate, RequestRate>);
static_assert(!Multipliable<Money, Duration>);
static_assert(!Multipliable<Utilization, Duration>);

TEST(RequestRate, ConvertsBetweenSecondsAndMinutes) {
  EXPECT_DOUBLE_EQ(RequestRate::per_minute(30'000).per_second(), 500.0);
  EXPECT_DOUBLE_EQ(RequestRate::per_second(25).per_minute(), 1500.0);
  EXPECT_DOUBLE_EQ(RequestRate::per_minute(5000).per_minute(), 5000.0);
  EXPECT_EQ(RequestRate{}.per_second(), 0.0);
}

TEST(RequestRate, TimesASpanIsTheExpectedNumberOfRequests) {
  EXPECT_DOUBLE_EQ(RequestRate::per_minute(5000) * minutes(3), 15'000.0);
  EXPECT_DOUBLE_EQ(RequestRate::per_second(500) * std::chrono::milliseconds(10), 5.0);
}

TEST(RequestRate, AddsUpAndScales) {
  EXPECT_EQ(RequestRate::per_second(2) + RequestRate::per_minute(180), RequestRate::per_second(5));
  EXPECT_EQ(RequestRate::per_second(100) * 1.5, RequestRate::per_second(150));
  EXPECT_LT(RequestRate::per_minute(100), RequestRate::per_second(2));
}

TEST(CpuPercent, IsSummedOverTheVcpus) {
  EXPECT_DOUBLE_EQ(to_cpu_percent({0.7}, {1}).percent, 70.0);
  EXPECT_DOUBLE_EQ(to_cpu_percent({0.7}, {4}).percent, 280.0);
  EXPECT_DOUBLE_EQ(to_utilization({280}, {4}).fraction, 0.7);
  EXPECT_DOUBLE_EQ(to_utilization(to_cpu_percent({0.31}, {96}), {96}).fraction, 0.31);
}

TEST(HourlyPrice, TimesASpanIsMoney) {
  EXPECT_DOUBLE_EQ((HourlyPrice::usd_per_hour(0.102) * std::chrono::hours(10)).usd, 1.02);
  EXPECT_DOUBLE_EQ((HourlyPrice::usd_per_hour(3.6) * seconds(1)).usd, 0.001);
}

}  // namespace
}  // namespace core
