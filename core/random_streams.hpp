// Gives every purpose of a run its own stream of random numbers, named, so that a change in one
// part of the model leaves the draws of all others as they were.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

namespace core {

// Blackman and Vigna's xoshiro256++ 1.0 (https://prng.di.unimi.it): 64 bits a draw, period 2^256-1.
// A UniformRandomBitGenerator for Boost's distributions.
class RandomEngine {
 public:
  using result_type = std::uint64_t;

  // The state is filled by splitmix64 from the seed, as the generator's authors advise.
  explicit RandomEngine(std::uint64_t seed);
  explicit RandomEngine(const std::array<std::uint64_t, 4>& state) : state_(state) {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  result_type operator()() {
    const std::uint64_t result = rotate_left(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotate_left(state_[3], 45);
    return result;
  }

  // A number in 0 .. bound-1 from one draw, by the high half of a 128-bit product. The bias is
  // below bound / 2^32: for a fleet of instances far under anything a simulation could show.
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((*this)() >> 32) * bound >> 32);
  }

  // A number in (0, 1]: never zero, so that its logarithm is finite.
  double unit_interval() { return static_cast<double>(((*this)() >> 11) + 1) * 0x1.0p-53; }

 private:
  static constexpr std::uint64_t rotate_left(std::uint64_t x, int k) {
    return (x << k) | (x >> (64 - k));
  }
  std::array<std::uint64_t, 4> state_;
};

// Hands out the streams of one run. A stream depends on (seed, run, name) alone: not on which other
// streams exist, nor on the order in which they are asked for.
class RandomStreams {
 public:
  RandomStreams(std::uint64_t seed, std::uint64_t run) : seed_(seed), run_(run) {}

  // Names in use: "arrivals/STREAM", "retries/STREAM", "split", "retry_split", and
  // "service/VARIANT", "retry_service/VARIANT", "routing/VARIANT", "copies/VARIANT",
  // "retry_copies/VARIANT", "warming/VARIANT", "startup/VARIANT", "capacity_errors/VARIANT";
  // "sweep/PATH" of a study.
  RandomEngine stream(std::string_view name) const;

 private:
  std::uint64_t seed_;
  std::uint64_t run_;
};

}  // namespace core
