// Prints what became of tests, file by file and in the format that was asked for, as they end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/report/json_writer.hpp"
#include "sim/study/test_result.hpp"
#include "tools/headroom/console.hpp"

namespace headroom {

class TestResultWriter {
 public:
  explicit TestResultWriter(Console& console);

  // REQUIRES: the tests of a file are written one after another.
  void write(const std::string& file, const sim::TestResult& result);
  // The verdict. REQUIRES: called once, after the last write().
  void finish();

  std::int64_t failed() const { return failed_; }

 private:
  void begin_file(const std::string& file);
  void write_text(const sim::TestResult& result);
  void write_failure(const sim::CheckedExpectation& checked);
  void write_json(const sim::TestResult& result);
  void write_json(const sim::CheckedExpectation& checked);
  void write_csv(const std::string& file, const sim::TestResult& result);
  void write_markdown(const sim::TestResult& result);
  std::string verdict() const;

  Console& console_;
  std::optional<sim::JsonWriter> json_;
  std::string file_;  // of the test written last
  std::int64_t passed_ = 0;
  std::int64_t failed_ = 0;
};

}  // namespace headroom
