"""Runs refresh_uplot.sh on a copy of third_party with a stand-in for npm; reads what is left."""

import base64
import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
import unittest

from planted_tree import ROOT

FILES = {"LICENSE": "MIT\n", "dist/uPlot.iife.min.js": "var uPlot;\n",
         "dist/uPlot.min.css": ".uplot {}\n"}
# Answers `npm view ... dist.integrity` and `npm pack --silent --pack-destination FOLDER ...`.
NPM = """#!/bin/bash
case "$1" in
  view) echo "{integrity}" ;;
  pack) cp "{package}" "$4/uplot-2.0.1.tgz" && echo uplot-2.0.1.tgz ;;
esac
exit {status}
"""


@unittest.skipUnless(shutil.which("openssl"), "no openssl on this machine")
class RefreshUplotTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name
        self.uplot = os.path.join(self.root, "third_party", "uplot")
        shutil.copytree(os.path.join(ROOT, "third_party"), os.path.dirname(self.uplot))
        os.mkdir(os.path.join(self.root, "tools"))
        shutil.copy(os.path.join(ROOT, "tools", "refresh_uplot.sh"),
                    os.path.join(self.root, "tools"))
        os.mkdir(os.path.join(self.root, "bin"))

    def npm_has(self, files, integrity=None, status=0):
        """Puts a stand-in on the PATH whose registry holds a package of `files`."""
        package = os.path.join(self.root, "package.tgz")
        with tarfile.open(package, "w:gz") as archive:
            for name, text in files.items():
                entry = tarfile.TarInfo(f"package/{name}")
                entry.size = len(text)
                archive.addfile(entry, io.BytesIO(text.encode()))
        if integrity is None:
            with open(package, "rb") as file:
                digest = hashlib.sha512(file.read()).digest()
            integrity = "sha512-" + base64.b64encode(digest).decode()
        npm = os.path.join(self.root, "bin", "npm")
        with open(npm, "w", encoding="utf-8") as file:
            file.write(NPM.format(integrity=integrity, package=package, status=status))
        os.chmod(npm, 0o755)

    def call(self, *arguments):
        return subprocess.run(
            [os.path.join(self.root, "tools", "refresh_uplot.sh"), *arguments],
            capture_output=True, text=True, check=False,
            env={**os.environ, "PATH": f"{self.root}/bin:{os.environ['PATH']}"})

    def texts(self):
        texts = {}
        for name in os.listdir(self.uplot):
            with open(os.path.join(self.uplot, name), encoding="utf-8") as file:
                texts[name] = file.read()
        return texts

    def assert_unchanged_and_says(self, before, called, words):
        self.assertEqual(called.returncode, 1, called.stderr)
        self.assertIn(words, called.stderr)
        self.assertIn("nothing was changed", called.stderr)
        self.assertEqual(self.texts(), before)
        self.assertEqual(os.listdir(os.path.dirname(self.uplot)), ["uplot"])

    def test_all_files_are_replaced_with_their_sums_and_the_version(self):
        before = self.texts()
        self.npm_has(FILES)
        called = self.call("2.0.1")
        self.assertEqual(called.returncode, 0, called.stderr)
        after = self.texts()
        self.assertEqual(sorted(after), sorted(before))
        self.assertEqual(after["uPlot.iife.min.js"], "var uPlot;\n")
        self.assertIn("Version 2.0.1,", after["README.md"])
        subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=self.uplot, check=True)
        self.assertIn("-> 2.0.1", called.stderr)
        self.assertEqual(os.listdir(os.path.dirname(self.uplot)), ["uplot"])
        self.assertIn("nothing differs", self.call().stderr)

    def test_another_integrity_than_the_registry_s_changes_nothing(self):
        before = self.texts()
        self.npm_has(FILES, integrity="sha512-AAAA")
        self.assert_unchanged_and_says(before, self.call("2.0.1"), "expected sha512-AAAA")
        self.npm_has(FILES, integrity="")
        self.assert_unchanged_and_says(before, self.call("2.0.1"), "no sha512")

    def test_a_package_without_a_file_changes_nothing(self):
        before = self.texts()
        self.npm_has({name: text for name, text in FILES.items() if name != "dist/uPlot.min.css"})
        self.assert_unchanged_and_says(before, self.call("2.0.1"), "no dist/uPlot.min.css")

    def test_without_the_registry_nothing_changes(self):
        before = self.texts()
        self.npm_has(FILES, status=1)
        self.assert_unchanged_and_says(before, self.call(), "could not ask the registry")

    def test_what_is_no_version_is_refused(self):
        before = self.texts()
        self.npm_has(FILES)
        self.assert_unchanged_and_says(before, self.call("latest"), '"latest" is no version')
        self.assertEqual(self.call("--help").returncode, 2)


if __name__ == "__main__":
    unittest.main()
