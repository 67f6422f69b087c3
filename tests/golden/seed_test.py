"""That the seed scenario answers the question it was written for: is the goal reached without an
error, and at which minute was each number of instances there, and why?
"""

import json
import os
import re
import sys
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
sys.path.insert(0, os.path.join(ROOT, "tests", "cli"))
from program import ProgramTest  # noqa: E402  after the path to it

SEED = os.path.join(ROOT, "scenarios", "seed")
POLICY = "target-tracking-invocations"
# "  3          11m59s  9m          AlarmHigh of policy ..."; a cause goes on in lines below.
ROW = re.compile(r"^  (\d+) +(\S+) +(?:(\d\S*) +)?(\D.*)$")
UNITS = {"h": 3600, "m": 60, "s": 1}


def seconds(text):
    return sum(float(number) * UNITS[unit]
               for number, unit in re.findall(r"([\d.]+)([hms])", text))


class SeedTest(ProgramTest):
    outputs = {}  # each made once, for all tests

    def run_seed(self, form):
        if form not in self.outputs:
            scenario = os.path.join(SEED, "target_tracking.scenario.yaml")
            self.outputs[form] = self.expect(0, "run", scenario, "-o", form).stdout
        return self.outputs[form]

    def setUp(self):
        super().setUp()
        self.result = json.loads(self.run_seed("json"))

    def why(self):
        """The rows of WHY: (instances, in service at, decided at, cause)."""
        section = self.run_seed("table").split("\nWHY ")[1].split("\n\n")[0]
        rows = []
        for line in section.splitlines()[2:]:
            found = ROW.match(line)
            if found:
                count, at, decided, cause = found.groups()
                rows.append([int(count), seconds(at), seconds(decided or ""), cause])
            else:
                rows[-1][3] += " " + line.strip()
        return rows

    def test_the_goal_is_reached_without_an_error(self):
        summary = self.result["summary"]
        self.assertGreaterEqual(summary["invocations_per_minute"]["max"], 30000)
        self.assertGreaterEqual(max(self.result["timeseries"]["invocations"]), 30000)
        self.assertEqual(summary["requests"]["failed"], 0)
        self.assertEqual(sum(self.result["timeseries"]["errors"]), 0)

    def test_the_policies_are_the_arguments_of_the_aws_calls(self):
        for name in ("register_scalable_target", "put_scaling_policy.invocations",
                     "put_scaling_policy.cpu"):
            with open(os.path.join(SEED, name + ".json"), encoding="utf-8") as file:
                arguments = json.load(file)
            self.assertEqual(arguments["ServiceNamespace"], "sagemaker")
            self.assertEqual(arguments["ScalableDimension"],
                             "sagemaker:variant:DesiredInstanceCount")
        self.assertEqual({decision["policy"] for decision in self.result["decisions"]},
                         {POLICY, "target-tracking-cpu-util"})

    def test_the_report_tells_when_each_number_of_instances_was_there(self):
        rows = self.why()
        self.assertEqual([row[0] for row in rows], [1, 2, 3, 4, 5, 6, 7, 8, 1])
        in_service = self.result["timeseries"]["in_service"]
        for count, at, _, _ in rows:
            with self.subTest(count=count, at=at):
                # The series holds the number at the end of the minute, when more may have come.
                minute = int(at // 60)
                self.assertGreaterEqual(in_service[minute], count)
                if at > 0:
                    self.assertNotEqual(in_service[minute - 1], in_service[minute])

    def test_the_report_tells_why(self):
        decided = {decision["at_s"]: decision for decision in self.result["decisions"]
                   if decision["policy"] == POLICY and decision["from"] != decision["to"]}
        cause_before = None
        for count, at, decided_at, cause in self.why():
            with self.subTest(count=count, at=at):
                if at == 0:
                    self.assertEqual(cause, "initial capacity")
                    continue
                if cause == "the same decision":
                    cause = cause_before
                decision = decided[decided_at]
                alarm = "AlarmHigh" if decision["to"] > decision["from"] else "AlarmLow"
                self.assertTrue(cause.startswith(f"{alarm} of policy {POLICY}: "), cause)
                self.assertIn("InvocationsPerInstance averaged", cause)
                self.assertIn("target 5000", cause)
                cause_before = cause
        self.assertEqual(len(decided), self.result["summary"]["scaling"]["activities"])

    def test_the_arithmetic_of_each_decision_can_be_followed(self):
        for decision in self.result["decisions"]:
            if decision["policy"] != POLICY or decision["from"] == decision["to"]:
                continue
            values = [point["value"] for point in decision["datapoints"]]
            wanted = -(-decision["from"] * (sum(values) / len(values)) // 5000)
            self.assertEqual(decision["to"], min(8, max(1, wanted)), decision["reason"])


if __name__ == "__main__":
    unittest.main()
