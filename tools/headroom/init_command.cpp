// Writes a first scenario for somebody to change: `headroom init NAME`.
#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "sim/report/atomic_file.hpp"
#include "tools/headroom/built_in_texts.hpp"
#include "tools/headroom/command.hpp"

namespace headroom {
namespace {

constexpr std::string_view kEnding = ".scenario.yaml";
constexpr std::string_view kSchemaFile = "scenario.schema.json";

std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
  std::string result(text);
  for (std::size_t at = result.find(what); at != std::string::npos;
       at = result.find(what, at + with.size())) {
    result.replace(at, what.size(), with);
  }
  return result;
}

class InitCommand : public Command {
 public:
  explicit InitCommand(CLI::App& root)
      : Command(root, "init", "Write a first scenario, with comments",
                "  headroom init shop                 writes shop.scenario.yaml\n"
                "  headroom run shop.scenario.yaml\n") {
    app().add_option("NAME", name_, "of the endpoint and of the file")->type_name("NAME");
    app().add_flag("--force", is_forced_, "replace files that are there already");
    add_common();
  }

  ExitCode run(Console& console) override {
    std::string path = name_;
    if (!path.ends_with(kEnding)) path += kEnding;
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    std::string name = std::filesystem::path(path).filename().string();
    name.resize(name.size() - kEnding.size());
    if (name.empty() || !is_plain(name)) {
      console.log().error("expected a name of letters, digits, '-' and '_', found '{}'", name_);
      return ExitCode::BadInput;
    }
    if (std::filesystem::exists(path) && !is_forced_) {
      console.log().error("{} is there already: '--force' replaces it", path);
      return ExitCode::BadInput;
    }
    const std::string schema_path = (folder / kSchemaFile).string();
    std::string problem = write(path, replaced(kFirstScenario, "NAME", name));
    if (problem.empty() && (is_forced_ || !std::filesystem::exists(schema_path))) {
      problem = write(schema_path, kScenarioSchema);
    }
    if (!problem.empty()) {
      console.log().error("{}", problem);
      return ExitCode::Failure;
    }
    console.log().info("wrote {}, and {} for editors\nnext: headroom run {}", path, schema_path,
                       path);
    return ExitCode::Ok;
  }

 private:
  // The name becomes part of an endpoint's name, which AWS restricts to these.
  static bool is_plain(std::string_view name) {
    return name.find_first_not_of(
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
           std::string_view::npos;
  }

  static std::string write(const std::string& path, std::string_view text) {
    sim::AtomicFile file(path);
    file.stream() << text;
    return file.commit();
  }

  std::string name_ = "endpoint";
  bool is_forced_ = false;
};

}  // namespace

std::unique_ptr<Command> make_init_command(CLI::App& root) {
  return std::make_unique<InitCommand>(root);
}

}  // namespace headroom
