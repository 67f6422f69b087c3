# Gives every target of the project the same language level, warnings and floating-point rules.

add_library(headroom_options INTERFACE)
target_include_directories(headroom_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(
  headroom_options
  INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
            -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wimplicit-fallthrough -Werror
            # g++ 12 sees strings that may be uninitialised, overlap, or are written beyond their
            # end, where there are none (GCC bugs 105562, 105651 and 105329); clang++ and the
            # sanitizers look for those that are.
            $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
            $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
            $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>
            $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>
            # Where speed is not asked for, the standard library checks its own preconditions.
            $<$<CONFIG:Debug>:-D_GLIBCXX_ASSERTIONS>
            # The same bytes from every compiler: no contraction to fused multiply-add.
            -ffp-contract=off
            # Nobody reads errno after a square root; without it, roots and rounding are one
            # instruction each.
            -fno-math-errno)
if(HEADROOM_SANITIZE)
  target_compile_options(
    headroom_options
    INTERFACE -fsanitize=${HEADROOM_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(headroom_options INTERFACE -fsanitize=${HEADROOM_SANITIZE})
endif()

# headroom_precompile(NAME HEADER ...): parses the wide headers once for a target, where that is
# asked for. A build without it shows whether each file includes what it uses.
option(HEADROOM_PRECOMPILED_HEADERS "Parse the wide headers once for each target" OFF)
set(HEADROOM_WIDE_HEADERS
    <algorithm>
    <chrono>
    <cstdint>
    <functional>
    <map>
    <memory>
    <optional>
    <span>
    <string>
    <string_view>
    <variant>
    <vector>
    <fmt/format.h>)
function(headroom_precompile name)
  if(HEADROOM_PRECOMPILED_HEADERS)
    target_precompile_headers(${name} PRIVATE ${HEADROOM_WIDE_HEADERS} ${ARGN})
  endif()
endfunction()

# headroom_library(NAME SOURCES ... LINKS ...): a layer of the program.
function(headroom_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC headroom_options ${ARG_LINKS})
  headroom_precompile(${name})
endfunction()

# headroom_test(NAME SOURCES ... LINKS ...): one GoogleTest program, its cases known to ctest.
function(headroom_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(
    ${name} PRIVATE headroom_options ${ARG_LINKS} GTest::gmock GTest::gtest_main)
  # What is tested is in the libraries, at full speed; the tests themselves are many and need not
  # be optimised for minutes.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  headroom_precompile(${name} <gmock/gmock.h> <gtest/gtest.h>)
  # The time-out is for listing the cases: sanitized programs on a busy machine start slowly.
  gtest_discover_tests(
    ${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 120 WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endfunction()
