"""Runs the real program in a folder of its own, for the tests of the command line.

The path of the program is the first argument of each test file.
"""

import os
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "headroom"

# Two minutes, nothing scales, all is well.
SMALL = """version: 1
name: small
run: {duration: 2m, seed: 7}
traffic: {t: {rate: 50/s}}
endpoint: {instance_type: ml.c5.large, latency: {exponential: 10ms}}
"""
MET = SMALL + "expect: [errors.rate == 0%]\n"
FAILED = SMALL + "expect: [latency.p50 < 1us]\n"
BROKEN = SMALL + "trafic: {}\n"
# Long enough for more than one buffer of output and for an interruption to find it at work.
LONG = SMALL.replace("2m", "31d").replace("50/s", "40/s")

# Neither the tester's taste in colours nor a terminal may show.
CLEAN = {key: value for key, value in os.environ.items()
         if key not in ("NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM")}


class ProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)
        return name

    def read(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8") as file:
            return file.read()

    def run_program(self, *arguments, environment=None, **options):
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("cwd", self.folder)
        return subprocess.run([PROGRAM, *arguments], stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, encoding="utf-8", timeout=300,
                              env={**CLEAN, **(environment or {})}, check=False, **options)

    def expect(self, code, *arguments, **options):
        """Runs, and complains with all that was said when the exit code is another one."""
        result = self.run_program(*arguments, **options)
        self.assertEqual(result.returncode, code,
                         f"{arguments}\n{result.stdout}\n{result.stderr}")
        return result
