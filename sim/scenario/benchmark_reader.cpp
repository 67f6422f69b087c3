#include "sim/scenario/benchmark_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <sstream>
#include <utility>

#include "models/traffic/csv_record_reader.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/scenario/recommendation_reader.hpp"

namespace sim {
namespace {

using models::endpoint::BenchmarkRow;
using models::endpoint::kFewestRows;
using models::traffic::CsvRecordReader;

// Far beyond any instance; what is within them can be computed with.
constexpr double kMostRate = 1e6;
constexpr double kLongestLatency_s = 3600;
constexpr double kLeast = 1e-6;
constexpr double kWidestSpread = 1000;  // p99 over p50
constexpr double kMostErrors = 0.01;    // rows beyond tell how an instance fails, not how it serves

// Columns of a benchmark, and those of Locust that mean the same.
constexpr std::array<std::string_view, 8> kColumns{"rate",
                                                   "invocations_per_minute",
                                                   "mean_latency_ms",
                                                   "p50_ms",
                                                   "p99_ms",
                                                   "cpu_percent",
                                                   "concurrency",
                                                   "error_rate"};

struct RawRow {
  std::int64_t line = 0;
  std::map<std::string, double, std::less<>> values;

  std::optional<double> find(std::string_view column) const {
    const auto found = values.find(column);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  }
};

class BenchmarkReader {
 public:
  BenchmarkReader(std::string_view text, const std::string& file, Diagnostics& diagnostics)
      : file_(file), diagnostics_(diagnostics), rest_(text) {
    // Comments may hold anything, quotes too, so the CSV reader does not see them.
    while (rest_.starts_with("#")) {
      rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size() - 1) + 1);
      ++comment_lines_;
    }
  }

  std::optional<MeasuredBenchmark> read() {
    CsvRecordReader records(std::make_unique<std::istringstream>(std::string(rest_)));
    while (!failed_ && records.next()) {
      line_ = records.line() + comment_lines_;
      if (columns_.empty()) {
        read_header(records.fields());
      } else {
        read_row(records.fields());
      }
    }
    if (!records.failure().empty()) {
      line_ = records.line() + comment_lines_;
      fail(records.failure());
    }
    if (is_locust_) average_users();
    return failed_ ? std::nullopt : benchmark();
  }

 private:
  void fail(std::string message, std::string hint = {}) {
    failed_ = true;
    diagnostics_.add_error({file_, static_cast<int>(line_), 0}, "bad-benchmark", std::move(message),
                           std::move(hint));
  }
  void warn(std::string code, std::string message, std::string hint = {}) {
    diagnostics_.add_warning({file_, 0, 0}, std::move(code), std::move(message), std::move(hint));
  }

  void read_header(std::span<const std::string_view> names) {
    for (const std::string_view name : names) {
      if (has(trimmed(name))) {
        fail(fmt::format("expected each column once, found {} twice", in_quotes(trimmed(name))));
        return;
      }
      columns_.emplace_back(trimmed(name));
    }
    is_locust_ = has("User Count") && has("Requests/s");
    if (is_locust_) return;
    for (const std::string& column : columns_) {
      if (std::find(kColumns.begin(), kColumns.end(), column) == kColumns.end()) {
        warn("unused-column", fmt::format("column {} is not used", in_quotes(column)),
             "columns are rate or invocations_per_minute, mean_latency_ms or p50_ms, p99_ms, "
             "cpu_percent, concurrency, error_rate");
      }
    }
    if (has("rate") == has("invocations_per_minute")) {
      fail("expected a column rate (a second) or invocations_per_minute, found " +
           std::string(has("rate") ? "both" : "neither"));
    } else if (!has("mean_latency_ms") && !has("p50_ms") && !has("concurrency")) {
      fail("expected a column mean_latency_ms, p50_ms or concurrency, found none");
    }
  }

  bool has(std::string_view column) const {
    return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
  }

