"""headroom tune: the cheapest policy that meets what is expected, or why there is none."""

import json
import os
import re
import unittest

from program import ProgramTest, SMALL

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SPIKE = os.path.join(ROOT, "scenarios", "lessons", "spike.scenario.yaml")
SEED = os.path.join(ROOT, "scenarios", "seed", "target_tracking.scenario.yaml")

# Small enough for every build; a ramp that takes four instances.
RAMP = """version: 1
name: ramp
run: {duration: 40m, seed: 5}
traffic:
  t:
    phases: [{rate: 4/s, duration: 5m}, {ramp_to: 30/s, duration: 15m}, {rate: 30/s, duration: 20m}]
endpoint:
  instance_type: ml.c5.large
  workers: 1
  latency: {exponential: 100ms}
  startup: {typical: 1m, slowest: 2m}
SCALING
expect: [latency.p90 < 2s]
"""
SCALING = """scaling:
  ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}]
  ScalingPolicies:
    - PolicyName: shop/in vocations
      PolicyType: TargetTrackingScaling
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 200
        PredefinedMetricSpecification:
          PredefinedMetricType: SageMakerVariantInvocationsPerInstance
        ScaleOutCooldown: 0
        ScaleInCooldown: 60
"""
QUICK = ("--budget", "60", "--runs", "4")


class TuneTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("ramp.scenario.yaml", RAMP.replace("SCALING\n", SCALING))

    def tune(self, code, *arguments, file="ramp.scenario.yaml"):
        return json.loads(self.expect(code, "tune", file, *arguments, "-o", "json").stdout)

    def test_the_winner_is_cheaper_and_passes_on_fresh_seeds(self):
        told = self.tune(0, *QUICK, "--out", "tuned")
        self.assertEqual(told["schema"], "headroom.tune/1")
        self.assertTrue(told["feasible"])
        self.assertIsNone(told["binding"])
        best = told["best"]
        self.assertEqual(best["met"], 4)
        cost = best["summary"]["cost"]["total"]
        self.assertLess(cost, told["written"]["summary"]["cost"]["total"])
        low, high = best["intervals"]["cost"]["total"]
        self.assertTrue(low <= cost <= high)
        self.write("again.scenario.yaml",
                   RAMP.replace("SCALING", "scaling: {from: tuned/scaling.json}"))
        tests = [f"  - {{name: seed {seed}, scenario: again.scenario.yaml, "
                 f"set: {{run.seed: {seed}}}}}\n" for seed in (101, 102, 103)]
        self.write("fresh.test.yaml", "version: 1\ntests:\n" + "".join(
            test.replace("}}\n", "}, expect: [latency.p90 < 2s]}\n") for test in tests))
        self.expect(0, "test", "fresh.test.yaml")

    def test_the_settings_that_it_prints_make_the_winner(self):
        told = self.tune(0, *QUICK, "--out", "tuned")
        settings = [part for setting in told["settings"] for part in ("--set", setting)]
        self.assertTrue(settings)
        files = ("--set", "scaling={from: tuned/scaling.json}")
        runs = [json.loads(self.expect(0, "run", "ramp.scenario.yaml", *changes, "-o",
                                       "json").stdout) for changes in (settings, files)]
        self.assertEqual(runs[0]["summary"], runs[1]["summary"])
        # Where policies come from other files, there is no such path.
        self.assertEqual(self.tune(0, *QUICK, *files, "--over", "TargetValue=150")["settings"], [])

    def test_it_writes_the_arguments_of_each_call(self):
        told = self.tune(0, *QUICK, "--out", "a/b")
        self.assertEqual(sorted(os.listdir(os.path.join(self.folder, "a/b"))),
                         ["put_scaling_policy.shop_in_vocations.json",
                          "register_scalable_target.json", "scaling.json"])
        policy = json.loads(self.read("a/b/put_scaling_policy.shop_in_vocations.json"))
        self.assertEqual(policy, told["best"]["policies"][0])
        target = policy["TargetTrackingScalingPolicyConfiguration"]["TargetValue"]
        self.assertEqual(target, told["best"]["parameters"]["shop/in vocations.TargetValue"])
        bounds = json.loads(self.read("a/b/register_scalable_target.json"))
        self.assertEqual(bounds["MinCapacity"], told["best"]["parameters"]["MinCapacity"])

    def swept(self, targets, floors):
        """Cost and number of failed expectations at every point, in the runs of the search."""
        points = json.loads(self.run_program(
            "sweep", "ramp.scenario.yaml", "--runs", "4", "-o", "json",
            "-p", "scaling.ScalingPolicies[0].TargetTrackingScalingPolicyConfiguration."
                  f"TargetValue={targets}",
            "-p", f"scaling.ScalableTargets[0].MinCapacity={floors}").stdout)["points"]
        return [(point["summary"]["cost"]["total"], point["summary"]["expectations"]["failed"])
                for point in points]

    def test_the_winner_is_at_most_three_percent_dearer_than_the_best_of_the_grid(self):
        told = self.tune(0, "--budget", "100", "--runs", "4", "--over",
                         "TargetValue=150:550:50,MinCapacity=1:3:1")
        grid = self.swept("150:550:50", "1:3:1")
        self.assertEqual(len(grid), 27)
        best = min(cost for cost, failed in grid if failed == 0)
        found = told["best"]["parameters"]
        # The file as it is follows when it is none of the points.
        cost, failed = self.swept(f"{found['shop/in vocations.TargetValue']:g}",
                                  f"{found['MinCapacity']:g}")[0]
        self.assertEqual(failed, 0)
        self.assertLessEqual(cost, 1.03 * best)

    def test_it_repeats_itself_on_any_number_of_threads(self):
        first = self.expect(0, "tune", "ramp.scenario.yaml", *QUICK, "--threads", "1").stdout
        again = self.expect(0, "tune", "ramp.scenario.yaml", *QUICK, "--threads", "3").stdout
        self.assertEqual(first, again)
        other = self.expect(0, "tune", "ramp.scenario.yaml", *QUICK, "--seed", "6").stdout
        self.assertNotEqual(first, other)

    def test_the_verdict_comes_first_and_claims_what_was_seen(self):
        out = self.expect(0, "tune", "ramp.scenario.yaml", *QUICK).stdout
        lines = out.splitlines()
        self.assertEqual(lines[0], "ramp   tuned over target,bounds   seed 5")
        self.assertRegex(lines[2], r"^FOUND      met in 4 of 4 fresh runs: with 95 % confidence on "
                                   r"at least \d+ % of such days$")
        for label in ("POLICY", "COST", "MARGIN", "RUNNER-UP", "TRIED", "DEPENDS ON"):
            self.assertRegex(out, f"(?m)^{label} ")
        self.assertEqual(len(re.findall(r"(?:startup|service time|traffic) +[+-]10 %", out)), 6)

    def test_each_format_names_the_winner(self):
        told = self.tune(0, *QUICK)
        markdown = self.expect(0, "tune", "ramp.scenario.yaml", *QUICK, "-o", "markdown").stdout
        self.assertTrue(markdown.startswith("## ramp"), markdown)
        table = self.expect(0, "tune", "ramp.scenario.yaml", *QUICK, "-o", "csv").stdout
        self.assertTrue(table.startswith("policy,met,runs,cost,MinCapacity,MaxCapacity,"), table)
        row = table.splitlines()[1].split(",")
        self.assertEqual(row[:3], ["best", "4", "4"])
        self.assertEqual(float(row[3]), told["best"]["summary"]["cost"]["total"])

    def test_no_policy_answers_a_push_that_is_shorter_than_a_startup(self):
        result = self.expect(1, "tune", SPIKE, "--over", "policies", *QUICK)
        self.assertRegex(result.stdout,
                         "(?m)^NONE       no policy over policies meets what is expected$")
        self.assertRegex(result.stdout, r"(?m)^BINDING    reaction: the push at 45m wants \d+ ")
        self.assertIn("Only headroom or a schedule can help", " ".join(result.stdout.split()))
        for remedy in ("floor     MinCapacity", "schedule  MinCapacity"):
            self.assertRegex(result.stdout, remedy + r" \d+ [^:]*: \$\d+\.\d+ a run")
        self.assertRegex(result.stdout, r"raise-floor cron\(39 9 \* \* \? \*\) UTC MinCapacity \d")

    def test_a_remedy_does_what_it_promises(self):
        told = self.tune(1, "--over", "policies", *QUICK, file=SPIKE)
        self.assertEqual(told["binding"]["limit"], "reaction")
        self.assertEqual(told["binding"]["push_s"], 240)
        self.assertEqual(told["binding"]["startup_s"], 300)
        self.assertIsNone(told["best"])
        self.assertEqual([remedy["kind"] for remedy in told["remedies"]], ["schedule", "floor"])
        with open(SPIKE, encoding="utf-8") as file:
            text = file.read().replace("fails: true", "fails: false")  # with the remedy it is met
        for remedy in told["remedies"]:
            lists = {"ScalableTargets": remedy["scalable_targets"],
                     "ScalingPolicies": remedy["policies"],
                     "ScheduledActions": remedy["scheduled_actions"]}
            self.write("scaling.json", json.dumps(lists))
            self.write("with.scenario.yaml", re.sub(r"(?s)\nscaling:.*\n# Not met",
                                                    "\nscaling: {from: scaling.json}\n# Not met",
                                                    text))
            summary = json.loads(self.expect(0, "run", "with.scenario.yaml", "-o",
                                             "json").stdout)["summary"]
            self.assertAlmostEqual(summary["cost"]["total"], remedy["summary"]["cost"]["total"],
                                   delta=0.02 * summary["cost"]["total"])

    def test_bad_values_are_refused_before_anything_runs(self):
        for arguments, message in (
                (("--over", "targets"), "did you mean 'target'?"),
                (("--over", "steps"), "expected what this scenario has"),
                (("--over", "MinCapacity=3:1:1"), "expected MinCapacity=FROM:TO:STEP"),
                (("--confidence", "100%"), "expected a percentage from 50% to below 100%"),
                (("--confidence", "95"), "expected a percentage from 50% to below 100%"),
                (("--budget", "0"), "--budget"),
                (("--runs", "1"), "--runs"),
                (("--threads", "x"), "--threads"),
                (("--seed", "-1"), "--seed"),
                (("--set", "nonsense"), "expected PATH=VALUE"),
                (("--ouput", "json"), "did you mean '--output'?")):
            with self.subTest(arguments=arguments):
                result = self.expect(2, "tune", "ramp.scenario.yaml", *arguments)
                self.assertIn(message, result.stderr)
                self.assertEqual(result.stdout, "")

    def test_a_scenario_has_to_expect_something_and_to_scale(self):
        self.write("idle.scenario.yaml", RAMP.replace("SCALING\n", SCALING).split("expect:")[0])
        self.assertIn("there is nothing to meet: add expect:",
                      self.expect(2, "tune", "idle.scenario.yaml").stderr)
        self.write("small.scenario.yaml", SMALL + "expect: [errors.rate == 0%]\n")
        self.assertIn("nothing scales: add scaling:",
                      self.expect(2, "tune", "small.scenario.yaml").stderr)
        self.assertIn("nowhere.yaml", self.expect(2, "tune", "nowhere.yaml").stderr)

    def test_a_folder_that_cannot_be_written_is_told_before_the_search(self):
        self.write("taken", "a file")
        result = self.expect(3, "tune", "ramp.scenario.yaml", *QUICK, "--out", "taken")
        self.assertIn("cannot make folder taken", result.stderr)
        result = self.expect(3, "tune", "ramp.scenario.yaml", *QUICK, "--out", "/proc/self")
        self.assertIn("cannot write /proc/self/scaling.json", result.stderr)
        self.assertEqual(result.stdout, "")

    @unittest.skipUnless(os.path.exists("/dev/full"), "needs /dev/full")
    def test_a_full_disk_is_told(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            result = self.expect(3, "tune", "ramp.scenario.yaml", *QUICK, stdout=full)
        self.assertIn("cannot write to standard output: No space left on device", result.stderr)

    def test_nothing_is_written_without_a_policy(self):
        result = self.expect(1, "tune", SPIKE, "--over", "policies", *QUICK, "--out", "none")
        self.assertIn("no policy to write to none", result.stderr)
        self.assertEqual(os.listdir(os.path.join(self.folder, "none")), [])


if __name__ == "__main__":
    unittest.main()
