#include "tools/headroom/interruption.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "sim/report/atomic_file.hpp"

namespace headroom {
namespace {

// Only what is safe in a signal handler.
void stop_at_once(int signal) {
  sim::remove_unfinished_files();
  ::_exit(128 + signal);
}

void handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

void prepare_process() {
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
      // Read-only: writing to a closed standard output stays an error.
      [[maybe_unused]] const int opened = ::open("/dev/null", O_RDONLY);
    }
  }
  handle(SIGPIPE, SIG_IGN);
  handle(SIGXFSZ, SIG_IGN);
  handle(SIGINT, stop_at_once);
  handle(SIGTERM, stop_at_once);
}

}  // namespace headroom
