// Tells how far a local clock is from UTC: what a schedule needs to know of a time zone.
//
// The zones with names and summers are in sim, with the library that knows them.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>

namespace models::autoscaling {

// A span in which the clocks are not changed.
struct OffsetSpan {
  std::int64_t begin_s = std::numeric_limits<std::int64_t>::min();  // Unix time
  std::int64_t end_s = std::numeric_limits<std::int64_t>::max();    // excluded
  std::int64_t utc_offset_s = 0;  // local = UTC + offset: east of Greenwich is positive
};

class TimeZone {
 public:
  virtual ~TimeZone() = default;
  TimeZone(const TimeZone&) = delete;
  TimeZone& operator=(const TimeZone&) = delete;

  // The span that holds this instant. Spans follow each other without a gap.
  virtual OffsetSpan span_at(std::int64_t unix_s) const = 0;

 protected:
  TimeZone() = default;
};

// The same distance from UTC for ever.
class FixedOffset : public TimeZone {
 public:
  explicit FixedOffset(std::int64_t utc_offset_s) : utc_offset_s_(utc_offset_s) {}
  OffsetSpan span_at(std::int64_t unix_s) const override;

 private:
  std::int64_t utc_offset_s_;
};

std::shared_ptr<const TimeZone> utc();

// When the clocks show a local time, given in seconds since 1970 as if they showed UTC.
struct LocalTimeInstants {
  std::optional<std::int64_t> first_unix_s;   // none: the clocks skip it
  std::optional<std::int64_t> second_unix_s;  // the clocks show it twice
};
LocalTimeInstants instants_of(const TimeZone& zone, std::int64_t local_s);

}  // namespace models::autoscaling
