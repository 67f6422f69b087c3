"""`run --html`: one small file that holds the numbers of `-o json` and runs only its scripts."""

import base64
import hashlib
import json
import os
import re
import unittest

from program import SMALL, ProgramTest

SHOP = """version: 1
name: shop
run: {duration: 40m, seed: 5}
traffic: {t: {phases: [{name: early, rate: 4/s, duration: 10m}, {rate: 25/s, duration: 30m}]}}
endpoint:
  name: shop
  instance_type: ml.c5.large
  workers: 1
  latency: {exponential: 100ms}
  startup: {exact: 1m}
scaling:
  ScalableTargets: [{MinCapacity: 1, MaxCapacity: 4}]
  ScalingPolicies:
    - PolicyName: tracking
      PolicyType: TargetTrackingScaling
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 300
        PredefinedMetricSpecification:
          PredefinedMetricType: SageMakerVariantInvocationsPerInstance
expect: [errors.rate < 50%, latency.p99 < 1ms]
"""
HOSTILE = "</script><img src=x onerror=alert(1)><!-- \u202e 😀 \"' ]]>"


def data_of(page):
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    return json.loads(found.group(1))


class HtmlPageTest(ProgramTest):
    def page_of(self, text, *options, code=0):
        self.write("shop.yaml", text)
        self.expect(code, "run", "shop.yaml", "--html", "page.html", "-o", "none", *options)
        return self.read("page.html")

    def test_its_numbers_are_those_of_the_json(self):
        for options in ([], ["--runs", "3"], ["--set", "endpoint.startup.exact=3m"]):
            run = data_of(self.page_of(SHOP, *options, code=1))["run"]
            result = json.loads(self.expect(1, "run", "shop.yaml", "-o", "json", *options).stdout)
            for key in ("scenario", "summary", "phases", "expectations"):
                self.assertEqual(run[key], result[key], key)
            self.assertEqual(run.get("intervals"), result.get("intervals"))
            for column, values in result["timeseries"].items():
                if column != "period_s":
                    self.assertEqual(run["rows"][column], values, column)
            self.assertEqual([alarm["name"] for alarm in run["alarms"]],
                             [alarm["name"] for alarm in result["alarms"]])
            changes = [decision for decision in result["decisions"]
                       if decision["from"] != decision["to"]]
            self.assertTrue(changes)
            self.assertEqual([(one["at_s"], one["to"], one["reason"]) for one in changes],
                             [(one["at_s"], one["to"], one["reason"]) for one in run["decisions"]
                              if one["from"] != one["to"]])
            self.assertEqual(sum(one["count"] for one in run["decisions"]),
                             len(result["decisions"]))

    def test_its_minutes_add_up_to_its_summary(self):
        run = data_of(self.page_of(SHOP, code=1))["run"]
        for part in ("busy", "idle", "starting"):
            self.assertAlmostEqual(sum(run["rows"][f"cost_{part}_usd"]),
                                   run["summary"]["cost"][part], 6)
        self.assertEqual(run["reactions"][0]["total_s"],
                         run["summary"]["reaction"]["worst"]["total_s"])

    def test_its_policy_names_exactly_what_it_holds(self):
        page = self.page_of(SHOP, code=1)
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1)
        self.assertTrue(policy.startswith("default-src 'none'; script-src "))
        texts = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.DOTALL)
        self.assertEqual(len(texts), 4)
        hashes = {"'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
                  + "'" for text in texts}
        self.assertEqual(set(re.findall(r"'sha256-[^']*'", policy)), hashes)
        # Names that nothing is fetched from.
        for name in ("https://github.com/leeoniya/uPlot", "http://www.w3.org/2000/svg"):
            page = page.replace(name, "")
        for word in ("http://", "https://", "url(", "@import", "unsafe"):
            self.assertNotIn(word, page)

    def test_what_users_wrote_stays_text(self):
        quoted = json.dumps(HOSTILE, ensure_ascii=False)
        page = self.page_of(SMALL.replace("name: small", f"name: {quoted}").replace(
            "{t: {rate", "{" + quoted + ": {rate"))
        self.assertEqual(page.count("<img"), 0)
        self.assertEqual(page.count("<!--"), 0)
        self.assertEqual(page.count("</script>"), 3)
        self.assertEqual(data_of(page)["run"]["scenario"]["name"], HOSTILE)
        self.assertIn("&lt;/script&gt;&lt;img", page)

    def test_it_holds_the_scenario_as_written_and_what_changed_it(self):
        page = self.page_of(SHOP, "--set", "endpoint.startup.exact=2m", code=1)
        self.assertEqual(data_of(page)["sources"], [{"file": "shop.yaml", "text": SHOP}])
        self.assertEqual(data_of(page)["overrides"], ["endpoint.startup.exact=2m"])

    def test_the_same_input_gives_the_same_bytes(self):
        self.assertEqual(self.page_of(SHOP, code=1), self.page_of(SHOP, code=1))

    def test_a_day_is_small_and_a_month_is_thinned_without_losing_its_peak(self):
        day = SHOP.replace("run: {duration: 40m", "run: {duration: 24h").replace(
            "duration: 30m", "duration: 23h50m")
        self.assertLess(len(self.page_of(day, code=1).encode()), 1_500_000)
        month = day.replace("24h", "30d").replace("23h50m", "29d").replace("4/s", "1/s").replace(
            "25/s", "2/s") + "# one minute of many requests\n"
        month = month.replace("traffic: {t:", "traffic: {push: {begins: 501h, phases: [{rate: 9/s, "
                              "duration: 1m}]}, t:")
        run = data_of(self.page_of(month, code=1))["run"]
        self.assertEqual(run["rows"]["total"], 30 * 24 * 60)
        self.assertLessEqual(len(run["rows"]["start_s"]), 2880)
        self.assertEqual(max(run["rows"]["invocations"]),
                         run["summary"]["invocations_per_minute"]["max"])
        self.assertIn(501 * 3600, run["rows"]["start_s"])
        self.assertLess(os.path.getsize(os.path.join(self.folder, "page.html")), 1_500_000)

    def test_it_is_of_one_file_and_can_be_written(self):
        self.write("a.yaml", SMALL)
        self.write("b.yaml", SMALL)
        result = self.expect(2, "run", "a.yaml", "b.yaml", "--html", "page.html")
        self.assertIn("--html: expected one FILE for one page, found 2", result.stderr)
        result = self.expect(3, "run", "a.yaml", "--html", "missing/page.html")
        self.assertIn("cannot write missing/page.html", result.stderr)
        self.assertEqual(sorted(os.listdir(self.folder)), ["a.yaml", "b.yaml"])


if __name__ == "__main__":
    unittest.main()
