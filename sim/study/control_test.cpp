#include "sim/study/control_test.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/check.hpp"
#include "models/cloudwatch/metric_store.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/run/control_plane.hpp"
#include "sim/scenario/control_expectation_reader.hpp"
#include "sim/scenario/quantity.hpp"

namespace sim {
namespace {

using core::SimTime;
using models::autoscaling::ScalingActivity;
using models::autoscaling::ScalingDecision;
using models::cloudwatch::Alarm;
using models::cloudwatch::Datapoint;
using models::cloudwatch::EvaluatedDatapoint;
using models::cloudwatch::MetricHandle;
using models::cloudwatch::MetricStore;

std::vector<MetricHandle> register_series(const ControlTest& test, MetricStore& store) {
  std::vector<MetricHandle> handles;
  const Assumptions& assumptions = test.scenario.assumptions;
  const Duration delay = test.interval < std::chrono::minutes{1}
                             ? assumptions.high_resolution_metric_delay
                             : assumptions.metric_delay;
  for (const MetricSeries& series : test.series) {
    handles.push_back(store.register_metric(series.metric, series.unit, test.interval, delay));
  }
  return handles;
}

std::string at_text(SimTime at) { return format_duration(at - core::kStart); }

std::string datapoint_list(const std::vector<EvaluatedDatapoint>& newest_first) {
  constexpr std::size_t kMostShown = 5;
  if (newest_first.empty()) return "no datapoint";
  std::vector<std::string> values;
  for (const EvaluatedDatapoint& datapoint : newest_first) {
    if (values.size() == kMostShown) break;
    values.push_back(fmt::format("{:.6g}", datapoint.value));
  }
  std::reverse(values.begin(), values.end());
  const bool is_cut = newest_first.size() > kMostShown;
  return fmt::format("{} {}{}", newest_first.size() == 1 ? "the datapoint" : "the datapoints",
                     is_cut ? "... " : "", fmt::join(values, ", "));
}

class Player {
 public:
  Player(const ControlTest& test, CoverageRecorder* coverage)
      : test_(test),
        coverage_(coverage),
        end_(core::kStart + test.scenario.run.duration),
        store_(test.scenario.assumptions.metric_delay),
        handles_(register_series(test, store_)),
        plane_(control_plane_settings(test.scenario), store_),
        in_service_(test.scenario.variants.front().variant.initial_instances),
        due_(test.expectations.size()),
        checked_(test.expectations.size()) {
    std::iota(due_.begin(), due_.end(), std::size_t{0});
    std::stable_sort(due_.begin(), due_.end(), [&](std::size_t a, std::size_t b) {
      return test.expectations[a].at < test.expectations[b].at;
    });
  }

  std::vector<CheckedExpectation> play() {
    core::check_context() = {
        .now = core::kStart, .seed = 0, .event = "a test of the control plane"};
    follow(plane_.register_targets(core::kStart), core::kStart);
    std::optional<SimTime> now = core::kStart;
    while (now && *now <= end_) {
      core::check_context().now = *now;
      happen(*now);
      for (; next_due_ < due_.size() && expected_at(next_due_) == *now; ++next_due_) {
        check(due_[next_due_]);
      }
      now = next_instant(*now + Duration{1});
    }
    CHECK_EQ(next_due_, due_.size());
    tell_the_end();
    return std::move(checked_);
  }

 private:
  void tell_the_end() const {
    if (coverage_ == nullptr) return;
    for (const Alarm& alarm : plane_.alarms()) {
      coverage_->alarm(alarm.configuration(), alarm.history());
    }
    const auto* controller = plane_.controller(0);
    if (controller == nullptr) return;
    for (const ScalingActivity& activity : controller->activities()) coverage_->happened(activity);
  }

  SimTime expected_at(std::size_t rank) const {
    return core::kStart + test_.expectations[due_[rank]].at;
  }
  SimTime period_end() const { return core::kStart + test_.interval * (periods_ + 1); }

