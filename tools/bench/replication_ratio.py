#!/usr/bin/env python3
"""Measures how well independent runs share the cores: wall time of `run --runs N --threads 1` over
that of `--threads N`, over N.

Usage: replication_ratio.py PROGRAM [THREADS [ROUNDS]]. Plays six_hours.scenario.yaml once a thread,
with THREADS threads (2) and with one, ROUNDS times in turn (9), and prints medians. The goal is 0.9
at least, on a machine that does nothing else: `steal` is the share of the time in which the runs
did not get the cores that they wanted.
"""

import os
import resource
import statistics
import subprocess
import sys
import time

SCENARIO = os.path.join(os.path.dirname(os.path.abspath(__file__)), "six_hours.scenario.yaml")


def measured(program, runs, threads):
    """Wall and CPU seconds of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.monotonic()
    result = subprocess.run([program, "run", SCENARIO, "-q", "-o", "none", "--runs", str(runs),
                             "--threads", str(threads)], stderr=subprocess.PIPE, encoding="utf-8",
                            check=False)
    wall = time.monotonic() - begin
    if result.returncode not in (0, 1):
        sys.exit(result.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(arguments):
    program = arguments[0]
    threads, rounds = (list(map(int, arguments[1:])) + [2, 9][len(arguments) - 1:])
    rows = []
    for _ in range(rounds):
        alone_wall, alone_cpu = measured(program, threads, 1)
        wall, cpu = measured(program, threads, threads)
        rows.append((alone_wall / (threads * wall), alone_wall, wall, cpu / alone_cpu,
                     1 - cpu / (threads * wall)))
    efficiency, alone_wall, wall, more_cpu, steal = (
        statistics.median(row[column] for row in rows) for column in range(5))
    print(f"{threads} runs, medians of {rounds} rounds: {alone_wall:.3f} s on one thread, "
          f"{wall:.3f} s on {threads}")
    print(f"efficiency {efficiency:.3f}, CPU time x {more_cpu:.3f}, steal {steal:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
