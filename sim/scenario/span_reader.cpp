#include "sim/scenario/span_reader.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>
#include <vector>

#include "sim/scenario/activity_reader.hpp"
#include "sim/scenario/samples_reader.hpp"
#include "sim/scenario/section.hpp"

namespace sim {
namespace {

using core::Duration;
using core::in_seconds;
using models::endpoint::ExactSpan;
using models::endpoint::ExponentialSpan;
using models::endpoint::GammaSpan;
using models::endpoint::LogNormalSpan;
using models::endpoint::SampledSpan;
using models::endpoint::SpanDistribution;

// An hour is the longest latency that is told apart; a day is more than any instance takes.
constexpr Duration kLongestLatency = std::chrono::hours{1};
constexpr Duration kLongestStartup = std::chrono::hours{24};
constexpr Duration kLongestStagger = std::chrono::hours{1};
constexpr std::size_t kFewActivities = 5;
constexpr NumberRange kVariation{1e-6, 100};

struct SpanReader {
  const Section& section;
  const FileContext& files;
  Zero zero;  // whether an exact span may take no time
  Duration most;

  std::optional<double> seconds(const Section& from, std::string_view key,
                                std::string_view example) const {
    if (from.require(key, example) == nullptr) return std::nullopt;
    const auto span = from.duration(key, Zero::Refused, most);
    return span ? std::optional(in_seconds(*span)) : std::nullopt;
  }

  std::optional<SpanDistribution> exact() const {
    const auto span = section.duration("exact", zero, most);
    return span ? std::optional<SpanDistribution>(ExactSpan{*span}) : std::nullopt;
  }

  std::optional<SpanDistribution> exponential() const {
    const auto mean = seconds(section, "exponential", "");
    return mean ? std::optional<SpanDistribution>(ExponentialSpan{*mean}) : std::nullopt;
  }

  std::optional<SpanDistribution> quantiles(std::string_view half, std::string_view high) const {
    const auto p50 = seconds(section, half, fmt::format("{}: 9ms", half));
    const auto p99 = seconds(section, high, fmt::format("{}: 30ms", high));
    if (!p50 || !p99) return std::nullopt;
    if (*p99 < *p50) {
      report_expected(
          section.diagnostics(), *section.find(high),
          fmt::format("a {} of at least {}, {}", high, half, in_quotes(section.find(half)->text)),
          "out-of-range");
      return std::nullopt;
    }
    return LogNormalSpan::from_p50_p99(*p50, *p99);
  }

  template <class Span>
  std::optional<SpanDistribution> mean_and_variation(const Section& from) const {
    const auto mean = seconds(from, "mean", "mean: 9ms");
    if (from.require("cv", "cv: 0.5, the standard deviation over the mean") == nullptr) {
      return std::nullopt;
    }
    const auto cv = from.number("cv", kVariation);
    if (!mean || !cv) return std::nullopt;
    return Span::from_mean_cv(*mean, *cv);
  }

  std::optional<SpanDistribution> gamma() const {
    const Section inner(*section.find("gamma"), section.path_of("gamma"), {"mean", "cv"},
                        section.diagnostics());
    if (!inner.is_mapping()) return std::nullopt;
    return mean_and_variation<GammaSpan>(inner);
  }

  std::optional<SpanDistribution> samples() const {
    const auto written = section.text("samples");
    if (!written) return std::nullopt;
    const std::string path = beside(files.scenario_file, *written);
    InputFile file = files.open(path);
    if (file.stream == nullptr) {
      report(section.diagnostics(), Severity::Error, section.find("samples")->place, "missing-file",
             fmt::format("expected samples at {}, found {}", in_quotes(path), file.problem));
      return std::nullopt;
    }
    SampledSpan sampled;
    sampled.seconds = read_samples(std::move(file.stream), path, section.diagnostics());
    sampled.file = path;
    if (sampled.seconds.empty()) return std::nullopt;
    if (zero == Zero::Refused && mean_seconds(sampled) <= 0) {
      report(section.diagnostics(), Severity::Error, section.find("samples")->place, "bad-sample",
             fmt::format("expected samples above 0s in {}, found only zeros", in_quotes(path)));
      return std::nullopt;
    }
    return sampled;
  }

