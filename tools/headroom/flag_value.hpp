// Reads the value of a flag with the readers of a scenario's values, and complains as they do.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

#include "sim/scenario/diagnostic.hpp"
#include "sim/scenario/quantity.hpp"

namespace headroom {

// Nothing when the flag was not given, or after a report.
template <class T>
std::optional<T> flag_value(const std::string& flag, const std::optional<std::string>& text,
                            sim::Reading<T> (*read)(std::string_view),
                            sim::Diagnostics& diagnostics) {
  if (!text) return std::nullopt;
  sim::Reading<T> reading = read(*text);
  if (!reading.value) {
    diagnostics.add_error(
        {flag, 0, 0}, reading.code,
        fmt::format("expected {}, found {}", reading.expected, sim::in_quotes(*text)),
        reading.hint);
  }
  return reading.value;
}

}  // namespace headroom
