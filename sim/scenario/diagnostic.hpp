// Collects what is wrong with what a user wrote, and shows each complaint beside its text.
//
// Reading never stops at the first mistake: everything found is told at once, sorted by place.
// Only a file that is wrong hundreds of times, such as a file of another kind, is cut short.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/closest_match.hpp"
#include "sim/scenario/source_place.hpp"

namespace sim {

enum class Severity { Error, Warning };
std::string_view to_string(Severity severity);  // "error", "warning"

struct Diagnostic {
  Severity severity = Severity::Error;
  SourcePlace place;
  std::string code;         // for programs: "unknown-key"
  std::string message;      // for people: "expected ..., found ...", lower-case, no final stop
  std::string hint;         // empty: none
  std::string source_line;  // the line that place.line names; empty: not shown
};

// Further diagnostics are counted, not kept.
inline constexpr std::size_t kMostDiagnostics = 500;

// `file:line:column: error: message`, the source line with a caret under the column, the hint.
std::string render(const Diagnostic& diagnostic);

class Diagnostics {
 public:
  // Files are shown in the order in which they were first named, here or by a diagnostic.
  void name_file(const std::string& file);
  // Keeps one of several that say the same at the same place.
  void add(Diagnostic diagnostic);
  // Of a whole file (line 0), or of a line whose text is not at hand.
  void add_error(SourcePlace place, std::string code, std::string message, std::string hint = {});
  void add_warning(SourcePlace place, std::string code, std::string message, std::string hint = {});

  bool has_errors() const { return error_count_ > 0; }
  std::size_t error_count() const { return error_count_; }
  bool is_full() const { return diagnostics_.size() >= kMostDiagnostics; }
  std::vector<Diagnostic> sorted() const;
  std::string render_all() const;

 private:
  void add_at(Severity severity, SourcePlace place, std::string code, std::string message,
              std::string hint);
  std::size_t rank_of(const std::string& file) const;

  std::vector<std::string> files_;
  std::vector<Diagnostic> diagnostics_;
  std::size_t error_count_ = 0;
  std::size_t not_kept_ = 0;
};

// 'text' for a message: on one line, control characters escaped, not longer than a line.
std::string in_quotes(std::string_view text);

// Joins names as "a, b or c".
std::string one_of(std::span<const std::string_view> names);

// Makes "did you mean 'x'?" from the candidate that is nearest to the name; empty when none is.
std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates);

using core::closest_match;

}  // namespace sim
