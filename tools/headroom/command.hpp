// One subcommand of the program: its place on the command line and what it does.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/headroom/console.hpp"
#include "tools/headroom/exit_code.hpp"
#include "tools/headroom/output_options.hpp"

namespace headroom {

class Command {
 public:
  virtual ~Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;

  virtual ExitCode run(Console& console) = 0;

  bool is_chosen() const { return app_->parsed(); }
  const OutputOptions& common() const { return common_; }

 protected:
  // `examples` is shown at the top of its help, a line each.
  Command(CLI::App& root, const std::string& name, const std::string& purpose,
          const std::string& examples);

  CLI::App& app() { return *app_; }
  // `--set` and `--seed`, of every command that reads a scenario or plays one.
  void add_overrides(std::vector<std::string>& overrides);
  void add_seed(std::optional<std::int64_t>& seed);
  void add_ascii() { add_ascii_option(*app_, common_); }
  // For every command the last, so that its own options stand first in its help.
  void add_common() { add_output_options(*app_, common_); }

 private:
  CLI::App* app_;  // of the root
  OutputOptions common_;
};

std::unique_ptr<Command> make_run_command(CLI::App& root);
std::unique_ptr<Command> make_compare_command(CLI::App& root);
std::unique_ptr<Command> make_explain_command(CLI::App& root);
std::unique_ptr<Command> make_test_command(CLI::App& root);
std::unique_ptr<Command> make_sweep_command(CLI::App& root);
std::unique_ptr<Command> make_tune_command(CLI::App& root);
std::unique_ptr<Command> make_check_command(CLI::App& root);
std::unique_ptr<Command> make_alarm_command(CLI::App& root);
std::unique_ptr<Command> make_fit_command(CLI::App& root);
std::unique_ptr<Command> make_benchmark_command(CLI::App& root);
std::unique_ptr<Command> make_plan_command(CLI::App& root);
std::unique_ptr<Command> make_init_command(CLI::App& root);
std::unique_ptr<Command> make_schema_command(CLI::App& root);
std::unique_ptr<Command> make_prices_command(CLI::App& root);
std::unique_ptr<Command> make_schedule_command(CLI::App& root);
std::unique_ptr<Command> make_completion_command(CLI::App& root);

}  // namespace headroom
