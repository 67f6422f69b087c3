"""headroom test: what is found, what is told, and the exit code."""

import csv
import io
import json
import os
import re
import shutil
import textwrap
import unittest
import xml.etree.ElementTree

from program import BROKEN, FAILED, MET, SMALL, ProgramTest

SCALING = """scaling:
  ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}]
  ScalingPolicies:
    - PolicyName: tt
      PolicyType: TargetTrackingScaling
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 5000
        PredefinedMetricSpecification:
          PredefinedMetricType: SageMakerVariantInvocationsPerInstance
"""
IN_A_TEST = textwrap.indent(SCALING, "    ")
SERIES = "    series: {InvocationsPerInstance: 100x5 7400x10}\n"
HEAD = "version: 1\ntests:\n"
# Scales out three times and in twice; instances start and stop as those of a test do.
RAMP = """version: 1
run: {duration: 1h20m}
traffic: {t: {phases: [{rate: 60/s, duration: 5m}, {ramp_to: 300/s, duration: 10m},
                       {rate: 300/s, duration: 15m}, {rate: 40/s, duration: 50m}]}}
endpoint: {instance_type: ml.c5.large, latency: {exponential: 5ms}, startup: {exact: 3m},
           stopping: 0s}
""" + SCALING

SCENARIOS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../scenarios")
# In a claim of a worked test: what it says, and what is wrong instead.
OTHERWISE = [(r"\b(capacity|desired|min_capacity|max_capacity|wanted|to): (\d+)\b",
              lambda match: f"{match[1]}: {int(match[2]) + 1}"),
             (r"\bstate: (OK|ALARM|INSUFFICIENT_DATA)\b",
              lambda match: "state: " + ("ALARM" if match[1] == "OK" else "OK")),
             (r"\bblocked_by: (?!cooldown)\w+", "blocked_by: cooldown"),
             (r"\bblocked_by: cooldown\b", "blocked_by: nothing"),
             (r"\bkind: scale_(in|out)\b", "kind: no_change")]


def control_test(name, expect):
    return f"  - name: {name}\n{IN_A_TEST}{SERIES}    expect: [{expect}]\n"


GOOD = HEAD + control_test("scales out", "{at: 9m, capacity: 2}")
WRONG = HEAD + control_test("is too early", "{at: 9m, desired: 2}, {at: 8m, capacity: 2}")
MALFORMED = HEAD + control_test("is malformed", "{at: 9, capcity: 2}")


def wrong_in_every_claim(text):
    """Says something else in each entry of `expect:`, and nothing else elsewhere."""
    lines = text.splitlines(keepends=True)
    in_claims = False
    for index, line in enumerate(lines):
        if re.match(r" {0,4}\S", line):
            in_claims = line.startswith("    expect:")
        elif in_claims:
            lines[index] = otherwise(line)
    return "".join(lines)


def otherwise(line):
    for pattern, wrong in OTHERWISE:
        line, count = re.subn(pattern, wrong, line, count=1)
        if count:
            break
    return line


