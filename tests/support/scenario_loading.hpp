// Loads scenarios from texts, with the files that they name held in memory.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/scenario_yaml.hpp"

namespace tests {

struct Loaded {
  std::optional<sim::Scenario> scenario;
  std::string messages;  // all diagnostics, rendered
};

using Files = std::map<std::string, std::string>;

inline sim::FileOpener opener_of(Files files) {
  return [files = std::move(files)](const std::string& path) -> sim::InputFile {
    const auto found = files.find(path);
    if (found == files.end()) return {nullptr, "no such file"};
    return {std::make_unique<std::istringstream>(found->second), {}};
  };
}

inline Loaded load(const std::string& text, const Files& files = {},
                   std::vector<std::string> overrides = {}) {
  sim::Diagnostics diagnostics;
  sim::LoadOptions options{std::move(overrides), opener_of(files)};
  Loaded loaded;
  loaded.scenario = sim::load_scenario(text, "x.scenario.yaml", options, diagnostics);
  loaded.messages = diagnostics.render_all();
  return loaded;
}

inline const std::string kEndpoint =
    "endpoint: {instance_type: ml.c5.large, latency: {exponential: 10ms}}\n";
inline const std::string kTraffic = "traffic: {t: {rate: 50/s}}\n";

// The smallest scenario, with more lines.
inline std::string smallest_with(const std::string& lines) {
  return "version: 1\n" + kTraffic + kEndpoint + lines;
}
inline std::string with_traffic(const std::string& stream) {
  return "version: 1\n" + kEndpoint + "traffic:\n  t: " + stream + "\n";
}
inline std::string with_endpoint(const std::string& endpoint) {
  return "version: 1\n" + kTraffic + "endpoint: " + endpoint + "\n";
}

}  // namespace tests
