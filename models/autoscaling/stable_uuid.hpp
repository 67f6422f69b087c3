// Makes up the UUIDs that AWS would draw at random, but the same ones in every run: from a name.
#pragma once

#include <string>
#include <string_view>

namespace models::autoscaling {

// Different names give different UUIDs but for accidents of a 122-bit hash.
std::string stable_uuid(std::string_view name);

}  // namespace models::autoscaling
