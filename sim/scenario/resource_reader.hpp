// Reads for which service, which kind of capacity and which variant an entry of Application Auto
// Scaling is, and writes the last.
#pragma once

#include <string>
#include <string_view>

#include "sim/scenario/scaling_drafts.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/section.hpp"

namespace sim {

// ServiceNamespace, ScalableDimension and ResourceId, which are keys of `section`. What is not a
// variant's number of instances is reported.
ResourceDraft read_resource(const Section& section, bool is_one_of_several);

models::autoscaling::VariantResource resource_of(const ScenarioVariant& variant);

// endpoint/NAME/variant/NAME, which parse_resource_id() reads.
std::string resource_id_of(const models::autoscaling::VariantResource& variant);

// The other service of AWS that an entry is for; empty: SageMaker, or nothing that we know.
std::string_view other_service_of(const Node& entry);

}  // namespace sim
