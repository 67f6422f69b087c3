// Reads the command line, runs the command that it names, and gives the exit code.
#pragma once

namespace headroom {

int run_command_line(int argc, const char* const* argv);

}  // namespace headroom
