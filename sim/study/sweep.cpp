#include "sim/study/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "core/check.hpp"
#include "sim/report/summary_json.hpp"
#include "sim/scenario/scenario_writer.hpp"
#include "sim/scenario/scenario_yaml.hpp"
#include "sim/study/ordered_work.hpp"
#include "sim/study/stand_outs.hpp"

namespace sim {
namespace {

// Adds what has not been said yet: a mistake that shows at every point is told at the first.
class MergedDiagnostics {
 public:
  explicit MergedDiagnostics(Diagnostics& all) : all_(all) {}

  void add(const Diagnostics& some) {
    for (const Diagnostic& diagnostic : some.sorted()) {
      const SourcePlace& place = diagnostic.place;
      // The values of a parameter differ from point to point, its path does not.
      const std::string where =
          place.file.starts_with("-p ") ? place.file.substr(0, place.file.find('=')) : place.file;
      if (said_.emplace(where, place.line, diagnostic.message, diagnostic.hint).second) {
        all_.add(diagnostic);
      }
    }
  }

 private:
  Diagnostics& all_;
  std::set<std::tuple<std::string, int, std::string, std::string>> said_;
};

}  // namespace

struct Sweep::Loaded {
  Diagnostics diagnostics;
  std::optional<Scenario> scenario;
};

LoadOptions Sweep::options_at(const std::vector<std::string>& changes) {
  return {.overrides = request_.overrides, .open = library_.opener(), .parameters = changes};
}

Sweep::Loaded Sweep::load(const std::vector<std::string>& changes) {
  Loaded loaded;
  loaded.scenario = load_scenario_file(request_.file, options_at(changes), loaded.diagnostics);
  if (loaded.scenario) take_as_objectives(loaded.scenario->expectations);
  if (loaded.scenario && request_.seed) loaded.scenario->run.seed = *request_.seed;
  return loaded;
}

std::unique_ptr<Sweep> Sweep::prepare(const SweepRequest& request, Diagnostics& diagnostics) {
  std::unique_ptr<Sweep> sweep(new Sweep(request));
  sweep->parameters_ = read_parameters(request.parameters, diagnostics);
  if (!sweep->read_file(diagnostics)) return nullptr;
  const std::optional<Scenario> baseline = sweep->load({}).scenario;
  if (!sweep->place_points(baseline, diagnostics)) return nullptr;
  if (!sweep->check_points(baseline, diagnostics)) return nullptr;
  return sweep;
}

bool Sweep::read_file(Diagnostics& diagnostics) {
  diagnostics.name_file(request_.file);
  std::optional<std::string> text =
      read_text_file(library_.opener(), request_.file, {}, diagnostics);
  if (!text) return false;
  // What is wrong with the text is reported when the points are loaded.
  Diagnostics unread;
  written_ = written_scenario(std::move(*text), request_.file, options_at({}), unread);
  if (written_) {
    for (const SweptParameter& parameter : parameters_) {
      if (const auto problem = written_->misnamed_part(parameter.path)) {
        diagnostics.add_error({"-p " + parameter.path, 0, 0}, "bad-parameter", *problem);
      }
    }
  }
  return !diagnostics.has_errors();
}

bool Sweep::place_points(const std::optional<Scenario>& baseline, Diagnostics& diagnostics) {
  const std::size_t combinations = combination_count(parameters_);
  const bool are_all_played = request_.sample_count == 0 || combinations <= request_.sample_count;
  if (are_all_played && combinations > kMostPoints) {
    diagnostics.add_error({"-p", 0, 0}, "too-many-points",
                          fmt::format("expected at most {} points, found more", kMostPoints),
                          "--samples N plays N of them");
    return false;
  }
  GridPoint first(parameters_.size(), 0);
  add_point(first);
  // A file that is no scenario without the parameters may be one with them.
  Loaded sample;
  if (!baseline) sample = load(points_.front().changes);
  points_.clear();
  const std::optional<Scenario>& scenario = baseline ? baseline : sample.scenario;
  if (scenario) {
    seed_ = scenario->run.seed;
    name_ = scenario->name;
    duration_ = scenario->run.duration;
  } else if (!are_all_played) {
    // Without a scenario there is no seed to draw the other points with.
    MergedDiagnostics(diagnostics).add(sample.diagnostics);
    return false;
  }
  const std::vector<GridPoint> grid =
      are_all_played ? full_grid(parameters_)
                     : latin_hypercube(parameters_, request_.sample_count, seed_);
  for (const GridPoint& point : grid) add_point(point);
  return true;
}

void Sweep::add_point(const GridPoint& grid_point) {
  Point point;
  for (std::size_t of = 0; of < parameters_.size(); ++of) {
    const std::string& value = parameters_[of].values[grid_point[of]];
    point.changes.push_back(parameters_[of].path + "=" + value);
    point.outcome.values.emplace_back(value);
  }
  points_.push_back(std::move(point));
}

void Sweep::add_baseline(const Scenario& baseline) {
  Point point;
  for (const SweptParameter& parameter : parameters_) {
    point.outcome.values.push_back(written_->value_at(parameter.path));
  }
  point.outcome.price_source = price_source_of(baseline);
  has_expectations_ = has_expectations_ || !baseline.expectations.empty();
  baseline_ = points_.size();
  points_.push_back(std::move(point));
}

bool Sweep::check_points(const std::optional<Scenario>& baseline, Diagnostics& diagnostics) {
  const std::string written = baseline ? expand_scenario(*baseline) : "";
  MergedDiagnostics merged(diagnostics);
  struct Checked {
    Diagnostics diagnostics;
    std::string price_source;
    bool has_expectations = false;
    bool is_as_written = false;
  };
  ordered_work(
      points_.size(), request_.threads,
      [&](std::size_t index) {
        Loaded loaded = load(points_[index].changes);
        Checked checked;
        checked.diagnostics = std::move(loaded.diagnostics);
        if (!loaded.scenario) return checked;
        checked.price_source = price_source_of(*loaded.scenario);
        checked.has_expectations = !loaded.scenario->expectations.empty();
        checked.is_as_written = baseline && expand_scenario(*loaded.scenario) == written;
        return checked;
      },
      [&](std::size_t index, const Checked& checked) {
        merged.add(checked.diagnostics);
        points_[index].outcome.price_source = checked.price_source;
        has_expectations_ = has_expectations_ || checked.has_expectations;
        if (checked.is_as_written && !baseline_) baseline_ = index;
        return !diagnostics.is_full();
      });
  if (diagnostics.has_errors()) return false;
  if (baseline && !baseline_) add_baseline(*baseline);
  return true;
}

Sweep::RunName Sweep::name_of(std::size_t index) const {
  return {index / request_.run_count, index % request_.run_count};
}

const std::vector<std::optional<std::string>>& Sweep::values_at(std::size_t point) const {
  return points_[point].outcome.values;
}

std::shared_ptr<const Scenario> Sweep::scenario_at(std::size_t point) {
  {
    const std::lock_guard lock(mutex_);
    const auto known = scenarios_.find(point);
    if (known != scenarios_.end()) return known->second;
  }
  // Two threads may load the same one; that is less than making one wait for the other.
  Loaded loaded = load(points_[point].changes);
  CHECK(loaded.scenario.has_value());
  auto scenario = std::make_shared<const Scenario>(std::move(*loaded.scenario));
  const std::lock_guard lock(mutex_);
  // Runs are begun in about their order, so that those far behind are not asked for again.
  constexpr std::size_t kMostInWork = 64;
  scenarios_[point] = scenario;
  if (scenarios_.size() > kMostInWork) scenarios_.erase(scenarios_.begin());
  return scenario;
}

RunNumbers Sweep::play(std::size_t index) { return numbers_of(play_run_of(name_of(index))); }

PlayedRun Sweep::first_run(std::size_t point) { return play_run_of({point, 0}); }

PlayedRun Sweep::play_run_of(const RunName& name) {
  const std::shared_ptr<const Scenario> scenario = scenario_at(name.point);
  SimulationOptions options;
  options.run = name.run;
  options.open_trace = [this](const std::string& path) { return library_.open(path).stream; };
  return play_run(*scenario, std::move(options));
}

void Sweep::add(RunNumbers numbers) {
  CHECK_LT(finished_, points_.size());
  unfinished_.push_back(std::move(numbers));
  if (unfinished_.size() < request_.run_count) return;
  points_[finished_].outcome.mean = mean_of(unfinished_);
  unfinished_.clear();
  ++finished_;
}

SweepResult Sweep::result() const {
  CHECK_EQ(finished_, points_.size());
  SweepResult result;
  result.name = name_;
  result.file = request_.file;
  result.seed = seed_;
  result.duration = duration_;
  result.run_count = request_.run_count;
  result.has_expectations = has_expectations_;
  result.baseline = baseline_;
  for (const SweptParameter& parameter : parameters_) result.parameters.push_back(parameter.path);
  for (const Point& point : points_) result.points.push_back(point.outcome);
  mark_stand_outs(result);
  return result;
}

}  // namespace sim
