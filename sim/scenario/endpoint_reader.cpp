#include "sim/scenario/endpoint_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "sim/prices/price_table.hpp"
#include "sim/scenario/section.hpp"

namespace sim {
namespace {

using core::Duration;
using core::RequestRate;
using models::endpoint::EndpointVariant;
using models::endpoint::LogNormalSpan;
using models::endpoint::RoutingStrategy;

constexpr std::int64_t kMostInstances = 10'000;
constexpr std::int64_t kMostWorkers = 10'000;
constexpr std::int64_t kLongestQueue = 1'000'000'000;
constexpr Duration kLongestGrace = std::chrono::hours{24};
constexpr std::size_t kMostCpuPoints = 1'000;
// Whoever writes 215/s for 2 / 9.3 ms means no more than that.
constexpr double kRoundedThroughput = 1e-3;

constexpr Choice<RoutingStrategy> kRoutings[] = {
    {"RANDOM", RoutingStrategy::Random},
    {"LEAST_OUTSTANDING_REQUESTS", RoutingStrategy::LeastOutstandingRequests}};

// vCPUs, workers and price, from the table and from what the scenario says instead.
void read_instance_type(const Section& section, EndpointSection& endpoint) {
  EndpointVariant& variant = endpoint.variant;
  const auto workers = section.integer("workers", {1, kMostWorkers});
  const auto price_node = section.find("price");
  if (price_node != nullptr) {
    if (const auto price = hourly_price_of(*price_node, section.diagnostics())) {
      variant.price = core::HourlyPrice::usd_per_hour(*price);
    }
  }
  if (workers) variant.workers = static_cast<std::int32_t>(*workers);
  if (section.require("instance_type", "instance_type: ml.c5.large") == nullptr) return;
  variant.instance_type = section.text("instance_type").value_or("");
  if (variant.instance_type.empty()) return;
  const PriceTable& table = PriceTable::built_in();
  const InstanceType* type = table.find(variant.instance_type);
  if (type != nullptr) {
    variant.vcpus = type->vcpus;
    if (!workers) variant.workers = type->vcpus.value;
    if (price_node == nullptr && type->price) {
      variant.price = type->price;
      endpoint.price_table = table.name();
    }
    return;
  }
  const std::vector<std::string> closest = table.closest(variant.instance_type);
  const std::string hint =
      closest.empty() ? "" : fmt::format("did you mean '{}'?", fmt::join(closest, "' or '"));
  const Node& node = *section.find("instance_type");
  if (!section.has("workers")) {
    report_expected(section.diagnostics(), node,
                    "an instance type with known vCPUs, or 'workers' beside it", "unknown-value",
                    hint);
    return;
  }
  // One worker a vCPU is the default, so it is the best guess in the other direction too.
  variant.vcpus = core::VcpuCount{variant.workers};
  report(section.diagnostics(), Severity::Warning, node.place, "unknown-instance-type",
         fmt::format("the price table has no {}: {} vCPUs are taken, one a worker{}",
                     in_quotes(variant.instance_type), variant.workers,
                     price_node == nullptr ? ", and there will be no cost" : ""),
         hint);
}

// The most that one instance serves lies between one worker's rate and that of all of them.
void read_throughput(const Section& section, EndpointVariant& variant) {
  const double one_worker = 1.0 / mean_seconds(variant.service_time);
  const double all_workers = variant.workers * one_worker;
  variant.throughput = RequestRate::per_second(all_workers);
  const auto given = section.rate("throughput", Zero::Refused);
  if (!given) return;
  const double rate = given->rate().per_second();
  const Node& node = *section.find("throughput");
  if (rate > all_workers * (1 + kRoundedThroughput)) {
    report_expected(
        section.diagnostics(), node,
        fmt::format("a throughput of at most {:.6g}/s, which is {} workers over the mean latency",
                    all_workers, variant.workers),
        "out-of-range", "raise 'workers' or lower 'latency'");
  } else if (rate < one_worker * (1 - kRoundedThroughput)) {
    report_expected(section.diagnostics(), node,
                    fmt::format("a throughput of at least {:.6g}/s, which one worker alone reaches",
                                one_worker),
                    "out-of-range", "'latency' is that of one request alone on an instance");
  } else {
    variant.throughput = RequestRate::per_second(std::clamp(rate, one_worker, all_workers));
  }
}

void read_cpu(const Section& section, EndpointVariant& variant) {
  const Node* node = section.find("cpu");
  if (node == nullptr) return;
  Diagnostics& diagnostics = section.diagnostics();
  if (node->kind != NodeKind::Sequence || node->items.size() < 2 ||
      node->items.size() > kMostCpuPoints) {
    report_expected(diagnostics, *node,
                    "a list of 2 to 1000 points such as [{at: 0/s, percent: 2}, "
                    "{at: 150/s, percent: 173}]",
                    "wrong-type");
    return;
  }
  const double most = 100.0 * variant.vcpus.value;
  for (const Node& item : node->items) {
    const Section point(item, fmt::format("endpoint.cpu[{}]", variant.cpu.size()),
                        {"at", "percent"}, diagnostics);
    if (point.require("at", "at: 107/s") == nullptr ||
        point.require("percent", "percent: 102, of 100 a vCPU") == nullptr) {
      return;
    }
    const auto at = point.rate("at", Zero::Allowed);
    const auto percent = point.number("percent", {0, most});
    if (!at || !percent) return;
    if (!variant.cpu.empty() && !(variant.cpu.back().at < at->rate())) {
      report_expected(diagnostics, *point.find("at"), "rates that increase from point to point",
                      "out-of-range");
      return;
    }
    if (!variant.cpu.empty() && variant.cpu.back().cpu.percent > *percent) {
      report_expected(diagnostics, *point.find("percent"),
                      "percentages that never fall from point to point", "out-of-range");
      return;
    }
    variant.cpu.push_back({at->rate(), {*percent}});
  }
}

void read_queue(const Section& section, EndpointVariant& variant) {
  const Node* node = section.find("queue");
  if (node == nullptr) return;
  const Section queue(*node, "endpoint.queue", {"limit", "timeout"}, section.diagnostics());
  variant.queue_limit = queue.integer("limit", {0, kLongestQueue});
  if (const auto timeout = queue.duration("timeout", Zero::Refused, kLongestGrace)) {
    variant.queue_timeout = *timeout;
  }
}

}  // namespace

EndpointSection read_endpoint(const Node& node, const FileContext& files,
                              Diagnostics& diagnostics) {
  const Section section(
      node, "endpoint",
      {"name", "instance_type", "price", "initial_instances", "routing", "workers", "latency",
       "throughput", "cpu", "overhead", "queue", "startup", "stopping"},
      diagnostics);
  EndpointSection endpoint;
  EndpointVariant& variant = endpoint.variant;
  variant.startup = LogNormalSpan::from_p50_p99(240, 480);
  if (!section.is_mapping()) return endpoint;
  if (const auto name = section.text("name")) {
    variant.endpoint_name = *name;
    endpoint.has_name = true;
    endpoint.name_place = section.find("name")->place;
  }
  read_instance_type(section, endpoint);
  if (const auto initial = section.integer("initial_instances", {0, kMostInstances})) {
    variant.initial_instances = static_cast<std::int32_t>(*initial);
    endpoint.has_initial_instances = true;
    endpoint.initial_instances_place = section.find("initial_instances")->place;
  }
  if (const auto routing = section.choice("routing", kRoutings)) variant.routing = *routing;
  if (const Node* latency = section.require("latency", "latency: {p50: 9ms, p99: 30ms}")) {
    if (const auto distribution = read_latency(*latency, files, diagnostics)) {
      variant.service_time = *distribution;
      read_throughput(section, variant);
    }
  }
  read_cpu(section, variant);
  if (const auto overhead = section.duration("overhead", Zero::Allowed, std::chrono::hours{1})) {
    variant.overhead = *overhead;
  }
  read_queue(section, variant);
  if (const Node* startup = section.find("startup")) {
    if (const auto distribution = read_startup(*startup, files, diagnostics)) {
      variant.startup = *distribution;
    }
  }
  if (const auto stopping = section.duration("stopping", Zero::Allowed, kLongestGrace)) {
    variant.stopping = *stopping;
  }
  return endpoint;
}

}  // namespace sim
