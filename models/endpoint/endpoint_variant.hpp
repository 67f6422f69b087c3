// Describes one variant of an endpoint as its author wrote it: its part of the traffic, the
// instance, its queue, its lifecycle.
//
// Plain data. fleet.hpp and the request planes give it life.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/sim_time.hpp"
#include "core/units.hpp"
#include "models/endpoint/capacity_errors.hpp"
#include "models/endpoint/span_distribution.hpp"

namespace models::endpoint {

// AWS's RoutingStrategy.
enum class RoutingStrategy { Random, LeastOutstandingRequests };

// Measured: at this rate of served requests an instance publishes this utilization, in the range of
// its metric.
struct UtilizationPoint {
  core::RequestRate at;
  double percent = 0;
};

// An instance passes its health checks before it is warm: for so long after it came into service,
// requests that are given to it take longer, and some of them fail in the model.
struct Warming {
  Duration duration{};
  double slowdown = 1;  // times the service time; at least 1
  double errors = 0;    // share of requests; 0 to 1

  bool none() const { return duration == Duration{}; }
};

struct EndpointVariant {
  std::string endpoint_name = "endpoint";
  std::string variant_name = "AllTraffic";
  // A production variant gets this part of the requests, relative to the sum of all of their
  // weights. Not of a shadow variant.
  double weight = 1;
  // Makes it a shadow variant, which gets a copy of this fraction of the endpoint's requests, 0 to
  // 1, and answers nobody.
  std::optional<double> shadow_share;
  std::string instance_type;
  core::VcpuCount vcpus{1};
  std::int32_t gpus = 0;
  std::optional<core::HourlyPrice> price;  // unknown stays unknown
  std::int32_t initial_instances = 1;
  RoutingStrategy routing = RoutingStrategy::Random;
  std::int32_t workers = 1;       // requests served at once by one instance
  SpanDistribution service_time;  // of one request alone on an instance
  // The most that one instance serves. Below workers / mean service time it means contention.
  core::RequestRate throughput;
  // With 1, 2, ... `workers` requests in service, as measured; empty: by the throughput. The first
  // is 1 / mean service time; the throughput is what users who ask again and again get of them at
  // most.
  std::vector<core::RequestRate> throughputs;
  // Increasing in rate. Without points CPUUtilization comes from busy workers, and the others are
  // not published.
  std::vector<UtilizationPoint> cpu;
  std::vector<UtilizationPoint> memory;
  std::vector<UtilizationPoint> gpu;
  std::vector<UtilizationPoint> gpu_memory;
  std::vector<UtilizationPoint> disk;
  // CPU with 0, 1, ... `workers` requests in service, as measured; goes before `cpu`. Empty:
  // unknown.
  std::vector<core::CpuPercent> busy_cpu;
  // A published utilization is that of so much earlier: whole minutes.
  Duration utilization_lag{};
  Duration overhead{};                      // OverheadLatency of every request
  std::optional<std::int64_t> queue_limit;  // waiting requests an instance holds; none: no limit
  Duration queue_timeout = std::chrono::seconds{60};  // from arrival to the answer
  SpanDistribution startup;                           // from launch to in service
  Duration stagger{};  // more startup for each launched before it by the same change
  CapacityErrors capacity_errors;
  Duration stopping = std::chrono::seconds{30};  // grace at scale in
  Warming warming;

  bool is_shadow() const { return shadow_share.has_value(); }
};

}  // namespace models::endpoint
