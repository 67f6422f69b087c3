// Cuts a stream of CSV into records and fields (RFC 4180), holding one record at a time.
//
// Quoted fields may hold commas, doubled quotes and line ends. Lines end in LF or CRLF; a byte
// order mark and blank lines at the end are passed over. Everything else is said to be wrong.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace models::traffic {

class CsvRecordReader {
 public:
  static constexpr std::size_t kMaxRecordBytes = std::size_t{1} << 20;
  static constexpr std::size_t kMaxFields = 4'096;

  // REQUIRES: input is not null.
  explicit CsvRecordReader(std::unique_ptr<std::istream> input);

  // Moves to the next record. False at the end, and when something is wrong: then failure() says
  // what. A failure is final.
  bool next();

  // Of the record that next() moved to: valid until the next call.
  std::span<const std::string_view> fields() const { return fields_; }
  // On which that record, or the failure, begins; counts from 1.
  std::int64_t line() const { return line_; }

  // "expected ..., found ..."; empty when all is well.
  const std::string& failure() const { return failure_; }

 private:
  struct Extent {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  bool find_record(Extent& record);
  bool refill();
  bool split(Extent record);
  bool take_quoted_field(char*& at, char* end);
  bool take_plain_field(char*& at, char* end);
  bool fail_too_long();
  bool fail(std::string message);

  std::unique_ptr<std::istream> input_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // of the next record in the buffer
  std::size_t filled_ = 0;
  bool at_first_record_ = true;
  std::int64_t line_ = 0;
  std::int64_t next_line_ = 1;
  std::int64_t blank_line_ = 0;  // the first of the blank lines just passed; 0: none
  std::vector<std::string_view> fields_;
  std::string failure_;
};

}  // namespace models::traffic
