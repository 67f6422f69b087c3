"""Checks that test_summary.py counts what ctest wrote down, and what it says about each test."""

import io
import os
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from contextlib import redirect_stderr, redirect_stdout

from planted_tree import ROOT  # also makes the tools importable

import test_summary

PASSED = '<testcase name="A.Passes" status="run"><system-out>fine</system-out></testcase>'
FAILED = """<testcase name="B.Fails" status="fail"><failure message="Exit code 1"/>
<system-out>b_test.cpp:7: Failure &lt;here&gt;</system-out></testcase>"""
SKIPPED = """<testcase name="C.Skips" status="notrun">
<skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/>
<system-out>[ RUN      ] C.Skips
c_test.cpp:9: Skipped
../shared is
not there

[  SKIPPED ] C.Skips (0 ms)
</system-out></testcase>"""
SCRIPT_SKIPPED = """<testcase name="F.Skips" status="notrun">
<skipped message="SKIP_RETURN_CODE=77"/>
<system-out>skipped: no trace here
</system-out></testcase>"""
NOT_STARTED = """<testcase name="D.HasNoProgram" status="notrun">
<skipped message="Unable to find executable"/><system-out/></testcase>"""
DISABLED = '<testcase name="E.IsOff" status="disabled"><skipped message="Disabled"/></testcase>'


class SummaryTest(unittest.TestCase):
    def summary(self, *cases):
        """(exit status, lines written)"""
        suite = ElementTree.fromstring(f"<testsuite>{''.join(cases)}</testsuite>")
        out = io.StringIO()
        status = test_summary.summarize(list(suite.iter("testcase")), out)
        return status, out.getvalue().splitlines()

    def test_all_passed(self):
        self.assertEqual(self.summary(PASSED, PASSED), (0, ["2 passed, 0 failed"]))

    def test_a_failure_shows_its_output_and_fails(self):
        status, lines = self.summary(PASSED, FAILED)
        self.assertEqual(status, 1)
        self.assertEqual(lines, ["=== FAILED B.Fails: Exit code 1",
                                 "b_test.cpp:7: Failure <here>", "1 passed, 1 failed"])

    def test_a_skipped_test_is_named_with_its_reason(self):
        status, lines = self.summary(PASSED, SKIPPED, SCRIPT_SKIPPED, DISABLED)
        self.assertEqual(status, 0)
        self.assertEqual(lines, ["skipped C.Skips: ../shared is not there",
                                 "skipped F.Skips: no trace here",
                                 "skipped E.IsOff: disabled", "1 passed, 0 failed, 3 skipped"])

    def test_a_test_that_could_not_start_has_failed(self):
        status, lines = self.summary(PASSED, NOT_STARTED)
        self.assertEqual(status, 1)
        self.assertEqual(lines[0], "=== FAILED D.HasNoProgram: Unable to find executable")
        self.assertEqual(lines[-1], "1 passed, 1 failed")

    def test_nothing_run_fails(self):
        self.assertEqual(self.summary(), (1, ["0 passed, 0 failed"]))
        self.assertEqual(self.summary(SKIPPED)[0], 1)

    def test_no_or_broken_results_fail(self):
        with tempfile.TemporaryDirectory() as folder:
            broken = os.path.join(folder, "broken.xml")
            with open(broken, "w", encoding="utf-8") as file:
                file.write("<testsuite><testcase name=")
            for path in (os.path.join(folder, "absent.xml"), broken):
                out, err = io.StringIO(), io.StringIO()
                with redirect_stdout(out), redirect_stderr(err):
                    self.assertEqual(test_summary.main([path]), 1)
                self.assertEqual(out.getvalue(), "0 passed, 0 failed\n")
                self.assertIn("no test results", err.getvalue())


class CtestTest(unittest.TestCase):
    """The same with what the ctest at hand really writes."""

    def test_what_ctest_writes_is_understood(self):
        with tempfile.TemporaryDirectory() as folder:
            skip = r"print('x.cpp:3: Skipped\nno luck\n\n[  SKIPPED ] S (0 ms)')"
            tests = {"passes": "pass", "fails": "print('broken'); raise SystemExit(1)",
                     "skips": skip}
            with open(os.path.join(folder, "CTestTestfile.cmake"), "w", encoding="utf-8") as file:
                for name, program in tests.items():
                    file.write(f'add_test({name} "{sys.executable}" -c [==[{program}]==])\n')
                file.write("add_test(starts_not /no/such/program)\n")
                file.write('set_tests_properties(skips PROPERTIES SKIP_REGULAR_EXPRESSION '
                           '"\\\\[  SKIPPED \\\\]")\n')
            results = os.path.join(folder, "results.xml")
            subprocess.run(["ctest", "--test-dir", folder, "--output-junit", results],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            summary = subprocess.run(
                [sys.executable, os.path.join(ROOT, "tools", "test_summary.py"), results],
                capture_output=True, text=True, check=False)
        self.assertEqual(summary.returncode, 1)
        lines = summary.stdout.splitlines()
        self.assertEqual(lines[-1], "1 passed, 2 failed, 1 skipped")
        self.assertIn("skipped skips: no luck", lines)
        self.assertIn("broken", lines)
        self.assertTrue(any(line.startswith("=== FAILED starts_not") for line in lines), lines)


if __name__ == "__main__":
    unittest.main()
