"""`sweep --html`: the numbers of `-o json`, and a run of each point or of those that stand out."""

import json
import os
import unittest

from html_page_test import SHOP, data_of
from program import ProgramTest

PARAMETER = ("-p", "endpoint.startup.exact=1m:3m:1m")


class SweepPageTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("shop.yaml", SHOP.replace(", latency.p99 < 1ms", ""))

    def page_of(self, *options, code=0):
        self.expect(code, "sweep", "shop.yaml", "--html", "page.html", "-o", "none", *options)
        return data_of(self.read("page.html"))

    def test_its_numbers_are_those_of_the_json(self):
        for options in (PARAMETER, (*PARAMETER, "--runs", "3"),
                        (*PARAMETER, "-p", "endpoint.routing=RANDOM,LEAST_OUTSTANDING_REQUESTS")):
            data = self.page_of(*options)
            told = json.loads(self.expect(0, "sweep", "shop.yaml", "-o", "json", *options).stdout)
            self.assertEqual(data["kind"], "sweep")
            self.assertEqual(data["sweep"], told)
            self.assertEqual(len(data["runs"]), len(told["points"]))
            self.assertEqual(len(data["texts"]["rows"]), 1 + len(told["points"]))

    def test_the_run_of_a_point_is_the_run_with_its_settings(self):
        data = self.page_of(*PARAMETER)
        self.assertEqual(data["changes"][1], ["endpoint.startup.exact=2m"])
        for changes, run in zip(data["changes"], data["runs"]):
            options = [part for change in changes for part in ("--set", change)]
            told = json.loads(self.expect(0, "run", "shop.yaml", "-o", "json", *options).stdout)
            self.assertEqual(run["summary"], told["summary"])
            self.assertEqual(run["rows"]["in_service"], told["timeseries"]["in_service"])
        self.assertNotEqual(data["runs"][0]["rows"]["in_service"],
                            data["runs"][2]["rows"]["in_service"])

    def test_many_points_keep_the_runs_of_those_that_stand_out(self):
        data = self.page_of("-p", "endpoint.startup.exact=30s:130s:1s")
        sweep = data["sweep"]
        held = {index for index, run in enumerate(data["runs"]) if run}
        wanted = set(sweep["pareto"]) | {sweep["baseline"], sweep["cheapest"]}
        self.assertEqual(held, {index for index in wanted | {sweep["knee"]} if index is not None})
        self.assertLess(os.path.getsize(os.path.join(self.folder, "page.html")), 1_500_000)

    def test_a_page_that_cannot_be_written_is_told_before_the_runs(self):
        result = self.expect(3, "sweep", "shop.yaml", *PARAMETER, "--html", "missing/page.html")
        self.assertIn("cannot write missing/page.html", result.stderr)
        self.assertEqual(result.stdout, "")


if __name__ == "__main__":
    unittest.main()
