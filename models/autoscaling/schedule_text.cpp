#include "models/autoscaling/schedule_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace models::autoscaling {
namespace {

constexpr std::size_t kLongestShown = 40;
constexpr std::size_t kMostDigits = 9;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

std::vector<TextPiece> split_at_blanks(TextPiece piece) {
  std::vector<TextPiece> pieces;
  std::size_t begin = 0;
  while (begin < piece.text.size()) {
    std::size_t end = begin;
    while (end < piece.text.size() && !is_blank(piece.text[end])) ++end;
    if (end > begin) pieces.push_back(piece.before(end).from(begin));
    begin = end + 1;
  }
  return pieces;
}

std::vector<TextPiece> split_at(TextPiece piece, char separator) {
  std::vector<TextPiece> pieces;
  while (true) {
    const std::size_t end = piece.text.find(separator);
    if (end == std::string_view::npos) break;
    pieces.push_back(piece.before(end));
    piece = piece.from(end + 1);
  }
  pieces.push_back(piece);
  return pieces;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  if (text.empty() || text.size() > kMostDigits) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string upper_case(std::string_view text) {
  std::string upper{text};
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

std::string shown(std::string_view text) {
  if (text.empty()) return "nothing";
  std::string quoted = "'";
  for (const char c : text.substr(0, kLongestShown)) {
    if (c >= 0x20 && c < 0x7F) {
      quoted += c;
    } else {
      quoted += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  return quoted + (text.size() > kLongestShown ? "...'" : "'");
}

ScheduleRemark unexpected(TextPiece found, std::string_view expected, std::string hint) {
  return {found.offset, fmt::format("expected {}, found {}", expected, shown(found.text)),
          std::move(hint)};
}

}  // namespace models::autoscaling
