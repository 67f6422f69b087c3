// Holds a scenario as it is written, with the changes of the command line, before it is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/document.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/scenario/override.hpp"

namespace sim {

struct LoadOptions {
  std::vector<std::string> overrides;     // PATH=VALUE each, in the order of the command line
  FileOpener open = open_input_file;      // for the files that the scenario names
  std::vector<Setting> settings{};        // of a test of the scenario; applied before the overrides
  std::vector<std::string> parameters{};  // of a sweep's point: overrides too, and the last
};

class WrittenScenario {
 public:
  const Node& root() const { return document_.root; }

  // The value at such a path as an override takes it; absent when there is none, or more than one.
  std::optional<std::string> value_at(std::string_view path) const;

  // What is wrong with a path that would not change the scenario but add a part with a name of its
  // own, such as a stream of traffic: "expected one of ..., found ...; did you mean ...?". Absent
  // when nothing is; what else can be wrong with a path shows when the scenario is read.
  std::optional<std::string> misnamed_part(std::string_view path) const;

 private:
  friend std::optional<WrittenScenario> written_scenario(std::string text, const std::string& file,
                                                         const LoadOptions& options,
                                                         Diagnostics& diagnostics);

  Document document_;
  std::vector<Document> changes_;  // the texts of overrides, for messages
};

// Nothing after a report when the text is no YAML at all, or empty; a wrong change is reported and
// left out.
std::optional<WrittenScenario> written_scenario(std::string text, const std::string& file,
                                                const LoadOptions& options,
                                                Diagnostics& diagnostics);

}  // namespace sim
