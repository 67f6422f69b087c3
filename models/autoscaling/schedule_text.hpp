// Cuts the text of a schedule into pieces that know their place, and words what is wrong with one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/autoscaling/schedule_expression.hpp"

namespace models::autoscaling {

struct TextPiece {
  std::string_view text;
  std::size_t offset = 0;  // in the whole text
  TextPiece from(std::size_t position) const { return {text.substr(position), offset + position}; }
  TextPiece before(std::size_t position) const { return {text.substr(0, position), offset}; }
};

// What stands between blanks or tabs, never empty.
std::vector<TextPiece> split_at_blanks(TextPiece piece);
// What stands between separators, one piece more than there are of them; may be empty.
std::vector<TextPiece> split_at(TextPiece piece, char separator);

// Up to nine digits and nothing else.
std::optional<std::int64_t> whole_number(std::string_view text);

// ASCII letters alone.
std::string upper_case(std::string_view text);

// 'text' for a message: short, printable ASCII, other bytes as \xNN; an empty one is "nothing".
std::string shown(std::string_view text);

// "expected EXPECTED, found 'text'", at the piece.
ScheduleRemark unexpected(TextPiece found, std::string_view expected, std::string hint = {});

}  // namespace models::autoscaling
