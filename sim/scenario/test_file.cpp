#include "sim/scenario/test_file.hpp"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "sim/scenario/control_test_reader.hpp"
#include "sim/scenario/format_version.hpp"
#include "sim/scenario/scenario_yaml.hpp"
#include "sim/scenario/section.hpp"
#include "sim/scenario/test_matrix.hpp"
#include "sim/scenario/yaml_document.hpp"

namespace sim {
namespace {

bool has_name_of_tests(std::string_view file) {
  return file.ends_with(".test.yaml") || file.ends_with(".test.yml");
}

// Whether a file of any name has tests in it. What is wrong with it is told when it is read.
bool holds_tests(const std::string& text, const std::string& file) {
  Diagnostics unheard;
  const auto document = parse_yaml(file, text, unheard);
  return document && document->root.find("tests") != nullptr;
}

std::vector<Setting> settings_of(const Section& section) {
  std::vector<Setting> settings;
  const Node* set = section.find("set");
  if (set == nullptr) return settings;
  if (set->kind != NodeKind::Mapping) {
    report_expected(section.diagnostics(), *set,
                    "set as a mapping such as {endpoint.startup.exact: 8m}", "wrong-type");
    return settings;
  }
  for (const Entry& entry : set->entries) {
    settings.push_back({entry.key, entry.key_place, entry.value});
  }
  return settings;
}

// What a test expects stands in place of what its scenario expects, which would hardly survive the
// changes.
std::optional<ScenarioTest> read_scenario_test(const Section& section, const FileContext& files,
                                               const std::vector<Setting>& of_matrix) {
  Diagnostics& diagnostics = section.diagnostics();
  const std::size_t errors_before = diagnostics.error_count();
  LoadOptions options;
  options.open = files.open;
  options.settings = settings_of(section);
  options.settings.insert(options.settings.end(), of_matrix.begin(), of_matrix.end());
  if (const Node* expect = section.find("expect")) {
    options.settings.push_back({"expect", section.key_place("expect"), *expect});
  }
  const auto name = section.text("scenario");
  if (!name) return std::nullopt;
  const std::string file = beside(files.scenario_file, *name);
  const NodePlace& place = section.find("scenario")->place;
  auto text = read_text_file(files.open, file, place, diagnostics);
  if (!text) return std::nullopt;
  auto scenario = load_scenario(std::move(*text), file, options, diagnostics);
  if (!scenario || diagnostics.error_count() != errors_before) return std::nullopt;
  if (scenario->expectations.empty()) {
    report(diagnostics, Severity::Error, place, "nothing-expected",
           "expected something in expect, found nothing here or in the scenario",
           "a test that expects nothing cannot fail");
    return std::nullopt;
  }
  return ScenarioTest{std::move(*scenario), std::nullopt};
}

class TestListReader {
 public:
  TestListReader(const FileContext& files, Diagnostics& diagnostics)
      : files_(files), diagnostics_(diagnostics) {}

  std::vector<TestCase> read(const Node& list) {
    std::vector<TestCase> tests;
    if (list.kind != NodeKind::Sequence) {
      report_expected(diagnostics_, list, "tests as a list", "wrong-type");
    } else if (list.items.empty()) {
      report(diagnostics_, Severity::Error, list.place, "nothing-expected",
             "expected at least one test in tests, found an empty list");
    }
    for (std::size_t index = 0; index < list.items.size(); ++index) {
      read_test(list.items[index], fmt::format("tests[{}]", index), tests);
    }
    return tests;
  }

 private:
  void read_test(const Node& node, const std::string& path, std::vector<TestCase>& tests) {
    TestCase test;
    test.place = to_source_place(node.place);
    if (node.kind == NodeKind::Mapping) read_name(node, path, test.name);
    if (node.find("scenario") != nullptr) {
      read_scenario_tests(node, path, test, tests);
    } else if (auto control_test = read_control_test(node, path, files_, diagnostics_)) {
      test.test = std::move(*control_test);
      tests.push_back(std::move(test));
    }
  }

