// Says how a report for people may look: in colour or not, in ASCII alone, and how wide.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sim/report/paint.hpp"

namespace sim {

// Where nobody tells the width of a window: the same everywhere, so that the bytes are.
inline constexpr std::size_t kUsualWidth = 100;

struct TextStyle {
  Colour colour = Colour::Off;
  bool is_ascii = false;            // for signs and drawings; names of users stay as they are
  std::size_t width = kUsualWidth;  // of drawings; sentences are wrapped at their own
};

// A measured number with its "±", which ASCII writes "+-".
inline std::string measured_text(std::string_view text, const TextStyle& style) {
  constexpr std::string_view kSign = "±";
  std::string written(text);
  const std::size_t at = written.find(kSign);
  if (style.is_ascii && at != std::string::npos) written.replace(at, kSign.size(), "+-");
  return written;
}

}  // namespace sim
