#include "sim/scenario/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace sim {
namespace {

constexpr std::size_t kLongestQuote = 60;  // bytes of user text in a message
constexpr std::size_t kLongestLine = 100;  // characters of a source line beside its caret

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return !continues_character(byte); }));
}

// The characters of the text from the `first` to before the `last`, control characters made
// visible.
std::vector<std::string> characters_of(std::string_view text, std::size_t first, std::size_t last) {
  std::vector<std::string> characters;
  std::size_t seen = 0;
  for (const char byte : text) {
    if (!continues_character(byte)) ++seen;
    if (seen <= first || seen > last) continue;
    if (continues_character(byte) && !characters.empty()) {
      characters.back() += byte;
    } else if (static_cast<unsigned char>(byte) < 0x20 && byte != '\t') {
      characters.emplace_back("\xEF\xBF\xBD");
    } else {
      characters.emplace_back(1, byte);
    }
  }
  return characters;
}

// The source line and, below it, the caret. Tabs are repeated before the caret, so that both lines
// agree whatever the width of a tab; of a very long line only the surroundings are shown.
std::string render_source(const SourcePlace& place, std::string_view source_line) {
  const std::size_t count = character_count(source_line);
  const std::size_t caret = static_cast<std::size_t>(std::max(place.column, 1)) - 1;
  std::size_t first = 0;
  std::size_t last = count;
  if (last > kLongestLine) {
    first = caret > kLongestLine / 2 ? std::min(caret, last) - kLongestLine / 2 : 0;
    last = std::min(last, first + kLongestLine);
  }
  std::string shown = first > 0 ? "..." : "";
  std::string pointer = first > 0 ? "   " : "";
  std::size_t index = first;
  for (const std::string& character : characters_of(source_line, first, last)) {
    shown += character;
    if (index++ < caret) pointer += character == "\t" ? '\t' : ' ';
  }
  if (last < count) shown += "...";
  const std::string number = std::to_string(place.line);
  std::string rendered = fmt::format("  {} | {}\n", number, shown);
  if (place.column > 0) {
    rendered += fmt::format("  {} | {}^\n", std::string(number.size(), ' '), pointer);
  }
  return rendered;
}

}  // namespace

std::string_view to_string(Severity severity) {
  return severity == Severity::Error ? "error" : "warning";
}

std::string render(const Diagnostic& diagnostic) {
  const SourcePlace& place = diagnostic.place;
  std::string rendered = place.file;
  if (place.line > 0) rendered += fmt::format(":{}", place.line);
  if (place.line > 0 && place.column > 0) rendered += fmt::format(":{}", place.column);
  if (!rendered.empty()) rendered += ": ";
  rendered += fmt::format("{}: {}\n", to_string(diagnostic.severity), diagnostic.message);
  if (place.line > 0 && !diagnostic.source_line.empty()) {
    rendered += render_source(place, diagnostic.source_line);
  }
  if (!diagnostic.hint.empty()) rendered += fmt::format("  hint: {}\n", diagnostic.hint);
  return rendered;
}

void Diagnostics::name_file(const std::string& file) {
  if (std::find(files_.begin(), files_.end(), file) == files_.end()) files_.push_back(file);
}

void Diagnostics::add(Diagnostic diagnostic) {
  if (is_full()) {
    if (diagnostic.severity == Severity::Error) ++error_count_;
    ++not_kept_;
    return;
  }
  const auto same = [&diagnostic](const Diagnostic& other) {
    return other.place.line == diagnostic.place.line &&
           other.place.column == diagnostic.place.column &&
           other.place.file == diagnostic.place.file && other.message == diagnostic.message;
  };
  if (std::any_of(diagnostics_.begin(), diagnostics_.end(), same)) return;
  name_file(diagnostic.place.file);
  if (diagnostic.severity == Severity::Error) ++error_count_;
  diagnostics_.push_back(std::move(diagnostic));
}

void Diagnostics::add_error(SourcePlace place, std::string code, std::string message,
                            std::string hint) {
  add_at(Severity::Error, std::move(place), std::move(code), std::move(message), std::move(hint));
}

void Diagnostics::add_warning(SourcePlace place, std::string code, std::string message,
                              std::string hint) {
  add_at(Severity::Warning, std::move(place), std::move(code), std::move(message), std::move(hint));
}

void Diagnostics::add_at(Severity severity, SourcePlace place, std::string code,
                         std::string message, std::string hint) {
  Diagnostic diagnostic;
  diagnostic.severity = severity;
  diagnostic.place = std::move(place);
  diagnostic.code = std::move(code);
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  add(std::move(diagnostic));
}

std::size_t Diagnostics::rank_of(const std::string& file) const {
  return static_cast<std::size_t>(std::find(files_.begin(), files_.end(), file) - files_.begin());
}

std::vector<Diagnostic> Diagnostics::sorted() const {
  std::vector<Diagnostic> result = diagnostics_;
  std::stable_sort(result.begin(), result.end(), [this](const Diagnostic& a, const Diagnostic& b) {
    return std::tuple(rank_of(a.place.file), a.place.line, a.place.column) <
           std::tuple(rank_of(b.place.file), b.place.line, b.place.column);
  });
  return result;
}

std::string Diagnostics::render_all() const {
  std::string rendered;
  for (const Diagnostic& diagnostic : sorted()) rendered += render(diagnostic);
  if (not_kept_ > 0) rendered += fmt::format("and {} more of these\n", not_kept_);
  return rendered;
}

std::string in_quotes(std::string_view text) {
  std::string shown = "'";
  for (const char byte : text) {
    // Never in the middle of a character.
    if (shown.size() >= kLongestQuote && !continues_character(byte)) return shown + "...'";
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '\n') {
      shown += "\\n";
    } else if (byte == '\t') {
      shown += "\\t";
    } else if (code < 0x20 || code == 0x7F) {
      shown += fmt::format("\\x{:02x}", code);
    } else {
      shown += byte;
    }
  }
  return shown + "'";
}

std::string one_of(std::span<const std::string_view> names) {
  std::string joined;
  for (std::size_t index = 0; index < names.size(); ++index) {
    if (index > 0) joined += index + 1 == names.size() ? " or " : ", ";
    joined += names[index];
  }
  return joined;
}

std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates) {
  const std::string_view closest = closest_match(name, candidates);
  return closest.empty() ? std::string{} : fmt::format("did you mean '{}'?", closest);
}

}  // namespace sim
