// Keeps the numbers of many runs in a file, a line of JSON for each as soon as it is played, so
// that a study that was killed goes on where it stopped.
//
// Invariants
// 1. The file is a header and the lines of the runs 0, 1, ...; at most the last line is torn.
// 2. Nothing but a torn last line is ever taken away, and only of a file with the same header.
#pragma once

#include <cstddef>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "sim/observe/mean_summary.hpp"
#include "sim/report/json_writer.hpp"

namespace sim {

struct RunLogKind {
  // Everything that the numbers depend on: a file with another header is of another study.
  JsonTree header;
  // What a run is called: the first keys of its line.
  std::function<JsonTree(std::size_t index)> name_of;
  std::size_t run_total = 0;
};

class RunLog {
 public:
  RunLog() = default;
  ~RunLog();
  RunLog(const RunLog&) = delete;
  RunLog& operator=(const RunLog&) = delete;

  enum class Problem { None, NotOurs, OuterWorld };
  // Opens the file, or makes it, and takes over the runs that it has. REQUIRES: called once.
  Problem open(const std::string& path, RunLogKind kind);

  // Of run 0, 1, ..., as they were found in the file.
  const std::vector<RunNumbers>& found() const { return found_; }

  // Writes the next run's line. REQUIRES: open() had no problem, nor had an append() before.
  Problem append(const RunNumbers& numbers);

  // What to tell of the problem: "cannot write runs.jsonl: No space left on device".
  const std::string& message() const { return message_; }

 private:
  Problem not_ours(std::string why);
  Problem failed(int error);
  Problem take_over(std::istream& in);
  Problem take_header(const std::string& line, bool is_torn);
  Problem take_run(const std::string& line);
  Problem write_line(const std::string& line);

  std::string path_;
  RunLogKind kind_;
  int descriptor_ = -1;
  bool is_regular_ = false;    // what is none, such as a pipe, is written alone
  std::size_t length_ = 0;     // of the complete lines, in bytes
  std::size_t run_count_ = 0;  // of which lines were written or found
  std::vector<RunNumbers> found_;
  std::string message_;
};

}  // namespace sim
