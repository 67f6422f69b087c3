// Prints help that begins with what a command is for and with examples to copy.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace headroom {

// Takes the examples from the footer of a command.
class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter();
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override;
  std::string make_usage(const CLI::App* app, std::string name) const override;
  std::string make_option_opts(const CLI::Option* option) const override;
};

// The whole name of a command: "headroom run".
std::string full_name(const CLI::App& app);

}  // namespace headroom
