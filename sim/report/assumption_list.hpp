// Lists what a run took for granted of AWS, in the words of the scenario's `assumptions:`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sim {

struct NamedAssumption {
  std::string_view name;
  std::string value;  // as a scenario writes it: 1m, N+2, emit_zero, true
  std::string default_value;
  std::string_view meaning;  // a sentence
  bool is_boolean = false;

  bool is_default() const { return value == default_value; }
};

// All of them, defaults included.
std::vector<NamedAssumption> assumption_list(const Assumptions& assumptions);

}  // namespace sim
