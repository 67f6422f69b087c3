#include "sim/report/run_log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/iostreams/device/file_descriptor.hpp>
#include <boost/iostreams/stream.hpp>
#include <cerrno>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "sim/scenario/summary_keys.hpp"

namespace sim {
namespace {

// Numbers are written in the shortest form that reads back as the very same.
JsonTree line_of(JsonTree line, const RunNumbers& numbers) {
  line["passed"] = numbers.passed;
  line["failed"] = numbers.failed;
  JsonTree values = JsonTree::object();
  for (std::size_t key = 0; key < summary_keys().size(); ++key) {
    if (summary_keys()[key].at_a_time) continue;
    const auto& value = numbers.values[key];
    values[std::string(summary_keys()[key].path)] = value ? JsonTree(*value) : JsonTree(nullptr);
  }
  line["values"] = std::move(values);
  return line;
}

// Absent when the line is not one that line_of() makes of a run of that name.
std::optional<RunNumbers> numbers_of(const std::string& text, const JsonTree& name) {
  const JsonTree line = JsonTree::parse(text, nullptr, false);
  if (!line.is_object()) return std::nullopt;
  const auto count = [&line](const char* key) {
    const auto found = line.find(key);
    return found != line.end() && found->is_number_integer() ? found->get<std::int64_t>() : -1;
  };
  RunNumbers numbers;
  numbers.passed = count("passed");
  numbers.failed = count("failed");
  const auto values = line.find("values");
  if (values == line.end() || !values->is_object()) return std::nullopt;
  numbers.values.resize(summary_keys().size());
  for (std::size_t key = 0; key < summary_keys().size(); ++key) {
    const auto value = values->find(std::string(summary_keys()[key].path));
    if (value != values->end() && value->is_number()) numbers.values[key] = value->get<double>();
  }
  if (line_of(name, numbers).dump() != text) return std::nullopt;
  return numbers;
}

// The first key in which two headers differ, with both values.
std::string difference(const JsonTree& found, const JsonTree& expected) {
  for (const auto& [key, value] : expected.items()) {
    const auto there = found.find(key);
    if (there == found.end()) return fmt::format("it has no {}", key);
    if (*there != value) {
      return fmt::format("its {} is {}, here it is {}", key, there->dump(), value.dump());
    }
  }
  return "it says more than this version does";
}

}  // namespace

RunLog::~RunLog() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

RunLog::Problem RunLog::not_ours(std::string why) {
  message_ = fmt::format("{} is left as it is: {}", path_, why);
  return Problem::NotOurs;
}

RunLog::Problem RunLog::failed(int error) {
  message_ = fmt::format("cannot write {}: {}", path_, std::generic_category().message(error));
  return Problem::OuterWorld;
}

RunLog::Problem RunLog::open(const std::string& path, RunLogKind kind) {
  path_ = path;
  kind_ = std::move(kind);
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) return failed(errno);
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) return failed(errno);
  is_regular_ = S_ISREG(status.st_mode);
  if (is_regular_) {
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      return not_ours("another program is writing it");
    }
    namespace io = boost::iostreams;
    io::stream<io::file_descriptor_source> in(descriptor_, io::never_close_handle);
    const Problem problem = take_over(in);
    if (problem != Problem::None) return problem;
    if (::ftruncate(descriptor_, static_cast<off_t>(length_)) != 0) return failed(errno);
    if (::lseek(descriptor_, 0, SEEK_END) < 0) return failed(errno);
  }
  return length_ == 0 ? write_line(kind_.header.dump()) : Problem::None;
}

RunLog::Problem RunLog::take_over(std::istream& in) {
  std::string line;
  while (std::getline(in, line)) {
    const bool is_torn = in.eof();
    const Problem problem = length_ == 0 ? take_header(line, is_torn)
                            : is_torn    ? Problem::None
                                         : take_run(line);
    if (problem != Problem::None || is_torn) return problem;
    length_ += line.size() + 1;
  }
  return Problem::None;
}

RunLog::Problem RunLog::take_header(const std::string& line, bool is_torn) {
  const std::string expected = kind_.header.dump();
  if (is_torn ? expected.starts_with(line) : line == expected) return Problem::None;
  const JsonTree found = JsonTree::parse(line, nullptr, false);
  if (!found.is_object() || found.find("schema") == found.end()) {
    return not_ours("it is no file of results");
  }
  return not_ours("it belongs to other results: " + difference(found, kind_.header));
}

RunLog::Problem RunLog::take_run(const std::string& line) {
  std::optional<RunNumbers> numbers;
  if (run_count_ < kind_.run_total) numbers = numbers_of(line, kind_.name_of(run_count_));
  // The header is line 1.
  if (!numbers) return not_ours(fmt::format("its line {} is damaged", run_count_ + 2));
  found_.push_back(std::move(*numbers));
  ++run_count_;
  return Problem::None;
}

RunLog::Problem RunLog::append(const RunNumbers& numbers) {
  const Problem problem = write_line(line_of(kind_.name_of(run_count_), numbers).dump());
  if (problem == Problem::None) ++run_count_;
  return problem;
}

RunLog::Problem RunLog::write_line(const std::string& line) {
  const std::string text = line + '\n';
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      const int error = errno;
      // What is left of the line is torn anyway: if it stays, it is dropped the next time.
      if (is_regular_) [[maybe_unused]]
        const int cut = ::ftruncate(descriptor_, static_cast<off_t>(length_));
      return failed(error);
    }
  }
  length_ += text.size();
  return Problem::None;
}

}  // namespace sim
