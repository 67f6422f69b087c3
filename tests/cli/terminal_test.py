"""What is drawn: as wide as the window, in colour only there, in ASCII alone where asked for."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import unittest

from program import CLEAN, MET, PROGRAM, SMALL, ProgramTest

SCENARIOS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scenarios")
SPIKE = os.path.join(SCENARIOS, "lessons", "spike.scenario.yaml")
THREE = os.path.join(SCENARIOS, "lessons", "canary_and_shadow.scenario.yaml")


def chart_of(text):
    """The lines of the chart of a run."""
    lines = text.split("\n")
    begin = next(i for i, line in enumerate(lines) if line.startswith("CHART"))
    return lines[begin:lines.index("", begin)]


def minutes_of(text):
    """The lines of an explanation's minutes, and the one that is marked."""
    rows = text.split("\nMINUTES")[1].split("\n")
    rows = [row for row in rows if re.match(r"[> ] +\d+[hms]", row)]
    return rows, [row.split()[1:] for row in rows if row.startswith(">")]


class TerminalTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("small.yaml", SMALL)

    def on_a_terminal(self, columns, *arguments, **environment):
        """What the program prints into a window of so many columns."""
        reader, window = pty.openpty()
        fcntl.ioctl(window, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        with subprocess.Popen([PROGRAM, *arguments], cwd=self.folder, stdin=subprocess.DEVNULL,
                              stdout=window, stderr=subprocess.PIPE,
                              env={**CLEAN, "TERM": "xterm", **environment}) as process:
            os.close(window)
            printed = b""
            while True:
                try:
                    part = os.read(reader, 65536)
                except OSError:  # how Linux tells the end
                    break
                if not part:
                    break
                printed += part
            os.close(reader)
            talk = process.stderr.read().decode()
        self.assertEqual(process.returncode, 0, talk)
        return printed.decode().replace("\r\n", "\n")

    def widest(self, text):
        return max(len(line) for line in chart_of(text))

    def test_a_chart_is_as_wide_as_the_window(self):
        for columns in (36, 60, 100, 160):
            with self.subTest(columns):
                text = self.on_a_terminal(columns, "run", "small.yaml", "--color", "never")
                self.assertEqual(self.widest(text), columns)
        text = self.on_a_terminal(30, "run", "small.yaml", "--color", "never")
        self.assertNotIn("CHART", text)
        self.assertIn("LOAD", text)

    def test_columns_wins_over_what_the_terminal_says(self):
        plain = ("run", "small.yaml", "--color", "never")
        self.assertEqual(self.widest(self.on_a_terminal(120, *plain, COLUMNS="50")), 50)
        self.assertEqual(self.widest(self.on_a_terminal(120, *plain, COLUMNS="x")), 120)
        self.assertEqual(self.widest(self.on_a_terminal(0, *plain)), 100)

    def test_in_a_pipe_it_is_the_same_for_everybody(self):
        printed = self.expect(0, "run", "small.yaml").stdout
        self.assertEqual(self.widest(printed), 100)
        self.assertNotIn("\x1b", printed)
        for variable in ({"COLUMNS": "50"}, {"TERM": "xterm"}, {"LC_ALL": "C"}):
            self.assertEqual(self.expect(0, "run", "small.yaml", environment=variable).stdout,
                             printed)

    def test_a_terminal_has_colours_and_the_same_text(self):
        for arguments in (("run", SPIKE), ("explain", SPIKE, "--at", "50m")):
            with self.subTest(arguments[0]):
                coloured = self.on_a_terminal(100, *arguments)
                self.assertRegex(coloured, "\x1b\\[31m▓+\x1b\\[0m")
                self.assertEqual(re.sub("\x1b\\[\\d*m", "", coloured),
                                 self.expect(0, *arguments).stdout)
                plain = self.on_a_terminal(100, *arguments, NO_COLOR="1")
                self.assertNotIn("\x1b", plain)

    def test_ascii_is_ascii(self):
        for arguments in (("run", SPIKE), ("explain", SPIKE, "--at", "50m")):
            with self.subTest(arguments[0]):
                self.assertFalse(self.expect(0, *arguments).stdout.isascii())
                text = self.expect(0, *arguments, "--ascii").stdout
                self.assertTrue(text.isascii())
                self.assertIn("!!!", text)
        self.write("met.yaml", MET)
        several = ("run", "met.yaml", "--runs", "3")
        self.assertIn(" ± ", self.expect(0, *several).stdout)
        self.assertTrue(self.expect(0, *several, "--ascii").stdout.isascii())
        chart = self.expect(0, "run", SPIKE, "--ascii", "-o", "markdown").stdout.split("```")[1]
        self.assertTrue(chart.isascii())
        self.assertIn("!!!", chart)

    def test_what_is_for_programs_does_not_change(self):
        for form in ("json", "csv", "none"):
            self.assertEqual(self.expect(0, "run", SPIKE, "-o", form, "--ascii").stdout,
                             self.expect(0, "run", SPIKE, "-o", form).stdout)

    def test_the_chart_shows_when_load_was_beyond_capacity(self):
        chart = chart_of(self.expect(0, "run", SPIKE).stdout)
        self.assertIn("▓ load beyond it", chart[0])
        beyond = [line.index("▓") for line in chart[1:] if "▓" in line]
        self.assertTrue(beyond)
        # From 45m to 49m of 90 minutes, over 88 columns.
        self.assertEqual(set(beyond), {11 + 45 * 88 // 90})
        self.assertRegex(chart[-1], r"^in service 1─+5─+1─+$")

    def test_an_explanation_shows_the_minutes_around_it(self):
        rows, marked = minutes_of(self.expect(0, "explain", SPIKE, "--at", "50m30s").stdout)
        self.assertEqual(len(rows), 15 + 1 + 5)
        self.assertEqual([row[0] for row in marked], ["50m"])
        self.assertEqual(marked[0][3:5], ["1+4", "5"])  # in service and starting; desired
        rows, marked = minutes_of(self.expect(0, "explain", "small.yaml", "--at", "0s").stdout)
        self.assertEqual((len(rows), marked[0][0]), (2, "0s"))

    def test_of_several_variants_the_minutes_are_those_of_the_chosen_one(self):
        at = (THREE, "--at", "39m")
        for variant, instances in (("stable", "6+2"), ("candidate", "1+1")):
            with self.subTest(variant):
                text = self.expect(0, "explain", *at, "--variant", variant).stdout
                self.assertEqual(minutes_of(text)[1][0][3], instances)


if __name__ == "__main__":
    unittest.main()
