#include "tools/headroom/help_formatter.hpp"

#include <fmt/format.h>

#include "tools/headroom/exit_code.hpp"

namespace headroom {
namespace {

constexpr std::size_t kOptionColumn = 34;

}  // namespace

HelpFormatter::HelpFormatter() {
  column_width(kOptionColumn);
  label("REQUIRED", "");
}

std::string full_name(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  return parent == nullptr ? app.get_name() : full_name(*parent) + " " + app.get_name();
}

std::string HelpFormatter::make_help(const CLI::App* app, std::string,
                                     CLI::AppFormatMode mode) const {
  std::string text = app->get_description() + "\n\n" + app->get_footer() + "\n";
  text += make_usage(app, full_name(*app));
  text += make_positionals(app);
  text += make_groups(app, mode);
  text += make_subcommands(app, mode);
  // A group of hidden options leaves an empty line.
  text.erase(text.find_last_not_of('\n') + 1);
  text += '\n';
  if (app->get_parent() == nullptr) {
    text += fmt::format(
        "\nExit: {} all well, {} an expectation failed, {} bad input or usage, {} failure, {} "
        "interrupted\n",
        static_cast<int>(ExitCode::Ok), static_cast<int>(ExitCode::ExpectationFailed),
        static_cast<int>(ExitCode::BadInput), static_cast<int>(ExitCode::Failure),
        static_cast<int>(ExitCode::Interrupted));
  }
  return text;
}

std::string HelpFormatter::make_usage(const CLI::App* app, std::string name) const {
  std::string text = "Usage: " + name;
  const bool is_root = app->get_parent() == nullptr;
  text += is_root ? " COMMAND" : " [OPTIONS]";
  for (const CLI::Option* option : app->get_options()) {
    if (!option->get_positional()) continue;
    const bool is_list = option->get_items_expected_max() > 1;
    const std::string value = option->get_name(true, false) + (is_list ? "..." : "");
    text += option->get_required() ? " " + value : " [" + value + "]";
  }
  return text + "\n";
}

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  if (option->get_type_size() == 0 || option->get_type_name().empty()) return {};
  // A positional is its own type: FILE.
  if (option->get_positional() && option->get_type_name() == option->get_name(true, false))
    return {};
  return " " + option->get_type_name();
}

}  // namespace headroom
