#include "sim/report/assumption_list.hpp"

#include "sim/scenario/assumption_table.hpp"

namespace sim {

std::vector<NamedAssumption> assumption_list(const Assumptions& assumptions) {
  std::vector<NamedAssumption> list;
  for (const AssumptionKey& key : assumption_keys()) {
    list.push_back({key.name, assumption_text(key, assumptions),
                    assumption_text(key, Assumptions{}), key.meaning,
                    std::holds_alternative<AssumedBoolean>(key.kind)});
  }
  return list;
}

}  // namespace sim
