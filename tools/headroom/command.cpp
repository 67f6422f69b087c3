#include "tools/headroom/command.hpp"

#include <limits>

namespace headroom {

Command::Command(CLI::App& root, const std::string& name, const std::string& purpose,
                 const std::string& examples)
    : app_(root.add_subcommand(name, purpose)) {
  app_->footer(examples);
  app_->group("Commands");
}

void Command::add_overrides(std::vector<std::string>& overrides) {
  app_->add_option("--set", overrides, "change a value of the scenario; may be repeated")
      ->type_name("PATH=VALUE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void Command::add_seed(std::optional<std::int64_t>& seed) {
  app_->add_option("--seed", seed, "the seed, instead of the scenario's")
      ->type_name("N")
      ->check(
          CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()).description(""));
}

}  // namespace headroom
