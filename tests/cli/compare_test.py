"""headroom compare, and run --runs: what a change does, and whether that is more than chance."""

import csv
import io
import json
import shutil
import subprocess
import unittest

from program import CLEAN, ProgramTest

BASE = """version: 1
name: shop
run: {duration: 6m, seed: 3}
traffic: {t: {rate: 100/s}}
endpoint: {instance_type: ml.c5.large, workers: 2, latency: {exponential: 12ms}}
expect: [latency.mean < 40ms]
"""


class CompareTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("base.yaml", BASE)
        self.write("slow.yaml", BASE.replace("12ms", "13ms"))

    def compare(self, code, *arguments):
        return self.expect(code, "compare", *arguments)

    def rows(self, *arguments):
        result = json.loads(self.compare(0, *arguments, "-o", "json").stdout)
        return {row["metric"]: row for row in result["rows"]}

    def test_the_verdict_comes_first_and_the_change_is_named(self):
        table = self.compare(0, "base.yaml", "slow.yaml", "--runs", "3").stdout
        self.assertIn("VERDICT    pass: no limit is broken, and no expectation is lost", table)
        self.assertIn("~ endpoint.latency.exponential: 12ms -> 13ms", table)
        self.assertRegex(table, r"worse +latency.mean +\d")
        self.assertLess(table.index("VERDICT"), table.index("CHANGES"))

    def test_set_changes_the_candidate_alone(self):
        one = self.rows("base.yaml", "--set", "endpoint.latency.exponential=13ms", "--runs", "3")
        self.assertEqual(one, self.rows("base.yaml", "slow.yaml", "--runs", "3"))
        self.assertEqual(one["latency.mean"]["verdict"], "worse")
        self.assertEqual(one["requests.total"]["verdict"], "same")
        self.assertLess(one["latency.mean"]["low"], one["latency.mean"]["difference"])

    def test_limits_and_lost_expectations_fail(self):
        both = ("base.yaml", "slow.yaml", "--runs", "3")
        self.compare(1, *both, "--fail-on", "latency.mean > +1%")
        self.compare(0, *both, "--fail-on", "latency.mean > +90%")
        self.compare(1, *both, "--exit-code")
        self.compare(0, "slow.yaml", "base.yaml", "--runs", "3", "--exit-code")
        result = json.loads(self.compare(1, *both, "-o", "json", "--fail-on", "latency.mean > +1%",
                                         "--fail-on", "cost.total > +1%").stdout)
        self.assertEqual(result["verdict"], "fail")
        self.assertEqual([limit["verdict"] for limit in result["limits"]], ["broken", "kept"])
        self.write("slower.yaml", BASE.replace("12ms", "19ms"))
        lost = self.compare(1, "base.yaml", "slower.yaml", "--runs", "2").stdout
        self.assertIn("fail: latency.mean < 40ms was met, and is not by the candidate", lost)

    def test_limits_stand_beside_the_policy(self):
        limits = "limits: [{that: latency.mean > +1%, because: the contract}]\n"
        self.write("limited.yaml", BASE.replace("12ms", "13ms") + limits)
        result = self.compare(1, "base.yaml", "limited.yaml", "--runs", "3")
        self.assertIn("broken  latency.mean > +1% (the contract)", result.stdout)
        self.assertIn("limits: of base (0) and candidate (1) differ: the candidate's count",
                      result.stderr)
        # Limits that only the base has are gone with the candidate, which is told.
        gone = self.compare(0, "limited.yaml", "slow.yaml", "--runs", "3")
        self.assertIn("limits: of base (1) and candidate (0) differ", gone.stderr)
        self.write("base_limited.yaml", BASE + limits)
        both = self.compare(1, "base_limited.yaml", "limited.yaml", "--runs", "3", "-o", "json",
                            "--fail-on", "cost.total > +1%")
        self.assertNotIn("differ", both.stderr)
        limits = json.loads(both.stdout)["limits"]
        self.assertEqual([limit["limit"] for limit in limits],
                         ["latency.mean > +1%", "cost.total > +1%"])
        self.assertEqual(limits[0]["because"], "the contract")
        self.assertIn("limited.yaml:7:10: error: expected METRIC > CHANGE",
                      self.wrong_limit("limited.yaml"))

    def wrong_limit(self, name):
        self.write(name, BASE + "limits: [latency.mean]\n")
        return self.compare(2, "base.yaml", name).stderr

    def test_threads_never_change_a_byte(self):
        outputs = {self.compare(0, "base.yaml", "slow.yaml", "--threads", threads).stdout
                   for threads in ("1", "2", "5")}
        self.assertEqual(len(outputs), 1)

    def test_csv_and_markdown(self):
        both = ("base.yaml", "slow.yaml", "--runs", "2", "-o")
        rows = list(csv.DictReader(io.StringIO(self.compare(0, *both, "csv").stdout)))
        self.assertEqual(rows[0]["metric"], "requests.total")
        self.assertEqual(rows[0]["verdict"], "same")
        markdown = self.compare(0, *both, "markdown").stdout
        self.assertIn("```diff\n~ endpoint.latency.exponential: 12ms -> 13ms\n", markdown)

    @unittest.skipUnless(shutil.which("git"), "no git on this machine")
    def test_a_revision_of_git(self):
        def git(*arguments):
            subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments],
                           cwd=self.folder, env=CLEAN, check=True, capture_output=True)
        self.write("trace.csv", "TIMESTAMP\n0\n1\n2\n")
        self.write("traced.yaml", BASE.replace("{rate: 100/s}",
                                               "{trace: {file: trace.csv, time: TIMESTAMP}}"))
        git("init", "-q")
        git("add", "-A")
        git("commit", "-q", "-m", "first")
        self.write("base.yaml", BASE.replace("12ms", "13ms"))
        self.write("trace.csv", "TIMESTAMP\n0\n1\n")
        table = self.compare(0, "HEAD:base.yaml", "base.yaml", "--runs", "2").stdout
        self.assertIn("HEAD:base.yaml -> base.yaml", table)
        self.assertIn("exponential: 12ms -> 13ms", table)
        # The trace is that of the revision, too.
        rows = self.rows("HEAD:traced.yaml", "traced.yaml", "--runs", "2")
        self.assertEqual((rows["requests.total"]["base"], rows["requests.total"]["candidate"]),
                         (3, 2))
        self.assertIn("no such file in revision HEAD",
                      self.compare(2, "HEAD:none.yaml", "base.yaml").stderr)

    def test_a_precision_adds_runs_until_the_limits_are_decided(self):
        both = ("base.yaml", "slow.yaml", "--precision", "2%")
        table = self.compare(0, *both, "--fail-on", "latency.mean > +90%").stdout
        self.assertRegex(table, r"PRECISION +2 %, or decided: reached after \d+ runs, looked at ")
        outputs = {self.compare(0, *both, "--max-runs", "40", "--threads", threads).stdout
                   for threads in ("1", "2", "5")}
        self.assertEqual(len(outputs), 1)
        # A limit that is the difference itself is never decided.
        mean = self.rows("base.yaml", "slow.yaml", "--runs", "6")["latency.mean"]
        limit = f"latency.mean > {1e9 * mean['difference']:.0f}ns"
        tight = json.loads(self.compare(
            0, "base.yaml", "slow.yaml", "--precision", "0.05%", "--runs", "4", "--max-runs", "6",
            "--fail-on", limit, "-o", "json").stdout)
        self.assertEqual(tight["runs"], 6)
        self.assertEqual(tight["verdict"], "cannot_tell")
        self.assertFalse(tight["precision"]["reached"])
        self.assertEqual(tight["precision"]["open"], [limit])

    def test_what_is_wrong_is_told(self):
        for arguments, message in (
                (("base.yaml",), "expected a candidate, or changes to the base by --set"),
                (("base.yaml", "none.yaml"), "no such file"),
                (("base.yaml", "slow.yaml", "--runs", "0"), "--runs"),
                (("base.yaml", "slow.yaml", "--threads", "x"), "--threads"),
                (("base.yaml", "slow.yaml", "--precision", "0%"), "more than 0% and less than"),
                (("base.yaml", "slow.yaml", "--fail-on", "latency.p98 > 1s"), "did you mean"),
                (("base.yaml", "slow.yaml", "--fail-on", "latency.p99 > 1"), "such as +20ms"),
                (("base.yaml", "--set", "endpoint.latncy=1"), "endpoint.latncy=1")):
            result = self.compare(2, *arguments)
            self.assertEqual(result.stdout, "")
            self.assertIn(message, result.stderr)


class RunsTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("base.yaml", BASE)

    def test_summary_holds_means_and_intervals_the_same_tree(self):
        one = json.loads(self.expect(0, "run", "base.yaml", "-o", "json").stdout)
        many = json.loads(self.expect(0, "run", "base.yaml", "--runs", "4", "-o", "json").stdout)
        self.assertEqual(many["runs"], 4)
        self.assertEqual(set(many["summary"]), set(one["summary"]))
        self.assertEqual(many["timeseries"], one["timeseries"])
        low, high = many["intervals"]["latency"]["mean"]
        self.assertLess(low, many["summary"]["latency"]["mean"])
        self.assertGreater(high, many["summary"]["latency"]["mean"])
        self.assertEqual(many["expectations"][0]["met_runs"], 4)
        self.assertNotIn("intervals", one)

    def test_table_says_how_many_runs_and_which_is_shown(self):
        table = self.expect(0, "run", "base.yaml", "--runs", "3").stdout
        self.assertRegex(table, r"latency.mean < 40ms +\S+ ms ± \S+ \S+, met in 3 of 3 runs")
        self.assertIn("RUNS       3 independent runs", table)
        self.assertIn("FIRST      the first of them alone:", table)
        self.assertIn("| latency.p99 |", self.expect(0, "run", "base.yaml", "--runs", "3", "-o",
                                                     "markdown").stdout.replace("\\_", "_"))

    def test_a_precision_adds_runs_until_all_is_decided(self):
        run = ("run", "base.yaml", "--precision", "2%")
        table = self.expect(0, *run).stdout
        self.assertIn("RUNS       10 independent runs", table)
        self.assertIn("PRECISION  2 %, or decided: reached after 10 runs, looked at 1 time", table)
        self.assertIn("RUNS       4 independent runs", self.expect(0, *run, "--runs", "4").stdout)
        outputs = {self.expect(0, "run", "base.yaml", "--precision", "0.3%", "--max-runs", "24",
                               "--set", "expect=[]", "-o", "json", "--threads", threads).stdout
                   for threads in ("1", "3")}
        self.assertEqual(len(outputs), 1)
        result = json.loads(outputs.pop())
        self.assertEqual(result["precision"]["runs"], result["runs"])
        self.assertIn("Precision: 2 %", self.expect(0, *run, "-o", "markdown").stdout)

    def test_what_cannot_be_told_is_neither_passed_nor_failed(self):
        mean = json.loads(self.expect(0, "run", "base.yaml", "--runs", "6", "-o", "json").stdout)[
            "summary"]["latency"]["mean"]
        self.write("close.yaml", BASE.replace("40ms", f"{mean * 1000:.6f}ms"))
        close = ("run", "close.yaml", "--precision", "0.01%", "--runs", "3", "--max-runs", "6")
        result = json.loads(self.expect(0, *close, "-o", "json").stdout)
        self.assertEqual(result["expectations"][0]["verdict"], "cannot_tell")
        self.assertFalse(result["expectations"][0]["passed"])
        self.assertEqual(result["summary"]["expectations"], {"passed": 0, "failed": 0})
        self.assertFalse(result["precision"]["reached"])
        table = self.expect(0, *close).stdout
        self.assertIn("EXPECT     cannot tell: 1 of 1\n  ? latency.mean < ", table)
        self.assertIn("not reached within 6 runs (--max-runs) for latency.mean < ", table)
        # The exit code is 1 once it has failed for sure.
        self.write("failed.yaml", BASE.replace("40ms", "1ms"))
        failed = json.loads(self.expect(1, "run", "failed.yaml", "--precision", "2%", "-o",
                                        "json").stdout)
        self.assertEqual(failed["expectations"][0]["verdict"], "failed")

    def test_nonsense_precisions_are_refused(self):
        for arguments, message in (
                (("--precision", "0%"), "more than 0% and less than 100%, found '0%'"),
                (("--precision", "200%"), "more than 0% and less than 100%, found '200%'"),
                (("--precision", "0.02"), "0.02% or 2%?"),
                (("--precision", "much"), "a percentage such as 0.5%, found 'much'"),
                (("--max-runs", "20"), "--max-runs: error: expected it beside --precision"),
                (("--precision", "2%", "--max-runs", "1"), "--max-runs"),
                (("--precision", "2%", "--runs", "9", "--max-runs", "8"),
                 "expected at least the 9 of --runs, found 8")):
            result = self.expect(2, "run", "base.yaml", *arguments)
            self.assertEqual(result.stdout, "")
            self.assertIn(message, result.stderr)

    def test_threads_never_change_a_byte(self):
        outputs = {self.expect(0, "run", "base.yaml", "--runs", "5", "--threads", threads).stdout
                   for threads in ("1", "3")}
        self.assertEqual(len(outputs), 1)

    def test_an_expectation_is_judged_by_the_mean(self):
        self.write("tight.yaml", BASE.replace("latency.mean < 40ms", "requests.total == 36000"))
        result = self.expect(1, "run", "tight.yaml", "--runs", "3")
        self.assertRegex(result.stdout, r"requests.total == 36000 +\S+ ± \S+, met in 0 of 3 runs")
        self.assertIn("--runs", self.expect(2, "run", "base.yaml", "--runs", "0").stderr)


if __name__ == "__main__":
    unittest.main()
