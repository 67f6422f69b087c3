#include "core/random_streams.hpp"

#include "core/byte_hash.hpp"

namespace core {
namespace {

// Steele, Lea and Flood's splitmix64: advances the counter and returns a well-mixed word.
std::uint64_t splitmix64(std::uint64_t& counter) {
  counter += 0x9e3779b97f4a7c15ULL;
  std::uint64_t z = counter;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

}  // namespace

RandomEngine::RandomEngine(std::uint64_t seed) : state_{} {
  for (auto& word : state_) word = splitmix64(seed);
}

RandomEngine RandomStreams::stream(std::string_view name) const {
  std::uint64_t counter = seed_;
  std::uint64_t mixed = splitmix64(counter);
  counter = mixed ^ run_;
  mixed = splitmix64(counter);
  counter = mixed ^ hash_of(name);
  return RandomEngine(splitmix64(counter));
}

}  // namespace core
