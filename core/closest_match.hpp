// Finds the name that was probably meant by one that nobody knows.
#pragma once

#include <span>
#include <string_view>

namespace core {

// The candidate equal to the name but for case, underscores and hyphens; or the nearest by
// Damerau-Levenshtein distance if at most a third of the name differs; or empty.
std::string_view closest_match(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace core
