// Lists the numbers of a run's summary by their key paths: what reports write and `expect:` names.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace sim {

// What a number of the summary measures, which decides the units that it may be compared in.
enum class SummaryDimension {
  Count,       // a plain number
  Ratio,       // a plain number or a percentage; may exceed 1
  Share,       // a percentage, or a plain number from 0 to 1
  Seconds,     // a duration
  PerMinute,   // a plain number, or a rate
  CpuPercent,  // a plain number or a percentage, of 100 a vCPU
  Money,       // USD
  HourlyMoney  // USD/h
};

struct SummaryKey {
  std::string_view path;  // "latency.p99"
  SummaryDimension dimension = SummaryDimension::Count;
  bool at_a_time = false;  // a state, asserted with `at:`; it has no place in the summary
};

// In the order in which a report writes them.
std::span<const SummaryKey> summary_keys();
const SummaryKey* find_summary_key(std::string_view path);
// Where summary_keys() has it. REQUIRES: it is one of them.
std::size_t summary_key_index(std::string_view path);

}  // namespace sim
