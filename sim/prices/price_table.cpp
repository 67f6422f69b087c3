#include "sim/prices/price_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

#include "core/check.hpp"
#include "sim/prices/built_in_prices.hpp"
#include "sim/prices/price_csv.hpp"

namespace sim {
namespace {

enum class Column : std::size_t {
  Region,
  InstanceType,
  UsdPerHour,
  Vcpu,
  MemoryGib,
  Accelerator,
  AcceleratorCount,
  AsOf,
  Source,
  Confidence
};

constexpr std::array<std::string_view, 10> kColumnNames = {
    "region",      "instance_type",     "usd_per_hour", "vcpu",   "memory_gib",
    "accelerator", "accelerator_count", "as_of",        "source", "confidence"};

constexpr std::string_view kUnknown = "unknown";

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number value{};
  const char* const end = text.data() + text.size();
  const auto [stopped_at, failure] = std::from_chars(text.data(), end, value);
  if (failure != std::errc{} || stopped_at != end) return std::nullopt;
  return value;
}

std::optional<double> parse_positive(std::string_view text) {
  const std::optional<double> value = parse_number<double>(text);
  return value && std::isfinite(*value) && *value > 0 ? value : std::nullopt;
}

// YYYY, YYYY-MM or YYYY-MM-DD: such dates sort as text.
bool is_date(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-dd";
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == 'd' ? !digit : text[i] != '-') return false;
  }
  const auto in_range = [&](std::size_t from, int last) {
    const std::optional<int> value = parse_number<int>(text.substr(from, 2));
    return value && *value >= 1 && *value <= last;
  };
  return (text.size() < 7 || in_range(5, 12)) && (text.size() < 10 || in_range(8, 31));
}

bool is_confidence(std::string_view text) {
  return text == "high" || text == "medium" || text == "low" || text == kUnknown;
}

const std::string& field(const CsvRecord& record, Column column) {
  return record.fields[static_cast<std::size_t>(column)];
}

std::string expected(const CsvRecord& record, Column column, std::string_view what) {
  return fmt::format("line {}: {}: expected {}, found \"{}\"", record.line,
                     kColumnNames[static_cast<std::size_t>(column)], what, field(record, column));
}

// These two fill a row in, and return why a record is none, or an empty text.
std::string fill_hardware(const CsvRecord& record, InstanceType& row) {
  row.name = field(record, Column::InstanceType);
  if (!row.name.starts_with("ml.")) {
    return expected(record, Column::InstanceType, "a name that begins with ml.");
  }
  const std::optional<int> vcpu = parse_number<int>(field(record, Column::Vcpu));
  if (!vcpu || *vcpu < 1) return expected(record, Column::Vcpu, "a whole number from 1");
  row.vcpus = {*vcpu};
  const std::optional<double> memory = parse_positive(field(record, Column::MemoryGib));
  if (!memory) return expected(record, Column::MemoryGib, "a number above 0");
  row.memory_gib = *memory;
  row.accelerator = field(record, Column::Accelerator);
  const std::optional<int> count = parse_number<int>(field(record, Column::AcceleratorCount));
  if (!count || *count < 0 || (*count == 0) != row.accelerator.empty()) {
    return expected(record, Column::AcceleratorCount,
                    "0 without an accelerator, else a whole number from 1");
  }
  row.accelerator_count = *count;
  return {};
}

std::string fill_price(const CsvRecord& record, InstanceType& row) {
  row.region = field(record, Column::Region);
  if (row.region.empty()) return expected(record, Column::Region, "a region");
  row.as_of = field(record, Column::AsOf);
  if (!is_date(row.as_of)) {
    return expected(record, Column::AsOf, "a date as YYYY, YYYY-MM or YYYY-MM-DD");
  }
  row.source = field(record, Column::Source);
  if (row.source.empty()) return expected(record, Column::Source, "where the price was read");
  row.confidence = field(record, Column::Confidence);
  if (!is_confidence(row.confidence)) {
    return expected(record, Column::Confidence, "high, medium, low or unknown");
  }
  const std::string& usd_per_hour = field(record, Column::UsdPerHour);
  if (row.confidence == kUnknown) {
    if (usd_per_hour.empty()) return {};
    return expected(record, Column::UsdPerHour, "nothing, as the confidence is unknown");
  }
  const std::optional<double> usd = parse_positive(usd_per_hour);
  if (!usd) return expected(record, Column::UsdPerHour, "a number above 0");
  row.price = core::HourlyPrice::usd_per_hour(*usd);
  return {};
}

