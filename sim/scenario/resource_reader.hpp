// Reads for which service, which kind of capacity and which variant an entry of Application Auto
// Scaling is.
#pragma once

#include "sim/scenario/scaling_drafts.hpp"
#include "sim/scenario/section.hpp"

namespace sim {

// ServiceNamespace, ScalableDimension and ResourceId, which are keys of `section`. What is not a
// variant's number of instances is reported.
ResourceDraft read_resource(const Section& section, bool is_one_of_several);

// The other service of AWS that an entry is for; empty: SageMaker, or nothing that we know.
std::string_view other_service_of(const Node& entry);

}  // namespace sim
