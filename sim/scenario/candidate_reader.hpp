// Reads `candidates:`: other instances for the endpoint's only variant, by name.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/document.hpp"
#include "sim/scenario/endpoint_reader.hpp"

namespace sim {

struct CandidateSection {
  std::string name;
  VariantSection read;
};

// A candidate's keys replace those of `endpoint`. One with another instance type, or with a speed
// of its own, takes nothing over that belongs to the endpoint's instance: its price, speed,
// workers and utilization. An absent section has no candidates.
std::vector<CandidateSection> read_candidates(const Node* node, const Node& endpoint,
                                              const FileContext& files, Diagnostics& diagnostics);

}  // namespace sim
