#include "sim/scenario/samples_reader.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "models/traffic/csv_record_reader.hpp"
#include "sim/scenario/quantity.hpp"

namespace sim {
namespace {

using models::traffic::CsvRecordReader;

constexpr double kLongestSample = 86'400;

struct ColumnUnit {
  std::string_view name;
  double seconds;
};
constexpr std::array kColumnUnits{ColumnUnit{"ms", 1e-3}, ColumnUnit{"milliseconds", 1e-3},
                                  ColumnUnit{"us", 1e-6}, ColumnUnit{"microseconds", 1e-6},
                                  ColumnUnit{"s", 1.0},   ColumnUnit{"seconds", 1.0}};

// The unit that `ms` or `latency_ms` names.
std::optional<double> unit_of_column(std::string_view name) {
  const std::size_t last = name.rfind('_');
  if (last != std::string_view::npos) name.remove_prefix(last + 1);
  for (const ColumnUnit& unit : kColumnUnits) {
    if (name == unit.name) return unit.seconds;
  }
  return std::nullopt;
}

bool looks_like_number(std::string_view text) {
  return !text.empty() &&
         (text[0] == '-' || text[0] == '+' || text[0] == '.' || (text[0] >= '0' && text[0] <= '9'));
}

class SamplesReader {
 public:
  SamplesReader(std::unique_ptr<std::istream> input, const std::string& file,
                Diagnostics& diagnostics)
      : records_(std::move(input)), file_(file), diagnostics_(diagnostics) {}

  std::vector<double> read() {
    bool first = true;
    while (!failed_ && records_.next()) {
      const bool is_header = first && !looks_like_number(trimmed(records_.fields()[0]));
      first = false;
      if (is_header) {
        choose_column();
      } else {
        take_row();
      }
    }
    if (!records_.failure().empty()) fail(records_.failure());
    if (!failed_ && samples_.empty()) fail("expected at least one sample, found none");
    return failed_ ? std::vector<double>{} : std::move(samples_);
  }

 private:
  void fail(std::string message, std::string hint = {}) {
    failed_ = true;
    diagnostics_.add_error({file_, static_cast<int>(records_.line()), 0}, "bad-sample",
                           std::move(message), std::move(hint));
  }

  // The only column, or the only one that names a unit.
  void choose_column() {
    const std::span<const std::string_view> names = records_.fields();
    std::size_t with_unit = 0;
    for (std::size_t index = 0; index < names.size(); ++index) {
      const std::optional<double> unit = unit_of_column(trimmed(names[index]));
      if (!unit) continue;
      ++with_unit;
      column_ = index;
      unit_ = unit;
    }
    columns_ = names.size();
    if (with_unit > 1) {
      fail("expected one column named for its unit, found several", "leave one of them");
    } else if (with_unit == 0 && names.size() > 1) {
      fail("expected a column named for its unit, found none", "for example latency_ms");
    }
  }

  void take_row() {
    const std::span<const std::string_view> fields = records_.fields();
    if (columns_ == 0) columns_ = fields.size();
    if (fields.size() != columns_ || column_ >= fields.size()) {
      fail(fmt::format("expected {} fields, found {}", columns_, fields.size()));
      return;
    }
    if (fields.size() > 1 && !unit_) {
      fail("expected a header that names the column with its unit, found none");
      return;
    }
    const std::string_view text = trimmed(fields[column_]);
    const std::optional<double> seconds = unit_ ? read_with_column_unit(text) : read_alone(text);
    if (!seconds) return;
    if (*seconds > kLongestSample) {
      fail(fmt::format("expected a span of at most a day, found {}", in_quotes(text)));
    } else if (samples_.size() >= kMostSamples) {
      fail(fmt::format("expected at most {} samples, found more", kMostSamples));
    } else {
      samples_.push_back(*seconds);
    }
  }

  std::optional<double> read_with_column_unit(std::string_view text) {
    const Reading<double> number = read_number(text);
    if (number.value && *number.value >= 0) return *number.value * *unit_;
    fail(fmt::format("expected {}, found {}",
                     number.value ? "a span that is not negative" : number.expected,
                     in_quotes(text)));
    return std::nullopt;
  }

  std::optional<double> read_alone(std::string_view text) {
    const Reading<core::Duration> span = read_duration(text);
    if (span.value) return core::in_seconds(*span.value);
    fail(fmt::format("expected {}, found {}", span.expected, in_quotes(text)),
         span.code == "missing-unit"
             ? fmt::format("{0}s or {0}ms? a first line 's' or 'ms' holds for all", text)
             : span.hint);
    return std::nullopt;
  }

  CsvRecordReader records_;
  const std::string& file_;
  Diagnostics& diagnostics_;
  std::vector<double> samples_;
  std::size_t columns_ = 0;  // 0: no row was read yet
  std::size_t column_ = 0;
  std::optional<double> unit_;  // seconds in one unit of the column
  bool failed_ = false;
};

}  // namespace

std::vector<double> read_samples(std::unique_ptr<std::istream> input, const std::string& file,
                                 Diagnostics& diagnostics) {
  return SamplesReader(std::move(input), file, diagnostics).read();
}

}  // namespace sim
