#include "sim/scenario/yaml_document.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>
#include <utility>
#include <vector>

namespace sim {
namespace {

// Ends the parse after a mistake that was reported; caught in this file.
struct Stop {};

std::size_t node_count(const Node& node) {
  std::size_t count = 1;
  for (const Node& item : node.items) count += node_count(item);
  for (const Entry& entry : node.entries) count += node_count(entry.value);
  return count;
}

int height(const Node& node) {
  int highest = 0;
  for (const Node& item : node.items) highest = std::max(highest, height(item));
  for (const Entry& entry : node.entries) highest = std::max(highest, height(entry.value));
  return highest + 1;
}

// Builds the tree from the parser's events.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const SourceText& source, Diagnostics& diagnostics)
      : source_(source), diagnostics_(diagnostics) {}

  Node take_root() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (document_seen_ && source_.line(at(mark).line).starts_with("---")) {
      fail(at(mark), "second-document", "expected one document, found a second");
    }
    if (document_seen_) {
      fail(at(mark), "yaml-syntax", "expected the end of the document, found more",
           "a file is either one list or one mapping");
    }
    document_seen_ = true;
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    // The parser places an absent value at what follows it: its key is the better place.
    Node node{NodeKind::Null, at(mark), {}, false, {}, {}};
    if (!frames_.empty() && frames_.back().has_key) node.place = frames_.back().key_place;
    place_value(std::move(node), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchored_.find(anchor);
    if (found == anchored_.end()) {
      fail(at(mark), "recursive-alias", "expected an anchor that is complete, found its own alias");
    }
    if (static_cast<int>(frames_.size()) + height(found->second) > kDeepestNesting) {
      fail_nesting(at(mark));
    }
    count_nodes(node_count(found->second), at(mark));
    place_value(found->second, 0);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check_tag(tag, mark);
    // The library marks plain scalars with the tag "?" and quoted ones with "!".
    const bool is_quoted = tag == "!";
    const bool is_null = !is_quoted && (value.empty() || value == "~" || value == "null" ||
                                        value == "Null" || value == "NULL");
    place_value({is_null ? NodeKind::Null : NodeKind::Scalar, at(mark), value, is_quoted, {}, {}},
                anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    check_tag(tag, mark);
    begin({NodeKind::Sequence, at(mark), {}, false, {}, {}}, anchor);
  }
  void OnSequenceEnd() override { end(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    check_tag(tag, mark);
    begin({NodeKind::Mapping, at(mark), {}, false, {}, {}}, anchor);
  }
  void OnMapEnd() override {
    finish_mapping(frames_.back());
    end();
  }

  NodePlace at(const YAML::Mark& mark) const {
    if (mark.is_null()) return {&source_, 0, 0};
    const int line = std::min(mark.line + 1, source_.line_count());
    return {&source_, line, static_cast<std::size_t>(std::max(mark.column, 0))};
  }

  // Of the list or mapping that is open when the parser gives up.
  NodePlace innermost_place() const {
    return frames_.empty() ? NodePlace{&source_, 1, 0} : frames_.back().node.place;
  }

 private:
  struct Merge {
    NodePlace place;
    Node value;
  };
  // A sequence or mapping that is being filled.
  struct Frame {
    Node node;
    YAML::anchor_t anchor = 0;
    bool has_key = false;  // a key waits for its value
    bool key_is_merge = false;
    std::string key;
    NodePlace key_place;
    std::vector<Merge> merges;
  };

  [[noreturn]] void fail(const NodePlace& place, std::string code, std::string message,
                         std::string hint = {}) {
    report(diagnostics_, Severity::Error, place, std::move(code), std::move(message),
           std::move(hint));
    throw Stop{};
  }
  [[noreturn]] void fail_nesting(const NodePlace& place) {
    fail(place, "too-deep",
         fmt::format("expected at most {} levels of nesting, found more", kDeepestNesting));
  }

  void check_tag(const std::string& tag, const YAML::Mark& mark) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    report(diagnostics_, Severity::Error, at(mark), "tag",
           fmt::format("expected a value without a tag, found the tag {}", in_quotes(tag)));
  }

  void count_nodes(std::size_t count, const NodePlace& place) {
    node_count_ += count;
    if (node_count_ <= kMostNodes) return;
    fail(place, "too-many-values",
         fmt::format("expected at most {} values, aliases expanded, found more", kMostNodes));
  }

  void begin(Node node, YAML::anchor_t anchor) {
    if (static_cast<int>(frames_.size()) >= kDeepestNesting) fail_nesting(node.place);
    frames_.push_back({std::move(node), anchor, false, false, {}, {}, {}});
  }

  void end() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    place_value(std::move(frame.node), frame.anchor);
  }

