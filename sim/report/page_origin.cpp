#include "sim/report/page_origin.hpp"

namespace sim {

void write_page_origin(JsonWriter& json, std::string_view kind, const PageOrigin& origin) {
  json.key("kind").string(kind);
  json.key("version").string(origin.version);
  json.key("sources").begin_array();
  for (const PageSource& source : origin.sources) {
    json.begin_object();
    json.key("file").string(source.file);
    json.key("text").string(source.text);
    json.end_object();
  }
  json.end_array();
  json.key("overrides").begin_array();
  for (const std::string& change : origin.overrides) json.string(change);
  json.end_array();
}

}  // namespace sim
