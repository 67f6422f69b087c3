#include "models/endpoint/router.hpp"

#include <algorithm>

#include "core/check.hpp"

namespace models::endpoint {

void Router::add(InstanceSlot slot) {
  routable_.push_back(slot);
  if (!least_outstanding_) return;
  if (slot >= places_.size()) places_.resize(slot + 1);
  CHECK(!places_[slot].routable);
  put_in(slot, 0);
  places_[slot].routable = true;
  least_ = 0;
}

void Router::remove(InstanceSlot slot) {
  CHECK_EQ(std::erase(routable_, slot), std::size_t{1});
  if (!least_outstanding_) return;
  take_out(slot);
  places_[slot].routable = false;
  while (least_ + 1 < lists_.size() && lists_[least_].empty()) ++least_;
}

void Router::move(InstanceSlot slot, std::uint32_t outstanding) {
  take_out(slot);
  put_in(slot, outstanding);
  // One step is enough: the instance that left the shortest list went to one of its neighbours.
  if (outstanding < least_) {
    least_ = outstanding;
  } else if (lists_[least_].empty()) {
    ++least_;
  }
}

void Router::take_out(InstanceSlot slot) {
  Place& place = places_[slot];
  auto& list = lists_[place.outstanding];
  const InstanceSlot moved = list.back();
  list[place.index] = moved;
  places_[moved].index = place.index;
  list.pop_back();
}

void Router::put_in(InstanceSlot slot, std::uint32_t outstanding) {
  if (outstanding >= lists_.size()) lists_.resize(outstanding + 1);
  Place& place = places_[slot];
  place.outstanding = outstanding;
  place.index = static_cast<std::uint32_t>(lists_[outstanding].size());
  lists_[outstanding].push_back(slot);
}

}  // namespace models::endpoint
