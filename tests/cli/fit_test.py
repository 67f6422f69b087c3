"""headroom fit, and endpoint.benchmark: a measured instance, found and simulated."""

import csv
import io
import json
import os
import unittest

from program import ProgramTest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
PUBLISHED = os.path.abspath(os.path.join(ROOT, "..", "shared", "data",
                                         "blog_benchmark_ml_c5_large.csv"))

# Two workers that do not slow each other down, 10 ms a request, users who think for 5 ms.
MEASURED = """# by hand
invocations_per_minute,mean_latency_ms,p50_ms,p99_ms,cpu_percent
4000,10,9.9,12,66.7
8000,10,9.9,12,133.3
10452,12.22,12,15,174.2
11535,15.81,15,22,192.2
11889,20.23,19,30,198.2
"""
USERS = """version: 1
run: {{duration: 10m, warm_up: 1m}}
traffic: {{load: {{users: {{initial: {users}, duration: 10m}}}}}}
endpoint: {{instance_type: ml.c5.large, benchmark: {benchmark}, overhead: {overhead}}}
"""
LOCUST_HEADER = ("Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,99%,"
                 "Total Request Count\n")


def recommendations(*entries):
    """What describe-inference-recommendations-job prints; CPU as text, for NaN is no JSON."""
    return '{"JobName": "job", "InferenceRecommendations": [' + ", ".join(
        '{"Metrics": {"CostPerHour": 0.1, "CpuUtilization": ' + cpu
        + ', "ModelLatency": ' + str(latency) + ', "MaxInvocations": ' + str(invocations)
        + '}, "EndpointConfiguration": {"InstanceType": "' + kind
        + '", "InitialInstanceCount": ' + str(count) + '}}'
        for kind, count, invocations, latency, cpu in entries) + ']}'


