#include "models/endpoint/request_ledger.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/check.hpp"

namespace models::endpoint {
namespace {

constexpr std::int64_t kMinute = 60'000'000'000;

}  // namespace

std::int64_t RequestTally::failed() const {
  return std::accumulate(ended.begin(), ended.end(), std::int64_t{0}) - count(Outcome::Succeeded);
}

void RequestTally::clear() {
  invocations = 0;
  ended.fill(0);
  model_latency.clear();
  wait.clear();
  interrupted_ticks = 0;
  retries = 0;
  recovered = 0;
  given_up = 0;
  concurrency = {};
  use.clear();
}

void RequestTally::merge(const RequestTally& other) {
  invocations += other.invocations;
  for (std::size_t i = 0; i < kOutcomes; ++i) ended[i] += other.ended[i];
  model_latency.merge(other.model_latency);
  wait.merge(other.wait);
  interrupted_ticks += other.interrupted_ticks;
  retries += other.retries;
  recovered += other.recovered;
  given_up += other.given_up;
  concurrency.merge(other.concurrency);
}

void RequestTally::merge_beside(const RequestTally& other) {
  ConcurrencySamples both = concurrency;
  both.merge_beside(other.concurrency);
  merge(other);
  concurrency = both;
  use.insert(use.end(), other.use.begin(), other.use.end());
}

// A booking lies at most a stretch and the longest request after the last close.
RequestLedger::RequestLedger(const StretchBounds& stretches, core::Duration longest)
    : every_(stretches.every.count()),
      concurrency_(longest + stretches.every + std::chrono::seconds{1}) {
  CHECK(every_ > 0 && kMinute % every_ == 0);
  for (const core::SimTime cut : stretches.cuts) cuts_.push_back(core::ticks(cut));
  std::sort(cuts_.begin(), cuts_.end());
  append(0);
  current_ = open_.front().get();
  current_end_ = core::ticks(current_->to);
}

std::int64_t RequestLedger::boundary_after(std::int64_t at) const {
  const std::int64_t regular = (at / every_ + 1) * every_;
  const auto cut = std::upper_bound(cuts_.begin(), cuts_.end(), at);
  return cut == cuts_.end() ? regular : std::min(regular, *cut);
}

void RequestLedger::append(std::int64_t from) {
  open_.push_back(spare_ ? std::move(spare_) : std::make_unique<RequestTally>());
  open_.back()->use.resize(slots_);
  open_.back()->from = core::at_ticks(from);
  open_.back()->to = core::at_ticks(boundary_after(from));
}

void RequestLedger::add_slot(InstanceSlot slot) {
  slots_ = std::max(slots_, std::size_t{slot} + 1);
  for (const auto& tally : open_) tally->use.resize(slots_);
}

void RequestLedger::served_at_once(const Batch& batch) {
  const std::size_t count = batch.arrivals.size();
  RequestTally& tally = *current_;
  tally.invocations += static_cast<std::int64_t>(count);
  tally.ended[static_cast<std::size_t>(Outcome::Succeeded)] += static_cast<std::int64_t>(count);
  for (std::size_t i = 0; i < count; ++i) {
    concurrency_.enter(batch.arrivals[i]);
    concurrency_.leave(batch.arrivals[i] + batch.latencies[i]);
  }
  tally.model_latency.record_all(batch.latencies);
  tally.wait.record_all(batch.waits);
}

RequestTally& RequestLedger::later_tally_of(std::int64_t end) {
  for (std::size_t i = 1;; ++i) {
    if (i == open_.size()) append(core::ticks(open_.back()->to));
    if (end < core::ticks(open_[i]->to)) return *open_[i];
  }
}

const RequestTally& RequestLedger::close(core::SimTime at) {
  CHECK_EQ(core::ticks(at), current_end_);
  spare_ = std::move(closed_);
  if (spare_) spare_->clear();
  if (open_.size() == 1) append(core::ticks(current_->to));
  closed_ = std::move(open_.front());
  open_.pop_front();
  closed_->concurrency = concurrency_.take(at);
  current_ = open_.front().get();
  current_end_ = core::ticks(current_->to);
  return *closed_;
}

}  // namespace models::endpoint
