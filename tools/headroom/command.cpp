#include "tools/headroom/command.hpp"

namespace headroom {

Command::Command(CLI::App& root, const std::string& name, const std::string& purpose,
                 const std::string& examples)
    : app_(root.add_subcommand(name, purpose)) {
  app_->footer(examples);
  app_->group("Commands");
}

}  // namespace headroom
