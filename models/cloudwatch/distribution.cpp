#include "models/cloudwatch/distribution.hpp"

#include <algorithm>
#include <utility>

#include "core/check.hpp"

namespace models::cloudwatch {

Distribution::Distribution(std::vector<CountedValue> values) : values_(std::move(values)) {
  std::sort(values_.begin(), values_.end(),
            [](const CountedValue& a, const CountedValue& b) { return a.value < b.value; });
  std::size_t kept = 0;
  for (const CountedValue& next : values_) {
    CHECK(next.count > 0);
    count_ += next.count;
    if (kept > 0 && values_[kept - 1].value == next.value) {
      values_[kept - 1].count += next.count;
    } else {
      values_[kept++] = next;
    }
  }
  values_.resize(kept);
}

void Distribution::merge(const Distribution& other) {
  std::vector<CountedValue> all;
  all.reserve(values_.size() + other.values_.size());
  auto mine = values_.begin();
  for (const CountedValue& next : other.values_) {
    while (mine != values_.end() && mine->value < next.value) all.push_back(*mine++);
    all.push_back(next);
    if (mine != values_.end() && mine->value == next.value) all.back().count += (mine++)->count;
  }
  all.insert(all.end(), mine, values_.end());
  values_ = std::move(all);
  count_ += other.count_;
}

double Distribution::value_at(Percentile percentile) const {
  CHECK(count_ > 0);
  const std::int64_t rank = percentile.rank_in(count_);
  std::int64_t seen = 0;
  for (const CountedValue& step : values_) {
    seen += step.count;
    if (seen >= rank) return step.value;
  }
  CHECK(false);
  return 0;
}

}  // namespace models::cloudwatch
