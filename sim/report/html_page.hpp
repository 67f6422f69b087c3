// Writes one self-contained HTML page from data: opened from disk it asks for nothing, and its
// policy lets nothing run but its own scripts.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

namespace sim {

// data_json: one JSON object. Its `kind` picks the page of sim/report/page that draws it.
void write_html_page(std::ostream& out, std::string_view title, std::string_view data_json);

// Text as HTML shows it, in elements and in quoted attributes.
std::string html_text(std::string_view text);

}  // namespace sim
