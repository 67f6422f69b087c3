"""headroom test --update: what scenarios come to is approved, and compared with later."""

import json
import os
import unittest

from program import BROKEN, SMALL, ProgramTest
from test_command_test import RAMP


class TestGoldenTest(ProgramTest):
    def test_a_scenario_that_is_approved_is_compared_with_that(self):
        self.write("ramp.scenario.yaml", RAMP)
        self.expect(2, "test", ".")  # nothing is expected of it
        update = self.expect(0, "test", ".", "--update")
        self.assertIn("approved in ramp.golden.json", update.stderr)
        golden = json.loads(self.read("ramp.golden.json"))
        self.assertEqual(list(golden), ["schema", "tolerance", "summary", "activities"])
        self.assertEqual((golden["schema"], golden["tolerance"]), ("headroom.golden/1", "1%"))
        self.assertEqual(len(golden["activities"]), golden["summary"]["scaling.activities"])
        self.expect(0, "test", ".")
        self.write("ramp.scenario.yaml", RAMP.replace("TargetValue: 5000", "TargetValue: 6000"))
        result = self.expect(1, "test", ".")
        self.assertIn("activities as approved", result.stdout)
        self.assertRegex(result.stdout, r"\n +- 10m  1 -> 2 +monitor alarm AlarmHigh ")
        self.assertRegex(result.stdout, r"\n +\+ \d+m  1 -> 2 ")
        self.assertIn("when this is meant: headroom test --update", result.stdout)
        self.expect(0, "test", ".", "--update")
        self.expect(0, "test", ".")

    def test_the_tolerance_of_the_file_is_kept(self):
        self.write("a.scenario.yaml", SMALL)
        self.expect(0, "test", "a.scenario.yaml", "--update")
        golden = json.loads(self.read("a.golden.json"))
        golden["tolerance"] = "30%"
        golden["summary"]["latency.p99"] *= 1.2
        self.write("a.golden.json", json.dumps(golden))
        self.expect(0, "test", "a.scenario.yaml")
        golden["tolerance"] = "1%"
        self.write("a.golden.json", json.dumps(golden))
        self.assertRegex(self.expect(1, "test", "a.scenario.yaml").stdout,
                         r"a.golden.json:1: latency.p99 as approved\n +expected .* ± 1 %, actual")
        golden["tolerance"] = "30%"
        self.write("a.golden.json", json.dumps(golden))
        self.expect(0, "test", "a.scenario.yaml", "--update")
        self.assertEqual(json.loads(self.read("a.golden.json"))["tolerance"], "30%")

    def test_a_file_that_is_wrong_is_told_and_nothing_is_overwritten(self):
        self.write("a.scenario.yaml", SMALL)
        self.write("a.golden.json", "{")
        self.assertIn("a.golden.json:1", self.expect(2, "test", ".").stderr)
        self.write("b.scenario.yaml", BROKEN)
        self.expect(2, "test", "b.scenario.yaml", "--update")
        self.assertFalse(os.path.exists(os.path.join(self.folder, "b.golden.json")))


if __name__ == "__main__":
    unittest.main()
