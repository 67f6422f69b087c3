"""headroom plan: targets and bounds from a benchmark, policies, and how they do."""

import csv
import io
import json
import os
import resource
import unittest

from program import ProgramTest

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
SEED = os.path.join(ROOT, "scenarios", "seed", "plan.scenario.yaml")

# One instance serves 12,000 invocations a minute.
SHOP = """version: 1
run: {seed: 3}
traffic:
  visitors:
    phases:
      - {name: quiet, rate: 40/s, duration: 10m}
      - {name: ramp, ramp_to: 300/s, duration: 20m}
      - {name: busy, rate: 300/s, duration: 10m}
endpoint:
  name: shop
  instance_type: ml.c5.large
  latency: {exact: 10ms}
  startup: {exact: 2m}
expect:
  - errors.rate < 1%
"""
CANDIDATES = SHOP + """candidates:
  twice: {instance_type: ml.c5.xlarge, latency: {exact: 10ms}}
  slow: {instance_type: ml.c5.large, latency: {exact: 20ms}}
"""


class PlanTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("shop.scenario.yaml", SHOP)

    def plan(self, *arguments, code=0):
        return json.loads(self.expect(code, "plan", *arguments, "-o", "json").stdout)

    def test_the_use_case(self):
        told = self.plan(SEED, "--utilization", "55%", "--cpu", "50%")
        self.assertGreaterEqual(told["target"]["invocations_per_instance"], 4840)
        self.assertLessEqual(told["target"]["invocations_per_instance"], 5140)
        self.assertEqual(told["target"]["cpu_percent"], 100)
        self.assertEqual((told["min_capacity"], told["max_capacity"]), (1, 8))
        evaluation = told["evaluation"]
        self.assertTrue(evaluation["passed"])
        for summary in (evaluation["traffic"], evaluation["load_test"]["summary"]):
            self.assertGreaterEqual(summary["invocations_per_minute"]["max"], 30000)
            self.assertEqual(summary["requests"]["failed"], 0)
        self.assertEqual(evaluation["load_test"]["stopped_by"], "max_invocations")
        # Eight instances all day, which is what the scenario runs without a plan, are dearer.
        run = json.loads(self.expect(0, "run", SEED, "-o", "json").stdout)
        self.assertLess(evaluation["traffic"]["cost"]["total"],
                        run["summary"]["cost"]["total"])

    def test_availability_is_traded_for_cost(self):
        told = self.plan(SEED, "--utilization", "40%,50%,70%", code=0)
        rows = [case["evaluation"] for case in told["trade_off"]]
        self.assertEqual([case["target"]["utilization"] for case in told["trade_off"]],
                         [0.4, 0.5, 0.7])
        costs = [row["traffic"]["cost"]["total"] for row in rows]
        self.assertEqual(costs, sorted(costs, reverse=True))
        self.assertEqual(len(set(costs)), 3)
        available = [row["availability"] for row in rows]
        self.assertEqual(available, sorted(available, reverse=True))
        self.assertLess(available[2], available[0])
        latencies = [row["traffic"]["latency"]["p99"] for row in rows]
        self.assertEqual(latencies, sorted(latencies))
        # The cheapest that holds is the plan; the same flag twice is the same as a list.
        self.assertEqual(told["chosen"], 1)
        table = self.expect(0, "plan", SEED, "--utilization", "40%", "--utilization",
                            "50%,70%").stdout
        self.assertIn("\nTRADE-OFF  availability against cost", table)
        self.assertEqual(table.count("< this plan"), 1)

    def test_a_plan_that_does_not_hold_is_told(self):
        told = self.plan(SEED, "--optimize", "cost", code=1)
        self.assertFalse(told["evaluation"]["passed"])
        self.assertTrue(told["evaluation"]["shortcomings"])
        table = self.expect(1, "plan", SEED, "--optimize", "cost").stdout
        self.assertIn("\nVERDICT    the plan does not hold: ", table)

    def test_without_flags_rates_are_of_the_traffic_and_half_an_instance_is_used(self):
        told = self.plan("shop.scenario.yaml")
        self.assertAlmostEqual(told["target"]["invocations_per_instance"], 6000, delta=60)
        self.assertEqual(told["target"]["cpu_percent"], 100)
        self.assertEqual((told["min_capacity"], told["max_capacity"]), (1, 4))
        text = " ".join(told["derivation"])
        self.assertIn("the quietest minute of the scenario's traffic", text)
        self.assertIn("the busiest minute of the scenario's traffic", text)
        self.assertIn("1.2 its growth by default", text)
        self.assertIn("--optimize balanced uses 50 %", text)

    def test_a_flag_goes_before_the_file(self):
        self.write("own.scenario.yaml",
                   SHOP + "plan: {min_rate: 70/s, max_rate: 200/s, growth: 1, optimize: cost}\n")
        told = self.plan("own.scenario.yaml")
        self.assertAlmostEqual(told["target"]["invocations_per_instance"], 8400, delta=90)
        self.assertEqual(told["max_capacity"], 2)
        told = self.plan("own.scenario.yaml", "--utilization", "50%", "--max-rate", "500/s")
        self.assertAlmostEqual(told["target"]["invocations_per_instance"], 6000, delta=60)
        self.assertEqual(told["max_capacity"], 5)

    def test_what_it_writes_is_a_scenario_and_calls_of_the_aws_cli(self):
        told = self.plan("shop.scenario.yaml", "--out", "made/plan")
        self.expect(0, "check", "made/plan/planned.scenario.yaml")
        self.assertEqual(sorted(os.listdir(os.path.join(self.folder, "made/plan"))),
                         ["deploy.sh", "planned.scenario.yaml", "put_metric_alarm.plan-spike.json",
                          "put_scaling_policy.plan-cpu.json",
                          "put_scaling_policy.plan-invocations.json",
                          "put_scaling_policy.plan-spike.json", "register_scalable_target.json"])
        target = json.loads(self.read("made/plan/register_scalable_target.json"))
        self.assertEqual((target["MinCapacity"], target["MaxCapacity"]), (1, 4))
        self.assertEqual(target["ResourceId"], "endpoint/shop/variant/AllTraffic")
        policy = json.loads(self.read("made/plan/put_scaling_policy.plan-invocations.json"))
        self.assertEqual(policy, told["policies"][0])
        self.assertEqual(
            policy["TargetTrackingScalingPolicyConfiguration"]["PredefinedMetricSpecification"],
            {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"})
        script = self.read("made/plan/deploy.sh")
        self.assertEqual(script.count("aws application-autoscaling put-scaling-policy"), 3)
        self.assertIn("aws cloudwatch put-metric-alarm", script)
        # What was written does what was told.
        run = json.loads(self.expect(0, "run", "made/plan/planned.scenario.yaml", "-o",
                                     "json").stdout)
        self.assertEqual(run["summary"]["cost"]["total"],
                         told["evaluation"]["traffic"]["cost"]["total"])
        self.assertEqual(run["summary"]["requests"]["total"],
                         told["evaluation"]["traffic"]["requests"]["total"])

    def test_what_it_writes_finds_the_files_that_the_scenario_names(self):
        self.write("measured.csv", "rate,mean_latency_ms,cpu_percent\n66.7,10,66\n133.3,10,133\n"
                   "192,15.8,192\n198,20.2,198\n199.6,25.1,199\n")
        self.write("named.scenario.yaml", SHOP.replace(
            "latency: {exact: 10ms}", "benchmark: measured.csv\n  overhead: 5ms"))
        for folder in ("beside", "deep/down", os.path.join(self.folder, "absolute")):
            with self.subTest(folder=folder):
                self.expect(0, "plan", "named.scenario.yaml", "--out", folder, "-q", "-o", "none")
                self.expect(0, "check", os.path.join(folder, "planned.scenario.yaml"))

    def test_a_day_gets_a_schedule(self):
        self.write("day.scenario.yaml", """version: 1
run: {duration: 3h, start: "2026-03-02 05:30", timezone: Europe/Berlin}
traffic: {d: {daily: {low: 20/s, high: 300/s, peak_at: "13:00", weekend: 50%}}}
endpoint: {name: shop, instance_type: ml.c5.large, latency: {exact: 10ms}, startup: {exact: 2m}}
""")
        told = self.plan("day.scenario.yaml", "--min-rate", "20/s", "--max-rate", "300/s", "--out",
                         "day")
        self.assertEqual([action["Schedule"] for action in told["scheduled_actions"]],
                         ["cron(55 6 ? * MON-FRI *)", "cron(0 19 ? * MON-FRI *)"])
        self.expect(0, "check", "day/planned.scenario.yaml")

    def test_a_folder_that_cannot_be_written_loses_nothing(self):
        self.write("file", "precious")
        result = self.expect(3, "plan", "shop.scenario.yaml", "--out", "file")
        self.assertIn("file: ", result.stderr)
        self.assertIn("VERDICT", result.stdout)
        self.assertEqual(self.read("file"), "precious")
        if os.geteuid() != 0:
            os.mkdir(os.path.join(self.folder, "closed"), 0o555)
            self.assertIn("closed", self.expect(3, "plan", "shop.scenario.yaml", "--out",
                                                "closed").stderr)
            self.assertEqual(os.listdir(os.path.join(self.folder, "closed")), [])

    def test_a_file_that_cannot_be_replaced_stays(self):
        os.makedirs(os.path.join(self.folder, "out/planned.scenario.yaml/full"))
        result = self.expect(3, "plan", "shop.scenario.yaml", "--out", "out")
        self.assertIn("cannot write out/planned.scenario.yaml", result.stderr)
        self.assertEqual([name for name in os.listdir(os.path.join(self.folder, "out"))
                          if name.startswith(".") or "tmp" in name], [])

    def test_a_full_disk_loses_nothing(self):
        self.write("planned.scenario.yaml", "precious")
        result = self.expect(3, "plan", "shop.scenario.yaml", "--out", ".",
                             preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE,
                                                                   (1500, 1500)))
        self.assertIn("cannot write ./planned.scenario.yaml: File too large", result.stderr)
        self.assertEqual(self.read("planned.scenario.yaml"), "precious")
        self.assertEqual(self.read("shop.scenario.yaml"), SHOP)

    def test_candidates_are_put_side_by_side(self):
        self.write("several.scenario.yaml", CANDIDATES)
        told = self.plan("several.scenario.yaml")
        rows = told["candidates"]
        self.assertEqual([row["name"] for row in rows], ["", "twice", "slow"])
        self.assertAlmostEqual(rows[1]["target"]["saturated_invocations"], 24000, delta=240)
        self.assertAlmostEqual(rows[2]["target"]["saturated_invocations"], 6000, delta=60)
        costs = [row["evaluation"]["traffic"]["cost"]["total"] for row in rows]
        self.assertEqual(told["cheapest"], costs.index(min(costs)))
        self.assertGreater(costs[2], costs[0])
        failed = [row["evaluation"]["traffic"]["errors"]["rate"] for row in rows]
        self.assertEqual(failed[told["safest"]], min(failed))
        table = self.expect(0, "plan", "several.scenario.yaml").stdout
        self.assertIn("\nUP OR OUT  cheapest is ", table)
        self.assertIn("; safest is ", table)
        rows = list(csv.DictReader(io.StringIO(
            self.expect(0, "plan", "several.scenario.yaml", "-o", "csv").stdout)))
        self.assertEqual([row["candidate"] for row in rows], ["", "twice", "slow"])

    def test_a_run_plays_the_endpoint_as_it_is_written(self):
        self.write("several.scenario.yaml", CANDIDATES)
        with_them = self.expect(1, "run", "several.scenario.yaml", "-o", "csv").stdout
        self.assertEqual(with_them, self.expect(1, "run", "shop.scenario.yaml", "-o", "csv").stdout)
        expanded = self.expect(0, "check", "several.scenario.yaml", "--expand").stdout
        self.write("expanded.scenario.yaml", expanded)
        self.assertEqual(expanded,
                         self.expect(0, "check", "expanded.scenario.yaml", "--expand").stdout)
        self.assertIn('candidates:\n  "twice":\n    instance_type: "ml.c5.xlarge"\n', expanded)

    def test_the_number_of_threads_changes_nothing(self):
        self.write("several.scenario.yaml", CANDIDATES)
        tables = {self.expect(0, "plan", "several.scenario.yaml", "--utilization", "40%,60%",
                              "--threads", threads).stdout for threads in ("1", "3")}
        self.assertEqual(len(tables), 1)

    def test_bad_values_are_told_at_their_flag(self):
        for flag, value, message in (
                ("--min-rate", "70", "--min-rate: error: expected a rate with its unit"),
                ("--max-rate", "0/s", "--max-rate: error: expected a rate above 0/s, found '0/s'"),
                ("--max-rate", "fast", "--max-rate: error: expected a rate"),
                ("--growth", "0.5", "--growth: error: expected a factor from 1 to 100"),
                ("--growth", "nan", "--growth: error: expected a factor from 1 to 100"),
                ("--growth", "", "--growth: error: expected a factor"),
                ("--optimize", "speed", "--optimize"),
                ("--utilization", "0.55", "--utilization: error: expected a percentage"),
                ("--utilization", "55%,0%", "--utilization: error: expected a percentage"),
                ("--utilization", "101%", "--utilization: error: expected a percentage from 1%"),
                ("--cpu", "50", "--cpu: error: expected a percentage"),
                ("--latency-threshold", "P95", "--latency-threshold: error: expected a percentile"),
                ("--spawn-rate", "0/min", "--spawn-rate: error: expected users a minute"),
                ("--threads", "0", "--threads"),
                ("--seed", "-1", "--seed")):
            with self.subTest(flag=flag, value=value):
                result = self.expect(2, "plan", "shop.scenario.yaml", flag, value)
                self.assertIn(message, result.stderr)
                self.assertEqual(result.stdout, "")
        for arguments, message in (
                (("--optimize", "cost", "--utilization", "50%"), "--optimize"),
                (("--min-rate", "9/s", "--max-rate", "8/s"),
                 "expected a highest rate of at least the least rate, found 8/s and 9/s"),
                (("--max-rate", "1000000000/s",), "the highest rate is out of reach")):
            with self.subTest(arguments=arguments):
                self.assertIn(message,
                              self.expect(2, "plan", "shop.scenario.yaml", *arguments).stderr)
        self.write("two.scenario.yaml",
                   SHOP.replace("endpoint:\n", "endpoint:\n  variants: {a: {}, b: {}}\n"))
        self.assertIn("expected an endpoint of one variant, found 2",
                      self.expect(2, "plan", "two.scenario.yaml").stderr)


if __name__ == "__main__":
    unittest.main()
