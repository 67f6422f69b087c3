// Makes shell completion out of the commands and options that the program takes, so that the two
// never disagree.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace headroom {

std::string bash_completion(const CLI::App& root);
std::string zsh_completion(const CLI::App& root);
std::string fish_completion(const CLI::App& root);

}  // namespace headroom
