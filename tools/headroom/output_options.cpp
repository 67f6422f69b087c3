#include "tools/headroom/output_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "sim/report/text_style.hpp"
#include "sim/scenario/diagnostic.hpp"

namespace headroom {
namespace {

// Nobody looks at more; a mistaken COLUMNS shall not fill the memory.
constexpr std::size_t kWidestWindow = 1000;

bool is_set(const char* variable) { return variable != nullptr && *variable != '\0'; }
bool is_on(const char* variable) { return is_set(variable) && std::string_view(variable) != "0"; }

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : "|") + name;
  return text;
}

}  // namespace

OutputFormat OutputOptions::output_format() const {
  if (output == "json") return OutputFormat::Json;
  if (output == "csv") return OutputFormat::Csv;
  if (output == "markdown") return OutputFormat::Markdown;
  if (output == "none") return OutputFormat::None;
  return OutputFormat::Table;
}

ColourChoice OutputOptions::colour_choice() const {
  if (colour == "always") return ColourChoice::Always;
  if (colour == "never") return ColourChoice::Never;
  return ColourChoice::Auto;
}

void add_output_options(CLI::App& command, OutputOptions& options) {
  set_choices(command.add_option("-o,--output", options.output, "how to print the result"),
              {"table", "json", "csv", "markdown", "none"});
  set_choices(command.add_option("--color", options.colour,
                                 "colours; auto minds the terminal, NO_COLOR and CLICOLOR_FORCE"),
              {"auto", "always", "never"});
  command.add_flag("-q,--quiet", options.quiet, "say nothing on stderr but errors");
  command.add_flag("-v,--verbose", options.verbose, "say more on stderr");
}

void add_ascii_option(CLI::App& command, OutputOptions& options) {
  command.add_flag("--ascii", options.ascii, "draw with ASCII characters alone");
}

void set_choices(CLI::Option* option, const std::vector<std::string>& names) {
  option->type_name(joined(names));
  option->check([names](const std::string& text) -> std::string {
    if (std::find(names.begin(), names.end(), text) != names.end()) return {};
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    const std::string hint = sim::did_you_mean(text, candidates);
    return fmt::format("expected {}, found {}{}", sim::one_of(candidates), sim::in_quotes(text),
                       hint.empty() ? "" : "; " + hint);
  });
}

ColourEnvironment colour_environment() {
  return {std::getenv("NO_COLOR"), std::getenv("CLICOLOR_FORCE"), std::getenv("FORCE_COLOR"),
          std::getenv("TERM")};
}

bool wants_colour(ColourChoice choice, const ColourEnvironment& environment, bool is_terminal) {
  if (choice != ColourChoice::Auto) return choice == ColourChoice::Always;
  if (is_set(environment.no_color)) return false;
  if (is_on(environment.clicolor_force) || is_on(environment.force_color)) return true;
  const bool is_dumb = !is_set(environment.term) || std::string_view(environment.term) == "dumb";
  return is_terminal && !is_dumb;
}

std::size_t width_of_window(const char* columns, std::size_t columns_of_terminal) {
  const std::string_view text = is_set(columns) ? columns : "";
  std::size_t width = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), width);
  const bool is_number = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  if (!is_number || width == 0) width = columns_of_terminal;
  return width == 0 ? sim::kUsualWidth : std::min(width, kWidestWindow);
}

}  // namespace headroom
