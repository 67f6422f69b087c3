#include "sim/report/mean_summary_json.hpp"

#include <algorithm>
#include <string_view>

#include "sim/scenario/summary_keys.hpp"

namespace sim {
namespace {

// The branch that a path such as reaction.worst.total_s names, made when it is not there.
JsonTree& branch_at(JsonTree& tree, std::string_view path) {
  JsonTree* branch = &tree;
  while (!path.empty()) {
    const std::string_view key = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(path.size(), key.size() + 1));
    branch = &(*branch)[std::string(key)];
  }
  return *branch;
}

// The tree of a summary with `leaf` of each number in its place.
template <class Leaf>
JsonTree tree_of(const MeanSummary& mean, Leaf leaf) {
  JsonTree tree = JsonTree::object();
  for (std::size_t index = 0; index < mean.values.size(); ++index) {
    const SummaryKey& key = summary_keys()[index];
    if (!key.at_a_time) branch_at(tree, key.path) = leaf(mean.values[index]);
  }
  tree["expectations"] = {{"passed", leaf(mean.passed)}, {"failed", leaf(mean.failed)}};
  return tree;
}

}  // namespace

JsonTree means_json(const MeanSummary& mean, const std::string& price_source) {
  JsonTree tree = tree_of(mean, [](const MeanOverRuns& value) {
    return value.mean ? JsonTree(*value.mean) : JsonTree(nullptr);
  });
  JsonTree& cost = tree["cost"];
  cost["price_table"] = cost["total"].is_null() ? JsonTree(nullptr) : JsonTree(price_source);
  cost["currency"] = "USD";
  return tree;
}

JsonTree intervals_json(const MeanSummary& mean) {
  if (mean.run_count < 2) return nullptr;
  return tree_of(mean, [](const MeanOverRuns& value) {
    if (!value.interval) return JsonTree(nullptr);
    return JsonTree::array({value.interval->low, value.interval->high});
  });
}

JsonTree partial_support_json(const MeanSummary& mean) {
  JsonTree partial = JsonTree::object();
  for (std::size_t index = 0; index < mean.values.size(); ++index) {
    const std::size_t run_count = mean.values[index].run_count;
    if (run_count == 0 || run_count == mean.run_count) continue;
    partial[std::string(summary_keys()[index].path)] = run_count;
  }
  return partial;
}

}  // namespace sim
