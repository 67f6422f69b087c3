#include "sim/scenario/not_simulated.hpp"

#include <fmt/format.h>

#include <array>

namespace sim {
namespace {

struct Value {
  std::string_view value;
  std::string_view meaning;
};
constexpr std::array kValues{
    Value{"PredictiveScaling", "predictive scaling"},
    Value{"SageMakerVariantProvisionedConcurrencyUtilization", "serverless endpoints"},
    Value{"SageMakerInferenceComponentInvocationsPerCopy", "inference components"},
    Value{"SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution",
          "inference components"},
    Value{"sagemaker:variant:DesiredProvisionedConcurrency", "serverless endpoints"},
    Value{"sagemaker:inference-component:DesiredCopyCount", "inference components"},
};

}  // namespace

std::string_view not_simulated_value(std::string_view value) {
  for (const Value& known : kValues) {
    if (known.value == value) return known.meaning;
  }
  return {};
}

void report_not_simulated(Diagnostics& diagnostics, const NodePlace& place, std::string_view name,
                          std::string_view feature) {
  report(diagnostics, Severity::Error, place, "not-simulated",
         fmt::format("{} ({}) is not simulated by this version", in_quotes(name), feature));
}

}  // namespace sim
