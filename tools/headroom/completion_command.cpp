// Prints a completion script for a shell, made from the command line's own description:
// `headroom completion bash`.
#include <CLI/CLI.hpp>
#include <string>

#include "tools/headroom/command.hpp"
#include "tools/headroom/completion_script.hpp"

namespace headroom {
namespace {

class CompletionCommand : public Command {
 public:
  explicit CompletionCommand(CLI::App& root)
      : Command(root, "completion", "Print a completion script for a shell",
                "  headroom completion bash > ~/.local/share/bash-completion/completions/headroom\n"
                "  headroom completion zsh > ~/.zfunc/_headroom\n"
                "  headroom completion fish > ~/.config/fish/completions/headroom.fish\n"),
        root_(root) {
    CLI::Option* shell = app().add_option("SHELL", shell_, "whose");
    set_choices(shell, {"bash", "zsh", "fish"});
    shell->required();
    add_common();
  }

  ExitCode run(Console& console) override {
    if (console.format() == OutputFormat::None) return ExitCode::Ok;
    if (shell_ == "bash") console.out() << bash_completion(root_);
    if (shell_ == "zsh") console.out() << zsh_completion(root_);
    if (shell_ == "fish") console.out() << fish_completion(root_);
    return ExitCode::Ok;
  }

 private:
  const CLI::App& root_;
  std::string shell_;
};

}  // namespace

std::unique_ptr<Command> make_completion_command(CLI::App& root) {
  return std::make_unique<CompletionCommand>(root);
}

}  // namespace headroom
