#include "models/endpoint/event_plane.hpp"

#include <algorithm>
#include <utility>

#include "core/check.hpp"

namespace models::endpoint {

EventPlane::EventPlane(std::span<const EndpointVariant> variants, PlaneInputs inputs)
    : arrivals_(std::move(inputs.arrivals)),
      clients_(inputs.users, std::move(inputs.user_retries), std::move(inputs.open_retries)),
      split_(variants, inputs),
      streams_batch_(clients_.distinguish_streams() ? kBatch : 0) {
  variants_.reserve(variants.size());
  for (std::size_t i = 0; i < variants.size(); ++i) {
    variants_.emplace_back(variants[i], inputs.variants[i], inputs.stretches, clients_);
  }
}

void EventPlane::advance(SimTime until) {
  CHECK_LE(core::ticks(until), core::ticks(stretch_end()));
  if (split_.is_single()) {
    play_until<true>(until);
  } else {
    play_until<false>(until);
  }
}

template <bool kSingle>
void EventPlane::play_until(SimTime until) {
  const std::int64_t limit = core::ticks(until);
  while (true) {
    const std::int64_t open = next_open_arrival(until);
    EventVariant& variant = kSingle ? variants_.front() : first_to_play();
    const std::int64_t event = variant.next_event();
    const std::int64_t next = std::min(std::min(open, clients_.next_send()), event);
    if (next >= limit) return;
    if (event == next) {
      variant.play(next);
    } else if (open == next) {
      arrive<kSingle>(next, take_open_arrival());
    } else {
      arrive<kSingle>(next, clients_.take_next());
    }
  }
}

// Of several with an event at the same instant the first: variants meet in clients alone, and those
// send when all is played.
EventVariant& EventPlane::first_to_play() {
  EventVariant* first = variants_.data();
  for (std::size_t i = 1; i < variants_.size(); ++i) {
    if (variants_[i].next_event() < first->next_event()) first = &variants_[i];
  }
  return *first;
}

std::int64_t EventPlane::next_open_arrival(SimTime until) {
  if (arrivals_position_ == arrivals_count_) {
    arrivals_count_ = arrivals_.fill(arrivals_batch_, streams_batch_, until);
    arrivals_position_ = 0;
    if (arrivals_count_ == 0) return core::WinnerTree::kIdle;
  }
  return arrivals_batch_[arrivals_position_];
}

Clients::Send EventPlane::take_open_arrival() {
  const std::size_t position = arrivals_position_++;
  if (streams_batch_.empty()) return {};
  return {.client = clients_.of_arrival(streams_batch_[position])};
}

template <bool kSingle>
void EventPlane::arrive(std::int64_t now, Clients::Send send) {
  if constexpr (kSingle) return variants_.front().arrive(now, send);
  variants_[split_.choose(send.is_retry)].arrive(now, send);
  for (TrafficSplit::Shadow& shadow : split_.shadows()) {
    if (!shadow.copies(send.is_retry)) continue;
    variants_[shadow.variant()].arrive(now, {.is_retry = send.is_retry});
  }
}

}  // namespace models::endpoint
