// Plays every sequence of six wishes, each inside, at the end of, or after the cooldown before it,
// and compares with a transcription of that looks at the whole history anew each
// time and keeps no timer.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "models/autoscaling/cooldown.hpp"

namespace models::autoscaling {
namespace {

using std::chrono::seconds;

constexpr Duration kCooldown = seconds{100};
constexpr Duration kStartup = seconds{30};
constexpr int kWishes = 6;
constexpr std::array<std::int32_t, 3> kChanges{2, 5, -1};
enum class Spacing { Inside, AtTheEnd, After };
constexpr std::array kSpacings{Spacing::Inside, Spacing::AtTheEnd, Spacing::After};

struct Action {
  SimTime accepted;
  SimTime fulfilled;
  std::int32_t change = 0;
};

class History {
 public:
  explicit History(CooldownStart start) : start_(start) {}

  void add(const Action& action) { actions_.push_back(action); }
  SimTime end_of(const Action& action) const {
    return (start_ == CooldownStart::Accepted ? action.accepted : action.fulfilled) + kCooldown;
  }

  // what the scale outs added that follow one another within their cooldowns, the last of
  // which is still in its own.
  std::int32_t credited(SimTime now) const {
    std::int32_t sum = 0;
    SimTime until = now;
    for (auto action = actions_.rbegin(); action != actions_.rend(); ++action) {
      if (action->change < 0) continue;
      if (end_of(*action) <= until) break;
      sum += action->change;
      until = action->accepted;
    }
    return sum;
  }

  // a scale in whose cooldown is not over, and no scale out since.
  bool blocks_scale_in(SimTime now) const {
    for (auto action = actions_.rbegin(); action != actions_.rend(); ++action) {
      if (action->change > 0) return false;
      if (end_of(*action) > now) return true;
    }
    return false;
  }

  // Where the next wish comes: never before the last activity is fulfilled.
  SimTime next(Spacing spacing, SimTime now) const {
    if (actions_.empty()) return now + seconds{60};
    const SimTime free = std::max(now, actions_.back().fulfilled);
    const SimTime end = end_of(actions_.back());
    if (spacing == Spacing::After || end < free) return std::max(free, end) + seconds{7};
    return spacing == Spacing::Inside ? free + (end - free) / 2 : end;
  }

 private:
  CooldownStart start_;
  std::vector<Action> actions_;
};

// One sequence; `code` has a digit to the base of nine for every wish.
void play(CooldownStart start, int code) {
  Cooldown cooldown{ScalingRules{.cooldown_start = start}};
  History history{start};
  std::int32_t capacity = 50;
  SimTime now = core::kStart;
  for (int i = 0; i < kWishes; ++i, code /= 9) {
    const auto digit = static_cast<std::size_t>(code % 9);
    const std::int32_t change = kChanges[digit / 3];
    now = history.next(kSpacings[digit % 3], now);
    std::int32_t done = 0;
    if (change > 0) {
      done = std::max(0, change - history.credited(now));
      ASSERT_EQ(cooldown.allowed_scale_out(now, {capacity}, {capacity + change}).value,
                capacity + done);
    } else {
      done = history.blocks_scale_in(now) ? 0 : change;
      ASSERT_EQ(cooldown.allows_scale_in(now), done != 0);
    }
    if (done == 0) continue;
    if (done > 0) {
      cooldown.cancel_scale_in();
      cooldown.accepted_scale_out(now, {done}, kCooldown);
    } else {
      cooldown.accepted_scale_in(now, kCooldown);
    }
    const SimTime fulfilled = now + kStartup;
    cooldown.fulfilled(fulfilled);
    history.add({now, fulfilled, done});
    capacity += done;
  }
}

TEST(CooldownSequences, AgreeWithTheSentencesHoweverWishesFollowEachOther) {
  constexpr int kSequences = 9 * 9 * 9 * 9 * 9 * 9;
  for (const CooldownStart start : {CooldownStart::Fulfilled, CooldownStart::Accepted}) {
    for (int code = 0; code < kSequences; ++code) {
      play(start, code);
      if (HasFatalFailure()) {
        FAIL() << "sequence " << code
               << (start == CooldownStart::Accepted ? ", from acceptance" : ", from fulfilment");
      }
    }
  }
}

}  // namespace
}  // namespace models::autoscaling
