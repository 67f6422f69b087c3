// Makes an identifier of one kind of thing a type of its own, so that it cannot be given for
// another.
#pragma once

#include <compare>
#include <cstdint>

namespace core {

template <class Tag>
struct Id {
  std::uint32_t value = 0;
  constexpr auto operator<=>(const Id&) const = default;
};

}  // namespace core
