// Says where the data of a page come from: the program's version, and the scenarios as written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/report/json_writer.hpp"

namespace sim {

struct PageSource {
  std::string file;
  std::string text;  // the whole of it; empty: it could not be read again
};

struct PageOrigin {
  std::string_view version;  // of the program
  std::vector<PageSource> sources;
  std::vector<std::string> overrides;  // of `--set`
};

// The members `kind`, `version`, `sources` and `overrides`, with which the data of a page begin.
void write_page_origin(JsonWriter& json, std::string_view kind, const PageOrigin& origin);

}  // namespace sim
