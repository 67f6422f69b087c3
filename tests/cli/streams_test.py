"""What happens when the outer world does not play along: pipes, disks, signals, terminals."""

import json
import os
import pty
import signal
import subprocess
import time
import unittest

from program import CLEAN, LONG, PROGRAM, SMALL, ProgramTest


class StreamsTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("a.yaml", SMALL)

    def shell(self, command):
        return subprocess.run(["bash", "-c", command, PROGRAM], cwd=self.folder, encoding="utf-8",
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=CLEAN,
                              timeout=300, check=False)

    def test_a_reader_that_has_seen_enough_is_no_failure(self):
        self.write("long.yaml", SMALL.replace("2m", "2d").replace("50/s", "1/s"))
        result = self.shell('"$0" run long.yaml -o json -q | head -n 1; echo "${PIPESTATUS[0]}"')
        self.assertEqual((result.stdout, result.stderr), ("{\n0\n", ""))

    def test_a_full_disk_is_told(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full on this system")
        for arguments in (["run", "a.yaml", "-q"], ["--help"], ["prices"]):
            with open("/dev/full", "w", encoding="utf-8") as full:
                result = self.expect(3, *arguments, stdout=full)
            self.assertEqual(result.stderr, "headroom: error: cannot write to standard output: "
                                            "No space left on device\n")

    def test_a_closed_stdout_is_told_and_no_file_takes_its_place(self):
        result = self.shell('"$0" run a.yaml -q --out x >&-')
        self.assertEqual(result.returncode, 3)
        self.assertIn("cannot write to standard output: Bad file descriptor", result.stderr)
        json.loads(self.read("x/summary.json"))

    def test_a_folder_that_cannot_be_written_is_told(self):
        self.write("file", "")
        result = self.expect(3, "run", "a.yaml", "-o", "json", "-q", "--out", "file/x")
        self.assertEqual(result.stderr,
                         "headroom: error: cannot make folder file/x: Not a directory\n")
        json.loads(result.stdout)

    def interrupt(self, number):
        self.write("long.yaml", LONG)
        with subprocess.Popen([PROGRAM, "run", "long.yaml", "--out", "x"], cwd=self.folder,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=CLEAN,
                              encoding="utf-8") as process:
            time.sleep(0.5)
            process.send_signal(number)
            stdout, _ = process.communicate(timeout=60)
            self.assertEqual(stdout, "")
            return process.returncode

    def test_an_interruption_ends_it_at_once_with_nothing_half_written(self):
        self.assertEqual(self.interrupt(signal.SIGINT), 130)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "x")))

    def test_a_termination_as_well(self):
        self.assertEqual(self.interrupt(signal.SIGTERM), 143)

    def coloured(self, *arguments, environment=None):
        return "\x1b[" in self.expect(0, "run", "a.yaml", *arguments,
                                      environment=environment).stdout

    def test_colour_into_a_pipe_only_when_asked_for(self):
        self.assertFalse(self.coloured())
        self.assertTrue(self.coloured("--color", "always"))
        self.assertTrue(self.coloured(environment={"CLICOLOR_FORCE": "1"}))
        self.assertTrue(self.coloured(environment={"FORCE_COLOR": "1"}))
        self.assertFalse(self.coloured(environment={"CLICOLOR_FORCE": "0"}))
        self.assertFalse(self.coloured(environment={"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}))
        self.assertTrue(self.coloured(environment={"CLICOLOR_FORCE": "1", "NO_COLOR": ""}))
        self.assertTrue(self.coloured("--color", "always", environment={"NO_COLOR": "1"}))
        self.assertFalse(self.coloured("--color", "never", environment={"FORCE_COLOR": "1"}))

    def on_terminal(self, **environment):
        master, slave = pty.openpty()
        try:
            process = subprocess.run([PROGRAM, "run", "a.yaml", "-q"], cwd=self.folder,
                                     stdout=slave, env={**CLEAN, **environment}, timeout=300,
                                     check=False)
            os.close(slave)
            self.assertEqual(process.returncode, 0)
            return b"\x1b[" in os.read(master, 65536)
        finally:
            os.close(master)

    def test_colour_on_a_terminal_that_can(self):
        self.assertTrue(self.on_terminal(TERM="xterm"))
        self.assertFalse(self.on_terminal(TERM="dumb"))
        self.assertFalse(self.on_terminal())
        self.assertFalse(self.on_terminal(TERM="xterm", NO_COLOR="1"))


if __name__ == "__main__":
    unittest.main()
