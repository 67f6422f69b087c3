#include "tools/headroom/test_paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

namespace headroom {
namespace {

namespace fs = std::filesystem;

bool holds_tests(const std::string& name) {
  return name.ends_with(".test.yaml") || name.ends_with(".scenario.yaml");
}

bool is_hidden(const fs::path& folder) {
  const std::string name = folder.filename().string();
  return name.size() > 1 && name.starts_with('.') && name != "..";
}

// Links to folders are not followed, so that there is no going round in circles.
void find_in(const fs::path& folder, TestPaths& found) {
  std::error_code error;
  std::vector<std::string> files;
  fs::recursive_directory_iterator entry(folder, error);
  const fs::recursive_directory_iterator end;
  while (!error && entry != end) {
    if (entry->is_directory(error) && is_hidden(entry->path())) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file(error) && holds_tests(entry->path().filename().string())) {
      files.push_back(entry->path().lexically_normal().string());
    }
    error.clear();
    entry.increment(error);
  }
  if (error) {
    found.unreadable.push_back(
        {folder.string(), fmt::format("cannot read {}: {}", folder.string(), error.message())});
  }
  std::sort(files.begin(), files.end());
  found.files.insert(found.files.end(), files.begin(), files.end());
}

}  // namespace

TestPaths find_test_files(const std::vector<std::string>& paths) {
  TestPaths all;
  for (const std::string& path : paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      find_in(path, all);
    } else {
      all.files.push_back(path);
    }
  }
  std::set<std::string> seen;
  std::erase_if(all.files, [&seen](const std::string& file) {
    return !seen.insert(fs::path(file).lexically_normal().string()).second;
  });
  return all;
}

}  // namespace headroom
