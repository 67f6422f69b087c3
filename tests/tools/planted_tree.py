"""Plants a small source tree in a temporary folder, for the tests of the gates."""

import os
import sys
import tempfile
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
sys.path.insert(0, os.path.join(ROOT, "tools"))


class PlantedTreeTest(unittest.TestCase):
    """A test case with a folder of its own; `check` is the gate's function of a root."""

    check = None

    def setUp(self):
        self.start_over()

    def start_over(self):
        """An empty folder instead of what was planted so far."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name

    def plant(self, path, text):
        whole = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "w", encoding="utf-8") as file:
            file.write(text)

    def reports(self):
        return type(self).check(self.root)

    def assert_clean(self):
        self.assertEqual(self.reports(), [])

    def assert_one_report(self, place, *parts):
        """Exactly one report, at `place` ("path:line"), that holds every part and names a fix."""
        reports = self.reports()
        self.assertEqual(len(reports), 1, reports)
        self.assertTrue(reports[0].startswith(place + ": "), reports[0])
        for part in (*parts, "; fix: "):
            self.assertIn(part, reports[0])
