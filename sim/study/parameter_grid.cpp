#include "sim/study/parameter_grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "core/check.hpp"
#include "core/random_streams.hpp"
#include "sim/study/swept_values.hpp"

namespace sim {
namespace {

std::optional<SweptParameter> read_parameter(const std::string& text, Diagnostics& diagnostics) {
  const auto fail = [&](std::string_view expected, std::string_view found, std::string hint) {
    diagnostics.add_error({"-p " + text, 0, 0}, "bad-parameter",
                          fmt::format("expected {}, found {}", expected, found), std::move(hint));
    return std::nullopt;
  };
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    return fail("PATH=FROM:TO:STEP or PATH=VALUE,VALUE,...", equals == 0 ? "no PATH" : "no '='",
                "for example -p endpoint.startup.exact=2m:8m:1m");
  }
  SweptValues swept = read_swept_values(std::string_view(text).substr(equals + 1), kMostPoints);
  if (!swept.expected.empty()) {
    const bool is_word = swept.found == "nothing" || swept.found.ends_with(" values");
    return fail(swept.expected, is_word ? swept.found : in_quotes(swept.found), swept.hint);
  }
  return SweptParameter{text.substr(0, equals), std::move(swept.values)};
}

// The numbers 0 .. count - 1 in a random order (Fisher and Yates).
std::vector<std::size_t> shuffled(std::size_t count, core::RandomEngine& random) {
  std::vector<std::size_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  for (std::size_t left = count; left > 1; --left) {
    const std::size_t chosen = random.below(static_cast<std::uint32_t>(left));
    std::swap(numbers[left - 1], numbers[chosen]);
  }
  return numbers;
}

// For each point the index of one of `value_count` values.
std::vector<std::size_t> stratified(std::size_t value_count, std::size_t sample_count,
                                    core::RandomEngine& random) {
  std::vector<std::size_t> indices;
  for (const std::size_t part : shuffled(sample_count, random)) {
    const double within = 1 - random.unit_interval();  // in [0, 1)
    const double position =
        (static_cast<double>(part) + within) / static_cast<double>(sample_count);
    const auto index = static_cast<std::size_t>(position * static_cast<double>(value_count));
    indices.push_back(std::min(index, value_count - 1));
  }
  return indices;
}

}  // namespace

std::vector<SweptParameter> read_parameters(std::span<const std::string> texts,
                                            Diagnostics& diagnostics) {
  std::vector<SweptParameter> parameters;
  std::set<std::string> paths;
  for (const std::string& text : texts) {
    auto parameter = read_parameter(text, diagnostics);
    if (!parameter) continue;
    if (!paths.insert(parameter->path).second) {
      diagnostics.add_error(
          {"-p " + text, 0, 0}, "bad-parameter",
          fmt::format("expected each path once, found {} again", in_quotes(parameter->path)));
    }
    parameters.push_back(std::move(*parameter));
  }
  return parameters;
}

std::size_t combination_count(std::span<const SweptParameter> parameters) {
  std::size_t count = 1;
  for (const SweptParameter& parameter : parameters) {
    // Both factors are at most kMostPoints + 1: no overflow.
    count = std::min(count * parameter.values.size(), kMostPoints + 1);
  }
  return count;
}

std::vector<GridPoint> full_grid(std::span<const SweptParameter> parameters) {
  const std::size_t count = combination_count(parameters);
  CHECK_LE(count, kMostPoints);
  std::vector<GridPoint> points;
  points.reserve(count);
  GridPoint point(parameters.size());
  for (std::size_t index = 0; index < count; ++index) {
    std::size_t rest = index;
    for (std::size_t of = parameters.size(); of-- > 0;) {
      point[of] = rest % parameters[of].values.size();
      rest /= parameters[of].values.size();
    }
    points.push_back(point);
  }
  return points;
}

std::vector<GridPoint> latin_hypercube(std::span<const SweptParameter> parameters,
                                       std::size_t sample_count, std::uint64_t seed) {
  const core::RandomStreams streams(seed, 0);
  std::vector<GridPoint> samples(sample_count, GridPoint(parameters.size()));
  for (std::size_t of = 0; of < parameters.size(); ++of) {
    core::RandomEngine random = streams.stream("sweep/" + parameters[of].path);
    const auto indices = stratified(parameters[of].values.size(), sample_count, random);
    for (std::size_t sample = 0; sample < sample_count; ++sample) {
      samples[sample][of] = indices[sample];
    }
  }
  std::set<GridPoint> known;
  std::vector<GridPoint> points;
  for (GridPoint& sample : samples) {
    if (known.insert(sample).second) points.push_back(std::move(sample));
  }
  return points;
}

}  // namespace sim