  void read_row(std::span<const std::string_view> fields) {
    if (fields.size() != columns_.size()) {
      return fail(fmt::format("expected {} fields, found {}", columns_.size(), fields.size()));
    }
    if (rows_.size() >= kMostBenchmarkRows) {
      return fail(fmt::format("expected at most {} rows, found more", kMostBenchmarkRows));
    }
    RawRow row;
    row.line = line_;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const std::string_view text = trimmed(fields[i]);
      if (is_locust_) {
        if (columns_[i] == "Name" && text != "Aggregated") return;
        if (columns_[i] == "Type" || columns_[i] == "Name" || text == "N/A") continue;
      } else if (std::find(kColumns.begin(), kColumns.end(), columns_[i]) == kColumns.end()) {
        continue;
      }
      if (text.empty()) continue;
      const Reading<double> number = read_number(text);
      if (!number.value || *number.value < 0) {
        return fail(fmt::format("in column {}: expected a number of at least 0, found {}",
                                in_quotes(columns_[i]), in_quotes(text)));
      }
      row.values[columns_[i]] = *number.value;
    }
    rows_.push_back(std::move(row));
  }

  // One row for each number of users, of the last two thirds of the time with it.
  void average_users() {
    std::map<double, std::vector<RawRow>> by_users;
    for (RawRow& row : rows_) {
      if (const auto users = row.find("User Count"); users && *users > 0) {
        by_users[*users].push_back(std::move(row));
      }
    }
    rows_.clear();
    columns_ = {"rate", "p50_ms", "p99_ms", "error_rate"};
    for (const auto& of_users : by_users) {
      const std::vector<RawRow>& rows = of_users.second;
      RawRow mean;
      mean.line = rows.front().line;
      const auto average = [&](std::string_view from) {
        double sum = 0;
        double count = 0;
        for (std::size_t i = rows.size() / 3; i < rows.size(); ++i) {
          if (const auto value = rows[i].find(from)) {
            sum += *value;
            ++count;
          }
        }
        return count > 0 ? sum / count : 0;
      };
      mean.values["rate"] = average("Requests/s");
      mean.values["p50_ms"] = average("50%");
      mean.values["p99_ms"] = average("99%");
      if (mean.values["rate"] > 0) {
        mean.values["error_rate"] = average("Failures/s") / mean.values["rate"];
      }
      // Without an answer there is nothing to learn from it.
      if (mean.values["rate"] > 0 && mean.values["p50_ms"] > 0) rows_.push_back(std::move(mean));
    }
  }

  // Milliseconds in one unit of the latency columns.
  std::optional<double> latency_unit() {
    double least = 1e300;
    double most = 0;
    for (const RawRow& row : rows_) {
      for (const std::string_view column : {"mean_latency_ms", "p50_ms"}) {
        if (const auto value = row.find(column); value && *value > 0) {
          least = std::min(least, *value);
          most = std::max(most, *value);
        }
      }
    }
    if (most <= kMicroseconds) return 1;
    if (least * 100 < most && least < kMicroseconds / 10) {
      line_ = 0;
      fail(
          fmt::format("expected latencies in milliseconds, found {:.6g} and {:.6g}: some rows seem "
                      "to be in microseconds",
                      least, most),
          "CloudWatch's ModelLatency is in microseconds, most load tests print milliseconds");
      return std::nullopt;
    }
    warn("microseconds", fmt::format("latencies up to {:.6g} ms are taken for microseconds", most),
         "CloudWatch's ModelLatency is in microseconds; divide by 1000 to be sure");
    return 1e-3;
  }

  std::optional<MeasuredBenchmark> benchmark() {
    const std::optional<double> unit = latency_unit();
    if (!unit) return std::nullopt;
    MeasuredBenchmark benchmark;
    std::size_t failing = 0;
    double least_load = 1e300;
    for (const RawRow& raw : rows_) {
      line_ = raw.line;
      if (raw.find("error_rate").value_or(0) > kMostErrors) {
        ++failing;
        continue;
      }
      const std::optional<BenchmarkRow> row = row_of(raw, *unit);
      if (!row) continue;
      if (row->concurrency() < least_load) {
        least_load = row->concurrency();
        const auto seconds = [&](std::string_view column) {
          const auto value = raw.find(column);
          return value && *value > 0 ? std::optional(*value * *unit * 1e-3) : std::nullopt;
        };
        benchmark.p50_s = seconds("p50_ms");
        benchmark.p99_s = seconds("p99_ms");
        check_percentiles(benchmark);
      }
      benchmark.rows.push_back(*row);
    }
    if (failing > 0) {
      warn("failing-rows",
           fmt::format("{} of {} rows are left out: more than 1 % of their requests "
                       "failed",
                       failing, rows_.size()));
    }
    if (failed_) return std::nullopt;
    if (benchmark.rows.size() < kFewestRows) {
      line_ = 0;
      fail(fmt::format("expected at least {} rows with rate and latency, found {}", kFewestRows,
                       benchmark.rows.size()));
      return std::nullopt;
    }
    return benchmark;
  }

  void check_percentiles(const MeasuredBenchmark& benchmark) {
    if (!benchmark.p50_s || !benchmark.p99_s) return;
    if (*benchmark.p99_s >= *benchmark.p50_s &&
        *benchmark.p99_s <= kWidestSpread * *benchmark.p50_s) {
      return;
    }
    fail(fmt::format("expected a p99_ms of 1 to {:.0f} times p50_ms, found {:.6g} and {:.6g}",
                     kWidestSpread, *benchmark.p99_s * 1e3, *benchmark.p50_s * 1e3));
  }

  std::optional<BenchmarkRow> row_of(const RawRow& raw, double unit) {
    BenchmarkRow row;
    row.cpu_percent = raw.find("cpu_percent");
    row.throughput = raw.find("rate").value_or(raw.find("invocations_per_minute").value_or(0) / 60);
    if (row.throughput <= 0) {
      fail("expected a rate above 0, found none");
      return std::nullopt;
    }
    const auto latency =
        raw.find("mean_latency_ms") ? raw.find("mean_latency_ms") : raw.find("p50_ms");
    const auto concurrency = raw.find("concurrency");
    if (latency && *latency > 0) {
      row.latency_s = *latency * unit * 1e-3;
    } else if (concurrency && *concurrency > 0) {
      row.latency_s = *concurrency / row.throughput;  // Little's law
    } else {
      fail("expected a latency or a concurrency above 0, found none");
      return std::nullopt;
    }
    if (row.throughput < kLeast || row.throughput > kMostRate || row.latency_s < kLeast ||
        row.latency_s > kLongestLatency_s) {
      fail(
          fmt::format("expected at most a million requests a second of at most an hour, and no "
                      "less than a millionth of either, found {:.6g}/s of {:.6g} s",
                      row.throughput, row.latency_s));
      return std::nullopt;
    }
    return row;
  }

  const std::string& file_;
  Diagnostics& diagnostics_;
  std::string_view rest_;
  std::int64_t comment_lines_ = 0;
  std::int64_t line_ = 0;
  std::vector<std::string> columns_;
  std::vector<RawRow> rows_;
  bool is_locust_ = false;
  bool failed_ = false;
};

