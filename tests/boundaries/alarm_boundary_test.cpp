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

}  // namespace
}  // namespace models::cloudwatch
