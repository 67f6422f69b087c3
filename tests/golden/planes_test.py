"""What must not change a byte of the result, and what must: request plane, threads, repetition,
seed, policy. On the scenarios of planes/, on which both planes apply.
"""

import glob
import json
import os
import shutil
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "cli"))
from program import ProgramTest  # noqa: E402  after the path to it

SEED = os.path.join(HERE, "..", "..", "scenarios", "seed")
POLICY = "put_scaling_policy.invocations.json"
# The endpoint that the seed's policies name, under visitors who do not wait for answers.
OPEN_LOOP = """version: 1
run: {duration: 50m}
traffic: {t: {phases: [{name: low, rate: 60/s, duration: 10m}, {name: ramp, ramp_to: 250/s,
  duration: 15m}, {name: end, rate: 20/s, duration: 25m}]}}
endpoint: {name: xgboost-classifier, instance_type: ml.c5.large, latency: {mean: 9.3ms, cv: 0.1}}
scaling: {from: [register_scalable_target.json, put_scaling_policy.invocations.json]}
"""


class PlanesTest(ProgramTest):
    def setUp(self):
        super().setUp()
        for path in glob.glob(os.path.join(HERE, "planes", "*")):
            shutil.copy(path, self.folder)
        self.names = sorted(name for name in os.listdir(self.folder) if name.endswith(".yaml"))

    def output(self, *arguments):
        return self.expect(0, "run", *arguments, "-o", "json").stdout

    def results(self, *arguments):
        return json.loads(self.output(*self.names, *arguments))

    def test_both_planes_give_the_same_bytes(self):
        self.assertGreaterEqual(len(self.names), 10)
        for name in self.names:
            with self.subTest(name):
                # Not assertEqual: the difference of two megabytes takes for ever to print.
                recursion = self.output(name, "--plane", "recursion")
                events = self.output(name, "--plane", "events")
                self.assertTrue(recursion == events, f"the planes differ on {name}")

    def test_the_scenarios_reach_what_the_planes_could_do_differently(self):
        results = self.results()
        for cause in ("timed_out", "rejected", "interrupted"):
            with self.subTest(cause):
                self.assertTrue(any(result["summary"]["errors"][cause] for result in results))
        for change in ("scale_outs", "scale_ins"):
            with self.subTest(change):
                self.assertTrue(any(result["summary"]["scaling"][change] for result in results))
        self.assertTrue(any(result["scenario"]["warm_up_s"] % 60 for result in results))
        self.assertTrue(all(result["summary"]["requests"]["total"] > 1000 for result in results))

    def test_threads_never_change_a_byte(self):
        for form in ("json", "csv", "table"):
            one = self.expect(0, "run", *self.names, "-o", form, "--threads", "1").stdout
            four = self.expect(0, "run", *self.names, "-o", form, "--threads", "4").stdout
            self.assertTrue(one == four, f"the {form} of four threads is another")

    def test_only_the_seed_changes_a_repetition(self):
        first, second, other = (self.results("--seed", seed) for seed in ("5", "5", "6"))
        self.assertTrue(first == second)
        for one, two in zip(first, other, strict=True):
            with self.subTest(one["scenario"]["name"]):
                self.assertEqual(one["scenario"]["seed"], 5)
                self.assertNotEqual(one["timeseries"], two["timeseries"])


class PolicyTest(ProgramTest):
    def setUp(self):
        super().setUp()
        for name in os.listdir(SEED):
            shutil.copy(os.path.join(SEED, name), self.folder)
        self.write("open.yaml", OPEN_LOOP)

    def two_runs(self, scenario):
        """With the policy as it is, and with another TargetValue and nothing else changed."""
        before = json.loads(self.run_program("run", scenario, "-o", "json").stdout)
        text = self.read(POLICY)
        self.assertEqual(text.count('"TargetValue": 5000.0,'), 1)
        self.write(POLICY, text.replace('"TargetValue": 5000.0,', '"TargetValue": 2500.0,'))
        return before, json.loads(self.run_program("run", scenario, "-o", "json").stdout)

    def test_another_policy_meets_the_very_same_requests(self):
        before, after = self.two_runs("open.yaml")
        self.assertEqual(before["summary"]["requests"]["total"],
                         after["summary"]["requests"]["total"])
        self.assertEqual(before["timeseries"]["invocations"], after["timeseries"]["invocations"])
        self.assertLess(before["summary"]["instances"]["max"], after["summary"]["instances"]["max"])

    def test_only_the_policy_json_changes_the_seed_run(self):
        before, after = self.two_runs("target_tracking.scenario.yaml")
        self.assertNotEqual(before["timeseries"]["desired"], after["timeseries"]["desired"])
        self.assertNotEqual(before["activities"], after["activities"])


if __name__ == "__main__":
    unittest.main()
