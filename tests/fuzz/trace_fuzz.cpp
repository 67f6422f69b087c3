// Feeds arbitrary bytes to the trace reader and holds it to its promises: rows in order or one
// error, and as many arrivals as it counted.
//
// The first byte chooses between counts and request rows, and whether the rest is the file, or what
// follows a header so long that rows lie across the end of the reader's first buffer.
//
//   clang++ -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -I. tests/fuzz/trace_fuzz.cpp
//     models/traffic/*.cpp core/*.cpp -lfmt -o trace_fuzz
//   ./trace_fuzz -max_total_time=60 NEW_CORPUS tests/fuzz/corpus/trace
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <istream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>

#include "models/traffic/arrival_process.hpp"

namespace {

using models::traffic::ArrivalPattern;
using models::traffic::TraceReader;
using models::traffic::TraceSummary;
using models::traffic::TraceTraffic;
using models::traffic::TrafficStream;

// Aborts rather than CHECKs, so that libFuzzer keeps the input.
void require(bool kept) {
  if (!kept) std::abort();
}

TraceTraffic trace_of(bool counts) {
  TraceTraffic trace;
  trace.time_column = "t";
  if (counts) trace.value_column = "n";
  trace.per = std::chrono::minutes{1};
  return trace;
}

// As long as the reader's first buffer, less up to 63 bytes.
std::string long_header(std::size_t missing) {
  return "t,n,\"" + std::string((std::size_t{1} << 16) - missing, 'x') + "\"\n";
}

void check_rows(TraceReader& reader, const TraceTraffic& trace) {
  core::Duration earliest{};
  while (const auto row = reader.next()) {
    require(row->since_first.count() >= earliest.count());
    require(row->since_first.count() <= TraceReader::kMaxSpan.count());
    require(row->count >= 0);
    earliest = row->since_first + (trace.value_column ? trace.per : core::Duration{});
  }
  if (const auto& error = reader.error()) {
    require(error->line >= 1);
    require(error->message.starts_with("expected "));
    require(std::all_of(error->message.begin(), error->message.end(),
                        [](char c) { return c >= 0x20 && c < 0x7f; }));
  }
  require(!reader.next());
}

void check_arrivals(std::unique_ptr<std::istream> input, const TraceTraffic& trace,
                    const TraceSummary& summary) {
  constexpr std::int64_t kEnough = 100'000;
  if (summary.requests > kEnough) return;
  const TrafficStream stream{"fuzz", {}, ArrivalPattern::Even, trace};
  auto process =
      make_arrival_process(stream, {core::kNever, {}, 1}, core::RandomEngine(1), std::move(input));
  std::array<std::int64_t, 64> at{};
  std::int64_t arrivals = 0;
  std::int64_t last = 0;
  for (std::size_t filled = at.size(); filled == at.size();) {
    filled = process.fill(at, core::kNever);
    for (std::size_t k = 0; k < filled; ++k) {
      require(at[k] >= last);
      last = at[k];
    }
    arrivals += static_cast<std::int64_t>(filled);
  }
  require(arrivals == summary.requests);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const TraceTraffic trace = trace_of(data[0] % 2 == 0);
  std::string bytes(data + 1, data + size);
  const std::size_t choice = data[0] / 2;
  if (choice >= 64) bytes.insert(0, long_header(choice - 64));
  const auto input = [&] { return std::make_unique<std::istringstream>(bytes); };
  TraceReader rows(input(), trace);
  check_rows(rows, trace);
  TraceReader again(input(), trace);
  check_arrivals(input(), trace, summarize(again));
  return 0;
}
