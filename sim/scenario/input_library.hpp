// Reads each file that a scenario names once, however often the scenario is loaded, and can tell
// whether any of them has changed since.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "sim/scenario/input_file.hpp"

namespace sim {

// Invariants
// 1. May be asked from several threads at once.
// 2. What was opened once gives the same bytes ever after, but for files larger than kLargestFile:
//    these stay on the disk, and are opened there each time.
class InputLibrary {
 public:
  explicit InputLibrary(FileOpener open = open_input_file) : open_(std::move(open)) {}

  InputFile open(const std::string& path);
  // The same, in the form in which readers take it. REQUIRES: the library outlives it.
  FileOpener opener() {
    return [this](const std::string& path) { return open(path); };
  }

  // Of the paths and contents of all files that were opened so far: equal when all are equal.
  std::uint64_t fingerprint() const;

 private:
  struct Entry {
    std::shared_ptr<const std::string> text;  // null: too large to be kept
    std::uint64_t hash = 0;
  };

  FileOpener open_;
  mutable std::mutex mutex_;
  std::map<std::string, Entry> entries_;
};

}  // namespace sim
