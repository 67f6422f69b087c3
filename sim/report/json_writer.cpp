#include "sim/report/json_writer.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace sim {
namespace {

constexpr int kSignificantDigits = 9;
// Outside of these powers of ten the exponent is shorter than the zeros.
constexpr int kLeastPlainExponent = -5;
constexpr int kMostPlainExponent = 15;

std::string placed(std::string digits, int exponent) {
  const int count = static_cast<int>(digits.size());
  if (exponent < kLeastPlainExponent || exponent > kMostPlainExponent) {
    if (count > 1) digits.insert(1, ".");
    return fmt::format("{}e{}", digits, exponent);
  }
  if (exponent < 0)
    return "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  if (count <= exponent + 1) {
    return digits + std::string(static_cast<std::size_t>(exponent + 1 - count), '0');
  }
  return digits.insert(static_cast<std::size_t>(exponent + 1), ".");
}

}  // namespace

std::string json_number(double value) {
  if (!std::isfinite(value)) return "null";
  if (value == 0) return "0";
  // "d.dddddddde-dd"
  const std::string text = fmt::format("{:.{}e}", std::abs(value), kSignificantDigits - 1);
  std::string digits = text.substr(0, 1) + text.substr(2, kSignificantDigits - 1);
  digits.erase(digits.find_last_not_of('0') + 1);
  const int exponent = std::atoi(text.c_str() + text.find('e') + 1);
  return (value < 0 ? "-" : "") + placed(std::move(digits), exponent);
}

std::string json_string(std::string_view text) {
  return JsonTree(text).dump(-1, ' ', false, JsonTree::error_handler_t::replace);
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  out_ << json_string(name) << ": ";
  after_key_ = true;
  return *this;
}

void JsonWriter::tree(const JsonTree& tree) {
  switch (tree.type()) {
    case JsonTree::value_t::object:
      begin_object();
      for (const auto& [name, value] : tree.items()) key(name).tree(value);
      return end_object();
    case JsonTree::value_t::array:
      begin_array();
      for (const JsonTree& value : tree) this->tree(value);
      return end_array();
    case JsonTree::value_t::number_float:
      return number(tree.get<double>());
    case JsonTree::value_t::string:
      return string(tree.get_ref<const std::string&>());
    default:
      return raw(tree.dump());
  }
}

void JsonWriter::begin(char bracket) {
  separate();
  out_ << bracket;
  has_element_.push_back(false);
}

void JsonWriter::end(char bracket) {
  const bool in_lines = is_in_lines();
  const bool had_element = has_element_.back();
  has_element_.pop_back();
  if (had_element && in_lines) break_line();
  out_ << bracket;
  if (has_element_.empty()) out_ << '\n';
}

void JsonWriter::raw(std::string_view json) {
  separate();
  out_ << json;
}

void JsonWriter::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_element_.empty()) return;
  if (has_element_.back()) out_ << (is_in_lines() ? "," : ", ");
  has_element_.back() = true;
  if (is_in_lines()) break_line();
}

void JsonWriter::break_line() { out_ << '\n' << std::string(2 * has_element_.size(), ' '); }

}  // namespace sim
