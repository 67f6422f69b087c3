// Tells what the tests made the scaling do, and what they never did: `headroom test --coverage`.
#pragma once

#include <ostream>
#include <vector>

#include "sim/observe/coverage.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/paint.hpp"

namespace headroom {

// The whole, each file, and of each what was never exercised.
void write_coverage_text(std::ostream& out, const std::vector<sim::FileCoverage>& files,
                         sim::Colour colour);
void write_coverage_markdown(std::ostream& out, const std::vector<sim::FileCoverage>& files);
// {exercised, total, files: [{file, exercised, total, items: [{what, exercised}]}]}
void write_coverage_json(sim::JsonWriter& json, const std::vector<sim::FileCoverage>& files);

}  // namespace headroom
