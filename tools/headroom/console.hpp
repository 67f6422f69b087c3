// Keeps apart what the program finds out (stdout: buffered, the same bytes for the same input) and
// what it says meanwhile (stderr, through the log).
#pragma once

#include <spdlog/logger.h>

#include <memory>
#include <ostream>

#include "sim/report/descriptor_stream.hpp"
#include "sim/report/table_report.hpp"
#include "tools/headroom/exit_code.hpp"
#include "tools/headroom/output_options.hpp"

namespace headroom {

class Console {
 public:
  explicit Console(const OutputOptions& options);

  std::ostream& out() { return out_; }
  OutputFormat format() const { return format_; }
  sim::Colour colour() const { return style_.colour; }
  const sim::TextStyle& style() const { return style_; }
  // Info is for people who wait, warnings and errors for everybody.
  spdlog::logger& log() { return *log_; }
  // Text that is printed as it is, such as diagnostics with their carets; with -q errors only.
  void say(const std::string& text, bool is_error);

  // Writes what is left and gives the exit code of the program: that of the command, unless the
  // result could not be written. A reader that has seen enough, as in `| head`, is no failure.
  ExitCode finish(ExitCode code);

 private:
  OutputFormat format_;
  sim::TextStyle style_;
  bool is_quiet_;
  sim::DescriptorStream out_;
  std::shared_ptr<spdlog::logger> log_;
};

}  // namespace headroom
