// Prints the results of one run or of several in the format that was asked for.
//
// Several make one JSON array, one CSV table with a first column `file`, and one text after another
// in the other formats.
#pragma once

#include <memory>
#include <optional>

#include "sim/report/json_writer.hpp"
#include "sim/report/run_report.hpp"
#include "tools/headroom/console.hpp"

namespace headroom {

class RunResultWriter {
 public:
  RunResultWriter(Console& console, bool has_several);

  void write(const sim::RunReport& report);
  // REQUIRES: called once, after the last write().
  void finish();

 private:
  void write_csv(const sim::RunReport& report);

  Console& console_;
  bool has_several_;
  bool is_first_ = true;
  std::optional<sim::JsonWriter> json_;
};

}  // namespace headroom
