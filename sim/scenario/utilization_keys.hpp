// Lists the utilizations that an instance publishes: the key of their measured points, their metric
// and their range.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "models/endpoint/endpoint_variant.hpp"

namespace sim {

enum class UtilizationRange {
  Percent,         // 0 to 100
  PercentOfVcpus,  // 0 to 100 for each vCPU
  PercentOfGpus,   // 0 to 100 for each GPU
};

struct UtilizationKey {
  std::string_view key;
  std::string_view metric;
  UtilizationRange range;
  std::vector<models::endpoint::UtilizationPoint> models::endpoint::EndpointVariant::*points;
};

// CPUUtilization, which alone is published without points, is the first.
inline constexpr std::array kUtilizationKeys{
    UtilizationKey{"cpu", "CPUUtilization", UtilizationRange::PercentOfVcpus,
                   &models::endpoint::EndpointVariant::cpu},
    UtilizationKey{"memory", "MemoryUtilization", UtilizationRange::Percent,
                   &models::endpoint::EndpointVariant::memory},
    UtilizationKey{"gpu", "GPUUtilization", UtilizationRange::PercentOfGpus,
                   &models::endpoint::EndpointVariant::gpu},
    UtilizationKey{"gpu_memory", "GPUMemoryUtilization", UtilizationRange::PercentOfGpus,
                   &models::endpoint::EndpointVariant::gpu_memory},
    UtilizationKey{"disk", "DiskUtilization", UtilizationRange::Percent,
                   &models::endpoint::EndpointVariant::disk}};

// Of an instance of the variant; none: its GPUs are not known.
inline std::optional<double> highest_percent(UtilizationRange range,
                                             const models::endpoint::EndpointVariant& variant) {
  switch (range) {
    case UtilizationRange::Percent:
      return 100;
    case UtilizationRange::PercentOfVcpus:
      return 100.0 * variant.vcpus.value;
    case UtilizationRange::PercentOfGpus:
      if (variant.gpus > 0) return 100.0 * variant.gpus;
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace sim
