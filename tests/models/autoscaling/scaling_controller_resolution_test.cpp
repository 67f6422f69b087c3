// Policies on a metric of 10 s beside policies on one of a minute: decisions are due between full
// minutes, when only some of the alarms have been evaluated.
#include <gtest/gtest.h>

#include <vector>

#include "models/autoscaling/scaling_controller.hpp"
#include "tests/support/control_bench.hpp"

namespace models::autoscaling {
namespace {

using models::cloudwatch::Alarm;
using models::cloudwatch::MetricHandle;
using models::cloudwatch::MetricStore;
using std::chrono::seconds;

constexpr std::int32_t kCapacity = 4;

SimTime at(std::int64_t second) { return core::kStart + seconds{second}; }

class TwoResolutions {
 public:
  TwoResolutions() : controller{tests::bounds(1, 20), policies(), {kCapacity}, {}} {
    concurrency_ =
        store_.register_metric({"AWS/SageMaker",
                                "ConcurrentRequestsPerModel",
                                {{"EndpointName", "shop"}, {"VariantName", "AllTraffic"}}},
                               "None", seconds{10});
    cpu_ = store_.register_metric({"/aws/sagemaker/Endpoints",
                                   "CPUUtilization",
                                   {{"EndpointName", "shop"}, {"VariantName", "AllTraffic"}}},
                                  "Percent");
    for (const auto& alarm : controller.alarm_configurations()) {
      alarms_.emplace_back(alarm, models::cloudwatch::AlarmRules{}, store_,
                           tests::kBenchStartUnixS);
    }
  }

  // Ten more seconds pass, at this concurrency and, for a minute that ends now, this CPU.
  ScalingOutcome next(double concurrency, double cpu) {
    put(concurrency_, seconds{10}, concurrency);
    second += 10;
    const bool full_minute = second % 60 == 0;
    if (full_minute) put_minute(cpu);
    for (Alarm& alarm : alarms_) {
      const bool every_ten_seconds = alarm.configuration().period < seconds{60};
      if (every_ten_seconds || full_minute) alarm.evaluate(store_, at(second));
    }
    return controller.decide(at(second), alarms_);
  }

  ScalingController controller;
  std::int64_t second = 0;

 private:
  static std::vector<PolicyConfiguration> policies() {
    TargetTrackingConfiguration concurrency = tests::invocations_policy(5);
    concurrency.policy_name = "concurrency";
    concurrency.metric =
        PredefinedMetric{PredefinedMetricType::ConcurrentRequestsPerModelHighResolution};
    return {concurrency, tests::cpu_policy(100)};
  }
  void put(MetricHandle metric, Duration period, double value) {
    models::cloudwatch::Datapoint datapoint{at(second), {}};
    datapoint.statistics.add(value);
    store_.put(metric, datapoint, at(second) + period);
  }
  void put_minute(double cpu) {
    second -= 60;
    put(cpu_, seconds{60}, cpu);
    second += 60;
  }

  MetricStore store_{seconds{0}};
  std::vector<Alarm> alarms_;
  MetricHandle concurrency_;
  MetricHandle cpu_;
};

TEST(ScalingControllerResolution, ScalesOutAfterThreeDatapointsOfTenSeconds) {
  TwoResolutions loop;
  EXPECT_FALSE(loop.next(9, 95).desired_capacity.has_value());
  EXPECT_FALSE(loop.next(9, 95).desired_capacity.has_value());
  EXPECT_EQ(loop.next(9, 95).desired_capacity, InstanceCount{8});
  EXPECT_EQ(loop.second, 30);
}

// CPU is low from the start, so that its alarm goes off after 15 minutes; concurrency only from
// half a minute later on.
ScalingOutcome half_a_minute_later(TwoResolutions& loop, double cpu) {
  ScalingOutcome outcome;
  while (loop.second < 15 * 60 + 30) {
    outcome = loop.next(loop.second < 30 ? 5 : 2, cpu);
    if (outcome.desired_capacity) break;
  }
  return outcome;
}

TEST(ScalingControllerResolution, ScalesInWithTheConsentOfAnAlarmThatIsNotDue) {
  TwoResolutions loop;
  const ScalingOutcome outcome = half_a_minute_later(loop, 20);
  EXPECT_EQ(loop.second, 15 * 60 + 30);
  EXPECT_EQ(outcome.desired_capacity, InstanceCount{2});  // 4 x 2 / 5; the CPU needs but one
  EXPECT_TRUE(outcome.decisions[0].action_due);
  EXPECT_FALSE(outcome.decisions[1].action_due);
  EXPECT_EQ(outcome.decisions[1].wanted, InstanceCount{1});
  EXPECT_EQ(outcome.decisions[1].blocked_by, Blocker::ActionNotDue);
  EXPECT_EQ(outcome.decisions[1].to, InstanceCount{kCapacity});
}

TEST(ScalingControllerResolution, LeavesWhatAReadyPolicyNeedsThoughItIsNotDue) {
  TwoResolutions loop;
  const ScalingOutcome outcome = half_a_minute_later(loop, 75);
  EXPECT_EQ(outcome.desired_capacity, InstanceCount{3});
  EXPECT_EQ(outcome.decisions[1].to, InstanceCount{3});
  EXPECT_EQ(outcome.decisions[0].blocked_by, Blocker::LargerCapacity);
}

TEST(ScalingControllerResolution, DoesNotScaleInWhileTheOtherPolicyIsNotReady) {
  TwoResolutions loop;
  const ScalingOutcome outcome = half_a_minute_later(loop, 95);
  EXPECT_FALSE(outcome.desired_capacity.has_value());
  EXPECT_EQ(outcome.decisions[0].blocked_by, Blocker::OtherPolicies);
}

TEST(ScalingControllerResolution, DoesNotActTwiceOnOneEvaluation) {
  TwoResolutions loop;
  for (int k = 0; k < 18; ++k) loop.next(5, 150);
  ASSERT_EQ(loop.controller.desired_capacity(), InstanceCount{6});
  loop.controller.fulfilled(at(loop.second));
  const ScalingOutcome between = loop.next(5, 150);
  EXPECT_FALSE(between.desired_capacity.has_value());
  EXPECT_EQ(between.decisions[1].kind, DecisionKind::ScaleOut);
  EXPECT_EQ(between.decisions[1].blocked_by, Blocker::ActionNotDue);
  for (int k = 0; k < 4; ++k) EXPECT_FALSE(loop.next(5, 150).desired_capacity.has_value());
  EXPECT_EQ(loop.next(5, 150).desired_capacity, InstanceCount{9});
}

}  // namespace
}  // namespace models::autoscaling
