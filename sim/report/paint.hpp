// Paints words for a terminal, with the codes of ECMA-48 that every terminal knows.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace sim {

enum class Colour { Off, On };

inline constexpr std::string_view kBold = "\x1b[1m";
inline constexpr std::string_view kDim = "\x1b[2m";
inline constexpr std::string_view kRed = "\x1b[31m";
inline constexpr std::string_view kGreen = "\x1b[32m";
inline constexpr std::string_view kCyan = "\x1b[36m";

inline std::string painted(std::string_view text, std::string_view code, Colour colour) {
  return colour == Colour::On ? fmt::format("{}{}\x1b[0m", code, text) : std::string(text);
}

}  // namespace sim
