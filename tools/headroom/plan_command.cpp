// Makes a whole scaling plan and plays it: `headroom plan FILE`.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "sim/report/plan_files.hpp"
#include "sim/report/plan_page.hpp"
#include "sim/report/plan_report.hpp"
#include "sim/scenario/plan_reader.hpp"
#include "sim/scenario/scenario_yaml.hpp"
#include "sim/study/ordered_work.hpp"
#include "sim/study/replication.hpp"
#include "sim/study/scaling_plan.hpp"
#include "tools/headroom/command.hpp"
#include "tools/headroom/flag_value.hpp"
#include "tools/headroom/page_option.hpp"

namespace headroom {
namespace {

class PlanCommand : public Command {
 public:
  explicit PlanCommand(CLI::App& root)
      : Command(root, "plan", "Make a scaling plan: targets, bounds, policies, and how it does",
                "  headroom plan shop.scenario.yaml\n"
                "  headroom plan shop.scenario.yaml --min-rate 70/s --max-rate 500/s --out plan\n"
                "  headroom plan shop.scenario.yaml --utilization 55% --cpu 50%\n"
                "  headroom plan shop.scenario.yaml --utilization 40%,50%,70%\n"
                "  headroom plan shop.scenario.yaml --html plan.html     charts, in a browser\n") {
    app().add_option("FILE", file_, "a scenario")->required()->type_name("FILE");
    add_rates();
    add_targets();
    app()
        .add_option("--latency-threshold", latency_threshold_,
                    "what the load test's ModelLatency may be at most: \"P95 100ms\"")
        ->type_name("THRESHOLD");
    app()
        .add_option("--spawn-rate", spawn_rate_,
                    "users that the load test adds: 1/min; default as many as reach the highest "
                    "rate in half an hour")
        ->type_name("RATE");
    app()
        .add_option("--out", out_,
                    "also write the planned scenario, and its policies for the AWS CLI")
        ->type_name("DIR");
    app()
        .add_option("--threads", threads_, "how much at once; never changes a result")
        ->type_name("N")
        ->check(CLI::Range(1, 1024).description(""));
    add_seed(seed_);
    add_overrides(load_.overrides);
    add_page_option(app(), html_);
    add_common();
  }

  ExitCode run(Console& console) override {
    sim::Diagnostics diagnostics;
    sim::PlanSettings flags = read_flags(diagnostics);
    auto scenario = sim::load_scenario_file(file_, load_, diagnostics);
    console.say(diagnostics.render_all(), diagnostics.has_errors());
    if (!scenario || diagnostics.has_errors()) return ExitCode::BadInput;
    sim::take_as_objectives(scenario->expectations);
    if (seed_) scenario->run.seed = static_cast<std::uint64_t>(*seed_);
    if (scenario->variants.size() > 1) {
      console.log().error("{}: expected an endpoint of one variant, found {}: plan each on its own",
                          file_, scenario->variants.size());
      return ExitCode::BadInput;
    }
    sim::PlanOptions options;
    options.settings = merged(scenario->plan, flags);
    options.utilizations = utilizations_;
    options.threads = sim::thread_count(threads_);
    const sim::PlanOutcome outcome = sim::make_scaling_plan(*scenario, options);
    if (!outcome.plan) {
      console.log().error("{}: {}", file_, outcome.problem);
      return ExitCode::BadInput;
    }
    const sim::PlanReport report{*scenario, *outcome.plan};
    write(console, report);
    return finish(console, report);
  }

 private:
  void add_rates() {
    app()
        .add_option("--min-rate", min_rate_,
                    "least rate; default the scenario's `plan`, else its traffic")
        ->type_name("RATE");
    app()
        .add_option("--max-rate", max_rate_,
                    "highest rate; default the scenario's `plan`, else its traffic")
        ->type_name("RATE");
    app()
        .add_option("--growth", growth_, "factor on the highest rate; default 1.2")
        ->type_name("FACTOR");
  }

  void add_targets() {
    auto* optimize = app().add_option("--optimize", optimize_,
                                      "use 40, 50 or 70 % of an instance; default balanced");
    set_choices(optimize, {"availability", "balanced", "cost"});
    app()
        .add_option("--utilization", utilization_texts_,
                    "use so much of an instance instead; several, as 40%,50%,70%, are compared")
        ->type_name("PERCENT")
        ->delimiter(',')
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->excludes(optimize);
    app()
        .add_option("--cpu", cpu_, "CPU target, of all vCPUs; default as the utilization")
        ->type_name("PERCENT");
  }

