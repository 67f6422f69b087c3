// Makes the arrivals, the users and the phases of a run from the traffic that a scenario describes.
#pragma once

#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <vector>

#include "core/random_streams.hpp"
#include "core/sim_time.hpp"
#include "models/endpoint/clients.hpp"
#include "models/traffic/open_arrivals.hpp"
#include "models/traffic/user_population.hpp"
#include "sim/observe/run_recorder.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct TrafficSetUp {
  models::traffic::OpenArrivals arrivals;
  std::vector<models::traffic::UserPopulation> users;
  // As of PlaneInputs: empty when no client retries.
  std::vector<models::endpoint::StreamRetries> open_retries;
  std::vector<models::endpoint::StreamRetries> user_retries;
  std::vector<TrafficPhaseWindow> phases;  // those that begin within the run, cut off at its end
  std::vector<core::SimTime> cuts;         // where a stretch ends besides whole minutes
};

// open_trace: opens a trace file, unpacked. REQUIRES: it can open every trace of the scenario.
TrafficSetUp set_up_traffic(
    const Scenario& scenario, const core::RandomStreams& streams,
    const std::function<std::unique_ptr<std::istream>(const std::string&)>& open_trace);

}  // namespace sim
