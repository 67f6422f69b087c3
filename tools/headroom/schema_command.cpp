// Prints the JSON Schemas: `headroom schema`.
#include <string>

#include "tools/headroom/built_in_texts.hpp"
#include "tools/headroom/command.hpp"

namespace headroom {
namespace {

class SchemaCommand : public Command {
 public:
  explicit SchemaCommand(CLI::App& root)
      : Command(root, "schema", "Print the JSON Schema (draft 7) of scenarios, tests or results",
                "  headroom schema > scenario.schema.json     for editors\n"
                "  headroom schema test > test.schema.json    beside that of scenarios\n"
                "  headroom schema result                     of `run -o json`\n") {
    set_choices(app().add_option("WHICH", which_, "scenario, unless another is asked for"),
                {"scenario", "test", "result"});
    add_common();
  }

  // A schema is JSON whatever the format, but for none.
  ExitCode run(Console& console) override {
    if (console.format() != OutputFormat::None) {
      console.out() << (which_ == "result" ? kResultSchema
                        : which_ == "test" ? kTestSchema
                                           : kScenarioSchema);
    }
    return ExitCode::Ok;
  }

 private:
  std::string which_ = "scenario";
};

}  // namespace

std::unique_ptr<Command> make_schema_command(CLI::App& root) {
  return std::make_unique<SchemaCommand>(root);
}

}  // namespace headroom
