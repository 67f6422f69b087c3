#include "models/traffic/csv_record_reader.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/check.hpp"

namespace models::traffic {
namespace {

constexpr std::size_t kFirstBufferBytes = std::size_t{1} << 16;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

char* find(char* from, char* end, char wanted) {
  void* found = std::memchr(from, wanted, static_cast<std::size_t>(end - from));
  return found == nullptr ? end : static_cast<char*>(found);
}

std::string_view view(const char* from, const char* end) {
  return {from, static_cast<std::size_t>(end - from)};
}

bool is_blank(const char* from, const char* end) {
  return std::all_of(from, end, [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
}

}  // namespace

CsvRecordReader::CsvRecordReader(std::unique_ptr<std::istream> input) : input_(std::move(input)) {
  CHECK(input_ != nullptr);
}

bool CsvRecordReader::next() {
  fields_.clear();
  Extent record;
  while (failure_.empty() && find_record(record)) {
    char* const bytes = buffer_.data();
    if (at_first_record_) {
      at_first_record_ = false;
      if (view(bytes + record.begin, bytes + record.end).starts_with(kByteOrderMark)) {
        record.begin += kByteOrderMark.size();
      }
    }
    if (is_blank(bytes + record.begin, bytes + record.end)) {
      if (blank_line_ == 0) blank_line_ = line_;
      continue;
    }
    if (blank_line_ != 0) {
      line_ = blank_line_;
      return fail("expected a row, found an empty line with rows after it");
    }
    return split(record);
  }
  return false;
}

// Finds the end of the next record: a line end outside quotes, or the end of the input.
bool CsvRecordReader::find_record(Extent& record) {
  line_ = next_line_;
  std::size_t scanned = 0;  // of the record
  bool in_quotes = false;
  while (true) {
    char* at = buffer_.data() + begin_ + scanned;
    char* const end = buffer_.data() + filled_;
    char* newline = at;  // the next at or after `at`, once `searched`
    bool searched = false;
    while (at < end) {
      if (in_quotes) {
        at = find(at, end, '"');
        in_quotes = at == end;
        at += in_quotes ? 0 : 1;
        continue;
      }
      if (!searched || newline < at) newline = find(at, end, '\n');
      searched = true;
      char* const quote = find(at, newline, '"');
      if (quote != newline) {
        in_quotes = true;
        at = quote + 1;
        continue;
      }
      at = newline;
      if (newline == end) break;
      record = {begin_, static_cast<std::size_t>(newline - buffer_.data())};
      next_line_ += std::count(buffer_.data() + begin_, newline + 1, '\n');
      begin_ = record.end + 1;
      return record.end - record.begin <= kMaxRecordBytes || fail_too_long();
    }
    scanned = filled_ - begin_;
    if (refill()) continue;
    if (!failure_.empty()) return false;
    if (in_quotes) return fail("expected a closing quote, found the end of the file");
    record = {begin_, filled_};
    begin_ = filled_;
    return record.begin < record.end;
  }
}

// Reads more behind what is left of the buffer. False at the end of the input and on failure.
bool CsvRecordReader::refill() {
  const std::size_t left = filled_ - begin_;
  if (left > kMaxRecordBytes) {
    return fail_too_long();
  }
  if (left > 0) std::memmove(buffer_.data(), buffer_.data() + begin_, left);
  begin_ = 0;
  filled_ = left;
  if (buffer_.size() < 2 * left || buffer_.empty()) {
    buffer_.resize(std::max(kFirstBufferBytes, 2 * left));
  }
  input_->read(buffer_.data() + filled_, static_cast<std::streamsize>(buffer_.size() - filled_));
  if (input_->bad()) return fail("expected more rows, found that the file cannot be read further");
  filled_ += static_cast<std::size_t>(input_->gcount());
  return input_->gcount() > 0;
}

bool CsvRecordReader::split(Extent record) {
  char* at = buffer_.data() + record.begin;
  char* end = buffer_.data() + record.end;
  if (end > at && end[-1] == '\r') --end;
  while (true) {
    if (fields_.size() == kMaxFields) return fail("expected at most 4096 columns, found more");
    const bool quoted = at < end && *at == '"';
    if (!(quoted ? take_quoted_field(at, end) : take_plain_field(at, end))) return false;
    if (at == end) return true;
    ++at;  // over the comma
  }
}

// Leaves `at` on the comma after the field, or at the end. Doubled quotes are undone in place.
bool CsvRecordReader::take_quoted_field(char*& at, char* end) {
  char* const begin = at + 1;
  char* written = begin;
  char* from = begin;
  while (true) {
    char* const quote = find(from, end, '"');
    if (quote == end) return fail("expected a closing quote, found the end of the line");
    written = std::copy(from, quote, written);
    from = quote + 1;
    if (from == end || *from != '"') break;
    *written++ = '"';
    ++from;
  }
  if (from != end && *from != ',') {
    return fail("expected a comma after the closing quote, found something else");
  }
  fields_.push_back(view(begin, written));
  at = from;
  return true;
}

bool CsvRecordReader::take_plain_field(char*& at, char* end) {
  char* const comma = find(at, end, ',');
  if (find(at, comma, '"') != comma) {
    return fail("expected a quote only at the begin of a field, found one inside");
  }
  fields_.push_back(view(at, comma));
  at = comma;
  return true;
}

bool CsvRecordReader::fail_too_long() {
  return fail("expected rows of at most 1 MiB, found a longer one (is a quote not closed?)");
}

bool CsvRecordReader::fail(std::string message) {
  fields_.clear();
  failure_ = std::move(message);
  return false;
}

}  // namespace models::traffic
