"""Every policy under scenarios/lessons/broken is caught: headroom check warns of it, headroom test
shows what it does, and with the repair that its file names there is no warning left.
"""

import json
import os
import unittest
from dataclasses import dataclass

from program import ProgramTest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
BROKEN = os.path.join(ROOT, "scenarios", "lessons", "broken")

TRACKING = "scaling.ScalingPolicies[0].TargetTrackingScalingPolicyConfiguration"
STEPS = "scaling.ScalingPolicies[0].StepScalingPolicyConfiguration.StepAdjustments"
TARGET = "scaling.ScalableTargets[0]"
FIRST_ALARM, SECOND_ALARM = "scaling.MetricAlarms[0]", "scaling.MetricAlarms[1]"
FIRST_ACTION, SECOND_ACTION = "scaling.ScheduledActions[0]", "scaling.ScheduledActions[1]"


@dataclass
class Lesson:
    code: str       # of the warning
    says: str       # part of its message: the arithmetic
    repair: list    # settings with which nothing is warned of
    still: list     # settings at which it is only just warned of; empty: there is no such limit
    mended: list    # expectations that were not met, and are then


LESSONS = {
    "per_second_target": Lesson(
        "per-second-value", "0.83 % of the 12,000", [f"{TRACKING}.TargetValue=6000"], [],
        ["cost.total < 1 USD"]),
    "percent_as_fraction": Lesson(
        "percent-as-fraction", "a Threshold of 0.6 is 0.6 %, not 60 %",
        [f"{FIRST_ALARM}.Threshold=120", f"{SECOND_ALARM}.Threshold=40"],
        [f"{FIRST_ALARM}.Threshold=1"], ["instances.max == 1"]),
    "step_sign": Lesson(
        "step-sign", "'help' removes instances (ScalingAdjustment -2) while 'busy' tells",
        [f"{STEPS}[0].ScalingAdjustment=2"], [f"{STEPS}[0].ScalingAdjustment=-1"],
        ["scaling.scale_ins == 0"]),
    "schedule_in_utc": Lesson(
        "schedule-in-utc", "in America/Los_Angeles, the timezone of the run, that is 8h earlier",
        [f"{action}.Timezone=America/Los_Angeles" for action in (FIRST_ACTION, SECOND_ACTION)],
        ["run.timezone=Europe/Berlin"],
        ["{that: errors.rate < 0.1%, during: opening}",
         "{that: instances.in_service == 4, at: 1h59m}"]),
    "numeric_weekdays": Lesson(
        "numeric-weekdays", "runs on SUN-THU, as 1 is SUN",
        [f"{FIRST_ACTION}.Schedule=cron(45 7 ? * MON-FRI *)",
         f"{SECOND_ACTION}.Schedule=cron(0 9 ? * MON-FRI *)"],
        [f"{FIRST_ACTION}.Schedule=cron(45 7 ? * 2-6 *)"],
        ["{that: errors.rate < 0.1%, during: opening}"]),
    "flapping_pair": Lesson(
        "flapping-pair", "100 x 2 / 1 = 200 on each, above the 130",
        [f"{SECOND_ALARM}.Threshold=65"], [f"{SECOND_ALARM}.Threshold=66"],
        ["scaling.reversals <= 1"]),
    "unreachable_step": Lesson(
        "unreachable-step", "it begins at 140 + 70 = 210, and CPUUtilization is never above 200",
        [f"{STEPS}[0].MetricIntervalUpperBound=50", f"{STEPS}[1].MetricIntervalLowerBound=50"],
        [f"{STEPS}[0].MetricIntervalUpperBound=61", f"{STEPS}[1].MetricIntervalLowerBound=61"],
        ["elasticity.longest_under_provisioned < 10m"]),
    "max_too_small": Lesson(
        "max-too-small", "5 instances of 12,000 a minute are needed; MaxCapacity 3 serves 36,000",
        [f"{TARGET}.MaxCapacity=8"], [f"{TARGET}.MaxCapacity=4"], ["errors.rate < 0.1%"]),
    "min_above_need": Lesson(
        "min-above-need", "MinCapacity 8 keeps 7 more", [f"{TARGET}.MinCapacity=2"], [],
        ["elasticity.over_accuracy < 300%"]),
    "cooldown_too_short": Lesson(
        "cooldown-too-short", "for 3m after they are in service only datapoints from before",
        [f"{TRACKING}.ScaleOutCooldown=180"], [f"{TRACKING}.ScaleOutCooldown=179"],
        ["instances.max < 16"]),
    "missing_as_high": Lesson(
        "missing-as-high", "ModelLatency has no datapoint while there are no requests, from 30m on",
        [f"{FIRST_ALARM}.TreatMissingData=notBreaching"], [],
        ["{that: alarm \"slow\" == OK, at: 1h30m}"]),
}

# Its cooldown of ten seconds is the public report's, and it overshoots as the warning says.
TRULY_WARNED_OF = {"late_by_design": ["cooldown-too-short"]}

