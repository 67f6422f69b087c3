#include "sim/report/run_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "sim/scenario/summary_keys.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sim {
namespace {

using ::testing::HasSubstr;
using Problem = RunLog::Problem;

class RunLogTest : public ::testing::Test {
 protected:
  static RunLogKind kind(int seed = 1) {
    return {{{"schema", "x/1"}, {"seed", seed}},
            [](std::size_t index) {
              return JsonTree{{"run", index}};
            },
            3};
  }
  // Values that have no short decimal form, and some that are absent.
  static RunNumbers numbers(int run) {
    RunNumbers numbers;
    numbers.values.resize(summary_keys().size());
    numbers.values[summary_key_index("latency.p99")] = 1.0 / (3 + run);
    numbers.values[summary_key_index("cost.total")] = 1e-300 / 7;
    numbers.passed = run;
    return numbers;
  }
  std::string text() const {
    std::ostringstream all;
    all << std::ifstream(path_).rdbuf();
    return all.str();
  }
  void write(const std::string& text) const { std::ofstream(path_) << text; }
  std::string whole() {
    RunLog log;
    EXPECT_EQ(log.open(path_, kind()), Problem::None);
    for (int run = 0; run < 3; ++run) EXPECT_EQ(log.append(numbers(run)), Problem::None);
    return text();
  }

  tests::TemporaryFolder folder_;
  std::string path_ = folder_.file("runs.jsonl");
};

TEST_F(RunLogTest, GivesBackTheVerySameNumbers) {
  whole();
  RunLog log;
  ASSERT_EQ(log.open(path_, kind()), Problem::None);
  ASSERT_EQ(log.found().size(), 3U);
  for (int run = 0; run < 3; ++run) {
    EXPECT_EQ(log.found()[static_cast<std::size_t>(run)].values, numbers(run).values);
    EXPECT_EQ(log.found()[static_cast<std::size_t>(run)].passed, run);
  }
}

TEST_F(RunLogTest, CutAtAnyByteItIsContinuedToTheSameBytes) {
  const std::string all = whole();
  for (std::size_t length = 0; length <= all.size(); ++length) {
    // All bytes around the ends of lines, and some of those between.
    const std::size_t line_end = all.find('\n', length > 2 ? length - 2 : 0);
    if (line_end > length + 2 && length % 97 != 0) continue;
    write(all.substr(0, length));
    RunLog log;
    ASSERT_EQ(log.open(path_, kind()), Problem::None) << length << ": " << log.message();
    for (auto run = static_cast<int>(log.found().size()); run < 3; ++run) {
      ASSERT_EQ(log.append(numbers(run)), Problem::None);
    }
    ASSERT_EQ(text(), all) << length;
  }
}

TEST_F(RunLogTest, LeavesAnotherStudysFileAsItIs) {
  const std::string all = whole();
  RunLog log;
  EXPECT_EQ(log.open(path_, kind(2)), Problem::NotOurs);
  EXPECT_THAT(log.message(), HasSubstr("belongs to other results: its seed is 1, here it is 2"));
  EXPECT_EQ(text(), all);
}

TEST_F(RunLogTest, LeavesAnyOtherFileAsItIs) {
  for (const std::string other :
       {"precious", "precious\n", "{}\n", "[1]\n", "\n", "\n\n", "{\"a\""}) {
    write(other);
    RunLog log;
    EXPECT_EQ(log.open(path_, kind()), Problem::NotOurs) << other;
    EXPECT_THAT(log.message(), HasSubstr("is left as it is")) << other;
    EXPECT_EQ(text(), other);
  }
}

TEST_F(RunLogTest, LeavesADamagedFileAsItIs) {
  const std::string all = whole();
  std::string damaged = all;
  damaged[all.find("\"latency.p99\":0.") + 16] = 'x';
  std::string repeated = all + all.substr(all.find("{\"run\":2"));
  std::string swapped = all;
  swapped[all.find("{\"run\":1") + 7] = '2';
  for (const std::string& broken : {damaged, repeated, swapped}) {
    write(broken);
    RunLog log;
    EXPECT_EQ(log.open(path_, kind()), Problem::NotOurs);
    EXPECT_THAT(log.message(), HasSubstr("is damaged"));
    EXPECT_EQ(text(), broken);
  }
}

TEST_F(RunLogTest, IsWrittenByOneProgramAtATime) {
  RunLog first;
  ASSERT_EQ(first.open(path_, kind()), Problem::None);
  RunLog second;
  EXPECT_EQ(second.open(path_, kind()), Problem::NotOurs);
  EXPECT_THAT(second.message(), HasSubstr("another program is writing it"));
}

TEST_F(RunLogTest, TellsAFullDiskAndAMissingFolder) {
  RunLog full;
  EXPECT_EQ(full.open("/dev/full", kind()), Problem::OuterWorld);
  EXPECT_EQ(full.message(), "cannot write /dev/full: No space left on device");
  RunLog nowhere;
  EXPECT_EQ(nowhere.open("/nowhere/x", kind()), Problem::OuterWorld);
  EXPECT_EQ(nowhere.message(), "cannot write /nowhere/x: No such file or directory");
}

}  // namespace
}  // namespace sim
