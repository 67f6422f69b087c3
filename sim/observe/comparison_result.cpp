#include "sim/observe/comparison_result.hpp"

#include <algorithm>

namespace sim {

OverallVerdict ComparisonResult::verdict() const {
  const auto any_limit = [this](LimitVerdict verdict) {
    return std::any_of(limits.begin(), limits.end(),
                       [verdict](const ComparedLimit& limit) { return limit.verdict == verdict; });
  };
  const bool has_regression =
      std::any_of(expectations.begin(), expectations.end(),
                  [](const ComparedExpectation& each) { return each.is_regression(); });
  if (has_regression || any_limit(LimitVerdict::Broken)) return OverallVerdict::Fail;
  return any_limit(LimitVerdict::CannotTell) ? OverallVerdict::CannotTell : OverallVerdict::Pass;
}

}  // namespace sim
