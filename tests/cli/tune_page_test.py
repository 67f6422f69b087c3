"""`tune --html`: the numbers of `-o json`, and one run as written beside one with the policy."""

import json
import os
import unittest

from html_page_test import SHOP, data_of
from program import ProgramTest

QUICK = ("--budget", "60", "--runs", "4")
POSSIBLE = SHOP.replace("latency.p99 < 1ms", "latency.p90 < 3s")


class TunePageTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("shop.yaml", POSSIBLE)
        self.write("never.yaml", SHOP)

    def page_of(self, code, file, *options):
        self.expect(code, "tune", file, *QUICK, "--html", "page.html", "-o", "none", *options)
        return data_of(self.read("page.html"))

    def test_its_numbers_are_those_of_the_json(self):
        for code, file in ((0, "shop.yaml"), (1, "never.yaml")):
            data = self.page_of(code, file)
            told = json.loads(self.expect(code, "tune", file, *QUICK, "-o", "json").stdout)
            self.assertEqual(data["kind"], "tune")
            self.assertEqual(data["tune"], told)
            best = told["best"] or told["nearest"]
            texts = data["texts"]
            self.assertEqual({one["name"]: one["best"] for one in texts["numbers"]},
                             best["parameters"])
            self.assertEqual([one["label"] for one in texts["policies"]][:2],
                             ["written", "best" if code == 0 else "nearest"])
            self.assertAlmostEqual(texts["policies"][1]["cost"], best["summary"]["cost"]["total"],
                                   7)
            self.assertEqual(len(texts["sensitivity_costs"]), len(told["sensitivity"]))
            self.assertEqual(bool(texts["calls"]), code == 0)

    def test_both_meet_the_same_requests_in_the_charts(self):
        data = self.page_of(0, "shop.yaml")
        self.assertEqual(data["written"]["rows"]["offered_rate"],
                         data["best"]["rows"]["offered_rate"])
        self.assertNotEqual(data["written"]["rows"]["in_service"],
                            data["best"]["rows"]["in_service"])
        bounds = {one["name"]: one["best"] for one in data["texts"]["numbers"]}
        self.assertEqual(data["best"]["rows"]["max_capacity"][0], bounds["MaxCapacity"])
        self.assertEqual(data["written"]["rows"]["max_capacity"][0], 4)
        self.assertEqual([(one["file"], one["text"]) for one in data["sources"]],
                         [("shop.yaml", POSSIBLE)])

    def test_the_calls_are_the_files_of_out(self):
        data = self.page_of(0, "shop.yaml", "--out", "tuned")
        for call in data["texts"]["calls"]:
            self.assertTrue(call["command"].endswith(f"file://{call['file']}"))
            self.assertEqual(json.loads(call["input"]),
                             json.loads(self.read(os.path.join("tuned", call["file"]))))

    def test_without_a_price_it_counts_instance_hours(self):
        text = POSSIBLE.replace("ml.c5.large", "ml.no.price")
        self.write("shop.yaml", text)
        data = self.page_of(0, "shop.yaml")
        self.assertRegex(data["texts"]["policies"][1]["text"], r"^[\d.]+ instance-hours a run")

    def test_a_page_that_cannot_be_written_is_told_before_the_search(self):
        result = self.expect(3, "tune", "shop.yaml", "--html", "missing/page.html")
        self.assertIn("missing/page.html", result.stderr)
        self.assertEqual(result.stdout, "")


if __name__ == "__main__":
    unittest.main()
