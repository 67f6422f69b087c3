"""The completion scripts are ones that the shells take, and complete what the help lists."""

import shutil
import subprocess
import unittest

from program import ProgramTest


class CompletionTest(ProgramTest):
    def complete(self, *words):
        """What bash would offer for the last of the words."""
        script = self.expect(0, "completion", "bash").stdout
        quoted = " ".join(f"'{word}'" for word in words)
        script += (f"\nCOMP_WORDS=(headroom {quoted}); COMP_CWORD={len(words)}\n"
                   '_headroom; printf "%s\\n" "${COMPREPLY[@]}"\n')
        result = subprocess.run(["bash", "-u", "-c", script], cwd=self.folder, encoding="utf-8",
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        # `complete` itself may be missing in a bash without programmable completion.
        self.assertNotIn("unbound", result.stderr)
        return result.stdout.split()

    def test_every_script_parses(self):
        for shell in ("bash", "zsh", "fish"):
            with self.subTest(shell):
                script = self.expect(0, "completion", shell).stdout
                self.assertIn("headroom", script)
                if shutil.which(shell) is None:
                    self.skipTest(f"no {shell} on this machine")
                result = subprocess.run([shell, "-n"], input=script, encoding="utf-8",
                                        capture_output=True, check=False)
                self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_commands(self):
        self.assertEqual(self.complete("comple"), ["completion"])
        self.assertEqual(self.complete("r"), ["run"])

    def test_options_of_a_command(self):
        self.assertEqual(self.complete("run", "--se"), ["--set", "--seed"][::-1])
        self.assertEqual(self.complete("check", "--ex"), ["--expand"])
        self.assertEqual(self.complete("run", "--ht"), ["--html"])
        self.assertEqual(self.complete("compare", "--pre"), ["--precision"])
        self.assertEqual(self.complete("run", "--max"), ["--max-runs"])

    def test_values_of_an_option(self):
        self.assertEqual(self.complete("run", "-o", ""),
                         ["table", "json", "csv", "markdown", "none"])
        self.assertEqual(self.complete("run", "--plane", "e"), ["events"])
        self.assertEqual(self.complete("completion", "f"), ["fish"])

    def test_files(self):
        self.write("a.scenario.yaml", "")
        self.assertEqual(self.complete("run", "a."), ["a.scenario.yaml"])

    def test_zsh_and_fish_know_every_option_of_run(self):
        help_text = self.expect(0, "run", "--help").stdout
        for option in ("seed", "set", "plane", "out", "threads", "output", "color"):
            self.assertIn("--" + option, help_text)
            self.assertIn(f"*--{option}[", self.expect(0, "completion", "zsh").stdout)
            self.assertIn(f"-l {option} ", self.expect(0, "completion", "fish").stdout)


if __name__ == "__main__":
    unittest.main()
