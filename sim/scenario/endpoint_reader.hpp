// Reads `endpoint:`: one production variant, its instances and how they serve.
#pragma once

#include <optional>
#include <string>

#include "models/endpoint/endpoint_variant.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/span_reader.hpp"

namespace sim {

struct EndpointSection {
  models::endpoint::EndpointVariant variant;
  std::string price_table;  // name and date of the table the price came from; empty: given or none
  bool has_name = false;
  bool has_initial_instances = false;
  NodePlace name_place;
  NodePlace initial_instances_place;
};

EndpointSection read_endpoint(const Node& node, const FileContext& files, Diagnostics& diagnostics);

}  // namespace sim