std::string fill_row(const CsvRecord& record, InstanceType& row) {
  if (record.fields.size() != kColumnNames.size()) {
    return fmt::format("line {}: expected {} columns, found {}", record.line, kColumnNames.size(),
                       record.fields.size());
  }
  std::string error = fill_hardware(record, row);
  return error.empty() ? fill_price(record, row) : error;
}

// Levenshtein's distance, one row of the matrix at a time.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> distances(b.size() + 1);
  std::iota(distances.begin(), distances.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(distances[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = distances[j + 1];
      distances[j + 1] = std::min({replaced, diagonal + 1, distances[j] + 1});
    }
  }
  return distances[b.size()];
}

}  // namespace

const PriceTable& PriceTable::built_in() {
  static const PriceTable table = [] {
    std::string error;
    std::optional<PriceTable> parsed = parse(kBuiltInPricesCsv, error);
    CHECK_EQ(error, "");
    return *std::move(parsed);
  }();
  return table;
}

std::optional<PriceTable> PriceTable::parse(std::string_view csv, std::string& error) {
  error.clear();
  const std::optional<std::vector<CsvRecord>> records = split_csv(csv, error);
  if (!records) return std::nullopt;
  if (records->empty() || !std::ranges::equal(records->front().fields, kColumnNames)) {
    error = fmt::format("line {}: expected the columns {}",
                        records->empty() ? 1 : records->front().line, fmt::join(kColumnNames, ","));
    return std::nullopt;
  }
  PriceTable table;
  for (const CsvRecord& record : std::span(*records).subspan(1)) {
    InstanceType row;
    error = fill_row(record, row);
    if (error.empty() && table.find(row.name) != nullptr) {
      error = fmt::format("line {}: {} is in the table already", record.line, row.name);
    }
    if (error.empty() && !table.rows_.empty() && table.rows_.front().region != row.region) {
      error = fmt::format("line {}: a table is for one region, and this one is for {}, found {}",
                          record.line, table.rows_.front().region, row.region);
    }
    if (!error.empty()) return std::nullopt;
    table.rows_.push_back(std::move(row));
  }
  if (table.rows_.empty()) {
    error = fmt::format("line {}: expected a row below the column names", records->front().line);
    return std::nullopt;
  }
  return table;
}

std::string PriceTable::name() const {
  const InstanceType& newest = *std::ranges::max_element(rows_, {}, &InstanceType::as_of);
  return fmt::format("{} {}", newest.region, newest.as_of.substr(0, 7));
}

const InstanceType* PriceTable::find(std::string_view instance_type) const {
  const auto found = std::ranges::find(rows_, instance_type, &InstanceType::name);
  return found == rows_.end() ? nullptr : &*found;
}

std::vector<std::string> PriceTable::closest(std::string_view instance_type) const {
  constexpr std::size_t kFarthest = 3;  // a forgotten "ml." is still recognised
  constexpr std::size_t kMost = 3;
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const InstanceType& row : rows_) {
    const std::size_t distance = edit_distance(instance_type, row.name);
    if (distance <= kFarthest) near.emplace_back(distance, row.name);
  }
  std::ranges::stable_sort(near, {}, &std::pair<std::size_t, std::string>::first);
  if (near.size() > kMost) near.resize(kMost);
  std::vector<std::string> names;
  for (auto& [distance, name] : near) names.push_back(std::move(name));
  return names;
}

bool is_burstable(std::string_view instance_type) {
  if (!instance_type.starts_with("ml.t")) return false;
  const std::size_t generation = std::string_view("ml.t").size();
  return generation < instance_type.size() && instance_type[generation] >= '0' &&
         instance_type[generation] <= '9';
}

}  // namespace sim
