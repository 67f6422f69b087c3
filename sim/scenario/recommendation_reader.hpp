// Reads what Inference Recommender found out about an instance type: where its invocations begin to
// be flat, and the latency and the CPU there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/endpoint/saturation_fit.hpp"
#include "sim/scenario/diagnostic.hpp"

namespace sim {

// `text` is what `aws sagemaker describe-inference-recommendations-job` prints. The row is
// that of one instance: MaxInvocations divided by InitialInstanceCount. Of several
// recommendations of the instance type the one with most invocations; without a type there may be
// one only. Nothing after an error.
std::optional<models::endpoint::BenchmarkRow> read_recommendation(const std::string& file,
                                                                  std::string text,
                                                                  std::string_view instance_type,
                                                                  Diagnostics& diagnostics);

}  // namespace sim
