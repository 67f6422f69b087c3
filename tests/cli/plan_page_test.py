"""`plan --html`: the numbers of `-o json`, the run of the plan, and the files that deploy it."""

import json
import os
import unittest

from html_page_test import data_of
from plan_test import CANDIDATES, SHOP
from program import ProgramTest


class PlanPageTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("shop.yaml", SHOP)
        self.write("never.yaml", SHOP + "  - latency.p99 < 1ms\n")
        self.write("several.yaml", CANDIDATES)

    def page_of(self, code, *arguments):
        self.expect(code, "plan", *arguments, "--html", "page.html", "-o", "none")
        return data_of(self.read("page.html"))

    def test_its_numbers_are_those_of_the_json(self):
        for code, arguments in ((0, ["shop.yaml"]), (1, ["never.yaml"]),
                                (0, ["several.yaml", "--utilization", "40%,60%"])):
            with self.subTest(arguments=arguments):
                data = self.page_of(code, *arguments)
                told = json.loads(self.expect(code, "plan", *arguments, "-o", "json").stdout)
                self.assertEqual(data["kind"], "plan")
                self.assertEqual(data["plan"], told)
                self.assertEqual(data["load_test"], told["evaluation"]["load_test"])
                self.assertEqual([one["file"] for one in data["sources"]], [arguments[0]])

    def test_what_goes_to_stdout_is_the_same_with_and_without_a_page(self):
        plain = self.expect(0, "plan", "shop.yaml").stdout
        self.assertEqual(self.expect(0, "plan", "shop.yaml", "--html", "page.html").stdout, plain)

    def test_its_run_is_that_of_the_plan(self):
        data = self.page_of(0, "several.yaml", "--utilization", "40%,60%")
        chosen = data["plan"]["trade_off"][data["plan"]["chosen"]]
        summary = dict(data["run"]["summary"])
        self.assertEqual(summary.pop("expectations"), {"passed": 1, "failed": 0})
        self.assertEqual(summary, chosen["evaluation"]["traffic"])
        self.assertEqual(data["run"]["rows"]["min_capacity"][0], chosen["min_capacity"])
        self.assertEqual(data["run"]["rows"]["max_capacity"][0], chosen["max_capacity"])
        self.expect(0, "plan", "several.yaml", "--utilization", "40%,60%", "--out", "made")
        run = json.loads(self.expect(0, "run", "made/planned.scenario.yaml", "-o", "json").stdout)
        self.assertEqual(summary["requests"], run["summary"]["requests"])
        self.assertEqual(summary["cost"]["total"], run["summary"]["cost"]["total"])
        self.assertEqual(data["run"]["rows"]["in_service"], run["timeseries"]["in_service"])

    def test_its_texts_are_those_of_the_report(self):
        data = self.page_of(0, "several.yaml", "--utilization", "40%,60%")
        table = self.expect(0, "plan", "several.yaml", "--utilization", "40%,60%").stdout
        words = table.split()
        texts = data["texts"]
        told = " ".join(word for word in words if word != "-")
        for text in [fact["text"] for fact in texts["facts"]] + texts["policies"]:
            self.assertIn(text, told)
        for row in texts["trade_off"] + texts["candidates"]:
            self.assertIn(" ".join(cell for cell in row if cell != "-").strip(), told)
        self.assertEqual([row[0] for row in texts["trade_off"]], ["utilization", "40 %", "60 %"])
        self.assertEqual([row[0] for row in texts["candidates"]],
                         ["candidate", "as written", "twice", "slow"])
        alone = self.page_of(0, "shop.yaml")["texts"]
        self.assertEqual((alone["trade_off"], alone["candidates"], alone["candidates_told"]),
                         ([], [], ""))

    def test_its_files_are_those_of_out(self):
        texts = self.page_of(0, "shop.yaml", "--out", "made")["texts"]
        files = {one["file"]: one["text"] for one in [*texts["calls"], texts["script"]]}
        self.assertEqual(sorted([*files, "planned.scenario.yaml"]),
                         sorted(os.listdir(os.path.join(self.folder, "made"))))
        for name, text in files.items():
            self.assertEqual(text, self.read(os.path.join("made", name)), name)

    def test_overrides_are_named(self):
        data = self.page_of(0, "shop.yaml", "--set", "endpoint.startup.exact=3m")
        self.assertEqual(data["overrides"], ["endpoint.startup.exact=3m"])
        self.assertEqual(data["sources"][0]["text"], SHOP)

    def test_a_page_that_cannot_be_written_is_told_and_the_plan_is_printed(self):
        result = self.expect(3, "plan", "shop.yaml", "--html", "missing/page.html")
        self.assertIn("missing/page.html", result.stderr)
        self.assertIn("VERDICT", result.stdout)
        os.makedirs(os.path.join(self.folder, "page.html/full"))
        self.assertIn("cannot write page.html",
                      self.expect(3, "plan", "shop.yaml", "--html", "page.html").stderr)

    def test_without_a_plan_there_is_no_page(self):
        self.write("page.html", "precious")
        self.expect(2, "plan", "shop.yaml", "--min-rate", "9/s", "--max-rate", "8/s", "--html",
                    "page.html")
        self.assertEqual(self.read("page.html"), "precious")


if __name__ == "__main__":
    unittest.main()
