#include "sim/report/instance_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/endpoint/saturation_curve.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/scenario/input_file.hpp"

namespace sim {
namespace {

using models::endpoint::EndpointVariant;

std::string rate_text(core::RequestRate rate) { return humane_number(rate.per_second(), 4) + "/s"; }

std::vector<std::string> measured_lines(const EndpointVariant& variant,
                                        const InstanceBenchmark& benchmark,
                                        const std::string& scenario_file) {
  const auto& all = variant.throughputs;
  const auto peak = std::max_element(all.begin(), all.end()) - all.begin() + 1;
  std::vector<std::string> lines{
      fmt::format("measured in {}; it serves most with {} at once",
                  one_line(relative_to_scenario(scenario_file, benchmark.file)),
                  counted(peak, "request", "requests"))};
  if (benchmark.spread_is_assumed) {
    lines.emplace_back("assumed: single service times vary by half of their mean");
  }
  return lines;
}

}  // namespace

std::vector<std::string> instance_lines(const Scenario& scenario, const ScenarioVariant& of) {
  const EndpointVariant& variant = of.variant;
  std::vector<std::string> lines{fmt::format(
      "{} at most from one {}, {} at once", rate_text(variant.throughput),
      one_line(variant.instance_type), counted(variant.workers, "request", "requests"))};
  if (!of.benchmark.file.empty()) {
    const auto measured = measured_lines(variant, of.benchmark, scenario.file);
    lines.insert(lines.end(), measured.begin(), measured.end());
  } else if (!models::endpoint::saturation_curve_of(variant).independent()) {
    const auto independent = core::RequestRate::per_second(
        variant.workers / models::endpoint::mean_seconds(variant.service_time));
    lines.push_back(fmt::format("contention: its workers would serve {} if each were alone",
                                rate_text(independent)));
  }
  return lines;
}

}  // namespace sim
