"""`headroom sweep`: the same bytes on any number of threads and after any number of kills, nothing
lost on a full disk, and a message for everything that cannot be swept."""

import json
import os
import random
import resource
import subprocess
import time
import unittest

from program import CLEAN, PROGRAM, SMALL, ProgramTest

SHOP = """version: 1
name: shop
run: {duration: 2m, seed: 7}
traffic: {t: {rate: 60/s}}
endpoint: {instance_type: ml.c5.large, latency: {exponential: 20ms}, queue: {limit: 5}}
expect: [latency.p99 < 130ms]
"""
# 12 points, three runs each.
GRID = ["-p", "traffic.t.rate=60/s:120/s:20/s", "-p", "endpoint.initial_instances=1,2,3",
        "--runs", "3"]


class SweepTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("shop.scenario.yaml", SHOP)

    def sweep(self, code, *options, **more):
        return self.expect(code, "sweep", "shop.scenario.yaml", *options, **more)

    def refused(self, *options):
        result = self.sweep(2, *options)
        self.assertEqual(result.stdout, "")
        return result.stderr


class ResultTest(SweepTest):
    def test_threads_do_not_change_a_byte(self):
        for form in ("table", "json", "csv", "markdown"):
            one = self.sweep(0, *GRID, "-o", form, "--threads", "1")
            three = self.sweep(0, *GRID, "-o", form, "--threads", "3")
            self.assertEqual(one.stdout, three.stdout)
            self.assertNotEqual(one.stdout, "")

    def test_json_is_what_the_runs_of_each_point_come_to(self):
        swept = json.loads(self.sweep(0, *GRID, "-o", "json").stdout)
        self.assertEqual(swept["schema"], "headroom.sweep/1")
        self.assertEqual(len(swept["points"]), 12)
        self.assertEqual(swept["points"][0]["parameters"],
                         {"traffic.t.rate": "60/s", "endpoint.initial_instances": 1})
        low, high = swept["points"][0]["intervals"]["latency"]["p99"]
        self.assertLess(low, swept["points"][0]["summary"]["latency"]["p99"])
        self.assertLess(swept["points"][0]["summary"]["latency"]["p99"], high)
        self.assertEqual(swept["baseline"], 0)  # written otherwise: one instance is the default
        self.assertTrue(swept["pareto"])

    def test_a_point_is_the_run_with_that_value(self):
        swept = json.loads(self.sweep(0, "-p", "traffic.t.rate=60/s,90/s", "-o", "json").stdout)
        run = json.loads(self.expect(0, "run", "shop.scenario.yaml", "--set",
                                     "traffic.t.rate=60/s", "-o", "json").stdout)
        self.assertEqual(swept["points"][0]["summary"], run["summary"])
        self.assertIsNone(swept["points"][0]["intervals"])
        self.assertEqual(swept["baseline"], 0)

    def test_every_point_meets_the_same_requests(self):
        swept = json.loads(self.sweep(0, "-p", "endpoint.initial_instances=1:3:1", "--runs", "2",
                                      "-o", "json").stdout)
        totals = {point["summary"]["requests"]["total"] for point in swept["points"]}
        self.assertEqual(len(totals), 1)

    def test_seed_and_set_reach_every_point(self):
        one = self.sweep(0, *GRID, "-o", "csv").stdout
        self.assertNotEqual(one, self.sweep(0, *GRID, "-o", "csv", "--seed", "8").stdout)
        self.assertEqual(one, self.sweep(0, *GRID, "-o", "csv", "--seed", "7").stdout)
        longer = self.sweep(0, *GRID, "-o", "csv", "--set", "run.duration=3m").stdout
        self.assertNotEqual(one, longer)

    def test_samples_are_some_of_the_combinations(self):
        options = ["-p", "traffic.t.rate=60/s:159/s:1/s", "-p", "endpoint.workers=2:11:1",
                   "--samples", "10", "-o", "json"]
        points = json.loads(self.sweep(0, *options).stdout)["points"]
        self.assertEqual(len(points), 11)  # and the file as it is
        workers = [point["parameters"]["endpoint.workers"] for point in points[:10]]
        self.assertEqual(sorted(workers), list(range(2, 12)))
        again = json.loads(self.sweep(0, *options, "--seed", "9").stdout)["points"]
        self.assertNotEqual(points[0]["parameters"], again[0]["parameters"])

    def test_exit_code_tells_whether_any_point_meets_everything(self):
        self.sweep(1, "-p", "traffic.t.rate=300/s,400/s", "--set", "traffic.t.rate=300/s")
        self.write("shop.scenario.yaml", SMALL)
        self.assertIn("no expectations", self.sweep(0, "-p", "traffic.t.rate=5/s").stdout)

    def test_quiet_says_nothing(self):
        self.assertEqual(self.sweep(0, *GRID, "-q").stderr, "")
        self.assertIn("36 runs", self.sweep(0, *GRID).stderr)


