#include "models/autoscaling/time_zone.hpp"

namespace models::autoscaling {
namespace {

// No clock of any zone is further from UTC.
constexpr std::int64_t kFurthestOffset_s = 93'600;  // 26 h

}  // namespace

OffsetSpan FixedOffset::span_at(std::int64_t /*unix_s*/) const {
  OffsetSpan span;
  span.utc_offset_s = utc_offset_s_;
  return span;
}

std::shared_ptr<const TimeZone> utc() {
  static const auto zone = std::make_shared<const FixedOffset>(0);
  return zone;
}

LocalTimeInstants instants_of(const TimeZone& zone, std::int64_t local_s) {
  LocalTimeInstants instants;
  const std::int64_t last_s = local_s + kFurthestOffset_s;
  OffsetSpan span = zone.span_at(local_s - kFurthestOffset_s);
  while (true) {
    const std::int64_t unix_s = local_s - span.utc_offset_s;
    if (unix_s >= span.begin_s && unix_s < span.end_s) {
      (instants.first_unix_s ? instants.second_unix_s : instants.first_unix_s) = unix_s;
    }
    if (span.end_s > last_s) return instants;
    span = zone.span_at(span.end_s);
  }
}

}  // namespace models::autoscaling
