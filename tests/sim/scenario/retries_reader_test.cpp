#include "sim/scenario/retries_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/scenario/scenario_writer.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using tests::load;
using tests::with_traffic;

std::string messages_of(const std::string& retries) {
  return load(with_traffic("{rate: 5/s, duration: 1m, retries: " + retries + "}")).messages;
}

TEST(Retries, AreThoseOfAwsUnlessToldOtherwise) {
  const auto loaded = load(with_traffic("{rate: 5/s, duration: 1m, retries: {}}"));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const auto& retries = loaded.scenario->traffic[0].retries;
  EXPECT_EQ(retries.attempts, 3);
  EXPECT_EQ(retries.backoff, core::Duration{1s});
  EXPECT_EQ(retries.jitter, 1);
  EXPECT_TRUE(has_retries(*loaded.scenario));
}

TEST(Retries, StandBesideAnyShapeAndAreWrittenOut) {
  const auto loaded = load(with_traffic(
      "{users: {initial: 3, duration: 5m}, retries: {attempts: 5, backoff: 100ms, jitter: 0%}}"));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const std::string expanded = expand_scenario(*loaded.scenario);
  EXPECT_THAT(expanded, HasSubstr("    retries: {attempts: 5, backoff: 100ms, jitter: 0%}\n"));
  const auto again = load(expanded);
  ASSERT_TRUE(again.scenario) << again.messages;
  EXPECT_EQ(expand_scenario(*again.scenario), expanded);
}

TEST(Retries, AStreamWithoutThemAsksOnce) {
  const auto loaded = load(with_traffic("{rate: 5/s, duration: 1m}"));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.scenario->traffic[0].retries.attempts, 1);
  EXPECT_FALSE(has_retries(*loaded.scenario));
}

TEST(Retries, WhatIsWrongIsTold) {
  EXPECT_THAT(messages_of("{attempts: 0}"), HasSubstr("expected a whole number of at least 1"));
  EXPECT_THAT(messages_of("{attempts: 101}"), HasSubstr("101"));
  EXPECT_THAT(messages_of("{backoff: 100}"), HasSubstr("a duration"));
  EXPECT_THAT(messages_of("{backoff: 21s}"), HasSubstr("20s"));
  EXPECT_THAT(messages_of("{jitter: 101%}"), HasSubstr("a share of at most 100%"));
  EXPECT_THAT(messages_of("{attempt: 3}"), HasSubstr("did you mean 'attempts'?"));
  EXPECT_THAT(messages_of("3"), HasSubstr("traffic.t.retries as a mapping"));
}

}  // namespace
}  // namespace sim
