#include "tools/headroom/coverage_writer.hpp"

#include <fmt/format.h>

#include <string>

#include "sim/report/humane_text.hpp"
#include "sim/report/markdown_report.hpp"
#include "sim/study/coverage_recorder.hpp"

namespace headroom {
namespace {

using sim::CoverageItem;
using sim::FileCoverage;

std::string count_text(const sim::CoverageCount& count) {
  if (count.total == 0) return "nothing that scales";
  return fmt::format("{} of {} exercised ({})", count.exercised, count.total,
                     sim::humane_share(count.share()));
}

void write_count(sim::JsonWriter& json, const sim::CoverageCount& count) {
  json.key("exercised").integer(static_cast<std::int64_t>(count.exercised));
  json.key("total").integer(static_cast<std::int64_t>(count.total));
}

}  // namespace

void write_coverage_text(std::ostream& out, const std::vector<FileCoverage>& files,
                         sim::Colour colour) {
  out << '\n'
      << sim::painted("COVERAGE", sim::kBold, colour) << "  " << count_text(count_of(files))
      << '\n';
  for (const FileCoverage& file : files) {
    if (file.items.empty()) continue;
    out << fmt::format("  {}: {}\n", sim::one_line(file.file), count_text(count_of(file)));
    for (const CoverageItem& item : file.items) {
      if (!item.exercised) out << fmt::format("    never: {}\n", sim::one_line(item.what));
    }
  }
}

void write_coverage_markdown(std::ostream& out, const std::vector<FileCoverage>& files) {
  out << fmt::format("\n**Coverage**: {}\n", count_text(count_of(files)));
  out << "\n| file | exercised | never |\n| --- | --- | --- |\n";
  for (const FileCoverage& file : files) {
    if (file.items.empty()) continue;
    std::string never;
    for (const CoverageItem& item : file.items) {
      if (!item.exercised) never += (never.empty() ? "" : "; ") + item.what;
    }
    const sim::CoverageCount count = count_of(file);
    out << fmt::format("| {} | {} of {} | {} |\n", sim::markdown_text(file.file), count.exercised,
                       count.total, sim::markdown_text(never));
  }
}

void write_coverage_json(sim::JsonWriter& json, const std::vector<FileCoverage>& files) {
  json.begin_object();
  write_count(json, count_of(files));
  json.key("files").begin_array();
  for (const FileCoverage& file : files) {
    json.begin_object();
    json.key("file").string(file.file);
    write_count(json, count_of(file));
    json.key("items").begin_array();
    for (const CoverageItem& item : file.items) {
      json.begin_object();
      json.key("what").string(item.what);
      json.key("exercised").boolean(item.exercised);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace headroom
