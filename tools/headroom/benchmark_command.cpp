// Load-tests one instance until it serves no more: `headroom benchmark FILE`.
#include <chrono>
#include <optional>
#include <string>

#include "sim/report/benchmark_report.hpp"
#include "sim/scenario/plan_reader.hpp"
#include "sim/scenario/scenario_yaml.hpp"
#include "sim/study/benchmark.hpp"
#include "tools/headroom/command.hpp"
#include "tools/headroom/flag_value.hpp"

namespace headroom {
namespace {

constexpr core::Duration kMinute = std::chrono::minutes{1};
constexpr core::Duration kLongestStep = std::chrono::hours{24};

sim::Reading<core::Duration> read_step_duration(std::string_view text) {
  sim::Reading<core::Duration> span = sim::read_duration(text);
  if (span.value && (*span.value < kMinute || *span.value > kLongestStep ||
                     *span.value % kMinute != core::Duration{0})) {
    span = {std::nullopt, "out-of-range", "whole minutes from 1m to 24h", {}};
  }
  return span;
}

sim::Reading<core::Duration> read_think_time(std::string_view text) {
  sim::Reading<core::Duration> span = sim::read_duration(text);
  if (span.value && *span.value > std::chrono::hours{1}) {
    span = {std::nullopt, "out-of-range", "a duration of at most 1h", {}};
  }
  return span;
}

class BenchmarkCommand : public Command {
 public:
  explicit BenchmarkCommand(CLI::App& root)
      : Command(root, "benchmark", "Load one instance with more and more users until it is full",
                "  headroom benchmark shop.scenario.yaml\n"
                "  headroom benchmark shop.scenario.yaml --latency-threshold \"P95 100ms\"\n"
                "  headroom benchmark shop.scenario.yaml -o csv > measured.csv\n") {
    app().add_option("FILE", file_, "a scenario")->required()->type_name("FILE");
    // no more can be asked of the recommender.
    app()
        .add_option("--max-invocations", max_invocations_, "stop at so many a minute")
        ->type_name("N")
        ->check(CLI::Range(1, 30'000).description(""));
    app()
        .add_option("--latency-threshold", latency_threshold_text_,
                    "stop when a percentile of ModelLatency is higher: \"P95 100ms\"")
        ->type_name("THRESHOLD");
    set_choices(app().add_option("--flat-invocations", flat_invocations_,
                                 "when more users bring no more invocations; default stop"),
                {"stop", "continue"});
    app()
        .add_option("--max-users", options_.max_users, "stop at so many; default 1000")
        ->type_name("N")
        ->check(CLI::Range(1, 100'000).description(""));
    app()
        .add_option("--step-duration", step_duration_text_,
                    "how long each number of users is measured, after as long a warm-up; default "
                    "the minutes in which one user gets ten thousand answers, at least 5m")
        ->type_name("SPAN");
    app()
        .add_option("--think-time", think_time_text_,
                    "between an answer and a user's next request; default 0s")
        ->type_name("SPAN");
    add_seed(seed_);
    add_overrides(load_.overrides);
    add_common();
  }

  ExitCode run(Console& console) override {
    sim::Diagnostics diagnostics;
    read_options(diagnostics);
    auto scenario = sim::load_scenario_file(file_, load_, diagnostics);
    console.say(diagnostics.render_all(), diagnostics.has_errors());
    if (!scenario || diagnostics.has_errors()) return ExitCode::BadInput;
    if (seed_) scenario->run.seed = static_cast<std::uint64_t>(*seed_);
    if (scenario->variants.size() > 1) {
      console.log().info("{}: of several variants, '{}' is measured", file_,
                         scenario->variants.front().variant.variant_name);
    }
    const sim::BenchmarkResult result = sim::run_benchmark(*scenario, options_);
    write(console, {*scenario, result});
    return ExitCode::Ok;
  }

 private:
  void read_options(sim::Diagnostics& diagnostics) {
    if (max_invocations_ > 0) options_.max_invocations = max_invocations_;
    options_.latency_threshold = flag_value("--latency-threshold", latency_threshold_text_,
                                            &sim::read_latency_threshold, diagnostics);
    options_.stops_when_flat = flat_invocations_ == "stop";
    options_.step_duration =
        flag_value("--step-duration", step_duration_text_, &read_step_duration, diagnostics);
    options_.think_time =
        flag_value("--think-time", think_time_text_, &read_think_time, diagnostics)
            .value_or(core::Duration{0});
  }

  static void write(Console& console, const sim::BenchmarkReport& report) {
    switch (console.format()) {
      case OutputFormat::Table:
        return sim::write_benchmark(console.out(), report, console.colour());
      case OutputFormat::Json: {
        sim::JsonWriter json(console.out(), 2);
        return sim::write_benchmark_json(json, report.result);
      }
      case OutputFormat::Csv:
        return sim::write_benchmark_csv(console.out(), report.result);
      case OutputFormat::Markdown:
        return sim::write_benchmark_markdown(console.out(), report);
      case OutputFormat::None:
        return;
    }
  }

  std::string file_;
  int max_invocations_ = 0;
  std::optional<std::string> latency_threshold_text_;
  std::string flat_invocations_ = "stop";
  std::optional<std::string> step_duration_text_;
  std::optional<std::string> think_time_text_;
  std::optional<std::int64_t> seed_;
  sim::LoadOptions load_;
  sim::BenchmarkOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_benchmark_command(CLI::App& root) {
  return std::make_unique<BenchmarkCommand>(root);
}

}  // namespace headroom
