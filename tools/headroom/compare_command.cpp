// Compares two scenarios with the same requests: `headroom compare BASE CANDIDATE`.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/report/comparison_page.hpp"
#include "sim/report/comparison_report.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/scenario/limit_reader.hpp"
#include "sim/scenario/scenario_yaml.hpp"
#include "sim/study/comparison.hpp"
#include "sim/study/ordered_work.hpp"
#include "tools/headroom/command.hpp"
#include "tools/headroom/page_option.hpp"
#include "tools/headroom/precision_options.hpp"
#include "tools/headroom/progress.hpp"
#include "tools/headroom/revision.hpp"
#include "tools/headroom/version.hpp"

namespace headroom {
namespace {

using Clock = std::chrono::steady_clock;

// One side, read.
struct Side {
  std::optional<sim::Scenario> scenario;
  std::string path;                             // without its revision
  sim::FileOpener open = sim::open_input_file;  // for its traces, too
};

class CompareCommand : public Command {
 public:
  explicit CompareCommand(CLI::App& root)
      : Command(root, "compare", "Tell what a change does, and whether that is more than chance",
                "  headroom compare before.scenario.yaml after.scenario.yaml\n"
                "  headroom compare shop.scenario.yaml --set endpoint.startup.exact=8m\n"
                "  headroom compare main:shop.scenario.yaml shop.scenario.yaml -o markdown\n"
                "  headroom compare a.scenario.yaml b.scenario.yaml --fail-on 'errors.rate > "
                "+0.1pp'\n"
                "  headroom compare a.scenario.yaml b.scenario.yaml --html change.html     both in "
                "each chart\n") {
    app()
        .add_option("BASE", base_, "scenario, or REVISION:PATH of a git repository")
        ->required()
        ->type_name("BASE");
    app()
        .add_option("CANDIDATE", candidate_, "the same; without it, BASE with the changes of --set")
        ->type_name("CANDIDATE");
    app()
        .add_option("--runs", options_.run_count, "runs of each; more make intervals narrower")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 10'000).description(""));
    add_precision_options(app(), precision_);
    app()
        .add_option("--fail-on", limits_,
                    "a change that fails the comparison, such as 'latency.p99 > +5%', beside "
                    "the candidate's limits; may be repeated")
        ->type_name("LIMIT")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    app().add_flag("--exit-code", is_strict_, "also fail when any number is worse");
    app().add_flag("--unpaired", is_unpaired_,
                   "requests of its own for the candidate, as if it were another day");
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
    sim::Diagnostics diagnostics;
    std::vector<sim::RegressionLimit> limits;
    for (const std::string& limit : limits_) {
      if (auto read = sim::read_limit(limit, {"--fail-on", 0, 0}, diagnostics)) {
        limits.push_back(*std::move(read));
      }
    }
    options_.precision = precision_goal(precision_, runs_given(), diagnostics);
    if (candidate_.empty() && overrides_.empty()) {
      console.log().error("expected a candidate, or changes to the base by --set, found neither");
      return ExitCode::BadInput;
    }
    const bool is_one_file = candidate_.empty();
    const Side base =
        load(base_, is_one_file ? std::vector<std::string>{} : overrides_, diagnostics);
    const Side candidate = load(is_one_file ? base_ : candidate_, overrides_, diagnostics);
    console.say(diagnostics.render_all(), diagnostics.has_errors());
    if (!base.scenario || !candidate.scenario || diagnostics.has_errors())
      return ExitCode::BadInput;
    say_which_limits_count(console, *base.scenario, *candidate.scenario);
    options_.limits = std::move(limits);
    options_.threads = sim::thread_count(threads_);
    options_.is_paired = !is_unpaired_;
    options_.open_base = base.open;
    options_.open_candidate = candidate.open;
    sim::FirstRuns first_runs;
    if (!html_.empty()) options_.first_runs = &first_runs;
    const Clock::time_point begin = Clock::now();
    sim::ComparisonResult result = play(console, *base.scenario, *candidate.scenario);
    result.base = base_;
    result.candidate =
        is_one_file ? fmt::format("{} with {}", base_, fmt::join(overrides_, ", ")) : candidate_;
    const std::chrono::duration<double> wall = Clock::now() - begin;
    console.log().info("{} in {:.2f} s",
                       sim::counted(static_cast<std::int64_t>(2 * result.run_count), "run", "runs"),
                       wall.count());
    write(console, result);
    if (const std::string problem = draw(result, first_runs, base, candidate); !problem.empty()) {
      console.log().error("{}", problem);
      return ExitCode::Failure;
    }
    return code_of(result);
  }

