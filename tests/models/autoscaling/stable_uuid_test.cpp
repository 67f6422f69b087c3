#include "models/autoscaling/stable_uuid.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace models::autoscaling {
namespace {

TEST(StableUuid, IsTheSameForTheSameNameAndDiffersOtherwise) {
  const std::regex shape{"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"};
  std::set<std::string> seen;
  for (int k = 0; k < 1000; ++k) {
    const std::string uuid = stable_uuid("policy-" + std::to_string(k));
    EXPECT_TRUE(std::regex_match(uuid, shape)) << uuid;
    EXPECT_TRUE(seen.insert(uuid).second) << uuid;
    EXPECT_EQ(uuid, stable_uuid("policy-" + std::to_string(k)));
  }
}

}  // namespace
}  // namespace models::autoscaling
