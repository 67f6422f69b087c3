// Simulates scenarios: `headroom run FILE...`.
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "models/endpoint/request_plane.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/report_files.hpp"
#include "sim/report/run_page.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/scenario/scenario_yaml.hpp"
#include "sim/study/ordered_work.hpp"
#include "sim/study/replication.hpp"
#include "tools/headroom/command.hpp"
#include "tools/headroom/page_option.hpp"
#include "tools/headroom/plane_choice.hpp"
#include "tools/headroom/precision_options.hpp"
#include "tools/headroom/progress.hpp"
#include "tools/headroom/run_result_writer.hpp"

namespace headroom {
namespace {

using Clock = std::chrono::steady_clock;

struct RunOptions {
  std::vector<std::string> files;
  std::optional<std::int64_t> seed;
  std::vector<std::string> overrides;
  std::string plane = "auto";
  std::string out;
  std::size_t threads = 0;  // 0: as many as the machine has
  std::optional<std::size_t> runs;
  PrecisionOptions precision;
  std::optional<sim::PrecisionGoal> goal;
  std::string html;
  std::string trace;
};

// One scenario, played; or what is wrong with it.
struct Played {
  sim::Diagnostics diagnostics;
  std::optional<sim::Scenario> scenario;
  std::string problem;    // why a good scenario was not played
  sim::RunResult result;  // of the first run
  std::vector<sim::ExpectationResult> expectations;
  std::optional<sim::MeanSummary> mean;  // of several runs
  double wall_s = 0;

