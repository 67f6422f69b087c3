// Reads the `matrix:` of a test of a scenario: paths, each with the values that it is tested with.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/scenario/override.hpp"
#include "sim/scenario/section.hpp"

namespace sim {

inline constexpr std::size_t kMostMatrixPoints = 1000;

// One combination of values.
struct MatrixPoint {
  std::string label;  // "endpoint.startup = 2m, run.seed = 7"
  std::vector<Setting> settings;
};

// Points are made one by one: values may be large. Refers to the nodes of the test's document.
class TestMatrix {
 public:
  // Without `matrix:` there is one point, with neither label nor settings; none after a report.
  explicit TestMatrix(const Section& section);

  std::size_t size() const { return size_; }
  // The last path varies fastest. REQUIRES: index < size().
  MatrixPoint point(std::size_t index) const;

 private:
  bool read(const Node& matrix, Diagnostics& diagnostics);

  std::vector<const Entry*> axes_;
  std::size_t size_ = 1;
};

}  // namespace sim
