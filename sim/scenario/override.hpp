// Changes a scenario's tree before it is read, as `--set PATH=VALUE` asks.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/document.hpp"

namespace sim {

// PATH names a value by its keys, joined by points, with `[i]` or `.i` for the i-th entry of a
// list, counting from 0; keys that are not there yet are made. VALUE is YAML. What is later wrong
// with the value is reported at `--set PATH=VALUE`; `documents` keeps the text for that.
void apply_override(const std::string& override_text, Node& root, std::vector<Document>& documents,
                    Diagnostics& diagnostics);

}  // namespace sim
