"""headroom run: what goes where, and the exit code."""

import json
import os
import unittest

from program import BROKEN, FAILED, MET, SMALL, ProgramTest

LEAST_OUTSTANDING = SMALL.replace("endpoint: {", "endpoint: {routing: LEAST_OUTSTANDING_REQUESTS, ")


class RunTest(ProgramTest):
    def test_the_result_goes_to_stdout_and_talk_to_stderr(self):
        self.write("a.yaml", MET)
        result = self.expect(0, "run", "a.yaml")
        self.assertIn("EXPECT     met", result.stdout)
        self.assertRegex(result.stderr, r"^a.yaml: 2m simulated in \d+\.\d\d s\n$")
        self.assertNotIn("\x1b", result.stdout)

    def test_quiet_says_nothing_on_stderr(self):
        self.write("a.yaml", MET)
        self.assertEqual(self.expect(0, "run", "a.yaml", "-q").stderr, "")

    def test_no_output_is_nothing_but_the_exit_code(self):
        self.write("a.yaml", FAILED)
        result = self.expect(1, "run", "a.yaml", "-o", "none", "-q")
        self.assertEqual(result.stdout + result.stderr, "")

    def test_the_same_input_gives_the_same_bytes(self):
        self.write("a.yaml", MET)
        for form in ("table", "json", "csv", "markdown"):
            first = self.expect(0, "run", "a.yaml", "-o", form).stdout
            self.assertEqual(first, self.expect(0, "run", "a.yaml", "-o", form).stdout)
            self.assertTrue(first.endswith("\n"))

    def test_another_seed_gives_another_run(self):
        self.write("a.yaml", SMALL)
        first = json.loads(self.expect(0, "run", "a.yaml", "-o", "json").stdout)
        second = json.loads(self.expect(0, "run", "a.yaml", "-o", "json", "--seed", "8").stdout)
        self.assertEqual((first["scenario"]["seed"], second["scenario"]["seed"]), (7, 8))
        self.assertNotEqual(first["summary"]["latency"], second["summary"]["latency"])

    def test_a_failed_expectation_is_exit_code_1(self):
        self.write("a.yaml", FAILED)
        result = self.expect(1, "run", "a.yaml")
        self.assertIn("1 of 1 failed", result.stdout)
        self.assertIn("✗ latency.p50 < 1us", result.stdout)

    def test_a_broken_scenario_is_exit_code_2_and_no_result(self):
        self.write("a.yaml", BROKEN)
        for form in ("table", "json", "csv", "markdown"):
            result = self.expect(2, "run", "a.yaml", "-o", form)
            self.assertEqual(result.stdout, "")
            self.assertRegex(result.stderr, r"(?m)^a.yaml:6:1: error: ")
            self.assertIn("did you mean 'traffic'?", result.stderr)

    def test_a_missing_file_is_exit_code_2(self):
        self.assertIn("nothing.yaml", self.expect(2, "run", "nothing.yaml").stderr)

    def test_a_value_can_be_changed_and_a_wrong_one_is_told(self):
        self.write("a.yaml", SMALL)
        result = json.loads(self.expect(0, "run", "a.yaml", "-o", "json", "--set",
                                        "traffic.t.rate=0.5/s", "--set", "run.duration=4m").stdout)
        self.assertEqual(result["scenario"]["duration_s"], 240)
        self.assertLess(result["summary"]["requests"]["total"], 200)
        self.assertIn("endpont", self.expect(2, "run", "a.yaml", "--set", "endpont.x=1").stderr)

    def test_the_worst_exit_code_wins(self):
        for name, text in (("met", MET), ("failed", FAILED), ("broken", BROKEN)):
            self.write(name + ".yaml", text)
        self.expect(1, "run", "met.yaml", "failed.yaml", "met.yaml")
        result = self.expect(2, "run", "failed.yaml", "broken.yaml", "met.yaml", "-o", "json")
        files = [run["scenario"]["file"] for run in json.loads(result.stdout)]
        self.assertEqual(files, ["failed.yaml", "met.yaml"])

    def test_several_files_make_one_table_of_csv(self):
        self.write("a.yaml", SMALL)
        self.write("b.yaml", SMALL)
        rows = self.expect(0, "run", "a.yaml", "b.yaml", "-o", "csv").stdout.splitlines()
        self.assertTrue(rows[0].startswith("file,start_s,invocations,"))
        self.assertEqual([row.split(",")[0] for row in rows[1:]], ["a.yaml"] * 2 + ["b.yaml"] * 2)

    def test_threads_never_change_a_byte(self):
        names = [self.write(f"{index}.yaml", SMALL.replace("7", str(index + 1)))
                 for index in range(6)]
        one = self.expect(0, "run", *names, "-o", "json", "--threads", "1").stdout
        for threads in ("2", "5"):
            self.assertEqual(
                one, self.expect(0, "run", *names, "-o", "json", "--threads", threads).stdout)
        self.assertEqual(len(json.loads(one)), 6)

    def test_both_planes_give_the_same_bytes(self):
        self.write("a.yaml", SMALL)
        outputs = {self.expect(0, "run", "a.yaml", "-o", "json", "--plane", plane).stdout
                   for plane in ("auto", "recursion", "events")}
        self.assertEqual(len(outputs), 1)

    def test_a_plane_that_does_not_apply_is_refused(self):
        self.write("a.yaml", LEAST_OUTSTANDING)
        result = self.expect(2, "run", "a.yaml", "--plane", "recursion")
        self.assertEqual(result.stdout, "")
        self.assertIn("a.yaml: '--plane recursion' cannot play this scenario: its routing looks at "
                      "the instances' queues", result.stderr)
        self.expect(0, "run", "a.yaml", "--plane", "events")

    def test_one_run_may_be_asked_for(self):
        self.write("a.yaml", SMALL)
        self.expect(0, "run", "a.yaml", "--runs", "1")

    def test_the_result_fits_the_schema_that_the_program_prints(self):
        self.write("a.yaml", MET)
        schema = json.loads(self.expect(0, "schema", "result").stdout)
        result = json.loads(self.expect(0, "run", "a.yaml", "-o", "json").stdout)
        self.assertEqual(list(result), [key for key in schema["properties"]
                                        if key in schema["required"]])
        runs = json.loads(self.expect(0, "run", "a.yaml", "-o", "json", "--runs", "2").stdout)
        self.assertEqual(list(runs), [key for key in schema["properties"]
                                      if key in schema["required"] or key in ("runs", "intervals")])

    def test_files_are_written_beside_the_result(self):
        self.write("a.yaml", MET)
        whole = json.loads(self.expect(0, "run", "a.yaml", "-o", "json", "--out", "x/y").stdout)
        self.assertEqual(sorted(os.listdir(os.path.join(self.folder, "x/y"))),
                         ["activities.json", "alarms.json", "summary.json", "timeseries.csv"])
        self.assertEqual(json.loads(self.read("x/y/summary.json")), whole["summary"])
        self.assertEqual(self.read("x/y/timeseries.csv"),
                         self.expect(0, "run", "a.yaml", "-o", "csv").stdout)

    def test_files_of_several_scenarios_have_a_folder_each(self):
        self.write("a.scenario.yaml", SMALL)
        self.write("b.scenario.yaml", SMALL)
        self.expect(0, "run", "a.scenario.yaml", "b.scenario.yaml", "--out", "x")
        self.assertEqual(sorted(os.listdir(os.path.join(self.folder, "x"))), ["a", "b"])
        self.assertIn("two files would write to x/a",
                      self.expect(2, "run", "a.scenario.yaml", "./a.scenario.yaml", "--out",
                                  "x").stderr)


if __name__ == "__main__":
    unittest.main()
