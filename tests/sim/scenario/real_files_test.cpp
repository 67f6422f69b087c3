// Every file of real calls is read, or refused with what it lacks; none is passed over in silence.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "sim/scenario/input_file.hpp"
#include "sim/scenario/scenario_yaml.hpp"
#include "tests/support/scenario_loading.hpp"
#include "tests/support/shared_vectors.hpp"

namespace sim {
namespace {

using testing::HasSubstr;

struct Outcome {
  bool is_read = true;
  std::string says;  // what its messages have in them; empty: there are none
};

// Policies are read beside a target for their own variant.
const std::map<std::string, Outcome> kOutcomes{
    {"async_walkthrough.0_register_scalable_target.json", {true, "MinCapacity of at least 1"}},
    {"async_walkthrough.1_put_scaling_policy.json",
     {true, "published by asynchronous endpoints alone"}},
    {"concurrent_requests.0_register_scalable_target.json", {true, ""}},
    {"concurrent_requests.1_put_scaling_policy.json", {true, ""}},
    {"optimize_endpoint_scaling.put_scaling_policy.json",
     {true, "no alarm triggers the step policy 'step-scaling-call'"}},
    {"scale_down_to_zero.0_register_scalable_target.json", {false, "(inference components)"}},
    {"scale_down_to_zero.1_put_scaling_policy.json", {false, "(inference components)"}},
    {"scale_down_to_zero.2_put_scaling_policy.json", {false, "(inference components)"}},
    {"scale_down_to_zero.3_put_metric_alarm.json", {false, "(inference components)"}},
    {"step_scaling.0_register_scalable_target.json", {true, ""}},
    {"step_scaling.1_put_scaling_policy.json", {true, "no alarm triggers the step policy"}},
    {"step_scaling.2_put_scaling_policy.json", {true, "no alarm triggers the step policy"}},
    // Their actions stand for ARNs that the sample never filled in.
    {"step_scaling.3_put_metric_alarm.json", {false, "found 'scale-out-policy-respons'"}},
    {"step_scaling.4_put_metric_alarm.json", {false, "found 'scale-in-policy-response'"}},
    {"use_case/put_scaling_policy.cpu.json", {true, ""}},
    {"use_case/put_scaling_policy.invocations.json", {true, ""}},
    {"use_case/put_scaling_policy.step.json", {true, "no alarm triggers the step policy"}},
    {"use_case/register_scalable_target.json", {true, ""}},
};

TEST(RealFiles, AreReadOrSayWhatIsMissing) {
  const std::filesystem::path folder = tests::shared_folder() / "data/aws";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  std::set<std::string> seen;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string name = std::filesystem::relative(entry.path(), folder).string();
    seen.insert(name);
    const auto expected = kOutcomes.find(name);
    ASSERT_NE(expected, kOutcomes.end()) << name << " has no row here";
    const bool is_target = name.find("register_scalable_target") != std::string::npos;
    Diagnostics diagnostics;
    const auto scenario = load_scenario(
        tests::smallest_with("scaling:\n  from: " + name + "\n" +
                             (is_target ? ""
                                        : "  ScalableTargets: [{MinCapacity: 1, MaxCapacity: "
                                          "8}]\n")),
        (folder / "x.scenario.yaml").string(), LoadOptions{}, diagnostics);
    EXPECT_EQ(scenario.has_value(), expected->second.is_read) << diagnostics.render_all();
    if (expected->second.says.empty()) {
      EXPECT_EQ(diagnostics.render_all(), "") << name;
    } else {
      EXPECT_THAT(diagnostics.render_all(), HasSubstr(expected->second.says)) << name;
    }
  }
  EXPECT_EQ(seen.size(), kOutcomes.size());
}

}  // namespace
}  // namespace sim
