"""`compare --html`: the numbers of `-o json`, and the first run of each side as `run` plays it."""

import json
import subprocess
import unittest

from html_page_test import data_of
from program import CLEAN, ProgramTest

BASE = """version: 1
name: shop
run: {duration: 6m, seed: 3}
traffic: {t: {rate: 100/s}}
endpoint: {instance_type: ml.c5.large, workers: 2, latency: {exponential: 12ms}}
expect: [latency.mean < 40ms]
"""
SLOW = BASE.replace("12ms", "19ms").replace("seed: 3", "seed: 4")


class ComparePageTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("base.yaml", BASE)
        self.write("slow.yaml", SLOW)

    def page_of(self, code, *arguments):
        self.expect(code, "compare", *arguments, "--html", "page.html", "-o", "none")
        return data_of(self.read("page.html"))

    def run_of(self, *arguments):
        return json.loads(self.run_program("run", *arguments, "-o", "json").stdout)

    def test_its_numbers_are_those_of_the_json(self):
        for options in (["--runs", "3", "--fail-on", "latency.p99 > +1%"], ["--runs", "1"],
                        ["--precision", "20%", "--fail-on", "cost.total > +1%"]):
            arguments = ("base.yaml", "slow.yaml", *options)
            data = self.page_of(1, *arguments)
            self.assertEqual(data["kind"], "compare")
            result = json.loads(self.expect(1, "compare", *arguments, "-o", "json").stdout)
            self.assertEqual(data["comparison"], result)
            for key in ("rows", "limits", "expectations", "changes"):
                self.assertEqual(len(data["texts"][key]), len(result[key]), key)
            self.assertEqual(data["texts"]["state"], "failed")
            self.assertIn("latency.mean < 40ms was met", data["texts"]["verdict"])

    def test_its_charts_are_of_the_first_run_of_each(self):
        data = self.page_of(1, "base.yaml", "slow.yaml", "--runs", "2")
        self.assertEqual(data["base"]["summary"], self.run_of("base.yaml")["summary"])
        # The candidate meets the requests of the base, whose seed it has.
        candidate = self.run_of("slow.yaml", "--seed", "3")
        self.assertEqual(data["candidate"]["summary"], candidate["summary"])
        self.assertEqual(data["candidate"]["scenario"]["seed"], 3)
        self.assertEqual(data["candidate"]["rows"]["latency_p99"],
                         candidate["timeseries"]["latency_p99"])
        self.assertEqual(data["base"]["rows"]["offered_rate"],
                         data["candidate"]["rows"]["offered_rate"])
        other = self.page_of(1, "base.yaml", "slow.yaml", "--runs", "2", "--unpaired")
        self.assertNotEqual(other["candidate"]["summary"], candidate["summary"])

    def test_it_holds_what_was_written(self):
        data = self.page_of(1, "base.yaml", "slow.yaml", "--runs", "1")
        self.assertEqual([(one["file"], one["text"]) for one in data["sources"]],
                         [("base.yaml", BASE), ("slow.yaml", SLOW)])
        data = self.page_of(0, "base.yaml", "--runs", "1", "--set", "run.duration=3m")
        self.assertEqual([one["file"] for one in data["sources"]], ["base.yaml"])
        self.assertEqual(data["overrides"], ["run.duration=3m"])
        self.assertEqual(data["base"]["rows"]["end_s"], 360)
        self.assertEqual(data["candidate"]["rows"]["end_s"], 180)

    def test_a_revision_is_shown_as_it_was(self):
        def git(*arguments):
            subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments],
                           cwd=self.folder, env=CLEAN, check=True, capture_output=True)
        git("init", "-q")
        git("add", "-A")
        git("commit", "-q", "-m", "first")
        self.write("base.yaml", SLOW)
        data = self.page_of(1, "HEAD:base.yaml", "base.yaml", "--runs", "1")
        self.assertEqual([(one["file"], one["text"]) for one in data["sources"]],
                         [("HEAD:base.yaml", BASE), ("base.yaml", SLOW)])

    def test_a_page_that_cannot_be_written_is_told(self):
        result = self.expect(3, "compare", "base.yaml", "slow.yaml", "--runs", "1", "--html",
                             "missing/page.html")
        self.assertIn("missing/page.html", result.stderr)
        self.assertIn("VERDICT", result.stdout)


if __name__ == "__main__":
    unittest.main()
