// Plays a scenario at many points of its parameters, and compares what the points cost with how
// they serve.
//
// The caller decides in which order and on which threads the runs are played: play() may be called
// from several at once, and a run gives the same whoever plays it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "sim/observe/mean_summary.hpp"
#include "sim/observe/sweep_result.hpp"
#include "sim/scenario/diagnostic.hpp"
#include "sim/scenario/input_library.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/written_scenario.hpp"
#include "sim/study/parameter_grid.hpp"
#include "sim/study/replication.hpp"

namespace sim {

struct SweepRequest {
  std::string file;
  std::vector<std::string> parameters;  // as after `-p`; at least one
  std::vector<std::string> overrides;   // as after `--set`
  std::size_t sample_count = 0;         // of a Latin hypercube; 0: all combinations
  std::optional<std::uint64_t> seed;    // instead of the scenario's
  std::size_t run_count = 1;            // at each point
  std::size_t threads = 1;              // to load the points on
};

// Invariants
// 1. Every point is a scenario without errors before the first is played.
// 2. One of the points is the file as it is written, the last when it is on no point of the grid;
//    unless it is a scenario with the parameters only.
class Sweep {
 public:
  // Loads and checks every point. Null after reports of everything that is wrong; warnings may
  // accompany a sweep. What is wrong at several points in the same way is reported once.
  static std::unique_ptr<Sweep> prepare(const SweepRequest& request, Diagnostics& diagnostics);

  const SweepRequest& request() const { return request_; }
  std::uint64_t seed() const { return seed_; }
  std::size_t point_count() const { return points_.size(); }
  std::size_t run_total() const { return points_.size() * request_.run_count; }
  // Of everything that was read.
  std::uint64_t input_fingerprint() const { return library_.fingerprint(); }

  struct RunName {
    std::size_t point = 0;
    std::size_t run = 0;
  };
  // The runs are numbered point by point. REQUIRES: index < run_total().
  RunName name_of(std::size_t index) const;
  const std::vector<std::optional<std::string>>& values_at(std::size_t point) const;
  const std::vector<SweptParameter>& parameters() const { return parameters_; }

  RunNumbers play(std::size_t index);

  // A point as it is played, and its first run once more for what the numbers do not tell. Both may
  // be called from several threads at once.
  std::shared_ptr<const Scenario> scenario_at(std::size_t point);
  PlayedRun first_run(std::size_t point);

  // Takes the numbers of the next run, beginning with 0. REQUIRES: in the order of the indices.
  void add(RunNumbers numbers);

  // REQUIRES: all were added.
  SweepResult result() const;

 private:
  struct Point {
    std::vector<std::string> changes;  // PATH=VALUE
    SweptPoint outcome;
  };
  struct Loaded;

  explicit Sweep(const SweepRequest& request) : request_(request) {}
  LoadOptions options_at(const std::vector<std::string>& changes);
  Loaded load(const std::vector<std::string>& changes);
  bool read_file(Diagnostics& diagnostics);
  bool place_points(const std::optional<Scenario>& baseline, Diagnostics& diagnostics);
  bool check_points(const std::optional<Scenario>& baseline, Diagnostics& diagnostics);
  void add_point(const GridPoint& grid_point);
  void add_baseline(const Scenario& baseline);
  PlayedRun play_run_of(const RunName& name);

  SweepRequest request_;
  InputLibrary library_;
  std::optional<WrittenScenario> written_;
  std::vector<SweptParameter> parameters_;
  std::uint64_t seed_ = 0;
  std::string name_;
  core::Duration duration_{};
  bool has_expectations_ = false;
  std::vector<Point> points_;
  std::optional<std::size_t> baseline_;
  std::vector<RunNumbers> unfinished_;  // the runs of the point that is not complete
  std::size_t finished_ = 0;            // points

  std::mutex mutex_;                                                  // of what follows
  std::map<std::size_t, std::shared_ptr<const Scenario>> scenarios_;  // of the points in work
};

}  // namespace sim
