// Opens the files that a scenario names, unpacking gzip without being asked.
//
// Readers take a FileOpener, so that tests, fuzzers and a browser can do without a disk.
#pragma once

#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sim/scenario/document.hpp"

namespace sim {

inline constexpr std::string_view kNoSuchFile = "no such file";
struct InputFile {
  std::unique_ptr<std::istream> stream;  // null: it could not be opened
  std::string problem;                   // then why: "no such file", "a directory"
};
using FileOpener = std::function<InputFile(const std::string& path)>;

// From the disk. A stream of damaged gzip goes bad() where the damage is.
InputFile open_input_file(const std::string& path);

// The same, in the form in which the simulation takes it: null when it cannot.
std::unique_ptr<std::istream> open_trace_file(const std::string& path);

// The whole of a file of at most kLargestFile bytes. Reports at `place` when it cannot be opened,
// and at the file itself when it cannot be read.
std::optional<std::string> read_text_file(const FileOpener& open, const std::string& path,
                                          const NodePlace& place, Diagnostics& diagnostics);

// A path as the scenario in `scenario_file` means it: relative to the folder of that file.
std::string beside(const std::string& scenario_file, const std::string& path);
// The path that beside() turns into this one.
std::string relative_to_scenario(const std::string& scenario_file, const std::string& path);

}  // namespace sim
