// Writes what the reports of studies are made of: labelled sentences, and tables of numbers.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "sim/report/paint.hpp"

namespace sim {

// Cells by rows, the first of which is the header. Every row has as many cells as the first.
using TextRows = std::vector<std::vector<std::string>>;

struct Fact {
  std::string_view label;  // KNEE, PEAK, ...
  std::string text;
};

// A label, and its sentence in lines beside it.
void write_facts(std::ostream& out, const std::vector<Fact>& facts, Colour colour);
void write_markdown_facts(std::ostream& out, const std::vector<Fact>& facts);

// Every column to the right, which is for numbers.
void write_right_aligned(std::ostream& out, const TextRows& rows, Colour colour);
void write_markdown_right_aligned(std::ostream& out, const TextRows& rows);

// The first `left_columns` to the left.
void write_table_rows(std::ostream& out, const TextRows& rows, std::size_t left_columns,
                      Colour colour);

}  // namespace sim
