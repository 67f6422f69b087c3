// Hashes bytes, the same on every machine: FNV-1a, 64 bits.
#pragma once

#include <cstdint>
#include <string_view>

namespace core {

inline constexpr std::uint64_t kHashOfNothing = 0xcbf29ce484222325ULL;

// Of what `before` is the hash of, followed by the bytes.
constexpr std::uint64_t hash_of(std::string_view bytes, std::uint64_t before = kHashOfNothing) {
  std::uint64_t hash = before;
  for (const char byte : bytes) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

}  // namespace core
