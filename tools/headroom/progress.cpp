#include "tools/headroom/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "sim/report/humane_text.hpp"

namespace headroom {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kBetweenDrawings{200};
// A log is not to fill up: somebody looks at it after a while, if at all.
constexpr milliseconds kBetweenLines{30'000};
constexpr std::size_t kBarWidth = 30;
// Clears what is left of the line (ECMA-48, EL).
constexpr const char* kClearLine = "\r\x1b[K";

}  // namespace

Progress::Progress(Console& console, std::string pieces, std::size_t done, std::size_t total)
    : console_(console),
      pieces_(std::move(pieces)),
      begun_with_(done),
      done_(done),
      total_(total),
      is_terminal_(::isatty(STDERR_FILENO) == 1),
      begin_(Clock::now()),
      next_(begin_ + (is_terminal_ ? kBetweenDrawings : kBetweenLines)) {}

Progress::~Progress() {
  if (is_drawn_) draw("");
}

void Progress::step() {
  ++done_;
  const Clock::time_point now = Clock::now();
  if (now < next_ || done_ == total_) return;
  next_ = now + (is_terminal_ ? kBetweenDrawings : kBetweenLines);
  if (!is_terminal_) {
    console_.log().info("{}", state(now));
    return;
  }
  const std::size_t filled = kBarWidth * done_ / total_;
  draw(fmt::format("[{:<{}}] {}", std::string(filled, '='), kBarWidth, state(now)));
  is_drawn_ = true;
}

std::string Progress::state(Clock::time_point now) const {
  const double elapsed_s = std::chrono::duration<double>(now - begin_).count();
  const double left_s =
      elapsed_s / static_cast<double>(done_ - begun_with_) * static_cast<double>(total_ - done_);
  return fmt::format("{} of {} {}, {} left", sim::humane_count(static_cast<std::int64_t>(done_)),
                     sim::humane_count(static_cast<std::int64_t>(total_)), pieces_,
                     sim::humane_span(left_s));
}

void Progress::draw(const std::string& text) { console_.say(kClearLine + text, false); }

}  // namespace headroom
