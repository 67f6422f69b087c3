// Reads the ways in which traces write an instant.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace models::traffic {

// How an instant was written. Traces do not mix them.
enum class TimestampForm {
  Local,  // 2023-11-16 18:17:03.97 or 2023-11-16T18:17, or a date alone
  Zoned,  // ... and Z, +01:00, +0100 or +01
  Epoch,  // seconds since 1970: 1700158623 or 1700158623.97
};

struct Timestamp {
  std::int64_t seconds = 0;      // since 1970-01-01T00:00; a local time is taken for UTC
  std::int32_t nanoseconds = 0;  // 0 .. 999,999,999; further digits are cut off
  TimestampForm form = TimestampForm::Local;
};

// Seconds since 1970 beyond this, the year 5138, are milliseconds taken for seconds.
inline constexpr std::int64_t kMaxEpochSeconds = 100'000'000'000;

// None when the text is no instant.
std::optional<Timestamp> parse_timestamp(std::string_view text);

}  // namespace models::traffic
