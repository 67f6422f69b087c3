// Turns patterns such as "0 - X - X", written oldest to newest as in AWS's tables, into the points
// that an evaluation reads.
#pragma once

#include <string_view>
#include <vector>

#include "models/cloudwatch/alarm_evaluation.hpp"

namespace tests {

inline std::vector<models::cloudwatch::PointState> newest_first(std::string_view oldest_to_newest) {
  using models::cloudwatch::PointState;
  std::vector<PointState> points;
  for (auto c = oldest_to_newest.rbegin(); c != oldest_to_newest.rend(); ++c) {
    if (*c == 'X') points.push_back(PointState::Breaching);
    if (*c == '0') points.push_back(PointState::NotBreaching);
    if (*c == '-') points.push_back(PointState::Missing);
  }
  return points;
}

}  // namespace tests
