#include "sim/scenario/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace sim {
namespace {

unsigned byte_at(std::string_view text, std::size_t index) {
  return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
}

bool in_range(unsigned value, unsigned low, unsigned high) { return value >= low && value <= high; }

// Length in bytes of the UTF-8 character at an index (Unicode 15, table 3-7); 0: not UTF-8.
std::size_t character_length(std::string_view text, std::size_t index) {
  const unsigned first = byte_at(text, index);
  const unsigned second = byte_at(text, index + 1);
  const bool third_continues = in_range(byte_at(text, index + 2), 0x80, 0xBF);
  const bool fourth_continues = in_range(byte_at(text, index + 3), 0x80, 0xBF);
  if (first < 0x80) return 1;
  if (in_range(first, 0xC2, 0xDF)) return in_range(second, 0x80, 0xBF) ? 2 : 0;
  if (in_range(first, 0xE0, 0xEF)) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;  // no surrogates
    return in_range(second, low, high) && third_continues ? 3 : 0;
  }
  if (in_range(first, 0xF0, 0xF4)) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return in_range(second, low, high) && third_continues && fourth_continues ? 4 : 0;
  }
  return 0;
}

bool is_forbidden_control(unsigned byte) {
  return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
}

struct TextFault {
  std::size_t offset = 0;
  std::string found;
};
std::optional<TextFault> first_fault(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return TextFault{0, "UTF-16"};
  }
  for (std::size_t index = 0; index < text.size();) {
    const unsigned byte = byte_at(text, index);
    if (byte == 0) return TextFault{index, "a NUL byte"};
    if (is_forbidden_control(byte)) {
      return TextFault{index, fmt::format("the control character 0x{:02x}", byte)};
    }
    const std::size_t length = character_length(text, index);
    if (length == 0) return TextFault{index, fmt::format("the byte 0x{:02x}", byte)};
    index += length;
  }
  return std::nullopt;
}

}  // namespace

SourceText::SourceText(std::string name, std::string text, SourceFormat format)
    : name_(std::move(name)), text_(std::move(text)), format_(format), line_starts_{0} {
  for (std::size_t index = 0; index < text_.size(); ++index) {
    if (text_[index] == '\n') line_starts_.push_back(index + 1);
  }
}

std::string_view SourceText::line(int number) const {
  if (number < 1 || static_cast<std::size_t>(number) > line_starts_.size()) return {};
  const std::size_t begin = line_starts_[static_cast<std::size_t>(number) - 1];
  std::string_view rest = std::string_view(text_).substr(begin);
  rest = rest.substr(0, rest.find('\n'));
  if (rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

std::size_t SourceText::line_start(int number) const {
  return line_starts_[static_cast<std::size_t>(number) - 1];
}

int SourceText::column_of(int line_number, std::size_t byte) const {
  const std::string_view before = line(line_number).substr(0, byte);
  return static_cast<int>(character_count(before)) + 1;
}

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

SourcePlace to_source_place(const NodePlace& place) {
  if (place.source == nullptr) return {};
  // An option of the command line is its own name: a line number would only puzzle.
  if (place.source->format() == SourceFormat::CommandLine) return {place.source->name(), 0, 0};
  if (place.line == 0) return {place.source->name(), 0, 0};
  return {place.source->name(), place.line, place.source->column_of(place.line, place.byte)};
}

const Node* Node::find(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

NodePlace place_within(const Node& scalar, std::size_t byte) {
  NodePlace place = scalar.place;
  if (place.source == nullptr) return place;
  const std::string_view line = place.source->line(place.line);
  for (const std::size_t quote : {0U, 1U}) {
    const std::size_t begin = std::min(place.byte + quote, line.size());
    if (!line.substr(begin).starts_with(scalar.text)) continue;
    place.byte = begin + byte;
    return place;
  }
  return place;
}

std::string description_of(const Node& node) {
  switch (node.kind) {
    case NodeKind::Null:
      return "nothing";
    case NodeKind::Scalar:
      return in_quotes(node.text);
    case NodeKind::Sequence:
      return "a list";
    case NodeKind::Mapping:
      return "a mapping";
  }
  return "nothing";
}

std::unique_ptr<SourceText> checked_text(std::string name, std::string text, SourceFormat format,
                                         Diagnostics& diagnostics) {
  diagnostics.name_file(name);
  if (text.size() > kLargestFile) {
    diagnostics.add_error(
        {name, 0, 0}, "too-large",
        fmt::format("expected a file of at most {} MiB, found {:.1f} MiB", kLargestFile >> 20U,
                    static_cast<double>(text.size()) / 1048576.0));
    return nullptr;
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  auto source = std::make_unique<SourceText>(std::move(name), std::move(text), format);
  const std::optional<TextFault> fault = first_fault(source->text());
  if (!fault) return source;
  const std::string_view before = std::string_view(source->text()).substr(0, fault->offset);
  const int line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  // The line itself is left out: it may not be printable.
  diagnostics.add_error({source->name(), line, source->column_of(line, fault->offset - line_start)},
                        "not-text", fmt::format("expected UTF-8 text, found {}", fault->found));
  return nullptr;
}

void report(Diagnostics& diagnostics, Severity severity, const NodePlace& place, std::string code,
            std::string message, std::string hint) {
  Diagnostic diagnostic;
  diagnostic.severity = severity;
  diagnostic.code = std::move(code);
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  if (!diagnostics.is_full()) diagnostic.place = to_source_place(place);
  if (place.source != nullptr && diagnostic.place.line > 0) {
    diagnostic.source_line = std::string(place.source->line(place.line));
  }
  diagnostics.add(std::move(diagnostic));
}

void report_expected(Diagnostics& diagnostics, const Node& node, std::string_view what,
                     std::string code, std::string hint) {
  report(diagnostics, Severity::Error, node.place, std::move(code),
         fmt::format("expected {}, found {}", what, description_of(node)), std::move(hint));
}

std::string flow_text(const Node& node) {
  switch (node.kind) {
    case NodeKind::Null:
      return "nothing";
    case NodeKind::Scalar:
      return node.text;
    case NodeKind::Sequence: {
      std::string text;
      for (const Node& item : node.items) text += (text.empty() ? "" : ", ") + flow_text(item);
      return "[" + text + "]";
    }
    case NodeKind::Mapping:
      break;
  }
  std::string text;
  for (const Entry& entry : node.entries) {
    text += (text.empty() ? "" : ", ") + entry.key + ": " + flow_text(entry.value);
  }
  return "{" + text + "}";
}

}  // namespace sim
