#include "sim/run/minute_account.hpp"

#include <gtest/gtest.h>

#include "tests/support/scenario_builder.hpp"

namespace sim {
namespace {

using models::endpoint::Instance;
using models::endpoint::InstanceState;
using models::endpoint::Outcome;
using models::endpoint::RequestTally;
using namespace std::chrono_literals;

// An account of a variant with two workers on two vCPUs.
class MinuteAccountTest : public testing::Test {
 protected:
  MinuteAccountTest() {
    variant_.vcpus = {2};
    variant_.workers = 2;
    variant_.overhead = 4ms;
    account_.emplace(variant_);
    for (models::endpoint::InstanceSlot slot = 0; slot < 3; ++slot) account_->add_slot(slot);
  }

  static Instance instance(models::endpoint::InstanceSlot slot, InstanceState state,
                           SimTime in_service = core::kStart) {
    Instance made;
    made.slot = slot;
    made.state = state;
    made.in_service = in_service;
    return made;
  }

  models::endpoint::EndpointVariant variant_ = tests::a_scenario().build().variants.front().variant;
  std::optional<MinuteAccount> account_;
};

TEST_F(MinuteAccountTest, CountsRequestsByTheInstancesOfTheirMoment) {
  account_->set_in_service(1);
  account_->count_invocations(10);
  account_->set_in_service(4);
  account_->count_invocations(30);
  account_->add({});  // a stretch ends
  account_->count_invocations(2);
  account_->set_in_service(0);
  account_->count_invocations(9);  // nobody to count by
  account_->close(core::kStart + 60s, {});
  EXPECT_DOUBLE_EQ(account_->record().invocations_per_instance, 10 + 20 / 4.0 + 2 / 4.0);
}

TEST_F(MinuteAccountTest, NumberOfStretchesRoundsNothing) {
  account_->set_in_service(3);
  for (int stretch = 0; stretch < 6; ++stretch) {
    account_->count_invocations(1);
    account_->add({});
  }
  account_->count_invocations(1);
  account_->close(core::kStart + 60s, {});
  EXPECT_EQ(account_->record().invocations_per_instance, 7 / 3.0);
}

TEST_F(MinuteAccountTest, AddsUpItsStretches) {
  RequestTally stretch;
  stretch.invocations = 100;
  stretch.ended[static_cast<std::size_t>(Outcome::Succeeded)] = 90;
  stretch.ended[static_cast<std::size_t>(Outcome::TimedOut)] = 3;
  stretch.model_latency.record(6ms);
  stretch.concurrency.add(7);
  account_->add(stretch);
  stretch.concurrency.add(12);
  account_->add(stretch);
  account_->close(core::kStart + 30s, {});  // cut short by the run's end
  const MinuteRecord& record = account_->record();
  EXPECT_EQ(record.invocations, 200);
  EXPECT_EQ(record.errors, 6);
  EXPECT_NEAR(*record.latency_p50, 0.010, 1e-4);
  EXPECT_EQ(record.concurrency_max, 12);
  EXPECT_DOUBLE_EQ(record.offered_rate, 200 / 30.0);
  EXPECT_EQ(record.end, core::kStart + 30s);
}

TEST_F(MinuteAccountTest, MinuteWithoutAnswersHasNoLatency) {
  account_->close(core::kStart + 60s, {});
  EXPECT_FALSE(account_->record().latency_p50.has_value());
  EXPECT_FALSE(account_->record().latency_p99.has_value());
  EXPECT_FALSE(account_->record().cpu_percent.has_value());
  EXPECT_EQ(account_->record().concurrency_max, 0);
}

TEST_F(MinuteAccountTest, InstancesInServiceReportCpuForTheirPartOfTheMinute) {
  RequestTally stretch;
  stretch.use = {{.served = 60, .busy_ticks = core::Duration(60s).count()},  // half of two workers
                 {.served = 10, .busy_ticks = core::Duration(20s).count()},  // all of 10 s
                 {.served = 99, .busy_ticks = core::Duration(99s).count()}};
  account_->add(stretch);
  const SimTime end = core::kStart + 60s;
  const std::vector<Instance> instances = {instance(0, InstanceState::InService),
                                           instance(1, InstanceState::InService, end - 10s),
                                           instance(2, InstanceState::Stopping)};
  account_->close(end, instances);
  ASSERT_EQ(account_->cpu_percents().size(), 2U);
  EXPECT_DOUBLE_EQ(account_->cpu_percents()[0], 100);
  EXPECT_DOUBLE_EQ(account_->cpu_percents()[1], 200);
  EXPECT_DOUBLE_EQ(*account_->record().cpu_percent, 150);
}

TEST_F(MinuteAccountTest, InstanceThatEntersServiceAtTheEndReportsNothingYet) {
  const SimTime end = core::kStart + 60s;
  const std::vector<Instance> instances = {instance(0, InstanceState::InService, end)};
  account_->close(end, instances);
  EXPECT_TRUE(account_->cpu_percents().empty());
}

TEST_F(MinuteAccountTest, NextMinuteBeginsEmpty) {
  RequestTally stretch;
  stretch.invocations = 5;
  stretch.use = {{.served = 5, .busy_ticks = core::Duration(120s).count()}};
  account_->set_in_service(1);
  account_->count_invocations(5);
  account_->add(stretch);
  const std::vector<Instance> instances = {instance(0, InstanceState::InService)};
  account_->close(core::kStart + 60s, instances);
  account_->open(core::kStart + 60s);
  account_->close(core::kStart + 120s, instances);
  EXPECT_EQ(account_->record().start, core::kStart + 60s);
  EXPECT_EQ(account_->record().invocations, 0);
  EXPECT_EQ(account_->record().invocations_per_instance, 0);
  ASSERT_EQ(account_->cpu_percents().size(), 1U);
  EXPECT_EQ(account_->cpu_percents()[0], 0);
}

// 10, 20, 30 requests a second in three minutes, of an instance whose memory is a straight line.
TEST_F(MinuteAccountTest, PublishedUtilizationIsThatOfTheLagEarlier) {
  variant_.memory = {{core::RequestRate::per_second(0), 20},
                     {core::RequestRate::per_second(30), 50}};
  variant_.utilization_lag = 2min;
  MinuteAccount account(variant_);
  account.add_slot(0);
  const std::vector<Instance> instances = {instance(0, InstanceState::InService)};
  std::vector<std::vector<double>> published;
  for (int minute = 0; minute < 3; ++minute) {
    RequestTally stretch;
    stretch.use = {{.served = 600 * (minute + 1), .busy_ticks = core::Duration(60s).count()}};
    account.open(core::kStart + minute * 1min);
    account.add(stretch);
    account.close(core::kStart + (minute + 1) * 1min, instances);
    EXPECT_DOUBLE_EQ(account.utilization()[1].at(0), 30 + 10 * minute);
    EXPECT_DOUBLE_EQ(*account.record().cpu_percent, 100);
    published.push_back(account.published_utilization()[1]);
    EXPECT_EQ(account.published_utilization()[0].size(), published.back().size());
    EXPECT_TRUE(account.published_utilization()[2].empty());
  }
  EXPECT_TRUE(published[0].empty());
  EXPECT_TRUE(published[1].empty());
  ASSERT_EQ(published[2].size(), 1U);
  EXPECT_DOUBLE_EQ(published[2][0], 30);
}

TEST_F(MinuteAccountTest, WithoutLagAMinuteIsPublishedAsItWas) {
  account_->close(core::kStart + 60s, std::vector{instance(0, InstanceState::InService)});
  EXPECT_EQ(account_->published_utilization(), account_->utilization());
  EXPECT_EQ(account_->published_utilization().front().size(), 1U);
}

}  // namespace
}  // namespace sim