class TestCommandTest(ProgramTest):
    def test_all_is_well(self):
        self.write("a.test.yaml", GOOD)
        result = self.expect(0, "test", "a.test.yaml")
        self.assertEqual(result.stdout, "a.test.yaml\n  ✓ scales out\n\n1 passed, 0 failed\n")
        self.assertRegex(result.stderr, r"^1 test in \d+\.\d\d s\n$")
        self.assertEqual(self.expect(0, "test", "a.test.yaml", "-q").stderr, "")

    def test_a_failure_has_its_place_what_was_found_and_why(self):
        self.write("a.test.yaml", WRONG)
        result = self.expect(1, "test", "a.test.yaml")
        self.assertEqual(result.stdout.splitlines()[:8], [
            "a.test.yaml",
            "  ✗ is too early",
            "    a.test.yaml:14: capacity == 2 at 8m",
            "      expected 2, actual 1",
            "      8m: policy tt: AlarmHigh is OK with 2 of 3 datapoints breaching, AlarmLow is OK "
            "with 6 of 15",
            "        datapoints breaching",
            "",
            "0 passed, 1 failed"])

    def test_a_failed_alarm_is_explained_by_its_state_reason(self):
        self.write("a.test.yaml", HEAD + control_test(
            "t", "{at: 9m, alarm: AlarmHigh, state: OK, because: we hope so}"))
        out = self.expect(1, "test", "a.test.yaml").stdout
        self.assertIn("      expected OK, actual ALARM\n      because we hope so\n"
                      "      ALARM since 9m: Threshold Crossed: 3 out of the last 3 ", out)

    def test_as_json(self):
        self.write("a.test.yaml", GOOD + control_test("is too early", "{at: 8m, capacity: 2}"))
        self.write("b.test.yaml", GOOD)
        result = json.loads(self.expect(1, "test", ".", "-o", "json").stdout)
        self.assertEqual(list(result), ["files", "passed", "failed", "coverage"])
        self.assertEqual((result["passed"], result["failed"], result["coverage"]), (2, 1, None))
        self.assertEqual([file["file"] for file in result["files"]], ["a.test.yaml", "b.test.yaml"])
        good, wrong = result["files"][0]["tests"]
        self.assertEqual(list(wrong), ["name", "passed", "that", "expected", "actual", "line",
                                       "expectations"])
        self.assertEqual([good[key] for key in list(wrong)[:6]],
                         ["scales out", True, None, None, None, 3])
        self.assertEqual([wrong[key] for key in list(wrong)[:6]],
                         ["is too early", False, "capacity == 2 at 8m", "2", "1", 26])
        self.assertEqual(list(wrong["expectations"][0]),
                         ["that", "passed", "expected", "actual", "file", "line", "reasons"])
        self.assertEqual(good["expectations"][0]["reasons"], [])

    def test_as_csv_and_markdown(self):
        self.write("a.test.yaml", WRONG)
        rows = list(csv.DictReader(io.StringIO(self.expect(1, "test", "a.test.yaml", "-o",
                                                           "csv").stdout)))
        self.assertEqual([(row["name"], row["line"], row["passed"], row["actual"])
                          for row in rows],
                         [("is too early", "14", "true", "2"),
                          ("is too early", "14", "false", "1")])
        markdown = self.expect(1, "test", "a.test.yaml", "-o", "markdown").stdout
        self.assertIn("| ✗ | is too early | capacity == 2 at 8m | 1 | a.test.yaml:14 |", markdown)
        self.assertTrue(markdown.endswith("\n0 passed, 1 failed\n"))
        self.assertEqual(self.expect(1, "test", "a.test.yaml", "-o", "none").stdout, "")

    def test_scenarios_are_tests_of_what_they_expect(self):
        self.write("met.scenario.yaml", MET)
        self.write("failed.scenario.yaml", FAILED)
        self.expect(0, "test", "met.scenario.yaml")
        out = self.expect(1, "test", "met.scenario.yaml", "failed.scenario.yaml").stdout
        self.assertIn("  ✓ small\n", out)
        self.assertRegex(out, r"    failed.scenario.yaml:6: latency.p50 < 1us\n"
                              r"      expected < 1us, actual [\d.]+ ms\n")
        self.assertTrue(out.endswith("\n1 passed, 1 failed\n"))

    def test_a_test_changes_a_scenario_beside_it(self):
        os.mkdir(os.path.join(self.folder, "x"))
        self.write("x/s.scenario.yaml", FAILED)
        self.write("x/a.test.yaml", HEAD + "  - name: at a trickle\n    scenario: s.scenario.yaml\n"
                   "    set: {traffic.t.rate: 1/min, endpoint.latency: {exact: 5ms}}\n"
                   "    expect: [latency.max < 6ms]\n")
        out = self.expect(0, "test", "x/a.test.yaml").stdout
        self.assertIn("1 passed", out)

    def test_what_a_scenario_expects_may_stand_in_its_own_file(self):
        self.write("s.scenario.yaml", FAILED)
        self.write("a.test.yaml", HEAD + "  - {name: as it is, scenario: s.scenario.yaml}\n")
        test = json.loads(self.expect(1, "test", "a.test.yaml", "-o",
                                      "json").stdout)["files"][0]["tests"][0]
        self.assertEqual((test["that"], test["line"]), ("latency.p50 < 1us", 3))
        self.assertEqual([(one["file"], one["line"]) for one in test["expectations"]],
                         [("s.scenario.yaml", 6)])
        self.assertIn("    s.scenario.yaml:6: latency.p50 < 1us\n",
                      self.expect(1, "test", "a.test.yaml").stdout)

    def test_folders_are_searched_and_nothing_is_tested_twice(self):
        os.makedirs(os.path.join(self.folder, "a/b/.hidden"))
        self.write("a/b/z.test.yaml", GOOD)
        self.write("a/y.scenario.yaml", MET)
        self.write("a/ignored.yaml", "no test")
        self.write("a/b/.hidden/x.test.yaml", WRONG)
        result = json.loads(self.expect(0, "test", "a/b/z.test.yaml", "a", "./a", "-o",
                                        "json").stdout)
        self.assertEqual([file["file"] for file in result["files"]],
                         ["a/b/z.test.yaml", "a/y.scenario.yaml"])

    def test_a_file_of_any_name_may_hold_tests(self):
        self.write("tests.yaml", GOOD)
        self.expect(0, "test", "tests.yaml")

    def test_a_bad_file_is_told_and_the_others_run(self):
        self.write("a.test.yaml", MALFORMED)
        self.write("b.test.yaml", WRONG)
        self.write("c.scenario.yaml", BROKEN)
        result = self.expect(2, "test", ".")
        self.assertRegex(result.stderr, r"(?m)^a.test.yaml:14:19: error: expected a duration")
        self.assertIn("did you mean 'capacity'?", result.stderr)
        self.assertRegex(result.stderr, r"(?m)^c.scenario.yaml:6:1: error: ")
        self.assertIn("  ✗ is too early\n", result.stdout)
        self.expect(2, "test", "a.test.yaml", "gone.test.yaml")
        self.assertIn("gone.test.yaml: error: expected a file",
                      self.expect(2, "test", "gone.test.yaml").stderr)

    def test_nothing_to_test_is_bad_usage(self):
        os.mkdir(os.path.join(self.folder, "empty"))
        self.write("silent.scenario.yaml", SMALL)
        self.write("a.test.yaml", GOOD)
        for arguments in (["empty"], ["silent.scenario.yaml"], ["a.test.yaml", "--run", "absent"]):
            result = self.expect(2, "test", *arguments)
            self.assertEqual(result.stdout, "")
            self.assertIn("found nothing to test", result.stderr)
        self.expect(2, "test")

    def test_names_are_chosen_by_a_regular_expression(self):
        self.write("a.test.yaml", GOOD + control_test("is too early", "{at: 8m, capacity: 2}"))
        self.assertIn("1 passed, 0 failed",
                      self.expect(0, "test", "a.test.yaml", "--run", "^scales? ").stdout)
        self.assertIn("'--run' is no regular expression",
                      self.expect(2, "test", "a.test.yaml", "--run", "(").stderr)

    def test_junit_has_a_suite_a_file_and_a_failure_a_test(self):
        self.write("good.test.yaml", GOOD)
        self.write("wrong.test.yaml", WRONG.replace("tests:", "tests: # <&>"))
        table = self.expect(1, "test", ".", "--junit", "out.xml").stdout
        self.assertIn("failed", table)
        suites = xml.etree.ElementTree.fromstring(self.read("out.xml"))
        self.assertEqual(suites.tag, "testsuites")
        self.assertEqual([suite.get("name") for suite in suites],
                         ["good.test.yaml", "wrong.test.yaml"])
        self.assertEqual([suite.get("failures") for suite in suites], ["0", suites.get("failures")])
        failures = suites.findall("./testsuite/testcase/failure")
        self.assertEqual(len(failures), int(suites.get("failures")))
        self.assertIn("wrong.test.yaml:", failures[0].text)
        self.assertIn("expected", failures[0].get("message"))
        for suite in suites:
            self.assertEqual(set(suite.attrib), {"name", "tests", "failures", "errors"})
            self.assertEqual(len(suite), int(suite.get("tests")))
        before = self.read("out.xml")
        self.expect(3, "test", ".", "--junit", "no/such/folder/out.xml")
        self.assertEqual(self.read("out.xml"), before)

    def test_options_that_would_be_ignored_are_refused(self):
        self.write("a.test.yaml", GOOD)
        for options, message in (
                (["--junit", ""], "expected the name of a file after '--junit'"),
                (["--junit", "-"], "expected the name of a file after '--junit'"),
                (["--markdown", ""], "expected the name of a file after '--markdown', or -"),
                (["--junit", "x", "--markdown", "x"], "name the same file"),
                (["--markdown", "-", "-o", "json"], "leave '--output' out, or name a file"),
                (["--format", "github", "-o", "json"], "adds lines to the table"),
                (["--format", "github", "--markdown", "-"], "leave '--markdown -' out")):
            result = self.expect(2, "test", "a.test.yaml", *options)
            self.assertIn(message, result.stderr)
            self.assertEqual(result.stdout, "")
        self.expect(0, "test", ".", "--markdown", "-", "-o", "markdown")

    def test_annotations_of_github_are_escaped(self):
        self.write("a, b%c.test.yaml", WRONG)
        lines = [line for line in self.expect(1, "test", ".", "--format", "github")
                 .stdout.splitlines() if line.startswith("::")]
        self.assertTrue(lines)
        for line in lines:
            self.assertRegex(line, r"^::error file=a%2C b%25c\.test\.yaml,line=\d+,title=[^:,]*::.")
        self.assertEqual(self.expect(1, "test", ".").stdout.count("::error"), 0)
        self.assertIn("expected github",
                      self.expect(2, "test", ".", "--format", "gitlab").stderr)

    def test_an_annotation_is_one_line_whatever_it_says(self):
        self.write("a.scenario.yaml", FAILED.replace("name: small", r'name: "a: 5 %, b\r\nc"')
                   .replace("expect: [latency.p50 < 1us]", "expect: [{that: latency.p50 < 1us, "
                            r'because: "so: 5 %, or\r\n::error::more"}]'))
        lines = [line for line in self.expect(1, "test", ".", "--format", "github")
                 .stdout.splitlines() if line.startswith("::")]
        self.assertEqual(len(lines), 1)
        self.assertIn(",title=a%3A 5 %25%2C b%0D%0Ac::latency.p50 < 1us: expected", lines[0])
        self.assertIn("%0Abecause so: 5 %25, or%0D%0A::error::more", lines[0])

    def test_markdown_goes_to_a_file_or_to_the_output(self):
        self.write("a.test.yaml", WRONG)
        printed = self.expect(1, "test", ".", "-o", "markdown").stdout
        self.expect(1, "test", ".", "--markdown", "summary.md")
        self.assertEqual(self.read("summary.md"), printed)
        self.assertEqual(self.expect(1, "test", ".", "--markdown", "-").stdout, printed)

    def test_threads_never_change_a_byte(self):
        for index in range(6):
            self.write(f"{index}.test.yaml", (GOOD, WRONG)[index % 2])
        self.write("s.scenario.yaml", MET)
        for form in ("table", "json", "csv", "markdown"):
            one = self.expect(1, "test", ".", "-o", form, "--threads", "1").stdout
            for threads in ("2", "7"):
                self.assertEqual(
                    one, self.expect(1, "test", ".", "-o", form, "--threads", threads).stdout)

    def test_what_a_run_decides_a_test_decides_on_the_metric_of_the_run(self):
        self.write("ramp.scenario.yaml", RAMP)
        result = json.loads(self.expect(0, "run", "ramp.scenario.yaml", "-o", "json").stdout)
        series = result["timeseries"]
        self.assertGreater(max(series["desired"]), 3)
        self.assertLess(series["desired"][-1], max(series["desired"]))
        # The capacity of a minute is that at its end, before anything is decided then.
        claims = "".join(f"      - {{at: {start + 59}s999ms999us999ns, desired: {desired}}}\n"
                         for start, desired in zip(series["start_s"], series["desired"]))
        values = " ".join(str(value) for value in series["invocations_per_instance"])
        self.write("same.test.yaml", HEAD + "  - name: same\n" + IN_A_TEST
                   + "    startup: 3m\n    assumptions: {metric_delay: 60s}\n"
                   + f"    series: {{InvocationsPerInstance: {values}}}\n    expect:\n" + claims)
        self.expect(0, "test", "same.test.yaml")

    def test_every_claim_of_the_worked_tests_can_fail(self):
        for folder in ("control", "seed"):
            shutil.copytree(os.path.join(SCENARIOS, folder), os.path.join(self.folder, folder))
        os.remove(os.path.join(self.folder, "control/with_traffic.test.yaml"))
        for name in os.listdir(os.path.join(self.folder, "control")):
            self.write(f"control/{name}", wrong_in_every_claim(self.read(f"control/{name}")))
        result = json.loads(self.expect(1, "test", "control", "-o", "json").stdout)
        self.assertEqual(result["passed"], 0)
        claims = [claim for file in result["files"] for test in file["tests"]
                  for claim in test["expectations"]]
        self.assertGreater(len(claims), 50)
        for claim in claims:
            self.assertFalse(claim["passed"], claim)
            self.assertNotEqual(claim["reasons"], [], claim)
            line = self.read(claim["file"]).splitlines()[claim["line"] - 1]
            self.assertRegex(line, r"^      - (\{at|at): ", claim)

    def test_a_warning_does_not_fail(self):
        lines = [line.replace("capacity: 2", "capacity: 1") for line in GOOD.splitlines()
                 if "series" not in line]
        self.write("a.test.yaml", "\n".join(lines) + "\n")
        result = self.expect(0, "test", "a.test.yaml")
        self.assertIn("warning: InvocationsPerInstance has no series", result.stderr)


if __name__ == "__main__":
    unittest.main()
