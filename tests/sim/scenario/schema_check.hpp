// Checks YAML against JSON Schemas (draft 7), as an editor does.
#pragma once

#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "sim/scenario/quantity.hpp"
#include "sim/scenario/yaml_document.hpp"

namespace tests {

// What an editor makes of a document: YAML's core types.
inline nlohmann::json to_json(const sim::Node& node) {
  using nlohmann::json;
  switch (node.kind) {
    case sim::NodeKind::Null:
      return nullptr;
    case sim::NodeKind::Sequence: {
      json list = json::array();
      for (const sim::Node& item : node.items) list.push_back(to_json(item));
      return list;
    }
    case sim::NodeKind::Mapping: {
      json mapping = json::object();
      for (const sim::Entry& entry : node.entries) mapping[entry.key] = to_json(entry.value);
      return mapping;
    }
    case sim::NodeKind::Scalar:
      break;
  }
  if (node.quoted) return node.text;
  if (node.text == "true" || node.text == "false") return node.text == "true";
  if (const auto integer = sim::read_integer(node.text).value) return *integer;
  if (const auto number = sim::read_number(node.text).value) return *number;
  return node.text;
}

class SchemaCheck {
 public:
  // beside: the schemas that this one names, by their file names.
  explicit SchemaCheck(const std::string& schema,
                       const std::map<std::string, std::string>& beside = {})
      : document_(nlohmann::json::parse(schema)) {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    const valijson::adapters::NlohmannJsonAdapter adapter(document_);
    const auto fetch = [&](const std::string& name) -> const nlohmann::json* {
      const auto found = beside.find(name);
      if (found == beside.end()) return nullptr;
      return new nlohmann::json(nlohmann::json::parse(found->second));
    };
    const auto release = [](const nlohmann::json* fetched) { delete fetched; };
    parser.populateSchema(adapter, schema_, fetch, release);
  }

  const nlohmann::json& document() const { return document_; }

  // What is wrong with a document by the schema alone; empty when nothing is.
  std::string complaint_about(const std::string& yaml) const {
    sim::Diagnostics diagnostics;
    const auto parsed = sim::parse_yaml("x.yaml", yaml, diagnostics);
    if (!parsed) return diagnostics.render_all();
    const nlohmann::json instance = to_json(parsed->root);
    valijson::Validator validator;
    valijson::ValidationResults results;
    const valijson::adapters::NlohmannJsonAdapter adapter(instance);
    if (validator.validate(schema_, adapter, &results)) return "";
    valijson::ValidationResults::Error error;
    std::string complaint = "refused";
    while (results.popError(error)) complaint += "\n" + error.description;
    return complaint;
  }

 private:
  nlohmann::json document_;
  valijson::Schema schema_;
};

inline std::string text_of_file(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace tests
