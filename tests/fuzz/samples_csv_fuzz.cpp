// Feeds arbitrary bytes to the reader of measured spans and holds it to its promises: spans of at
// most a day, or one error with its line.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <string>

#include "sim/scenario/samples_reader.hpp"

namespace {

// Aborts rather than CHECKs, so that libFuzzer keeps the input.
void require(bool kept) {
  if (!kept) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto input =
      std::make_unique<std::istringstream>(std::string(reinterpret_cast<const char*>(data), size));
  sim::Diagnostics diagnostics;
  const std::vector<double> samples = sim::read_samples(std::move(input), "s.csv", diagnostics);
  require(samples.empty() == diagnostics.has_errors());
  for (const double sample : samples) require(sample >= 0 && sample <= 86'400);
  require(diagnostics.error_count() <= 1);
  static_cast<void>(diagnostics.render_all());
  return 0;
}
