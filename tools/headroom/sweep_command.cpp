// Plays a scenario at many points of its parameters: `headroom sweep FILE -p PATH=FROM:TO:STEP`.
#include <fmt/format.h>
#include <time.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/report/humane_text.hpp"
#include "sim/report/run_log.hpp"
#include "sim/report/sweep_page.hpp"
#include "sim/report/sweep_report.hpp"
#include "sim/study/ordered_work.hpp"
#include "sim/study/sweep.hpp"
#include "tools/headroom/command.hpp"
#include "tools/headroom/page_option.hpp"
#include "tools/headroom/progress.hpp"
#include "tools/headroom/version.hpp"

namespace headroom {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kMostRuns = 10'000;

struct Played {
  sim::RunNumbers numbers;
  double cpu_s = 0;  // of the thread that played it
};

double thread_cpu_s() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// Nothing but what the numbers depend on, so that a file of results is known again.
sim::RunLogKind log_kind(const sim::Sweep& sweep) {
  const sim::SweepRequest& request = sweep.request();
  sim::RunLogKind kind;
  kind.header = {{"schema", "headroom.sweep_runs/1"},
                 {"version", kVersion},
                 {"file", request.file},
                 {"set", request.overrides},
                 {"parameters", request.parameters},
                 {"samples", request.sample_count},
                 {"seed", sweep.seed()},
                 {"runs", request.run_count},
                 {"input", fmt::format("{:016x}", sweep.input_fingerprint())}};
  kind.name_of = [&sweep](std::size_t index) {
    const sim::Sweep::RunName name = sweep.name_of(index);
    sim::JsonTree parameters = sim::JsonTree::object();
    for (std::size_t of = 0; of < sweep.parameters().size(); ++of) {
      const auto& value = sweep.values_at(name.point)[of];
      parameters[sweep.parameters()[of].path] = value ? sim::JsonTree(*value) : nullptr;
    }
    return sim::JsonTree{{"point", name.point}, {"run", name.run}, {"parameters", parameters}};
  };
  kind.run_total = sweep.run_total();
  return kind;
}

class SweepCommand : public Command {
 public:
  explicit SweepCommand(CLI::App& root)
      : Command(root, "sweep", "Try values of parameters: which serve well, and what they cost",
                "  headroom sweep shop.scenario.yaml -p endpoint.startup.exact=2m:8m:1m\n"
                "  headroom sweep shop.scenario.yaml -p endpoint.initial_instances=1,2,4 --runs 5\n"
                "  headroom sweep shop.scenario.yaml -p traffic.a.rate=60/s:90/s:10/s -o csv\n"
                "  headroom sweep shop.scenario.yaml -p a.b=1:9:1 -p c.d=1:9:1 --samples 20\n"
                "  headroom sweep shop.scenario.yaml -p a.b=1:9:1 --results shop.jsonl\n"
                "  headroom sweep shop.scenario.yaml -p a.b=1:9:1 --html sweep.html\n") {
    app().add_option("FILE", request_.file, "scenario")->required()->type_name("FILE");
    app()
        .add_option("-p,--parameter", request_.parameters,
                    "a value of the scenario, and what to try: FROM:TO:STEP or a,b,c; may be "
                    "repeated")
        ->required()
        ->type_name("PATH=VALUES")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    app()
        .add_option("--samples", request_.sample_count,
                    "so many of all combinations, spread evenly (a Latin hypercube)")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{1}, sim::kMostPoints).description(""));
    app()
        .add_option("--runs", request_.run_count,
                    "independent runs of each point; means get 95 % intervals")
        ->type_name("N")
        ->check(CLI::Range(std::int64_t{1}, kMostRuns).description(""));
    add_seed(seed_);
    add_overrides(request_.overrides);
    app()
        .add_option("--results", results_,
                    "keep every run in this file; a sweep that was killed goes on from it")
        ->type_name("FILE");
    app()
        .add_option("--threads", threads_, "how many runs at once; never changes a result")
        ->type_name("N")
        ->check(CLI::Range(1, 1024).description(""));
    add_page_option(app(), html_);
    add_common();
  }

  ExitCode run(Console& console) override {
    request_.threads = sim::thread_count(threads_);
    if (seed_) request_.seed = static_cast<std::uint64_t>(*seed_);
    sim::Diagnostics diagnostics;
    const std::unique_ptr<sim::Sweep> sweep = sim::Sweep::prepare(request_, diagnostics);
    console.say(diagnostics.render_all(), diagnostics.has_errors());
    if (sweep == nullptr) return ExitCode::BadInput;
    // Before minutes of runs, not after them.
    if (const std::string problem = page_problem(html_); !problem.empty()) {
      console.log().error("{}", problem);
      return ExitCode::Failure;
    }
    const ExitCode code = play(console, *sweep);
    if (code != ExitCode::Ok) return code;
    const sim::SweepResult result = sweep->result();
    write(console, result);
    if (!html_.empty()) {
      const std::string problem = write_page(console, *sweep, result);
      if (!problem.empty()) {
        console.log().error("{}", problem);
        return ExitCode::Failure;
      }
    }
    return result.is_any_met() ? ExitCode::Ok : ExitCode::ExpectationFailed;
  }

 private:
  ExitCode play(Console& console, sim::Sweep& sweep) {
    sim::RunLog log;
    if (!results_.empty()) {
      const ExitCode code = told(console, log, log.open(results_, log_kind(sweep)));
      if (code != ExitCode::Ok) return code;
    }
    const std::size_t found = log.found().size();
    for (const sim::RunNumbers& numbers : log.found()) sweep.add(numbers);
    say_what_begins(console, sweep, found);
    const Clock::time_point begin = Clock::now();
    double cpu_s = 0;
    ExitCode code = ExitCode::Ok;
    {
      Progress progress(console, "runs", found, sweep.run_total());
      sim::ordered_work(
          sweep.run_total() - found, request_.threads,
          [&](std::size_t index) {
            const double before_s = thread_cpu_s();
            Played played{sweep.play(found + index)};
            played.cpu_s = thread_cpu_s() - before_s;
            return played;
          },
          [&](std::size_t, Played played) {
            if (!results_.empty()) code = told(console, log, log.append(played.numbers));
            cpu_s += played.cpu_s;
            sweep.add(std::move(played.numbers));
            progress.step();
            return code == ExitCode::Ok;
          },
          kLead);
    }
    const std::chrono::duration<double> wall = Clock::now() - begin;
    if (code != ExitCode::Ok) {
      console.log().error("what was written before is kept: the same command goes on from it");
      return code;
    }
    console.log().info("{} in {:.2f} s", runs_text(sweep.run_total() - found), wall.count());
    console.log().debug("{:.3f} s of CPU time in the runs, on {} threads", cpu_s, request_.threads);
    return code;
  }

  // Empty, or why there is no page.
  std::string write_page(Console& console, sim::Sweep& sweep,
                         const sim::SweepResult& result) const {
    const std::vector<std::size_t> points = sim::points_with_runs(result);
    std::vector<std::string> runs(result.points.size());
    Progress progress(console, "runs of the page", 0, points.size());
    sim::ordered_work(
        points.size(), request_.threads,
        [&](std::size_t index) {
          const std::shared_ptr<const sim::Scenario> scenario = sweep.scenario_at(points[index]);
          const sim::PlayedRun run = sweep.first_run(points[index]);
          return sim::point_run_json({*scenario, run.result, run.expectations, nullptr},
                                     points.size());
        },
        [&](std::size_t index, std::string run) {
          runs[points[index]] = std::move(run);
          progress.step();
          return true;
        },
        kLead);
    return headroom::write_page(html_, [&](std::ostream& out) {
      sim::write_sweep_page(out, result, runs, page_origin(request_.file, request_.overrides));
    });
  }

  static std::string runs_text(std::size_t count) {
    return sim::counted(static_cast<std::int64_t>(count), "run", "runs");
  }

  void say_what_begins(Console& console, const sim::Sweep& sweep, std::size_t found) const {
    const auto points = static_cast<std::int64_t>(sweep.point_count());
    console.log().info(
        "{}, {} on {}", sim::counted(points, "point", "points"), runs_text(sweep.run_total()),
        sim::counted(static_cast<std::int64_t>(request_.threads), "thread", "threads"));
    if (found > 0) console.log().info("{} already in {}", runs_text(found), results_);
  }

  static ExitCode told(Console& console, const sim::RunLog& log, sim::RunLog::Problem problem) {
    if (problem == sim::RunLog::Problem::None) return ExitCode::Ok;
    console.log().error("{}", log.message());
    return problem == sim::RunLog::Problem::NotOurs ? ExitCode::BadInput : ExitCode::Failure;
  }

  static void write(Console& console, const sim::SweepResult& result) {
    switch (console.format()) {
      case OutputFormat::Table:
        return sim::write_sweep(console.out(), result, console.colour());
      case OutputFormat::Json:
        return sim::write_sweep_json(console.out(), result);
      case OutputFormat::Csv:
        return sim::write_sweep_csv(console.out(), result);
      case OutputFormat::Markdown:
        return sim::write_sweep_markdown(console.out(), result);
      case OutputFormat::None:
        return;
    }
  }

  // Results that wait for one before them, for each thread: a run of many requests takes several
  // times as long as one of few.
  static constexpr std::size_t kLead = 8;

  sim::SweepRequest request_;
  std::optional<std::int64_t> seed_;
  std::string results_;
  std::string html_;
  std::size_t threads_ = 0;  // 0: as many as the machine has
};

}  // namespace

std::unique_ptr<Command> make_sweep_command(CLI::App& root) {
  return std::make_unique<SweepCommand>(root);
}

}  // namespace headroom
