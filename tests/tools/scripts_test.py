"""Runs run.sh and test.sh where they can install and build nothing, and reads what they say."""

import os
import subprocess
import tempfile
import unittest

from planted_tree import ROOT

FEDORA = 'NAME="Fedora Linux"\nID=fedora\nVERSION_ID=41\n'
DEBIAN = 'NAME="Debian GNU/Linux"\nID=debian\nVERSION_ID="12"\n'


class ScriptsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.bin = os.path.join(self.folder, "bin")
        os.mkdir(self.bin)
        for name in ("bash", "dirname", "basename", "cat", "grep", "tr", "head", "sed", "sort",
                     "comm", "mkdir", "tail", "env", "id"):
            for place in ("/bin", "/usr/bin"):
                if os.path.exists(os.path.join(place, name)):
                    os.symlink(os.path.join(place, name), os.path.join(self.bin, name))
                    break
        # A copy, so that the build folder of this tree stays as it is.
        os.mkdir(os.path.join(self.folder, "tools"))
        for name in ("setup.sh", "run.sh", "test.sh", "test_summary.py"):
            os.symlink(os.path.join(ROOT, "tools", name), os.path.join(self.folder, "tools", name))

    def stand_in(self, name, script):
        """A program on the only PATH."""
        path = os.path.join(self.bin, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write("#!/bin/bash\n" + script)
        os.chmod(path, 0o755)

    def call(self, script, *arguments, system=FEDORA):
        os_release = os.path.join(self.folder, "os-release")
        with open(os_release, "w", encoding="utf-8") as file:
            file.write(system)
        return subprocess.run(
            ["/bin/bash", os.path.join(self.folder, "tools", script), *arguments],
            capture_output=True, text=True, check=False, cwd=self.folder,
            env={"PATH": self.bin, "HEADROOM_OS_RELEASE": os_release})

    def test_another_system_is_told_the_packages_by_name(self):
        called = self.call("run.sh", "x.scenario.yaml")
        self.assertEqual(called.returncode, 2)
        self.assertEqual(called.stdout, "")
        self.assertIn("cmake is missing", called.stderr)
        for system, package in (("Debian, Ubuntu:", "libyaml-cpp-dev"), ("Fedora:", "spdlog-devel"),
                                ("Arch:", "nlohmann-json"), ("Homebrew:", "yaml-cpp")):
            line = [line for line in called.stderr.splitlines() if system in line]
            self.assertEqual(len(line), 1, called.stderr)
            self.assertIn(package, line[0])
        self.assertNotIn("gtest", called.stderr)

    def test_tests_and_clang_need_more_packages(self):
        plain = self.call("test.sh").stderr
        self.assertIn("libgtest-dev", plain)
        self.assertNotIn("libclang-rt", plain)
        for arguments in (["--clang"], ["--preset", "sanitize"], ["--preset=sanitize"]):
            called = self.call("test.sh", *arguments)
            self.assertEqual(called.returncode, 2)
            self.assertRegex(called.stderr, r"\bclang libclang-rt-\d+-dev")

    def test_a_failed_configuration_elsewhere_names_the_packages_too(self):
        for tool in ("ninja", "c++"):
            self.stand_in(tool, "exit 0\n")
        self.stand_in("cmake", "echo Could NOT find Boost >&2\nexit 1\n")
        called = self.call("run.sh", "x.scenario.yaml")
        self.assertEqual(called.returncode, 2)
        self.assertIn("Could NOT find Boost", called.stderr)
        self.assertIn("boost-devel", called.stderr)

    def test_on_debian_only_what_is_missing_is_installed_and_nothing_removed(self):
        asked = os.path.join(self.folder, "asked")
        self.stand_in("dpkg-query", 'for p in "${@:4}"; do case "$p" in cmake|libfmt-dev) ;; '
                                    '*) echo "installed $p";; esac; done\n')
        self.stand_in("apt-get", f'echo "$DEBIAN_FRONTEND $*" >>"{asked}"\n')
        self.stand_in("sudo", '"$@"\n')
        self.stand_in("cmake", "exit 1\n")
        called = self.call("run.sh", "x.scenario.yaml", system=DEBIAN)
        self.assertEqual(called.returncode, 2)
        self.assertIn("installing cmake libfmt-dev\n", called.stderr)
        with open(asked, encoding="utf-8") as file:
            update, install = file.read().splitlines()
        self.assertTrue(update.startswith("noninteractive"), update)
        self.assertTrue(update.endswith(" update"), update)
        self.assertTrue(install.endswith(
            "install -y --no-install-recommends --no-remove cmake libfmt-dev"), install)

    def test_on_debian_the_sanitizers_are_of_clang_s_version(self):
        self.stand_in("dpkg-query", "exit 1\n")
        self.stand_in("apt-cache", "echo 'Breaks: clang-3.2'; echo 'Depends: clang-19 (>= 19~)'\n")
        self.stand_in("apt-get", "exit 0\n")
        self.stand_in("sudo", '"$@"\n')
        self.stand_in("cmake", "exit 1\n")
        called = self.call("test.sh", "--preset", "sanitize", system=DEBIAN)
        self.assertRegex(called.stderr, r"installing clang .*libclang-rt-19-dev\b")

    def test_on_debian_with_everything_apt_is_not_asked(self):
        self.stand_in("dpkg-query", 'for p in "${@:4}"; do echo "installed $p"; done\n')
        self.stand_in("apt-get", "echo asked >&2\nexit 1\n")
        self.stand_in("cmake", "exit 1\n")
        called = self.call("run.sh", "x.scenario.yaml", system=DEBIAN)
        self.assertNotIn("asked", called.stderr)
        self.assertNotIn("installing", called.stderr)
        self.assertIn("configuring build/release", called.stderr)

    def debian_with_all_but_pages(self, apt):
        """Every package that the build needs is there; `apt` stands for apt-get."""
        self.asked = os.path.join(self.folder, "asked")
        self.stand_in("dpkg-query", 'for p in "${@:4}"; do echo "installed $p"; done\n')
        self.stand_in("apt-get", f'echo "$*" >>"{self.asked}"\n{apt}')
        self.stand_in("sudo", 'if [[ $1 == -n ]]; then shift; fi\n"$@"\n')
        self.stand_in("true", "exit 0\n")
        self.stand_in("cmake", "exit 1\n")

    def assert_goes_on(self, called):
        """The build was begun; that it fails here is the stand-in's doing."""
        self.assertIn("configuring build/release", called.stderr)

    def test_the_browser_is_installed_when_it_is_missing(self):
        self.debian_with_all_but_pages("exit 0\n")
        self.stand_in("node", "echo v18.14.2\n")
        called = self.call("test.sh", system=DEBIAN)
        self.assertIn("installing nodejs npm chromium for the browser tests", called.stderr)
        with open(self.asked, encoding="utf-8") as file:
            install = file.read().splitlines()[-1]
        self.assertTrue(install.endswith("--no-remove nodejs npm chromium"), install)
        self.assertNotIn("skipped", called.stderr)
        self.assert_goes_on(called)

    def test_what_works_is_not_installed_wherever_it_is_from(self):
        self.debian_with_all_but_pages("exit 0\n")
        self.stand_in("node", "echo v22.1.0\n")
        self.stand_in("npm", "exit 0\n")
        self.stand_in("google-chrome", "exit 0\n")
        called = self.call("test.sh", system=DEBIAN)
        self.assertNotIn("installing", called.stderr)
        self.assertFalse(os.path.exists(self.asked))
        self.assert_goes_on(called)

    def test_a_browser_that_cannot_be_installed_only_skips_its_tests(self):
        self.debian_with_all_but_pages("echo E: no network; exit 100\n")
        called = self.call("test.sh", system=DEBIAN)
        self.assertRegex(called.stderr, "browser tests of pages will be skipped; apt-get could not")
        self.assertIn("E: no network", called.stderr)
        self.assert_goes_on(called)

    def test_without_root_the_browser_is_only_named(self):
        self.debian_with_all_but_pages("exit 0\n")
        self.stand_in("true", "exit 1\n")
        self.stand_in("sudo", "exit 1\n")
        called = self.call("test.sh", system=DEBIAN)
        if os.geteuid() != 0:
            self.assertFalse(os.path.exists(self.asked))
            self.assertIn("apt-get install nodejs npm chromium", called.stderr)
        self.assert_goes_on(called)

    def test_elsewhere_the_browser_is_only_named(self):
        for tool in ("ninja", "c++"):
            self.stand_in(tool, "exit 0\n")
        self.stand_in("cmake", "exit 1\n")
        called = self.call("test.sh")
        self.assertIn("will be skipped: install nodejs npm chromium", called.stderr)
        self.assert_goes_on(called)

    def test_a_failed_installation_shows_apt_s_words(self):
        self.stand_in("dpkg-query", "exit 1\n")
        self.stand_in("apt-get", "echo E: no network >&2\nexit 100\n")
        self.stand_in("sudo", '"$@"\n')
        called = self.call("run.sh", "x.scenario.yaml", system=DEBIAN)
        self.assertEqual(called.returncode, 2)
        self.assertIn("E: no network", called.stderr)

    def test_the_program_gets_every_argument_and_the_caller_s_folder(self):
        program = os.path.join(self.folder, "build", "release", "bin", "headroom")
        os.makedirs(os.path.dirname(program))
        with open(os.path.join(self.folder, "build", "release", "build.ninja"), "w",
                  encoding="utf-8"):
            pass
        for tool in ("ninja", "c++"):
            self.stand_in(tool, "exit 0\n")
        self.stand_in("cmake", "echo ninja: no work to do.\n")
        with open(program, "w", encoding="utf-8") as file:
            file.write('#!/bin/bash\necho "$PWD"\nprintf "[%s]" "$@"\nexit 1\n')
        os.chmod(program, 0o755)
        called = self.call("run.sh", "a b.yaml", "-o", "json")
        folder, arguments = called.stdout.split("\n")
        self.assertEqual(folder, os.path.realpath(self.folder))
        self.assertEqual(arguments, "[run][a b.yaml][-o][json]")
        self.assertEqual(called.stderr, "")
        self.assertEqual(called.returncode, 1)

    def test_wrong_usage_ends_with_2(self):
        for arguments in (["run.sh"], ["test.sh", "--preset"], ["test.sh", "--preset", "fast"]):
            called = self.call(*arguments)
            self.assertEqual(called.returncode, 2)
            self.assertIn("usage: tools/", called.stderr)


if __name__ == "__main__":
    unittest.main()
