// Reads what instances publish of themselves: measured points of `cpu`, `memory`, `gpu`,
// `gpu_memory` and `disk`, the GPUs that their ranges need, and `utilization_lag`.
#pragma once

#include <string_view>
#include <vector>

#include "models/endpoint/endpoint_variant.hpp"
#include "sim/scenario/section.hpp"

namespace sim {

// The keys that read_utilization() asks for.
std::vector<std::string_view> utilization_section_keys();

// REQUIRES: the variant's instance type and vCPUs have been read; the section has the keys of
// utilization_section_keys().
void read_utilization(const Section& section, models::endpoint::EndpointVariant& variant);

}  // namespace sim
