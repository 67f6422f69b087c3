"""Every command keeps the promises of all: exit codes, what goes where, and no half-written file.

The table COMMANDS is the specification; a command of the program's help without a row fails.
"""

import json
import os
import re
import signal
import subprocess
import time
import unittest
from dataclasses import dataclass

from program import CLEAN, PROGRAM, ProgramTest

SHOP = """version: 1
name: shop
run: {duration: 30m, seed: 5}
traffic: {t: {phases: [{rate: 4/s, duration: 10m}, {rate: 15/s, duration: 20m}]}}
endpoint:
  name: shop
  instance_type: ml.c5.large
  workers: 1
  latency: {exponential: 100ms}
  startup: {exact: 1m}
scaling:
  ScalableTargets: [{MinCapacity: 1, MaxCapacity: 4}]
  ScalingPolicies:
    - PolicyName: tracking
      PolicyType: TargetTrackingScaling
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 300
        PredefinedMetricSpecification:
          PredefinedMetricType: SageMakerVariantInvocationsPerInstance
expect: [errors.rate < 50%]
"""
IMPOSSIBLE = SHOP.replace("errors.rate < 50%", "latency.p50 < 1us")
CALM = SHOP.replace("rate: 15/s", "rate: 4/s")
# A month of many requests: no machine is through with them before the signal.
LONG = (SHOP.replace("30m", "31d").replace("duration: 20m", "duration: 44630m")
        .replace("rate: 15/s", "rate: 30/s"))
MEASURED = """invocations_per_minute,mean_latency_ms
4000,10
8000,10
10452,12.22
11535,15.81
"""
FILES = {"shop.yaml": SHOP, "calm.yaml": CALM, "impossible.yaml": IMPOSSIBLE, "long.yaml": LONG,
         "measured.csv": MEASURED}


@dataclass
class Command:
    """What to write after the name of the program; {} stands for the file that is read."""
    well: str               # exit 0
    failing: str = ""       # exit 1
    misused: str = ""       # exit 2, beside the unknown option that all refuse
    reads: str = ""         # exit 2 for every unreadable file
    writes: str = ""        # options that name files, added to `well`
    long: str = ""          # takes longer than anybody waits
    json: bool = True       # -o json is JSON
    silent: bool = False    # has no result on stdout
    told_on_stdout: bool = False  # faults of the file are the result
    reports_faults: bool = False  # and they are in the files that it writes


COMMANDS = {
    "run": Command(
        well="run shop.yaml", failing="run impossible.yaml", misused="run", reads="run {}",
        writes="--out new --html new.html",
        long="run long.yaml --runs 50 --out old --html new.html --threads 2"),
    "test": Command(
        well="test shop.yaml", failing="test impossible.yaml", misused="test --run x",
        reads="test {}", writes="--junit new.xml --markdown new.md --html new.html",
        reports_faults=True,
        long="test long.yaml --junit old.xml --markdown new.md --html new.html"),
    "compare": Command(
        well="compare shop.yaml --set endpoint.startup.exact=2m --runs 2",
        failing="compare shop.yaml --set endpoint.latency.exponential=150ms --runs 3 --exit-code",
        misused="compare",
        reads="compare shop.yaml {}",
        writes="--html new.html",
        long="compare long.yaml --set endpoint.startup.exact=2m --html new.html"),
    "sweep": Command(
        well="sweep shop.yaml -p endpoint.startup.exact=1m,2m", misused="sweep shop.yaml",
        reads="sweep {} -p endpoint.startup.exact=1m,2m",
        writes="--results new.jsonl --html new.html",
        long="sweep long.yaml -p endpoint.startup.exact=1m,2m,3m --html new.html"),
    "explain": Command(
        well="explain shop.yaml --at 15m", misused="explain shop.yaml", reads="explain {} --at 1m",
        long="explain long.yaml --at 30d"),
    "check": Command(
        well="check shop.yaml", misused="check", reads="check {}", told_on_stdout=True),
    "benchmark": Command(
        well="benchmark shop.yaml --max-users 2", misused="benchmark", reads="benchmark {}",
        long="benchmark shop.yaml --step-duration 24h --flat-invocations continue"),
    "plan": Command(
        well="plan calm.yaml",
        failing="plan impossible.yaml", misused="plan",
        reads="plan {}", writes="--out new --html new.html",
        long="plan long.yaml --out old --html new.html"),
    "tune": Command(
        well="tune shop.yaml --over target --budget 10 --runs 3",
        failing="tune impossible.yaml --over target --budget 10 --runs 3", misused="tune",
        reads="tune {}", writes="--out new --html new.html",
        long="tune long.yaml --out old --html new.html"),
    "fit": Command(well="fit measured.csv", misused="fit", reads="fit {}"),
    "alarm": Command(well="alarm --points 0X -n 2", misused="alarm"),
    "schedule": Command(well="schedule rate(5\u00a0hours)", misused="schedule"),
    "init": Command(well="init fresh --force", misused="init a/b/c/../*", json=False, silent=True),
    "schema": Command(well="schema", misused="schema nonsense"),
    "prices": Command(well="prices", misused="prices --region"),
    "completion": Command(well="completion bash", misused="completion", json=False),
}

