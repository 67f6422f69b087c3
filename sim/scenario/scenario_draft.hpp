// Holds a scenario as far as its sections tell, each on its own.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/candidate_reader.hpp"
#include "sim/scenario/custom_metric_reader.hpp"
#include "sim/scenario/endpoint_reader.hpp"
#include "sim/scenario/expectation_reader.hpp"
#include "sim/scenario/plan_settings.hpp"
#include "sim/scenario/run_reader.hpp"
#include "sim/scenario/scaling_drafts.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/traffic_reader.hpp"

namespace sim {

struct ScenarioDraft {
  std::string name;
  std::string description;
  std::string file;
  RunSection run;
  std::vector<StreamDraft> traffic;
  NodePlace traffic_place;
  EndpointSection endpoint;
  NodePlace endpoint_place;
  std::vector<CandidateSection> candidates;
  ScalingDraft scaling;
  std::vector<CustomMetricDraft> metrics;
  bool has_given_values = false;  // of metrics: a test has them instead of traffic
  Assumptions assumptions;
  std::vector<ExpectationDraft> expectations;
  std::vector<RegressionLimit> limits;
  PlanSettings plan;
};

}  // namespace sim
