#include "tools/headroom/completion_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace headroom {
namespace {

enum class Value { None, Choice, File, Folder, Other };

// What a shell needs to know of one option or positional.
struct Argument {
  std::vector<std::string> names;  // with their hyphens; empty: positional
  std::string description;
  Value value = Value::None;
  std::vector<std::string> choices;
};

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
    end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
  }
  return parts;
}

Argument argument_of(const CLI::Option& option) {
  Argument argument;
  for (const std::string& name : option.get_snames()) argument.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) argument.names.push_back("--" + name);
  argument.description = option.get_description();
  const std::string type = option.get_type_size() == 0 ? "" : option.get_type_name();
  if (type.find('|') != std::string::npos) {
    argument.value = Value::Choice;
    argument.choices = split(type, '|');
  } else if (type == "FILE") {
    argument.value = Value::File;
  } else if (type == "DIR") {
    argument.value = Value::Folder;
  } else if (!type.empty()) {
    argument.value = Value::Other;
  }
  return argument;
}

// Options without a group are not shown in the help, and not here.
std::vector<Argument> arguments_of(const CLI::App& app) {
  std::vector<Argument> arguments;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_group().empty()) arguments.push_back(argument_of(*option));
  }
  return arguments;
}

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += separator;
    text += word;
  }
  return text;
}

std::string command_names(const CLI::App& root) {
  std::vector<std::string> names;
  for (const CLI::App* command : root.get_subcommands({})) names.push_back(command->get_name());
  return joined(names, " ");
}

std::string escaped(std::string text, std::string_view special) {
  for (std::size_t at = text.find_first_of(special); at != std::string::npos;
       at = text.find_first_of(special, at + 2)) {
    text.insert(at, 1, '\\');
  }
  return text;
}

// Inside single quotes of a POSIX shell.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

std::string bash_reply(const Argument& argument) {
  switch (argument.value) {
    case Value::Choice:
      return fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$cur\"))",
                         joined(argument.choices, " "));
    case Value::File:
      return "COMPREPLY=($(compgen -f -- \"$cur\"))";
    case Value::Folder:
      return "COMPREPLY=($(compgen -d -- \"$cur\"))";
    case Value::None:
    case Value::Other:
      return "COMPREPLY=()";
  }
  return {};
}

std::string bash_command(const CLI::App& app, const std::string& pattern) {
  std::string values;
  std::string names;
  std::string positional = "COMPREPLY=()";
  for (const Argument& argument : arguments_of(app)) {
    if (argument.names.empty()) {
      positional = bash_reply(argument);
      continue;
    }
    names += (names.empty() ? "" : " ") + joined(argument.names, " ");
    if (argument.value == Value::None) continue;
    values += fmt::format("        {}) {}; return ;;\n", joined(argument.names, "|"),
                          bash_reply(argument));
  }
  return fmt::format(
      "    {})\n"
      "      case $prev in\n{}"
      "        *) ;;\n"
      "      esac\n"
      "      if [[ $cur == -* ]]; then\n"
      "        COMPREPLY=($(compgen -W '{}' -- \"$cur\"))\n"
      "      else\n"
      "        {}\n"
      "      fi\n"
      "      ;;\n",
      pattern, values, names, positional);
}

std::string zsh_value(const Argument& argument) {
  switch (argument.value) {
    case Value::Choice:
      return fmt::format(":value:({})", joined(argument.choices, " "));
    case Value::File:
      return ":file:_files";
    case Value::Folder:
      return ":folder:_files -/";
    case Value::Other:
      return ":value: ";
    case Value::None:
      return {};
  }
  return {};
}

std::string zsh_arguments(const CLI::App& app) {
  std::string text;
  for (const Argument& argument : arguments_of(app)) {
    const std::string value = zsh_value(argument);
    if (argument.names.empty()) {
      text += " \\\n        " + quoted("*" + value);
      continue;
    }
    const std::string description = escaped(argument.description, "[]:\\");
    for (const std::string& name : argument.names) {
      text += " \\\n        " + quoted(fmt::format("*{}[{}]{}", name, description, value));
    }
  }
  return text;
}

}  // namespace

std::string bash_completion(const CLI::App& root) {
  std::string text =
      "# bash completion for headroom\n"
      "_headroom() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  COMPREPLY=()\n";
  text += fmt::format(
      "  if [[ $COMP_CWORD -eq 1 ]]; then\n"
      "    COMPREPLY=($(compgen -W '{} --help --version' -- \"$cur\"))\n"
      "    return\n"
      "  fi\n"
      "  case ${{COMP_WORDS[1]}} in\n",
      command_names(root));
  for (const CLI::App* command : root.get_subcommands({})) {
    text += bash_command(*command, command->get_name());
  }
  return text + "  esac\n}\ncomplete -o filenames -F _headroom headroom\n";
}

std::string zsh_completion(const CLI::App& root) {
  std::string text =
      "#compdef headroom\n"
      "_headroom() {\n"
      "  local -a commands=(\n";
  for (const CLI::App* command : root.get_subcommands({})) {
    text += "    " +
            quoted(command->get_name() + ":" + escaped(command->get_description(), ":\\")) + "\n";
  }
  text +=
      "  )\n"
      "  if (( CURRENT == 2 )); then\n"
      "    _describe command commands\n"
      "    return\n"
      "  fi\n"
      "  local command=$words[2]\n"
      "  shift words\n"
      "  (( CURRENT-- ))\n"
      "  case $command in\n";
  for (const CLI::App* command : root.get_subcommands({})) {
    text += fmt::format("    {})\n      _arguments{}\n      ;;\n", command->get_name(),
                        zsh_arguments(*command));
  }
  return text + "  esac\n}\n_headroom \"$@\"\n";
}

std::string fish_completion(const CLI::App& root) {
  std::string text = "# fish completion for headroom\ncomplete -c headroom -f\n";
  for (const CLI::App* command : root.get_subcommands({})) {
    const std::string& name = command->get_name();
    text += fmt::format("complete -c headroom -n __fish_use_subcommand -a {} -d {}\n", name,
                        quoted(command->get_description()));
    const std::string condition =
        fmt::format("complete -c headroom -n '__fish_seen_subcommand_from {}'", name);
    for (const Argument& argument : arguments_of(*command)) {
      std::string line = condition;
      for (const std::string& option : argument.names) {
        const bool is_long = option.starts_with("--");
        line += fmt::format(" -{} {}", is_long ? "l" : "s", option.substr(is_long ? 2 : 1));
      }
      if (argument.value != Value::None && !argument.names.empty()) line += " -r";
      if (argument.value == Value::File || argument.value == Value::Folder) line += " -F";
      if (argument.value == Value::Choice) {
        line += " -a " + quoted(joined(argument.choices, " "));
      }
      if (argument.names.empty() && argument.value == Value::Other) continue;
      text += line + " -d " + quoted(argument.description) + "\n";
    }
  }
  return text;
}

}  // namespace headroom