class FitTest(ProgramTest):
    def fit(self, *arguments):
        return json.loads(self.expect(0, "fit", *arguments, "-o", "json").stdout)

    def test_every_row_is_met(self):
        self.write("measured.csv", MEASURED)
        told = self.fit("measured.csv", "--think-time", "5ms")
        self.assertEqual(len(told["points"]), 5)
        for point in told["points"]:
            self.assertLess(abs(point["residual"]), 0.03)
            self.assertLess(abs(point["cpu_fitted_percent"] - point["cpu_percent"]), 6)
        self.assertEqual(told["parameters"]["think_time_s"], 0.005)
        self.assertAlmostEqual(told["at_cpu"]["cpu_percent"], 100, delta=0.5)
        self.assertAlmostEqual(told["at_cpu"]["throughput"], 100, delta=4)

    def test_the_simulated_instance_measures_what_was_measured(self):
        self.write("measured.csv", MEASURED)
        points = self.fit("measured.csv", "--think-time", "5ms")["points"]
        for users, point in ((1, points[0]), (2, points[1])):
            self.write("users.scenario.yaml",
                       USERS.format(users=users, benchmark="measured.csv", overhead="5ms"))
            summary = json.loads(self.expect(0, "run", "users.scenario.yaml", "-o",
                                             "json").stdout)["summary"]
            rate = summary["invocations_per_minute"]["mean"] / 60
            self.assertAlmostEqual(rate, point["throughput"], delta=0.05 * rate)
            self.assertAlmostEqual(summary["model_latency"]["mean"], point["latency_s"],
                                   delta=0.05 * point["latency_s"])
            self.assertAlmostEqual(summary["cpu_percent"]["mean"], point["cpu_percent"], delta=6)

    def test_each_format_tells_the_same_rows(self):
        self.write("measured.csv", MEASURED)
        points = self.fit("measured.csv")["points"]
        rows = list(csv.DictReader(io.StringIO(
            self.expect(0, "fit", "measured.csv", "-o", "csv").stdout)))
        self.assertEqual([float(row["fitted"]) for row in rows],
                         [point["fitted"] for point in points])
        table = self.expect(0, "fit", "measured.csv").stdout
        self.assertTrue(table.startswith("measured.csv   5 rows"), table)
        self.assertIn('  benchmark: "measured.csv"\n', table)
        markdown = self.expect(0, "fit", "measured.csv", "-o", "markdown").stdout
        self.assertEqual(markdown.count("\n| "), 7)
        self.assertEqual(self.expect(0, "fit", "measured.csv", "-o", "none").stdout, "")

    def test_the_block_that_it_prints_is_an_endpoint(self):
        self.write("measured.csv", MEASURED)
        table = self.expect(0, "fit", "measured.csv", "--instance-type", "ml.c5.large",
                            "--think-time", "5ms").stdout
        block = table[table.index("endpoint:"):]
        self.write("made.scenario.yaml",
                   "version: 1\nrun: {duration: 2m}\ntraffic: {t: {rate: 50/s}}\n" + block)
        self.expect(0, "check", "made.scenario.yaml")

    def test_terms_that_the_rows_do_not_tell_have_no_standard_error(self):
        self.write("rising.csv", "rate,mean_latency_ms\n10,5\n20,5\n30,5.2\n40,5.3\n")
        self.assertIsNone(self.fit("rising.csv")["standard_errors"]["sigma"])
        self.write("same.csv", "rate,mean_latency_ms\n" + 5 * "10,5\n")
        self.assertIsNone(self.fit("same.csv")["standard_errors"])

    def test_the_block_without_an_overhead_is_the_instance_that_was_shown(self):
        self.write("measured.csv", MEASURED)
        peak = self.fit("measured.csv")["peak"]["throughput"]
        self.write("made.scenario.yaml",
                   "version: 1\nrun: {duration: 2m}\ntraffic: {t: {rate: 50/s}}\n"
                   "endpoint: {instance_type: ml.c5.large, benchmark: measured.csv}\n")
        table = self.expect(0, "run", "made.scenario.yaml").stdout
        self.assertIn(f"{peak:.4g}/s at most from one ml.c5.large", table)

    def test_rows_of_locust_are_averaged_by_users(self):
        rows = []
        for users, rate, latency in ((1, 66.7, 10), (2, 133.3, 10), (4, 195, 15), (6, 199, 25)):
            for second in range(30):
                # The first third, while users come, would mislead.
                measured = rate / 2 if second < 10 else rate
                rows.append(f"{second},{users},,Aggregated,{measured},0,{latency},{latency * 2},9")
                rows.append(f"{second},{users},POST,/invocations,1,0,1,1,9")
        self.write("run_stats_history.csv", LOCUST_HEADER + "\n".join(rows) + "\n")
        points = self.fit("run_stats_history.csv")["points"]
        self.assertEqual([point["throughput"] for point in points], [66.7, 133.3, 195, 199])

    def test_a_recommendation_is_one_row_of_the_instance_type(self):
        self.write("job.json", recommendations(("ml.m5.large", 1, 7000, 20, "NaN"),
                                               ("ml.c5.large", 1, 6000, 30, "88.5"),
                                               ("ml.c5.large", 2, 18000, 12, "172.5")))
        fit = self.fit("job.json", "--instance-type", "ml.c5.large")
        self.assertEqual(len(fit["points"]), 1)
        self.assertEqual(fit["points"][0]["throughput"], 150)
        self.assertEqual(fit["points"][0]["residual"], 0)
        # 150/s x 12 ms: not quite two at once.
        self.assertEqual(fit["parameters"]["throughput"], [83.333, 150])
        self.assertEqual(fit["parameters"]["cpu_percent"], [0, 95.83, 172.5])
        self.assertIsNone(fit["standard_errors"])
        self.assertIn("one point of an instance", fit["warnings"][0])
        self.assertEqual(self.fit("job.json", "--instance-type", "ml.m5.large")["parameters"]
                         ["cpu_percent"], [])
        table = self.expect(0, "fit", "job.json", "--instance-type", "ml.c5.large").stdout
        self.assertIn("FIT        one row, where answers begin to be no more", table)
        self.write("job.scenario.yaml",
                   "version: 1\nrun: {duration: 2m}\ntraffic: {t: {rate: 50/s}}\n"
                   "endpoint: {instance_type: ml.c5.large, benchmark: job.json}\n")
        self.assertIn("150/s at most from one ml.c5.large",
                      self.expect(0, "run", "job.scenario.yaml").stdout)

    def test_what_is_wrong_is_told_with_its_line(self):
        for text, message in (
                ("rate,mean_latency_ms\n10,5\n20,\n30,5\n",
                 "bad.csv:3: error: expected a latency or a concurrency above 0, found none"),
                ("rate,mean_latency_ms\n10,x\n",
                 "bad.csv:2: error: in column 'mean_latency_ms': expected a number"),
                ("rate,latency\n10,5\n", "expected a column mean_latency_ms, p50_ms or"),
                ("rate,mean_latency_ms\n10,5\n20,5\n", "expected at least 3 rows"),
                ("rate,mean_latency_ms\n10,5\n20,6\n30,60000\n", "some rows seem to be in micro"),
                ("", "expected at least 3 rows"),
                ("rate,rate,mean_latency_ms\n1,1,5\n", "each column once, found 'rate' twice"),
                ("rate,p50_ms,p99_ms\n1,5,4\n2,6,9\n3,9,12\n", "a p99_ms of 1 to 1000 times"),
                ("rate,p50_ms,p99_ms\n1,1,1e9\n2,6,9\n3,9,12\n", "a p99_ms of 1 to 1000 times"),
                ("rate,p50_ms,cpu_percent\n1,5,1e9\n2,6,9\n3,9,12\n", "a cpu_percent of at most"),
                ('{"InferenceRecommendations": []}',
                 "expected recommendations of one instance type, found none"),
                ('{"Recommendations": []}', "expected the InferenceRecommendations that"),
                (recommendations(("ml.c5.large", 1, 9000, 12, "51"), ("ml.m5.large", 1, 8, 9, "5")),
                 "of one instance type, found ml.c5.large, ml.m5.large"),
                (recommendations(("ml.c5.large", 1, -4, 12, "51")),
                 "bad.csv:1:142: error: expected a number of at least 1, found '-4'")):
            with self.subTest(text=text):
                self.write("bad.csv", text)
                result = self.expect(2, "fit", "bad.csv")
                self.assertEqual(result.stdout, "")
                self.assertIn(message, result.stderr)
        self.assertIn("no such file", self.expect(2, "fit", "none.csv").stderr)
        self.write("measured.csv", MEASURED)
        self.assertIn("did you mean 'ml.c5.large'?",
                      self.expect(2, "fit", "measured.csv", "--instance-type", "ml.c5.lage").stderr)
        self.assertIn("expected a percentage from 0.1 to 100, found 'nan'",
                      self.expect(2, "fit", "measured.csv", "--cpu", "nan").stderr)
        self.assertIn("expected a duration",
                      self.expect(2, "fit", "measured.csv", "--think-time", "5").stderr)

    def test_what_a_table_cannot_tell_is_warned_of(self):
        for text, message in (
                ("rate,mean_latency_ms\n10,5\n20,5\n30,5\n", "was not saturated"),
                ("rate,mean_latency_ms\n10,5\n10,5\n10,5\n", "was not saturated"),
                ("rate,mean_latency_ms\n100,10\n150,20\n150.5,40\n151,60\n",
                 "measured by users who wait for their answers"),
                ("rate,mean_latency_ms\n100,10000\n150,20000\n150.5,40000\n",
                 "taken for microseconds"),
                ("rate,mean_latency_ms,error_rate\n100,10,0\n150,20,0\n151,30,0\n90,90,0.5\n",
                 "1 of 4 rows are left out"),
                ("rate,mean_latency_ms,colour\n100,10,1\n150,20,1\n151,30,1\n",
                 "column 'colour' is not used")):
            with self.subTest(text=text):
                self.write("odd.csv", text)
                result = self.expect(0, "fit", "odd.csv", "-o", "json")
                self.assertIn(message, result.stderr)
                self.assertTrue(any(message in warning
                                    for warning in json.loads(result.stdout)["warnings"]))

    def test_a_benchmark_says_all_of_latency_throughput_and_cpu(self):
        self.write("measured.csv", MEASURED)
        for key in ("latency: {exact: 9ms}", "throughput: 150/s",
                    "cpu: [{at: 0/s, percent: 1}, {at: 9/s, percent: 9}]"):
            self.write("both.scenario.yaml",
                       "version: 1\ntraffic: {t: {rate: 50/s}}\nendpoint: {instance_type: "
                       "ml.c5.large, benchmark: measured.csv, " + key + "}\n")
            self.assertIn("expected either 'benchmark' or",
                          self.expect(2, "run", "both.scenario.yaml").stderr)

    @unittest.skipUnless(os.path.exists(PUBLISHED), "the published benchmark is not at hand")
    def test_the_published_benchmark(self):
        told = self.fit(PUBLISHED)
        self.assertEqual(len(told["points"]), 9)
        for point in told["points"]:
            self.assertLess(abs(point["residual"]), 0.03)
            if point["cpu_percent"] is not None:
                self.assertLess(abs(point["cpu_fitted_percent"] - point["cpu_percent"]), 6)

    @unittest.skipUnless(os.path.exists(PUBLISHED), "the published benchmark is not at hand")
    def test_the_published_benchmark_simulated_in_a_closed_loop(self):
        curve = []
        for users in range(1, 13):
            self.write("users.scenario.yaml",
                       USERS.format(users=users, benchmark=PUBLISHED, overhead="4.9ms"))
            summary = json.loads(self.expect(0, "run", "users.scenario.yaml", "-o",
                                             "json").stdout)["summary"]
            curve.append((summary["invocations_per_minute"]["mean"],
                          summary["model_latency"]["mean"]))
        self.assertAlmostEqual(max(rate for rate, _ in curve), 9000, delta=0.03 * 9000)
        for point in self.fit(PUBLISHED)["points"]:
            rate, latency = point["throughput"] * 60, point["latency_s"]
            self.assertLess(self.distance(curve, rate, latency), 0.05, (rate, latency))

    @staticmethod
    def distance(curve, rate, latency):
        """Of a point from the curve: the larger of the errors in both, at the nearest place.

        Between two numbers of users is a mixture of both in time: rate and concurrency go along a
        straight line.
        """
        nearest = 1
        for (rate_a, latency_a), (rate_b, latency_b) in zip(curve, curve[1:]):
            for step in range(101):
                share = step / 100
                there = rate_a + (rate_b - rate_a) * share
                at_once = rate_a * latency_a + (rate_b * latency_b - rate_a * latency_a) * share
                nearest = min(nearest, max(abs(there / rate - 1),
                                           abs(at_once / there / latency - 1)))
        return nearest


if __name__ == "__main__":
    unittest.main()
