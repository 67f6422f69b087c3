"""What others wrote and this repository holds is as its SHA256SUMS say; nothing else is there."""

import hashlib
import os
import unittest

from planted_tree import ROOT

FOLDER = os.path.join(ROOT, "third_party")


def sums_of(folder):
    """By name: the hexadecimal digits that SHA256SUMS gives."""
    with open(os.path.join(folder, "SHA256SUMS"), encoding="utf-8") as file:
        lines = [line.split(maxsplit=1) for line in file.read().splitlines()]
    return {name.lstrip("*"): digits for digits, name in lines}


def digits_of(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


class ThirdPartyTest(unittest.TestCase):
    def test_every_file_is_as_its_sum_says(self):
        for name in sorted(os.listdir(FOLDER)):
            folder = os.path.join(FOLDER, name)
            sums = sums_of(folder)
            with self.subTest(folder=name):
                # What this repository itself says of it has no sum.
                self.assertEqual(sorted(os.listdir(folder)),
                                 sorted([*sums, "README.md", "SHA256SUMS"]))
                self.assertIn("LICENSE", sums)
                for file, digits in sums.items():
                    self.assertEqual(digits_of(os.path.join(folder, file)), digits,
                                     f"{file} is not what SHA256SUMS says: fetch it anew")

    def test_the_chart_library_is_of_the_version_that_its_readme_names(self):
        folder = os.path.join(FOLDER, "uplot")
        with open(os.path.join(folder, "uPlot.iife.min.js"), encoding="utf-8") as file:
            banner = file.readline()
        with open(os.path.join(folder, "README.md"), encoding="utf-8") as file:
            readme = file.read()
        version = banner.split("(v")[1].split(")")[0]
        self.assertIn(f"Version {version},", readme)

    def test_the_notice_names_it(self):
        with open(os.path.join(ROOT, "NOTICE"), encoding="utf-8") as file:
            notice = file.read()
        for name in os.listdir(FOLDER):
            self.assertIn(f"third_party/{name}/LICENSE", notice)


if __name__ == "__main__":
    unittest.main()
