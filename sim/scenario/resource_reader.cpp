#include "sim/scenario/resource_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/scenario/not_simulated.hpp"

namespace sim {
namespace {

constexpr std::string_view kSageMaker = "sagemaker";
constexpr std::string_view kDimension = "sagemaker:variant:DesiredInstanceCount";
constexpr std::string_view kUnsupported =
    "AWS says: Unsupported service namespace, resource type or scalable dimension";

// The values of ServiceNamespace.
constexpr std::array<std::string_view, 15> kServices{
    "sagemaker", "ecs",   "elasticmapreduce", "ec2",        "appstream",
    "dynamodb",  "rds",   "custom-resource",  "comprehend", "lambda",
    "cassandra", "kafka", "elasticache",      "neptune",    "workspaces"};

std::string_view service_among(std::string_view name) {
  const auto found = std::find(kServices.begin(), kServices.end(), name);
  return found == kServices.end() ? std::string_view{} : *found;
}

void read_service(const Section& section) {
  const auto service = section.text("ServiceNamespace");
  if (!service || *service == kSageMaker) return;
  std::string hint = did_you_mean(*service, std::array{kSageMaker});
  report_expected(section.diagnostics(), *section.find("ServiceNamespace"), kSageMaker,
                  "unknown-value", hint.empty() ? std::string(kUnsupported) : std::move(hint));
}

// False after a report.
bool read_dimension(const Section& section) {
  const auto dimension = section.text("ScalableDimension");
  if (!dimension || *dimension == kDimension) return true;
  const Node& node = *section.find("ScalableDimension");
  const std::string_view feature = not_simulated_value(*dimension);
  if (!feature.empty()) {
    report_not_simulated(section.diagnostics(), node.place, *dimension, feature);
    return false;
  }
  std::string hint = did_you_mean(*dimension, std::array{kDimension});
  report_expected(section.diagnostics(), node, kDimension, "unknown-value",
                  hint.empty() ? std::string(kUnsupported) : std::move(hint));
  return false;
}

}  // namespace

ResourceDraft read_resource(const Section& section, bool is_one_of_several) {
  ResourceDraft resource;
  resource.is_one_of_several = is_one_of_several;
  resource.place = section.node().place;
  read_service(section);
  resource.is_wrong = !read_dimension(section);
  const auto id = section.text("ResourceId");
  if (!id || resource.is_wrong) return resource;
  const Node& node = *section.find("ResourceId");
  resource.place = node.place;
  resource.variant = models::autoscaling::parse_resource_id(*id);
  if (resource.variant) return resource;
  resource.is_wrong = true;
  if (id->starts_with("inference-component/")) {
    report_not_simulated(section.diagnostics(), node.place, *id, "inference components");
  } else {
    report_expected(section.diagnostics(), node,
                    "a ResourceId of the form endpoint/NAME/variant/NAME");
  }
  return resource;
}

std::string_view other_service_of(const Node& entry) {
  const auto text_of_key = [&](std::string_view key) -> std::string_view {
    const Node* node = entry.find(key);
    return node == nullptr || node->kind != NodeKind::Scalar ? std::string_view{} : node->text;
  };
  std::string_view service = service_among(text_of_key("ServiceNamespace"));
  if (service.empty()) {
    const std::string_view dimension = text_of_key("ScalableDimension");
    service = service_among(dimension.substr(0, dimension.find(':')));
  }
  return service == kSageMaker ? std::string_view{} : service;
}

}  // namespace sim
