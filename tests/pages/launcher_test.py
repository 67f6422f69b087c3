"""Runs pages_test.py where something is missing or npm fails: what it skips, and what not."""

import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
NODE = 'if [ "$1" = --version ]; then echo v18.20.0; else echo "ran $*"; exit 3; fi\n'
CHROMIUM = "echo Chromium 120\n"


class LauncherTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.bin = os.path.join(self.folder, "bin")
        os.mkdir(self.bin)
        self.stand_in("node", NODE)
        self.stand_in("npm", "exit 0\n")
        self.chromium = self.stand_in("browser", CHROMIUM)

    def stand_in(self, name, script):
        path = os.path.join(self.bin, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\n" + script)
        os.chmod(path, 0o755)
        return path

    def call(self):
        return subprocess.run(
            [sys.executable, os.path.join(HERE, "pages_test.py"), "headroom", self.out],
            capture_output=True, text=True, check=False,
            env={"PATH": self.bin, "CHROMIUM": self.chromium})

    @property
    def out(self):
        return os.path.join(self.folder, "out")

    def assert_skipped(self, reason):
        called = self.call()
        self.assertEqual(called.returncode, 77, called.stdout + called.stderr)
        self.assertEqual(called.stdout, f"skipped: {reason}\n")

    def test_with_everything_at_hand_the_status_is_that_of_the_tests(self):
        called = self.call()
        self.assertEqual(called.returncode, 3, called.stderr)
        self.assertIn("main.mjs", called.stdout)

    def test_without_a_program_it_is_skipped_with_the_reason(self):
        os.remove(os.path.join(self.bin, "npm"))
        self.assert_skipped("npm is not installed")
        os.remove(os.path.join(self.bin, "node"))
        self.assert_skipped("Node.js is not installed")

    def test_an_old_node_is_none(self):
        path = self.stand_in("node", "echo v18.14.9\n")
        self.assert_skipped(f"Node.js must be 18.15 or newer, {path} says v18.14.9")

    @unittest.skipIf(os.path.exists("/usr/bin/chromium"), "Chromium is on this machine")
    def test_a_chromium_that_does_not_work_is_none(self):
        self.chromium = ""
        self.stand_in("chromium", "echo install it >&2; exit 1\n")
        self.assert_skipped("Chromium is not installed")

    def test_an_unreachable_registry_skips(self):
        self.stand_in("npm", "echo npm error code ENOTFOUND >&2; exit 1\n")
        self.assert_skipped("npm's registry is out of reach: ENOTFOUND")

    def test_a_lock_that_does_not_fit_fails(self):
        for code in ("EUSAGE", "EINTEGRITY"):
            self.stand_in("npm", f"echo npm error code {code}; exit 1\n")
            called = self.call()
            self.assertEqual(called.returncode, 1)
            self.assertIn(code, called.stdout)

    def test_modules_are_fetched_once_and_anew_after_a_failure(self):
        asked = os.path.join(self.folder, "asked")
        self.stand_in("npm", f'echo "$1" >>"{asked}"; exit 1\n')
        self.call()
        self.stand_in("npm", f'echo "$1" >>"{asked}"\n')
        for _ in range(3):
            self.assertEqual(self.call().returncode, 3)
        with open(asked, encoding="utf-8") as file:
            self.assertEqual(file.read(), "ci\nci\n")
        self.assertNotIn("node_modules", os.listdir(HERE))


if __name__ == "__main__":
    unittest.main()
