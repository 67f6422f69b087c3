#!/usr/bin/env python3
"""Compares what the program says of scenarios with what was approved.

Usage: golden_test.py [--program PROGRAM] [--update] SCENARIO...

SCENARIO is a name below scenarios/, such as seed/aggressive, or `all`. The table is approved as
a whole, approved/NAME.txt; JSON and CSV by their SHA-256 in approved/signatures.txt. --update
approves what the program says now; read the difference before you commit it.
Ends with status 77 when a scenario was skipped: its trace is absent.
"""

import argparse
import csv
import difflib
import json
import os
import re
import shutil
import sys
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
sys.path.insert(0, os.path.join(ROOT, "tools"))
import signature  # noqa: E402  after the path to it

APPROVED = os.path.dirname(signature.APPROVED)
TRACE = re.compile(r"\bfile:\s*(\.\./[^\s,}]+)")  # below scenarios/, only traces have a `file`
SKIPPED = 77


def traces_of(root, name):
    """The files of traces that the scenario reads, whether they are there or not."""
    path = os.path.join(root, signature.scenario_file(name))
    with open(path, encoding="utf-8") as file:
        return [os.path.normpath(os.path.join(os.path.dirname(path), trace))
                for trace in TRACE.findall(file.read())]


def stage(name, folder):
    """The root to run in: the repository, or where HEADROOM_SHARED is set a copy of the scenarios
    beside which `shared` is what it says."""
    shared = os.environ.get("HEADROOM_SHARED")
    if not shared or not traces_of(ROOT, name):
        return ROOT
    root = os.path.join(folder, "clone")
    shutil.copytree(os.path.join(ROOT, "scenarios"), os.path.join(root, "scenarios"),
                    dirs_exist_ok=True)
    if not os.path.lexists(os.path.join(folder, "shared")):
        os.symlink(os.path.abspath(shared), os.path.join(folder, "shared"))
    return root


def table_file(name):
    return os.path.join(APPROVED, name + ".txt")


def approved_table(name):
    if not os.path.exists(table_file(name)):
        return ""
    with open(table_file(name), encoding="utf-8", newline="") as file:
        return file.read()


def requests_of(trace):
    """The sum of the file's column of counts, or the number of its rows when it has none."""
    with open(trace, encoding="utf-8", newline="") as file:
        return sum(int(row.get("count", 1)) for row in csv.DictReader(file))


# Lessons whose objective no policy meets: that it is not met is what they teach.


def broken_laws(name, result, traces):
    """What is true of every run, so that no approved file can make a habit of the opposite."""
    summary, minutes = result["summary"], result["timeseries"]
    requests, errors, cost = summary["requests"], summary["errors"], summary["cost"]
    has_warm_up = result["scenario"]["warm_up_s"] > 0
    causes = ("timed_out", "rejected", "interrupted", "no_capacity", "model_error")
    laws = {
        "failed is the sum of its causes":
            requests["failed"] == sum(errors[cause] for cause in causes),
        # After a warm-up, what arrived before it may end within.
        "no request ends twice":
            has_warm_up or requests["total"] >= requests["succeeded"] + requests["failed"],
        "the minutes' invocations are the requests":
            has_warm_up or requests["total"] == sum(minutes["invocations"]),
        "the requests are those of the traces":
            not traces or requests["total"] == sum(requests_of(trace) for trace in traces),
        "the capacity is within its bounds":
            all(low <= desired <= high for low, desired, high in
                zip(minutes["min_capacity"], minutes["desired"], minutes["max_capacity"])),
        "the cost is the sum of its parts":
            cost is None or abs(cost["total"] - cost["busy"] - cost["idle"] - cost["starting"])
            < 1e-4 * cost["total"],
        "the expectations are met, or not met as marked":
            all(each["passed"] for each in result["expectations"]),
    }
    return [law for law, holds in laws.items() if not holds]


def compare(name, table, lines):
    """What differs from the approved, in lines to print."""
    found = list(difflib.unified_diff(
        approved_table(name).splitlines(), table.splitlines(),
        os.path.relpath(table_file(name), ROOT), "headroom run -o table", lineterm=""))
    approved = signature.approved_lines()
    for line in lines:
        if line not in approved:
            form = line.split()[1]
            found.append(f"the {form.upper()} has another SHA-256 than the approved one; to see "
                         f"the difference, compare with the program of the commit before:")
            found.append(f"  headroom run {signature.scenario_file(name)} -o {form}")
    return found


def approve(name, table, lines):
    os.makedirs(os.path.dirname(table_file(name)), exist_ok=True)
    with open(table_file(name), "w", encoding="utf-8", newline="") as file:
        file.write(table)
    names = signature.names_of(ROOT)
    kept = [line for line in signature.approved_lines()
            if line.split()[0] != name and line.split()[0] in names]
    with open(signature.APPROVED, "w", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in sorted(kept + lines)))


def test(name, options, folder):
    """0 when all is as approved, 1 when not, SKIPPED."""
    root = stage(name, folder)
    traces = traces_of(root, name)
    absent = [trace for trace in traces if not os.path.exists(trace)]
    if absent:
        print(f"skipped: there is no {absent[0]}")
        return SKIPPED
    table = signature.output_of(options.program, root, name, "table").decode()
    outputs = {form: signature.output_of(options.program, root, name, form)
               for form in ("csv", "json")}
    lines = [signature.line_of(name, form, output) for form, output in outputs.items()]
    broken = broken_laws(name, json.loads(outputs["json"]), traces)
    for law in broken:
        print(f"{name}: it does not hold that {law}")
    if options.update and not broken:
        approve(name, table, lines)
    differences = compare(name, table, lines)
    for line in differences:
        print(line)
    if not broken and not differences:
        print(f"{name}: as approved")
        return 0
    print(f"{name}: not as approved; if that is meant: tests/golden/golden_test.py --update {name}")
    return 1


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=signature.PROGRAM)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("names", nargs="+", metavar="SCENARIO")
    options = parser.parse_args()
    names = signature.names_of(ROOT)
    unknown = set(options.names) - {*names, "all"}
    if unknown:
        parser.error(f"no scenario is called {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        codes = [test(name, options, folder)
                 for name in (names if "all" in options.names else options.names)]
    return 1 if 1 in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main())
