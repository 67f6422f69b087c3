// A time zone whose clocks are changed when a test says so.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "models/autoscaling/time_zone.hpp"

namespace tests {

class SteppedZone : public models::autoscaling::TimeZone {
 public:
  struct Change {
    std::int64_t unix_s = 0;
    std::int64_t utc_offset_s = 0;  // from then on
  };
  // REQUIRES: changes are in the order of time.
  SteppedZone(std::int64_t utc_offset_s, std::vector<Change> changes)
      : utc_offset_s_(utc_offset_s), changes_(std::move(changes)) {}

  models::autoscaling::OffsetSpan span_at(std::int64_t unix_s) const override {
    models::autoscaling::OffsetSpan span;
    span.utc_offset_s = utc_offset_s_;
    for (const Change& change : changes_) {
      if (unix_s < change.unix_s) {
        span.end_s = change.unix_s;
        break;
      }
      span.begin_s = change.unix_s;
      span.utc_offset_s = change.utc_offset_s;
    }
    return span;
  }

 private:
  std::int64_t utc_offset_s_;
  std::vector<Change> changes_;
};

}  // namespace tests
