#include "core/byte_hash.hpp"

#include <gtest/gtest.h>

namespace core {
namespace {

// The known answers of Fowler, Noll and Vo.
TEST(ByteHash, IsTheirs) {
  EXPECT_EQ(hash_of(""), 0xcbf29ce484222325ULL);
  EXPECT_EQ(hash_of("a"), 0xaf63dc4c8601ec8cULL);
  EXPECT_EQ(hash_of("foobar"), 0x85944171f73967e8ULL);
}

TEST(ByteHash, GoesOnFromWhatWasBefore) {
  EXPECT_EQ(hash_of("bar", hash_of("foo")), hash_of("foobar"));
}

}  // namespace
}  // namespace core