  std::optional<SpanDistribution> activities() const {
    const auto written = section.text("activities");
    if (!written) return std::nullopt;
    const NodePlace& place = section.find("activities")->place;
    const std::string path = beside(files.scenario_file, *written);
    auto text = read_text_file(files.open, path, place, section.diagnostics());
    if (!text) return std::nullopt;
    auto spans = read_activity_spans(path, *std::move(text), section.diagnostics());
    if (!spans) return std::nullopt;
    const std::size_t count = spans->seconds.size();
    if (count == 0) {
      report(section.diagnostics(), Severity::Error, place, "no-scale-out",
             fmt::format("expected successful scale-outs in {}, found {}", in_quotes(path),
                         spans->found),
             "`aws application-autoscaling describe-scaling-activities --service-namespace "
             "sagemaker` prints those of the last six weeks");
      return std::nullopt;
    }
    if (count < kFewActivities) {
      report(section.diagnostics(), Severity::Warning, place, "few-scale-outs",
             fmt::format("startup is drawn from only {} measured scale-out{}: {} holds {}", count,
                         count == 1 ? "" : "s", in_quotes(path), spans->found));
    }
    return SampledSpan{std::move(spans->seconds), path, true};
  }
};

// The first key of the form that the mapping has: {p50, p99} counts as one, {mean, cv} as well.
struct SpanForm {
  std::string_view key;
  std::string_view partner;
};

// The one form in use, by its first key; empty after a report.
std::string_view form_of(const Section& section, const std::vector<SpanForm>& forms,
                         std::string_view expected) {
  std::vector<std::string_view> found;
  for (const SpanForm& form : forms) {
    if (section.has(form.key) || (!form.partner.empty() && section.has(form.partner))) {
      found.push_back(form.key);
    }
  }
  if (found.size() == 1) return found[0];
  if (section.is_mapping()) {
    report(section.diagnostics(), Severity::Error, section.node().place, "bad-distribution",
           found.empty()
               ? fmt::format("expected {}, found neither", expected)
               : fmt::format("expected one of {}, found {}", expected, fmt::join(found, " and ")));
  }
  return {};
}

// A bare duration could be exact or a mean: both readings are shown.
bool reported_bare_latency(const Node& node, Diagnostics& diagnostics) {
  if (node.kind != NodeKind::Scalar || !read_duration(node.text).value) return false;
  report_expected(diagnostics, node, "latency as a distribution", "wrong-type",
                  fmt::format("{{exact: {0}}} or {{exponential: {0}}}?", node.text));
  return true;
}

// Quantiles that lie far apart give a mean that is beyond all of them.
std::optional<SpanDistribution> with_bounded_mean(std::optional<SpanDistribution> distribution,
                                                  const Node& node, Duration most,
                                                  Diagnostics& diagnostics) {
  if (!distribution || mean_seconds(*distribution) <= in_seconds(most)) return distribution;
  report(diagnostics, Severity::Error, node.place, "out-of-range",
         fmt::format("expected a mean of at most {}, found one of {:.3g} s", format_duration(most),
                     mean_seconds(*distribution)));
  return std::nullopt;
}

}  // namespace

std::optional<SpanDistribution> read_latency(const Node& node, const FileContext& files,
                                             Diagnostics& diagnostics) {
  constexpr std::string_view kForms =
      "{p50, p99}, {mean, cv}, {exact}, {exponential}, {gamma} or {samples}";
  if (reported_bare_latency(node, diagnostics)) return std::nullopt;
  const Section section(node, "endpoint.latency",
                        {"p50", "p99", "mean", "cv", "exact", "exponential", "gamma", "samples"},
                        diagnostics);
  const SpanReader reader{section, files, Zero::Refused, kLongestLatency};
  const std::string_view form = form_of(section,
                                        {{"p50", "p99"},
                                         {"mean", "cv"},
                                         {"exact", ""},
                                         {"exponential", ""},
                                         {"gamma", ""},
                                         {"samples", ""}},
                                        kForms);
  std::optional<SpanDistribution> latency;
  if (form == "p50") latency = reader.quantiles("p50", "p99");
  if (form == "mean") latency = reader.mean_and_variation<LogNormalSpan>(section);
  if (form == "exact") latency = reader.exact();
  if (form == "exponential") latency = reader.exponential();
  if (form == "gamma") latency = reader.gamma();
  if (form == "samples") latency = reader.samples();
  return with_bounded_mean(std::move(latency), node, kLongestLatency, diagnostics);
}

std::optional<StartupSection> read_startup(const Node& node, const FileContext& files,
                                           Diagnostics& diagnostics) {
  if (node.kind == NodeKind::Scalar) {
    const auto span = duration_of(node, diagnostics, Zero::Allowed, kLongestStartup);
    return span ? std::optional(StartupSection{ExactSpan{*span}, {}}) : std::nullopt;
  }
  const Section section(node, "endpoint.startup",
                        {"typical", "slowest", "exact", "samples", "activities", "stagger"},
                        diagnostics);
  const SpanReader reader{section, files, Zero::Allowed, kLongestStartup};
  const std::string_view form =
      form_of(section, {{"typical", "slowest"}, {"exact", ""}, {"samples", ""}, {"activities", ""}},
              "{typical, slowest}, {exact}, {samples} or {activities}");
  std::optional<SpanDistribution> startup;
  if (form == "typical") startup = reader.quantiles("typical", "slowest");
  if (form == "exact") startup = reader.exact();
  if (form == "samples") startup = reader.samples();
  if (form == "activities") startup = reader.activities();
  const auto stagger = section.duration("stagger", Zero::Allowed, kLongestStagger);
  startup = with_bounded_mean(std::move(startup), node, kLongestStartup, diagnostics);
  if (!startup) return std::nullopt;
  return StartupSection{*std::move(startup), stagger.value_or(Duration{})};
}

}  // namespace sim
