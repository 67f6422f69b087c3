#include "sim/report/atomic_file.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "sim/report/json_writer.hpp"
#include "sim/report/report_files.hpp"
#include "tests/sim/report/sample_run.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sim {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

class AtomicFileTest : public ::testing::Test {
 protected:
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      names.push_back(entry.path().filename().string());
    }
    return names;
  }
  std::string path(const char* name) const { return folder_.file(name); }

  tests::TemporaryFolder folder_;
};

TEST_F(AtomicFileTest, ReplacesTheOldContentOnlyWhenCommitted) {
  std::ofstream(path("a")) << "old";
  AtomicFile file(path("a"));
  file.stream() << "new";
  file.stream().flush();
  EXPECT_EQ(content_of(path("a")), "old");
  EXPECT_EQ(file.commit(), "");
  EXPECT_EQ(content_of(path("a")), "new");
  EXPECT_THAT(names(), ::testing::ElementsAre("a"));
}

TEST_F(AtomicFileTest, LeavesNothingWithoutACommit) {
  { AtomicFile(path("a")).stream() << "half"; }
  EXPECT_THAT(names(), ::testing::IsEmpty());
}

TEST_F(AtomicFileTest, TellsPathAndCauseWhenTheFolderIsMissing) {
  AtomicFile file(path("missing/a"));
  file.stream() << "lost";
  EXPECT_EQ(file.commit(), "cannot write " + path("missing/a") + ": No such file or directory");
}

TEST_F(AtomicFileTest, TellsPathAndCauseWhenTheNameIsAFolder) {
  fs::create_directory(folder_.path() / "a");
  AtomicFile file(path("a"));
  file.stream() << "lost";
  EXPECT_EQ(file.commit(), "cannot write " + path("a") + ": Is a directory");
  EXPECT_THAT(names(), ::testing::ElementsAre("a"));
}

TEST_F(AtomicFileTest, CanBeRemovedAtOnceByAProgramThatStops) {
  AtomicFile file(path("a"));
  file.stream() << "half";
  EXPECT_EQ(names().size(), 1U);
  remove_unfinished_files();
  EXPECT_THAT(names(), ::testing::IsEmpty());
}

TEST_F(AtomicFileTest, WritesToAPipeAndLeavesItThere) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  const int reader = ::open(path("pipe").c_str(), O_RDONLY | O_NONBLOCK);
  AtomicFile file(path("pipe"));
  file.stream() << "told";
  EXPECT_EQ(file.commit(), "");
  std::array<char, 16> read{};
  EXPECT_EQ(::read(reader, read.data(), read.size()), 4);
  EXPECT_STREQ(read.data(), "told");
  EXPECT_TRUE(fs::is_fifo(path("pipe")));
  EXPECT_THAT(names(), ::testing::ElementsAre("pipe"));
  ::close(reader);
}

TEST_F(AtomicFileTest, ReplacesWhatALinkLeadsTo) {
  fs::create_directory(folder_.path() / "there");
  std::ofstream(path("there/a")) << "old";
  fs::create_symlink("there/a", path("link"));
  AtomicFile file(path("link"));
  file.stream() << "new";
  EXPECT_EQ(file.commit(), "");
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(content_of(path("there/a")), "new");
}

TEST_F(AtomicFileTest, DescriptorStreamRemembersAFullDisk) {
  const int full = ::open("/dev/full", O_WRONLY);
  if (full < 0) GTEST_SKIP() << "no /dev/full on this system";
  DescriptorStream stream(full);
  stream << std::string(100000, 'x') << std::flush;
  EXPECT_EQ(stream.error(), ENOSPC);
  ::close(full);
}

TEST_F(AtomicFileTest, ReportFilesAreWrittenIntoANewFolder) {
  const SampleRun run = sample_run();
  EXPECT_EQ(write_report_files(run.report(), path("deep/out")), "");
  const fs::path out = folder_.path() / "deep" / "out";
  EXPECT_EQ(JsonTree::parse(content_of(out / "summary.json"))["expectations"]["failed"], 2);
  EXPECT_EQ(JsonTree::parse(content_of(out / "activities.json"))["ScalingActivities"].size(), 2U);
  EXPECT_EQ(JsonTree::parse(content_of(out / "alarms.json"))["MetricAlarms"].size(), 1U);
  EXPECT_TRUE(content_of(out / "timeseries.csv").starts_with("start_s,"));
}

TEST_F(AtomicFileTest, ReportFilesTellWhichOneCouldNotBeWritten) {
  fs::create_directory(folder_.path() / "timeseries.csv");
  const SampleRun run = sample_run();
  EXPECT_EQ(write_report_files(run.report(), folder_.path().string()),
            "cannot write " + path("timeseries.csv") + ": Is a directory");
  std::ofstream(path("file")) << "x";
  EXPECT_EQ(write_report_files(run.report(), path("file")),
            "cannot make folder " + path("file") + ": Not a directory");
}

}  // namespace
}  // namespace sim
