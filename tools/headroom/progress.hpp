// Shows on stderr how far a long command is: a bar with the time left on a terminal, a line now
// and then elsewhere.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "tools/headroom/console.hpp"

namespace headroom {

class Progress {
 public:
  // `done` of the `total` pieces were there before. With -q nothing is shown.
  Progress(Console& console, std::string pieces, std::size_t done, std::size_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // One more piece is done.
  void step();

 private:
  using Clock = std::chrono::steady_clock;

  std::string state(Clock::time_point now) const;
  void draw(const std::string& text);

  Console& console_;
  std::string pieces_;
  std::size_t begun_with_;
  std::size_t done_;
  std::size_t total_;
  bool is_terminal_;
  Clock::time_point begin_;
  Clock::time_point next_;  // when to tell again
  bool is_drawn_ = false;
};

}  // namespace headroom
