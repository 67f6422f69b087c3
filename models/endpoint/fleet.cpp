#include "models/endpoint/fleet.hpp"

#include <algorithm>

#include "core/check.hpp"

namespace models::endpoint {

Fleet::Fleet(const EndpointVariant& variant, core::RandomEngine startup)
    : stopping_(variant.stopping),
      stagger_(variant.stagger),
      startup_(make_sampler(variant.startup)),
      engine_(startup) {
  for (std::int32_t i = 0; i < variant.initial_instances; ++i) {
    Instance& instance = instances_.emplace_back();
    instance.number = next_number_++;
    instance.slot = take_slot(core::kStart);
    instance.state = InstanceState::InService;
  }
}

FleetChange Fleet::set_desired(std::int32_t desired, SimTime now) {
  CHECK_GE(desired, 0);
  FleetChange change;
  std::int32_t running = count(InstanceState::Starting) + count(InstanceState::InService);
  Duration later{};
  for (; running < desired; ++running, later += stagger_) {
    change.launched.push_back(launch(now, later));
  }
  // From the newest to the oldest, first over those starting, then over those in service.
  for (const InstanceState state : {InstanceState::Starting, InstanceState::InService}) {
    for (std::size_t i = instances_.size(); i-- > 0 && running > desired;) {
      if (instances_[i].state != state) continue;
      --running;
      if (state == InstanceState::Starting) {
        change.cancelled.push_back(instances_[i]);
        free_slot(instances_[i].slot, now);
        instances_.erase(instances_.begin() + static_cast<std::ptrdiff_t>(i));
      } else {
        instances_[i].state = InstanceState::Stopping;
        instances_[i].stopped = now + stopping_;
        change.stopping.push_back(instances_[i]);
      }
    }
  }
  return change;
}

std::optional<Instance> Fleet::enter_service(InstanceSlot slot, std::uint32_t number, SimTime now) {
  for (Instance& instance : instances_) {
    if (instance.slot != slot || instance.number != number) continue;
    CHECK(instance.state == InstanceState::Starting);
    CHECK_EQ(core::ticks(instance.in_service), core::ticks(now));
    instance.state = InstanceState::InService;
    return instance;
  }
  return std::nullopt;
}

void Fleet::remove(InstanceSlot slot, std::uint32_t number, SimTime now) {
  const std::size_t index = index_of(slot, number);
  CHECK(instances_[index].state == InstanceState::Stopping);
  CHECK_EQ(core::ticks(instances_[index].stopped), core::ticks(now));
  free_slot(slot, now);
  instances_.erase(instances_.begin() + static_cast<std::ptrdiff_t>(index));
}

std::int32_t Fleet::count(InstanceState state) const {
  return static_cast<std::int32_t>(
      std::count_if(instances_.begin(), instances_.end(),
                    [state](const Instance& instance) { return instance.state == state; }));
}

Instance& Fleet::launch(SimTime now, Duration later) {
  Instance& instance = instances_.emplace_back();
  instance.number = next_number_++;
  instance.slot = take_slot(now);
  instance.launched = now;
  instance.in_service = now + sample(startup_, engine_) + later;
  return instance;
}

InstanceSlot Fleet::take_slot(SimTime now) {
  if (free_slots_.empty() || free_slots_.front().usable_from > now) return next_slot_++;
  const InstanceSlot slot = free_slots_.front().slot;
  free_slots_.pop_front();
  return slot;
}

void Fleet::free_slot(InstanceSlot slot, SimTime now) {
  free_slots_.push_back({slot, now + std::chrono::minutes{2}});
}

std::size_t Fleet::index_of(InstanceSlot slot, std::uint32_t number) const {
  for (std::size_t i = 0; i < instances_.size(); ++i) {
    if (instances_[i].slot == slot && instances_[i].number == number) return i;
  }
  CHECK(false && "an instance that the fleet does not have");
  return 0;
}

}  // namespace models::endpoint
