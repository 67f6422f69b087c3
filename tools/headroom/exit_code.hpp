// Names the exit codes of the program. They are part of what scripts rely on.
#pragma once

namespace headroom {

enum class ExitCode {
  Ok = 0,
  ExpectationFailed = 1,
  BadInput = 2,  // a file or an option that cannot be used
  Failure = 3,   // ours, or the outer world's: a bug, a full disk
  Interrupted = 130
};

// Of several files the worst counts: 3 before 2 before 1 before 0.
constexpr ExitCode worse(ExitCode a, ExitCode b) { return a < b ? b : a; }

}  // namespace headroom
