#include "sim/scenario/traffic_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "sim/scenario/retries_reader.hpp"
#include "sim/scenario/run_reader.hpp"
#include "sim/scenario/section.hpp"
#include "sim/scenario/trace_check.hpp"
#include "sim/scenario/user_traffic_reader.hpp"

namespace sim {
namespace {

using models::traffic::ArrivalPattern;
using models::traffic::DailyTraffic;
using models::traffic::PhasedTraffic;
using models::traffic::RequestRate;
using models::traffic::SmoothTraffic;
using models::traffic::SpikyTraffic;
using models::traffic::TraceTraffic;
using models::traffic::TrafficPhase;
using models::traffic::TrafficStream;

constexpr std::array<std::string_view, 7> kShapes{"rate",  "phases",      "spikes", "daily",
                                                  "users", "recommender", "trace"};
constexpr std::size_t kMostPhases = 10'000;
constexpr std::size_t kLongestStreamName = 100;

constexpr Choice<ArrivalPattern> kArrivals[] = {{"poisson", ArrivalPattern::Poisson},
                                                {"even", ArrivalPattern::Even}};

RequestRate rate_or_zero(const Section& section, std::string_view key, Zero zero,
                         std::string_view example) {
  if (section.require(key, example) == nullptr) return {};
  const auto rate = section.rate(key, zero);
  return rate ? rate->rate() : RequestRate{};
}

Duration span_or_zero(const Section& section, std::string_view key, Zero zero,
                      std::string_view example) {
  if (section.require(key, example) == nullptr) return {};
  return section.duration(key, zero, kLongestRun).value_or(Duration{});
}

// One phase; `before` is the rate at which the phase before ended, if there is one.
TrafficPhase read_phase(const Section& section, std::size_t index,
                        const std::optional<RequestRate>& before) {
  TrafficPhase phase;
  phase.name = section.text("name").value_or(std::to_string(index + 1));
  phase.duration = span_or_zero(section, "duration", Zero::Refused, "duration: 30m");
  const Node* rate = section.find("rate");
  const Node* ramp = section.find("ramp_to");
  if (rate == nullptr && ramp == nullptr && section.is_mapping()) {
    section.report_missing("rate", "rate: 50/s, or ramp_to: 50/s");
  }
  if (rate != nullptr) {
    phase.rate_begin = rate_or_zero(section, "rate", Zero::Allowed, "");
  } else if (before) {
    phase.rate_begin = *before;
  } else if (ramp != nullptr) {
    report(section.diagnostics(), Severity::Error, section.key_place("ramp_to"),
           "ramp-from-nothing",
           "expected a rate at which the first phase begins, found only 'ramp_to'",
           fmt::format("for example {{rate: 0/s, ramp_to: {}, ...}}", ramp->text));
  }
  phase.rate_end =
      ramp == nullptr ? phase.rate_begin : rate_or_zero(section, "ramp_to", Zero::Allowed, "");
  return phase;
}

PhasedTraffic read_phases(const Node& node, const std::string& path, Diagnostics& diagnostics) {
  PhasedTraffic traffic;
  if (node.kind != NodeKind::Sequence || node.items.empty() || node.items.size() > kMostPhases) {
    report_expected(diagnostics, node,
                    "a list of 1 to 10000 phases such as "
                    "[{rate: 50/s, duration: 30m}]",
                    "wrong-type");
    return traffic;
  }
  std::optional<RequestRate> before;
  std::set<std::string> names;
  for (std::size_t index = 0; index < node.items.size(); ++index) {
    const Section section(node.items[index], fmt::format("{}[{}]", path, index),
                          {"name", "rate", "ramp_to", "duration"}, diagnostics);
    TrafficPhase phase = read_phase(section, index, before);
    if (!names.insert(phase.name).second) {
      report(diagnostics, Severity::Error, section.node().place, "duplicate-name",
             fmt::format("expected a name of its own for each phase, found {} again",
                         in_quotes(phase.name)));
    }
    before = phase.rate_end;
    traffic.phases.push_back(std::move(phase));
  }
  return traffic;
}

SpikyTraffic read_spikes(const Node& node, const std::string& path, Diagnostics& diagnostics) {
  const Section section(node, path, {"base", "peak", "every", "width", "jitter"}, diagnostics);
  SpikyTraffic traffic;
  traffic.base = rate_or_zero(section, "base", Zero::Allowed, "base: 20/s");
  traffic.peak = rate_or_zero(section, "peak", Zero::Refused, "peak: 250/s");
  traffic.every = span_or_zero(section, "every", Zero::Refused, "every: 30m");
  traffic.width = span_or_zero(section, "width", Zero::Refused, "width: 2m");
  traffic.jitter = section.duration("jitter", Zero::Allowed, kLongestRun).value_or(Duration{});
  const Node* peak = section.find("peak");
  if (peak != nullptr && traffic.peak.per_second() > 0 && traffic.peak < traffic.base) {
    report_expected(diagnostics, *peak,
                    fmt::format("a peak of at least the base, {}", format_rate(traffic.base)),
                    "out-of-range");
  }
  const Node* width = section.find("width");
  if (width != nullptr && traffic.every.count() > 0 && traffic.width > traffic.every) {
    report_expected(diagnostics, *width,
                    fmt::format("a width of at most every {}", format_duration(traffic.every)),
                    "out-of-range");
  }
  return traffic;
}

DailyTraffic read_daily(const Node& node, const std::string& path, Diagnostics& diagnostics) {
  const Section section(node, path, {"low", "high", "peak_at", "weekend"}, diagnostics);
  DailyTraffic traffic;
  traffic.low = rate_or_zero(section, "low", Zero::Allowed, "low: 20/s");
  traffic.high = rate_or_zero(section, "high", Zero::Refused, "high: 400/s");
  if (const Node* peak_at = section.require("peak_at", "peak_at: \"13:00\"")) {
    traffic.peak_at = clock_time_of(*peak_at, diagnostics).value_or(Duration{});
  }
  traffic.weekend = section.percent("weekend").value_or(1.0);
  const Node* high = section.find("high");
  if (high != nullptr && traffic.high.per_second() > 0 && traffic.high < traffic.low) {
    report_expected(diagnostics, *high,
                    fmt::format("a high of at least the low, {}", format_rate(traffic.low)),
                    "out-of-range");
  }
  return traffic;
}

TraceTraffic read_trace(const Section& section, const TrafficContext& context) {
  TraceTraffic traffic;
  if (section.require("file", "file: invocations.csv") != nullptr) {
    traffic.file = beside(context.scenario_file, section.text("file").value_or(""));
  }
  if (section.require("time", "time: TIMESTAMP, the name of the column") != nullptr) {
    traffic.time_column = section.text("time").value_or("");
  }
  traffic.value_column = section.text("value");
  if (section.has("value") &&
      section.require("per", "per: 1m, the period of each row") != nullptr) {
    traffic.per = section.duration("per", Zero::Refused, kLongestRun).value_or(Duration{});
  }
  if (section.has("per") && !section.has("value")) {
    report(section.diagnostics(), Severity::Error, section.key_place("per"), "missing-key",
           "expected 'value', the column with the counts, beside 'per', found none",
           "without both, each row is one request");
  }
  if (const auto scale = section.percent("scale")) {
    traffic.scale = *scale;
    if (traffic.scale <= 0 || traffic.scale > 1e6) {
      report_expected(section.diagnostics(), *section.find("scale"),
                      "a percentage above 0% and at most 100000000%", "out-of-range");
    }
  }
  return traffic;
}

// What stands beside the shape of a stream.
struct StreamKeys {
  const Section& section;
  std::string_view shape;
  const TrafficContext& context;

