#include "sim/scenario/capacity_reader.hpp"

namespace sim {

std::optional<std::int32_t> read_capacity(const Section& section, std::string_view key) {
  const auto capacity = section.integer(key, {0, kMostInstances});
  return capacity ? std::optional(static_cast<std::int32_t>(*capacity)) : std::nullopt;
}

std::optional<std::int32_t> read_min_capacity(const Section& section) {
  const auto capacity = read_capacity(section, "MinCapacity");
  if (capacity == 0) {
    // the API takes 0, the guide does not, and only asynchronous endpoints reach it.
    report(section.diagnostics(), Severity::Warning, section.find("MinCapacity")->place,
           "zero-capacity",
           "SageMaker asks for a MinCapacity of at least 1 for a real-time variant, found 0");
  }
  return capacity;
}

}  // namespace sim