LATENCY_ALARM = """version: 1
run: {duration: 1h}
traffic: {t: {phases: [{rate: 20/s, duration: 30m}, {rate: 0/s, duration: 30m}]}}
endpoint: {name: e, instance_type: ml.c5.large, latency: {exponential: 10ms}}
scaling:
  ScalableTargets: [{MinCapacity: 1, MaxCapacity: 4}]
  ScalingPolicies:
    - PolicyName: steps
      PolicyType: StepScaling
      StepScalingPolicyConfiguration:
        AdjustmentType: ChangeInCapacity
        StepAdjustments: [STEPS]
  MetricAlarms:
    - AlarmName: latency
      Namespace: AWS/SageMaker
      MetricName: ModelLatency
      Dimensions: [{Name: EndpointName, Value: e}, {Name: VariantName, Value: AllTraffic}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 3
      Threshold: THRESHOLD
      ComparisonOperator: OPERATOR
      AlarmActions: [steps]
"""


def settings(pairs):
    return [argument for pair in pairs for argument in ("--set", pair)]


class BrokenPoliciesTest(ProgramTest):
    def warnings(self, file, *arguments):
        said = json.loads(self.expect(0, "check", file, *arguments, "-o", "json").stdout)
        self.assertEqual(said["errors"], [])
        return said["warnings"]

    def file_of(self, name):
        return os.path.join(BROKEN, name + ".scenario.yaml")

    def test_every_file_is_in_the_table_and_there_are_ten_kinds(self):
        files = {name.removesuffix(".scenario.yaml") for name in os.listdir(BROKEN)}
        self.assertEqual(files, set(LESSONS))
        self.assertGreaterEqual(len({lesson.code for lesson in LESSONS.values()}), 10)

    def test_check_warns_of_it_with_its_place_its_numbers_and_the_fix(self):
        for name, lesson in LESSONS.items():
            with self.subTest(name):
                found = self.warnings(self.file_of(name))
                self.assertEqual({warning["code"] for warning in found}, {lesson.code})
                self.assertIn(lesson.says, found[0]["message"])
                self.assertNotEqual(found[0].get("hint", ""), "")
                self.assertGreater(found[0]["line"], 10)

    def test_repaired_it_is_not_warned_of_and_just_before_it_is(self):
        for name, lesson in LESSONS.items():
            with self.subTest(name):
                self.assertEqual(self.warnings(self.file_of(name), *settings(lesson.repair)), [])
                if lesson.still:
                    found = self.warnings(self.file_of(name), *settings(lesson.still))
                    self.assertIn(lesson.code, {warning["code"] for warning in found})

    def test_it_does_what_the_file_says_and_repaired_it_does_not(self):
        for name, lesson in LESSONS.items():
            with self.subTest(name):
                self.expect(0, "test", self.file_of(name))
                wanted = ["--set", f"expect=[{', '.join(lesson.mended)}]"]
                repaired = self.expect(0, "run", self.file_of(name), *wanted,
                                       *settings(lesson.repair), "-o", "json")
                self.assertTrue(all(line["passed"]
                                    for line in json.loads(repaired.stdout)["expectations"]))
                self.expect(1, "run", self.file_of(name), *wanted)

    def test_nothing_is_warned_of_in_the_other_scenarios(self):
        for folder, _, names in os.walk(os.path.join(ROOT, "scenarios")):
            for name in sorted(names):
                path = os.path.join(folder, name)
                if folder == BROKEN or not name.endswith(".scenario.yaml"):
                    continue
                with self.subTest(path):
                    said = json.loads(self.run_program("check", path, "-o", "json").stdout)
                    if {error["code"] for error in said["errors"]} == {"missing-file"}:
                        self.skipTest("the recorded traffic is not there")
                    self.assertEqual([warning["code"] for warning in said["warnings"]],
                                     TRULY_WARNED_OF.get(name.removesuffix(".scenario.yaml"), []))

    def latency_alarm(self, threshold, operator, steps):
        return self.warnings(self.write("x.scenario.yaml", LATENCY_ALARM.replace(
            "THRESHOLD", str(threshold)).replace("OPERATOR", operator).replace("STEPS", steps)))

    def test_latencies_are_in_microseconds(self):
        above = ("GreaterThanThreshold", "{MetricIntervalLowerBound: 0, ScalingAdjustment: 1}")
        found = self.latency_alarm(200, *above)
        self.assertEqual([warning["code"] for warning in found], ["not-microseconds"])
        self.assertEqual(self.latency_alarm(200000, *above), [])

    def test_scale_in_on_a_metric_without_datapoints_never_happens_at_night(self):
        below = ("LessThanThreshold", "{MetricIntervalUpperBound: 0, ScalingAdjustment: -1}")
        codes = [warning["code"] for warning in self.latency_alarm(20000, *below)]
        self.assertEqual(codes, ["no-data-at-zero"])


if __name__ == "__main__":
    unittest.main()
