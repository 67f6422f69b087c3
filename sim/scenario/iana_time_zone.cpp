#include "sim/scenario/iana_time_zone.hpp"

#include <date/tz.h>

#include <chrono>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "sim/scenario/diagnostic.hpp"

namespace sim {
namespace {

using models::autoscaling::OffsetSpan;

class IanaTimeZone : public models::autoscaling::TimeZone {
 public:
  explicit IanaTimeZone(const date::time_zone& zone) : zone_(zone) {}

  OffsetSpan span_at(std::int64_t unix_s) const override {
    const date::sys_info info = zone_.get_info(date::sys_seconds{std::chrono::seconds{unix_s}});
    return {info.begin.time_since_epoch().count(), info.end.time_since_epoch().count(),
            info.offset.count()};
  }

 private:
  const date::time_zone& zone_;  // the database lives as long as the program
};

std::string closest_zone(const std::string& name) {
  std::vector<std::string_view> names;
  for (const date::time_zone& zone : date::get_tzdb().zones) names.push_back(zone.name());
  return std::string(closest_match(name, names));
}

}  // namespace

TimeZoneLookup find_time_zone(const std::string& name) {
  if (name == "UTC") return {models::autoscaling::utc(), true, {}};
  try {
    date::get_tzdb();
  } catch (const std::runtime_error&) {
    return {nullptr, false, {}};
  }
  try {
    return {std::make_shared<const IanaTimeZone>(*date::locate_zone(name)), true, {}};
  } catch (const std::runtime_error&) {
    return {nullptr, true, closest_zone(name)};
  }
}

}  // namespace sim
