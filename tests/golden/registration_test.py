"""That the configuration fails when scenarios and their list differ."""

import os
import subprocess
import tempfile
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


class RegistrationTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        os.mkdir(os.path.join(self.folder, "seed"))
        self.plant("a.scenario.yaml")
        self.plant("seed/b.scenario.yaml")
        self.plant("seed/policy.json")

    def plant(self, name):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8"):
            pass

    def configure(self, *registered):
        with open(os.path.join(self.folder, "CMakeLists.txt"), "w", encoding="utf-8") as file:
            file.write("cmake_minimum_required(VERSION 3.25)\nproject(planted NONE)\n"
                       f'include("{ROOT}/cmake/ScenarioRegistry.cmake")\n'
                       f'headroom_require_registered("{self.folder}" {" ".join(registered)})\n')
        result = subprocess.run(["cmake", "-S", self.folder, "-B", self.folder + "/build"],
                                encoding="utf-8", check=False,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        return result.returncode, " ".join(result.stderr.split())

    def test_a_complete_list_is_well(self):
        self.assertEqual(self.configure("a", "seed/b"), (0, ""))

    def test_a_scenario_that_is_not_registered_is_named(self):
        code, message = self.configure("a")
        self.assertNotEqual(code, 0)
        self.assertIn("not registered in tests/golden/CMakeLists.txt: seed/b. Add it", message)

    def test_a_registered_scenario_that_is_gone_is_named(self):
        code, message = self.configure("a", "gone", "seed/b")
        self.assertNotEqual(code, 0)
        self.assertRegex(message, r"Registered in .*, but not in \S+: gone\. Remove it")

    def test_an_empty_folder_is_no_excuse(self):
        os.remove(os.path.join(self.folder, "a.scenario.yaml"))
        os.remove(os.path.join(self.folder, "seed/b.scenario.yaml"))
        code, message = self.configure("a", "seed/b")
        self.assertNotEqual(code, 0)
        self.assertIn(": a, seed/b. Remove it", message)


if __name__ == "__main__":
    unittest.main()
