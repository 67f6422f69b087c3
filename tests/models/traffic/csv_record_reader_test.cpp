#include "models/traffic/csv_record_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>
#include <streambuf>
#include <utility>

namespace models::traffic {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Record = std::vector<std::string>;

struct Content {
  std::vector<Record> records;
  std::vector<std::int64_t> lines;
  std::string failure;
  std::int64_t failure_line = 0;
};

Content read(std::unique_ptr<std::istream> input) {
  CsvRecordReader reader(std::move(input));
  Content content;
  while (reader.next()) {
    content.records.emplace_back(reader.fields().begin(), reader.fields().end());
    content.lines.push_back(reader.line());
  }
  content.failure = reader.failure();
  if (!content.failure.empty()) content.failure_line = reader.line();
  EXPECT_FALSE(reader.next());
  return content;
}

Content read(const std::string& text) { return read(std::make_unique<std::istringstream>(text)); }

TEST(CsvRecordReader, SplitsLinesAtCommas) {
  const Content content = read("a,b,c\n1,,3\n,\n");
  EXPECT_THAT(content.records,
              ElementsAre(Record{"a", "b", "c"}, Record{"1", "", "3"}, Record{"", ""}));
  EXPECT_THAT(content.lines, ElementsAre(1, 2, 3));
  EXPECT_EQ(content.failure, "");
}

TEST(CsvRecordReader, LastLineNeedsNoEnd) {
  EXPECT_THAT(read("a\nb").records, ElementsAre(Record{"a"}, Record{"b"}));
  EXPECT_THAT(read("").records, IsEmpty());
}

TEST(CsvRecordReader, TakesCrlfByteOrderMarkAndBlankLinesAtTheEnd) {
  const Content content = read("\xEF\xBB\xBF\"a\",b\r\n1,2\r\n\r\n \n\n");
  EXPECT_THAT(content.records, ElementsAre(Record{"a", "b"}, Record{"1", "2"}));
  EXPECT_EQ(content.failure, "");
}

TEST(CsvRecordReader, UndoesQuotes) {
  const Content content = read("\"a,b\",\"say \"\"hi\"\"\",\"\"\n\"two\r\nlines\",x,y\nlast,,\n");
  EXPECT_THAT(content.records,
              ElementsAre(Record{"a,b", "say \"hi\"", ""}, Record{"two\r\nlines", "x", "y"},
                          Record{"last", "", ""}));
  EXPECT_THAT(content.lines, ElementsAre(1, 2, 4));
}

TEST(CsvRecordReader, SaysWhatIsWrongAndWhere) {
  struct Case {
    const char* text;
    std::int64_t line;
    const char* failure;
  };
  for (const Case& wrong : {
           Case{"a\n\"b", 2, "expected a closing quote, found the end of the file"},
           Case{"a\n\"b\"c\n", 2, "expected a comma after the closing quote, found something else"},
           Case{"a\nb\"c\"\n", 2,
                "expected a quote only at the begin of a field, found one inside"},
           Case{"a\n\n\nb\n", 2, "expected a row, found an empty line with rows after it"},
           Case{"\na\n", 1, "expected a row, found an empty line with rows after it"},
       }) {
    const Content content = read(std::string(wrong.text));
    EXPECT_EQ(content.failure, wrong.failure) << wrong.text;
    EXPECT_EQ(content.failure_line, wrong.line) << wrong.text;
  }
}

TEST(CsvRecordReader, ReadsRecordsOfAllLengthsAcrossBufferEnds) {
  std::string text;
  std::size_t records = 0;
  for (std::size_t length = 1; text.size() < 400'000; length = length * 5 / 4 + 1) {
    text += std::string(length, 'x') + ",\"" + std::string(length, 'y') + "\n" + "\"\n";
    ++records;
  }
  const Content content = read(text);
  ASSERT_EQ(content.records.size(), records);
  std::size_t length = 1;
  for (const Record& record : content.records) {
    EXPECT_EQ(record[0], std::string(length, 'x'));
    EXPECT_EQ(record[1], std::string(length, 'y') + "\n");
    length = length * 5 / 4 + 1;
  }
}

TEST(CsvRecordReader, BoundsWhatItHolds) {
  const std::string limit(CsvRecordReader::kMaxRecordBytes, 'x');
  EXPECT_EQ(read("a\n" + limit + "\n").records.size(), 2U);
  const std::string too_long =
      "expected rows of at most 1 MiB, found a longer one (is a quote not closed?)";
  EXPECT_EQ(read("a\n" + limit + "x\n").failure, too_long);
  EXPECT_EQ(read("a\n" + limit + limit + limit).failure, too_long);
  EXPECT_EQ(read("a\n\"" + limit + limit + limit).failure_line, 2);
  EXPECT_EQ(read(std::string(CsvRecordReader::kMaxFields - 1, ',')).records.size(), 1U);
  EXPECT_EQ(read(std::string(CsvRecordReader::kMaxFields, ',')).failure,
            "expected at most 4096 columns, found more");
}

// Gives a few bytes and then fails, as a broken gzip file does.
class BrokenBuffer : public std::streambuf {
 protected:
  int_type underflow() override {
    if (std::exchange(given_, true)) throw std::runtime_error("broken");
    setg(bytes_, bytes_, bytes_ + sizeof bytes_);
    return traits_type::to_int_type(bytes_[0]);
  }

 private:
  char bytes_[4] = {'a', '\n', 'b', '\n'};
  bool given_ = false;
};

class BrokenStream : public std::istream {
 public:
  BrokenStream() : std::istream(&buffer_) {}

 private:
  BrokenBuffer buffer_;
};

TEST(CsvRecordReader, StreamThatBreaksIsAFailureNotAnEnd) {
  EXPECT_EQ(read(std::make_unique<BrokenStream>()).failure,
            "expected more rows, found that the file cannot be read further");
}

}  // namespace
}  // namespace models::traffic