  // One test for each combination of the matrix. What is wrong with all of them is told once.
  void read_scenario_tests(const Node& node, const std::string& path, const TestCase& named,
                           std::vector<TestCase>& tests) {
    const Section section(node, path, {"name", "scenario", "set", "matrix", "expect"},
                          diagnostics_);
    const TestMatrix matrix(section);
    for (std::size_t index = 0; index < matrix.size(); ++index) {
      const MatrixPoint point = matrix.point(index);
      auto scenario_test = read_scenario_test(section, files_, point.settings);
      if (!scenario_test) return;
      TestCase test = named;
      if (!point.label.empty()) test.name += fmt::format(" ({})", point.label);
      test.test = std::move(*scenario_test);
      tests.push_back(std::move(test));
    }
  }

  void read_name(const Node& test, const std::string& path, std::string& name) {
    const Node* node = test.find("name");
    if (node == nullptr) {
      report(diagnostics_, Severity::Error, test.place, "missing-key",
             fmt::format("expected the key 'name' in {}, found none", path),
             "for example name: three breaching minutes scale out");
      return;
    }
    name = text_of(*node, diagnostics_, "the name of a test").value_or("");
    if (name.size() > kLongestTestName) {
      report_expected(diagnostics_, *node,
                      fmt::format("a name of at most {} characters", kLongestTestName),
                      "out-of-range");
    } else if (!name.empty() && !names_.insert(name).second) {
      report(
          diagnostics_, Severity::Error, node->place, "duplicate-name",
          fmt::format("expected a name of its own for each test, found {} again", in_quotes(name)));
    }
  }

  const FileContext& files_;
  Diagnostics& diagnostics_;
  std::set<std::string> names_;
};

std::optional<TestFile> load_scenario_as_test(std::string text, const std::string& file,
                                              const FileOpener& open, Diagnostics& diagnostics) {
  LoadOptions options;
  options.open = open;
  auto scenario = load_scenario(std::move(text), file, options, diagnostics);
  if (!scenario) return std::nullopt;
  const std::size_t errors_before = diagnostics.error_count();
  std::optional<Golden> golden = load_golden(golden_file_of(file), open, diagnostics);
  if (diagnostics.error_count() != errors_before) return std::nullopt;
  SourcePlace place{file, 1, 1};
  if (!scenario->expectations.empty()) place = scenario->expectations.front().place;
  TestFile tests{file, {}};
  tests.tests.push_back(
      {scenario->name, std::move(place), ScenarioTest{std::move(*scenario), std::move(golden)}});
  return tests;
}

}  // namespace

std::optional<TestFile> load_tests(std::string text, const std::string& file,
                                   const FileOpener& open, Diagnostics& diagnostics) {
  if (!has_name_of_tests(file) && !holds_tests(text, file)) {
    return load_scenario_as_test(std::move(text), file, open, diagnostics);
  }
  const std::size_t errors_before = diagnostics.error_count();
  const std::optional<Document> document = parse_yaml(file, std::move(text), diagnostics);
  if (!document) return std::nullopt;
  if (document->root.kind == NodeKind::Null) {
    report(diagnostics, Severity::Error, document->root.place, "empty-file",
           "expected tests, found an empty file",
           "the keys are version and tests: headroom schema test has more");
    return std::nullopt;
  }
  const Section section(document->root, "the test file", {"version", "tests"}, diagnostics);
  if (!section.is_mapping()) return std::nullopt;
  check_version(section);
  TestFile tests{file, {}};
  if (const Node* list = section.require("tests", "tests: [{name: ..., scaling: ...}]")) {
    const FileContext files{file, open};
    tests.tests = TestListReader(files, diagnostics).read(*list);
  }
  if (diagnostics.error_count() != errors_before) return std::nullopt;
  return tests;
}

std::optional<TestFile> load_test_file(const std::string& file, const FileOpener& open,
                                       Diagnostics& diagnostics) {
  diagnostics.name_file(file);
  std::optional<std::string> text = read_text_file(open, file, {}, diagnostics);
  if (!text) return std::nullopt;
  return load_tests(std::move(*text), file, open, diagnostics);
}

}  // namespace sim
