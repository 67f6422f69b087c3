#include "tools/headroom/console.hpp"

#include <spdlog/formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <system_error>

namespace headroom {
namespace {

// "headroom: error: cannot write ...", and plain sentences for what is no trouble.
class TalkFormatter : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& line) override {
    append(line, prefix_of(message.level));
    append(line, {message.payload.data(), message.payload.size()});
    append(line, "\n");
  }
  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<TalkFormatter>();
  }

 private:
  static void append(spdlog::memory_buf_t& line, std::string_view text) {
    line.append(text.data(), text.data() + text.size());
  }
  static std::string_view prefix_of(spdlog::level::level_enum level) {
    if (level >= spdlog::level::err) return "headroom: error: ";
    if (level == spdlog::level::warn) return "headroom: warning: ";
    return level == spdlog::level::info ? "" : "headroom: ";
  }
};

std::shared_ptr<spdlog::logger> make_log(const OutputOptions& options) {
  auto log = std::make_shared<spdlog::logger>("headroom",
                                              std::make_shared<spdlog::sinks::stderr_sink_mt>());
  log->set_formatter(std::make_unique<TalkFormatter>());
  log->set_level(options.quiet     ? spdlog::level::err
                 : options.verbose ? spdlog::level::debug
                                   : spdlog::level::info);
  return log;
}

// Zero when it does not tell.
std::size_t columns_of_terminal() {
  winsize window{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 ? window.ws_col : 0;
}

sim::TextStyle style_of(const OutputOptions& options) {
  const bool is_terminal = ::isatty(STDOUT_FILENO) == 1;
  const bool has_colour = wants_colour(options.colour_choice(), colour_environment(), is_terminal);
  return {.colour = has_colour ? sim::Colour::On : sim::Colour::Off,
          .is_ascii = options.ascii,
          // In a pipe the same for everybody, whatever is set.
          .width = is_terminal ? width_of_window(std::getenv("COLUMNS"), columns_of_terminal())
                               : sim::kUsualWidth};
}

}  // namespace

Console::Console(const OutputOptions& options)
    : format_(options.output_format()),
      style_(style_of(options)),
      is_quiet_(options.quiet),
      out_(STDOUT_FILENO),
      log_(make_log(options)) {}

void Console::say(const std::string& text, bool is_error) {
  if (is_quiet_ && !is_error) return;
  log_->flush();
  std::fwrite(text.data(), 1, text.size(), stderr);
}

ExitCode Console::finish(ExitCode code) {
  out_.flush();
  const int error = out_.error();
  if (error == 0 || error == EPIPE) return code;
  log_->error("cannot write to standard output: {}", std::generic_category().message(error));
  return worse(code, ExitCode::Failure);
}

}  // namespace headroom
