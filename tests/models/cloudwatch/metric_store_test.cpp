#include "models/cloudwatch/metric_store.hpp"

#include <gtest/gtest.h>

namespace models::cloudwatch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

SimTime at(std::int64_t minute) { return core::kStart + minutes{minute}; }

Datapoint sample(std::int64_t minute, double value) {
  Datapoint datapoint{at(minute), {}};
  datapoint.statistics.add(value);
  return datapoint;
}

const MetricId kInvocations{"AWS/SageMaker", "Invocations", {{"EndpointName", "shop"}}};

class MetricStoreTest : public testing::Test {
 protected:
  void put(std::int64_t minute, double value) {
    const Datapoint datapoint = sample(minute, value);
    store.put(metric, datapoint, store.usually_visible_at(metric, datapoint));
  }
  // The sums of a window, newest first; -1 stands for a missing period.
  std::vector<double> sums(Duration period, std::int32_t count, SimTime now) {
    store.read_window(metric, period, count, now, window);
    std::vector<double> values;
    for (const auto& point : window) values.push_back(point ? point->statistics.sum : -1);
    return values;
  }

  MetricStore store{seconds{60}};
  MetricHandle metric = store.register_metric(kInvocations, "None");
  std::vector<std::optional<Datapoint>> window;
};

TEST_F(MetricStoreTest, EndsItsWindowAtTheLastCompletePeriodThatIsVisible) {
  store.retain(metric, minutes{10});
  for (int k = 0; k < 5; ++k) put(k, k);
  // At 5:00 minute 3 ended a delay ago; minute 4 is complete but not yet published.
  EXPECT_EQ(store.window_end(metric, at(5)), at(4));
  EXPECT_EQ(sums(minutes{1}, 3, at(5)), (std::vector<double>{3, 2, 1}));
  // Half a minute later nothing new is complete.
  EXPECT_EQ(sums(minutes{1}, 3, at(5) + seconds{30}), (std::vector<double>{3, 2, 1}));
  EXPECT_EQ(sums(minutes{1}, 3, at(6)), (std::vector<double>{4, 3, 2}));
  EXPECT_EQ(window[0]->start, at(4));
}

TEST_F(MetricStoreTest, SlidesLongPeriodsByTheMinute) {
  store.retain(metric, minutes{20});
  for (int k = 0; k < 12; ++k) put(k, 1 << k);
  // the evaluation at minute 5 covers minutes 0-4, at minute 6 minutes 1-5.
  EXPECT_EQ(sums(minutes{5}, 2, at(11)), (std::vector<double>{0b1111100000, 0b11111}));
  EXPECT_EQ(sums(minutes{5}, 2, at(12)), (std::vector<double>{0b11111000000, 0b111110}));
  EXPECT_EQ(window[0]->start, at(6));
  EXPECT_EQ(window[1]->start, at(1));
}

TEST_F(MetricStoreTest, LeavesPeriodsWithoutSamplesMissing) {
  store.retain(metric, minutes{10});
  put(1, 7);
  put(3, 9);
  EXPECT_EQ(sums(minutes{1}, 4, at(5)), (std::vector<double>{9, -1, 7, -1}));
  // Before the start of the run there is nothing either.
  EXPECT_EQ(sums(minutes{1}, 6, at(3)), (std::vector<double>{7, -1, -1, -1, -1, -1}));
  EXPECT_EQ(sums(minutes{1}, 2, core::kStart), (std::vector<double>{-1, -1}));
}

TEST_F(MetricStoreTest, ShowsADelayedDatapointOnlyWhenItArrives) {
  store.retain(metric, minutes{10});
  put(0, 1);
  store.put(metric, sample(1, 2), at(5));
  put(2, 3);
  EXPECT_EQ(sums(minutes{1}, 3, at(4)), (std::vector<double>{3, -1, 1}));
  EXPECT_EQ(sums(minutes{1}, 4, at(5)), (std::vector<double>{-1, 3, 2, 1}));
}

TEST_F(MetricStoreTest, KeepsNoMoreThanItsLongestReaderNeeds) {
  store.retain(metric, minutes{5});
  store.retain(metric, minutes{3});  // a shorter reader takes nothing away
  for (int k = 0; k < 100'000; ++k) put(k, k);
  EXPECT_EQ(sums(minutes{1}, 5, at(100'000)),
            (std::vector<double>{99'998, 99'997, 99'996, 99'995, 99'994}));
  // Beyond the five minutes, the delay and the period under way, all is forgotten.
  store.read_window(metric, minutes{1}, 1000, at(100'001), window);
  int kept = 0;
  for (const auto& point : window) kept += point ? 1 : 0;
  EXPECT_GE(kept, 5);
  EXPECT_LE(kept, 8);
}

TEST_F(MetricStoreTest, TellsMetricsApartByNameDimensionsAndUnit) {
  const MetricHandle percent = store.register_metric(kInvocations, "Percent");
  EXPECT_NE(percent, metric);
  EXPECT_EQ(store.register_metric(kInvocations, "None"), metric);
  EXPECT_EQ(store.find(kInvocations, std::nullopt), metric);
  EXPECT_EQ(store.find(kInvocations, "Percent"), percent);
  EXPECT_EQ(store.find(kInvocations, "Count"), std::nullopt);
  EXPECT_EQ(store.find({"AWS/SageMaker", "Invocations", {}}, std::nullopt), std::nullopt);
}

TEST_F(MetricStoreTest, ServesFinerMetricsAtTheirOwnResolution) {
  const MetricId id{"AWS/SageMaker", "ConcurrentRequestsPerModel", {}};
  const MetricHandle fine = store.register_metric(id, "None", seconds{10});
  store.retain(fine, minutes{5});
  for (int k = 0; k < 12; ++k) {
    Datapoint datapoint{core::kStart + seconds{10} * k, {}};
    datapoint.statistics.add(k);
    store.put(fine, datapoint, store.usually_visible_at(fine, datapoint));
  }
  EXPECT_EQ(store.window_end(fine, at(2) + seconds{19}), at(1) + seconds{10});
  store.read_window(fine, minutes{1}, 1, at(2) + seconds{19}, window);
  ASSERT_TRUE(window[0].has_value());
  EXPECT_EQ(window[0]->statistics.sample_count, 6);
  EXPECT_EQ(window[0]->statistics.minimum, 1);
  EXPECT_EQ(window[0]->statistics.maximum, 6);
}

TEST_F(MetricStoreTest, RefusesWhatNoPublisherMayDo) {
  put(3, 1);
  EXPECT_EXIT(store.put(metric, sample(3, 1), at(9)), testing::ExitedWithCode(3), "back");
  EXPECT_EXIT(store.put(metric, sample(4, 1), at(4)), testing::ExitedWithCode(3), "visible_at");
  EXPECT_EXIT(store.put(metric, Datapoint{at(4), {}}, at(9)), testing::ExitedWithCode(3),
              "sample_count");
  EXPECT_EXIT(store.read_window(metric, seconds{90}, 1, at(9), window), testing::ExitedWithCode(3),
              "resolution");
}

}  // namespace
}  // namespace models::cloudwatch
