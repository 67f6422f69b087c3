#include "sim/report/junit_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/report/json_writer.hpp"

namespace sim {
namespace {

// The name of a file may have bytes that are no UTF-8, and U+FFFE and U+FFFF are UTF-8 but not XML.
std::string xml_characters(std::string_view text) {
  std::string result = JsonTree::parse(json_string(text)).get<std::string>();
  for (const std::string_view other : {"\xef\xbf\xbe", "\xef\xbf\xbf"}) {
    for (std::size_t at = result.find(other); at != std::string::npos; at = result.find(other)) {
      result.replace(at, other.size(), "?");
    }
  }
  return result;
}

// XML 1.0 has no place for control characters, not even escaped.
std::string xml_text(std::string_view text) {
  std::string escaped;
  for (const char c : xml_characters(text)) {
    const auto byte = static_cast<unsigned char>(c);
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
      case '\n':
        escaped += "&#10;";
        break;
      default:
        escaped += byte < 0x20 || byte == 0x7f ? '?' : c;
    }
  }
  return escaped;
}

std::int64_t failures_of(const TestedFile& file) {
  return std::count_if(file.tests.begin(), file.tests.end(),
                       [](const TestResult& test) { return !test.passed(); });
}

// One failure a test, whatever the number of its expectations that were not met.
void write_failure(std::ostream& out, const TestResult& test) {
  std::string message;
  std::string text;
  for (const CheckedExpectation& checked : test.expectations) {
    if (checked.passed) continue;
    if (message.empty()) {
      message =
          fmt::format("{}: expected {}, actual {}", checked.that, checked.expected, checked.actual);
    }
    text += fmt::format("{}:{}: {}\nexpected {}, actual {}\n", checked.place.file,
                        checked.place.line, checked.that, checked.expected, checked.actual);
    if (!checked.because.empty()) text += fmt::format("because {}\n", checked.because);
    for (const std::string& reason : checked.reasons) text += reason + '\n';
  }
  out << fmt::format("      <failure message=\"{}\" type=\"expectation\">{}</failure>\n",
                     xml_text(message), xml_text(text));
}

void write_unreadable(std::ostream& out, const TestedFile& file) {
  const std::string name = xml_text(file.file);
  out << fmt::format(
      "  <testsuite name=\"{0}\" tests=\"1\" failures=\"0\" errors=\"1\">\n"
      "    <testcase name=\"can be read\" classname=\"{0}\">\n"
      "      <error message=\"{1}\" type=\"input\">{2}</error>\n"
      "    </testcase>\n"
      "  </testsuite>\n",
      name, xml_text(file.problem.substr(0, file.problem.find('\n'))), xml_text(file.problem));
}

void write_suite(std::ostream& out, const TestedFile& file) {
  if (!file.problem.empty()) return write_unreadable(out, file);
  out << fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n",
                     xml_text(file.file), file.tests.size(), failures_of(file));
  for (const TestResult& test : file.tests) {
    out << fmt::format("    <testcase name=\"{}\" classname=\"{}\"", xml_text(test.name),
                       xml_text(file.file));
    if (test.passed()) {
      out << "/>\n";
      continue;
    }
    out << ">\n";
    write_failure(out, test);
    out << "    </testcase>\n";
  }
  out << "  </testsuite>\n";
}

}  // namespace

void write_junit(std::ostream& out, const std::vector<TestedFile>& files) {
  std::size_t tests = 0;
  std::int64_t failures = 0;
  std::size_t errors = 0;
  for (const TestedFile& file : files) {
    tests += file.problem.empty() ? file.tests.size() : 1;
    errors += file.problem.empty() ? 0U : 1U;
    failures += failures_of(file);
  }
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      << fmt::format("<testsuites name=\"headroom\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n",
                     tests, failures, errors);
  for (const TestedFile& file : files) write_suite(out, file);
  out << "</testsuites>\n";
}

}  // namespace sim
