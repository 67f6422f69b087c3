// Shows each malformed scenario of cases/ to the reader and compares the whole of what it says with
// the approved text beside it. HEADROOM_APPROVE=1 writes the texts anew, to be read in the diff.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "sim/scenario/scenario_yaml.hpp"

namespace sim {
namespace {

const std::filesystem::path kCases = "tests/diagnostics/cases";
const std::string kEnding = ".scenario.yaml";

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
    const std::string file = entry.path().filename().string();
    if (file.ends_with(kEnding)) names.push_back(file.substr(0, file.size() - kEnding.size()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

// Messages name files as a user in the folder of the cases would see them.
std::string messages_of(const std::string& name) {
  const LoadOptions options{
      {}, [](const std::string& path) { return open_input_file((kCases / path).string()); }};
  Diagnostics diagnostics;
  const auto scenario = load_scenario_file(name + kEnding, options, diagnostics);
  EXPECT_EQ(scenario.has_value(), !diagnostics.has_errors());
  return diagnostics.render_all();
}

class DiagnosticsTest : public testing::TestWithParam<std::string> {};

TEST_P(DiagnosticsTest, SaysExactlyTheApprovedText) {
  const std::filesystem::path approved = kCases / (GetParam() + ".txt");
  const std::string messages = messages_of(GetParam());
  EXPECT_NE(messages, "");
  if (std::getenv("HEADROOM_APPROVE") != nullptr) std::ofstream(approved) << messages;
  std::ifstream file(approved);
  ASSERT_TRUE(file) << "no " << approved << " to compare with this:\n" << messages;
  EXPECT_EQ(messages, (std::string{std::istreambuf_iterator<char>(file), {}}));
}

INSTANTIATE_TEST_SUITE_P(Cases, DiagnosticsTest, testing::ValuesIn(case_names()),
                         [](const auto& instance) { return instance.param; });

TEST(DiagnosticsCases, AreAtLeastTwenty) { EXPECT_GE(case_names().size(), 20U); }

}  // namespace
}  // namespace sim
