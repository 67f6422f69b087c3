#include "sim/scenario/input_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_stream.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/temporary_folder.hpp"

namespace sim {
namespace {

class InputFileTest : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& bytes) {
    const std::filesystem::path path = folder_.file(name);
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }

  static std::string packed(const std::string& bytes) {
    std::ostringstream result;
    boost::iostreams::filtering_ostream gzip;
    gzip.push(boost::iostreams::gzip_compressor());
    gzip.push(result);
    gzip << bytes;
    gzip.reset();
    return result.str();
  }

  static std::string contents(std::istream& stream) {
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  tests::TemporaryFolder folder_;
};

TEST_F(InputFileTest, ReadsPlainAndPackedFilesAlike) {
  const std::string bytes = "time,count\n" + std::string(100'000, 'x');
  EXPECT_EQ(contents(*open_input_file(write("a.csv", bytes)).stream), bytes);
  EXPECT_EQ(contents(*open_input_file(write("a.csv.gz", packed(bytes))).stream), bytes);
  EXPECT_EQ(contents(*open_input_file(write("short", "\x1f")).stream), "\x1f");
  EXPECT_EQ(contents(*open_input_file(write("empty", "")).stream), "");
}

TEST_F(InputFileTest, SaysWhyAFileCannotBeOpened) {
  EXPECT_EQ(open_input_file(folder_.file("absent")).problem, "no such file");
  EXPECT_EQ(open_input_file(folder_.path().string()).problem, "a directory");
}

TEST_F(InputFileTest, DamagedGzipIsAnErrorOfTheFile) {
  std::string bytes = packed(std::string(100'000, 'x') + "end");
  bytes.resize(bytes.size() / 2);
  const std::string cut = write("cut.json.gz", bytes);
  const std::string noise = write("noise.json.gz", "\x1f\x8b\x08 this is no gzip at all");
  for (const std::string& path : {cut, noise}) {
    Diagnostics diagnostics;
    EXPECT_FALSE(read_text_file(open_input_file, path, {}, diagnostics)) << path;
    EXPECT_EQ(diagnostics.render_all(),
              path + ": error: expected a whole file, found one that is damaged\n");
  }
}

TEST_F(InputFileTest, ASmallPackedFileOfManyBytesIsRefused) {
  const std::string path = write("bomb.gz", packed(std::string(kLargestFile + 1, ' ')));
  Diagnostics diagnostics;
  EXPECT_FALSE(read_text_file(open_input_file, path, {}, diagnostics));
  EXPECT_EQ(diagnostics.render_all(),
            path + ": error: expected a file of at most 4 MiB, found a larger one\n");
}

TEST(ScenarioFolder, IsWhereRelativePathsBegin) {
  EXPECT_EQ(beside("scenarios/a.yaml", "b.csv"), "scenarios/b.csv");
  EXPECT_EQ(beside("scenarios/seed/a.yaml", "../b.csv"), "scenarios/b.csv");
  EXPECT_EQ(beside("a.yaml", "b.csv"), "b.csv");
  EXPECT_EQ(beside("scenarios/a.yaml", "/tmp/b.csv"), "/tmp/b.csv");
}

TEST(ScenarioFolder, IsLeftOutOfPathsThatAreWrittenBack) {
  for (const char* written : {"b.csv", "../b.csv", "/tmp/b.csv", "c/b.csv"}) {
    for (const char* file : {"a.yaml", "scenarios/a.yaml", "./x/a.yaml", "/abs/a.yaml"}) {
      const std::string opened = beside(file, written);
      EXPECT_EQ(beside(file, relative_to_scenario(file, opened)), opened) << written << file;
    }
  }
}

}  // namespace
}  // namespace sim
