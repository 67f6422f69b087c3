// Writes JSON piece by piece, so that a long run's report never stands in memory as a whole.
//
// Numbers are rounded to nine significant digits and written in their shortest form: fewer than a
// double holds, so that the last digits of two C libraries make no difference.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

// Keeps its keys in the order in which they were added.
using JsonTree = nlohmann::ordered_json;

// The shortest text of `value` rounded to nine significant digits; `null` if it is not finite.
std::string json_number(double value);
// With its quotes; bytes that are no UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

// REQUIRES: begin and end match, and every value in an object follows its key().
class JsonWriter {
 public:
  // Containers less deep than `depth_in_lines` have a line for each element, deeper ones have one
  // line for all.
  JsonWriter(std::ostream& out, int depth_in_lines) : out_(out), depth_in_lines_(depth_in_lines) {}

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }

  JsonWriter& key(std::string_view name);
  void null() { raw("null"); }
  void boolean(bool value) { raw(value ? "true" : "false"); }
  void integer(std::int64_t value) { raw(std::to_string(value)); }
  void number(double value) { raw(json_number(value)); }
  void number(const std::optional<double>& value) { value ? number(*value) : null(); }
  void string(std::string_view text) { raw(json_string(text)); }
  void tree(const JsonTree& tree);
  // REQUIRES: `json` is the text of one value.
  void raw(std::string_view json);

 private:
  void begin(char bracket);
  void end(char bracket);
  void separate();
  void break_line();
  bool is_in_lines() const { return static_cast<int>(has_element_.size()) <= depth_in_lines_; }

  std::ostream& out_;
  int depth_in_lines_;
  std::vector<bool> has_element_;  // of each open container, the outermost first
  bool after_key_ = false;
};

}  // namespace sim