UNREADABLE = {"missing.yaml": None, "folder.yaml": "folder", "empty.yaml": b"",
              "binary.yaml": bytes(range(256)) * 8, "broken.yaml": b"version: 1\nname: [oops\n"}


def words(line):
    """The arguments of a line of the table; a no-break space stays one in its argument."""
    return [word.replace("\u00a0", " ") for word in line.split(" ") if word]


def rows(field):
    """The commands of which the table tells this."""
    return [(name, row) for name, row in COMMANDS.items() if getattr(row, field)]


class EveryCommandTest(ProgramTest):
    def setUp(self):
        super().setUp()
        for name, text in FILES.items():
            self.write(name, text)

    def contents(self):
        """Every path below the folder, with its bytes."""
        found = {}
        for folder, folders, files in os.walk(self.folder):
            for name in folders:
                found[os.path.relpath(os.path.join(folder, name), self.folder)] = None
            for name in files:
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, self.folder)] = file.read()
        return found

    def make_unreadable(self):
        for name, content in UNREADABLE.items():
            path = os.path.join(self.folder, name)
            if content == "folder":
                os.mkdir(path)
            elif content is not None:
                with open(path, "wb") as file:
                    file.write(content)

    def test_the_table_names_every_command(self):
        listed = self.expect(0, "--help").stdout.split("Commands:\n")[1].split("\n\n")[0]
        self.assertEqual(set(re.findall(r"(?m)^  (\w+) ", listed)), set(COMMANDS))

    def test_success_is_0_with_the_result_on_stdout_and_quiet_when_asked(self):
        for name, command in rows("well"):
            with self.subTest(name):
                result = self.expect(0, *words(command.well), "-q")
                self.assertEqual(result.stderr, "")
                self.assertEqual(result.stdout == "", command.silent)
                self.assertNotIn("\x1b", result.stdout)

    def test_talk_never_changes_a_byte_of_the_result(self):
        for name, command in rows("well"):
            with self.subTest(name):
                quiet = self.expect(0, *words(command.well), "-q").stdout
                self.assertEqual(self.expect(0, *words(command.well), "-v").stdout, quiet)

    def test_no_colour_where_none_is_wanted(self):
        for name, command in rows("well"):
            with self.subTest(name):
                for arguments, environment in ((["--color", "never"], {"FORCE_COLOR": "1"}),
                                               ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"})):
                    result = self.expect(0, *words(command.well), *arguments,
                                         environment=environment)
                    self.assertNotIn("\x1b", result.stdout + result.stderr)

    def test_output_none_prints_nothing(self):
        for name, command in rows("well"):
            with self.subTest(name):
                self.assertEqual(self.expect(0, *words(command.well), "-o", "none").stdout, "")

    def test_output_json_is_json(self):
        for name, command in rows("json"):
            with self.subTest(name):
                json.loads(self.expect(0, *words(command.well), "-o", "json").stdout)

    def test_a_failed_expectation_is_1_and_still_a_result(self):
        for name, command in rows("failing"):
            with self.subTest(name):
                result = self.expect(1, *words(command.failing), "-q")
                self.assertEqual(result.stderr, "")
                self.assertNotEqual(result.stdout, "")

    def test_bad_usage_is_2_with_a_message_and_nothing_else(self):
        before = self.contents()
        for name, command in rows("misused"):
            with self.subTest(name):
                for arguments in (words(command.misused),
                                  words(f"{command.well} {command.writes} --no-such-option")):
                    result = self.expect(2, *arguments, "-q")
                    self.assertEqual(result.stdout, "")
                    self.assertNotEqual(result.stderr, "")
                    self.assertEqual(self.contents(), before)

    def test_a_file_that_cannot_be_read_is_2_with_a_message_and_nothing_else(self):
        self.make_unreadable()
        before = self.contents()
        for name, command in rows("reads"):
            with self.subTest(name):
                for unreadable in UNREADABLE:
                    with self.subTest(file=unreadable):
                        line = f"{command.reads.format(unreadable)} {command.writes} -q"
                        result = self.run_raw(words(line))
                        self.assertEqual(result.returncode, 2, result)
                        told, other = result.stderr, result.stdout
                        if command.told_on_stdout:
                            told, other = other, told
                        self.assertEqual(other, b"")
                        self.assertNotEqual(told, b"")
                        after = self.contents()
                        if command.reports_faults and "new.xml" in after:
                            self.assertIn(b'errors="1"', after.pop("new.xml"))
                            self.assertIn(unreadable.encode(), after.pop("new.md"))
                            self.assertIn(unreadable.encode(), after.pop("new.html"))
                            for written in ("new.xml", "new.md", "new.html"):
                                os.remove(os.path.join(self.folder, written))
                        self.assertEqual(after, before)

    def run_raw(self, arguments):
        """As bytes, for what is told of a binary file need not be text."""
        return subprocess.run([PROGRAM, *arguments], cwd=self.folder, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=300, env=CLEAN, check=False)

    def shell(self, line, redirections):
        script = f'"$0" "$@" {redirections}; echo "${{PIPESTATUS[0]}}" >&3'
        with open(os.path.join(self.folder, "code"), "w+", encoding="utf-8") as code:
            result = subprocess.run(["bash", "-c", f"exec 3>&{code.fileno()}; {script}", PROGRAM,
                                     *words(line)], cwd=self.folder, env=CLEAN, timeout=300,
                                    capture_output=True, pass_fds=[code.fileno()], check=False)
            code.seek(0)
            return int(code.read()), result

    def test_a_reader_that_went_away_is_no_failure(self):
        for name, command in rows("well"):
            with self.subTest(name):
                code, result = self.shell(command.well + " -q", "| true")
                self.assertEqual((code, result.stderr), (0, b""))

    def test_closed_stdin_and_stderr_change_nothing(self):
        for name, command in rows("well"):
            with self.subTest(name):
                expected = self.expect(0, *words(command.well)).stdout.encode()
                for redirections in ("<&-", "2>&-", "<&- 2>&-", "2>/dev/full"):
                    code, result = self.shell(command.well, redirections)
                    self.assertEqual((code, result.stdout), (0, expected), redirections)

    def test_a_full_disk_is_3_and_told(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full on this system")
        for name, command in rows("well"):
            with self.subTest(name):
                code, result = self.shell(command.well + " -q", ">/dev/full")
                if command.silent:
                    self.assertEqual((code, result.stderr), (0, b""))
                    continue
                self.assertEqual(code, 3)
                self.assertIn(b"cannot write to standard output: No space left", result.stderr)

    def test_files_are_written_whole_with_nothing_beside_them(self):
        for name, command in rows("writes"):
            with self.subTest(name):
                before = self.contents()
                self.expect(0, *words(f"{command.well} {command.writes} -q"))
                new = set(self.contents()) - set(before)
                self.assertTrue(new)
                for path in new:
                    self.assertRegex(path, r"^new(\.\w+$|$|/[\w.-]+\.(json|csv|yaml|sh)$)")
                    if os.path.isfile(os.path.join(self.folder, path)):
                        os.remove(os.path.join(self.folder, path))

    def interrupted(self, line, number):
        """The exit code, and whether anything was printed; fails when it takes its time."""
        with subprocess.Popen([PROGRAM, *words(line)], cwd=self.folder, env=CLEAN,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            time.sleep(0.5)
            self.assertIsNone(process.poll(), "was through before the signal")
            began = time.monotonic()
            process.send_signal(number)
            stdout, _ = process.communicate(timeout=60)
            self.assertLess(time.monotonic() - began, 2)
            self.assertEqual(stdout, b"")
            return process.returncode

    def test_an_interruption_ends_it_promptly_and_leaves_the_folder_alone(self):
        os.mkdir(os.path.join(self.folder, "old"))
        for name in ("old.xml", "old/summary.json", "old/scaling.json"):
            self.write(name, "as it was\n")
        before = self.contents()
        for name, command in rows("long"):
            with self.subTest(name):
                for number in (signal.SIGINT, signal.SIGTERM):
                    self.assertEqual(self.interrupted(command.long, number), 128 + number)
                    self.assertEqual(self.contents(), before)

    def test_whenever_it_comes_every_file_is_whole_or_not_there(self):
        line = words("run shop.yaml --out new -o none")
        began = time.monotonic()
        self.expect(0, *line)
        whole, lasts = self.contents(), time.monotonic() - began
        for step in range(25):
            for path in [path for path in self.contents() if path.startswith("new/")]:
                os.remove(os.path.join(self.folder, path))
            with subprocess.Popen([PROGRAM, *line], cwd=self.folder, env=CLEAN,
                                  stderr=subprocess.DEVNULL) as process:
                time.sleep(lasts * (step + 1) / 25)
                process.send_signal(signal.SIGINT)
                # Before the program has its handler the system ends it.
                self.assertIn(process.wait(timeout=60), (0, 130, -signal.SIGINT))
            for path, content in self.contents().items():
                self.assertEqual(content, whole[path], path)


if __name__ == "__main__":
    unittest.main()
