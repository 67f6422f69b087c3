"""The published step policy that nothing triggers: check says so, until an alarm is added.

The policy is that of a public notebook; where the collected files are not at hand, nothing is
tested.
"""

import json
import os
import unittest

from program import ProgramTest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
PUBLISHED = os.path.abspath(os.path.join(
    ROOT, "..", "shared", "data", "aws", "optimize_endpoint_scaling.put_scaling_policy.json"))
SEED = os.path.join(ROOT, "scenarios", "seed", "put_scaling_policy.step.json")

SCENARIO = f"""version: 1
run: {{duration: 40m}}
traffic: {{load_test: {{phases: [{{rate: 20/s, duration: 10m}}, {{rate: 145/s, duration: 30m}}]}}}}
endpoint:
  name: evaluation-endpoint-call
  instance_type: ml.c5.large
  latency: {{mean: 9.3ms, cv: 0.1}}
  throughput: 151/s
  cpu: [{{at: 0/s, percent: 2}}, {{at: 107/s, percent: 102}}, {{at: 150/s, percent: 170}}]
  startup: {{exact: 3m}}
  variants: {{endpoint-ProductionVaria: {{weight: 100%}}}}
scaling:
  from: ["{PUBLISHED}"]
  ScalableTargets: [{{MinCapacity: 1, MaxCapacity: 8}}]
"""
ALARM = """  MetricAlarms:
    - AlarmName: cpu-high
      MetricName: CPUUtilization
      Namespace: /aws/sagemaker/Endpoints
      Statistic: Average
      Dimensions:
        - {Name: EndpointName, Value: evaluation-endpoint-call}
        - {Name: VariantName, Value: endpoint-ProductionVaria}
      Period: 60
      EvaluationPeriods: 2
      Threshold: 100
      ComparisonOperator: GreaterThanOrEqualToThreshold
      AlarmActions: [step-scaling-call]
"""


@unittest.skipUnless(os.path.exists(PUBLISHED), "the published policies are not at hand")
class PublishedPolicyTest(ProgramTest):
    def warnings(self, text):
        self.write("published.scenario.yaml", text)
        checked = self.expect(0, "check", "published.scenario.yaml", "-o", "json").stdout
        return [(warning["code"], warning["message"])
                for warning in json.loads(checked)["warnings"]]

    def test_nothing_triggers_it_as_it_was_published(self):
        self.assertIn(("step-policy-without-alarm",
                       "no alarm triggers the step policy 'step-scaling-call': it will never act"),
                      self.warnings(SCENARIO))

    def test_it_never_acts(self):
        self.write("published.scenario.yaml", SCENARIO)
        result = json.loads(self.expect(0, "run", "published.scenario.yaml", "-o", "json").stdout)
        self.assertEqual(result["activities"], [])
        self.assertGreater(result["summary"]["cpu_percent"]["max"], 100)

    def test_with_an_alarm_there_is_nothing_to_say(self):
        self.assertEqual(self.warnings(SCENARIO + ALARM), [])

    def test_with_an_alarm_it_acts_by_its_steps(self):
        self.write("published.scenario.yaml", SCENARIO + ALARM)
        result = json.loads(self.expect(0, "run", "published.scenario.yaml", "-o", "json").stdout)
        first = next(decision for decision in result["decisions"]
                     if decision["from"] != decision["to"])
        # Some 160 %, between 5 and 80 above the threshold: three more.
        self.assertEqual((first["from"], first["to"]), (1, 4))

    def test_the_seed_scenario_has_the_same_steps(self):
        configurations = []
        for path in (PUBLISHED, SEED):
            with open(path, encoding="utf-8") as file:
                configurations.append(json.load(file)["StepScalingPolicyConfiguration"])
        self.assertEqual(*configurations)


if __name__ == "__main__":
    unittest.main()
