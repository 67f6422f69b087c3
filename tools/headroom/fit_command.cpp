// Fits a measured benchmark: `headroom fit measured.csv`.
#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "models/endpoint/saturation_fit.hpp"
#include "sim/prices/price_table.hpp"
#include "sim/report/fit_report.hpp"
#include "sim/scenario/benchmark_reader.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/scenario/instance_benchmark.hpp"
#include "sim/scenario/quantity.hpp"
#include "tools/headroom/command.hpp"
#include "tools/headroom/flag_value.hpp"

namespace headroom {
namespace {

class FitCommand : public Command {
 public:
  explicit FitCommand(CLI::App& root)
      : Command(root, "fit", "Find the instance that a benchmark measured",
                "  headroom fit measured.csv\n"
                "  headroom fit measured.csv --instance-type ml.c5.large --think-time 4.9ms\n"
                "  headroom fit locust_stats_history.csv -o json\n"
                "  headroom fit recommendations.json --instance-type ml.c5.large\n") {
    app()
        .add_option("FILE", file_,
                    "CSV of rate, latency and CPU; Locust's _stats_history.csv; or what Inference "
                    "Recommender found")
        ->required()
        ->type_name("FILE");
    app()
        .add_option("--instance-type", instance_type_, "what was measured; tells its vCPUs")
        ->type_name("TYPE");
    app()
        .add_option("--think-time", think_time_text_,
                    "between an answer and a user's next request; default as the rows say")
        ->type_name("SPAN");
    app()
        .add_option("--workers", workers_,
                    "requests served at once; default the largest measured concurrency")
        ->type_name("N")
        ->check(CLI::Range(1, 10'000).description(""));
    app()
        .add_option("--cpu", cpu_percent_,
                    "tell the load at this percentage of all vCPUs; default 50")
        ->type_name("PERCENT")
        ->check([](const std::string& text) {
          const auto percent = sim::read_number(text);
          if (percent.value && *percent.value >= 0.1 && *percent.value <= 100) return std::string{};
          return "expected a percentage from 0.1 to 100, found " + sim::in_quotes(text);
        });
    add_common();
  }

  ExitCode run(Console& console) override {
    sim::Diagnostics diagnostics;
    const auto benchmark = read(diagnostics);
    if (benchmark) sim::warn_of_closed_loop(*benchmark, file_, diagnostics);
    std::optional<models::endpoint::SaturationFit> fit;
    if (benchmark && !diagnostics.has_errors()) {
      options_.most_cpu_percent = most_cpu_percent(*benchmark);
      fit = sim::fit_benchmark(*benchmark, file_, options_, diagnostics);
    }
    console.say(diagnostics.render_all(), diagnostics.has_errors());
    if (!fit) return ExitCode::BadInput;
    sim::FitReport report{.file = file_, .fit = *fit, .remarks = diagnostics};
    report.cpu_share = cpu_percent_ / 100;
    report.most_cpu_percent = options_.most_cpu_percent;
    if (!instance_type_.empty()) report.instance_type = instance_type_;
    report.think_time = think_time_;
    write(console, report);
    return ExitCode::Ok;
  }

 private:
  std::optional<sim::MeasuredBenchmark> read(sim::Diagnostics& diagnostics) {
    read_options(diagnostics);
    const auto text = sim::read_text_file(sim::open_input_file, file_, {}, diagnostics);
    if (!text) return std::nullopt;
    return sim::read_benchmark(*text, file_, instance_type_, diagnostics);
  }

  void read_options(sim::Diagnostics& diagnostics) {
    think_time_ = flag_value("--think-time", think_time_text_, &sim::read_duration, diagnostics);
    if (think_time_) options_.think_time_s = core::in_seconds(*think_time_);
    if (workers_ > 0) options_.workers = workers_;
    if (instance_type_.empty()) return;
    const sim::PriceTable& table = sim::PriceTable::built_in();
    if (table.find(instance_type_) != nullptr) return;
    const auto closest = table.closest(instance_type_);
    diagnostics.add_error(
        {"--instance-type", 0, 0}, "unknown-value",
        fmt::format("expected an instance type with known vCPUs, found {}",
                    sim::in_quotes(instance_type_)),
        closest.empty() ? "" : fmt::format("did you mean '{}'?", closest.front()));
  }

  // Without an instance type: as many vCPUs as the rows have seen busy, of those that there are.
  double most_cpu_percent(const sim::MeasuredBenchmark& benchmark) const {
    if (!instance_type_.empty()) {
      return 100.0 * sim::PriceTable::built_in().find(instance_type_)->vcpus.value;
    }
    double most = 1;
    for (const auto& row : benchmark.rows) most = std::max(most, row.cpu_percent.value_or(0));
    constexpr double kMostVcpus = 1024;
    return 100 * std::min(kMostVcpus, std::ceil(most / 100));
  }

  static void write(Console& console, const sim::FitReport& report) {
    switch (console.format()) {
      case OutputFormat::Table:
        return sim::write_fit(console.out(), report);
      case OutputFormat::Json:
        return sim::write_fit_json(console.out(), report);
      case OutputFormat::Csv:
        return sim::write_fit_csv(console.out(), report);
      case OutputFormat::Markdown:
        return sim::write_fit_markdown(console.out(), report);
      case OutputFormat::None:
        return;
    }
  }

  std::string file_;
  std::string instance_type_;
  std::optional<std::string> think_time_text_;
  std::optional<core::Duration> think_time_;
  int workers_ = 0;
  double cpu_percent_ = 50;
  models::endpoint::SaturationFitOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_fit_command(CLI::App& root) {
  return std::make_unique<FitCommand>(root);
}

}  // namespace headroom
