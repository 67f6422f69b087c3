#include "sim/report/summary_text.hpp"

#include <fmt/format.h>

namespace sim {

std::string summary_text(const SummaryKey& key, double value, int digits) {
  switch (key.dimension) {
    case SummaryDimension::Seconds:
      return humane_seconds(value, digits);
    case SummaryDimension::Share:
      return humane_share(value, digits);
    case SummaryDimension::Money:
      return humane_money(value);
    case SummaryDimension::HourlyMoney:
      return humane_money(value) + "/h";
    case SummaryDimension::CpuPercent:
      return humane_number(value, digits) + " %";
    case SummaryDimension::PerMinute:
      return humane_number(value, digits) + "/min";
    case SummaryDimension::Count:
    case SummaryDimension::Ratio:
      break;
  }
  return humane_number(value, digits);
}

std::string mean_text(const SummaryKey& key, const MeanOverRuns& mean, std::size_t run_count) {
  if (!mean.mean) return "-";
  std::string text = summary_text(key, *mean.mean);
  if (mean.interval && mean.interval->high > mean.interval->low) {
    text += " ± " + summary_text(key, (mean.interval->high - mean.interval->low) / 2, 2);
  }
  if (mean.run_count < run_count) {
    text += fmt::format(" ({})", counted(static_cast<std::int64_t>(mean.run_count), "run", "runs"));
  }
  return text;
}

}  // namespace sim
