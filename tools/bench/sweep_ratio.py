#!/usr/bin/env python3
"""Measures what a sweep adds to its runs: wall time x threads / CPU time of the runs alone.

Usage: sweep_ratio.py PROGRAM [SIDE [RUNS [THREADS]]]. Plays SIDE x SIDE points of
two_hours.scenario.yaml (20), RUNS runs each (5), on THREADS threads (as many as there are cores).
The goal is 1.1 at most, on a machine that does nothing else: `steal` is the share of the time in
which the sweep did not get the cores that it wanted.
"""

import os
import re
import resource
import subprocess
import sys
import time

SCENARIO = os.path.join(os.path.dirname(os.path.abspath(__file__)), "two_hours.scenario.yaml")
TARGET = "scaling.ScalingPolicies[0].TargetTrackingScalingPolicyConfiguration.TargetValue"


def main(arguments):
    program = arguments[0]
    side, runs, threads = (list(map(int, arguments[1:])) + [20, 5, os.cpu_count()][
        len(arguments) - 1:])
    command = [program, "sweep", SCENARIO, "-v", "-o", "none", "--runs", str(runs),
               "--threads", str(threads),
               "-p", f"endpoint.startup.exact=1m:{side}m:1m",
               "-p", f"{TARGET}=3000:{3000 + 200 * (side - 1)}:200"]
    begin = time.monotonic()
    result = subprocess.run(command, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    wall = time.monotonic() - begin
    if result.returncode not in (0, 1):
        sys.exit(result.stderr)
    in_runs = float(re.search(r"([\d.]+) s of CPU time in the runs", result.stderr)[1])
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    all_cpu = used.ru_utime + used.ru_stime
    print(f"{side * side} points x {runs} runs on {threads} threads: {wall:.2f} s wall, "
          f"{in_runs:.2f} s of CPU in the runs, {all_cpu:.2f} s in all")
    print(f"ratio {wall * threads / in_runs:.3f}, of CPU alone {all_cpu / in_runs:.3f}, "
          f"steal {1 - all_cpu / (wall * threads):.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
