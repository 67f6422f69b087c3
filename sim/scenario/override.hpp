// Changes a scenario's tree before it is read, as `--set PATH=VALUE`, the parameters of a sweep and
// the tests of a scenario ask.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/document.hpp"

namespace sim {

// A value of another document, which is to outlive the reading.
struct Setting {
  std::string path;
  NodePlace place;  // of the path
  Node value;
};

// PATH names a value by its keys, joined by points, with `[i]` or `.i` for the i-th entry of a
// list, counting from 0; keys that are not there yet are made. VALUE is YAML. What is later wrong
// with the value is reported at `--set PATH=VALUE`, or what else the option is called; `documents`
// keeps the text for that.
void apply_override(const std::string& override_text, std::string_view option, Node& root,
                    std::vector<Document>& documents, Diagnostics& diagnostics);

// The same; what is later wrong with the value is reported where it stands in its document.
void apply_setting(const Setting& setting, Node& root, Diagnostics& diagnostics);

// What such a path names now; null when there is nothing.
const Node* find_node(const Node& root, std::string_view path);

}  // namespace sim
