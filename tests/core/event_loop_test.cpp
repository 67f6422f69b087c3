#include "core/event_loop.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace core {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

// Writes down what the loop does, in order.
struct Journal {
  std::vector<std::string> lines;
  auto advance() {
    return [this](SimTime at) { lines.push_back("advance to " + std::to_string(ticks(at))); };
  }
  auto handle() {
    return [this](const std::string& event) { lines.push_back("handle " + event); };
  }
};

TEST(EventLoop, AdvancesTheWorldBeforeEachEvent) {
  EventLoop<std::string> loop;
  Journal journal;
  loop.schedule(kStart + nanoseconds(20), 0, "second");
  loop.schedule(kStart + nanoseconds(10), 0, "first");
  loop.run_until(kStart + nanoseconds(25), journal.advance(), journal.handle());
  EXPECT_EQ(journal.lines,
            (std::vector<std::string>{"advance to 10", "handle first", "advance to 20",
                                      "handle second", "advance to 25"}));
  EXPECT_EQ(ticks(loop.now()), 25);
}

TEST(EventLoop, AdvancesOnceForEventsOfOneInstant) {
  EventLoop<std::string> loop;
  Journal journal;
  loop.schedule(kStart + nanoseconds(10), 2, "later phase");
  loop.schedule(kStart + nanoseconds(10), 1, "earlier phase");
  loop.run_until(kStart + nanoseconds(10), journal.advance(), journal.handle());
  EXPECT_EQ(journal.lines, (std::vector<std::string>{"advance to 10", "handle earlier phase",
                                                     "handle later phase"}));
}

TEST(EventLoop, DoesNotAdvanceTowardsAnEventAtTheStart) {
  EventLoop<std::string> loop;
  Journal journal;
  loop.schedule(kStart, 0, "start");
  loop.run_until(kStart, journal.advance(), journal.handle());
  EXPECT_EQ(journal.lines, std::vector<std::string>{"handle start"});
}

TEST(EventLoop, HandlesAnEventAtTheEndAndLeavesTheOneAfter) {
  EventLoop<std::string> loop;
  Journal journal;
  loop.schedule(kStart + nanoseconds(10), 0, "at the end");
  loop.schedule(kStart + nanoseconds(11), 0, "after");
  loop.run_until(kStart + nanoseconds(10), journal.advance(), journal.handle());
  EXPECT_EQ(journal.lines, (std::vector<std::string>{"advance to 10", "handle at the end"}));
  loop.run_until(kStart + nanoseconds(11), journal.advance(), journal.handle());
  EXPECT_EQ(journal.lines.back(), "handle after");
}

TEST(EventLoop, HandlesWhatIsScheduledWhileHandling) {
  EventLoop<int> loop;
  std::vector<std::int64_t> handled;
  loop.schedule(kStart, 0, 3);
  loop.run_until(
      kStart + seconds(10), [](SimTime) {},
      [&](int left) {
        handled.push_back(ticks(loop.now()));
        if (left == 2) loop.schedule(loop.now(), 0, 1);
        if (left == 3) loop.schedule(loop.now() + nanoseconds(5), 0, 2);
      });
  EXPECT_EQ(handled, (std::vector<std::int64_t>{0, 5, 5}));
}

TEST(EventLoop, StoppedAndContinuedIsTheSameAsOneRun) {
  const auto run = [](const std::vector<std::int64_t>& stops) {
    EventLoop<std::string> loop;
    std::vector<std::string> handled;
    for (int i = 0; i < 20; ++i) loop.schedule(kStart + nanoseconds(i * 7), 0, std::to_string(i));
    for (const std::int64_t stop : stops) {
      loop.run_until(
          at_ticks(stop), [](SimTime) {},
          [&](const std::string& event) {
            handled.push_back(event + " at " + std::to_string(ticks(loop.now())));
          });
    }
    return handled;
  };
  EXPECT_EQ(run({200}).size(), 20U);
  EXPECT_EQ(run({0, 1, 7, 50, 51, 200}), run({200}));
}

TEST(EventLoop, KeepsTheTimeOfTheCheckContext) {
  EventLoop<int> loop;
  SimTime seen = kNever;
  loop.schedule(kStart + seconds(3), 0, 0);
  loop.run_until(
      kStart + seconds(9), [](SimTime) {}, [&](int) { seen = check_context().now; });
  EXPECT_EQ(seen, kStart + seconds(3));
  EXPECT_EQ(check_context().now, kStart + seconds(9));
}

TEST(EventLoopDeathTest, RefusesAnEventInThePast) {
  EventLoop<int> loop;
  loop.run_until(
      kStart + nanoseconds(10), [](SimTime) {}, [](int) {});
  loop.schedule(kStart + nanoseconds(10), 0, 0);
  EXPECT_EXIT(loop.schedule(kStart + nanoseconds(9), 0, 0), ::testing::ExitedWithCode(3),
              "values: 9 against 10");
}

TEST(EventLoopDeathTest, RefusesToGoBack) {
  EventLoop<int> loop;
  const auto run_until = [&loop](SimTime end) {
    loop.run_until(
        end, [](SimTime) {}, [](int) {});
  };
  run_until(kStart + nanoseconds(10));
  EXPECT_EXIT(run_until(kStart), ::testing::ExitedWithCode(3), "values: 0 against 10");
}

}  // namespace
}  // namespace core
