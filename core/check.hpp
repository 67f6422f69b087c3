// Stops the program when it is wrong about itself: an event in the past, a request counted twice.
//
// A CHECK is for our own mistakes only. What an operator wrote wrong is a diagnostic, what goes
// wrong in the simulated world is data. Checks stay on in every build. A failure prints the
// expression, both values, and the moment of the simulation, and ends the program with exit code 3.
#pragma once

#include <cstdint>
#include <sstream>
#include <string>

#include "core/sim_time.hpp"

namespace core {

// What a failed check tells about the moment: kept up to date by the event loop, one per thread.
struct CheckContext {
  SimTime now = kStart;
  std::uint64_t seed = 0;
  const char* event = "before the first event";
};
CheckContext& check_context();

[[noreturn]] void check_failed(const char* expression, const char* file, int line,
                               const std::string& values);

template <class A, class B>
[[noreturn]] void check_failed_comparing(const char* expression, const char* file, int line,
                                         const A& left, const B& right) {
  std::ostringstream values;
  values << left << " against " << right;
  check_failed(expression, file, line, values.str());
}

}  // namespace core

#define CHECK(condition)                                                   \
  do {                                                                     \
    if (!(condition)) [[unlikely]]                                         \
      ::core::check_failed(#condition, __FILE__, __LINE__, std::string{}); \
  } while (false)

#define HEADROOM_CHECK_COMPARE(a, op, b)                                                \
  do {                                                                                  \
    const auto& check_left = (a);                                                       \
    const auto& check_right = (b);                                                      \
    if (!(check_left op check_right)) [[unlikely]]                                      \
      ::core::check_failed_comparing(#a " " #op " " #b, __FILE__, __LINE__, check_left, \
                                     check_right);                                      \
  } while (false)

#define CHECK_EQ(a, b) HEADROOM_CHECK_COMPARE(a, ==, b)
#define CHECK_LE(a, b) HEADROOM_CHECK_COMPARE(a, <=, b)
#define CHECK_LT(a, b) HEADROOM_CHECK_COMPARE(a, <, b)
#define CHECK_GE(a, b) HEADROOM_CHECK_COMPARE(a, >=, b)
