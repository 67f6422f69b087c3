// Reads numbers of instances: the bounds of a scalable target and of a scheduled action.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/scenario/section.hpp"

namespace sim {

// More than any quota gives. What a user asks for is bounded, so that a typing error cannot fill
// the machine.
inline constexpr std::int32_t kMostInstances = 10'000;

std::optional<std::int32_t> read_capacity(const Section& section, std::string_view key);

// MinCapacity, with a warning at 0.
std::optional<std::int32_t> read_min_capacity(const Section& section);

}  // namespace sim
