"""headroom benchmark: one instance, loaded until it is full, and read back by headroom fit."""

import csv
import io
import json
import unittest

from program import ProgramTest

# Four workers of 10 ms that slow each other down: 15,000 invocations a minute at most, 5,000 of one
# user.
SHOP = """version: 1
run: {duration: 2m, seed: 3}
traffic: {t: {rate: 50/s}}
endpoint:
  name: shop
  instance_type: ml.c5.large
  workers: 4
  throughput: 250/s
  latency: {mean: 10ms, cv: 0.3}
  overhead: 2ms
"""


class BenchmarkTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("shop.scenario.yaml", SHOP)

    def benchmark(self, *arguments):
        return json.loads(self.expect(0, "benchmark", "shop.scenario.yaml", *arguments, "-o",
                                      "json").stdout)

    def test_users_are_added_until_they_bring_nothing(self):
        told = self.benchmark()
        self.assertEqual([row["users"] for row in told["rows"]][:4], [1, 2, 3, 4])
        self.assertEqual(told["stopped_by"], "flat_invocations")
        self.assertAlmostEqual(told["rows"][0]["invocations_per_minute"], 5000, delta=100)
        most = max(row["invocations_per_minute"] for row in told["rows"])
        self.assertAlmostEqual(most, 15000, delta=300)
        self.assertGreaterEqual(told["knee"]["invocations_per_minute"], 0.98 * most)
        before = [row for row in told["rows"] if row["users"] < told["knee"]["users"]]
        self.assertTrue(all(row["invocations_per_minute"] < 0.98 * most for row in before))
        for row in told["rows"]:
            self.assertEqual(row["errors"], 0)
            self.assertLess(row["latency"]["p50"], row["latency"]["p99"])
            self.assertAlmostEqual(row["latency"]["mean"] - row["model_latency"]["mean"], 0.002,
                                   places=6)

    def test_what_it_measures_is_the_instance_that_fit_finds(self):
        rows = self.benchmark()["rows"]
        text = self.expect(0, "benchmark", "shop.scenario.yaml", "-o", "csv").stdout
        self.assertEqual(next(csv.reader(io.StringIO(text))),
                         ["concurrency", "invocations_per_minute", "mean_latency_ms", "p50_ms",
                          "p99_ms", "cpu_percent", "error_rate"])
        self.write("measured.csv", text)
        fit = json.loads(self.expect(0, "fit", "measured.csv", "--think-time", "2ms",
                                     "--instance-type", "ml.c5.large", "-o", "json").stdout)
        self.assertAlmostEqual(fit["parameters"]["service_time_s"], 0.010, delta=0.0004)
        self.assertAlmostEqual(fit["peak"]["throughput"], 250, delta=5)
        for point in fit["points"]:
            self.assertLess(abs(point["residual"]), 0.03)
        # And the instance that was found measures the same again.
        self.write("again.scenario.yaml",
                   "version: 1\nrun: {duration: 2m, seed: 4}\ntraffic: {t: {rate: 50/s}}\n"
                   "endpoint: {name: shop, instance_type: ml.c5.large, benchmark: measured.csv, "
                   "overhead: 2ms}\n")
        again = json.loads(self.expect(0, "benchmark", "again.scenario.yaml", "-o",
                                       "json").stdout)["rows"]
        for first, second in zip(rows, again):
            self.assertEqual(first["users"], second["users"])
            for key, share in (("invocations_per_minute", 0.03), ("cpu_percent", 0.04)):
                self.assertAlmostEqual(second[key], first[key], delta=share * first[key])
            self.assertAlmostEqual(second["model_latency"]["mean"], first["model_latency"]["mean"],
                                   delta=0.05 * first["model_latency"]["mean"])

    def test_each_stopping_condition_ends_it(self):
        told = self.benchmark("--max-invocations", "8000")
        self.assertEqual(told["stopped_by"], "max_invocations")
        self.assertEqual(len(told["rows"]), 2)
        told = self.benchmark("--latency-threshold", "P95 20ms")
        self.assertEqual(told["stopped_by"], "latency_threshold")
        self.assertGreater(told["rows"][-1]["model_latency"]["p95"], 0.020)
        self.assertLessEqual(told["rows"][-2]["model_latency"]["p95"], 0.020)
        told = self.benchmark("--max-users", "2")
        self.assertEqual((told["stopped_by"], told["knee"]), ("max_users", None))
        told = self.benchmark("--flat-invocations", "continue", "--max-users", "20")
        self.assertEqual((told["stopped_by"], told["rows"][-1]["users"]), ("max_users", 20))
        self.assertIsNotNone(told["knee"])
        told = self.benchmark("--set", "endpoint.queue.limit=1")
        self.assertEqual(told["stopped_by"], "errors")
        self.assertGreaterEqual(told["rows"][-1]["errors"], 0.01)

    def test_each_format_marks_the_knee_or_has_its_rows(self):
        rows = self.benchmark()["rows"]
        table = self.expect(0, "benchmark", "shop.scenario.yaml").stdout
        self.assertEqual(table.count("< knee"), 1)
        self.assertIn("\nSTOPPED    FlatInvocations: ", table)
        self.assertIn("without the 2ms of overhead", " ".join(table.split()))
        markdown = self.expect(0, "benchmark", "shop.scenario.yaml", "-o", "markdown").stdout
        self.assertEqual(markdown.count("\n| "), len(rows) + 2)  # and the header
        self.assertEqual(self.expect(0, "benchmark", "shop.scenario.yaml", "-o", "none").stdout, "")

    def test_the_same_seed_measures_the_same(self):
        one = self.expect(0, "benchmark", "shop.scenario.yaml", "-o", "csv").stdout
        self.assertEqual(one, self.expect(0, "benchmark", "shop.scenario.yaml", "-o", "csv").stdout)
        self.assertNotEqual(one, self.expect(0, "benchmark", "shop.scenario.yaml", "--seed", "9",
                                             "-o", "csv").stdout)

    def test_think_time_and_step_duration(self):
        told = self.benchmark("--think-time", "8ms", "--step-duration", "2m")
        self.assertAlmostEqual(told["rows"][0]["invocations_per_minute"], 3000, delta=60)
        table = self.expect(0, "benchmark", "shop.scenario.yaml", "--step-duration", "2m").stdout
        self.assertIn("2m with each number of users", table)

    def test_bad_values_are_told_at_their_flag(self):
        for flag, value, message in (
                ("--max-invocations", "0", "--max-invocations"),
                ("--max-invocations", "30001", "--max-invocations"),
                ("--latency-threshold", "100ms", "expected a percentile and a latency such as"),
                ("--latency-threshold", "P50 100ms", "AWS knows the percentiles P95 and P99"),
                ("--latency-threshold", "", "--latency-threshold: error: expected"),
                ("--flat-invocations", "never", "--flat-invocations"),
                ("--max-users", "0", "--max-users"),
                ("--step-duration", "90s", "expected whole minutes from 1m to 24h, found '90s'"),
                ("--step-duration", "5", "expected a duration"),
                ("--think-time", "2h", "expected a duration of at most 1h, found '2h'"),
                ("--seed", "x", "--seed")):
            with self.subTest(flag=flag, value=value):
                result = self.expect(2, "benchmark", "shop.scenario.yaml", flag, value)
                self.assertIn(message, result.stderr)
                self.assertEqual(result.stdout, "")
        self.assertIn("no such file", self.expect(2, "benchmark", "none.yaml").stderr)


if __name__ == "__main__":
    unittest.main()
