#include "models/autoscaling/stable_uuid.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace models::autoscaling {
namespace {

// FNV-1a (RFC 9923), followed by the finaliser of splitmix64, which spreads the differences of
// short names over all bits.
std::uint64_t hash(std::string_view text, std::uint64_t salt) {
  std::uint64_t value = 0xcbf29ce484222325ULL ^ salt;
  for (const char c : text) {
    value ^= static_cast<unsigned char>(c);
    value *= 0x100000001b3ULL;
  }
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

}  // namespace

std::string stable_uuid(std::string_view name) {
  // Version 8 (vendor's own) and the usual variant, RFC 9562 section 5.8.
  const std::uint64_t high = (hash(name, 0) & ~0xf000ULL) | 0x8000ULL;
  const std::uint64_t low = (hash(name, 0x9e3779b97f4a7c15ULL) >> 2) | 0x8000000000000000ULL;
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, high >> 16 & 0xffff,
                     high & 0xffff, low >> 48, low & 0xffffffffffffULL);
}

}  // namespace models::autoscaling
