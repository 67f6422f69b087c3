#include "sim/scenario/candidate_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace sim {
namespace {

constexpr std::size_t kMostCandidates = 20;
constexpr std::size_t kLongestName = 100;

// What is true of one instance type with one model, and of no other.
constexpr std::array<std::string_view, 12> kOfTheInstance{
    "instance_type", "price",  "workers", "latency",    "throughput", "benchmark",
    "cpu",           "memory", "gpu",     "gpu_memory", "disk",       "gpus"};

bool is_of_the_instance(std::string_view key) {
  return std::find(kOfTheInstance.begin(), kOfTheInstance.end(), key) != kOfTheInstance.end();
}

bool inherits(const Node& own, std::string_view key) {
  if (own.find(key) != nullptr) return false;
  if (!is_of_the_instance(key)) return true;
  if (own.find("instance_type") != nullptr) return false;
  const bool has_own_speed = own.find("latency") != nullptr || own.find("benchmark") != nullptr;
  return !has_own_speed || key == "instance_type" || key == "price";
}

Node merged(const Node& own, const Node& endpoint) {
  Node merged = own;
  const std::vector<std::string_view> keys = variant_keys();
  for (const Entry& entry : endpoint.entries) {
    const bool is_known = std::find(keys.begin(), keys.end(), entry.key) != keys.end();
    if (is_known && inherits(own, entry.key)) merged.entries.push_back(entry);
  }
  return merged;
}

CandidateSection read_candidate(const Entry& entry, const Node& endpoint, const FileContext& files,
                                Diagnostics& diagnostics) {
  CandidateSection candidate;
  candidate.name = entry.key;
  candidate.read.place = entry.key_place;
  if (entry.key.empty() || character_count(entry.key) > kLongestName) {
    report(diagnostics, Severity::Error, entry.key_place, "bad-value",
           fmt::format("expected a name of 1 to {} characters, found {}", kLongestName,
                       in_quotes(entry.key)));
  }
  const Node node =
      entry.value.kind == NodeKind::Mapping ? merged(entry.value, endpoint) : entry.value;
  const Section section(node, "candidates." + entry.key, variant_keys(), diagnostics);
  read_variant(section, files, candidate.read);
  return candidate;
}

}  // namespace

std::vector<CandidateSection> read_candidates(const Node* node, const Node& endpoint,
                                              const FileContext& files, Diagnostics& diagnostics) {
  std::vector<CandidateSection> candidates;
  if (node == nullptr) return candidates;
  if (node->kind != NodeKind::Mapping || node->entries.empty() ||
      node->entries.size() > kMostCandidates) {
    report_expected(diagnostics, *node,
                    fmt::format("1 to {} candidates by name, such as {{big: {{instance_type: "
                                "ml.c5.xlarge, benchmark: big.csv}}}}",
                                kMostCandidates),
                    "wrong-type");
    return candidates;
  }
  if (endpoint.find("variants") != nullptr) {
    report(diagnostics, Severity::Error, node->place, "contradiction",
           "expected 'candidates' for an endpoint of one variant, found 'endpoint.variants'",
           "a candidate takes the place of the only variant");
    return candidates;
  }
  for (const Entry& entry : node->entries) {
    candidates.push_back(read_candidate(entry, endpoint, files, diagnostics));
  }
  return candidates;
}

}  // namespace sim
