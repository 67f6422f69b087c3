// Changes one thing that nobody sets, by a factor, so that a study can tell how much its verdict
// depends on it: how long instances start, how long requests take, how much traffic comes.
#pragma once

#include <string_view>

#include "sim/scenario/scenario.hpp"

namespace sim {

enum class Influence { Startup, ServiceTime, Traffic };
std::string_view to_string(Influence influence);  // "startup", "service time", "traffic"

// Of all variants and all streams. A slower service brings lower throughput, and the utilization
// that was measured at a rate comes at a rate lower by the same factor. Users become more or
// fewer, to the nearest whole one. REQUIRES: factor > 0.
Scenario shifted(Scenario scenario, Influence influence, double factor);

}  // namespace sim
