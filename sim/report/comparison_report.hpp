// Writes how two scenarios differ, for people, for pull requests and for programs.
#pragma once

#include <ostream>
#include <string_view>

#include "sim/observe/comparison_result.hpp"
#include "sim/report/paint.hpp"

namespace sim {

std::string_view to_string(ComparisonVerdict verdict);  // better, worse, differs, same, cannot_tell
std::string_view to_string(LimitVerdict verdict);       // kept, broken, cannot_tell
std::string_view to_string(OverallVerdict verdict);     // pass, fail, cannot_tell

// The verdict first, then what was changed, then what came of it.
void write_comparison(std::ostream& out, const ComparisonResult& result, Colour colour);
void write_comparison_markdown(std::ostream& out, const ComparisonResult& result);

// One object, "headroom.compare/1": docs/commands.md.
void write_comparison_json(std::ostream& out, const ComparisonResult& result);

// A row a number.
void write_comparison_csv(std::ostream& out, const ComparisonResult& result);

}  // namespace sim
