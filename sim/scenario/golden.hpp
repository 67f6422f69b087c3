// Reads what a run of a scenario was approved to come to: NAME.golden.json beside
// NAME.scenario.yaml, which `headroom test --update` writes (sim/study/golden_check.hpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/diagnostic.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/scenario/source_place.hpp"

namespace sim {

inline constexpr std::string_view kGoldenSchema = "headroom.golden/1";
inline constexpr double kDefaultGoldenTolerance = 0.01;

struct ApprovedNumber {
  std::string key;              // of the summary
  std::optional<double> value;  // absent: the run supports none, such as a quantile of no request
  SourcePlace place;
};

struct Golden {
  std::string file;
  // How far a number may be off, as a share of the larger of the two.
  double tolerance = kDefaultGoldenTolerance;
  std::vector<ApprovedNumber> numbers;  // in the order of the file
  std::vector<std::string> activities;  // a line each, oldest first
  SourcePlace activities_place;
};

// checkout.golden.json for checkout.scenario.yaml, in its folder.
std::string golden_file_of(const std::string& scenario_file);

// Nothing when there is no such file, and after a report when it is not what it should be.
std::optional<Golden> load_golden(const std::string& file, const FileOpener& open,
                                  Diagnostics& diagnostics);

}  // namespace sim
