// Shows each malformed scenario and test of cases/ to the reader and compares the whole of what it
// says with the approved text beside it. HEADROOM_APPROVE=1 writes the texts anew, to be read in
// the diff.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "sim/scenario/scenario_yaml.hpp"
#include "sim/scenario/test_file.hpp"

namespace sim {
namespace {

const std::filesystem::path kCases = "tests/diagnostics/cases";
const std::string kScenarioEnding = ".scenario.yaml";
const std::string kTestEnding = ".test.yaml";

std::vector<std::string> case_names(const std::string& ending) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
    const std::string file = entry.path().filename().string();
    if (file.ends_with(ending)) names.push_back(file.substr(0, file.size() - ending.size()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

// Messages name files as a user in the folder of the cases would see them.
InputFile open_case(const std::string& path) { return open_input_file((kCases / path).string()); }

std::string messages_of_scenario(const std::string& name) {
  const LoadOptions options{{}, open_case};
  Diagnostics diagnostics;
  const auto scenario = load_scenario_file(name + kScenarioEnding, options, diagnostics);
  EXPECT_EQ(scenario.has_value(), !diagnostics.has_errors());
  return diagnostics.render_all();
}

std::string messages_of_tests(const std::string& name) {
  Diagnostics diagnostics;
  const auto tests = load_test_file(name + kTestEnding, open_case, diagnostics);
  EXPECT_EQ(tests.has_value(), !diagnostics.has_errors());
  return diagnostics.render_all();
}

void expect_approved(const std::string& name, const std::string& messages) {
  const std::filesystem::path approved = kCases / (name + ".txt");
  EXPECT_NE(messages, "");
  if (std::getenv("HEADROOM_APPROVE") != nullptr) std::ofstream(approved) << messages;
  std::ifstream file(approved);
  ASSERT_TRUE(file) << "no " << approved << " to compare with this:\n" << messages;
  EXPECT_EQ(messages, (std::string{std::istreambuf_iterator<char>(file), {}}));
}

class DiagnosticsTest : public testing::TestWithParam<std::string> {};

TEST_P(DiagnosticsTest, SaysExactlyTheApprovedText) {
  expect_approved(GetParam(), messages_of_scenario(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Cases, DiagnosticsTest, testing::ValuesIn(case_names(kScenarioEnding)),
                         [](const auto& instance) { return instance.param; });

class TestFileDiagnosticsTest : public testing::TestWithParam<std::string> {};

TEST_P(TestFileDiagnosticsTest, SaysExactlyTheApprovedText) {
  expect_approved(GetParam(), messages_of_tests(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Cases, TestFileDiagnosticsTest, testing::ValuesIn(case_names(kTestEnding)),
                         [](const auto& instance) { return instance.param; });

TEST(DiagnosticsCases, AreAtLeastTwenty) { EXPECT_GE(case_names(kScenarioEnding).size(), 20U); }

}  // namespace
}  // namespace sim
