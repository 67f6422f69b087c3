#include "sim/report/mean_rows.hpp"

#include <array>
#include <string_view>

#include "sim/report/summary_text.hpp"
#include "sim/scenario/summary_keys.hpp"

namespace sim {
namespace {

constexpr std::array<std::string_view, 12> kShown{"requests.total",     "errors.rate",
                                                  "latency.mean",       "latency.p50",
                                                  "latency.p95",        "latency.p99",
                                                  "instances.mean",     "instances.max",
                                                  "cpu_percent.mean",   "reaction.worst.total_s",
                                                  "scaling.activities", "cost.total"};

}  // namespace

std::vector<std::vector<std::string>> mean_rows(const MeanSummary& mean) {
  std::vector<std::vector<std::string>> rows = {{"number", "mean"}};
  for (const std::string_view path : kShown) {
    const MeanOverRuns& value = mean.values[summary_key_index(path)];
    rows.push_back({std::string(path), mean_text(*find_summary_key(path), value, mean.run_count)});
  }
  return rows;
}

}  // namespace sim
