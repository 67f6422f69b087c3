// Holds the texts that every HTML page consists of beside its data: the files of sim/report/page
// and the chart library in third_party/uplot, as the build found them.
#pragma once

#include <string_view>

namespace sim {

struct PageTexts {
  std::string_view chart_style;
  std::string_view page_style;
  std::string_view chart_script;
  std::string_view page_script;
  // For a Content-Security-Policy: what allows exactly these and nothing else.
  std::string_view style_sources;
  std::string_view script_sources;
};

const PageTexts& page_texts();

}  // namespace sim
