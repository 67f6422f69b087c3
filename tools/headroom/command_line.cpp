#include "tools/headroom/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/diagnostic.hpp"
#include "tools/headroom/command.hpp"
#include "tools/headroom/help_formatter.hpp"
#include "tools/headroom/version.hpp"

namespace headroom {
namespace {

constexpr std::string_view kPurpose =
    "Simulates how a SageMaker endpoint scales under load. No AWS account needed.";
constexpr std::string_view kExamples =
    "  headroom init shop                      write a first scenario, with comments\n"
    "  headroom check shop.scenario.yaml       what is wrong with it, before anything runs\n"
    "  headroom run shop.scenario.yaml         what happens, why it scales, what it costs\n"
    "  headroom run shop.scenario.yaml -o json | jq .summary\n";

// Known by name, so that nobody who has read about them searches for a typing mistake.
constexpr std::array<std::string_view, 3> kLaterCommands = {"backtest", "import", "export"};

std::vector<std::unique_ptr<Command>> make_commands(CLI::App& root) {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(make_run_command(root));
  commands.push_back(make_explain_command(root));
  commands.push_back(make_test_command(root));
  commands.push_back(make_compare_command(root));
  commands.push_back(make_sweep_command(root));
  commands.push_back(make_tune_command(root));
  commands.push_back(make_check_command(root));
  commands.push_back(make_alarm_command(root));
  commands.push_back(make_fit_command(root));
  commands.push_back(make_benchmark_command(root));
  commands.push_back(make_plan_command(root));
  commands.push_back(make_init_command(root));
  commands.push_back(make_schema_command(root));
  commands.push_back(make_prices_command(root));
  commands.push_back(make_schedule_command(root));
  commands.push_back(make_completion_command(root));
  return commands;
}

int bad_usage(const std::string& message) {
  fmt::print(stderr, "{}\n", message);
  return static_cast<int>(ExitCode::BadInput);
}

std::string with_hint(std::string message, const std::string& hint) {
  return hint.empty() ? message : message + "; " + hint;
}

bool has_command(const CLI::App& root, std::string_view name) {
  const auto commands = root.get_subcommands({});
  return std::any_of(commands.begin(), commands.end(),
                     [name](const CLI::App* command) { return command->get_name() == name; });
}

int unknown_command(const CLI::App& root, std::string_view name) {
  if (std::find(kLaterCommands.begin(), kLaterCommands.end(), name) != kLaterCommands.end()) {
    return bad_usage(fmt::format("headroom: '{}' is not in this version", name));
  }
  std::vector<std::string> names;
  for (const CLI::App* command : root.get_subcommands({})) names.push_back(command->get_name());
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  return bad_usage(with_hint(fmt::format("headroom: there is no command {}", sim::in_quotes(name)),
                             sim::did_you_mean(name, candidates)));
}

const CLI::App& chosen_app(const CLI::App& root) {
  const auto chosen = root.get_subcommands();
  return chosen.empty() ? root : *chosen.front();
}

int unexpected_arguments(const CLI::App& root) {
  const CLI::App& app = chosen_app(root);
  const std::vector<std::string> left = root.remaining(true);
  const std::string argument = left.empty() ? std::string{} : left.front();
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const std::string_view given = std::string_view(argument).substr(0, argument.find('='));
  const std::string hint = given.starts_with("--") ? sim::did_you_mean(given, candidates) : "";
  return bad_usage(
      with_hint(fmt::format("{}: unexpected argument {}", full_name(app), sim::in_quotes(argument)),
                hint.empty() ? fmt::format("see `{} --help`", full_name(app)) : hint));
}

// Help goes through the console as well: a full disk is told, a closed pipe is not.
int print(const std::string& text) {
  Console console{OutputOptions{}};
  console.out() << text;
  return static_cast<int>(console.finish(ExitCode::Ok));
}

// `headroom help run` is `headroom run --help`.
int print_help(const CLI::App& root, std::string_view command) {
  if (command.empty()) return print(root.help());
  if (!has_command(root, command)) return unknown_command(root, command);
  return print(root.get_subcommand(std::string(command))->help());
}

// What CLI11 throws, said in the words of this program.
int tell(const CLI::App& root, const CLI::ParseError& error) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    if (dynamic_cast<const CLI::CallForVersion*>(&error) != nullptr) {
      return print(fmt::format("headroom {}\n", kVersion));
    }
    return print(chosen_app(root).help());
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) return unexpected_arguments(root);
  const CLI::App& app = chosen_app(root);
  return bad_usage(
      fmt::format("{}: {}; see `{} --help`", full_name(app), error.what(), full_name(app)));
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  CLI::App root{std::string(kPurpose), "headroom"};
  root.formatter(std::make_shared<HelpFormatter>());
  root.footer(std::string(kExamples));
  root.set_version_flag("--version", std::string(kVersion), "print the version and exit");
  root.set_help_flag("-h,--help", "print this help and exit");
  root.require_subcommand(0, 1);
  const auto commands = make_commands(root);

  if (argc < 2) {
    std::fputs(root.help().c_str(), stderr);
    return static_cast<int>(ExitCode::BadInput);
  }
  if (argv[1] == std::string_view("help")) return print_help(root, argc > 2 ? argv[2] : "");
  if (argv[1][0] != '-' && !has_command(root, argv[1])) {
    return unknown_command(root, argv[1]);
  }
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return tell(root, error);
  }
  for (const auto& command : commands) {
    if (!command->is_chosen()) continue;
    Console console(command->common());
    return static_cast<int>(console.finish(command->run(console)));
  }
  return bad_usage("headroom: no command given; see `headroom --help`");
}

}  // namespace headroom
