"""headroom compare: the same requests for both make the interval of a difference several times
narrower than requests of their own, at the same work."""

import csv
import io
import os
import unittest

from program import ProgramTest

SEED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../scenarios/seed")


class SameRequestsTest(ProgramTest):
    def widths(self, *arguments):
        # The half hour in which the policies act: the rest of the load test is the same in both.
        result = self.expect(
            0, "compare", os.path.join(SEED, "target_tracking.scenario.yaml"),
            os.path.join(SEED, "aggressive.scenario.yaml"), "--set", "run.duration=30m", "--set",
            "traffic.load_test.users.duration=30m", "--set", "expect=[]", "--seed", "2", "--runs",
            "12", "-o", "csv", *arguments)
        return {row["metric"]: float(row["high"]) - float(row["low"])
                for row in csv.DictReader(io.StringIO(result.stdout)) if row["low"]}

    def test_they_narrow_the_interval_between_two_policies(self):
        paired, unpaired = self.widths(), self.widths("--unpaired")
        # docs/confidence.md has what sixty runs say of these and of others.
        for metric in ("latency.mean", "cost.total", "instances.mean", "cpu_percent.mean"):
            ratio = unpaired[metric] / paired[metric]
            self.assertGreaterEqual(ratio, 3, f"{metric}: {ratio:.2f}")


if __name__ == "__main__":
    unittest.main()
