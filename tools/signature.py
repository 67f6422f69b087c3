#!/usr/bin/env python3
"""Prints the fingerprint of what the program computes, for the last line of a commit message.

Usage: signature.py [PROGRAM] [--check]

The fingerprint is the beginning of the SHA-256 over the signatures of every scenario, each the
SHA-256 of its JSON or CSV. Scenarios of traces are left out, so that every clone has the same.
--check compares with tests/golden/approved/signatures.txt and ends with status 1 when it differs.
"""

import argparse
import hashlib
import os
import subprocess
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), ".."))
APPROVED = os.path.join(ROOT, "tests", "golden", "approved", "signatures.txt")
PROGRAM = os.path.join(ROOT, "build", "release", "bin", "headroom")
ENDING = ".scenario.yaml"
DIGITS = 12


def scenario_file(name):
    return f"scenarios/{name}{ENDING}"


def names_of(root):
    """Every scenario of the tree, in the order of signatures.txt: seed/aggressive, smooth, ..."""
    folder = os.path.join(root, "scenarios")
    return sorted(os.path.relpath(os.path.join(below, file), folder)[:-len(ENDING)]
                  for below, _, files in os.walk(folder) for file in files
                  if file.endswith(ENDING))


def needs_trace(name):
    return name.startswith("traces/")


def output_of(program, root, name, form):
    """What the program prints, in bytes. Its path of the scenario is part of that."""
    done = subprocess.run([os.path.abspath(program), "run", scenario_file(name), "-o", form,
                           "--color", "never", "-q"],
                          cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):  # 1: an expectation is not met, which the report tells
        raise SystemExit(f"headroom run {scenario_file(name)} ended with {done.returncode}:\n"
                         + done.stderr.decode(errors="replace"))
    return done.stdout


def line_of(name, form, output):
    return f"{name} {form} {hashlib.sha256(output).hexdigest()}"


def lines_of(program, name):
    return [line_of(name, form, output_of(program, ROOT, name, form)) for form in ("csv", "json")]


def approved_lines():
    if not os.path.exists(APPROVED):
        return []
    with open(APPROVED, encoding="utf-8") as file:
        return file.read().splitlines()


def signature_of(lines):
    counted = [line for line in lines if not needs_trace(line.split()[0])]
    return hashlib.sha256("\n".join(counted).encode()).hexdigest()[:DIGITS]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", nargs="?", default=PROGRAM, metavar="PROGRAM")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if not os.path.exists(options.program):
        parser.error(f"there is no {options.program}; build it, or say where it is")
    given = [line for name in names_of(ROOT) if not needs_trace(name)
             for line in lines_of(options.program, name)]
    print(signature_of(given))
    approved = approved_lines()
    if not options.check or signature_of(approved) == signature_of(given):
        return 0
    print(f"approved is {signature_of(approved)}; these differ:")
    for line in given:
        if line not in approved:
            print("  " + " ".join(line.split()[:2]))
    print("fix: see the section Commits in CONTRIBUTING.md")
    return 1


if __name__ == "__main__":
    sys.exit(main())
