#include "sim/report/html_page.hpp"

#include "sim/report/page_texts.hpp"

namespace sim {
namespace {

// In a script element nothing but `<` can begin what ends it (HTML, 4.12.1.3), and in JSON it is
// only ever within a string.
std::string json_in_script(std::string_view json) {
  std::string text;
  text.reserve(json.size() + json.size() / 64);
  for (const char c : json) {
    if (c == '<') {
      text += "\\u003c";
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

void write_html_page(std::ostream& out, std::string_view title, std::string_view data_json) {
  const PageTexts& texts = page_texts();
  out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
      << texts.script_sources << "; style-src " << texts.style_sources
      << "; base-uri 'none'; form-action 'none'\">\n"
      << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      << "<meta name=\"color-scheme\" content=\"light dark\">\n"
      << "<title>" << html_text(title) << "</title>\n"
      << "<style>" << texts.chart_style << "</style>\n"
      << "<style>" << texts.page_style << "</style>\n</head>\n<body>\n"
      << "<noscript><p>This page draws its data with JavaScript, which is switched off. The same "
         "numbers are in the JSON at its end.</p></noscript>\n"
      << "<div id=\"page\"></div>\n"
      << "<script type=\"application/json\" id=\"data\">" << json_in_script(data_json)
      << "</script>\n"
      << "<script>" << texts.chart_script << "</script>\n"
      << "<script>" << texts.page_script << "</script>\n</body>\n</html>\n";
}

}  // namespace sim
