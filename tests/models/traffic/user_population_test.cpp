#include "models/traffic/user_population.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace models::traffic {
namespace {

using core::kStart;
using namespace std::chrono_literals;

std::vector<std::int64_t> join_seconds(const UserPopulation& users) {
  std::vector<std::int64_t> seconds;
  for (std::int64_t user = 0; user < users.total_users(); ++user) {
    seconds.push_back((users.join_time(user) - kStart) / 1s);
  }
  return seconds;
}

TEST(UserPopulation, FirstExtraUserJoinsOneSpawnIntervalAfterThePhaseBegan) {
  const UserPopulation users({{{"1", 2, 1.0, 5min}}, std::nullopt, 100ms}, 10s);
  EXPECT_EQ(join_seconds(users), (std::vector<std::int64_t>{10, 10, 70, 130, 190, 250}));
  EXPECT_EQ(users.end(), kStart + 310s);
  EXPECT_EQ(users.think_time(), 100ms);
}

TEST(UserPopulation, UsersStayFromPhaseToPhase) {
  const UserPopulation users({{{"1", 1, 2.0, 61s}, {"2", 0, 0.0, 59s}, {"3", 2, 1.0, 90s}}, {}, {}},
                             0s);
  EXPECT_EQ(join_seconds(users), (std::vector<std::int64_t>{0, 30, 60, 120, 120, 180}));
  EXPECT_EQ(users.end(), kStart + 210s);
}

TEST(UserPopulation, LimitCapsInitialAndSpawnedUsers) {
  const UserPopulation users({{{"1", 3, 60.0, 10s}, {"2", 50, 60.0, 10s}}, 8, {}}, 0s);
  EXPECT_EQ(join_seconds(users), (std::vector<std::int64_t>{0, 0, 0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(UserPopulation({{{"1", 3, 60.0, 10s}}, 0, {}}, 0s).total_users(), 0);
}

TEST(UserPopulation, CountIsThatOfTheUsersWhoHaveJoinedAndNotLeft) {
  const UserPopulation users({{{"1", 2, 1.0, 5min}}, std::nullopt, {}}, 10s);
  EXPECT_EQ(users.user_count(kStart + 10s - 1ns), 0);
  EXPECT_EQ(users.user_count(kStart + 10s), 2);
  EXPECT_EQ(users.user_count(kStart + 70s - 1ns), 2);
  EXPECT_EQ(users.user_count(kStart + 70s), 3);
  EXPECT_EQ(users.user_count(kStart + 310s - 1ns), 6);
  EXPECT_EQ(users.user_count(kStart + 310s), 0);
}

TEST(UserPopulation, NoUserJoinsAtOrAfterTheEndOfItsPhaseForAnySpawnRate) {
  for (int k = 1; k < 400; ++k) {
    const double spawn = 0.37 * k;
    const Duration duration = Duration{1s} * (7 * k);
    const UserPopulation users({{{"1", 0, spawn, duration}}, std::nullopt, {}}, 0s);
    const auto next = static_cast<double>(users.total_users() + 1) * 60.0 / spawn;
    EXPECT_GE(core::round_to_duration(next), duration);
    for (std::int64_t user = 0; user < users.total_users(); ++user) {
      ASSERT_LT(users.join_time(user), users.end());
      ASSERT_EQ(users.user_count(users.join_time(user)), user + 1);
    }
  }
}

TEST(UserPopulation, UsersOfIsBoundedHoweverManyAreAskedFor) {
  const ClosedLoopTraffic huge{
      {{"1", 2'000'000'000, 1e9, 100h}, {"2", 2'000'000'000, 1e300, 100h}}, std::nullopt, {}};
  EXPECT_EQ(UserPopulation::users_of(huge), UserPopulation::kMaxUsers + 1);
  ClosedLoopTraffic limited = huge;
  limited.limit = 1'000'000;
  EXPECT_EQ(UserPopulation::users_of(limited), 1'000'000);
  EXPECT_EQ(UserPopulation::users_of({{{"1", 2, 1.0, 5min}}, std::nullopt, {}}), 6);
}

TEST(UserPopulationDeathTest, AskingForAUserThatIsNotThereIsOurMistake) {
  const UserPopulation users({{{"1", 2, 0.0, 5min}}, std::nullopt, {}}, 0s);
  EXPECT_EXIT(users.join_time(2), testing::ExitedWithCode(3), "internal error");
}

}  // namespace
}  // namespace models::traffic
