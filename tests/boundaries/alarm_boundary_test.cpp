// Asserts from both sides when a datapoint is seen and when an alarm can first know of it.
#include <gtest/gtest.h>

#include "models/cloudwatch/alarm.hpp"

namespace models::cloudwatch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration kTick{1};

class AlarmBoundary : public testing::Test {
 protected:
  AlarmBoundary() {
    AlarmConfiguration configuration;
    configuration.metric = id;
    configuration.threshold = 50;
    alarm.emplace(configuration, AlarmRules{}, store, 0);
  }
  void put(std::int64_t minute, SimTime visible_at) {
    Datapoint datapoint{core::kStart + minutes{minute}, {}};
    datapoint.statistics.add(60);
    store.put(metric, datapoint, visible_at);
  }

  const MetricId id{"/aws/sagemaker/Endpoints", "CPUUtilization", {}};
  MetricStore store{seconds{75}};
  MetricHandle metric = store.register_metric(id, "Percent");
  std::optional<Alarm> alarm;
};

TEST_F(AlarmBoundary, SeesADatapointAtTheEndOfItsPeriodPlusTheDelay) {
  put(0, core::kStart + seconds{135});
  const SimTime visible = core::kStart + seconds{60 + 75};
  EXPECT_EQ(alarm->evaluate(store, visible - kTick).state, AlarmState::InsufficientData);
  EXPECT_EQ(alarm->evaluate(store, visible).state, AlarmState::Alarm);
}

TEST_F(AlarmBoundary, SeesALateDatapointWhenItArrivesAndNotBefore) {
  const SimTime late = core::kStart + seconds{170};
  put(0, late);
  EXPECT_EQ(alarm->evaluate(store, late - kTick).state, AlarmState::InsufficientData);
  EXPECT_EQ(alarm->evaluate(store, late).state, AlarmState::Alarm);
}

TEST_F(AlarmBoundary, LosesADatapointWhenItLeavesTheEvaluationRange) {
  put(0, core::kStart + seconds{135});
  // N = 1 and a range of three: minute 0 is in it until minute 3 is complete and visible.
  const SimTime gone = core::kStart + minutes{4} + seconds{75};
  EXPECT_EQ(alarm->evaluate(store, gone - kTick).state, AlarmState::Alarm);
  EXPECT_EQ(alarm->evaluate(store, gone).state, AlarmState::InsufficientData);
}

// The same for a metric of ten seconds, which is published sooner than others.
class HighResolutionBoundary : public testing::Test {
 protected:
  HighResolutionBoundary() {
    AlarmConfiguration configuration;
    configuration.metric = id;
    configuration.period = seconds{10};
    configuration.threshold = 50;
    alarm.emplace(configuration, AlarmRules{}, store, 0);
  }
  void put(std::int64_t from_s, double value) {
    Datapoint datapoint{core::kStart + seconds{from_s}, {}};
    datapoint.statistics.add(value);
    store.put(metric, datapoint, store.usually_visible_at(metric, datapoint));
  }

  const MetricId id{"AWS/SageMaker", "ConcurrentRequestsPerModel", {}};
  MetricStore store{seconds{75}};
  MetricHandle metric = store.register_metric(id, "None", seconds{10}, seconds{3});
  std::optional<Alarm> alarm;
};

TEST_F(HighResolutionBoundary, SeesADatapointAtTheEndOfItsTenSecondsPlusItsOwnDelay) {
  put(0, 60);
  const SimTime visible = core::kStart + seconds{13};
  EXPECT_EQ(alarm->evaluate(store, visible - kTick).state, AlarmState::InsufficientData);
  EXPECT_EQ(alarm->evaluate(store, visible).state, AlarmState::Alarm);
}

TEST_F(HighResolutionBoundary, LosesADatapointWhenItLeavesTheEvaluationRange) {
  put(0, 60);
  const SimTime gone = core::kStart + seconds{43};
  EXPECT_EQ(alarm->evaluate(store, gone - kTick).state, AlarmState::Alarm);
  EXPECT_EQ(alarm->evaluate(store, gone).state, AlarmState::InsufficientData);
}

TEST_F(HighResolutionBoundary, CountsASampleAtTheEndOfAPeriodIntoTheNext) {
  put(0, 40);
  put(10, 60);
  EXPECT_EQ(alarm->evaluate(store, core::kStart + seconds{23} - kTick).state, AlarmState::Ok);
  EXPECT_EQ(alarm->evaluate(store, core::kStart + seconds{23}).state, AlarmState::Alarm);
  EXPECT_EQ(alarm->last_evaluation().datapoints[0].start, core::kStart + seconds{10});
}

TEST_F(HighResolutionBoundary, IsDueTenSecondsAfterItsLastEvaluation) {
  alarm->evaluate(store, core::kStart);
  EXPECT_FALSE(alarm->is_due(store, core::kStart + seconds{10} - kTick));
  EXPECT_TRUE(alarm->is_due(store, core::kStart + seconds{10}));
}

TEST_F(HighResolutionBoundary, RepeatsItsActionAMinuteAfterTheLast) {
  put(0, 60);
  const SimTime first = core::kStart + seconds{13};
  EXPECT_TRUE(alarm->evaluate(store, first).action_due);
  for (int s = 10; s < 70; s += 10) put(s, 60);
  EXPECT_FALSE(alarm->evaluate(store, first + minutes{1} - kTick).action_due);
  EXPECT_TRUE(alarm->evaluate(store, first + minutes{1}).action_due);
}

TEST_F(AlarmBoundary, IsInWarmUpUntilItsTimeIsOver) {
  AlarmConfiguration configuration = alarm->configuration();
  configuration.treat_missing_data = TreatMissingData::Breaching;
  configuration.warm_up = WarmUpConfiguration{minutes{2}, true};
  Alarm warming{configuration, AlarmRules{}, store, 0};
  const SimTime first = core::kStart + seconds{7};
  EXPECT_TRUE(warming.evaluate(store, first).in_warm_up);
  EXPECT_TRUE(warming.evaluate(store, first + minutes{2} - kTick).in_warm_up);
  EXPECT_EQ(warming.evaluate(store, first + minutes{2}).state, AlarmState::Alarm);
}

TEST_F(AlarmBoundary, EvaluatesRangesBeyondADayWhenTheFullHourIsVisible) {
  AlarmConfiguration configuration = alarm->configuration();
  configuration.period = std::chrono::hours{25};
  Alarm hourly{configuration, AlarmRules{}, store, 1800};  // the run starts at half past
  hourly.evaluate(store, core::kStart);
  const SimTime visible = core::kStart + minutes{30} + seconds{75};
  EXPECT_FALSE(hourly.is_due(store, visible - kTick));
  EXPECT_TRUE(hourly.is_due(store, visible));
  hourly.evaluate(store, visible);
  EXPECT_FALSE(hourly.is_due(store, visible + minutes{60} - kTick));
  EXPECT_TRUE(hourly.is_due(store, visible + minutes{60}));
}

}  // namespace
}  // namespace models::cloudwatch
