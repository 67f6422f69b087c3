#include "sim/report/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/report/humane_text.hpp"
#include "sim/report/markdown_report.hpp"

namespace sim {
namespace {

constexpr std::size_t kLabelWidth = 11;
constexpr std::size_t kLineWidth = 100;

}  // namespace

void write_facts(std::ostream& out, const std::vector<Fact>& facts, Colour colour) {
  for (const Fact& fact : facts) {
    std::string_view label = fact.label;
    for (const std::string& line : wrapped(fact.text, kLineWidth - kLabelWidth)) {
      out << painted(padded(label, kLabelWidth), kBold, colour) << line << '\n';
      label = "";
    }
  }
}

void write_markdown_facts(std::ostream& out, const std::vector<Fact>& facts) {
  for (const Fact& fact : facts) {
    out << fmt::format("- **{}** {}\n", fact.label, markdown_text(fact.text));
  }
}

void write_right_aligned(std::ostream& out, const TextRows& rows, Colour colour) {
  write_table_rows(out, rows, 0, colour);
}

void write_table_rows(std::ostream& out, const TextRows& rows, std::size_t left_columns,
                      Colour colour) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line +=
          "  " + (i < left_columns ? padded(row[i], widths[i]) : right_aligned(row[i], widths[i]));
    }
    line.erase(line.find_last_not_of(' ') + 1);  // where a cell is empty
    out << (&row == &rows.front() ? painted(line, kDim, colour) : line) << '\n';
  }
}

void write_markdown_right_aligned(std::ostream& out, const TextRows& rows) {
  for (const auto& row : rows) {
    out << "|";
    for (const std::string& cell : row) out << ' ' << markdown_text(cell) << " |";
    out << '\n';
    if (&row != &rows.front()) continue;
    out << "|";
    for (std::size_t i = 0; i < row.size(); ++i) out << " ---: |";
    out << '\n';
  }
}

}  // namespace sim
