// Tells why capacity changed, or did not, at one instant: `headroom explain FILE --at 2h33m`.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "sim/report/explanation_report.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/run/simulation.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/scenario/scenario_yaml.hpp"
#include "tools/headroom/command.hpp"

namespace headroom {
namespace {

class ExplainCommand : public Command {
 public:
  explicit ExplainCommand(CLI::App& root)
      : Command(root, "explain", "Tell why capacity changed or stayed at one moment",
                "  headroom explain shop.scenario.yaml --at 2h33m\n"
                "  headroom explain shop.scenario.yaml --at 2h33m -o json | jq .reason\n"
                "  headroom explain shop.scenario.yaml --at 13m --variant blue\n") {
    app().add_option("FILE", file_, "a scenario")->required()->type_name("FILE");
    app()
        .add_option("--at", at_, "the moment, from the start of the run")
        ->required()
        ->type_name("TIME");
    app()
        .add_option("--variant", variant_, "of several variants; the first when not given")
        ->type_name("NAME");
    add_seed(seed_);
    add_overrides(load_.overrides);
    add_ascii();
    add_common();
  }

  ExitCode run(Console& console) override {
    sim::Diagnostics diagnostics;
    auto scenario = sim::load_scenario_file(file_, load_, diagnostics);
    console.say(diagnostics.render_all(), diagnostics.has_errors());
    if (!scenario) return ExitCode::BadInput;
    if (seed_) scenario->run.seed = static_cast<std::uint64_t>(*seed_);
    const auto at = moment(console, *scenario);
    const auto variant = chosen_variant(console, *scenario);
    if (!at || !variant) return ExitCode::BadInput;
    sim::SimulationOptions options;
    options.open_trace = sim::open_trace_file;
    options.explain_at = at;
    const sim::RunResult result = sim::simulate(*scenario, options);
    const sim::Explanation& explanation = *result.explanation;
    write(console, {*scenario, explanation, explanation.variants[*variant],
                    result.variants.empty() ? result.minutes : result.variants[*variant].minutes});
    return ExitCode::Ok;
  }

 private:
  // Empty after a message.
  std::optional<core::SimTime> moment(Console& console, const sim::Scenario& scenario) const {
    const auto span = sim::read_duration(at_);
    if (!span.value) {
      console.log().error("--at: expected {}, found {}{}", span.expected, sim::in_quotes(at_),
                          span.hint.empty() ? "" : "; " + span.hint);
      return std::nullopt;
    }
    // What is due at the end of a run does not happen any more.
    if (*span.value >= scenario.run.duration) {
      console.log().error("--at: expected a time before the end of the run at {}, found {}",
                          sim::humane_span(scenario.run.duration), sim::in_quotes(at_));
      return std::nullopt;
    }
    return core::kStart + *span.value;
  }

  std::optional<std::size_t> chosen_variant(Console& console, const sim::Scenario& scenario) const {
    std::vector<std::string_view> names;
    for (const sim::ScenarioVariant& variant : scenario.variants) {
      names.push_back(variant.variant.variant_name);
    }
    if (variant_.empty()) return 0;
    const auto found = std::find(names.begin(), names.end(), variant_);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    console.log().error("--variant: expected {}, found {}", sim::one_of(names),
                        sim::in_quotes(variant_));
    return std::nullopt;
  }

  static void write(Console& console, const sim::ExplanationReport& report) {
    switch (console.format()) {
      case OutputFormat::Table:
        return sim::write_explanation(console.out(), report, console.style());
      case OutputFormat::Json: {
        sim::JsonWriter json(console.out(), 2);
        return sim::write_explanation_json(json, report);
      }
      case OutputFormat::Csv:
        return sim::write_explanation_csv(console.out(), report);
      case OutputFormat::Markdown:
        return sim::write_explanation_markdown(console.out(), report);
      case OutputFormat::None:
        return;
    }
  }

  std::string file_;
  std::string at_;
  std::string variant_;
  std::optional<std::int64_t> seed_;
  sim::LoadOptions load_;
};

}  // namespace

std::unique_ptr<Command> make_explain_command(CLI::App& root) {
  return std::make_unique<ExplainCommand>(root);
}

}  // namespace headroom
