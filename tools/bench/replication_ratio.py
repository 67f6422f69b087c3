#!/usr/bin/env python3
"""Measures how well independent runs share the cores: wall time of `run --runs N --threads 1` over
that of `--threads N`, over N.

Usage: replication_ratio.py PROGRAM [THREADS [ROUNDS]]. Plays six_hours.scenario.yaml once a thread,
with THREADS threads (2), with one, and as THREADS programs of one run at once, ROUNDS times in turn
(9), and prints medians. The goal is 0.9 at least, on a machine that does nothing else. Cores that
share a chip, or other tenants, may not give that to anybody: the programs, which share nothing at
all, tell what there is to have, and `of that` what the threads make of it.
"""

import os
import statistics
import subprocess
import sys
import time

SCENARIO = os.path.join(os.path.dirname(os.path.abspath(__file__)), "six_hours.scenario.yaml")


def command(program, runs, threads):
    return [program, "run", SCENARIO, "-q", "-o", "none", "--runs", str(runs), "--threads",
            str(threads)]


def wall_time(commands):
    """Of programs that run at once, in seconds."""
    begin = time.monotonic()
    programs = [subprocess.Popen(each, stdout=subprocess.DEVNULL) for each in commands]
    codes = [each.wait() for each in programs]
    if any(code not in (0, 1) for code in codes):
        sys.exit(f"exit codes {codes}")
    return time.monotonic() - begin


def main(arguments):
    program = arguments[0]
    threads, rounds = (list(map(int, arguments[1:])) + [2, 9][len(arguments) - 1:])
    rows = []
    for _ in range(rounds):
        alone = wall_time([command(program, threads, 1)])
        together = wall_time([command(program, threads, threads)])
        apart = wall_time([command(program, 1, 1)] * threads)
        rows.append((alone, together, alone / (threads * together), alone / (threads * apart),
                     apart / together))
    alone, together, efficiency, programs, of_that = (
        statistics.median(row[column] for row in rows) for column in range(5))
    print(f"{threads} runs, medians of {rounds} rounds: {alone:.3f} s on one thread, "
          f"{together:.3f} s on {threads}")
    print(f"efficiency {efficiency:.3f}; {threads} programs at once {programs:.3f}, "
          f"of that {of_that:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
