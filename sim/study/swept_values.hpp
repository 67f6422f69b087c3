// Reads the values of a sweep's parameter: `FROM:TO:STEP` with units, or a list `a,b,c`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sim {

// The values, or what was expected of which text instead.
struct SweptValues {
  std::vector<std::string> values;
  std::string expected;  // empty: all is well
  std::string found;
  std::string hint;
};

// Commas and colons within quotes, brackets and parentheses belong to a value. A range counts from
// FROM towards TO, which it contains when the steps meet it; it has at most `most` values.
SweptValues read_swept_values(std::string_view text, std::size_t most);

}  // namespace sim
