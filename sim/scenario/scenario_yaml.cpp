#include "sim/scenario/scenario_yaml.hpp"

#include <filesystem>
#include <utility>

#include "sim/scenario/assumption_reader.hpp"
#include "sim/scenario/format_version.hpp"
#include "sim/scenario/limit_reader.hpp"
#include "sim/scenario/plan_reader.hpp"
#include "sim/scenario/scaling_reader.hpp"
#include "sim/scenario/scenario_draft.hpp"
#include "sim/scenario/scenario_rules.hpp"
#include "sim/scenario/section.hpp"

namespace sim {
namespace {

// The name of `a/b.scenario.yaml` is `b` unless the scenario has its own.
std::string name_from(const std::string& file) {
  std::string name = std::filesystem::path(file).filename().string();
  for (const std::string_view ending : {".yaml", ".yml", ".scenario"}) {
    if (name.ends_with(ending)) name.resize(name.size() - ending.size());
  }
  return name;
}

ScenarioDraft read_sections(const Section& section, const std::string& file,
                            const LoadOptions& options) {
  Diagnostics& diagnostics = section.diagnostics();
  const FileContext files{file, options.open};
  ScenarioDraft draft;
  draft.file = file;
  draft.name = section.text("name").value_or(name_from(file));
  draft.description = section.text("description").value_or("");
  draft.run = read_run(section.find("run"), diagnostics);
  draft.assumptions = read_assumptions(section.find("assumptions"), diagnostics);
  if (const Node* traffic = section.require("traffic", "traffic: {t: {rate: 50/s}}")) {
    draft.traffic_place = section.key_place("traffic");
    draft.traffic = read_traffic(*traffic, {file, options.open, draft.assumptions}, diagnostics);
  }
  if (const Node* endpoint = section.require(
          "endpoint", "endpoint: {instance_type: ml.c5.large, latency: {exponential: 10ms}}")) {
    draft.endpoint_place = section.key_place("endpoint");
    draft.endpoint = read_endpoint(*endpoint, files, diagnostics);
    draft.candidates = read_candidates(section.find("candidates"), *endpoint, files, diagnostics);
  }
  draft.plan = read_plan(section.find("plan"), diagnostics);
  draft.metrics = read_custom_metrics(section.find("metrics"), diagnostics);
  draft.scaling = read_scaling(section.find("scaling"), files, diagnostics);
  draft.expectations = read_expectations(section.find("expect"), diagnostics);
  draft.limits = read_limits(section.find("limits"), diagnostics);
  return draft;
}

}  // namespace

std::optional<Scenario> load_scenario(std::string text, const std::string& file,
                                      const LoadOptions& options, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  const auto written = written_scenario(std::move(text), file, options, diagnostics);
  if (!written) return std::nullopt;
  const Section section(written->root(), "",
                        {"version", "name", "description", "run", "traffic", "endpoint", "scaling",
                         "metrics", "assumptions", "expect", "limits", "plan", "candidates"},
                        diagnostics);
  if (!section.is_mapping()) return std::nullopt;
  check_version(section);
  Scenario scenario =
      resolve_scenario(read_sections(section, file, options), errors_before, diagnostics);
  if (diagnostics.error_count() != errors_before) return std::nullopt;
  return scenario;
}

std::optional<Scenario> load_scenario_file(const std::string& file, const LoadOptions& options,
                                           Diagnostics& diagnostics) {
  diagnostics.name_file(file);
  std::optional<std::string> text = read_text_file(options.open, file, {}, diagnostics);
  if (!text) return std::nullopt;
  return load_scenario(std::move(*text), file, options, diagnostics);
}

}  // namespace sim
