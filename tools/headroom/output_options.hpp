// Holds the options that every command takes, and decides what follows from them.
#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

enum class OutputFormat { Table, Json, Csv, Markdown, None };
enum class ColourChoice { Auto, Always, Never };

struct OutputOptions {
  std::string output = "table";
  std::string colour = "auto";
  bool ascii = false;  // of the commands that draw
  bool quiet = false;
  bool verbose = false;

  OutputFormat output_format() const;
  ColourChoice colour_choice() const;
};

void add_output_options(CLI::App& command, OutputOptions& options);
void add_ascii_option(CLI::App& command, OutputOptions& options);

// A check that a text is one of some names, which also become the option's type in the help and
// its suggestions in shell completion: "table|json|csv".
void set_choices(CLI::Option* option, const std::vector<std::string>& names);

// What the environment says about colour; null: the variable is not set.
struct ColourEnvironment {
  const char* no_color = nullptr;
  const char* clicolor_force = nullptr;
  const char* force_color = nullptr;
  const char* term = nullptr;
};
ColourEnvironment colour_environment();

// The option first, then NO_COLOR (no-color.org: only when it is not empty), then CLICOLOR_FORCE
// and FORCE_COLOR, then whether somebody is looking at a terminal that can.
bool wants_colour(ColourChoice choice, const ColourEnvironment& environment, bool is_terminal);

// How wide to draw in a window: as COLUMNS says, which other programs mind as well; else as the
// terminal says; else (it says zero) as wide as where there is none.
std::size_t width_of_window(const char* columns, std::size_t columns_of_terminal);

}  // namespace headroom
