// Describes how long a service or a startup takes, as chance has it.
//
// Plain data; span_sampler.hpp draws from it.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/sim_time.hpp"

namespace models::endpoint {

using core::Duration;

// A positive random span: of a service, of a startup. Parameters are in seconds.
struct ExactSpan {
  Duration value{};
};
struct ExponentialSpan {
  double mean_s = 0;
};
// exp(N(mu, sigma)): median exp(mu), mean exp(mu + sigma^2 / 2).
struct LogNormalSpan {
  double mu = 0;
  double sigma = 0;
  static LogNormalSpan from_p50_p99(double p50_s, double p99_s);
  static LogNormalSpan from_mean_cv(double mean_s, double cv);  // cv: standard deviation / mean
};
struct GammaSpan {
  double shape = 1;
  double scale_s = 0;
  static GammaSpan from_mean_cv(double mean_s, double cv);
};
// One of the measured spans, each equally likely. REQUIRES: not empty.
struct SampledSpan {
  std::vector<double> seconds;
  std::string file;
  bool from_activities = false;  // the file holds scaling activities, whose spans these are
};
using SpanDistribution =
    std::variant<ExactSpan, ExponentialSpan, LogNormalSpan, GammaSpan, SampledSpan>;

double mean_seconds(const SpanDistribution& distribution);

}  // namespace models::endpoint
