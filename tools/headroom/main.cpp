// Starts the program: everything else is in command_line.cpp and in the files of its commands.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <new>

#include "tools/headroom/command_line.hpp"
#include "tools/headroom/exit_code.hpp"
#include "tools/headroom/interruption.hpp"

int main(int argc, char** argv) {
  headroom::prepare_process();
  const char* trouble = nullptr;
  try {
    return headroom::run_command_line(argc, argv);
  } catch (const std::bad_alloc&) {
    trouble = "out of memory";
  } catch (const std::exception& error) {
    fmt::print(stderr, "headroom: error: {}\n", error.what());
    trouble = "this is a bug in headroom: please report it";
  }
  std::fprintf(stderr, "headroom: error: %s\n", trouble);
  return static_cast<int>(headroom::ExitCode::Failure);
}
