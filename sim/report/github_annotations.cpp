#include "sim/report/github_annotations.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace sim {
namespace {

// As actions/toolkit's command.ts escapes data, and properties beyond.
std::string escaped(std::string_view text, bool is_property) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '%':
        result += "%25";
        break;
      case '\r':
        result += "%0D";
        break;
      case '\n':
        result += "%0A";
        break;
      case ':':
        result += is_property ? "%3A" : ":";
        break;
      case ',':
        result += is_property ? "%2C" : ",";
        break;
      default:
        result += c;
    }
  }
  return result;
}

}  // namespace

void write_annotations(std::ostream& out, const TestResult& result) {
  for (const CheckedExpectation& checked : result.expectations) {
    if (checked.passed) continue;
    std::string message =
        fmt::format("{}: expected {}, actual {}", checked.that, checked.expected, checked.actual);
    if (!checked.because.empty()) message += "\nbecause " + checked.because;
    for (const std::string& reason : checked.reasons) message += "\n" + reason;
    out << fmt::format("::error file={},line={},title={}::{}\n", escaped(checked.place.file, true),
                       checked.place.line, escaped(result.name, true), escaped(message, false));
  }
}

}  // namespace sim
