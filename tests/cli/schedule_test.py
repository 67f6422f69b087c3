"""headroom schedule: when a scheduled action runs next."""

import csv
import io
import json
import unittest

from program import ProgramTest

TEN = "cron(0 10 * * ? *)"


class ScheduleTest(ProgramTest):
    def next(self, *arguments):
        return json.loads(self.expect(0, "schedule", *arguments, "-o", "json").stdout)["next"]

    def refused(self, *arguments):
        """What is said about a command line that cannot be used; nothing is printed."""
        result = self.expect(2, "schedule", *arguments, "-o", "json")
        self.assertEqual(result.stdout, "")
        return result.stderr

    def test_the_next_runs_as_json(self):
        result = self.expect(0, "schedule", TEN, "--timezone", "UTC", "--from",
                             "2026-01-01T00:00:00Z", "--count", "5", "-o", "json")
        self.assertEqual(json.loads(result.stdout), {
            "next": [f"2026-01-0{day}T10:00:00Z" for day in range(1, 6)]})
        self.assertEqual(result.stderr, "")

    def test_the_table_shows_utc_and_the_local_clock(self):
        result = self.expect(0, "schedule", "cron(30 2 * * ? *)", "--timezone", "America/New_York",
                             "--from", "2026-03-07", "--count", "3")
        self.assertEqual(result.stdout,
                         "UTC                   America/New_York           day\n"
                         "2026-03-07T07:30:00Z  2026-03-07T02:30:00-05:00  Sat\n"
                         "2026-03-09T06:30:00Z  2026-03-09T02:30:00-04:00  Mon\n"
                         "2026-03-10T06:30:00Z  2026-03-10T02:30:00-04:00  Tue\n")

    def test_every_format_says_the_same(self):
        options = ("schedule", TEN, "--timezone", "Asia/Kolkata")
        rows = list(csv.DictReader(io.StringIO(self.expect(0, *options, "-o", "csv").stdout)))
        self.assertEqual([row["utc"] for row in rows], self.next(*options[1:]))
        self.assertEqual(rows[0]["local"], "2026-01-05T10:00:00+05:30")
        markdown = self.expect(0, *options, "-o", "markdown").stdout
        for row in rows:
            self.assertIn(f"| {row['utc']} | {row['local']} | {row['day']} |", markdown)
        self.assertEqual(self.expect(0, *options, "-o", "none").stdout, "")

    def test_rate_counts_from_start_and_ends_with_end(self):
        self.assertEqual(
            self.next("rate(5 hours)", "--start", "2021-01-30T12:00:00Z", "--end",
                      "2021-01-31T22:00:00Z", "--from", "2021-01-30T12:00:00Z", "--count", "20"),
            ["2021-01-30T12:00:00Z", "2021-01-30T17:00:00Z", "2021-01-30T22:00:00Z",
             "2021-01-31T03:00:00Z", "2021-01-31T08:00:00Z", "2021-01-31T13:00:00Z",
             "2021-01-31T18:00:00Z"])

    def test_rate_without_start_counts_from_from(self):
        self.assertEqual(self.next("rate(5 hours)", "--from", "2026-01-01", "--count", "2"),
                         ["2026-01-01T05:00:00Z", "2026-01-01T10:00:00Z"])

    def test_a_recurrence_runs_at_start_too(self):
        self.assertEqual(self.next(TEN, "--start", "2026-01-01T08:30:00Z", "--count", "2"),
                         ["2026-01-01T08:30:00Z", "2026-01-01T10:00:00Z"])

    def test_without_from_the_answer_is_always_the_same(self):
        self.assertEqual(self.next(TEN)[0], "2026-01-05T10:00:00Z")
        self.assertEqual(len(self.next(TEN)), 5)
        self.assertEqual(self.next(TEN, "--start", "2030-01-01T10:00:00Z", "--count", "1"),
                         ["2030-01-01T10:00:00Z"])
        self.assertEqual(self.next("at(2021-03-31T22:30:00)"), ["2021-03-31T22:30:00Z"])

    def test_times_are_taken_as_the_aws_cli_takes_them(self):
        for text in ("2026-01-05T11:00:00Z", "2026-01-05T11:00:00", "2026-01-05 12:00+01:00",
                     "1767610800"):
            self.assertEqual(self.next(TEN, "--from", text, "--count", "1"),
                             ["2026-01-06T10:00:00Z"])

    def test_an_invalid_expression_is_shown_with_its_place(self):
        self.assertEqual(self.refused("cron(30 6 * * 2 *)"),
                         "EXPR:1:11: error: expected '?' in day-of-month or in day-of-week, "
                         "found '*'\n"
                         "  1 | cron(30 6 * * 2 *)\n"
                         "    |           ^\n"
                         "  hint: put '?' here: day-of-week alone counts\n")
        self.assertEqual(self.refused("rate(5 hour)"),
                         "EXPR:1:8: error: expected 'hours' after 5, found 'hour'\n"
                         "  1 | rate(5 hour)\n"
                         "    |        ^\n"
                         "  hint: AWS wants the singular for 1 and the plural for all others\n")
        self.assertIn("EXPR:1:23: error: expected the end of the time after its seconds, found "
                      "'Z'\n", self.refused("at(2021-01-31T17:00:00Z)"))

    def test_the_caret_counts_characters_and_not_bytes(self):
        said = self.refused("cron(0 8 ü * ? *)")
        self.assertIn("EXPR:1:10: error: expected a day of the month of 1 to 31, found "
                      "'\\xc3\\xbc'\n", said)
        said = self.refused("cron(0 8 ? ü,13 MON *)")
        self.assertIn("EXPR:1:12: error: ", said)
        said = self.refused("at(ü) x")
        self.assertIn("EXPR:1:6: error: expected nothing after ')', found ' x'\n"
                      "  1 | at(ü) x\n"
                      "    |      ^\n", said)

    def test_numeric_days_of_the_week_are_warned_of(self):
        result = self.expect(0, "schedule", "cron(30 6 ? * 2 *)", "-o", "json")
        self.assertEqual(json.loads(result.stdout)["next"][0], "2026-01-05T06:30:00Z")  # a Monday
        self.assertEqual(result.stderr,
                         "EXPR:1:15: warning: '2' as a day of the week is MON: the first day of "
                         "the week is SUN\n"
                         "  1 | cron(30 6 ? * 2 *)\n"
                         "    |               ^\n"
                         "  hint: write MON, which nobody misreads\n")
        self.assertEqual(self.expect(0, "schedule", "cron(30 6 ? * 2 *)", "-q").stderr, "")

    def test_an_unknown_zone_gets_a_suggestion(self):
        self.assertEqual(self.refused(TEN, "--timezone", "Europe/Berln"),
                         "--timezone: error: expected a time zone such as Europe/Berlin, found "
                         "'Europe/Berln'\n  hint: did you mean 'Europe/Berlin'?\n")

    def test_everything_that_is_wrong_is_told_at_once(self):
        said = self.refused("x", "--timezone", "Mars", "--from", "noon", "--start", "2026-13-01",
                            "--end", "2026-01-01T00:00:00.5Z")
        for place in ("EXPR:1:1", "--timezone", "--from", "--start", "--end"):
            self.assertRegex(said, f"(?m)^{place}: error: expected ")

    def test_a_wrong_count_is_bad_usage(self):
        for count in ("0", "-1", "many", "100001"):
            self.assertTrue(self.refused(TEN, "--count", count).startswith("headroom schedule: "))

    def test_why_nothing_runs_is_told(self):
        for arguments, reason in (
                (("cron(0 0 30 2 ? *)",), "nothing runs at or after 2026-01-05T00:00:00Z"),
                (("at(2026-01-01T00:00:00)", "--from", "2026-01-02"),
                 "nothing runs at or after 2026-01-02T00:00:00Z"),
                (("at(2026-03-29T02:30:00)", "--timezone", "Europe/Berlin"),
                 "the clocks of Europe/Berlin skip this time: it never runs")):
            result = self.expect(0, "schedule", *arguments, "-o", "json")
            self.assertEqual(json.loads(result.stdout), {"next": []})
            self.assertEqual(result.stderr, f"headroom: warning: {reason}\n")
        self.assertIn("that is all", self.expect(0, "schedule", "at(2026-01-01T00:00:00)").stderr)


if __name__ == "__main__":
    unittest.main()
