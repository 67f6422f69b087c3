#include "sim/scenario/recommendation_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "sim/scenario/benchmark_reader.hpp"
#include "sim/scenario/json_document.hpp"
#include "sim/scenario/section.hpp"

namespace sim {
namespace {

using models::endpoint::BenchmarkRow;

constexpr NumberRange kInvocations{1, 6e7};   // a minute: a million a second
constexpr NumberRange kLatency{1e-3, 3.6e9};  // in milliseconds, or in microseconds
constexpr NumberRange kCpu{0, 102'400};       // 100 a vCPU
constexpr IntegerRange kInstances{1, 10'000};

// JSON has no NaN, but AWS's command line prints it for a CPU that is not known. An empty
// text takes its place: it is as long, so that what stands behind it keeps its column.
void replace_nan(std::string& text) {
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && in_string) {
      ++i;
    } else if (text[i] == '"') {
      in_string = !in_string;
    } else if (!in_string && text.compare(i, 3, "NaN") == 0) {
      text.replace(i, 3, "\"\" ");
    }
  }
}

struct Recommendation {
  std::string instance_type;
  BenchmarkRow row;  // of one instance
};

// A number that may be unknown.
std::optional<double> number_if_known(const Section& section, std::string_view key,
                                      NumberRange range) {
  const Node* node = section.find(key);
  if (node == nullptr || node->kind == NodeKind::Null || node->text.empty()) return std::nullopt;
  return number_of(*node, section.diagnostics(), range);
}

class RecommendationReader {
 public:
  explicit RecommendationReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  // Those of instances; serverless ones have none.
  std::vector<Recommendation> read(const Node& root) {
    std::vector<Recommendation> found;
    const Node* list = root.find("InferenceRecommendations");
    if (list == nullptr || list->kind != NodeKind::Sequence) {
      report_expected(diagnostics_, list == nullptr ? root : *list,
                      "the InferenceRecommendations that describe-inference-recommendations-job "
                      "prints",
                      "wrong-type");
      return found;
    }
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      read_item(list->items[i], fmt::format("InferenceRecommendations[{}]", i), found);
    }
    return found;
  }

 private:
  void read_item(const Node& node, const std::string& path, std::vector<Recommendation>& found) {
    const Section item(node, path,
                       {"RecommendationId", "InvocationStartTime", "InvocationEndTime", "Metrics",
                        "EndpointConfiguration", "ModelConfiguration"},
                       diagnostics_, UnknownKeys::Noted);
    if (item.require("EndpointConfiguration", "EndpointConfiguration: {...}") == nullptr ||
        item.require("Metrics", "Metrics: {...}") == nullptr) {
      return;
    }
    const Section endpoint(
        *item.find("EndpointConfiguration"), path + ".EndpointConfiguration",
        {"EndpointName", "VariantName", "InstanceType", "InitialInstanceCount", "ServerlessConfig"},
        diagnostics_, UnknownKeys::Noted);
    if (endpoint.has("ServerlessConfig")) return;
    const Section metrics(*item.find("Metrics"), path + ".Metrics",
                          {"CostPerHour", "CostPerInference", "MaxInvocations", "ModelLatency",
                           "CpuUtilization", "MemoryUtilization", "ModelSetupTime"},
                          diagnostics_, UnknownKeys::Noted);
    if (endpoint.require("InstanceType", "InstanceType: ml.c5.large") == nullptr ||
        metrics.require("MaxInvocations", "MaxInvocations: 9000") == nullptr ||
        metrics.require("ModelLatency", "ModelLatency: 12") == nullptr) {
      return;
    }
    const auto type = endpoint.text("InstanceType");
    const auto invocations = metrics.number("MaxInvocations", kInvocations);
    const auto latency = metrics.number("ModelLatency", kLatency);
    if (!type || !invocations || !latency) return;
    const double instances =
        static_cast<double>(endpoint.has("InitialInstanceCount")
                                ? endpoint.integer("InitialInstanceCount", kInstances).value_or(1)
                                : 1);
    BenchmarkRow row{.throughput = *invocations / 60 / instances,
                     .latency_s = *latency * unit_of(*latency, metrics) * 1e-3};
    row.cpu_percent = number_if_known(metrics, "CpuUtilization", kCpu);
    found.push_back({*type, row});
  }

  // In milliseconds.
  double unit_of(double latency, const Section& metrics) {
    if (latency <= kMicroseconds) return 1;
    report(diagnostics_, Severity::Warning, metrics.find("ModelLatency")->place, "microseconds",
           fmt::format("a ModelLatency of {:.6g} ms is taken for microseconds", latency),
           "AWS's pages give it in milliseconds and in microseconds");
    return 1e-3;
  }

  Diagnostics& diagnostics_;
};

std::vector<std::string_view> types_of(const std::vector<Recommendation>& all) {
  std::vector<std::string_view> types;
  for (const Recommendation& one : all) types.push_back(one.instance_type);
  std::sort(types.begin(), types.end());
  types.erase(std::unique(types.begin(), types.end()), types.end());
  return types;
}

void report_no_choice(const std::string& file, std::string_view instance_type,
                      const std::vector<Recommendation>& all, Diagnostics& diagnostics) {
  const std::vector<std::string_view> types = types_of(all);
  const std::string found = all.empty() ? "none" : fmt::format("{}", fmt::join(types, ", "));
  diagnostics.add_error(
      {file, 0, 0}, "no-recommendation",
      instance_type.empty()
          ? fmt::format("expected recommendations of one instance type, found {}", found)
          : fmt::format("expected a recommendation of {}, found {}", instance_type, found),
      instance_type.empty() && !all.empty() ? "name one of them with --instance-type" : "");
}

}  // namespace

std::optional<BenchmarkRow> read_recommendation(const std::string& file, std::string text,
                                                std::string_view instance_type,
                                                Diagnostics& diagnostics) {
  replace_nan(text);
  const auto document = parse_json(file, std::move(text), diagnostics);
  if (!document) return std::nullopt;
  std::vector<Recommendation> all = RecommendationReader(diagnostics).read(document->root);
  if (diagnostics.has_errors()) return std::nullopt;
  std::vector<Recommendation> of_type = all;
  if (!instance_type.empty()) {
    std::erase_if(of_type, [&](const auto& one) { return one.instance_type != instance_type; });
  }
  if (of_type.empty() || types_of(of_type).size() > 1) {
    report_no_choice(file, instance_type, all, diagnostics);
    return std::nullopt;
  }
  const auto best = std::max_element(
      of_type.begin(), of_type.end(),
      [](const auto& a, const auto& b) { return a.row.throughput < b.row.throughput; });
  diagnostics.add_warning(
      {file, 0, 0}, "one-point",
      fmt::format("Inference Recommender tells one point of an instance, here {:.5g} invocations a "
                  "minute of {:.4g} ms: what happens below is taken to be linear, and beyond to "
                  "stay so",
                  best->row.throughput * 60, best->row.latency_s * 1e3),
      "a benchmark with a row for each level of load tells more");
  return best->row;
}

}  // namespace sim
