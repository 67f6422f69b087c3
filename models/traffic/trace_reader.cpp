#include "models/traffic/trace_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/check.hpp"

namespace models::traffic {
namespace {

constexpr std::size_t kMaxShownBytes = 40;  // of a text from the file, in a message
constexpr std::size_t kMaxShownColumns = 12;
constexpr std::size_t kMaxComparedBytes = 64;

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// The text in quotes, cut to a bearable length, with a visible form for what is not printable
// ASCII.
std::string shown(std::string_view text) {
  std::string result = "\"";
  for (const char c : text.substr(0, kMaxShownBytes)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool printable = byte >= 0x20 && byte < 0x7f;
    result += printable ? std::string(1, c) : fmt::format("\\x{:02X}", byte);
  }
  result += text.size() > kMaxShownBytes ? "...\"" : "\"";
  return result;
}

// Levenshtein's distance, of the texts' beginnings.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  a = a.substr(0, kMaxComparedBytes);
  b = b.substr(0, kMaxComparedBytes);
  std::array<std::size_t, kMaxComparedBytes + 1> row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::string_view closest(std::string_view wanted, std::span<const std::string_view> names) {
  return *std::min_element(names.begin(), names.end(), [&](auto left, auto right) {
    return edit_distance(wanted, trimmed(left)) < edit_distance(wanted, trimmed(right));
  });
}

std::string listed(std::span<const std::string_view> names) {
  std::string list;
  for (std::size_t k = 0; k < std::min(names.size(), kMaxShownColumns); ++k) {
    if (k > 0) list += ", ";
    list += shown(trimmed(names[k]));
  }
  if (names.size() > kMaxShownColumns) {
    list += fmt::format(" and {} more", names.size() - kMaxShownColumns);
  }
  return list;
}

std::string_view form_of(const Timestamp& time) {
  switch (time.form) {
    case TimestampForm::Local:
      return "without a time zone";
    case TimestampForm::Zoned:
      return "with a time zone";
    case TimestampForm::Epoch:
      break;
  }
  return "in seconds since 1970";
}

bool is_all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

TraceReader::TraceReader(std::unique_ptr<std::istream> input, const TraceTraffic& trace)
    : records_(std::move(input)),
      time_column_(trace.time_column),
      value_column_(trace.value_column),
      per_(trace.per) {
  if (!value_column_) return;
  CHECK_LT(Duration::zero().count(), per_.count());
  CHECK_LE(per_.count(), kMaxSpan.count());
}

std::optional<TraceRow> TraceReader::next() {
  if (error_) return std::nullopt;
  if (columns_ == 0 && !read_header()) return std::nullopt;
  if (!records_.next()) {
    if (!records_.failure().empty()) return fail("", records_.failure());
    return std::nullopt;
  }
  return read_row();
}

bool TraceReader::read_header() {
  if (!records_.next()) {
    fail("", records_.failure().empty() ? "expected a header row, found an empty file"
                                        : records_.failure());
    return false;
  }
  const auto time_index = find_column(time_column_);
  if (!time_index) return false;
  time_index_ = *time_index;
  if (value_column_) {
    const auto value_index = find_column(*value_column_);
    if (!value_index) return false;
    value_index_ = *value_index;
  }
  columns_ = records_.fields().size();
  return true;
}

std::optional<std::size_t> TraceReader::find_column(const std::string& name) {
  const auto names = records_.fields();
  const auto is_wanted = [&](std::string_view found) { return trimmed(found) == trimmed(name); };
  const auto first = std::find_if(names.begin(), names.end(), is_wanted);
  if (first == names.end()) {
    return fail(name, fmt::format("expected a column {}, found {} (closest: {})", shown(name),
                                  listed(names), shown(trimmed(closest(name, names)))));
  }
  const auto times = std::count_if(first, names.end(), is_wanted);
  if (times > 1) {
    return fail(name, fmt::format("expected one column {}, found {}", shown(name), times));
  }
  return static_cast<std::size_t>(first - names.begin());
}

std::optional<TraceRow> TraceReader::read_row() {
  const auto fields = records_.fields();
  if (fields.size() != columns_) {
    return fail(
        "", fmt::format("expected {} fields as in the header, found {}", columns_, fields.size()));
  }
  const std::string_view time_text = trimmed(fields[time_index_]);
  const auto time = parse_timestamp(time_text);
  if (!time) {
    const bool too_large = time_text.size() > 11 && is_all_digits(time_text);
    return fail(time_column_,
                fmt::format("expected a time such as 2023-11-16 18:17:03.97, 2023-11-16T18:17:03Z "
                            "or 1700158623 (seconds since 1970), found {}{}",
                            shown(time_text), too_large ? " (are these milliseconds?)" : ""));
  }
  const auto offset = since_first(*time, time_text);
  if (!offset) return std::nullopt;
  TraceRow row{*offset, 1};
  earliest_ = *offset;
  if (value_column_) {
    const auto count = read_count(trimmed(fields[value_index_]));
    if (!count) return std::nullopt;
    row.count = *count;
    earliest_ = *offset + per_;
  }
  if (row.count > kMaxRequests - requests_) {
    return fail(value_column_.value_or(""),
                fmt::format("expected at most {} requests in all, found more", kMaxRequests));
  }
  requests_ += row.count;
  return row;
}

std::optional<Duration> TraceReader::since_first(const Timestamp& time, std::string_view text) {
  if (!first_) first_ = time;
  if (time.form != first_->form) {
    return fail(time_column_, fmt::format("expected a time {} as in the first row, found {} {}",
                                          form_of(*first_), shown(text), form_of(time)));
  }
  const std::int64_t seconds = time.seconds - first_->seconds;
  const std::int64_t limit = std::chrono::duration_cast<std::chrono::seconds>(kMaxSpan).count();
  if (seconds >= limit) {
    return fail(
        time_column_,
        fmt::format("expected a time within 100 years of the first row, found {}", shown(text)));
  }
  // Below -limit it is before the first row as well, and the product would overflow.
  const Duration offset =
      Duration{std::max(seconds, -limit) * 1'000'000'000 + time.nanoseconds - first_->nanoseconds};
  if (offset >= earliest_) return offset;
  if (value_column_ && earliest_ > Duration::zero()) {
    return fail(time_column_,
                fmt::format("expected a period that begins {} s or more after the first row (where "
                            "the period before ends), found {}, {} s after it",
                            core::in_seconds(earliest_), shown(text), core::in_seconds(offset)));
  }
  return fail(time_column_, fmt::format("expected a time not before the row above, found {}, {} s "
                                        "before it",
                                        shown(text), core::in_seconds(earliest_ - offset)));
}

std::optional<std::int64_t> TraceReader::read_count(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = text.substr(std::min(point + 1, text.size()));
  const bool is_whole =
      !whole.empty() && is_all_digits(whole) &&
      std::all_of(fraction.begin(), fraction.end(), [](char c) { return c == '0'; });
  if (!is_whole) {
    return fail(
        *value_column_,
        fmt::format("expected a whole number of requests, 0 or more, found {}", shown(text)));
  }
  std::int64_t count = 0;
  for (const char digit : whole) {
    count = std::min(count * 10 + (digit - '0'), kMaxRequests + 1);
  }
  return count;
}

std::nullopt_t TraceReader::fail(std::string column, std::string message) {
  error_ = TraceError{records_.line(), std::move(column), std::move(message)};
  return std::nullopt;
}

TraceSummary summarize(TraceReader& reader) {
  TraceSummary summary;
  while (const auto row = reader.next()) {
    ++summary.rows;
    summary.requests += row->count;
    summary.span = row->since_first;
  }
  summary.end = reader.end();
  summary.error = reader.error();
  return summary;
}

}  // namespace models::traffic
