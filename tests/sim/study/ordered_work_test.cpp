#include "sim/study/ordered_work.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>

namespace sim {
namespace {

TEST(OrderedWork, HandsResultsOverInTheirOrder) {
  for (const std::size_t threads : {0U, 1U, 2U, 7U, 100U}) {
    std::string text;
    ordered_work(
        20, threads,
        [](std::size_t index) {
          // The first pieces take longest.
          std::this_thread::sleep_for(std::chrono::microseconds{2000 - 100 * index});
          return std::to_string(index);
        },
        [&text](std::size_t index, const std::string& result) {
          EXPECT_EQ(result, std::to_string(index));
          text += result + " ";
        });
    EXPECT_EQ(text, "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 ");
  }
}

TEST(OrderedWork, OfNothingDoesNothing) {
  ordered_work(
      0, 4, [](std::size_t) { return 1; }, [](std::size_t, int) { FAIL(); });
}

TEST(OrderedWork, IsNeverFarAhead) {
  std::atomic<std::size_t> consumed{0};
  std::atomic<std::size_t> most_ahead{0};
  ordered_work(
      100, 3,
      [&](std::size_t index) {
        const std::size_t done = consumed.load();
        const std::size_t ahead = index < done ? 0 : index - done;
        if (ahead > most_ahead.load()) most_ahead = ahead;
        return index;
      },
      [&](std::size_t, std::size_t) { ++consumed; });
  // One may be handed over but not yet counted here.
  EXPECT_LE(most_ahead.load(), 4U);
}

TEST(OrderedWork, WithALeadDoesNotWaitForOneThatIsSlow) {
  std::atomic<int> quick{0};
  ordered_work(
      7, 2,
      [&quick](std::size_t index) {
        // The first waits until all that may be ahead of it are done.
        while (index == 0 && quick < 5) std::this_thread::yield();
        if (index > 0) ++quick;
        return index;
      },
      [](std::size_t, std::size_t) {}, 3);
  EXPECT_EQ(quick, 6);
}

TEST(OrderedWork, EndsWhenNoFurtherResultIsWanted) {
  for (const std::size_t threads : {1U, 4U}) {
    std::size_t consumed = 0;
    ordered_work(
        50, threads, [](std::size_t index) { return index; },
        [&consumed](std::size_t index, std::size_t) {
          ++consumed;
          return index < 5;
        });
    EXPECT_EQ(consumed, 6U);
  }
}

TEST(OrderedWork, ThrowsWhatAPieceThrewAtItsTurn) {
  for (const std::size_t threads : {1U, 4U}) {
    std::size_t consumed = 0;
    EXPECT_THROW(ordered_work(
                     50, threads,
                     [](std::size_t index) -> int {
                       if (index == 5) throw std::runtime_error("no");
                       return 0;
                     },
                     [&consumed](std::size_t, int) { ++consumed; }),
                 std::runtime_error);
    EXPECT_EQ(consumed, 5U);
  }
}

}  // namespace
}  // namespace sim
