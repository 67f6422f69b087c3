#include "models/cloudwatch/metric.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/check.hpp"

namespace models::cloudwatch {
namespace {

constexpr std::array<std::pair<Statistic, std::string_view>, 5> kStatistics{{
    {Statistic::SampleCount, "SampleCount"},
    {Statistic::Sum, "Sum"},
    {Statistic::Average, "Average"},
    {Statistic::Minimum, "Minimum"},
    {Statistic::Maximum, "Maximum"},
}};

}  // namespace

std::string_view to_string(Statistic statistic) {
  for (const auto& [value, text] : kStatistics) {
    if (value == statistic) return text;
  }
  CHECK(false);
  return {};
}

std::optional<Statistic> statistic_from(std::string_view text) {
  for (const auto& [value, spelling] : kStatistics) {
    if (spelling == text) return value;
  }
  return std::nullopt;
}

std::string to_string(const StatisticChoice& statistic) {
  if (statistic.plain() != nullptr) return std::string{to_string(*statistic.plain())};
  return fmt::format("p{}", statistic.percentile()->percent);
}

std::optional<StatisticChoice> statistic_choice_from(std::string_view text) {
  if (const auto plain = statistic_from(text)) return *plain;
  if (text.size() < 2 || text.front() != 'p') return std::nullopt;
  text.remove_prefix(1);
  constexpr std::size_t kMostDecimals = 10;
  const std::size_t point = std::min(text.find('.'), text.size());
  const bool spelt = text.find_first_not_of("0123456789.") == text.npos && point > 0 &&
                     point + 1 != text.size() && text.size() - point <= kMostDecimals + 1;
  Percentile percentile;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, percentile.percent);
  if (!spelt || error != std::errc{} || stopped != end) return std::nullopt;
  if (percentile.percent > 100) return std::nullopt;
  return percentile;
}

void StatisticSet::add(double sample) {
  ++sample_count;
  sum += sample;
  minimum = std::min(minimum, sample);
  maximum = std::max(maximum, sample);
}

void StatisticSet::merge(const StatisticSet& other) {
  sample_count += other.sample_count;
  sum += other.sum;
  minimum = std::min(minimum, other.minimum);
  maximum = std::max(maximum, other.maximum);
}

double StatisticSet::value_of(Statistic statistic) const {
  CHECK(sample_count > 0);
  switch (statistic) {
    case Statistic::SampleCount:
      return static_cast<double>(sample_count);
    case Statistic::Sum:
      return sum;
    case Statistic::Average:
      return sum / static_cast<double>(sample_count);
    case Statistic::Minimum:
      return minimum;
    case Statistic::Maximum:
      return maximum;
  }
  CHECK(false);
  return 0;
}

std::optional<double> Datapoint::value_of(const StatisticChoice& statistic) const {
  if (statistic.plain() != nullptr) return statistics.value_of(*statistic.plain());
  CHECK(statistics.sample_count > 0);
  if (distribution) return distribution->value_at(*statistic.percentile());
  // without the single values, only of equal ones a percentile is known.
  if (statistics.minimum == statistics.maximum) return statistics.minimum;
  return std::nullopt;
}

}  // namespace models::cloudwatch
