// Gives commands the option `--html PAGE`, and what their pages say of their origin.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "sim/report/page_origin.hpp"
#include "sim/scenario/input_file.hpp"

namespace headroom {

void add_page_option(CLI::App& command, std::string& path);

// A scenario as it is on the disk or in a revision; it was read before, and what cannot be read
// again is empty. name: what the user called it.
sim::PageSource page_source(const std::string& name, const std::string& path,
                            const sim::FileOpener& open);
// The version of the program, and one file.
sim::PageOrigin page_origin(const std::string& file, const std::vector<std::string>& overrides);

// Empty, or why a page could not be written there: for commands that work long before they write
// it. No path, no page, no problem.
std::string page_problem(const std::string& path);

// Writes a page, or leaves what was there. Empty, or what went wrong.
std::string write_page(const std::string& path, const std::function<void(std::ostream&)>& write);

}  // namespace headroom
