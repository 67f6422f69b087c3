#include "core/closest_match.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace core {
namespace {

constexpr std::size_t kLongestName = 64;  // longer names get no suggestion

std::string plain_letters(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c == '_' || c == '-') continue;
    letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return letters;
}

// Damerau-Levenshtein distance, adjacent transpositions only ("optimal string alignment").
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_ago(b.size() + 1);
  std::vector<std::size_t> one_ago(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) one_ago[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = one_ago[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({one_ago[j] + 1, current[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], two_ago[j - 2] + 1);
      }
    }
    std::swap(two_ago, one_ago);
    std::swap(one_ago, current);
  }
  return one_ago[b.size()];
}

}  // namespace

std::string_view closest_match(std::string_view name,
                               std::span<const std::string_view> candidates) {
  if (name.empty() || name.size() > kLongestName) return {};
  const std::string letters = plain_letters(name);
  std::string_view closest;
  std::size_t least = std::max<std::size_t>(1, letters.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t away = distance(letters, plain_letters(candidate));
    if (away < least && away < candidate.size()) {
      least = away;
      closest = candidate;
    }
  }
  return closest;
}

}  // namespace core
