// Holds a YAML or JSON document as one tree in which every key and value knows its place.
//
// Scalars stay text: what they mean is decided by whoever reads them, so `010`, `.nan` and `yes`
// never turn silently into something else.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/diagnostic.hpp"

namespace sim {

enum class SourceFormat { Yaml, Json, CommandLine };

// A text with a name: a file, or an option of the command line.
class SourceText {
 public:
  SourceText(std::string name, std::string text, SourceFormat format);

  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }
  SourceFormat format() const { return format_; }
  // Counting from 1, without its line break; empty beyond the end.
  std::string_view line(int number) const;
  // Character column, counting from 1, of a byte of a line, counting from 0.
  int column_of(int line_number, std::size_t byte) const;
  int line_count() const { return static_cast<int>(line_starts_.size()); }
  std::size_t line_start(int number) const;

 private:
  std::string name_;
  std::string text_;
  SourceFormat format_;
  std::vector<std::size_t> line_starts_;
};

// Cheap to keep for every node; to_source_place counts the characters when somebody asks.
struct NodePlace {
  const SourceText* source = nullptr;
  int line = 0;          // counting from 1; 0: the whole file
  std::size_t byte = 0;  // of the line, counting from 0
};
SourcePlace to_source_place(const NodePlace& place);

enum class NodeKind { Null, Scalar, Sequence, Mapping };

struct Entry;
struct Node {
  NodeKind kind = NodeKind::Null;
  NodePlace place;
  std::string text;     // of a scalar, as written but for quotes and escapes
  bool quoted = false;  // a quoted scalar is text, whatever it looks like
  std::vector<Node> items;
  std::vector<Entry> entries;  // in the order of the file, no key twice

  const Node* find(std::string_view key) const;
};
struct Entry {
  std::string key;
  NodePlace key_place;
  Node value;
};

// Where a byte of a scalar's text is written; the scalar itself when it is not written as it reads,
// because of escapes or line breaks.
NodePlace place_within(const Node& scalar, std::size_t byte);

// "'1500'", "a list", "a mapping", "nothing".
std::string description_of(const Node& node);

// The value as flow YAML, on one line: "[2m, 5m]", "{exact: 8m}", "nothing".
std::string flow_text(const Node& node);

struct Document {
  std::unique_ptr<SourceText> source;  // what the places of the nodes point into
  Node root;
};

// Nesting beyond this is refused, in files and after aliases are expanded.
inline constexpr int kDeepestNesting = 100;
// More values than this, aliases expanded, are refused: a few bytes can stand for millions.
inline constexpr std::size_t kMostNodes = 200'000;
// Larger files are refused; recorded traffic is streamed and has no limit.
inline constexpr std::size_t kLargestFile = std::size_t{4} << 20U;

// Of UTF-8 text, which texts are once they have been checked.
std::size_t character_count(std::string_view text);

// Checks size and encoding and drops a byte order mark; reports and gives nothing when the text is
// not text: not UTF-8, or with control characters.
std::unique_ptr<SourceText> checked_text(std::string name, std::string text, SourceFormat format,
                                         Diagnostics& diagnostics);

void report(Diagnostics& diagnostics, Severity severity, const NodePlace& place, std::string code,
            std::string message, std::string hint = {});
// "expected WHAT, found NODE".
void report_expected(Diagnostics& diagnostics, const Node& node, std::string_view what,
                     std::string code = "bad-value", std::string hint = {});

}  // namespace sim
