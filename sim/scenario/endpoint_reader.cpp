#include "sim/scenario/endpoint_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "sim/prices/price_table.hpp"
#include "sim/scenario/capacity_error_reader.hpp"
#include "sim/scenario/capacity_reader.hpp"
#include "sim/scenario/instance_benchmark.hpp"
#include "sim/scenario/utilization_reader.hpp"
#include "sim/scenario/warming_reader.hpp"

namespace sim {
namespace {

using core::Duration;
using core::RequestRate;
using models::endpoint::EndpointVariant;
using models::endpoint::LogNormalSpan;
using models::endpoint::RoutingStrategy;

constexpr std::int64_t kMostWorkers = 10'000;
constexpr std::int64_t kLongestQueue = 1'000'000'000;
constexpr Duration kLongestGrace = std::chrono::hours{24};
constexpr std::size_t kMostVariants = 20;  // 10 production variants and 10 shadows
constexpr std::size_t kLongestName = 63;
// Shares that add up to 1 but for the rounding of their sum.
constexpr double kRoundedShares = 1e-9;
// Whoever writes 215/s for 2 / 9.3 ms means no more than that.
constexpr double kRoundedThroughput = 1e-3;

constexpr Choice<RoutingStrategy> kRoutings[] = {
    {"RANDOM", RoutingStrategy::Random},
    {"LEAST_OUTSTANDING_REQUESTS", RoutingStrategy::LeastOutstandingRequests}};

// vCPUs, workers and price, from the table and from what the scenario says instead.
void read_instance_type(const Section& section, VariantSection& read) {
  EndpointVariant& variant = read.variant;
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
      read.price_table = table.name();
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

void read_queue(const Section& section, EndpointVariant& variant) {
  const Node* node = section.find("queue");
  if (node == nullptr) return;
  const Section queue(*node, section.path_of("queue"), {"limit", "timeout"}, section.diagnostics());
  variant.queue_limit = queue.integer("limit", {0, kLongestQueue});
  if (const auto timeout = queue.duration("timeout", Zero::Refused, kLongestGrace)) {
    variant.queue_timeout = *timeout;
  }
}

void read_instance_speed(const Section& section, const FileContext& files,
                         EndpointVariant& variant) {
  if (const Node* latency = section.require("latency", "latency: {p50: 9ms, p99: 30ms}")) {
    if (const auto distribution = read_latency(*latency, files, section.diagnostics())) {
      variant.service_time = *distribution;
      read_throughput(section, variant);
    }
  }
}

// EndpointName and VariantName in SageMaker: letters, digits and hyphens, no hyphen at either end.
bool is_sagemaker_name(std::string_view name) {
  const auto is_alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !name.empty() && name.size() <= kLongestName && is_alphanumeric(name.front()) &&
         is_alphanumeric(name.back()) && std::all_of(name.begin(), name.end(), [&](char c) {
           return is_alphanumeric(c) || c == '-';
         });
}

void report_name(Diagnostics& diagnostics, const NodePlace& place, std::string_view name) {
  report(diagnostics, Severity::Error, place, "bad-value",
         fmt::format("expected a name of at most {} letters, digits and hyphens, found {}",
                     kLongestName, in_quotes(name)));
}

// The variant's own keys, and those of the endpoint that it does not have.
Node with_defaults(const Node& own, const Node& endpoint) {
  Node merged = own;
  if (own.kind != NodeKind::Mapping) return merged;
  for (const std::string_view key : variant_keys()) {
    if (own.find(key) != nullptr) continue;
    for (const Entry& entry : endpoint.entries) {
      if (entry.key == key) merged.entries.push_back(entry);
    }
  }
  return merged;
}

struct WeighedVariant {
  VariantSection read;
  std::optional<double> weight;
};

WeighedVariant read_named_variant(const Entry& entry, const Node& endpoint,
                                  const FileContext& files, Diagnostics& diagnostics) {
  WeighedVariant variant;
  variant.read.place = entry.key_place;
  variant.read.variant.variant_name = entry.key;
  if (!is_sagemaker_name(entry.key)) report_name(diagnostics, entry.key_place, entry.key);
  const Node node = with_defaults(entry.value, endpoint);
  std::vector<std::string_view> keys = variant_keys();
  keys.insert(keys.end(), {"weight", "shadow"});
  const Section section(node, "endpoint.variants." + entry.key, std::move(keys), diagnostics);
  read_variant(section, files, variant.read);
  variant.weight = section.percent("weight");
  const bool is_shadow = section.boolean("shadow").value_or(false);
  if (is_shadow) variant.read.variant.shadow_share = variant.weight.value_or(1);
  if (is_shadow && variant.weight.value_or(1) > 1) {
    report_expected(diagnostics, *section.find("weight"),
                    "a weight of at most 100% for a shadow variant", "out-of-range",
                    "it is the share of requests of which it gets a copy");
  }
  return variant;
}

// Shares that add up to 1, from weights that need not; each is one that a percentage can name.
void share_out(std::vector<WeighedVariant>& variants, const Node& place, Diagnostics& diagnostics) {
  std::vector<WeighedVariant*> production;
  double sum = 0;
  std::size_t given = 0;
  for (WeighedVariant& variant : variants) {
    if (variant.read.variant.is_shadow()) continue;
    production.push_back(&variant);
    if (variant.weight) ++given;
    sum += variant.weight.value_or(0);
  }
  if (production.empty()) {
    report(diagnostics, Severity::Error, place.place, "missing-variant",
           "expected a variant that is not a shadow, found none");
    return;
  }
  if (given == 0) sum = static_cast<double>(production.size());
  if (sum == 0) {
    report(diagnostics, Severity::Error, place.place, "out-of-range",
           "expected a weight above 0% for one variant at least, found none");
    return;
  }
  for (WeighedVariant* variant : production) {
    if (given > 0 && !variant->weight) {
      report(diagnostics, Severity::Error, variant->read.place, "missing-key",
             fmt::format("expected a weight for each production variant or for none, found none "
                         "for {}",
                         in_quotes(variant->read.variant.variant_name)));
    }
    const double weight = given == 0 ? 1 : variant->weight.value_or(0);
    const bool is_share = std::abs(sum - 1) <= kRoundedShares;
    variant->read.variant.weight = is_share ? weight : weight / sum;
  }
  if (given == production.size() && std::abs(sum - 1) > kRoundedShares) {
    report(diagnostics, Severity::Warning, place.place, "relative-weights",
           fmt::format("the weights add up to {:.6g}% and are relative, as in AWS: {} gets {:.4g}% "
                       "of the requests",
                       sum * 100, in_quotes(production.front()->read.variant.variant_name),
                       production.front()->read.variant.weight * 100));
  }
}

// What a client of the endpoint sees is one latency: wait and service of whichever variant answers,
// and the overhead of the endpoint.
void check_overheads(const std::vector<VariantSection>& variants, Diagnostics& diagnostics) {
  for (const VariantSection& variant : variants) {
    if (variant.variant.is_shadow()) continue;
    if (variant.variant.overhead == variants.front().variant.overhead) continue;
    report(diagnostics, Severity::Error, variant.place, "different-overheads",
           fmt::format("expected the same overhead for all production variants, found another for "
                       "{}",
                       in_quotes(variant.variant.variant_name)),
           "'overhead' beside 'variants' is that of all of them");
  }
}

std::vector<VariantSection> read_variants(const Node& node, const Node& endpoint,
                                          const FileContext& files, Diagnostics& diagnostics) {
  if (node.kind != NodeKind::Mapping || node.entries.empty() ||
      node.entries.size() > kMostVariants) {
    report_expected(diagnostics, node,
                    fmt::format("1 to {} variants by name, such as {{blue: {{weight: 90%}}, green: "
                                "{{weight: 10%}}}}",
                                kMostVariants),
                    "wrong-type");
    return {};
  }
  std::vector<WeighedVariant> weighed;
  for (const Entry& entry : node.entries) {
    weighed.push_back(read_named_variant(entry, endpoint, files, diagnostics));
  }
  share_out(weighed, node, diagnostics);
  std::vector<VariantSection> variants;
  for (const bool shadows : {false, true}) {
    for (WeighedVariant& variant : weighed) {
      if (variant.read.variant.is_shadow() == shadows) variants.push_back(std::move(variant.read));
    }
  }
  check_overheads(variants, diagnostics);
  return variants;
}

}  // namespace

std::vector<std::string_view> variant_keys() {
  std::vector<std::string_view> keys{"instance_type",   "price",   "initial_instances", "routing",
                                     "workers",         "latency", "throughput",        "overhead",
                                     "queue",           "startup", "stopping",          "benchmark",
                                     "capacity_errors", "warming"};
  const std::vector<std::string_view> utilization = utilization_section_keys();
  keys.insert(keys.end(), utilization.begin(), utilization.end());
  return keys;
}

void read_variant(const Section& section, const FileContext& files, VariantSection& read) {
  Diagnostics& diagnostics = section.diagnostics();
  EndpointVariant& variant = read.variant;
  variant.startup = LogNormalSpan::from_p50_p99(240, 480);
  if (!section.is_mapping()) return;
  read_instance_type(section, read);
  if (const auto initial = section.integer("initial_instances", {0, kMostInstances})) {
    variant.initial_instances = static_cast<std::int32_t>(*initial);
    read.has_initial_instances = true;
    read.initial_instances_place = section.find("initial_instances")->place;
  }
  if (const auto routing = section.choice("routing", kRoutings)) variant.routing = *routing;
  read_utilization(section, variant);
  if (const auto overhead = section.duration("overhead", Zero::Allowed, std::chrono::hours{1})) {
    variant.overhead = *overhead;
  }
  if (section.has("benchmark")) {
    read_instance_benchmark(section, files, read);
  } else {
    read_instance_speed(section, files, variant);
  }
  read_queue(section, variant);
  if (const Node* startup = section.find("startup")) {
    if (auto read_as = read_startup(*startup, files, diagnostics)) {
      variant.startup = std::move(read_as->distribution);
      variant.stagger = read_as->stagger;
    }
  }
  if (const Node* warming = section.find("warming")) {
    variant.warming = read_warming(*warming, diagnostics).value_or(models::endpoint::Warming{});
  }
  if (const auto stopping = section.duration("stopping", Zero::Allowed, kLongestGrace)) {
    variant.stopping = *stopping;
  }
  if (const Node* errors = section.find("capacity_errors")) {
    read.capacity_errors_place = errors->place;
    if (auto read_as = read_capacity_errors(*errors, diagnostics)) {
      variant.capacity_errors = *std::move(read_as);
    }
  }
}

EndpointSection read_endpoint(const Node& node, const FileContext& files,
                              Diagnostics& diagnostics) {
  std::vector<std::string_view> keys{"name"};
  for (const std::string_view key : variant_keys()) keys.push_back(key);
  keys.push_back("variants");
  const Section section(node, "endpoint", std::move(keys), diagnostics);
  EndpointSection endpoint;
  endpoint.variants.front().place = node.place;
  if (const Node* variants = section.find("variants")) {
    std::vector<VariantSection> named = read_variants(*variants, node, files, diagnostics);
    endpoint.is_flat = named.empty();
    if (!named.empty()) endpoint.variants = std::move(named);
  } else {
    read_variant(section, files, endpoint.variants.front());
  }
  if (const auto name = section.text("name")) {
    endpoint.has_name = true;
    if (!is_sagemaker_name(*name)) report_name(diagnostics, section.find("name")->place, *name);
    for (VariantSection& variant : endpoint.variants) variant.variant.endpoint_name = *name;
  }
  return endpoint;
}

}  // namespace sim
