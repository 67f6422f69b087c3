#include "core/random_streams.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace core {
namespace {

using Words = std::vector<std::uint64_t>;

Words draws(RandomEngine engine, int count) {
  Words words;
  for (int i = 0; i < count; ++i) words.push_back(engine());
  return words;
}

// The generator as its authors publish it, in their variables, to compare with.
struct Published {
  std::uint64_t s[4];
  static std::uint64_t rotl(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
  std::uint64_t next() {
    const std::uint64_t result = rotl(s[0] + s[3], 23) + s[0];
    const std::uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return result;
  }
};

static_assert(std::uniform_random_bit_generator<RandomEngine>);

TEST(RandomEngine, GivesTheReferenceValuesOfXoshiro256PlusPlus) {
  EXPECT_EQ(draws(RandomEngine({1, 2, 3, 4}), 10),
            (Words{41943041U, 58720359U, 3588806011781223U, 3591011842654386U, 9228616714210784205U,
                   9973669472204895162U, 14011001112246962877U, 12406186145184390807U,
                   15849039046786891736U, 10450023813501588000U}));
}

TEST(RandomEngine, AgreesWithThePublishedAlgorithmOverAMillionDraws) {
  RandomEngine engine({0x123456789abcdef0U, 42, 0xfedcba9876543210U, 7});
  Published published{{0x123456789abcdef0U, 42, 0xfedcba9876543210U, 7}};
  for (int i = 0; i < 1'000'000; ++i) ASSERT_EQ(engine(), published.next()) << i;
}

TEST(RandomEngine, FillsItsStateBySplitmix64) {
  // The first four outputs of splitmix64 from 1234567, as its reference implementation gives them.
  EXPECT_EQ(draws(RandomEngine(1234567), 5),
            draws(RandomEngine({6457827717110365317U, 3203168211198807973U, 9817491932198370423U,
                                4593380528125082431U}),
                  5));
}

TEST(RandomEngine, UnitIntervalExcludesZeroAndIncludesOne) {
  // The sum of the first and last word decides the first output: rotl(s0 + s3, 23) + s0.
  RandomEngine zero(std::array<std::uint64_t, 4>{0, 1, 1, 0});
  EXPECT_EQ(zero.unit_interval(), 0x1.0p-53);
  RandomEngine ones(std::array<std::uint64_t, 4>{0, 1, 1, ~std::uint64_t{0}});
  EXPECT_EQ(ones.unit_interval(), 1.0);
}

TEST(RandomEngine, BelowFillsItsRangeEvenly) {
  constexpr std::uint32_t kBound = 7;
  constexpr int kDraws = 700'000;
  RandomEngine engine(11);
  std::array<int, kBound> counts{};
  for (int i = 0; i < kDraws; ++i) ++counts.at(engine.below(kBound));
  double chi_square = 0;
  for (const int count : counts) chi_square += std::pow(count - kDraws / 7.0, 2) / (kDraws / 7.0);
  const boost::math::chi_squared distribution(kBound - 1);
  EXPECT_LT(chi_square, boost::math::quantile(distribution, 0.999));
}

TEST(RandomEngine, BelowOneIsAlwaysZeroAndTakesOneDraw) {
  RandomEngine engine(5);
  RandomEngine other(5);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(engine.below(1), 0U);
    other();
  }
  EXPECT_EQ(engine(), other());
}

TEST(RandomStreams, GiveKnownAnswers) {
  // Calculated apart from this program, from the definitions of splitmix64, FNV-1a and
  // xoshiro256++.
  const struct {
    std::uint64_t seed;
    std::uint64_t run;
    const char* name;
    Words words;
  } rows[] = {
      {1,
       0,
       "arrivals/shoppers",
       {6643215913359850817U, 15597696025517255594U, 14495767735034806355U}},
      {1,
       0,
       "routing/primary",
       {17772986197195189894U, 11211293329382000213U, 11467926093439607386U}},
      {1,
       1,
       "arrivals/shoppers",
       {8141049691311214860U, 4105679985713220831U, 6674313162603095914U}},
      {42,
       0,
       "arrivals/shoppers",
       {15721142707196095893U, 6006190553492984533U, 6901485765314904928U}},
      {0, 0, "", {16405137371072297714U, 5161040762729817457U, 7123537000716039070U}},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(draws(RandomStreams(row.seed, row.run).stream(row.name), 3), row.words) << row.name;
  }
}

TEST(RandomStreams, DependOnNothingButSeedRunAndName) {
  const RandomStreams streams(3, 4);
  RandomEngine other = streams.stream("service/primary");
  for (int i = 0; i < 1000; ++i) other();
  EXPECT_EQ(draws(streams.stream("startup/primary"), 100),
            draws(RandomStreams(3, 4).stream("startup/primary"), 100));
}

// Pearson's coefficient over many pairs of draws.
double correlation(RandomEngine a, RandomEngine b, int pairs) {
  double product = 0;
  for (int i = 0; i < pairs; ++i) {
    const double left = a.unit_interval() - 0.5;
    const double right = b.unit_interval() - 0.5;
    product += left * right;
  }
  return product / pairs * 12.0;
}

TEST(RandomStreams, OfDifferentNamesSeedsAndRunsAreUncorrelated) {
  constexpr int kPairs = 100'000;
  const double limit = 4.5 / std::sqrt(kPairs);
  const RandomEngine base = RandomStreams(1, 0).stream("arrivals/a");
  EXPECT_GT(correlation(base, base, kPairs), 0.98);
  EXPECT_LT(std::abs(correlation(base, RandomStreams(1, 0).stream("arrivals/b"), kPairs)), limit);
  EXPECT_LT(std::abs(correlation(base, RandomStreams(2, 0).stream("arrivals/a"), kPairs)), limit);
  EXPECT_LT(std::abs(correlation(base, RandomStreams(1, 1).stream("arrivals/a"), kPairs)), limit);
  EXPECT_LT(std::abs(correlation(base, RandomStreams(0, 1).stream("arrivals/a"), kPairs)), limit);
}

TEST(RandomStreams, OfOneMillionCombinationsDifferInTheirFirstDraw) {
  std::vector<std::uint64_t> first;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    for (std::uint64_t run = 0; run < 100; ++run) {
      for (int name = 0; name < 100; ++name) {
        first.push_back(RandomStreams(seed, run).stream(std::to_string(name))());
      }
    }
  }
  std::sort(first.begin(), first.end());
  EXPECT_EQ(std::adjacent_find(first.begin(), first.end()), first.end());
}

}  // namespace
}  // namespace core
