// Reads JSON text into a document tree: strict JSON, no key twice, bounded nesting.
#pragma once

#include <optional>
#include <string>

#include "sim/scenario/document.hpp"

namespace sim {

// Reports and gives nothing when the text is not such JSON.
std::optional<Document> parse_json(std::string name, std::string text, Diagnostics& diagnostics);

}  // namespace sim
