"""`test --html`: what `-o json` tells, and the files that could not be read."""

import json
import unittest

from html_page_test import HOSTILE, SHOP, data_of
from program import BROKEN, MET, ProgramTest


class TestPageTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("met.scenario.yaml", MET)
        self.write("shop.scenario.yaml", SHOP)

    def page_of(self, code, *options):
        self.expect(code, "test", *options, "--html", "page.html", "-o", "none")
        return data_of(self.read("page.html"))

    def test_it_tells_what_the_json_tells(self):
        for options in ((".",), (".", "--coverage"), ("met.scenario.yaml",)):
            code = 0 if options[0] != "." else 1
            data = self.page_of(code, *options)
            told = json.loads(self.expect(code, "test", *options, "-o", "json").stdout)
            self.assertEqual(data["kind"], "test")
            self.assertEqual(data["test"], told)
            self.assertEqual(data["unreadable"], [])
        self.assertEqual(data["test"]["passed"], 1)

    def test_it_tells_how_much_is_covered_and_how_much_is_asked_for(self):
        self.write("scaled.scenario.yaml", SHOP.replace(", latency.p99 < 1ms", ""))
        for code, options in ((0, ("--coverage",)), (1, ("--coverage-threshold", "100%"))):
            data = self.page_of(code, "scaled.scenario.yaml", *options)
            coverage = data["test"]["coverage"]
            self.assertAlmostEqual(data["coverage_share"],
                                   coverage["exercised"] / coverage["total"], 8)
            self.assertEqual(data["least_coverage_share"], code)
        self.assertIsNone(self.page_of(0, "met.scenario.yaml")["coverage_share"])

    def test_files_that_cannot_be_read_are_told(self):
        self.write("broken.scenario.yaml", BROKEN)
        data = self.page_of(2, ".")
        self.assertEqual([one["file"] for one in data["unreadable"]], ["broken.scenario.yaml"])
        self.assertIn("did you mean 'traffic'?", data["unreadable"][0]["problem"])
        data = self.page_of(2, "broken.scenario.yaml")
        self.assertEqual(data["test"]["files"], [])

    def test_what_users_wrote_stays_text(self):
        quoted = json.dumps(HOSTILE, ensure_ascii=False)
        self.write("hostile.scenario.yaml", MET.replace("name: small", f"name: {quoted}"))
        data = self.page_of(0, "hostile.scenario.yaml")
        self.assertEqual(data["test"]["files"][0]["tests"][0]["name"], HOSTILE)
        self.assertNotIn("<img", self.read("page.html"))

    def test_it_goes_into_a_file_of_its_own(self):
        for name in ("", "-"):
            result = self.expect(2, "test", ".", "--html", name)
            self.assertIn("expected the name of a file after '--html'", result.stderr)
        for option in ("--junit", "--markdown"):
            result = self.expect(2, "test", ".", option, "x", "--html", "x")
            self.assertIn(f"'--html' and '{option}' name the same file", result.stderr)
        result = self.expect(3, "test", "met.scenario.yaml", "--html", "missing/page.html")
        self.assertIn("cannot write missing/page.html", result.stderr)


if __name__ == "__main__":
    unittest.main()
