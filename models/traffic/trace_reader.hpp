// Reads recorded traffic, row by row, from CSV: when, and how many requests.
//
// The columns are found by their names in the header row. A row must come later than the one before
// it (requests may share an instant); a missing period is a period without requests. Whatever the
// bytes are, the reader gives rows or one error, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/sim_time.hpp"
#include "models/traffic/csv_record_reader.hpp"
#include "models/traffic/timestamp.hpp"
#include "models/traffic/traffic_stream.hpp"

namespace models::traffic {

struct TraceRow {
  Duration since_first{};  // the first row
  std::int64_t count = 1;  // requests of the period; 1 for a row that is one request
};

// What is wrong with a trace, and where.
struct TraceError {
  std::int64_t line = 0;  // counts from 1
  std::string column;     // its name; empty: the line as a whole
  std::string message;    // "expected ..., found ..."
};

class TraceReader {
 public:
  // Larger ones are mistakes: a total of 1e15 requests is a century at 300,000/s.
  static constexpr std::int64_t kMaxRequests = 1'000'000'000'000'000;
  static constexpr Duration kMaxSpan = std::chrono::hours{24 * 36'525};  // a century

  // Takes the names of the columns, and whether rows are counts, from `trace`.
  // REQUIRES: input is not null; with a value column, 0 < trace.per <= kMaxSpan.
  TraceReader(std::unique_ptr<std::istream> input, const TraceTraffic& trace);

  // The next row; none at the end of the trace and after an error.
  std::optional<TraceRow> next();

  const std::optional<TraceError>& error() const { return error_; }

  // Where the last row that was read ends, since the first row: its period's end, or its own time.
  Duration end() const { return earliest_; }

 private:
  bool read_header();
  std::optional<std::size_t> find_column(const std::string& name);
  std::optional<TraceRow> read_row();
  std::optional<Duration> since_first(const Timestamp& time, std::string_view text);
  std::optional<std::int64_t> read_count(std::string_view text);
  std::nullopt_t fail(std::string column, std::string message);

  CsvRecordReader records_;
  std::string time_column_;
  std::optional<std::string> value_column_;
  Duration per_{};
  std::size_t columns_ = 0;  // of the header; 0: not read yet
  std::size_t time_index_ = 0;
  std::size_t value_index_ = 0;
  std::optional<Timestamp> first_;
  Duration earliest_{};  // that the next row may have
  std::int64_t requests_ = 0;
  std::optional<TraceError> error_;
};

// A whole trace at a glance.
struct TraceSummary {
  std::int64_t rows = 0;
  std::int64_t requests = 0;        // before scaling
  Duration span{};                  // from the first row to the last
  Duration end{};                   // as TraceReader::end()
  std::optional<TraceError> error;  // the rest tells of the rows before it
};

// Reads the trace to its end, to find what is wrong before a run begins.
TraceSummary summarize(TraceReader& reader);

}  // namespace models::traffic
