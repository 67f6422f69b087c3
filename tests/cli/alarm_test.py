"""headroom alarm."""

import csv
import io
import json
import os
import unittest

from program import ProgramTest

SHARED = os.environ.get("HEADROOM_SHARED") or os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "../../../shared")
VECTORS = os.path.join(SHARED, "vectors", "alarm_vectors.csv")


class AlarmTest(ProgramTest):
    def verdict(self, points, *arguments):
        result = self.expect(0, "alarm", "--points", points, *arguments, "-o", "json")
        self.assertEqual(result.stderr, "")
        verdict = json.loads(result.stdout)
        self.assertEqual(list(verdict), ["state", "filled", "reason"])
        return verdict

    def state(self, points, *arguments):
        return self.verdict(points, *arguments)["state"]

    def test_every_row_of_awss_tables(self):
        if not os.path.exists(VECTORS):
            self.skipTest(f"{VECTORS} is not there: set HEADROOM_SHARED")
        with open(VECTORS, encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertGreater(len(rows), 20)
        for row in rows:
            with self.subTest(row["id"]):
                verdict = self.verdict(row["pattern_oldest_to_newest"],
                                       "-m", row["M_datapoints_to_alarm"],
                                       "-n", row["N_evaluation_periods"],
                                       "--treat-missing-data", row["treat_missing_data"])
                if row["resulting_state"] == "NOT_ALARM":
                    self.assertNotEqual(verdict["state"], "ALARM")
                else:
                    self.assertEqual(verdict["state"], row["resulting_state"])
                if row["points_filled"]:
                    self.assertEqual(verdict["filled"], int(row["points_filled"]))

    def test_the_example_of_the_contract(self):
        self.assertEqual(
            self.verdict("0 - X - X", "-m", "2", "-n", "3", "--treat-missing-data", "ignore"),
            {"state": "ALARM", "filled": 0,
             "reason": "at least 3 datapoints are there, so the newest 3 that are count and "
                       "nothing is filled: 2 breach and 2 are needed"})

    def test_the_table_marks_the_points_that_count(self):
        result = self.expect(0, "alarm", "--points", "X 0 - X X", "-m", "3", "-n", "3")
        self.assertEqual(result.stdout,
                         "state    OK\n"
                         "points   X 0 - X X   oldest to newest\n"
                         "counted    ^   ^ ^\n"
                         "filled   0\n"
                         "why      at least 3 datapoints are there, so the newest 3 that are count "
                         "and nothing is filled: 2 breach and 3 are needed\n"
                         "rule     R-047\n")
        result = self.expect(0, "alarm", "--points=---", "-n", "2", "--treat-missing-data",
                             "ignore")
        self.assertEqual(result.stdout,
                         "state    RETAIN: the alarm keeps its state\n"
                         "points   - - -   oldest to newest\n"
                         "counted  none\n"
                         "filled   2\n"
                         "why      no datapoint is there, and 'ignore' keeps the state\n"
                         "rule     R-049\n")

    def test_the_reason_follows_the_rule_that_decided(self):
        for points, m, n, treatment, state, reason in (
                ("- 0", 1, 1, "missing", "OK",
                 "the newest datapoint is there and counts: none breaches and 1 is needed"),
                ("- -", 2, 2, "missing", "INSUFFICIENT_DATA",
                 "no datapoint is there, and 'missing' makes nothing of that"),
                ("- -", 2, 2, "breaching", "ALARM",
                 "no datapoint is there, so 2 datapoints are filled as breaching"),
                ("- -", 1, 1, "notBreaching", "OK",
                 "no datapoint is there, so 1 datapoint is filled as not breaching"),
                ("- X -", 2, 2, "breaching", "ALARM",
                 "fewer than 2 datapoints are there, so the only one counts, and 1 missing one is "
                 "filled as breaching: 2 breach and 2 are needed"),
                ("- X -", 2, 3, "notBreaching", "OK",
                 "fewer than 3 datapoints are there, so the only one counts, and 2 missing ones "
                 "are filled as not breaching: 1 breaches and 2 are needed"),
                ("X - - - X", 2, 3, "missing", "ALARM",
                 "fewer than 3 datapoints are there, so all 2 count: 2 breach and 2 are needed, "
                 "whatever the missing ones are"),
                ("0 - X - -", 2, 3, "missing", "OK",
                 "fewer than 3 datapoints are there, so all 2 count: 1 breaches and 2 are needed, "
                 "and not all of them breach"),
                ("- - X - -", 3, 3, "ignore", "RETAIN",
                 "fewer than 3 datapoints are there, so the only one counts: 1 breaches and 3 are "
                 "needed, but the oldest that breaches lies 2 periods or more back with nothing "
                 "but gaps or breaching ones since, so waiting would not tell more; 'ignore' "
                 "keeps the state"),
                ("- - - X", 2, 2, "missing", "OK",
                 "fewer than 2 datapoints are there, so the only one counts: 1 breaches and 2 are "
                 "needed, and the oldest that breaches lies less than 1 period back, so it is too "
                 "early to tell")):
            with self.subTest(points):
                verdict = self.verdict(points, "-m", str(m), "-n", str(n),
                                       "--treat-missing-data", treatment)
                self.assertEqual((verdict["state"], verdict["reason"]), (state, reason))

    def test_choices_that_aws_leaves_open(self):
        old = ("- X - - -", "-n", "3")  # S-03
        self.assertEqual(self.state(*old), "ALARM")
        self.assertEqual(self.state(*old, "--old-breaching-point", "ignored"),
                         "INSUFFICIENT_DATA")
        young = ("- - - - X", "-n", "3", "--treat-missing-data", "ignore")  # S-04
        self.assertEqual(self.state(*young), "RETAIN")
        self.assertEqual(self.state(*young, "--young-breaching-point", "ok"), "OK")
        premature = ("0 - X - -", "-m", "2", "-n", "3")  # S-26
        self.assertEqual(self.state(*premature), "OK")
        self.assertEqual(self.state(*premature, "--premature-alarm", "text"), "ALARM")

    def test_m_is_n_unless_it_is_given(self):
        self.assertEqual(self.state("X X 0", "-n", "3"), "OK")
        self.assertEqual(self.state("X X 0", "-n", "3", "-m", "2"), "ALARM")

    def test_spaces_between_points_are_free(self):
        for points in ("0-X-X", "0 -X- X", " 0 - X - X ", "0\t-\tX\t-\tX"):
            self.assertEqual(self.state(points, "-m", "2", "-n", "3"), "ALARM")

    def test_as_csv_and_markdown(self):
        arguments = ("alarm", "--points", "- -", "-n", "1", "-o")
        rows = list(csv.DictReader(io.StringIO(self.expect(0, *arguments, "csv").stdout)))
        self.assertEqual(rows, [{"state": "INSUFFICIENT_DATA", "filled": "1",
                                 "reason": "no datapoint is there, and 'missing' makes nothing of "
                                           "that"}])
        self.assertIn("| INSUFFICIENT_DATA | 1 |", self.expect(0, *arguments, "markdown").stdout)
        self.assertEqual(self.expect(0, *arguments, "none").stdout, "")

    def test_points_that_are_none_are_told_with_their_place(self):
        result = self.expect(2, "alarm", "--points", "0 - x X", "-n", "3")
        self.assertEqual(result.stdout, "")
        self.assertEqual(result.stderr,
                         "--points:1:5: error: expected X (breaching), 0 (not breaching) or - "
                         "(missing), found 'x'\n"
                         "  1 | 0 - x X\n"
                         "    |     ^\n"
                         "  hint: did you mean 'X'?\n")
        # A column is a character's, whatever its bytes.
        self.assertIn("--points:1:3: error: ",
                      self.expect(2, "alarm", "--points", "0 ä", "-n", "1").stderr)
        self.assertIn("found 'ä'", self.expect(2, "alarm", "--points", "ä", "-n", "1").stderr)
        for nothing in ("", "  "):
            self.assertIn("found nothing",
                          self.expect(2, "alarm", "--points", nothing, "-n", "1").stderr)

    def test_impossible_numbers_are_told(self):
        self.assertIn("expected at most the 3 of --evaluation-periods, found 4",
                      self.expect(2, "alarm", "--points", "0", "-m", "4", "-n", "3").stderr)
        for arguments in (("-n", "0"), ("-n", "-1"), ("-n", "8641"), ("-n", "x"), (),
                          ("-n", "1", "-m", "0"), ("-n", "1", "--treat-missing-data", "Missing")):
            self.expect(2, "alarm", "--points", "0", *arguments)


if __name__ == "__main__":
    unittest.main()