  // Puts a complete node where it belongs: into its list, beside its key, or as the next key.
  void place_value(Node node, YAML::anchor_t anchor) {
    count_nodes(1, node.place);
    if (anchor != 0) {
      count_nodes(node_count(node), node.place);
      anchored_.insert_or_assign(anchor, node);
    }
    if (frames_.empty()) {
      root_ = std::move(node);
      return;
    }
    Frame& frame = frames_.back();
    if (frame.node.kind == NodeKind::Sequence) {
      frame.node.items.push_back(std::move(node));
    } else if (!frame.has_key) {
      take_key(frame, node);
    } else {
      frame.has_key = false;
      if (frame.key_is_merge) {
        frame.merges.push_back({frame.key_place, std::move(node)});
      } else {
        frame.node.entries.push_back({std::move(frame.key), frame.key_place, std::move(node)});
      }
    }
  }

  void take_key(Frame& frame, const Node& node) {
    if (node.kind != NodeKind::Scalar) {
      fail(node.place, "bad-key", fmt::format("expected a key, found {}", description_of(node)));
    }
    frame.has_key = true;
    frame.key_is_merge = !node.quoted && node.text == "<<";
    frame.key = node.text;
    frame.key_place = node.place;
  }

  void finish_mapping(Frame& frame) {
    std::map<std::string, NodePlace> seen;
    std::vector<Entry> unique;
    for (Entry& entry : frame.node.entries) {
      const auto [first, is_new] = seen.emplace(entry.key, entry.key_place);
      if (is_new) {
        unique.push_back(std::move(entry));
      } else {
        report(diagnostics_, Severity::Error, entry.key_place, "duplicate-key",
               fmt::format("expected each key once, found {} again", in_quotes(entry.key)),
               fmt::format("it was first given in line {}", first->second.line));
      }
    }
    frame.node.entries = std::move(unique);
    // What is written in the mapping itself wins; of several merges, the earlier.
    for (const Merge& merge : frame.merges) {
      if (merge.value.kind == NodeKind::Sequence) {
        for (const Node& item : merge.value.items) merge_into(frame.node, item, seen);
      } else {
        merge_into(frame.node, merge.value, seen);
      }
    }
  }

  void merge_into(Node& mapping, const Node& from, std::map<std::string, NodePlace>& seen) {
    if (from.kind != NodeKind::Mapping) {
      report_expected(diagnostics_, from, "a mapping, or a list of mappings, to merge with '<<'",
                      "bad-merge");
      return;
    }
    for (const Entry& entry : from.entries) {
      if (!seen.emplace(entry.key, entry.key_place).second) continue;
      count_nodes(node_count(entry.value), entry.key_place);
      mapping.entries.push_back(entry);
    }
  }

