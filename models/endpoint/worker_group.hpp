// Serves up to a fixed number of requests at once on one instance, and knows which is done next.
//
// Independent workers are done with a request its service time after they took it on. Otherwise all
// requests being served share a speed that depends on how many they are; the group then keeps a
// virtual clock that runs at that speed, on which every request still takes exactly its
// service time (Parekh and Gallager, IEEE/ACM Trans. Networking 1, 1993, section III). Virtual time
// is an integer of 1/64 ns, so that the order of completions never hangs on a rounding error, and
// that a worker group may be busy for four years on end.
//
// Invariants
// 1. next_departure() is never before the last instant that was passed in.
// 2. Among requests done at the same moment the one taken on first is done first.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/check.hpp"
#include "core/sim_time.hpp"
#include "core/winner_tree.hpp"
#include "models/endpoint/saturation_curve.hpp"

namespace models::endpoint {

class WorkerGroup {
 public:
  int busy() const { return static_cast<int>(requests_.size()); }
  // Those being served, the next to be done last.
  std::span<const std::uint32_t> requests() const { return requests_; }

  void take_on(std::int64_t now, std::int64_t service, std::uint32_t request,
               const SaturationCurve& curve) {
    const std::int64_t done = clock_at(now, curve) + on_clock(service, curve);
    std::size_t place = done_.size();
    done_.push_back(done);
    requests_.push_back(request);
    // Few workers: moving along beats a heap, whose comparisons the processor cannot foresee.
    for (; place > 0 && done_[place - 1] <= done; --place) {
      done_[place] = done_[place - 1];
      requests_[place] = requests_[place - 1];
    }
    done_[place] = done;
    requests_[place] = request;
  }

  // The earliest instant at which a request is done if no other is taken on; kIdle when none is.
  std::int64_t next_departure(const SaturationCurve& curve) const {
    if (done_.empty()) return core::WinnerTree::kIdle;
    if (curve.independent()) return done_.back();
    // A nanosecond of rounding up may have carried the clock past the next request, too.
    const double left = static_cast<double>(std::max(clock_, done_.back()) - clock_);
    const double real = left / curve.speed(busy()) / kTicksPerNanosecond;
    // Rounded up: at that instant the request is done, a nanosecond before it is not.
    const auto whole = static_cast<std::int64_t>(real);
    return clock_set_at_ + whole + (static_cast<double>(whole) < real ? 1 : 0);
  }

  // Whether this request will be done at `now`, a moment up to which nothing else happens.
  bool is_done(std::uint32_t request, std::int64_t now, const SaturationCurve& curve) const {
    if (next_departure(curve) != now) return false;
    const std::int64_t clock = std::max(clock_then(now, curve), done_.back());
    const auto place = std::find(requests_.begin(), requests_.end(), request) - requests_.begin();
    return done_[static_cast<std::size_t>(place)] <= clock;
  }

  // Takes out the request that is done now. REQUIRES: now == next_departure().
  std::uint32_t finish(std::int64_t now, const SaturationCurve& curve) {
    CHECK(!done_.empty());
    if (!curve.independent()) clock_ = std::max(clock_at(now, curve), done_.back());
    const std::uint32_t request = requests_.back();
    done_.pop_back();
    requests_.pop_back();
    return request;
  }

  void clear() {
    done_.clear();
    requests_.clear();
  }

 private:
  static constexpr double kTicksPerNanosecond = 64;

  static std::int64_t on_clock(std::int64_t service, const SaturationCurve& curve) {
    return curve.independent() ? service : service * static_cast<std::int64_t>(kTicksPerNanosecond);
  }

  // What the clock says at `now`. Of independent workers it is simulated time itself.
  std::int64_t clock_then(std::int64_t now, const SaturationCurve& curve) const {
    if (curve.independent()) return now;
    if (done_.empty()) return 0;  // begins anew whenever there is work again
    const auto passed = static_cast<double>(now - clock_set_at_);
    return clock_ + core::nearest_tick(passed * curve.speed(busy()) * kTicksPerNanosecond);
  }

  std::int64_t clock_at(std::int64_t now, const SaturationCurve& curve) {
    if (curve.independent()) return now;
    clock_ = clock_then(now, curve);
    clock_set_at_ = now;
    return clock_;
  }

  // By falling time of being done, on the group's clock; side by side, so that both stay scalars.
  std::vector<std::int64_t> done_;
  std::vector<std::uint32_t> requests_;
  std::int64_t clock_ = 0;
  std::int64_t clock_set_at_ = 0;
};

}  // namespace models::endpoint
