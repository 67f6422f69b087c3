// Adds up one minute of a variant from its stretches, and from the changes of its fleet in between.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "core/sim_time.hpp"
#include "models/endpoint/endpoint_variant.hpp"
#include "models/endpoint/fleet.hpp"
#include "models/endpoint/request_ledger.hpp"
#include "models/endpoint/utilization_curve.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/utilization_keys.hpp"

namespace sim {

// By kUtilizationKeys: one for each instance in service, in launch order; none that has no points.
using UtilizationSamples = std::array<std::vector<double>, kUtilizationKeys.size()>;

class MinuteAccount {
 public:
  explicit MinuteAccount(const models::endpoint::EndpointVariant& variant,
                         InstancesCounted counted = InstancesCounted::AtRequest);

  void add_slot(models::endpoint::InstanceSlot slot);

  // `in_stretch` requests have arrived in the current stretch so far. Called before the number of
  // instances changes and before a stretch is closed: every request contributes 1 / instances to
  // InvocationsPerInstance by the number at its own moment, or by the option of S-21 by
  // that at the end of the minute.
  void count_invocations(std::int64_t in_stretch);
  void set_in_service(std::int32_t instances);

  void add(const models::endpoint::RequestTally& stretch);

  // Ends the minute; the results stay until open().
  void close(core::SimTime end, std::span<const models::endpoint::Instance> instances);
  const MinuteRecord& record() const { return record_; }
  const models::endpoint::RequestTally& requests() const { return requests_; }
  // Of the instances that were in service, what they did in this minute.
  const UtilizationSamples& utilization() const { return utilization_; }
  std::span<const double> cpu_percents() const { return utilization_.front(); }
  // What is published in this minute: what they did utilization_lag earlier. Empty until then.
  const UtilizationSamples& published_utilization() const { return published_; }

  void open(core::SimTime start);

 private:
  void divide_by_instances();
  void sample(const models::endpoint::Instance& instance, core::Duration serving);
  void publish_lagging();

  const models::endpoint::EndpointVariant& variant_;
  std::vector<models::endpoint::UtilizationCurve> curves_;  // by kUtilizationKeys
  models::endpoint::RequestTally requests_;
  std::vector<models::endpoint::InstanceUse> use_;  // by slot
  UtilizationSamples utilization_;
  UtilizationSamples published_;
  std::deque<UtilizationSamples> not_yet_published_;  // oldest first
  MinuteRecord record_;
  InstancesCounted counted_;
  std::int64_t counted_in_stretch_ = 0;
  std::int64_t arrived_ = 0;  // since the last change of the fleet, or the minute's start
  std::int32_t in_service_ = 0;
};

}  // namespace sim
