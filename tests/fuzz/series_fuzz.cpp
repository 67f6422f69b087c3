// Feeds arbitrary bytes to the reader of series and holds it to its promises: values or problems,
// both bounded, and values that, written out one by one, read the same.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "sim/scenario/quantity.hpp"
#include "sim/scenario/series_notation.hpp"

namespace {

// Aborts rather than CHECKs, so that libFuzzer keeps the input.
void require(bool kept) {
  if (!kept) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view notation(reinterpret_cast<const char*>(data), size);
  const sim::SeriesReading reading = sim::read_series(notation);
  require(reading.values.size() <= sim::kMostSeriesValues);
  require(reading.problems.size() <= 20);
  for (const sim::SeriesProblem& problem : reading.problems) {
    require(problem.offset <= notation.size());
    require(!problem.message.empty() && !problem.code.empty());
  }
  if (!reading.problems.empty()) return 0;
  require(!reading.values.empty());
  std::string written;
  for (const std::optional<double>& value : reading.values) {
    require(!value || std::abs(*value) <= sim::kLargestSeriesValue);
    written += (value ? sim::format_number(*value) : "_") + " ";
  }
  require(sim::read_series(written).values == reading.values);
  return 0;
}
