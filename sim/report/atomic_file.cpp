#include "sim/report/atomic_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

namespace sim {
namespace {

// More open at once are still written, but left behind by remove_unfinished_files().
constexpr std::size_t kMostUnfinished = 64;
std::array<std::atomic<const char*>, kMostUnfinished> unfinished_files{};

void remember(const char* path) {
  for (std::atomic<const char*>& slot : unfinished_files) {
    const char* empty = nullptr;
    if (slot.compare_exchange_strong(empty, path)) return;
  }
}

void forget(const char* path) {
  for (std::atomic<const char*>& slot : unfinished_files) {
    const char* expected = path;
    if (slot.compare_exchange_strong(expected, nullptr)) return;
  }
}

// A link that leads nowhere is taken as it is: opening or renaming tells what is wrong with it.
std::string target_of(const std::string& path) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  return error ? path : target.string();
}

bool is_written_to(const std::string& target) {
  std::error_code error;
  const auto status = std::filesystem::status(target, error);
  return std::filesystem::is_other(status);
}

std::string temporary_path_for(const std::string& path) {
  if (is_written_to(path)) return {};
  static std::atomic<unsigned> count{0};
  const std::filesystem::path target(path);
  const std::string name =
      fmt::format(".{}.{}.{}.tmp", target.filename().string(), ::getpid(), count.fetch_add(1));
  return (target.parent_path() / name).string();
}

int open_for_writing(const std::string& path, int& error) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  error = descriptor < 0 ? errno : 0;
  return descriptor;
}

// Remembered before it is there: a signal may come between the two.
int open_new(const std::string& path, int& error) {
  remember(path.c_str());
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  error = descriptor < 0 ? errno : 0;
  if (descriptor < 0) forget(path.c_str());
  return descriptor;
}

}  // namespace

AtomicFile::AtomicFile(std::string path)
    : path_(std::move(path)),
      target_path_(target_of(path_)),
      temporary_path_(temporary_path_for(target_path_)),
      descriptor_(temporary_path_.empty() ? open_for_writing(target_path_, open_error_)
                                          : open_new(temporary_path_, open_error_)),
      stream_(descriptor_) {
  if (descriptor_ < 0) stream_.setstate(std::ios::badbit);
}

AtomicFile::~AtomicFile() { discard(); }

std::string AtomicFile::open_problem() const {
  return descriptor_ < 0 ? problem_text(open_error_) : std::string{};
}

std::string AtomicFile::commit() {
  if (descriptor_ < 0) return failed(open_error_);
  stream_.flush();
  if (stream_.error() != 0) return failed(stream_.error());
  // Some file systems tell only now that there was no room.
  if (::close(std::exchange(descriptor_, -1)) != 0) return failed(errno);
  if (temporary_path_.empty()) return {};
  if (std::rename(temporary_path_.c_str(), target_path_.c_str()) != 0) return failed(errno);
  forget(temporary_path_.c_str());
  temporary_path_.clear();
  return {};
}

std::string AtomicFile::failed(int error) {
  discard();
  return problem_text(error);
}

std::string AtomicFile::problem_text(int error) const {
  return fmt::format("cannot write {}: {}", path_, std::generic_category().message(error));
}

void AtomicFile::discard() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  if (open_error_ != 0 || temporary_path_.empty()) return;
  ::unlink(temporary_path_.c_str());
  forget(temporary_path_.c_str());
  temporary_path_.clear();
}

void remove_unfinished_files() {
  for (const std::atomic<const char*>& slot : unfinished_files) {
    if (const char* path = slot.load()) ::unlink(path);
  }
}

std::string make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error && !std::filesystem::is_directory(path, error)) {
    error = std::make_error_code(std::errc::not_a_directory);
  }
  return error ? fmt::format("cannot make folder {}: {}", path, error.message()) : std::string{};
}

}  // namespace sim