 private:
  Side load(const std::string& name, const std::vector<std::string>& overrides,
            sim::Diagnostics& diagnostics) const {
    Side side;
    side.path = name;
    if (const auto file = revision_file(name)) {
      side.path = file->path;
      side.open = revision_opener(file->revision);
    }
    sim::LoadOptions options;
    options.overrides = overrides;
    options.open = side.open;
    side.scenario = sim::load_scenario_file(side.path, options, diagnostics);
    if (side.scenario && seed_) side.scenario->run.seed = static_cast<std::uint64_t>(*seed_);
    return side;
  }

  // Empty, or what went wrong; without --html nothing does.
  std::string draw(const sim::ComparisonResult& result, const sim::FirstRuns& runs,
                   const Side& base, const Side& candidate) const {
    if (html_.empty()) return {};
    sim::Scenario played = *candidate.scenario;
    played.run.seed = result.seed;
    return write_page(html_, [&](std::ostream& out) {
      sim::write_comparison_page(
          out, result, {*base.scenario, runs.base.result, runs.base.expectations},
          {played, runs.candidate.result, runs.candidate.expectations}, origin(base, candidate));
    });
  }

  sim::PageOrigin origin(const Side& base, const Side& candidate) const {
    sim::PageOrigin origin{.version = kVersion, .sources = {}, .overrides = overrides_};
    origin.sources.push_back(page_source(base_, base.path, base.open));
    if (!candidate_.empty()) {
      origin.sources.push_back(page_source(candidate_, candidate.path, candidate.open));
    }
    return origin;
  }

  std::optional<std::size_t> runs_given() {
    if (app().count("--runs") == 0) return std::nullopt;
    return options_.run_count;
  }

  sim::ComparisonResult play(Console& console, const sim::Scenario& base,
                             const sim::Scenario& candidate) {
    if (!options_.precision) return sim::compare(base, candidate, options_);
    Progress progress(console, "runs at most", 0, 2 * options_.precision->most_runs);
    options_.on_run = [&progress] { progress.step(); };
    return sim::compare(base, candidate, options_);
  }

  // A change that takes a limit away along with what it guards is not to pass unseen.
  static void say_which_limits_count(Console& console, const sim::Scenario& base,
                                     const sim::Scenario& candidate) {
    const bool agree = std::equal(
        base.limits.begin(), base.limits.end(), candidate.limits.begin(), candidate.limits.end(),
        [](const auto& before, const auto& after) { return before.text == after.text; });
    if (!agree) {
      console.log().warn("limits: of base ({}) and candidate ({}) differ: the candidate's count",
                         base.limits.size(), candidate.limits.size());
    }
  }

  ExitCode code_of(const sim::ComparisonResult& result) const {
    if (result.verdict() == sim::OverallVerdict::Fail) return ExitCode::ExpectationFailed;
    if (!is_strict_) return ExitCode::Ok;
    const bool is_worse = std::any_of(
        result.numbers.begin(), result.numbers.end(),
        [](const auto& number) { return number.verdict == sim::ComparisonVerdict::Worse; });
    return is_worse ? ExitCode::ExpectationFailed : ExitCode::Ok;
  }

  static void write(Console& console, const sim::ComparisonResult& result) {
    switch (console.format()) {
      case OutputFormat::Table:
        return sim::write_comparison(console.out(), result, console.colour());
      case OutputFormat::Json:
        return sim::write_comparison_json(console.out(), result);
      case OutputFormat::Csv:
        return sim::write_comparison_csv(console.out(), result);
      case OutputFormat::Markdown:
        return sim::write_comparison_markdown(console.out(), result);
      case OutputFormat::None:
        return;
    }
  }

  std::string base_;
  std::string candidate_;
  std::vector<std::string> limits_;
  std::vector<std::string> overrides_;
  std::optional<std::int64_t> seed_;
  bool is_strict_ = false;
  bool is_unpaired_ = false;
  std::size_t threads_ = 0;  // 0: as many as the machine has
  std::string html_;
  PrecisionOptions precision_;
  sim::ComparisonOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_compare_command(CLI::App& root) {
  return std::make_unique<CompareCommand>(root);
}

}  // namespace headroom
