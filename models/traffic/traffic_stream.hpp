// Describes the traffic of a scenario as its author wrote it: named streams that add up.
//
// Plain data. rate_profile.hpp, arrival_process.hpp and user_population.hpp give it life.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/sim_time.hpp"
#include "core/units.hpp"

namespace models::traffic {

using core::Duration;
using core::RequestRate;

// How arrivals fall around their rate: as a Poisson process, or evenly spaced.
enum class ArrivalPattern { Poisson, Even };

// Open loop: a rate that never changes. Without a duration it lasts as long as the run.
struct SmoothTraffic {
  RequestRate rate;
  std::optional<Duration> duration;
};

// One phase holds its rate (rate_begin == rate_end), or ramps linearly. Whoever reads `ramp_to`
// sets rate_begin to the phase's own `rate` or, without one, to the rate_end of the phase before.
struct TrafficPhase {
  std::string name;  // "1", "2", ... when the author gave none
  RequestRate rate_begin;
  RequestRate rate_end;
  Duration duration{};
};
struct PhasedTraffic {
  std::vector<TrafficPhase> phases;
};

// A base rate with rectangular spikes: one every `every`, `width` long, each moved by a uniform
// random amount in [0, jitter] from its place. The k-th spike (k = 1, 2, ...) begins at k x every
// after the stream does. Spikes that overlap make one longer spike of the same height.
struct SpikyTraffic {
  RequestRate base;
  RequestRate peak;
  Duration every{};
  Duration width{};
  Duration jitter{};
  std::optional<Duration> duration;
};

// A raised cosine over the local day: `high` at `peak_at`, `low` twelve hours later. On Saturdays
// and Sundays the whole curve is multiplied by `weekend`.
struct DailyTraffic {
  RequestRate low;
  RequestRate high;
  Duration peak_at{};  // since local midnight
  double weekend = 1.0;
  std::optional<Duration> duration;
};

// Closed loop: each user sends, waits for the answer, thinks, and sends again. Users stay from
// phase to phase, and send no new request after the last. With no time to think they are the users
// of the Inference Recommender.
struct UserPhase {
  std::string name;
  std::int32_t initial = 0;     // users that join at the start of the phase
  double spawn_per_minute = 0;  // further users, evenly spaced; the first 1/spawn after the start.
                                // By the minute, as the Inference Recommender's API says (S-25)
  Duration duration{};
};
struct ClosedLoopTraffic {
  std::vector<UserPhase> phases;
  std::optional<std::int32_t> limit;
  Duration think_time{};
};

// Recorded traffic. With a value column, a row is the number of requests of one period `per`;
// without, a row is one request. Time zero of the stream is the first row.
struct TraceTraffic {
  std::string file;  // as opened: relative to the scenario's folder
  std::string time_column;
  std::optional<std::string> value_column;
  Duration per{};      // only with value_column
  double scale = 1.0;  // 1.2 sends 120 % of the recorded requests
};

using TrafficShape = std::variant<SmoothTraffic, PhasedTraffic, SpikyTraffic, DailyTraffic,
                                  ClosedLoopTraffic, TraceTraffic>;

// A client whose request has failed asks again, as AWS's SDKs do: the k-th time after a wait of
// backoff x 2^(k-1), at most 20 s, of which a random part up to `jitter` is left out. A timeout
// counts as a failure, and the answer that comes later is nobody's.
struct ClientRetries {
  std::int32_t attempts = 1;  // requests for one purpose in all, the first among them
  Duration backoff{};
  double jitter = 1;  // 0: waits are exact; 1: "full jitter"
};

struct TrafficStream {
  std::string name;
  Duration begins{};
  ArrivalPattern arrivals = ArrivalPattern::Poisson;  // of open shapes
  TrafficShape shape;
  ClientRetries retries{};
};

}  // namespace models::traffic
