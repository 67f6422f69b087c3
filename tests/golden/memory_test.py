"""That a run stays within 64 MiB, however long it is and however many requests it has."""

import json
import os
import subprocess
import sys
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
sys.path.insert(0, os.path.join(ROOT, "tests", "cli"))
from program import CLEAN, PROGRAM, ProgramTest  # noqa: E402  after the path to it

LIMIT_MIB = 64
MINUTES_OF_MONTH = 31 * 24 * 60

# Far below both targets at MinCapacity: two alarms with fifteen datapoints each stay in ALARM, and
# every minute has two decisions that change nothing.
MONTH = """version: 1
run: {duration: 31d}
traffic: {t: {rate: 1/s}}
endpoint: {name: e, instance_type: ml.c5.large, latency: {exponential: 10ms}}
scaling:
  ScalableTargets: [{MinCapacity: 2, MaxCapacity: 4}]
  ScalingPolicies:
    - PolicyName: invocations
      PolicyType: TargetTrackingScaling
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 6000
        PredefinedMetricSpecification:
          PredefinedMetricType: SageMakerVariantInvocationsPerInstance
    - PolicyName: cpu
      PolicyType: TargetTrackingScaling
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 100
        CustomizedMetricSpecification:
          MetricName: CPUUtilization
          Namespace: /aws/sagemaker/Endpoints
          Dimensions: [{Name: EndpointName, Value: e}, {Name: VariantName, Value: AllTraffic}]
          Statistic: Average
"""
# 10.8 million requests.
SIX_HOURS = """version: 1
run: {duration: 6h}
traffic: {t: {rate: 500/s}}
endpoint: {instance_type: ml.c5.2xlarge, routing: RANDOM, initial_instances: 2,
           latency: {exponential: 20ms}}
"""
# A queue that never ends: 200/s come, 100/s leave.
OVERLOAD = """version: 1
run: {duration: 2h}
traffic: {t: {rate: 200/s}}
endpoint: {instance_type: ml.c5.large, workers: 1, latency: {exact: 10ms}}
"""


class MemoryTest(ProgramTest):
    def peak_mib(self, form):
        """Runs a.yaml with its output in a file. The most memory that this process had."""
        with open(os.path.join(self.folder, "result"), "w", encoding="utf-8") as output:
            # Not a context manager: its end would wait, and the wait is what tells the memory.
            process = subprocess.Popen(  # pylint: disable=consider-using-with
                [PROGRAM, "run", "a.yaml", "-q", "-o", form], cwd=self.folder, stdout=output,
                env=CLEAN)
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        kib = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
        return kib / 1024

    def assert_modest(self, scenario, form):
        self.write("a.yaml", scenario)
        peak = self.peak_mib(form)
        print(f"{self.id().split('.')[-1]}: {peak:.0f} MiB", flush=True)
        self.assertGreater(peak, 1)
        self.assertLessEqual(peak, LIMIT_MIB)

    def test_a_month_of_decisions(self):
        self.assert_modest(MONTH, "json")
        # Else there were no decisions to keep.
        # Line by line: what this process holds counts for the next one that it starts.
        with open(os.path.join(self.folder, "result"), encoding="utf-8") as result:
            decisions = sum('"blocked_by"' in line for line in result)
        self.assertGreater(decisions, 1.9 * MINUTES_OF_MONTH)

    def test_six_hours_of_many_requests(self):
        self.assert_modest(SIX_HOURS, "json")
        total = json.loads(self.read("result"))["summary"]["requests"]["total"]
        self.assertGreater(total, 10_700_000)

    def test_a_queue_without_a_limit(self):
        self.assert_modest(OVERLOAD, "json")
        self.assertGreater(json.loads(self.read("result"))["summary"]["errors"]["timed_out"], 0)


if __name__ == "__main__":
    unittest.main()
