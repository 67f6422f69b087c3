#include "sim/scenario/golden.hpp"

#include <fmt/format.h>

#include <utility>

#include "sim/scenario/json_document.hpp"
#include "sim/scenario/section.hpp"
#include "sim/scenario/summary_keys.hpp"

namespace sim {
namespace {

constexpr std::string_view kAnew = "remove the file, and headroom test --update writes it anew";
constexpr NumberRange kAnyNumber{-1e18, 1e18};

void read_numbers(const Node& summary, Golden& golden, Diagnostics& diagnostics) {
  if (summary.kind != NodeKind::Mapping) {
    report_expected(diagnostics, summary, "the numbers of a summary", "wrong-type");
    return;
  }
  for (const Entry& entry : summary.entries) {
    const SummaryKey* key = find_summary_key(entry.key);
    if (key == nullptr || key->at_a_time) {
      report(diagnostics, Severity::Error, entry.key_place, "unknown-metric",
             fmt::format("expected a metric of the summary, found {}", in_quotes(entry.key)),
             std::string(kAnew));
      continue;
    }
    ApprovedNumber number{entry.key, std::nullopt, to_source_place(entry.key_place)};
    if (entry.value.kind != NodeKind::Null) {
      number.value = number_of(entry.value, diagnostics, kAnyNumber);
    }
    golden.numbers.push_back(std::move(number));
  }
}

void read_activities(const Node& list, Golden& golden, Diagnostics& diagnostics) {
  golden.activities_place = to_source_place(list.place);
  if (list.kind != NodeKind::Sequence) {
    report_expected(diagnostics, list, "a list of activities", "wrong-type");
    return;
  }
  for (const Node& item : list.items) {
    if (auto line = text_of(item, diagnostics)) golden.activities.push_back(std::move(*line));
  }
}

void check_schema(const Section& section) {
  const Node* node = section.require("schema", fmt::format("\"schema\": \"{}\"", kGoldenSchema));
  if (node != nullptr && node->text != kGoldenSchema) {
    report_expected(section.diagnostics(), *node, fmt::format("\"{}\"", kGoldenSchema),
                    "unknown-version", std::string(kAnew));
  }
}

}  // namespace

std::string golden_file_of(const std::string& scenario_file) {
  std::string_view stem = scenario_file;
  for (const std::string_view ending : {".yaml", ".yml", ".scenario"}) {
    if (stem.ends_with(ending)) stem.remove_suffix(ending.size());
  }
  return fmt::format("{}.golden.json", stem);
}

std::optional<Golden> load_golden(const std::string& file, const FileOpener& open,
                                  Diagnostics& diagnostics) {
  if (const InputFile found = open(file); !found.stream && found.problem == kNoSuchFile) {
    return std::nullopt;
  }
  const std::size_t errors_before = diagnostics.error_count();
  auto text = read_text_file(open, file, {}, diagnostics);
  if (!text) return std::nullopt;
  const auto document = parse_json(file, std::move(*text), diagnostics);
  if (!document) return std::nullopt;
  const Section section(document->root, "the golden file",
                        {"schema", "tolerance", "summary", "activities"}, diagnostics);
  if (!section.is_mapping()) return std::nullopt;
  Golden golden;
  golden.file = file;
  check_schema(section);
  if (const Node* tolerance = section.find("tolerance")) {
    golden.tolerance = percent_of(*tolerance, diagnostics).value_or(kDefaultGoldenTolerance);
    if (golden.tolerance >= 1) {
      report_expected(diagnostics, *tolerance, "a tolerance below 100%", "out-of-range",
                      "with that, hardly any number could be off");
    }
  }
  if (const Node* summary = section.require("summary", "\"summary\": {\"requests.total\": 1}")) {
    read_numbers(*summary, golden, diagnostics);
  }
  if (const Node* activities = section.require("activities", "\"activities\": []")) {
    read_activities(*activities, golden, diagnostics);
  }
  if (diagnostics.error_count() != errors_before) return std::nullopt;
  return golden;
}

}  // namespace sim
