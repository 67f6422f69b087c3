// Describes one production variant as its author wrote it: the instance, its queue, its lifecycle.
//
// Plain data. span_distribution.hpp, fleet.hpp and the request planes give it life.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/sim_time.hpp"
#include "core/units.hpp"

namespace models::endpoint {

using core::Duration;

// A positive random span: of a service, of a startup. Parameters are in seconds.
struct ExactSpan {
  Duration value{};
};
struct ExponentialSpan {
  double mean_s = 0;
};
// exp(N(mu, sigma)): median exp(mu), mean exp(mu + sigma^2 / 2).
struct LogNormalSpan {
  double mu = 0;
  double sigma = 0;
  static LogNormalSpan from_p50_p99(double p50_s, double p99_s);
  static LogNormalSpan from_mean_cv(double mean_s, double cv);  // cv: standard deviation / mean
};
struct GammaSpan {
  double shape = 1;
  double scale_s = 0;
  static GammaSpan from_mean_cv(double mean_s, double cv);
};
// One of the measured spans, each equally likely. REQUIRES: not empty.
struct SampledSpan {
  std::vector<double> seconds;
  std::string file;
};
using SpanDistribution =
    std::variant<ExactSpan, ExponentialSpan, LogNormalSpan, GammaSpan, SampledSpan>;

double mean_seconds(const SpanDistribution& distribution);

// AWS's RoutingStrategy.
enum class RoutingStrategy { Random, LeastOutstandingRequests };

// Measured: at this rate of served requests an instance publishes this CPUUtilization.
struct CpuPoint {
  core::RequestRate at;
  core::CpuPercent cpu;
};

struct EndpointVariant {
  std::string endpoint_name = "endpoint";
  std::string variant_name = "AllTraffic";
  std::string instance_type;
  core::VcpuCount vcpus{1};
  std::optional<core::HourlyPrice> price;  // unknown stays unknown
  std::int32_t initial_instances = 1;
  RoutingStrategy routing = RoutingStrategy::Random;
  std::int32_t workers = 1;       // requests served at once by one instance
  SpanDistribution service_time;  // of one request alone on an instance
  // The most that one instance serves. Below workers / mean service time it means contention.
  core::RequestRate throughput;
  std::vector<CpuPoint> cpu;                // increasing in rate; empty: from busy workers
  Duration overhead{};                      // OverheadLatency of every request
  std::optional<std::int64_t> queue_limit;  // waiting requests an instance holds; none: no limit
  Duration queue_timeout = std::chrono::seconds{60};  // from arrival to the answer
  SpanDistribution startup;                           // from launch to in service
  Duration stopping = std::chrono::seconds{30};       // grace at scale in
};

}  // namespace models::endpoint
