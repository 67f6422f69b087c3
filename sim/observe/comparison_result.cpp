#include "sim/observe/comparison_result.hpp"

#include <algorithm>

namespace sim {

OverallVerdict ComparisonResult::verdict() const {
  const auto any_limit = [this](LimitVerdict verdict) {
    return std::any_of(limits.begin(), limits.end(),
                       [verdict](const ComparedLimit& limit) { return limit.verdict == verdict; });
  };
  const auto any_expectation = [this](bool (ComparedExpectation::*is_so)() const) {
    return std::any_of(expectations.begin(), expectations.end(),
                       [is_so](const ComparedExpectation& each) { return (each.*is_so)(); });
  };
  if (any_expectation(&ComparedExpectation::is_regression) || any_limit(LimitVerdict::Broken)) {
    return OverallVerdict::Fail;
  }
  const bool is_open =
      any_expectation(&ComparedExpectation::cannot_tell) || any_limit(LimitVerdict::CannotTell);
  return is_open ? OverallVerdict::CannotTell : OverallVerdict::Pass;
}

}  // namespace sim
