#include "sim/report/wall_clock_text.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

namespace sim {

std::string iso_time(std::int64_t unix_s_of_start, core::SimTime at, int utc_offset_minutes) {
  using std::chrono::microseconds;
  const auto local = std::chrono::sys_seconds{std::chrono::seconds{unix_s_of_start}} +
                     std::chrono::minutes{utc_offset_minutes} +
                     std::chrono::round<microseconds>(at.time_since_epoch());
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss<microseconds> time{local - day};
  std::string text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  time.hours().count(), time.minutes().count(), time.seconds().count());
  if (time.subseconds() != microseconds::zero()) {
    text += fmt::format(".{:06}", time.subseconds().count());
  }
  return text + fmt::format("{}{:02}:{:02}", utc_offset_minutes < 0 ? '-' : '+',
                            std::abs(utc_offset_minutes) / 60, std::abs(utc_offset_minutes) % 60);
}

std::string utc_time(std::int64_t unix_s) {
  const std::string text = iso_time(unix_s, core::kStart);
  return text.substr(0, text.find('+')) + "Z";
}

}  // namespace sim
