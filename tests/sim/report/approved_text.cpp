#include "tests/sim/report/approved_text.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace sim {

std::string difference_from_approved(const std::string& actual, const std::string& file_name) {
  const std::string path = "tests/sim/report/approved/" + file_name;
  if (std::getenv("HEADROOM_APPROVE") != nullptr) {
    std::ofstream(path, std::ios::binary) << actual;
    return "approved " + path + ": run again without HEADROOM_APPROVE";
  }
  std::ifstream approved(path, std::ios::binary);
  if (!approved) return "cannot read " + path;
  std::istringstream written(actual);
  std::string approved_line;
  std::string line;
  for (int number = 1;; ++number) {
    const bool has_approved = static_cast<bool>(std::getline(approved, approved_line));
    const bool has_line = static_cast<bool>(std::getline(written, line));
    if (!has_approved && !has_line) return {};
    if (has_approved != has_line || approved_line != line) {
      return path + " line " + std::to_string(number) +
             "\n  approved: " + (has_approved ? approved_line : "(end)") +
             "\n  written:  " + (has_line ? line : "(end)");
    }
  }
}

}  // namespace sim
