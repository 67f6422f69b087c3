"""Everything under scenarios/ is as it says: headroom test scenarios --coverage --junit FILE
--markdown -, in the folder of the project, as continuous integration is to call it."""

import os
import re
import shutil
import sys
import unittest
import xml.etree.ElementTree

from program import ProgramTest
from schemas import problems_of_junit

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
TRACE = re.compile(r"\bfile:\s*(\.\./[^\s,}]+)")  # below scenarios/, only traces have a `file`


def needs_what_is_absent(path):
    with open(path, encoding="utf-8") as file:
        return any(not os.path.exists(os.path.join(os.path.dirname(path), trace))
                   for trace in TRACE.findall(file.read()))


class ScenariosTest(ProgramTest):
    def stage(self):
        """The folder with the scenarios: the project's, or a copy without those whose recorded
        traffic is not there."""
        absent = [os.path.join(folder, name)
                  for folder, _, names in os.walk(os.path.join(ROOT, "scenarios"))
                  for name in names
                  if name.endswith(".yaml") and needs_what_is_absent(os.path.join(folder, name))]
        if not absent:
            return ROOT
        print(f"skipped, for their recorded traffic is not there: {', '.join(absent)}",
              file=sys.stderr)
        shutil.copytree(os.path.join(ROOT, "scenarios"), os.path.join(self.folder, "scenarios"),
                        ignore=lambda folder, names: [name for name in names
                                                      if os.path.join(folder, name) in absent])
        return self.folder

    def test_everything_is_as_it_says(self):
        junit = os.path.join(self.folder, "out.xml")
        result = self.run_program("test", "scenarios", "--coverage", "--junit", junit,
                                  "--markdown", "-", cwd=self.stage())
        self.assertEqual(result.returncode, 0, f"{result.stdout}\n{result.stderr}")
        self.assertRegex(result.stdout, r"\n\d{2,} passed, 0 failed\n")
        self.assertRegex(result.stdout, r"\n\*\*Coverage\*\*: \d+ of \d+ exercised")
        self.assertEqual(problems_of_junit(junit), "")
        suites = xml.etree.ElementTree.parse(junit).getroot()
        self.assertEqual((suites.get("failures"), suites.get("errors")), ("0", "0"))


if __name__ == "__main__":
    unittest.main()
