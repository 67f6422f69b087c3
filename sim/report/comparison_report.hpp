// Writes how two scenarios differ, for people, for pull requests and for programs.
#pragma once

#include <ostream>

#include "sim/observe/comparison_result.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/paint.hpp"

namespace sim {

// The verdict first, then what was changed, then what came of it.
void write_comparison(std::ostream& out, const ComparisonResult& result, Colour colour);
void write_comparison_markdown(std::ostream& out, const ComparisonResult& result);

// One object, "headroom.compare/1": docs/commands.md.
void write_comparison_json(std::ostream& out, const ComparisonResult& result);
void write_comparison_json(JsonWriter& json, const ComparisonResult& result);

// A row a number.
void write_comparison_csv(std::ostream& out, const ComparisonResult& result);

}  // namespace sim
