// Says how a report for people may look: in colour or not, in ASCII alone, and how wide.
#pragma once

#include <cstddef>

#include "sim/report/paint.hpp"

namespace sim {

// Where nobody tells the width of a window: the same everywhere, so that the bytes are.
inline constexpr std::size_t kUsualWidth = 100;

struct TextStyle {
  Colour colour = Colour::Off;
  bool is_ascii = false;            // for signs and drawings; names of users stay as they are
  std::size_t width = kUsualWidth;  // of drawings; sentences are wrapped at their own
};

}  // namespace sim