  bool is_closed() const { return shape == "users" || shape == "recommender"; }
  bool lasts_as_told() const { return shape == "rate" || shape == "spikes" || shape == "daily"; }
};

// `duration` beside a shape that has no end of its own.
std::optional<Duration> read_duration_beside(const StreamKeys& keys) {
  const auto duration = keys.section.duration("duration", Zero::Refused, kLongestRun);
  if (keys.section.has("duration") && !keys.lasts_as_told()) {
    report(keys.section.diagnostics(), Severity::Error, keys.section.key_place("duration"),
           "misplaced-key",
           fmt::format("expected 'duration' beside rate, spikes or daily, found it beside '{}'",
                       keys.shape),
           keys.shape == "phases"  ? "each phase has its own duration"
           : keys.shape == "users" ? "write it inside 'users'"
                                   : "it lasts as long as what it describes");
    return std::nullopt;
  }
  return duration;
}

void read_arrivals(const StreamKeys& keys, TrafficStream& stream) {
  if (!keys.section.has("arrivals")) return;
  if (const auto arrivals = keys.section.choice("arrivals", kArrivals)) stream.arrivals = *arrivals;
  if (keys.is_closed()) {
    report(
        keys.section.diagnostics(), Severity::Error, keys.section.key_place("arrivals"),
        "misplaced-key",
        fmt::format("expected 'arrivals' beside an open shape, found it beside '{}'", keys.shape),
        "users send when their last answer has come and they have thought");
  } else if (const auto* trace = std::get_if<TraceTraffic>(&stream.shape);
             trace != nullptr && !trace->value_column) {
    report(keys.section.diagnostics(), Severity::Warning, keys.section.key_place("arrivals"),
           "no-effect", "'arrivals' changes nothing: each row of this trace has its own time");
  }
}

void read_shape(const StreamKeys& keys, StreamDraft& draft) {
  const Section& section = keys.section;
  Diagnostics& diagnostics = section.diagnostics();
  const Node& node = *section.find(keys.shape);
  const std::string path = section.path_of(keys.shape);
  const std::optional<Duration> told = read_duration_beside(keys);
  draft.span = told;
  if (keys.shape == "rate") {
    const auto rate = rate_of(node, diagnostics, Zero::Allowed);
    draft.stream.shape = SmoothTraffic{rate ? rate->rate() : RequestRate{}, told};
  } else if (keys.shape == "phases") {
    PhasedTraffic phased = read_phases(node, path, diagnostics);
    Duration total{};
    for (const TrafficPhase& phase : phased.phases) total += phase.duration;
    draft.span = total;
    draft.stream.shape = std::move(phased);
  } else if (keys.shape == "spikes") {
    SpikyTraffic spiky = read_spikes(node, path, diagnostics);
    spiky.duration = told;
    draft.stream.shape = spiky;
  } else if (keys.shape == "daily") {
    DailyTraffic daily = read_daily(node, path, diagnostics);
    daily.duration = told;
    draft.stream.shape = daily;
  } else if (keys.shape == "trace") {
    const Section trace_section(node, path, {"file", "time", "value", "per", "scale"}, diagnostics);
    TraceTraffic trace = read_trace(trace_section, keys.context);
    if (!trace.file.empty() && !trace.time_column.empty() &&
        trace.value_column.has_value() == (trace.per.count() > 0)) {
      draft.span = check_trace(trace, trace_section, keys.context.open);
    }
    draft.stream.shape = std::move(trace);
  } else {
    UserTraffic users = keys.shape == "users"
                            ? read_users(node, path, diagnostics)
                            : read_recommender(node, path, keys.context.assumptions, diagnostics);
    draft.span = users.span;
    draft.stream.shape = std::move(users.traffic);
  }
}

// The one shape of the stream; empty after a report.
std::string_view shape_of(const Section& section) {
  std::vector<std::string_view> found;
  for (const std::string_view shape : kShapes) {
    if (section.has(shape)) found.push_back(shape);
  }
  if (found.size() == 1) return found[0];
  if (!section.is_mapping()) return {};
  if (found.empty()) {
    report(section.diagnostics(), Severity::Error, section.node().place, "no-shape",
           fmt::format("expected one of {} in {}, found none", one_of(kShapes), section.path()),
           "for example rate: 50/s");
    return {};
  }
  const auto later = std::max_element(
      found.begin(), found.end(), [&section](std::string_view a, std::string_view b) {
        const NodePlace first = section.key_place(a);
        const NodePlace second = section.key_place(b);
        return std::pair(first.line, first.byte) < std::pair(second.line, second.byte);
      });
  report(section.diagnostics(), Severity::Error, section.key_place(*later), "two-shapes",
         fmt::format("expected one of {} in {}, found {}", one_of(kShapes), section.path(),
                     fmt::join(found, " and ")),
         "streams add up: give each shape a stream of its own");
  return {};
}

}  // namespace

std::vector<StreamDraft> read_traffic(const Node& node, const TrafficContext& context,
                                      Diagnostics& diagnostics) {
  std::vector<StreamDraft> drafts;
  if (node.kind != NodeKind::Mapping || node.entries.empty()) {
    report_expected(diagnostics, node, "traffic as a mapping of named streams", "wrong-type",
                    "for example traffic: {visitors: {rate: 50/s}}");
    return drafts;
  }
  for (const Entry& entry : node.entries) {
    const Section section(entry.value, "traffic." + entry.key,
                          {"rate", "phases", "spikes", "daily", "users", "recommender", "trace",
                           "begins", "arrivals", "duration", "retries"},
                          diagnostics);
    if (entry.key.empty() || entry.key.size() > kLongestStreamName) {
      report(diagnostics, Severity::Error, entry.key_place, "bad-name",
             fmt::format("expected a name of 1 to {} characters for the stream, found {}",
                         kLongestStreamName, in_quotes(entry.key)));
    }
    StreamDraft draft;
    draft.stream.name = entry.key;
    draft.place = entry.key_place;
    draft.stream.begins =
        section.duration("begins", Zero::Allowed, kLongestRun).value_or(Duration{});
    if (const Node* retries = section.find("retries")) {
      const auto read = read_retries(*retries, section.path_of("retries"), diagnostics);
      if (read) draft.stream.retries = *read;
    }
    const std::string_view shape = shape_of(section);
    if (!shape.empty()) {
      const StreamKeys keys{section, shape, context};
      read_shape(keys, draft);
      read_arrivals(keys, draft.stream);
    }
    drafts.push_back(std::move(draft));
  }
  std::sort(drafts.begin(), drafts.end(), [](const StreamDraft& a, const StreamDraft& b) {
    return a.stream.name < b.stream.name;
  });
  return drafts;
}

}  // namespace sim
