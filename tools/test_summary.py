#!/usr/bin/env python3
"""Turns ctest's JUnit file into the output of what failed, what was skipped, and a closing line.

Usage: test_summary.py RESULTS.xml. Ends with status 1 when a test failed or none ran.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree

# Scripts print it on a line of its own.
PRINTED_REASON = re.compile(r"(?m)^skipped: (.+)$")
# GoogleTest prints the place, "Skipped" and the reason given to GTEST_SKIP().
GTEST_SKIP_REASON = re.compile(r": Skipped\n(.*?)\n\s*\n?\[  SKIPPED \]", re.DOTALL)


def verdict(case):
    """'passed', 'failed' or 'skipped'.

    ctest calls "notrun" both what was skipped on purpose and what could not start, such as a test
    whose program is not there; only the message tells them apart. What is in doubt has failed.
    """
    status = case.get("status")
    if status == "run":
        return "passed"
    skipped = case.find("skipped")
    message = skipped.get("message", "") if skipped is not None else ""
    if status == "disabled" or (status == "notrun" and message.startswith("SKIP_")):
        return "skipped"
    return "failed"


def reason_for_skip(case):
    output = case.findtext("system-out") or ""
    found = GTEST_SKIP_REASON.search(output) or PRINTED_REASON.search(output)
    if found and found.group(1).strip():
        return " ".join(found.group(1).split())
    return "disabled" if case.get("status") == "disabled" else "no reason given"


def reason_for_failure(case):
    for kind in ("failure", "skipped"):
        found = case.find(kind)
        if found is not None and found.get("message"):
            return found.get("message")
    return "failed"


def summarize(cases, out):
    """Writes the summary and returns the exit status."""
    by_verdict = {"passed": [], "failed": [], "skipped": []}
    for case in cases:
        by_verdict[verdict(case)].append(case)
    for case in by_verdict["failed"]:
        print(f"=== FAILED {case.get('name')}: {reason_for_failure(case)}", file=out)
        print((case.findtext("system-out") or "(no output)").rstrip(), file=out)
    for case in by_verdict["skipped"]:
        print(f"skipped {case.get('name')}: {reason_for_skip(case)}", file=out)
    passed, failed, skipped = (len(by_verdict[key]) for key in ("passed", "failed", "skipped"))
    closing = f"{passed} passed, {failed} failed"
    print(closing + (f", {skipped} skipped" if skipped else ""), file=out)
    return 0 if passed and not failed else 1


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        cases = list(ElementTree.parse(arguments[0]).getroot().iter("testcase"))
    except (OSError, ElementTree.ParseError) as error:
        print(f"no test results could be read: {error}", file=sys.stderr)
        cases = []
    return summarize(cases, sys.stdout)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
