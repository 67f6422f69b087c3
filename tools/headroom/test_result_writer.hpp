// Prints what became of tests, file by file and in the format that was asked for, as they end.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/observe/test_result.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/junit_report.hpp"
#include "tools/headroom/console.hpp"

namespace headroom {

class TestResultWriter {
 public:
  // with_annotations: in the table, a line for GitHub Actions for each failure.
  TestResultWriter(Console& console, OutputFormat format, bool with_annotations,
                   bool with_coverage);

  // REQUIRES: the tests of a file are written one after another.
  void write(const std::string& file, const sim::TestResult& result);
  // The verdict. unreadable: files in which no test could be found for errors. REQUIRES: called
  // once, after the last write().
  void finish(const std::vector<sim::TestedFile>& unreadable);

  std::int64_t failed() const { return failed_; }
  // All that were written, and after finish() those that could not be read.
  const std::vector<sim::TestedFile>& files() const { return files_; }
  // Of them, under the files that configure what they cover.
  const std::vector<sim::FileCoverage>& coverage() const { return coverage_; }

 private:
  void begin_file(const std::string& file);
  void write_text(const sim::TestResult& result);
  void write_failure(const sim::CheckedExpectation& checked);
  void write_csv(const std::string& file, const sim::TestResult& result);

  Console& console_;
  OutputFormat format_;
  bool with_annotations_;
  bool with_coverage_;
  std::string file_;  // of the test written last
  std::vector<sim::TestedFile> files_;
  std::vector<sim::FileCoverage> coverage_;
  std::int64_t passed_ = 0;
  std::int64_t failed_ = 0;
};

// What `-o json` prints; those that could not be read are not in it. coverage: null when nobody
// asked for it.
void write_json(sim::JsonWriter& json, const std::vector<sim::TestedFile>& files,
                const std::vector<sim::FileCoverage>* coverage);

// What `-o markdown` and `--markdown FILE` hold: failures, tests that passed, the verdict.
void write_markdown(std::ostream& out, const std::vector<sim::TestedFile>& files);

}  // namespace headroom
