// Makes tests of a file, or reports everything that is wrong with it: of a file with `tests:`, the
// tests of the control plane and of scenarios in it; of a scenario, one test of what it expects.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/diagnostic.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/scenario/test_case.hpp"

namespace sim {

// Longer names are refused.
inline constexpr std::size_t kLongestTestName = 200;

struct TestFile {
  std::string file;
  std::vector<TestCase> tests;  // in the order of the file; of a scenario's file that scenario
};

// `file` names the text in messages; files that it names are beside it. Nothing comes back when
// there is an error; warnings may accompany tests.
std::optional<TestFile> load_tests(std::string text, const std::string& file,
                                   const FileOpener& open, Diagnostics& diagnostics);

// The same, from a file that `open` opens.
std::optional<TestFile> load_test_file(const std::string& file, const FileOpener& open,
                                       Diagnostics& diagnostics);

}  // namespace sim
