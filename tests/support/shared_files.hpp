// Finds the real inputs that tests read when they are there: beside the repository, or where the
// environment variable HEADROOM_SHARED says.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace tests {

// The file of that name below the shared folder, whether it exists or not. Tests run in the
// repository's root.
inline std::filesystem::path shared_file(const std::string& name) {
  const char* folder = std::getenv("HEADROOM_SHARED");
  return std::filesystem::path(folder != nullptr ? folder : "../shared") / name;
}

}  // namespace tests