  std::optional<SimTime> next_instant(SimTime from) const {
    std::optional<SimTime> next;
    const auto consider = [&](std::optional<SimTime> at) {
      if (at && (!next || *at < *next)) next = at;
    };
    if (pending_) consider(pending_->at);
    if (has_more_values()) consider(period_end());
    consider(plane_.next_alarm_evaluation(from));
    consider(plane_.next_scheduled_action(from));
    if (next_due_ < due_.size()) consider(expected_at(next_due_));
    return next;
  }

  bool has_more_values() const {
    return std::any_of(test_.series.begin(), test_.series.end(),
                       [this](const MetricSeries& series) {
                         return static_cast<std::size_t>(periods_) < series.values.size();
                       });
  }

  void happen(SimTime now) {
    if (pending_ && pending_->at == now) fulfil(now);
    if (has_more_values() && period_end() == now) close_period();
    const bool looks_at_alarms = plane_.next_alarm_evaluation(now) == now;
    if (looks_at_alarms) plane_.evaluate_alarms(store_, now);
    if (plane_.next_scheduled_action(now) == now) follow(plane_.run_scheduled_actions(now), now);
    if (!looks_at_alarms) return;
    const std::vector<CapacityOrder> orders = plane_.decide(now);
    decided_at_ = now;
    for (const VariantDecision& decision : plane_.decisions()) {
      const bool counts = decision.accepted || decision.decision.action_due;
      if (coverage_ != nullptr && counts) coverage_->decided(decision.variant, decision.decision);
      if (decision.accepted) change_ = {now, sentence(now, decision.decision)};
    }
    follow(orders, now);
  }

  void close_period() {
    const SimTime start = period_end() - test_.interval;
    for (std::size_t index = 0; index < test_.series.size(); ++index) {
      const auto& values = test_.series[index].values;
      const auto k = static_cast<std::size_t>(periods_);
      if (k >= values.size() || !values[k]) continue;
      Datapoint datapoint{start, {}};
      datapoint.statistics.add(*values[k]);
      store_.put(handles_[index], datapoint, store_.usually_visible_at(handles_[index], datapoint));
    }
    ++periods_;
  }

  // Instances that are added take their startup; those that go are gone at once.
  void follow(const std::vector<CapacityOrder>& orders, SimTime now) {
    for (const CapacityOrder& order : orders) {
      const bool adds = order.desired.value > in_service_;
      pending_ = {now, now + (adds ? test_.startup : Duration{}), order.desired.value};
      if (pending_->at == now) fulfil(now);
    }
  }

  void fulfil(SimTime now) {
    in_service_ = pending_->desired;
    pending_.reset();
    plane_.set_in_service(0, models::autoscaling::InstanceCount{in_service_});
    plane_.fulfilled(0, now);
  }

  static std::string sentence(SimTime at, const ScalingDecision& decision) {
    return fmt::format("{}: policy {}: {}", at_text(at), decision.policy, decision.reason);
  }

  void check(std::size_t index) {
    const ControlExpectation& expectation = test_.expectations[index];
    CheckedExpectation& checked = checked_[index];
    checked.that = expectation.that;
    checked.expected = expectation.expected;
    checked.because = expectation.because.value_or("");
    checked.place = expectation.place;
    std::visit([&](const auto& claim) { check_claim(claim, checked); }, expectation.claim);
    if (checked.passed) checked.reasons.clear();
  }

  void check_claim(const AlarmClaim& claim, CheckedExpectation& checked) const {
    const auto alarms = plane_.alarms();
    const auto alarm = std::find_if(alarms.begin(), alarms.end(), [&](const Alarm& candidate) {
      return candidate.configuration().name == claim.alarm;
    });
    CHECK(alarm != alarms.end());
    checked.actual = to_string(alarm->state());
    checked.passed = alarm->state() == claim.state;
    if (alarm->history().empty()) {
      checked.reasons.push_back(fmt::format("{} since the start", checked.actual));
    } else {
      const auto& change = alarm->history().back();
      checked.reasons.push_back(
          fmt::format("{} since {}: {}", checked.actual, at_text(change.at), change.reason));
    }
    checked.reasons.push_back(fmt::format("the last evaluation counted {}; {} of {} have to breach",
                                          datapoint_list(alarm->last_evaluation().datapoints),
                                          alarm->configuration().datapoints_to_alarm,
                                          alarm->configuration().evaluation_periods));
  }

