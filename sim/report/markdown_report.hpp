// Writes a run as GitHub's Markdown: for a pull request, a job summary, a page of notes.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "sim/report/run_report.hpp"

namespace sim {

// With a chart of the usual width, in ASCII alone where that is wanted.
void write_markdown(std::ostream& out, const RunReport& report, bool is_ascii = false);

// Text of a user as it stands, on one line, whatever Markdown or HTML it looks like.
std::string markdown_text(std::string_view text);

}  // namespace sim
