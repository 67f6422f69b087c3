#include "core/check.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace core {
namespace {

using ::testing::ExitedWithCode;

TEST(Check, SaysNothingWhenItHolds) {
  CHECK(1 + 1 == 2);
  CHECK_EQ(2, 2);
  CHECK_LE(2, 2);
  CHECK_LT(1, 2);
  CHECK_GE(2, 2);
}

TEST(CheckDeathTest, EndsTheProgramWithCodeThreeAndTheExpression) {
  EXPECT_EXIT(CHECK(1 + 1 == 3), ExitedWithCode(3), "internal error: CHECK\\(1 \\+ 1 == 3\\)");
}

TEST(CheckDeathTest, NamesThePlace) {
  EXPECT_EXIT(CHECK(false), ExitedWithCode(3), "check_test\\.cpp:[0-9]+");
}

TEST(CheckDeathTest, PrintsBothValuesOfAComparison) {
  const int served = 7;
  const int arrived = 5;
  EXPECT_EXIT(CHECK_EQ(served, arrived), ExitedWithCode(3), "CHECK\\(served == arrived\\)");
  EXPECT_EXIT(CHECK_EQ(served, arrived), ExitedWithCode(3), "values: 7 against 5");
  EXPECT_EXIT(CHECK_LE(served, arrived), ExitedWithCode(3), "CHECK\\(served <= arrived\\)");
  EXPECT_EXIT(CHECK_LT(served, served), ExitedWithCode(3), "CHECK\\(served < served\\)");
  EXPECT_EXIT(CHECK_GE(arrived, served), ExitedWithCode(3), "CHECK\\(arrived >= served\\)");
}

void fail_at_ninety_seconds() {
  check_context() = {kStart + std::chrono::milliseconds(90'500), 42, "PeriodClose"};
  CHECK(false);
}

TEST(CheckDeathTest, TellsTheSimulatedMomentTheEventAndTheSeed) {
  EXPECT_EXIT(fail_at_ninety_seconds(), ExitedWithCode(3),
              "simulated time: 90\\.500000000 s, event: PeriodClose, seed: 42");
}

TEST(Check, EvaluatesEachSideOnce) {
  int left = 0;
  int right = 0;
  CHECK_EQ(++left, ++right);
  CHECK(++left == 2);
  EXPECT_EQ(left, 2);
  EXPECT_EQ(right, 1);
}

TEST(Check, IsOneStatementBesideAnElse) {
  bool reached = false;
  if (reached)
    CHECK(false);
  else
    reached = true;
  EXPECT_TRUE(reached);
}

TEST(CheckContext, BelongsToItsThread) {
  check_context().seed = 1;
  std::uint64_t seen = 1;
  std::thread([&seen] { seen = check_context().seed; }).join();
  EXPECT_EQ(seen, 0U);
}

}  // namespace
}  // namespace core