std::vector<BenchmarkRow> by_load(std::vector<BenchmarkRow> rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const BenchmarkRow& a, const BenchmarkRow& b) {
    return a.concurrency() < b.concurrency();
  });
  return rows;
}

void warn_unless_saturated(const std::vector<BenchmarkRow>& rows, const std::string& file,
                           Diagnostics& diagnostics) {
  const double most = std::max_element(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
                        return a.throughput < b.throughput;
                      })->throughput;
  const BenchmarkRow& last = rows.back();
  const BenchmarkRow& before = rows[rows.size() - 2];
  std::string sign;
  if (last.throughput >= most && last.throughput > 1.05 * before.throughput) {
    sign = fmt::format("the throughput still rises by {:.3g} % to the last row",
                       100 * (last.throughput / before.throughput - 1));
  } else if (last.concurrency() < 1 || last.latency_s < 1.2 * rows.front().latency_s) {
    sign = "the latency of the last row is hardly more than that of the first";
  }
  if (sign.empty()) return;
  diagnostics.add_warning({file, 0, 0}, "never-saturates",
                          sign +
                              ": the instance was not saturated, and how much it can serve is "
                              "not known",
                          "measure until more load brings no more answers");
}

}  // namespace

std::optional<MeasuredBenchmark> read_benchmark(std::string_view text, const std::string& file,
                                                std::string_view instance_type,
                                                Diagnostics& diagnostics) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin != std::string_view::npos && text[begin] == '{') {
    const auto row = read_recommendation(file, std::string(text), instance_type, diagnostics);
    if (!row) return std::nullopt;
    MeasuredBenchmark benchmark;
    benchmark.rows.push_back(*row);
    return benchmark;
  }
  std::optional<MeasuredBenchmark> benchmark = BenchmarkReader(text, file, diagnostics).read();
  if (benchmark) warn_unless_saturated(by_load(benchmark->rows), file, diagnostics);
  return benchmark;
}

void warn_of_closed_loop(const MeasuredBenchmark& benchmark, const std::string& file,
                         Diagnostics& diagnostics) {
  const std::vector<BenchmarkRow> rows = by_load(benchmark.rows);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const bool same_rate = std::abs(rows[i].throughput / rows[i - 1].throughput - 1) < 0.02;
    if (!same_rate || rows[i].latency_s < 1.2 * rows[i - 1].latency_s) continue;
    diagnostics.add_warning(
        {file, 0, 0}, "closed-loop",
        fmt::format("rows of about {:.4g}/s have latencies of {:.4g} and {:.4g} ms: they were "
                    "measured by users who wait for their answers, and differ in concurrency, not "
                    "in load",
                    rows[i].throughput, rows[i - 1].latency_s * 1e3, rows[i].latency_s * 1e3));
    break;
  }
}

}  // namespace sim