class ResumeTest(SweepTest):
    OPTIONS = [*GRID, "-o", "json", "--results", "runs.jsonl"]

    def killed_after(self, seconds):
        with subprocess.Popen([PROGRAM, "sweep", "shop.scenario.yaml", *self.OPTIONS],
                              cwd=self.folder, env=CLEAN, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as process:
            time.sleep(seconds)
            process.kill()

    def lines(self):
        return self.read("runs.jsonl").count("\n")

    def test_ten_kills_lose_and_repeat_nothing(self):
        begin = time.monotonic()
        whole = self.sweep(0, *self.OPTIONS).stdout
        took = time.monotonic() - begin
        file = self.read("runs.jsonl")
        self.assertEqual(file.count("\n"), 37)
        os.remove(os.path.join(self.folder, "runs.jsonl"))
        chance = random.Random(20)
        interrupted = 0
        for _ in range(10):
            self.killed_after(chance.uniform(0, took / 4))
            interrupted += os.path.exists(os.path.join(self.folder, "runs.jsonl"))
        self.assertGreater(interrupted, 0)
        self.assertEqual(self.sweep(0, *self.OPTIONS).stdout, whole)
        self.assertEqual(self.read("runs.jsonl"), file)

    def test_a_torn_line_is_dropped(self):
        whole = self.sweep(0, *self.OPTIONS).stdout
        file = self.read("runs.jsonl")
        for length in (0, 1, 100, len(file) // 2, len(file) - 1, len(file)):
            self.write("runs.jsonl", file[:length])
            result = self.sweep(0, *self.OPTIONS)
            self.assertEqual(result.stdout, whole, length)
            self.assertEqual(self.read("runs.jsonl"), file, length)
        self.assertIn("36 runs already in runs.jsonl", result.stderr)
        self.assertIn("0 runs in", result.stderr)

    def test_other_results_are_left_alone(self):
        self.sweep(0, *self.OPTIONS)
        file = self.read("runs.jsonl")
        changed = SHOP.replace("limit: 5", "limit: 6")
        fewer = ["2" if option == "3" else option for option in self.OPTIONS]
        for text, options in ((SHOP, [*self.OPTIONS, "--seed", "8"]), (SHOP, fewer),
                              (changed, self.OPTIONS),
                              (SHOP, [*self.OPTIONS, "--set", "run.duration=1m"]),
                              (SHOP, [*self.OPTIONS, "-p", "run.warm_up=0s,5s"])):
            self.write("shop.scenario.yaml", text)
            self.assertIn("runs.jsonl is left as it is: it belongs to other results",
                          self.refused(*options))
            self.assertEqual(self.read("runs.jsonl"), file)

    def test_a_file_that_the_scenario_names_is_part_of_it(self):
        self.write("rates.csv", "Timestamp,Sum\n2026-01-01T00:00:00Z,600\n"
                                "2026-01-01T00:01:00Z,700\n")
        self.write("shop.scenario.yaml", SHOP.replace(
            "{rate: 60/s}", "{trace: {file: rates.csv, time: Timestamp, value: Sum, per: 1m}}"))
        options = ["-p", "endpoint.workers=2,3", "--results", "runs.jsonl"]
        self.sweep(0, *options)
        self.write("rates.csv", self.read("rates.csv").replace("700", "800"))
        self.assertIn("its input is", self.refused(*options))

    def test_a_file_of_another_kind_is_left_alone(self):
        for text in ("precious", "precious\n", "{}\n", SHOP):
            self.write("runs.jsonl", text)
            self.assertIn("is no file of results", self.refused(*self.OPTIONS))
            self.assertEqual(self.read("runs.jsonl"), text)

    def test_a_full_disk_loses_nothing(self):
        whole = self.sweep(0, *self.OPTIONS).stdout
        file = self.read("runs.jsonl")
        os.remove(os.path.join(self.folder, "runs.jsonl"))
        limit = len(file) // 2
        result = self.sweep(3, *self.OPTIONS, preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_FSIZE, (limit, limit)))
        self.assertEqual(result.stdout, "")
        self.assertIn("cannot write runs.jsonl: File too large", result.stderr)
        self.assertIn("the same command goes on from it", result.stderr)
        kept = self.read("runs.jsonl")
        self.assertTrue(file.startswith(kept))
        self.assertTrue(kept.endswith("\n"))
        self.assertGreater(len(kept), limit - 4000)
        self.assertEqual(self.sweep(0, *self.OPTIONS).stdout, whole)
        self.assertEqual(self.read("runs.jsonl"), file)

    def test_a_place_that_cannot_be_written(self):
        for place, why in (("/dev/full", "No space left on device"), (".", "Is a directory"),
                           ("absent/runs.jsonl", "No such file or directory"),
                           ("shop.scenario.yaml/runs.jsonl", "Not a directory")):
            result = self.sweep(3, *GRID, "--results", place)
            self.assertIn(f"cannot write {place}: {why}", result.stderr)
            self.assertEqual(result.stdout, "")


class RefusalTest(SweepTest):
    def test_parameters(self):
        for text, complaint in (
                ("traffic.t.rate=", "expected values, found nothing"),
                ("traffic.t.rate", "found no '='"),
                ("=1", "found no PATH"),
                ("traffic.t.rate=1/s,,2/s", "expected a value between commas"),
                ("traffic.t.rate=1/s,1/s", "expected each value once"),
                ("traffic.t.rate=1/s:2/s", "expected FROM:TO:STEP"),
                ("traffic.t.rate=1/s:2/s:0/s", "expected a step that is not zero"),
                ("traffic.t.rate=2/s:1/s:1/s", "expected a step that leads from FROM to TO"),
                ("traffic.t.rate=1/s:2/s:1", "expected a number with the unit '/s'"),
                ("traffic.t.rate=1/s:2000000/s:1/s", "expected at most 100000 values"),
                ("traffic.t.rate=a:b:c", "expected FROM:TO:STEP")):
            self.assertIn(f"-p {text}: error: ", self.refused("-p", text))
            self.assertIn(complaint, self.refused("-p", text))

    def test_unknown_paths_get_a_hint(self):
        for path, hint in (("endpoint.startp.exact", "did you mean 'startup'?"),
                           ("endpint.workers", "did you mean 'endpoint'?"),
                           ("traffic.u.rate", "expected t of traffic, found 'u'")):
            stderr = self.refused("-p", path + "=1,2")
            self.assertIn("-p " + path, stderr)
            self.assertIn(hint, stderr)
            self.assertEqual(stderr.count("error:"), 1)

    def test_every_point_is_checked_before_the_first_is_played(self):
        stderr = self.refused("-p", "endpoint.workers=1:3:1", "-p", "traffic.t.rate=1/s,2,-3/s",
                              "--results", "runs.jsonl")
        self.assertIn("-p traffic.t.rate=2: error: ", stderr)
        self.assertIn("-p traffic.t.rate=-3/s: error: ", stderr)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "runs.jsonl")))

    def test_without_a_parameter_or_a_file(self):
        self.assertIn("--parameter is required", self.refused())
        self.assertIn("expected a file",
                      self.expect(2, "sweep", "absent.yaml", "-p", "a.b=1").stderr)
        self.expect(2, "sweep", "-p", "a.b=1")

    def test_numbers_out_of_range(self):
        for option in ("--runs", "--samples", "--threads"):
            for value in ("0", "-1", "x", "1000000", "1.5"):
                stderr = self.refused("-p", "endpoint.workers=1,2", option, value)
                self.assertIn("headroom sweep: " + option, stderr)
        self.assertIn("--seed", self.refused("-p", "endpoint.workers=1,2", "--seed", "-1"))

    def test_too_many_points(self):
        many = ["-p", "endpoint.workers=1:1000:1", "-p", "run.seed=1:1000:1"]
        self.assertIn("--samples N plays N of them", self.refused(*many))
        self.sweep(0, *many, "--samples", "2")


if __name__ == "__main__":
    unittest.main()
