// Searches the cheapest policy that meets what a scenario expects: `headroom tune FILE`.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/report/atomic_file.hpp"
#include "sim/report/policy_files.hpp"
#include "sim/report/tune_page.hpp"
#include "sim/report/tune_report.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/scenario/scenario_yaml.hpp"
#include "sim/study/ordered_work.hpp"
#include "sim/study/policy_tuning.hpp"
#include "sim/study/replication.hpp"
#include "sim/study/space_selection.hpp"
#include "sim/study/tuned_settings.hpp"
#include "tools/headroom/command.hpp"
#include "tools/headroom/page_option.hpp"

namespace headroom {
namespace {

using Clock = std::chrono::steady_clock;

// A line of progress for somebody who looks at a terminal, written over again and again.
class ProgressLine {
 public:
  explicit ProgressLine(bool is_wanted) : is_shown_(is_wanted && ::isatty(STDERR_FILENO) == 1) {}
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(std::string_view stage, std::size_t runs) {
    if (is_shown_) fmt::print(stderr, "\r\x1b[K{}: {} runs", stage, runs);
  }
  void clear() {
    if (is_shown_) fmt::print(stderr, "\r\x1b[K");
  }

 private:
  bool is_shown_;
};

class TuneCommand : public Command {
 public:
  explicit TuneCommand(CLI::App& root)
      : Command(root, "tune", "Find the cheapest policy that meets what is expected",
                "  headroom tune shop.scenario.yaml\n"
                "  headroom tune shop.scenario.yaml --over target,cooldowns,bounds\n"
                "  headroom tune shop.scenario.yaml --over TargetValue=2000:8000:500,MinCapacity\n"
                "  headroom tune shop.scenario.yaml --runs 60 --out tuned\n"
                "  headroom tune shop.scenario.yaml --html tuned.html     charts, in a browser\n") {
    app().add_option("FILE", file_, "a scenario with expect:")->required()->type_name("FILE");
    app()
        .add_option("--over", over_,
                    "what may change: target, cooldowns, bounds, steps, alarms, policies, or "
                    "numbers by name; default target,bounds")
        ->type_name("NAMES");
    app()
        .add_option("--budget", options_.budget, "runs of the search; default 500")
        ->type_name("N")
        ->check(CLI::Range(1, 1'000'000).description(""));
    app()
        .add_option("--runs", options_.runs, "fresh runs that the winner has to meet; default 20")
        ->type_name("N")
        ->check(CLI::Range(2, 10'000).description(""));
    app()
        .add_option("--confidence", confidence_, "of the share of days that is stated; default 95%")
        ->type_name("SHARE")
        ->check([](const std::string& text) {
          const auto share = sim::read_percent(text);
          if (share.value && *share.value >= 0.5 && *share.value < 1) return std::string{};
          return "expected a percentage from 50% to below 100%, such as 95%, found " +
                 sim::in_quotes(text);
        });
    app()
        .add_option("--out", out_, "write the policy there, as arguments of the AWS CLI")
        ->type_name("DIR");
    add_seed(seed_);
    add_overrides(overrides_);
    app()
        .add_option("--threads", threads_, "how many runs at once; never changes a result")
        ->type_name("N")
        ->check(CLI::Range(1, 1024).description(""));
    add_page_option(app(), html_);
    add_common();
  }

  ExitCode run(Console& console) override {
    load_.overrides = overrides_;
    const std::optional<sim::Scenario> scenario = load(console);
    if (!scenario) return ExitCode::BadInput;
    if (const std::string problem = unsuitable(*scenario); !problem.empty()) {
      console.log().error("{}: {}", file_, problem);
      return ExitCode::BadInput;
    }
    sim::PolicySpace space(*scenario, sim::most_useful_instances(*scenario));
    if (over_.empty()) over_ = sim::default_selection(space);
    if (const std::string problem = sim::select_numbers(over_, space); !problem.empty()) {
      console.log().error("--over: {}", problem);
      return ExitCode::BadInput;
    }
    // Before minutes of search, not after them.
    if (const std::string problem = unwritable(); !problem.empty()) {
      console.log().error("{}", problem);
      return ExitCode::Failure;
    }
    return tune(console, *scenario, space);
  }

 private:
  std::optional<sim::Scenario> load(Console& console) const {
    sim::Diagnostics diagnostics;
    auto scenario = sim::load_scenario_file(file_, load_, diagnostics);
    const std::string text = diagnostics.render_all();
    if (!text.empty()) console.say(text, diagnostics.has_errors());
    if (scenario) sim::take_as_objectives(scenario->expectations);
    if (scenario && seed_) scenario->run.seed = static_cast<std::uint64_t>(*seed_);
    return scenario;
  }

  static std::string unsuitable(const sim::Scenario& scenario) {
    if (scenario.expectations.empty()) {
      return "there is nothing to meet: add expect: with an objective such as latency.p99 < 1s";
    }
    for (const sim::ScenarioVariant& variant : scenario.variants) {
      if (variant.scalable_target) return {};
    }
    return "nothing scales: add scaling: with ScalableTargets and ScalingPolicies to tune";
  }

  std::string unwritable() const {
    if (std::string problem = page_problem(html_); !problem.empty()) return problem;
    if (out_.empty()) return {};
    if (std::string problem = sim::make_folder(out_); !problem.empty()) return problem;
    sim::AtomicFile probe(out_ + "/scaling.json");
    return probe.open_problem();
  }

  ExitCode tune(Console& console, const sim::Scenario& scenario, const sim::PolicySpace& space) {
    options_.threads = sim::thread_count(threads_);
    options_.confidence = *sim::read_percent(confidence_).value;
    ProgressLine line(!common().quiet);
    options_.progress = [&line](std::string_view stage, std::size_t runs) {
      line.show(stage, runs);
    };
    const Clock::time_point begin = Clock::now();
    sim::TuneResult result = sim::tune_policy(scenario, space, options_);
    result.over = over_;
    if (result.feasible) result.settings = sim::tuned_settings(result.best, file_, load_);
    line.clear();
    write(console, result);
    const std::chrono::duration<double> wall = Clock::now() - begin;
    console.log().info("{}: tuned in {:.1f} s", file_, wall.count());
    std::string problem;
    if (result.feasible && !out_.empty()) {
      problem = sim::write_policy_files(result.best.scenario, out_);
    }
    if (problem.empty()) problem = draw(result);
    if (!problem.empty()) {
      console.log().error("{}", problem);
      return ExitCode::Failure;
    }
    if (result.feasible) return ExitCode::Ok;
    if (!out_.empty()) console.log().warn("no policy to write to {}", out_);
    return ExitCode::ExpectationFailed;
  }

  // Empty, or what went wrong; without --html nothing does.
  std::string draw(const sim::TuneResult& result) const {
    if (html_.empty()) return {};
    const auto play = [](const sim::Scenario& scenario) {
      sim::SimulationOptions options;
      options.run = sim::kFirstFreshRun;
      return sim::play_run(scenario, std::move(options));
    };
    const sim::PlayedRun written = play(result.written.scenario);
    const sim::PlayedRun best = play(result.best.scenario);
    return write_page(html_, [&](std::ostream& out) {
      sim::write_tune_page(
          out, result, {result.written.scenario, written.result, written.expectations},
          {result.best.scenario, best.result, best.expectations}, page_origin(file_, overrides_));
    });
  }

  static void write(Console& console, const sim::TuneResult& result) {
    switch (console.format()) {
      case OutputFormat::Table:
        return sim::write_tune(console.out(), result, console.colour());
      case OutputFormat::Json:
        return sim::write_tune_json(console.out(), result);
      case OutputFormat::Csv:
        return sim::write_tune_csv(console.out(), result);
      case OutputFormat::Markdown:
        return sim::write_tune_markdown(console.out(), result);
      case OutputFormat::None:
        return;
    }
  }

  std::string file_;
  std::string over_;
  std::string confidence_ = "95%";
  std::string out_;
  std::string html_;
  std::optional<std::int64_t> seed_;
  std::vector<std::string> overrides_;
  sim::LoadOptions load_;
  std::size_t threads_ = 0;  // 0: as many as the machine has
  sim::TuningOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_tune_command(CLI::App& root) {
  return std::make_unique<TuneCommand>(root);
}

}  // namespace headroom
