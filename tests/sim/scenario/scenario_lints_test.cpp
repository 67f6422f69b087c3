// No lint speaks of the scenarios and control tests that the project shows as good, but of the one
// whose policy is late by design.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "sim/scenario/input_file.hpp"
#include "sim/scenario/scenario_yaml.hpp"
#include "sim/scenario/test_file.hpp"

namespace sim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

// The first column of the table in docs/lints.md.
std::set<std::string> lint_codes() {
  std::ifstream page("docs/lints.md");
  std::set<std::string> codes;
  const std::string begin = "| `";
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with(begin)) continue;
    codes.insert(line.substr(begin.size(), line.find('`', begin.size()) - begin.size()));
  }
  return codes;
}

std::vector<std::string> files_in(const std::string& folder, const std::string& ending) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string path = entry.path().string();
    if (path.ends_with(ending)) files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> lints_among(const Diagnostics& diagnostics) {
  const std::set<std::string> codes = lint_codes();
  std::vector<std::string> lints;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    if (codes.count(diagnostic.code) > 0) lints.push_back(diagnostic.code);
  }
  return lints;
}

std::vector<std::string> lints_of_scenario(const std::string& file) {
  Diagnostics diagnostics;
  EXPECT_TRUE(load_scenario_file(file, {}, diagnostics)) << diagnostics.render_all();
  return lints_among(diagnostics);
}

TEST(ScenarioLints, EveryLintHasARowInItsPageAndEveryRowALint) {
  const std::regex code("\"([a-z]+(-[a-z]+)+)\"");
  std::set<std::string> codes;
  for (const std::string& file : files_in("sim/scenario", "_lints.cpp")) {
    std::ifstream source(file);
    const std::string text{std::istreambuf_iterator<char>(source), {}};
    for (std::sregex_iterator found(text.begin(), text.end(), code), end; found != end; ++found) {
      codes.insert((*found)[1].str());
    }
  }
  EXPECT_THAT(codes, Not(IsEmpty()));
  EXPECT_EQ(lint_codes(), codes);
}

TEST(ScenarioLints, NoneSpeaksOfTheScenariosThatShowTheWay) {
  for (const std::string folder : {"scenarios", "scenarios/seed"}) {
    const auto files = files_in(folder, ".scenario.yaml");
    EXPECT_THAT(files, Not(IsEmpty()));
    for (const std::string& file : files) EXPECT_THAT(lints_of_scenario(file), IsEmpty()) << file;
  }
}

TEST(ScenarioLints, OneLessonIsTrulyTooEager) {
  for (const std::string& file : files_in("scenarios/lessons", ".scenario.yaml")) {
    if (file == "scenarios/lessons/late_by_design.scenario.yaml") continue;
    EXPECT_THAT(lints_of_scenario(file), IsEmpty()) << file;
  }
  EXPECT_THAT(lints_of_scenario("scenarios/lessons/late_by_design.scenario.yaml"),
              ElementsAre("cooldown-too-short"));
}

TEST(ScenarioLints, NoneSpeaksOfTheControlTests) {
  const auto files = files_in("scenarios/control", ".test.yaml");
  EXPECT_THAT(files, Not(IsEmpty()));
  for (const std::string& file : files) {
    Diagnostics diagnostics;
    EXPECT_TRUE(load_test_file(file, LoadOptions{}.open, diagnostics)) << diagnostics.render_all();
    EXPECT_THAT(lints_among(diagnostics), IsEmpty()) << file;
  }
}

}  // namespace
}  // namespace sim
