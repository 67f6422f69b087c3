"""headroom test --coverage: what no test made the scaling do."""

import json
import unittest

from program import ProgramTest
from test_command_test import GOOD, HEAD, MALFORMED, control_test

BUSY = HEAD + control_test("scales out", "{at: 9m, capacity: 2}")
QUIET = HEAD + control_test("stays", "{at: 5m, capacity: 1}").replace("100x5 7400x10", "4900x9")


class TestCoverageTest(ProgramTest):
    def test_the_whole_each_file_and_what_was_never_exercised(self):
        self.write("a.test.yaml", BUSY)
        self.write("b.test.yaml", QUIET)
        self.assertEqual(self.expect(0, "test", ".", "--coverage").stdout.split("\n\n", 1)[1], (
            "COVERAGE  2 of 8 exercised (25 %)\n"
            "  a.test.yaml: 2 of 4 exercised (50 %)\n"
            "    never: alarm tt/AlarmLow in ALARM\n"
            "    never: policy tt scales in\n"
            "  b.test.yaml: 0 of 4 exercised (0 %)\n"
            "    never: alarm tt/AlarmHigh in ALARM\n"
            "    never: alarm tt/AlarmLow in ALARM\n"
            "    never: policy tt scales out\n"
            "    never: policy tt scales in\n"
            "\n"
            "2 passed, 0 failed\n"))

    def test_as_json_and_markdown(self):
        self.write("a.test.yaml", BUSY)
        result = json.loads(self.expect(0, "test", ".", "--coverage", "-o", "json").stdout)
        coverage = result["coverage"]
        self.assertEqual((coverage["exercised"], coverage["total"]), (2, 4))
        self.assertEqual(coverage["files"][0]["items"][0],
                         {"what": "alarm tt/AlarmHigh in ALARM", "exercised": True})
        markdown = self.expect(0, "test", ".", "--coverage", "--markdown", "-").stdout
        self.assertIn("**Coverage**: 2 of 4 exercised (50 %)", markdown)
        self.assertIn("| a.test.yaml | 2 of 4 | alarm tt/AlarmLow in ALARM; policy tt scales in |",
                      markdown)

    def test_a_threshold_fails_the_run(self):
        self.write("a.test.yaml", BUSY)
        self.expect(0, "test", ".", "--coverage-threshold", "50%")
        result = self.expect(1, "test", ".", "--coverage-threshold", "51%")
        self.assertIn("COVERAGE", result.stdout)
        self.assertIn("the coverage of 50 % is less than 51%", result.stderr)
        for wrong in ("51", "150%", "-1%", "x"):
            self.assertIn("expected a percentage up to 100%",
                          self.expect(2, "test", ".", f"--coverage-threshold={wrong}").stderr)
        self.expect(2, "test", ".", "--coverage", "-o", "csv")

    def test_files_that_cannot_be_read_are_errors_in_the_reports(self):
        self.write("a.test.yaml", GOOD)
        self.write("b.test.yaml", MALFORMED)
        self.expect(2, "test", ".", "--junit", "out.xml", "--markdown", "out.md")
        xml = self.read("out.xml")
        self.assertIn('<testsuites name="headroom" tests="2" failures="0" errors="1">', xml)
        self.assertIn('<error message="b.test.yaml:', xml)
        self.assertIn("| ✗ | b.test.yaml | a file that can be read | b.test.yaml:",
                      self.read("out.md"))
        printed = self.expect(2, "test", ".", "--markdown", "-").stdout
        self.assertEqual(printed, self.read("out.md"))
        self.assertIn("1 passed, 0 failed, 1 file cannot be read", printed)
        self.expect(2, "test", "b.test.yaml", "--junit", "alone.xml")
        self.assertIn('tests="1" failures="0" errors="1"', self.read("alone.xml"))


if __name__ == "__main__":
    unittest.main()
