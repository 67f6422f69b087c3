#include "tools/headroom/test_result_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "sim/report/csv_report.hpp"
#include "sim/report/github_annotations.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/markdown_report.hpp"
#include "sim/report/paint.hpp"
#include "sim/study/coverage_recorder.hpp"
#include "tools/headroom/coverage_writer.hpp"

namespace headroom {
namespace {

using sim::CheckedExpectation;
using sim::JsonWriter;
using sim::TestResult;

constexpr int kJsonDepthInLines = 6;  // a line an expectation
constexpr std::size_t kLineWidth = 100;

// What stands for a test as a whole: the first expectation that was not met; null: none.
const CheckedExpectation* first_failure(const TestResult& result) {
  const auto failure =
      std::find_if(result.expectations.begin(), result.expectations.end(),
                   [](const CheckedExpectation& checked) { return !checked.passed; });
  return failure == result.expectations.end() ? nullptr : &*failure;
}

std::string place_text(const sim::SourcePlace& place) {
  return fmt::format("{}:{}", sim::one_line(place.file), place.line);
}

// Where to look for it in the file of the test: what a scenario expects stands in its own.
int line_of(const TestResult& result, const CheckedExpectation& checked) {
  return checked.place.file == result.place.file ? checked.place.line : result.place.line;
}

std::string verdict_of(std::int64_t passed, std::int64_t failed) {
  return fmt::format("{} passed, {} failed", passed, failed);
}

void write_markdown_problem(std::ostream& out, const sim::TestedFile& file) {
  const std::string first = file.problem.substr(0, file.problem.find('\n'));
  out << fmt::format("| ✗ | {} | a file that can be read | {} | |\n", sim::markdown_text(file.file),
                     sim::markdown_text(first));
}

void write_markdown_rows(std::ostream& out, const TestResult& result) {
  if (first_failure(result) == nullptr) {
    out << fmt::format("| ✓ | {} | | | {} |\n", sim::markdown_text(result.name),
                       sim::markdown_text(place_text(result.place)));
  }
  for (const CheckedExpectation& checked : result.expectations) {
    if (checked.passed) continue;
    out << fmt::format("| ✗ | {} | {} | {} | {} |\n", sim::markdown_text(result.name),
                       sim::markdown_text(checked.that), sim::markdown_text(checked.actual),
                       sim::markdown_text(place_text(checked.place)));
  }
}

void write_json(JsonWriter& json, const CheckedExpectation& checked) {
  json.begin_object();
  json.key("that").string(checked.that);
  json.key("passed").boolean(checked.passed);
  json.key("expected").string(checked.expected);
  json.key("actual").string(checked.actual);
  json.key("file").string(checked.place.file);
  json.key("line").integer(checked.place.line);
  if (!checked.because.empty()) json.key("because").string(checked.because);
  json.key("reasons").begin_array();
  for (const std::string& reason : checked.reasons) json.string(reason);
  json.end_array();
  json.end_object();
}

void write_json(JsonWriter& json, const TestResult& result) {
  const CheckedExpectation* failure = first_failure(result);
  const auto text_of_failure = [&](std::string_view key, std::string CheckedExpectation::*text) {
    json.key(key);
    failure == nullptr ? json.null() : json.string(failure->*text);
  };
  json.begin_object();
  json.key("name").string(result.name);
  json.key("passed").boolean(failure == nullptr);
  text_of_failure("that", &CheckedExpectation::that);
  text_of_failure("expected", &CheckedExpectation::expected);
  text_of_failure("actual", &CheckedExpectation::actual);
  json.key("line").integer(failure == nullptr ? result.place.line : line_of(result, *failure));
  json.key("expectations").begin_array();
  for (const CheckedExpectation& checked : result.expectations) write_json(json, checked);
  json.end_array();
  json.end_object();
}

}  // namespace

void write_json(JsonWriter& json, const std::vector<sim::TestedFile>& files,
                const std::vector<sim::FileCoverage>* coverage) {
  std::int64_t passed = 0;
  std::int64_t failed = 0;
  json.begin_object();
  json.key("files").begin_array();
  for (const sim::TestedFile& file : files) {
    if (!file.problem.empty()) continue;
    json.begin_object();
    json.key("file").string(file.file);
    json.key("tests").begin_array();
    for (const TestResult& result : file.tests) {
      write_json(json, result);
      ++(result.passed() ? passed : failed);
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.key("passed").integer(passed);
  json.key("failed").integer(failed);
  json.key("coverage");
  coverage == nullptr ? json.null() : write_coverage_json(json, *coverage);
  json.end_object();
}

void write_markdown(std::ostream& out, const std::vector<sim::TestedFile>& files) {
  out << "| | test | expected | actual | place |\n| --- | --- | --- | --- | --- |\n";
  std::int64_t passed = 0;
  std::int64_t failed = 0;
  std::int64_t unreadable = 0;
  for (const sim::TestedFile& file : files) {
    if (!file.problem.empty()) {
      write_markdown_problem(out, file);
      ++unreadable;
    }
    for (const TestResult& result : file.tests) {
      write_markdown_rows(out, result);
      ++(result.passed() ? passed : failed);
    }
  }
  out << fmt::format("\n{}", verdict_of(passed, failed));
  if (unreadable > 0) {
    out << ", " << sim::counted(unreadable, "file cannot be read", "files cannot be read");
  }
  out << '\n';
}

TestResultWriter::TestResultWriter(Console& console, OutputFormat format, bool with_annotations,
                                   bool with_coverage)
    : console_(console),
      format_(format),
      with_annotations_(with_annotations),
      with_coverage_(with_coverage) {
  if (format_ == OutputFormat::Csv) {
    console_.out() << "file,name,line,passed,that,expected,actual\n";
  }
}

void TestResultWriter::write(const std::string& file, const TestResult& result) {
  if (passed_ + failed_ == 0 || file != file_) begin_file(file);
  files_.back().tests.push_back(result);
  ++(result.passed() ? passed_ : failed_);
  if (with_coverage_) sim::merge_coverage(coverage_, result.covered_file, result.coverage);
  switch (format_) {
    case OutputFormat::Table:
      write_text(result);
      break;
    case OutputFormat::Csv:
      write_csv(file, result);
      break;
    case OutputFormat::Json:  // these two when all is known
    case OutputFormat::Markdown:
    case OutputFormat::None:
      break;
  }
}

void TestResultWriter::begin_file(const std::string& file) {
  file_ = file;
  files_.push_back({file, {}, {}});
  if (format_ == OutputFormat::Table) {
    console_.out() << sim::painted(sim::one_line(file), sim::kBold, console_.colour()) << '\n';
  }
}

void TestResultWriter::write_text(const TestResult& result) {
  const bool passed = result.passed();
  console_.out() << "  "
                 << sim::painted(passed ? "✓" : "✗", passed ? sim::kGreen : sim::kRed,
                                 console_.colour())
                 << ' ' << sim::one_line(result.name) << '\n';
  for (const CheckedExpectation& checked : result.expectations) {
    if (!checked.passed) write_failure(checked);
  }
  if (with_annotations_) sim::write_annotations(console_.out(), result);
}

void TestResultWriter::write_failure(const CheckedExpectation& checked) {
  std::ostream& out = console_.out();
  out << fmt::format("    {}: {}\n", place_text(checked.place), sim::one_line(checked.that));
  out << fmt::format("      expected {}, actual {}\n", sim::one_line(checked.expected),
                     sim::painted(sim::one_line(checked.actual), sim::kRed, console_.colour()));
  if (!checked.because.empty()) {
    out << fmt::format("      because {}\n", sim::one_line(checked.because));
  }
  constexpr std::string_view kIndent = "      ";
  for (const std::string& reason : checked.reasons) {
    std::string_view indent = kIndent;
    for (const std::string& line :
         sim::wrapped(sim::one_line(reason), kLineWidth - kIndent.size() - 2)) {
      out << indent << line << '\n';
      indent = "        ";
    }
  }
}

void TestResultWriter::write_csv(const std::string& file, const TestResult& result) {
  for (const CheckedExpectation& checked : result.expectations) {
    console_.out() << fmt::format("{},{},{},{},{},{},{}\n", sim::csv_field(file),
                                  sim::csv_field(result.name), line_of(result, checked),
                                  checked.passed, sim::csv_field(checked.that),
                                  sim::csv_field(checked.expected), sim::csv_field(checked.actual));
  }
}

void TestResultWriter::finish(const std::vector<sim::TestedFile>& unreadable) {
  files_.insert(files_.end(), unreadable.begin(), unreadable.end());
  std::ostream& out = console_.out();
  if (format_ == OutputFormat::Table) {
    if (with_coverage_) write_coverage_text(out, coverage_, console_.colour());
    const bool is_well = failed_ == 0;
    out << '\n'
        << sim::painted(verdict_of(passed_, failed_), is_well ? sim::kGreen : sim::kRed,
                        console_.colour())
        << '\n';
  }
  if (format_ == OutputFormat::Markdown) {
    write_markdown(out, files_);
    if (with_coverage_) write_coverage_markdown(out, coverage_);
  }
  if (format_ == OutputFormat::Json) {
    JsonWriter json(out, kJsonDepthInLines);
    write_json(json, files_, with_coverage_ ? &coverage_ : nullptr);
  }
}

}  // namespace headroom
