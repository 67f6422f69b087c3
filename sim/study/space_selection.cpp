#include "sim/study/space_selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <vector>

#include "sim/scenario/diagnostic.hpp"
#include "sim/scenario/quantity.hpp"

namespace sim {
namespace {

constexpr std::string_view kPolicies = "policies";
constexpr NumberGroup kGroups[] = {NumberGroup::Target, NumberGroup::Cooldowns, NumberGroup::Bounds,
                                   NumberGroup::Steps, NumberGroup::Alarms};

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool is_group(std::string_view name) {
  return name == kPolicies || std::any_of(std::begin(kGroups), std::end(kGroups),
                                          [&](NumberGroup g) { return to_string(g) == name; });
}

bool is_of(const PolicyNumber& number, std::string_view name) {
  if (name == kPolicies) return number.group != NumberGroup::Bounds;
  return name == to_string(number.group) || name == number.field || name == number.name;
}

std::vector<std::size_t> numbers_of(const PolicySpace& space, std::string_view name) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < space.numbers().size(); ++i) {
    if (is_of(space.numbers()[i], name)) found.push_back(i);
  }
  return found;
}

std::string names_of(const PolicySpace& space) {
  std::vector<std::string_view> names;
  for (const NumberGroup group : kGroups) {
    if (!numbers_of(space, to_string(group)).empty()) names.push_back(to_string(group));
  }
  if (std::any_of(space.numbers().begin(), space.numbers().end(),
                  [](const PolicyNumber& number) { return number.group != NumberGroup::Bounds; })) {
    names.push_back(kPolicies);
  }
  return one_of(names);
}

std::string unknown(std::string_view name, const PolicySpace& space) {
  if (is_group(name)) {
    return fmt::format("expected what this scenario has ({}), found {}", names_of(space),
                       in_quotes(name));
  }
  std::vector<std::string_view> candidates{kPolicies};
  for (const NumberGroup group : kGroups) candidates.push_back(to_string(group));
  for (const PolicyNumber& number : space.numbers()) {
    candidates.push_back(number.field);
    candidates.push_back(number.name);
  }
  const std::string hint = did_you_mean(name, candidates);
  return fmt::format("expected {}, or a number such as {}, found {}{}", names_of(space),
                     space.numbers().back().name, in_quotes(name), hint.empty() ? "" : "; " + hint);
}

// FROM:TO:STEP or one value; nothing when it is neither.
std::optional<std::vector<double>> range_values(std::string_view text) {
  constexpr std::size_t kMost = 10'000;
  std::vector<double> ends;
  for (const std::string_view part : split(text, ':')) {
    const auto number = read_number(part);
    if (!number.value || !std::isfinite(*number.value)) return std::nullopt;
    ends.push_back(*number.value);
  }
  if (ends.size() == 1) return ends;
  if (ends.size() != 3 || ends[2] <= 0 || ends[1] < ends[0]) return std::nullopt;
  const double steps = std::floor((ends[1] - ends[0]) / ends[2] + 1e-9);
  if (steps >= kMost) return std::nullopt;
  std::vector<double> values;
  for (double step = 0; step <= steps; ++step) values.push_back(ends[0] + step * ends[2]);
  return values;
}

// AWS's own limits of what may be written there.
std::string problem_of(const PolicyNumber& number, const std::vector<double>& values) {
  const bool may_be_fraction = number.field == "TargetValue" || number.field == "Threshold" ||
                               number.field == "MetricIntervalLowerBound";
  double least = std::numeric_limits<double>::lowest();
  if (number.field == "TargetValue") least = std::numeric_limits<double>::min();
  if (number.group == NumberGroup::Cooldowns) least = 0;
  const bool counts = number.group == NumberGroup::Bounds || number.field == "EvaluationPeriods" ||
                      number.field == "DatapointsToAlarm";
  if (counts) least = 1;
  if (number.field == "Period") least = 60;
  constexpr double kMost = 1e6;
  for (const double value : values) {
    const bool is_whole = value == std::floor(value);
    if (value < least || (!may_be_fraction && (!is_whole || std::abs(value) > kMost))) {
      return fmt::format("expected {} of AWS's, found {}",
                         may_be_fraction ? "a value above 0" : "whole numbers", value);
    }
    if (number.field == "Period" && std::fmod(value, 60) != 0) {
      return fmt::format("expected a Period of whole minutes, found {}", value);
    }
  }
  return {};
}

}  // namespace

std::string default_selection(const PolicySpace& space) {
  if (!numbers_of(space, "target").empty()) return "target,bounds";
  std::string selection = "bounds";
  for (const std::string_view group : {"steps", "alarms"}) {
    if (!numbers_of(space, group).empty()) selection += fmt::format(",{}", group);
  }
  return selection;
}

std::string select_numbers(std::string_view over, PolicySpace& space) {
  std::set<std::size_t> chosen;
  for (const std::string_view part : split(over, ',')) {
    const std::size_t equals = part.find('=');
    const std::string_view name = part.substr(0, equals);
    const std::vector<std::size_t> numbers = numbers_of(space, name);
    if (numbers.empty()) return unknown(name, space);
    chosen.insert(numbers.begin(), numbers.end());
    if (equals == std::string_view::npos) continue;
    if (numbers.size() > 1) {
      return fmt::format("expected one number to give values to, such as {}, found {} of {}",
                         space.numbers()[numbers.front()].name, numbers.size(), in_quotes(name));
    }
    const auto values = range_values(part.substr(equals + 1));
    if (!values) {
      return fmt::format("expected {}=FROM:TO:STEP with at most 10000 values, found {}", name,
                         in_quotes(part));
    }
    const std::string problem = problem_of(space.numbers()[numbers.front()], *values);
    if (!problem.empty()) return fmt::format("{} in {}", problem, in_quotes(part));
    space.set_values(numbers.front(), *values);
  }
  space.keep({chosen.begin(), chosen.end()});
  return {};
}

}  // namespace sim
