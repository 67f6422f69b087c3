"""How the program is addressed: help, unknown words, exit codes before anything runs."""

import unittest

from program import ProgramTest

COMMANDS = ["run", "explain", "test", "check", "alarm", "fit", "init", "schema", "prices",
            "schedule", "completion"]
LATER = ["backtest", "import", "export"]


class CommandLineTest(ProgramTest):
    def test_without_a_command_shows_help_on_stderr(self):
        result = self.expect(2)
        self.assertEqual(result.stdout, "")
        self.assertIn("headroom run shop.scenario.yaml", result.stderr)

    def test_help_lists_the_commands_that_are_there(self):
        result = self.expect(0, "--help")
        self.assertEqual(result.stderr, "")
        for command in COMMANDS:
            self.assertRegex(result.stdout, rf"(?m)^  {command} ")
        for command in LATER:
            self.assertNotRegex(result.stdout, rf"(?m)^  {command} ")

    def test_help_of_every_command_begins_with_examples(self):
        for command in COMMANDS:
            with self.subTest(command):
                text = self.expect(0, command, "--help").stdout
                self.assertLess(text.index(f"  headroom {command}"), text.index("Usage:"))
                for option in ("--output", "--color", "--quiet", "--help"):
                    self.assertIn(option, text)
                self.assertEqual(text, self.expect(0, "help", command).stdout)

    def test_version(self):
        self.assertRegex(self.expect(0, "--version").stdout, r"^headroom \d+\.\d+\.\d+\n$")

    def test_a_later_command_is_refused_by_name(self):
        for command in LATER:
            self.assertEqual(self.expect(2, command, "x").stderr,
                             f"headroom: '{command}' is not in this version\n")

    def test_an_unknown_command_gets_a_suggestion(self):
        self.assertEqual(self.expect(2, "chek").stderr,
                         "headroom: there is no command 'chek'; did you mean 'check'?\n")

    def test_an_unknown_option_gets_a_suggestion(self):
        result = self.expect(2, "run", "x.yaml", "--sed", "3")
        self.assertEqual(result.stderr, "headroom run: unexpected argument '--sed'; "
                                        "did you mean '--seed'?\n")
        self.assertEqual(result.stdout, "")

    def test_a_wrong_choice_gets_a_suggestion(self):
        self.assertIn("expected table, json, csv, markdown or none, found 'jsn'; "
                      "did you mean 'json'?", self.expect(2, "run", "x", "-o", "jsn").stderr)

    def test_missing_and_wrong_values_are_bad_usage(self):
        for arguments in (["run"], ["check"], ["completion"], ["schedule"],
                          ["run", "x", "--seed", "-1"], ["run", "x", "--seed", "abc"],
                          ["run", "x", "--threads", "0"]):
            self.assertTrue(self.expect(2, *arguments).stderr.startswith("headroom "), arguments)

    def test_options_of_a_later_version_are_refused_by_name(self):
        self.write("a.yaml", "")
        for option, value in (("--trace", "x.json"),):
            result = self.expect(2, "run", "a.yaml", option, value)
            self.assertEqual(result.stderr,
                             f"headroom: error: '{option}' is not in this version\n")
            self.assertNotIn(option, self.expect(0, "run", "--help").stdout)


if __name__ == "__main__":
    unittest.main()