  const SourceText& source_;
  Diagnostics& diagnostics_;
  Node root_;
  std::vector<Frame> frames_;
  std::map<YAML::anchor_t, Node> anchored_;
  std::size_t node_count_ = 0;
  bool document_seen_ = false;
};

// The library's words for what it found, and ours for what was expected and what may help.
struct SyntaxMessage {
  std::string_view theirs;
  std::string_view ours;
  std::string_view hint;
};
constexpr std::string_view kQuoteHint =
    "text that holds ': ', '#' or brackets must stand in quotes";
constexpr std::array kSyntaxMessages{
    SyntaxMessage{"illegal map value", "expected one 'key: value', found a second ':'", kQuoteHint},
    SyntaxMessage{"illegal map key", "expected a value, found a key", kQuoteHint},
    SyntaxMessage{"illegal block entry", "expected a value, found a list entry",
                  "a list begins on its own line, its entries in one column"},
    SyntaxMessage{"end of map not found", "expected a key of the mapping, found something else",
                  "the keys of a mapping stand in one column"},
    SyntaxMessage{"end of sequence not found", "expected '- ', found something else",
                  "the entries of a list stand in one column"},
    SyntaxMessage{"end of map flow not found",
                  "expected ',' or '}' in the mapping that begins here, found something else", ""},
    SyntaxMessage{"end of sequence flow not found",
                  "expected ',' or ']' in the list that begins here, found something else", ""},
    SyntaxMessage{"illegal flow end", "expected a value, found a closing bracket", ""},
    SyntaxMessage{"illegal EOF in scalar", "expected a closing quote, found the end of the file",
                  ""},
    SyntaxMessage{"unknown token", "expected a value, found a character that cannot begin one",
                  "text that begins with '@', '`' or '%' must stand in quotes"},
    SyntaxMessage{"unknown escape character", "expected an escape such as \\n, found another",
                  "in single quotes a backslash is a backslash"},
    SyntaxMessage{"the referenced anchor is not defined",
                  "expected an alias of an anchor above, found an unknown one", ""},
    SyntaxMessage{"illegal document indicator", "expected a closing quote, found '---' or '...'",
                  ""},
};

// The parser reads a list or mapping in brackets to its end before it says anything, so what can
// never be accepted is refused here, before it takes a hundred times its size in memory. Brackets
// in text count as well: the limits are far beyond what anybody writes.
bool reported_flood(const SourceText& source, Diagnostics& diagnostics) {
  constexpr std::size_t kMostIndicators = 2 * kMostNodes;
  constexpr int kDeepestBrackets = 10 * kDeepestNesting;
  NodePlace place{&source, 1, 0};
  std::size_t indicators = 0;
  int depth = 0;
  for (const char c : source.text()) {
    const bool opens = c == '[' || c == '{';
    const bool closes = c == ']' || c == '}';
    if (opens) ++depth;
    if (closes && depth > 0) --depth;
    if (opens || closes || c == ',') ++indicators;
    if (depth > kDeepestBrackets || indicators > kMostIndicators) {
      report(diagnostics, Severity::Error, place,
             depth > kDeepestBrackets ? "too-deep" : "too-many-values",
             depth > kDeepestBrackets
                 ? fmt::format("expected at most {} levels of nesting, found more", kDeepestNesting)
                 : fmt::format("expected at most {} values, found more", kMostNodes));
      return true;
    }
    ++place.byte;
    if (c != '\n') continue;
    ++place.line;
    place.byte = 0;
  }
  return false;
}

// Where a tab indents a line: the line of the mistake, or the one before it.
std::optional<NodePlace> indenting_tab(const SourceText& source, int line_number) {
  for (const int number : {line_number - 1, line_number}) {
    const std::string_view line = source.line(number);
    const std::size_t tab = line.find_first_not_of(' ');
    if (tab != std::string_view::npos && line[tab] == '\t') return NodePlace{&source, number, tab};
  }
  return std::nullopt;
}

void report_syntax(const YAML::Exception& error, const NodePlace& place, Diagnostics& diagnostics) {
  if (const auto tab = indenting_tab(*place.source, place.line)) {
    report(diagnostics, Severity::Error, *tab, "tab-indentation",
           "expected spaces at the start of a line, found a tab");
    return;
  }
  for (const SyntaxMessage& message : kSyntaxMessages) {
    if (!error.msg.starts_with(message.theirs)) continue;
    report(diagnostics, Severity::Error, place, "yaml-syntax", std::string(message.ours),
           std::string(message.hint));
    return;
  }
  report(diagnostics, Severity::Error, place, "yaml-syntax",
         fmt::format("expected valid YAML, found: {}", error.msg));
}

}  // namespace

std::optional<Document> parse_yaml(std::string name, std::string text, Diagnostics& diagnostics,
                                   SourceFormat format) {
  const std::size_t errors_before = diagnostics.error_count();
  Document document;
  document.source = checked_text(std::move(name), std::move(text), format, diagnostics);
  if (document.source == nullptr || reported_flood(*document.source, diagnostics)) {
    return std::nullopt;
  }
  TreeBuilder builder(*document.source, diagnostics);
  try {
    std::istringstream stream(document.source->text());
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop&) {
    return std::nullopt;
  } catch (const YAML::Exception& error) {
    const bool is_unclosed = error.msg.find("flow not found") != std::string::npos;
    report_syntax(error, is_unclosed ? builder.innermost_place() : builder.at(error.mark),
                  diagnostics);
    return std::nullopt;
  }
  document.root = builder.take_root();
  if (document.root.place.source == nullptr) document.root.place = {document.source.get(), 0, 0};
  if (diagnostics.error_count() != errors_before) return std::nullopt;
  return document;
}

}  // namespace sim
