#include "sim/scenario/json_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace sim {
namespace {

using Json = nlohmann::json;

// Builds the tree from the parser's events. The parser does not say where a value stands; but all
// that can lie between two values are blanks, commas and colons, so a cursor finds each one.
class TreeBuilder final : public nlohmann::json_sax<Json> {
 public:
  TreeBuilder(const SourceText& source, Diagnostics& diagnostics)
      : source_(source), diagnostics_(diagnostics) {}

  Node take_root() { return std::move(root_); }

  bool null() override { return scalar(NodeKind::Null, false); }
  bool boolean(bool) override { return scalar(NodeKind::Scalar, false); }
  bool number_integer(std::int64_t) override { return scalar(NodeKind::Scalar, false); }
  bool number_unsigned(std::uint64_t) override { return scalar(NodeKind::Scalar, false); }
  bool number_float(double, const std::string&) override { return scalar(NodeKind::Scalar, false); }
  bool binary(Json::binary_t&) override { return false; }
  bool string(std::string& text) override {
    Node node{NodeKind::Scalar, place_of_next(), std::move(text), true, {}, {}};
    skip_string();
    return place_value(std::move(node));
  }

  bool start_object(std::size_t) override { return begin(NodeKind::Mapping); }
  bool start_array(std::size_t) override { return begin(NodeKind::Sequence); }
  bool end_array() override { return end(); }
  bool end_object() override {
    report_duplicates();
    return end();
  }
  bool key(std::string& text) override {
    Frame& frame = frames_.back();
    frame.key_place = place_of_next();
    frame.key = std::move(text);
    skip_string();
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    const std::string& text = source_.text();
    const bool at_end = std::string_view(error.what()).find("end of input") != std::string::npos &&
                        text.find_last_not_of(" \t\r\n") + 1 <= position;
    const std::size_t offset = at_end || position == 0 ? text.size() : position - 1;
    report_syntax(error.what(), place_at(std::min(offset, text.size())));
    return false;
  }

 private:
  struct Frame {
    Node node;
    std::string key;
    NodePlace key_place;
  };

  void move_line(std::size_t offset) {
    while (line_ < source_.line_count() && source_.line_start(line_ + 1) <= offset) ++line_;
  }
  NodePlace place_at(std::size_t offset) {
    move_line(offset);
    return {&source_, line_, offset - source_.line_start(line_)};
  }
  NodePlace place_of_next() {
    const std::size_t next = source_.text().find_first_not_of(" \t\r\n,:", cursor_);
    cursor_ = std::min(next, source_.text().size());
    return place_at(cursor_);
  }
  void skip_string() {
    const std::string& text = source_.text();
    for (++cursor_; cursor_ < text.size() && text[cursor_] != '"'; ++cursor_) {
      if (text[cursor_] == '\\') ++cursor_;
    }
    ++cursor_;
  }

  bool scalar(NodeKind kind, bool is_quoted) {
    const NodePlace place = place_of_next();
    const std::string& text = source_.text();
    const std::size_t end = std::min(text.find_first_of(" \t\r\n,:]}", cursor_), text.size());
    Node node{kind, place, text.substr(cursor_, end - cursor_), is_quoted, {}, {}};
    cursor_ = end;
    return place_value(std::move(node));
  }

  bool begin(NodeKind kind) {
    const NodePlace place = place_of_next();
    ++cursor_;
    if (static_cast<int>(frames_.size()) >= kDeepestNesting) {
      report(diagnostics_, Severity::Error, place, "too-deep",
             fmt::format("expected at most {} levels of nesting, found more", kDeepestNesting));
      return false;
    }
    frames_.push_back({{kind, place, {}, false, {}, {}}, {}, {}});
    return true;
  }

  bool end() {
    place_of_next();
    ++cursor_;
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    return place_value(std::move(frame.node));
  }

  bool place_value(Node node) {
    if (++node_count_ > kMostNodes) {
      report(diagnostics_, Severity::Error, node.place, "too-many-values",
             fmt::format("expected at most {} values, found more", kMostNodes));
      return false;
    }
    if (frames_.empty()) {
      root_ = std::move(node);
    } else if (Frame& frame = frames_.back(); frame.node.kind == NodeKind::Sequence) {
      frame.node.items.push_back(std::move(node));
    } else {
      frame.node.entries.push_back({std::move(frame.key), frame.key_place, std::move(node)});
    }
    return true;
  }

  void report_duplicates() {
    std::map<std::string_view, NodePlace> seen;
    for (const Entry& entry : frames_.back().node.entries) {
      const auto [first, is_new] = seen.emplace(entry.key, entry.key_place);
      if (is_new) continue;
      report(diagnostics_, Severity::Error, entry.key_place, "duplicate-key",
             fmt::format("expected each key once, found {} again", in_quotes(entry.key)),
             fmt::format("it was first given in line {}", first->second.line));
    }
  }

  // The library says "... syntax error while parsing X - FOUND; last read: 'Y'; expected Z".
  void report_syntax(std::string_view what, const NodePlace& place) {
    if (what.find("number overflow") != std::string_view::npos) {
      report(diagnostics_, Severity::Error, place, "bad-value",
             "expected a finite number, found one that is too large");
      return;
    }
    const auto part_after = [what](std::string_view mark) {
      const std::size_t begin = what.find(mark);
      return begin == std::string_view::npos ? std::string_view{}
                                             : what.substr(begin + mark.size());
    };
    const std::string_view expected = part_after("; expected ");
    std::string_view found = part_after(" - ");
    found = found.substr(0, found.find("; "));
    std::string shown(found);
    if (found.starts_with("unexpected end of input") || found.empty()) {
      shown =
          place.byte < source_.line(place.line).size() ? "something else" : "the end of the file";
    } else if (found.starts_with("unexpected ")) {
      shown = found.substr(std::string_view("unexpected ").size());
    } else if (found == "invalid literal") {
      const std::string_view line = source_.line(place.line);
      shown = in_quotes(line.substr(std::min(place.byte, line.size()), 1));
    }
    const std::string_view before =
        std::string_view(source_.text()).substr(0, source_.line_start(place.line) + place.byte);
    const std::size_t last = before.find_last_not_of(" \t\r\n");
    const bool is_behind_comma = last != std::string_view::npos && before[last] == ',';
    const bool is_closing = shown == "'}'" || shown == "']'";
    report(diagnostics_, Severity::Error, place, "json-syntax",
           expected.empty() ? fmt::format("expected valid JSON, found {}", shown)
                            : fmt::format("expected {} in JSON, found {}", expected, shown),
           is_behind_comma && is_closing ? "JSON has no comma before a closing bracket" : "");
  }

  const SourceText& source_;
  Diagnostics& diagnostics_;
  Node root_;
  std::vector<Frame> frames_;
  std::size_t cursor_ = 0;
  int line_ = 1;
  std::size_t node_count_ = 0;
};

}  // namespace

std::optional<Document> parse_json(std::string name, std::string text, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  Document document;
  document.source = checked_text(std::move(name), std::move(text), SourceFormat::Json, diagnostics);
  if (document.source == nullptr) return std::nullopt;
  TreeBuilder builder(*document.source, diagnostics);
  Json::sax_parse(document.source->text(), &builder);
  document.root = builder.take_root();
  if (document.root.place.source == nullptr) document.root.place = {document.source.get(), 0, 0};
  if (diagnostics.error_count() != errors_before) return std::nullopt;
  return document;
}

}  // namespace sim
