// Validates scenarios without running them: `headroom check FILE...`.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sim/report/csv_report.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/markdown_report.hpp"
#include "sim/scenario/scenario_writer.hpp"
#include "sim/scenario/scenario_yaml.hpp"
#include "tools/headroom/command.hpp"

namespace headroom {
namespace {

using sim::Diagnostic;
using sim::Severity;

void write_json_list(sim::JsonWriter& json, const std::vector<Diagnostic>& diagnostics,
                     Severity severity) {
  json.begin_array();
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity != severity) continue;
    json.begin_object();
    json.key("file").string(diagnostic.place.file);
    json.key("line").integer(diagnostic.place.line);
    json.key("column").integer(diagnostic.place.column);
    json.key("code").string(diagnostic.code);
    json.key("message").string(diagnostic.message);
    json.key("hint").string(diagnostic.hint);
    json.end_object();
  }
  json.end_array();
}

void write_json(std::ostream& out, const std::vector<Diagnostic>& diagnostics) {
  sim::JsonWriter json(out, 2);
  json.begin_object();
  json.key("errors");
  write_json_list(json, diagnostics, Severity::Error);
  json.key("warnings");
  write_json_list(json, diagnostics, Severity::Warning);
  json.end_object();
}

void write_csv(std::ostream& out, const std::vector<Diagnostic>& diagnostics) {
  out << "file,line,column,severity,code,message,hint\n";
  for (const Diagnostic& diagnostic : diagnostics) {
    out << fmt::format("{},{},{},{},{},{},{}\n", sim::csv_field(diagnostic.place.file),
                       diagnostic.place.line, diagnostic.place.column,
                       to_string(diagnostic.severity), sim::csv_field(diagnostic.code),
                       sim::csv_field(diagnostic.message), sim::csv_field(diagnostic.hint));
  }
}

void write_markdown(std::ostream& out, const std::vector<Diagnostic>& diagnostics) {
  out << "| place | | message | hint |\n| --- | --- | --- | --- |\n";
  for (const Diagnostic& diagnostic : diagnostics) {
    out << fmt::format("| {}:{}:{} | {} | {} | {} |\n", sim::markdown_text(diagnostic.place.file),
                       diagnostic.place.line, diagnostic.place.column,
                       to_string(diagnostic.severity), sim::markdown_text(diagnostic.message),
                       sim::markdown_text(diagnostic.hint));
  }
}

class CheckCommand : public Command {
 public:
  explicit CheckCommand(CLI::App& root)
      : Command(root, "check", "Validate scenarios; nothing is run",
                "  headroom check shop.scenario.yaml\n"
                "  headroom check scenarios/*.scenario.yaml -o json\n"
                "  headroom check shop.scenario.yaml --expand     every default written out\n") {
    app().add_option("FILE", files_, "scenarios")->required()->type_name("FILE");
    app().add_flag("--expand", is_expanding_,
                   "print the scenario with every default and shorthand written out");
    add_overrides(load_.overrides);
    add_common();
  }

  ExitCode run(Console& console) override {
    if (is_expanding_ && files_.size() > 1) {
      console.log().error("'--expand' takes one file");
      return ExitCode::BadInput;
    }
    ExitCode code = ExitCode::Ok;
    std::vector<Diagnostic> all;
    for (const std::string& file : files_) {
      sim::Diagnostics diagnostics;
      const auto scenario = sim::load_scenario_file(file, load_, diagnostics);
      if (!scenario) code = ExitCode::BadInput;
      if (is_expanding_) {
        expand(console, scenario, diagnostics);
      } else if (console.format() == OutputFormat::Table) {
        write_text(console.out(), file, diagnostics);
      }
      for (Diagnostic& diagnostic : diagnostics.sorted()) all.push_back(std::move(diagnostic));
    }
    if (!is_expanding_) write_list(console, all);
    return code;
  }

 private:
  // What is found out is the scenario; what is wrong with it is talk.
  static void expand(Console& console, const std::optional<sim::Scenario>& scenario,
                     const sim::Diagnostics& diagnostics) {
    console.say(diagnostics.render_all(), diagnostics.has_errors());
    if (scenario && console.format() != OutputFormat::None) {
      console.out() << sim::expand_scenario(*scenario);
    }
  }

  static void write_text(std::ostream& out, const std::string& file,
                         const sim::Diagnostics& diagnostics) {
    const std::size_t warnings = diagnostics.sorted().size() -
                                 std::min(diagnostics.sorted().size(), diagnostics.error_count());
    const auto count = [](std::size_t number, std::string_view noun) {
      return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
    };
    out << diagnostics.render_all();
    if (diagnostics.has_errors()) {
      out << fmt::format("{}: {}, {}\n", file, count(diagnostics.error_count(), "error"),
                         count(warnings, "warning"));
    } else {
      out << fmt::format("{}: ok{}\n", file, warnings > 0 ? ", " + count(warnings, "warning") : "");
    }
  }

  static void write_list(Console& console, const std::vector<Diagnostic>& all) {
    if (console.format() == OutputFormat::Json) write_json(console.out(), all);
    if (console.format() == OutputFormat::Csv) write_csv(console.out(), all);
    if (console.format() == OutputFormat::Markdown) write_markdown(console.out(), all);
  }

  std::vector<std::string> files_;
  bool is_expanding_ = false;
  sim::LoadOptions load_;
};

}  // namespace

std::unique_ptr<Command> make_check_command(CLI::App& root) {
  return std::make_unique<CheckCommand>(root);
}

}  // namespace headroom