  void check_claim(const CountClaim& claim, CheckedExpectation& checked) const {
    const std::optional<std::int32_t> count = count_of(claim.count);
    checked.actual = count ? std::to_string(*count) : "no scalable target";
    checked.passed = count == claim.value;
    if (pending_) {
      checked.reasons.push_back(
          fmt::format("{} decided on at {}, in service at {}",
                      counted(pending_->desired - in_service_, "more instance", "more instances"),
                      at_text(pending_->ordered_at), at_text(pending_->at)));
    }
    const ScalingActivity* last = last_activity();
    const bool was_policy = last != nullptr && change_ && change_->at == last->start_time;
    if (was_policy) {
      checked.reasons.push_back(change_->reason);
    } else if (last != nullptr) {
      checked.reasons.push_back(
          fmt::format("{}: {}: {}", at_text(last->start_time), last->cause, last->description));
    }
    if (!decided_at_ || (was_policy && change_->at == *decided_at_)) return;
    for (const VariantDecision& decision : plane_.decisions()) {
      checked.reasons.push_back(sentence(*decided_at_, decision.decision));
    }
  }

  // The last that changed capacity or bounds; null: none has.
  const ScalingActivity* last_activity() const {
    const auto* controller = plane_.controller(0);
    if (controller == nullptr) return nullptr;
    const auto& all = controller->activities();
    const auto last = std::find_if(all.rbegin(), all.rend(), [](const ScalingActivity& activity) {
      return !activity.not_scaled();
    });
    return last == all.rend() ? nullptr : &*last;
  }

  std::optional<std::int32_t> count_of(ControlCount count) const {
    if (count == ControlCount::InService) return in_service_;
    const auto* controller = plane_.controller(0);
    if (controller == nullptr) return std::nullopt;
    const auto& bounds = controller->target().configuration();
    switch (count) {
      case ControlCount::Desired:
        return controller->desired_capacity().value;
      case ControlCount::MinCapacity:
        return bounds.min_capacity.value;
      default:
        return bounds.max_capacity.value;
    }
  }

  void check_claim(const DecisionClaim& claim, CheckedExpectation& checked) const {
    for (const VariantDecision& candidate : plane_.decisions()) {
      const ScalingDecision& decision = candidate.decision;
      if (decision.policy != claim.policy) continue;
      DecisionClaim actual;
      actual.policy = decision.policy;
      if (claim.kind) actual.kind = decision.kind;
      if (claim.wanted) actual.wanted = decision.wanted.value;
      if (claim.to) actual.to = decision.to.value;
      if (claim.blocked_by) actual.blocked_by.emplace(decision.blocked_by);
      checked.actual = claim_text(actual);
      checked.passed = actual == claim;
      checked.reasons.push_back(sentence(*decided_at_, decision));
      return;
    }
    checked.actual = "no decision";
    checked.reasons.emplace_back("alarms have not been looked at yet");
  }

  struct Pending {
    SimTime ordered_at;
    SimTime at;
    std::int32_t desired = 0;
  };
  struct Change {
    SimTime at;
    std::string reason;
  };

  const ControlTest& test_;
  CoverageRecorder* coverage_;  // null: nobody asks
  SimTime end_;
  MetricStore store_;
  std::vector<MetricHandle> handles_;  // of the series
  ControlPlane plane_;
  std::int32_t in_service_;
  std::optional<Pending> pending_;
  std::int64_t periods_ = 0;  // closed so far
  std::optional<SimTime> decided_at_;
  std::optional<Change> change_;  // the last decision that was accepted
  std::vector<std::size_t> due_;  // indices of the expectations by their time
  std::size_t next_due_ = 0;
  std::vector<CheckedExpectation> checked_;
};

}  // namespace

std::vector<CheckedExpectation> play_control_test(const ControlTest& test,
                                                  CoverageRecorder* coverage) {
  return Player(test, coverage).play();
}

}  // namespace sim