  bool was_played() const { return scenario && problem.empty(); }
};

// shop.scenario.yaml and shop.yaml are both "shop".
std::string stem_of(const std::string& file) {
  std::string name = std::filesystem::path(file).filename().string();
  for (const std::string_view ending : {".yaml", ".yml", ".scenario"}) {
    if (name.size() > ending.size() && name.ends_with(ending))
      name.resize(name.size() - ending.size());
  }
  return name;
}

class RunCommand : public Command {
 public:
  explicit RunCommand(CLI::App& root)
      : Command(root, "run", "Simulate: verdict, numbers, why and when it scaled, cost",
                "  headroom run shop.scenario.yaml\n"
                "  headroom run shop.scenario.yaml -o json | jq .summary.latency\n"
                "  headroom run shop.scenario.yaml --set endpoint.startup.exact=8m --seed 7\n"
                "  headroom run shop.scenario.yaml --runs 10     means with confidence intervals\n"
                "  headroom run shop.scenario.yaml --html shop.html     charts, in a browser\n"
                "  headroom run shop.scenario.yaml --precision 2%     as many runs as that takes\n"
                "  headroom run scenarios/*.scenario.yaml -o markdown --out results\n") {
    app().add_option("FILE", options_.files, "scenarios")->required()->type_name("FILE");
    add_seed(options_.seed);
    add_overrides(options_.overrides);
    set_choices(app().add_option("--plane", options_.plane, "how requests are played"),
                {"auto", "recursion", "events"});
    app()
        .add_option("--out", options_.out,
                    "also write summary.json, timeseries.csv, activities.json and alarms.json")
        ->type_name("DIR");
    app()
        .add_option("--runs", options_.runs,
                    "independent runs; every number is their mean, with its 95 % interval")
        ->type_name("N")
        ->check(CLI::Range(1, 10'000).description(""));
    add_precision_options(app(), options_.precision);
    app()
        .add_option("--threads", options_.threads, "how many runs at once; never changes a result")
        ->type_name("N")
        ->check(CLI::Range(1, 1024).description(""));
    add_page_option(app(), options_.html);
    add_later_options();
    add_ascii();
    add_common();
  }

  ExitCode run(Console& console) override {
    if (const std::string problem = unsupported(); !problem.empty()) {
      console.log().error("{}", problem);
      return ExitCode::BadInput;
    }
    sim::Diagnostics diagnostics;
    options_.goal = precision_goal(options_.precision, options_.runs, diagnostics);
    if (diagnostics.has_errors()) {
      console.say(diagnostics.render_all(), true);
      return ExitCode::BadInput;
    }
    const bool has_several = options_.files.size() > 1;
    RunResultWriter writer(console, has_several);
    ExitCode code = ExitCode::Ok;
    sim::ordered_work(
        options_.files.size(), sim::thread_count(options_.threads),
        [&](std::size_t index) { return play(console, options_.files[index]); },
        [&](std::size_t, const Played& played) {
          code = worse(code, tell(console, writer, played));
        });
    writer.finish();
    return code;
  }

 private:
  // Named in the documents, refused by name until they are there: not listed in the help.
  void add_later_options() { app().add_option("--trace", options_.trace)->group(""); }

  std::string unsupported() const {
    if (!options_.html.empty() && options_.files.size() > 1) {
      return fmt::format("--html: expected one FILE for one page, found {}", options_.files.size());
    }
    if (!options_.trace.empty()) return "'--trace' is not in this version";
    std::set<std::string> stems;
    for (const std::string& file : options_.files) {
      if (!options_.out.empty() && !stems.insert(stem_of(file)).second) {
        return fmt::format("two files would write to {}", out_folder(file));
      }
    }
    return {};
  }

  std::string out_folder(const std::string& file) const {
    if (options_.files.size() == 1) return options_.out;
    return (std::filesystem::path(options_.out) / stem_of(file)).string();
  }

  Played play(Console& console, const std::string& file) const {
    Played played;
    sim::LoadOptions load;
    load.overrides = options_.overrides;
    played.scenario = sim::load_scenario_file(file, load, played.diagnostics);
    if (!played.scenario) return played;
    if (options_.seed) played.scenario->run.seed = static_cast<std::uint64_t>(*options_.seed);
    const PlaneChoice choice = choose_plane(options_.plane, *played.scenario);
    played.problem = choice.problem;
    if (!played.was_played()) return played;
    sim::ReplicationOptions replication{.run_count = options_.runs.value_or(1),
                                        .threads = threads_of_a_file()};
    replication.simulation.plane = choice.plane;
    replication.precision = options_.goal;
    const std::unique_ptr<Progress> progress = progress_of(console);
    if (progress) replication.on_run = [&progress] { progress->step(); };
    const Clock::time_point begin = Clock::now();
    sim::Replication runs = sim::replicate(*played.scenario, replication);
    played.result = std::move(runs.first.result);
    played.expectations = std::move(runs.judged);
    if (runs.runs.size() > 1) played.mean = std::move(runs.mean);
    played.wall_s = std::chrono::duration<double>(Clock::now() - begin).count();
    return played;
  }

  // Of the runs of one file; several are played side by side.
  std::unique_ptr<Progress> progress_of(Console& console) const {
    if (!options_.goal || options_.files.size() > 1) return nullptr;
    return std::make_unique<Progress>(console, "runs at most", 0, options_.goal->most_runs);
  }

  // One file has all threads for its runs; several are played side by side, each run after run.
  std::size_t threads_of_a_file() const {
    return options_.files.size() == 1 ? sim::thread_count(options_.threads) : 1;
  }

  ExitCode tell(Console& console, RunResultWriter& writer, const Played& played) const {
    const std::string diagnostics = played.diagnostics.render_all();
    if (!diagnostics.empty()) console.say(diagnostics, played.diagnostics.has_errors());
    if (!played.scenario) return ExitCode::BadInput;
    const std::string& file = played.scenario->file;
    if (!played.problem.empty()) {
      console.log().error("{}: {}", file, played.problem);
      return ExitCode::BadInput;
    }
    const sim::RunReport report{*played.scenario, played.result, played.expectations,
                                played.mean ? &*played.mean : nullptr};
    writer.write(report);
    console.log().info("{}: {} simulated in {:.2f} s", file,
                       sim::humane_span(played.scenario->run.duration), played.wall_s);
    console.log().debug("{}: {} requests on the {} plane", file,
                        played.result.summary.requests.total, played.result.plane);
    if (!options_.out.empty()) {
      const std::string problem = sim::write_report_files(report, out_folder(file));
      if (!problem.empty()) {
        console.log().error("{}", problem);
        return ExitCode::Failure;
      }
    }
    if (!options_.html.empty()) {
      const std::string problem = write_page(options_.html, [&](std::ostream& out) {
        sim::write_run_page(out, report, page_origin(file, options_.overrides));
      });
      if (!problem.empty()) {
        console.log().error("{}", problem);
        return ExitCode::Failure;
      }
    }
    const bool has_failed =
        std::any_of(played.expectations.begin(), played.expectations.end(),
                    [](const sim::ExpectationResult& result) { return result.has_failed(); });
    return has_failed ? ExitCode::ExpectationFailed : ExitCode::Ok;
  }

  RunOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_run_command(CLI::App& root) {
  return std::make_unique<RunCommand>(root);
}

}  // namespace headroom
