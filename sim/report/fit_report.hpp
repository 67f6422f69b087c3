// Writes what `headroom fit` found out about a measured instance, for people and for programs.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "core/sim_time.hpp"
#include "models/endpoint/saturation_fit.hpp"
#include "sim/scenario/diagnostic.hpp"

namespace sim {

struct FitReport {
  std::string file;
  const models::endpoint::SaturationFit& fit;
  const Diagnostics& remarks;
  // At which CPU, as a share of all vCPUs, the load is told.
  double cpu_share = 0.5;
  double most_cpu_percent = 100;
  std::optional<std::string> instance_type{};
  std::optional<core::Duration> think_time{};  // as given
};

// Ends with an `endpoint:` block to paste into a scenario.
void write_fit(std::ostream& out, const FitReport& report);
void write_fit_json(std::ostream& out, const FitReport& report);
void write_fit_markdown(std::ostream& out, const FitReport& report);
// A row for each row of the benchmark.
void write_fit_csv(std::ostream& out, const FitReport& report);

}  // namespace sim
