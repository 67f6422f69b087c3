"""headroom explain: why capacity changed or stayed at one moment."""

import csv
import io
import json
import os
import unittest

from program import ProgramTest

SCENARIOS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scenarios")
LATE = os.path.join(SCENARIOS, "lessons", "late_by_design.scenario.yaml")
STEPS = os.path.join(SCENARIOS, "seed", "step_scaling.scenario.yaml")
SHORT = os.path.join(SCENARIOS, "lessons", "no_capacity_left.scenario.yaml")
THREE = os.path.join(SCENARIOS, "lessons", "canary_and_shadow.scenario.yaml")


class ExplainTest(ProgramTest):
    def explain(self, *arguments):
        return json.loads(self.expect(0, "explain", *arguments, "-o", "json").stdout)

    def refused(self, *arguments):
        """What is said about a question that has no answer; nothing is printed."""
        result = self.expect(2, "explain", *arguments)
        self.assertEqual(result.stdout, "")
        return result.stderr

    def test_before_a_scale_out_the_waiting_datapoint_is_named(self):
        told = self.explain(LATE, "--at", "13m")  # the load jumps at 10m
        self.assertEqual(told["decision"], "no_change")
        self.assertEqual(told["reason"],
                         "AlarmHigh of policy invocations has 2 of 3 breaching datapoints and "
                         "waits for 1 more datapoint, that of 12m to 13m, seen at 14m")
        high, low = told["policies"][0]["alarms"]
        self.assertEqual([point["start_s"] for point in high["datapoints"]], [660, 600, 540])
        self.assertEqual([point["breaching"] for point in high["datapoints"]],
                         [True, True, False])
        self.assertEqual((high["state"], high["breaching"]), ("OK", 2))
        self.assertEqual((low["state"], low["breaching"]), ("OK", 10))
        self.assertEqual((told["capacity"], told["in_service"]), (1, 1))

    def test_a_minute_later_it_is_decided(self):
        told = self.explain(LATE, "--at", "14m")
        self.assertEqual(told["decision"], "scale_out")
        policy = told["policies"][0]
        self.assertTrue(policy["accepted"])
        self.assertIsNone(policy["blocked_by"])
        self.assertEqual(told["capacity"], policy["to"])
        self.assertEqual(policy["alarms"][0]["state"], "ALARM")

    def test_before_a_scale_in_the_waiting_datapoints_are_named(self):
        told = self.explain(LATE, "--at", "1h20m")  # the load stops at 1h10m
        self.assertIn("AlarmLow of policy invocations has 9 of 15 breaching datapoints and waits "
                      "for 6 more datapoints, those of 1h19m to 1h25m", told["reason"])

    def test_a_failed_scale_out_is_told(self):
        told = self.explain(SHORT, "--at", "50m")
        self.assertEqual((told["decision"], told["capacity"]), ("no_change", 3))
        self.assertIn("InsufficientInstanceCapacity", told["reason"])
        self.assertEqual(told["policies"][0]["to"], 5)
        self.assertFalse(told["policies"][0]["accepted"])
        # The shortage ends with the minute in which it is asked again.
        told = self.explain(SHORT, "--at", "1h10m")
        self.assertEqual((told["decision"], told["capacity"]), ("scale_out", 6))

    def test_between_two_evaluations_the_last_one_holds(self):
        told = self.explain(LATE, "--at", "13m30s")
        self.assertEqual((told["at_s"], told["decided_at_s"]), (810, 780))
        self.assertIn("policies last decided at 13m",
                      self.expect(0, "explain", LATE, "--at", "13m30s").stdout)

    def test_before_the_first_evaluation_nothing_is_decided(self):
        told = self.explain(LATE, "--at", "0s")
        self.assertEqual(told["decision"], "no_change")
        self.assertEqual(told["capacity"], 1)

    def test_what_kept_a_policy_from_its_wish(self):
        told = self.explain(LATE, "--at", "15m")  # instances are on their way
        self.assertEqual(told["policies"][0]["blocked_by"], "activity_in_progress")
        self.assertEqual(told["decision"], "no_change")
        self.assertGreater(told["starting"], 0)

    def test_cooldowns_are_told_with_what_is_left_of_them(self):
        told = self.explain(STEPS, "--at", "58m")  # 120 s from 57m30s, when an instance had gone
        steps_in = next(policy for policy in told["policies"]
                        if policy["name"] == "step-scaling-in")
        self.assertEqual(steps_in["blocked_by"], "cooldown")
        self.assertEqual(steps_in["scale_in_cooldown_left_s"], 90)
        self.assertIn("scale in for another 1m30s",
                      self.expect(0, "explain", STEPS, "--at", "58m").stdout)

    def test_each_of_several_variants_has_its_own_answer(self):
        self.assertEqual(self.explain(THREE, "--at", "39m")["variant"], "stable")
        told = self.explain(THREE, "--at", "39m", "--variant", "candidate")
        self.assertEqual((told["variant"], told["decision"]), ("candidate", "scale_out"))
        self.assertEqual(told["policies"][0]["alarms"][0]["name"], "candidate-slow")

    def test_a_seed_and_changes_are_taken(self):
        told = self.explain(LATE, "--at", "14m", "--set",
                            "scaling.ScalableTargets.0.MaxCapacity=2")
        self.assertEqual((told["max_capacity"], told["capacity"]), (2, 2))
        one = self.explain(LATE, "--at", "13m", "--seed", "7")
        other = self.explain(LATE, "--at", "13m")
        self.assertNotEqual(one["policies"][0]["alarms"][0]["datapoints"],
                            other["policies"][0]["alarms"][0]["datapoints"])

    def test_as_csv_and_markdown(self):
        text = self.expect(0, "explain", LATE, "--at", "13m", "-o", "csv").stdout
        rows = list(csv.DictReader(io.StringIO(text)))
        self.assertEqual([(row["state"], row["breaching"], row["counted"]) for row in rows],
                         [("OK", "2", "3"), ("OK", "10", "12")])
        text = self.expect(0, "explain", LATE, "--at", "13m", "-o", "markdown").stdout
        self.assertTrue(text.startswith("## late by design at 13m\n"))
        self.assertIn("**no_change**", text)

    def test_questions_without_an_answer_are_told(self):
        self.assertIn("--at: expected a time before the end of the run at 2h, found '99h'",
                      self.refused(LATE, "--at", "99h"))
        self.assertIn("--at: expected a duration with its unit",
                      self.refused(LATE, "--at", "13"))
        self.assertIn("--variant: expected AllTraffic, found 'blue'",
                      self.refused(LATE, "--at", "5m", "--variant", "blue"))
        self.assertIn("--variant: expected stable, canary or candidate, found 'blue'",
                      self.refused(THREE, "--at", "5m", "--variant", "blue"))
        self.refused(LATE)  # without --at
        self.refused("no/such.yaml", "--at", "5m")


if __name__ == "__main__":
    unittest.main()
