#include "sim/run/traffic_set_up.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/check.hpp"
#include "models/traffic/arrival_process.hpp"

namespace sim {
namespace {

using models::endpoint::StreamRetries;
using models::traffic::ArrivalProcess;
using models::traffic::ClosedLoopTraffic;
using models::traffic::PhasedTraffic;
using models::traffic::TraceTraffic;
using models::traffic::TrafficStream;

// The phases of one stream, one after another from where it begins.
template <class Phases>
void append_phases(const TrafficStream& stream, const Phases& phases, core::SimTime end,
                   std::vector<TrafficPhaseWindow>& windows) {
  core::SimTime from = core::kStart + stream.begins;
  for (const auto& phase : phases) {
    const core::SimTime to = std::min(from + phase.duration, end);
    if (from >= end) return;
    windows.push_back({phase.name, stream.name, from, to});
    from = to;
  }
}

std::vector<TrafficPhaseWindow> phases_of(const Scenario& scenario, core::SimTime end) {
  std::vector<TrafficPhaseWindow> windows;
  for (const TrafficStream& stream : scenario.traffic) {
    if (const auto* phased = std::get_if<PhasedTraffic>(&stream.shape)) {
      append_phases(stream, phased->phases, end, windows);
    } else if (const auto* users = std::get_if<ClosedLoopTraffic>(&stream.shape)) {
      append_phases(stream, users->phases, end, windows);
    }
  }
  return windows;
}

}  // namespace

TrafficSetUp set_up_traffic(
    const Scenario& scenario, const core::RandomStreams& streams,
    const std::function<std::unique_ptr<std::istream>(const std::string&)>& open_trace) {
  const core::SimTime end = core::kStart + scenario.run.duration;
  const models::traffic::RunClock clock{.end = end,
                                        .local_time_of_day = scenario.run.local_time_of_day,
                                        .weekday = scenario.run.weekday};
  std::vector<ArrivalProcess> processes;
  std::vector<models::traffic::UserPopulation> users;
  std::vector<StreamRetries> open_retries;
  std::vector<StreamRetries> user_retries;
  for (const TrafficStream& stream : scenario.traffic) {
    const StreamRetries retries{stream.retries, streams.stream("retries/" + stream.name)};
    if (const auto* closed_loop = std::get_if<ClosedLoopTraffic>(&stream.shape)) {
      users.emplace_back(*closed_loop, stream.begins);
      user_retries.push_back(retries);
      continue;
    }
    std::unique_ptr<std::istream> trace;
    if (const auto* recorded = std::get_if<TraceTraffic>(&stream.shape)) {
      trace = open_trace(recorded->file);
      CHECK(trace != nullptr);
    }
    processes.push_back(models::traffic::make_arrival_process(
        stream, clock, streams.stream("arrivals/" + stream.name), std::move(trace)));
    open_retries.push_back(retries);
  }
  if (!has_retries(scenario)) {
    open_retries.clear();
    user_retries.clear();
  }
  TrafficSetUp result{.arrivals = models::traffic::OpenArrivals(std::move(processes)),
                      .users = std::move(users),
                      .open_retries = std::move(open_retries),
                      .user_retries = std::move(user_retries),
                      .phases = phases_of(scenario, end),
                      .cuts = {end}};
  if (scenario.run.warm_up > core::Duration{0}) {
    result.cuts.push_back(core::kStart + scenario.run.warm_up);
  }
  for (const TrafficPhaseWindow& phase : result.phases) {
    result.cuts.push_back(phase.from);
    result.cuts.push_back(phase.to);
  }
  for (const RunWindow& window : expectation_windows(scenario)) {
    result.cuts.push_back(core::kStart + window.from);
    result.cuts.push_back(core::kStart + window.to);
  }
  return result;
}

}  // namespace sim
