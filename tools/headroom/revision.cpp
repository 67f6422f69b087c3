#include "tools/headroom/revision.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <memory>
#include <sstream>
#include <utility>

extern char** environ;

namespace headroom {
namespace {

struct Output {
  std::string text;
  bool is_good = false;
};

// What a program prints, without any shell between; its complaints go nowhere.
Output output_of(const std::array<std::string, 3>& words) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::array<std::string, 3> arguments = words;
  char* argv[] = {arguments[0].data(), arguments[1].data(), arguments[2].data(), nullptr};
  pid_t child = 0;
  const int failure = ::posix_spawnp(&child, argv[0], &actions, nullptr, argv, environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  Output output;
  if (failure == 0) {
    std::array<char, 65536> buffer{};
    ssize_t count = 0;
    while ((count = ::read(ends[0], buffer.data(), buffer.size())) > 0) {
      output.text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    int status = 0;
    output.is_good = ::waitpid(child, &status, 0) == child && status == 0;
  }
  ::close(ends[0]);
  return output;
}

sim::InputFile open_in(const std::string& revision, const std::string& path) {
  const std::string place = std::filesystem::path(path).is_absolute() ? path : "./" + path;
  Output output = output_of({"git", "show", revision + ":" + place});
  sim::InputFile file;
  if (!output.is_good) {
    file.problem = fmt::format("no such file in revision {}", revision);
  } else if (output.text.starts_with("\x1f\x8b")) {
    file.problem = fmt::format("a packed file in revision {}", revision);
  } else {
    file.stream = std::make_unique<std::istringstream>(std::move(output.text));
  }
  return file;
}

}  // namespace

std::optional<RevisionFile> revision_file(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == text.size()) return std::nullopt;
  std::error_code ignored;
  if (std::filesystem::exists(text, ignored)) return std::nullopt;
  // Git would take it for an option.
  if (text.front() == '-') return std::nullopt;
  return RevisionFile{text.substr(0, colon), text.substr(colon + 1)};
}

sim::FileOpener revision_opener(const std::string& revision) {
  return [revision](const std::string& path) { return open_in(revision, path); };
}

}  // namespace headroom
