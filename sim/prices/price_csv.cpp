#include "sim/prices/price_csv.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <utility>

namespace sim {
namespace {

// Walks over the text once; `at_` is always at the first character not yet taken.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  }

  bool at_end() const { return at_ == text_.size(); }

  bool take_record(CsvRecord& record, std::string& error) {
    record.line = line_;
    do {
      std::string field;
      const bool taken = !at_end() && text_[at_] == '"' ? take_quoted_field(field, error)
                                                        : take_plain_field(field, error);
      if (!taken) return false;
      record.fields.push_back(std::move(field));
    } while (take(','));
    take('\r');
    if (take('\n')) ++line_;
    return true;
  }

 private:
  bool take(char wanted) {
    if (at_end() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  bool at_field_end() const {
    if (at_end() || text_[at_] == ',' || text_[at_] == '\n') return true;
    if (text_[at_] != '\r') return false;
    return at_ + 1 == text_.size() || text_[at_ + 1] == '\n';
  }

  bool take_plain_field(std::string& field, std::string& error) {
    for (; !at_field_end(); ++at_) {
      if (text_[at_] == '"') {
        error = fmt::format("line {}: a quote inside a field that does not begin with one", line_);
        return false;
      }
      field += text_[at_];
    }
    return true;
  }

  bool take_quoted_field(std::string& field, std::string& error) {
    const int opened_on = line_;
    ++at_;
    while (true) {
      if (at_end()) {
        error = fmt::format("line {}: a quoted field is never closed", opened_on);
        return false;
      }
      const char taken = text_[at_++];
      if (taken == '"' && !take('"')) break;  // a doubled quote stands for one
      if (taken == '\n') ++line_;
      field += taken;
    }
    if (at_field_end()) return true;
    error = fmt::format("line {}: expected a comma or the line's end after a quoted field", line_);
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

std::optional<std::vector<CsvRecord>> split_csv(std::string_view text, std::string& error) {
  std::vector<CsvRecord> records;
  CsvReader reader(text);
  while (!reader.at_end()) {
    CsvRecord record;
    if (!reader.take_record(record, error)) return std::nullopt;
    const bool empty_line = record.fields.size() == 1 && record.fields.front().empty();
    if (!empty_line) records.push_back(std::move(record));
  }
  return records;
}

}  // namespace sim
