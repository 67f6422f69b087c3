// Reads YAML text into a document tree. The only place that knows the YAML library.
//
// Stricter than YAML: no key twice, one document, no tags, bounded nesting and bounded aliases.
// Anchors and `<<` merges are resolved here, so nobody above sees them.
#pragma once

#include <optional>
#include <string>

#include "sim/scenario/document.hpp"

namespace sim {

// Reports and gives nothing when the text is not such YAML. An empty text is a Null root.
std::optional<Document> parse_yaml(std::string name, std::string text, Diagnostics& diagnostics,
                                   SourceFormat format = SourceFormat::Yaml);

}  // namespace sim
