#include "sim/scenario/input_library.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "sim/scenario/document.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

std::string text_of(const InputFile& file) {
  std::ostringstream text;
  text << file.stream->rdbuf();
  return text.str();
}

TEST(InputLibrary, ReadsAFileOnce) {
  int count = 0;
  InputLibrary library([&count](const std::string&) -> InputFile {
    return {std::make_unique<std::istringstream>("text " + std::to_string(++count)), {}};
  });
  EXPECT_EQ(text_of(library.open("a")), "text 1");
  const InputFile first = library.open("a");
  const InputFile second = library.open("a");
  EXPECT_EQ(text_of(first), "text 1");
  EXPECT_EQ(text_of(second), "text 1");
  EXPECT_EQ(count, 1);
}

TEST(InputLibrary, LeavesALargeFileOnTheDisk) {
  const std::string large(kLargestFile + 1, 'x');
  const std::string largest(kLargestFile, 'x');
  InputLibrary library(tests::opener_of({{"large", large}, {"largest", largest}}));
  for (int time = 0; time < 2; ++time) {
    EXPECT_TRUE(text_of(library.open("large")) == large);
    EXPECT_TRUE(text_of(library.open("largest")) == largest);
  }
}

TEST(InputLibrary, HandsOnWhyAFileCannotBeOpened) {
  InputLibrary library(tests::opener_of({}));
  EXPECT_EQ(library.open("a").problem, "no such file");
}

TEST(InputLibrary, FingerprintTellsOtherPathsAndOtherContents) {
  const auto fingerprint = [](const tests::Files& files) {
    InputLibrary library(tests::opener_of(files));
    for (const auto& [path, text] : files) library.open(path);
    return library.fingerprint();
  };
  const auto one = fingerprint({{"a", "1"}, {"b", "2"}});
  EXPECT_EQ(one, fingerprint({{"b", "2"}, {"a", "1"}}));
  EXPECT_NE(one, fingerprint({{"a", "1"}, {"b", "3"}}));
  EXPECT_NE(one, fingerprint({{"a", "2"}, {"b", "1"}}));
  EXPECT_NE(one, fingerprint({{"a", "1"}, {"c", "2"}}));
  EXPECT_NE(one, fingerprint({{"a", "1"}}));
  const std::string large(kLargestFile + 1, 'x');
  EXPECT_NE(fingerprint({{"a", large}}), fingerprint({{"a", large + "y"}}));
}

}  // namespace
}  // namespace sim
