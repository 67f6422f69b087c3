// Finds the files that hold tests: those that are named, and in folders, however deep, every
// *.test.yaml and *.scenario.yaml.
#pragma once

#include <string>
#include <vector>

namespace headroom {

struct UnreadableFolder {
  std::string folder;
  std::string problem;  // "cannot read FOLDER: Permission denied"
};
struct TestPaths {
  // In the order of the paths, those of a folder sorted; each once.
  std::vector<std::string> files;
  std::vector<UnreadableFolder> unreadable;
};

// A path that is no folder is taken for a file: whoever reads it says when it is not there. Hidden
// folders, such as .git, are passed over.
TestPaths find_test_files(const std::vector<std::string>& paths);

}  // namespace headroom
