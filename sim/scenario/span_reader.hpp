// Reads how long something random takes: the latency of a request, the startup of an instance.
#pragma once

#include <optional>
#include <string>

#include "models/endpoint/endpoint_variant.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/input_file.hpp"

namespace sim {

struct FileContext {
  const std::string& scenario_file;
  const FileOpener& open;
};

// {p50, p99} and {mean, cv} (log-normal), {exact}, {exponential}, {gamma: {mean, cv}} or {samples}.
std::optional<models::endpoint::SpanDistribution> read_latency(const Node& node,
                                                               const FileContext& files,
                                                               Diagnostics& diagnostics);
struct StartupSection {
  models::endpoint::SpanDistribution distribution;
  core::Duration stagger{};
};
// A duration is exact. {typical, slowest} (p50 and p99 of a log-normal), {exact}, {samples} or
// {activities}, and a stagger beside any of them.
std::optional<StartupSection> read_startup(const Node& node, const FileContext& files,
                                           Diagnostics& diagnostics);

}  // namespace sim
