#include "sim/report/plan_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <variant>
#include <vector>

#include "sim/report/atomic_file.hpp"
#include "sim/report/scaling_calls.hpp"
#include "sim/scenario/scenario_writer.hpp"

namespace sim {
namespace {

using models::endpoint::SampledSpan;
using models::endpoint::SpanDistribution;
using models::traffic::TraceTraffic;

template <class Write>
std::string write_file(const std::string& folder, const std::string& name, Write write) {
  AtomicFile file((std::filesystem::path(folder) / name).string());
  write(file.stream());
  return file.commit();
}

void make_absolute(std::string& path) {
  if (!path.empty()) path = std::filesystem::absolute(path).lexically_normal().string();
}

void make_absolute(SpanDistribution& distribution) {
  if (auto* samples = std::get_if<SampledSpan>(&distribution)) make_absolute(samples->file);
}

// The scenario as it stands in the folder. The files that it names are found from there by a
// relative path if that is no more than going down into the folder and up again.
Scenario moved_to(Scenario scenario, const std::string& folder) {
  const std::filesystem::path path = std::filesystem::path(folder).lexically_normal();
  scenario.file = (path / kPlannedScenarioFile).string();
  if (path.is_relative() && std::find(path.begin(), path.end(), "..") == path.end()) {
    return scenario;
  }
  ScenarioVariant& variant = scenario.variants.front();
  make_absolute(variant.benchmark.file);
  make_absolute(variant.variant.service_time);
  make_absolute(variant.variant.startup);
  for (auto& stream : scenario.traffic) {
    if (auto* trace = std::get_if<TraceTraffic>(&stream.shape)) make_absolute(trace->file);
  }
  return scenario;
}

}  // namespace

void write_call_input(std::ostream& out, const ScalingCall& call) {
  JsonWriter json(out, 9);
  json.tree(call.input);
}

void write_deploy_script(std::ostream& out, std::span<const ScalingCall> calls) {
  out << "#!/bin/sh\n"
         "# Deploys the plan with the AWS CLI; run it in this folder.\n"
         "set -eu\n";
  for (const ScalingCall& call : calls) {
    const std::string command = fmt::format("aws {} {} --cli-input-json file://{}", call.service,
                                            call.operation, call.file);
    if (call.operation != "put-metric-alarm") {
      out << command << '\n';
      continue;
    }
    const std::string policy = call.input["AlarmActions"].front().get<std::string>();
    out << fmt::format(
        "arn=$(aws application-autoscaling describe-scaling-policies --service-namespace "
        "sagemaker \\\n"
        "  --policy-names {} --query 'ScalingPolicies[0].PolicyARN' --output text)\n"
        "{} --alarm-actions \"$arn\"\n",
        policy, command);
  }
}

std::string write_plan_files(const PlanCase& plan, const std::string& folder) {
  const Scenario scenario = moved_to(plan.planned, folder);
  const std::vector<ScalingCall> calls = scaling_calls(scenario);
  std::string problem = make_folder(folder);
  std::vector<std::string> files;
  for (const ScalingCall& call : calls) {
    files.push_back(call.file);
    if (!problem.empty()) break;
    problem =
        write_file(folder, call.file, [&call](std::ostream& out) { write_call_input(out, call); });
  }
  if (problem.empty()) {
    problem = write_file(folder, kDeployScript,
                         [&calls](std::ostream& out) { write_deploy_script(out, calls); });
  }
  if (!problem.empty()) return problem;
  return write_file(folder, kPlannedScenarioFile,
                    [&](std::ostream& out) { out << expand_scenario(scenario, files); });
}

}  // namespace sim
