// Reads the worked examples of AWS's rules, CSV files that lie beside the repository where they are
// at hand.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tests {

// HEADROOM_SHARED, or the folder `shared` beside the repository (tests run in its root).
inline std::filesystem::path shared_folder() {
  const char* given = std::getenv("HEADROOM_SHARED");
  return given != nullptr ? std::filesystem::path{given} : std::filesystem::path{"../shared"};
}

using VectorRow = std::map<std::string, std::string>;  // by column name

// RFC 4180 but for line breaks inside quotes.
inline std::vector<std::string> csv_fields(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  return fields;
}

// The rows of vectors/NAME; nullopt where the file is not at hand.
// Nothing when the file is not there. Lines that begin with # are comments.
inline std::optional<std::vector<VectorRow>> read_csv(const std::filesystem::path& path) {
  std::ifstream file{path};
  std::string line{"#"};
  while (line.starts_with("#")) {
    if (!std::getline(file, line)) return std::nullopt;
  }
  const std::vector<std::string> columns = csv_fields(line);
  std::vector<VectorRow> rows;
  while (std::getline(file, line)) {
    if (line.empty()) continue;
    const std::vector<std::string> fields = csv_fields(line);
    VectorRow row;
    for (std::size_t i = 0; i < columns.size() && i < fields.size(); ++i) {
      row[columns[i]] = fields[i];
    }
    rows.push_back(row);
  }
  return rows;
}

inline std::optional<std::vector<VectorRow>> read_vectors(const std::string& name) {
  return read_csv(shared_folder() / "vectors" / name);
}

}  // namespace tests

#define HEADROOM_SKIP_WITHOUT(vectors, name)                                                      \
  if (!(vectors)) {                                                                               \
    GTEST_SKIP() << "vectors/" << (name) << " is not under " << ::tests::shared_folder().string() \
                 << "; set HEADROOM_SHARED to the folder that holds vectors/";                    \
  }
