// Describes each key of `assumptions:`: how it is spelt, what it may be, and where it is kept.
//
// The reader, the expanded scenario and every report go by this one table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/scenario/node_values.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// One field of Assumptions, however deep in it.
template <class T>
struct AssumptionField {
  std::function<T(const Assumptions&)> get;
  std::function<void(Assumptions&, T)> set;
};

// One of several answers.
struct AssumedChoice {
  std::vector<std::string_view> names;  // the default first
  AssumptionField<std::size_t> index;   // into `names`
};
struct AssumedDuration {
  AssumptionField<Duration> span;
  Zero zero = Zero::Allowed;
  Duration most{};
};
// So many datapoints more than an alarm's EvaluationPeriods: N, or N+1 to N+`most`.
struct AssumedRange {
  AssumptionField<std::int32_t> extra;
  std::int32_t most = 0;
};
struct AssumedBoolean {
  AssumptionField<bool> flag;
};

struct AssumptionKey {
  std::string_view name;
  std::string_view choice;   // its number in aws-rules: "S-03"; empty: no question there
  std::string_view meaning;  // a sentence
  std::variant<AssumedChoice, AssumedDuration, AssumedRange, AssumedBoolean> kind;
};

// All of them, in the order in which they are written everywhere: by what they are about.
const std::vector<AssumptionKey>& assumption_keys();

// As a scenario writes it: 1m, N+2, counts, true.
std::string assumption_text(const AssumptionKey& key, const Assumptions& assumptions);

}  // namespace sim