  sim::PlanSettings read_flags(sim::Diagnostics& diagnostics) {
    sim::PlanSettings flags;
    flags.min_rate = flag_value("--min-rate", min_rate_, &sim::read_plan_rate, diagnostics);
    flags.max_rate = flag_value("--max-rate", max_rate_, &sim::read_plan_rate, diagnostics);
    flags.growth = flag_value("--growth", growth_, &sim::read_growth, diagnostics);
    flags.optimize = flag_value("--optimize", optimize_, &sim::read_plan_objective, diagnostics);
    for (const std::string& text : utilization_texts_) {
      const auto share = flag_value("--utilization", text, &sim::read_plan_share, diagnostics);
      if (share) utilizations_.push_back(*share);
    }
    flags.cpu = flag_value("--cpu", cpu_, &sim::read_plan_share, diagnostics);
    flags.latency_threshold = flag_value("--latency-threshold", latency_threshold_,
                                         &sim::read_latency_threshold, diagnostics);
    flags.spawn_per_minute =
        flag_value("--spawn-rate", spawn_rate_, &sim::read_spawn_rate, diagnostics);
    return flags;
  }

  // A flag goes before the file; one of objective and utilization replaces either of the file.
  sim::PlanSettings merged(sim::PlanSettings settings, const sim::PlanSettings& flags) const {
    const auto take = [](auto& value, const auto& flag) {
      if (flag) value = flag;
    };
    take(settings.min_rate, flags.min_rate);
    take(settings.max_rate, flags.max_rate);
    take(settings.growth, flags.growth);
    if (flags.optimize || !utilizations_.empty()) {
      settings.optimize = flags.optimize;
      settings.utilization.reset();
    }
    take(settings.cpu, flags.cpu);
    take(settings.latency_threshold, flags.latency_threshold);
    take(settings.spawn_per_minute, flags.spawn_per_minute);
    return settings;
  }

  ExitCode finish(Console& console, const sim::PlanReport& report) const {
    const sim::PlanCase& plan = report.result.plan();
    std::string problem;
    if (!out_.empty()) problem = sim::write_plan_files(plan, out_);
    if (problem.empty()) problem = draw(report);
    if (!problem.empty()) {
      console.log().error("{}", problem);
      return ExitCode::Failure;
    }
    return plan.shortcomings.empty() ? ExitCode::Ok : ExitCode::ExpectationFailed;
  }

  // Empty, or what went wrong; without --html nothing does. The plan keeps the summary of its run
  // alone, so the minutes are played once more.
  std::string draw(const sim::PlanReport& report) const {
    if (html_.empty()) return {};
    const sim::Scenario& planned = report.result.plan().planned;
    const sim::PlayedRun run = sim::play_run(planned, {});
    return write_page(html_, [&](std::ostream& out) {
      sim::write_plan_page(out, report, {planned, run.result, run.expectations},
                           page_origin(file_, load_.overrides));
    });
  }

  static void write(Console& console, const sim::PlanReport& report) {
    switch (console.format()) {
      case OutputFormat::Table:
        return sim::write_plan(console.out(), report, console.colour());
      case OutputFormat::Json: {
        sim::JsonWriter json(console.out(), 3);
        return sim::write_plan_json(json, report);
      }
      case OutputFormat::Csv:
        return sim::write_plan_csv(console.out(), report);
      case OutputFormat::Markdown:
        return sim::write_plan_markdown(console.out(), report);
      case OutputFormat::None:
        return;
    }
  }

  std::string file_;
  std::optional<std::string> min_rate_;
  std::optional<std::string> max_rate_;
  std::optional<std::string> growth_;
  std::optional<std::string> optimize_;
  std::vector<std::string> utilization_texts_;
  std::vector<double> utilizations_;
  std::optional<std::string> cpu_;
  std::optional<std::string> latency_threshold_;
  std::optional<std::string> spawn_rate_;
  std::string out_;
  std::string html_;
  std::size_t threads_ = 0;
  std::optional<std::int64_t> seed_;
  sim::LoadOptions load_;
};

}  // namespace

std::unique_ptr<Command> make_plan_command(CLI::App& root) {
  return std::make_unique<PlanCommand>(root);
}

}  // namespace headroom
