// Reads `endpoint:`: its variants, their instances and how they serve.
//
// One variant is written flat. Several stand under `variants:`, by name, and what is written beside
// that key are defaults for all of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/endpoint/endpoint_variant.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/section.hpp"
#include "sim/scenario/span_reader.hpp"

namespace sim {

struct VariantSection {
  models::endpoint::EndpointVariant variant;
  std::string price_table;  // name and date of the table the price came from; empty: given or none
  InstanceBenchmark benchmark;
  bool has_initial_instances = false;
  NodePlace place;
  NodePlace initial_instances_place;
  NodePlace capacity_errors_place;
};

struct EndpointSection {
  bool has_name = false;
  bool is_flat = true;  // the only variant has not been given a name here
  // Production variants in the order of the file, then shadows; never empty.
  std::vector<VariantSection> variants = std::vector<VariantSection>(1);
};

// What a variant may say, and what an endpoint may say for all of its variants.
std::vector<std::string_view> variant_keys();
// One variant on its own. REQUIRES: the section has variant_keys().
void read_variant(const Section& section, const FileContext& files, VariantSection& read);

EndpointSection read_endpoint(const Node& node, const FileContext& files, Diagnostics& diagnostics);

}  // namespace sim
