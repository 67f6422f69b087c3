#include "sim/scenario/input_file.hpp"

#include <fmt/format.h>

#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_stream.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

namespace sim {
namespace {

// Unpacks a file. The base holds the file, so that it outlives the filters that read from it.
class GzipStream final : private std::unique_ptr<std::ifstream>,
                         public boost::iostreams::filtering_istream {
 public:
  explicit GzipStream(std::unique_ptr<std::ifstream> packed)
      : std::unique_ptr<std::ifstream>(std::move(packed)) {
    push(boost::iostreams::gzip_decompressor());
    push(*get_packed());
  }

 private:
  std::ifstream* get_packed() { return std::unique_ptr<std::ifstream>::get(); }
};

bool begins_as_gzip(std::ifstream& file) {
  char magic[2] = {};
  file.read(magic, 2);
  const bool is_gzip = file.gcount() == 2 && magic[0] == '\x1f' && magic[1] == '\x8b';
  file.clear();
  file.seekg(0);
  return is_gzip;
}

void report_file(Diagnostics& diagnostics, const std::string& path, std::string message) {
  diagnostics.add_error({path, 0, 0}, "unreadable-file", std::move(message));
}

}  // namespace

InputFile open_input_file(const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found)
    return {nullptr, std::string(kNoSuchFile)};
  if (status.type() == std::filesystem::file_type::directory) return {nullptr, "a directory"};
  auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*file) return {nullptr, fmt::format("one that cannot be opened: {}", std::strerror(errno))};
  // What cannot be read twice, such as a pipe, is taken as it is.
  if (status.type() == std::filesystem::file_type::regular && begins_as_gzip(*file)) {
    return {std::make_unique<GzipStream>(std::move(file)), {}};
  }
  return {std::move(file), {}};
}

std::unique_ptr<std::istream> open_trace_file(const std::string& path) {
  return open_input_file(path).stream;
}

std::optional<std::string> read_text_file(const FileOpener& open, const std::string& path,
                                          const NodePlace& place, Diagnostics& diagnostics) {
  const InputFile file = open(path);
  if (file.stream == nullptr) {
    const std::string message =
        fmt::format("expected a file at {}, found {}", in_quotes(path), file.problem);
    if (place.source == nullptr) {
      report_file(diagnostics, path, fmt::format("expected a file, found {}", file.problem));
    } else {
      report(diagnostics, Severity::Error, place, "missing-file", message);
    }
    return std::nullopt;
  }
  // One byte more than is accepted tells a file that is too large, however large it is.
  std::string text(kLargestFile + 1, '\0');
  file.stream->read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.stream->gcount()));
  if (file.stream->bad()) {
    report_file(diagnostics, path, "expected a whole file, found one that is damaged");
    return std::nullopt;
  }
  if (text.size() > kLargestFile) {
    report_file(
        diagnostics, path,
        fmt::format("expected a file of at most {} MiB, found a larger one", kLargestFile >> 20U));
    return std::nullopt;
  }
  return text;
}

std::string beside(const std::string& scenario_file, const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(scenario_file).parent_path();
  return (folder / path).lexically_normal().string();
}

std::string relative_to_scenario(const std::string& scenario_file, const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(scenario_file).parent_path();
  if (folder.empty() || std::filesystem::path(path).is_absolute()) return path;
  return std::filesystem::path(path).lexically_relative(folder.lexically_normal()).string();
}

}  // namespace sim
