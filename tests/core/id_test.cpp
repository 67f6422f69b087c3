#include "core/id.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <set>

namespace core {
namespace {

using InstanceId = Id<struct InstanceTag>;
using RequestId = Id<struct RequestTag>;

static_assert(!std::convertible_to<InstanceId, RequestId>);
static_assert(!std::constructible_from<RequestId, InstanceId>);
static_assert(!std::equality_comparable_with<InstanceId, RequestId>);
static_assert(!std::convertible_to<std::uint32_t, InstanceId>);
static_assert(!std::convertible_to<InstanceId, std::uint32_t>);
static_assert(std::totally_ordered<InstanceId>);

TEST(Id, ComparesByItsValue) {
  EXPECT_EQ(InstanceId{3}, InstanceId{3});
  EXPECT_LT(InstanceId{3}, InstanceId{4});
  EXPECT_EQ((std::set<InstanceId>{{2}, {1}, {2}}.size()), 2U);
}

}  // namespace
}  // namespace core
