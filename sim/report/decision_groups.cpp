#include "sim/report/decision_groups.hpp"

#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace sim {
namespace {

using models::autoscaling::ScalingDecision;

bool is_repeated(const ScalingDecision& before, const ScalingDecision& now) {
  return now.to == now.from && before.to == before.from && now.from == before.from &&
         now.kind == before.kind && now.blocked_by == before.blocked_by;
}

}  // namespace

std::vector<DecisionGroup> decision_groups(const DecisionLog& decisions) {
  std::vector<DecisionGroup> groups;
  std::map<std::tuple<std::size_t, std::string, std::string>, std::size_t> latest;
  for (std::size_t index = 0; index < decisions.size(); ++index) {
    DecisionRecord record = decisions[index];
    const auto key = std::tuple(record.variant, record.decision.policy, record.decision.alarm);
    const auto found = latest.find(key);
    if (found != latest.end() &&
        is_repeated(groups[found->second].first.decision, record.decision)) {
      groups[found->second].until = record.at;
      ++groups[found->second].count;
      continue;
    }
    latest[key] = groups.size();
    const core::SimTime at = record.at;
    groups.push_back({std::move(record), at, 1});
  }
  return groups;
}

}  // namespace sim
