#!/usr/bin/env python3
"""Measures whether what headroom claims at 95 % holds in 95 % of cases.

Usage: honesty.py PROGRAM [--repetitions N] [--threads N] [--smoke]. Three experiments, each
repeated with other seeds (1000 times): two identical policies, which must not be called better or
worse more often than one in twenty; pairs of M/M/c queues, whose true difference Erlang's formula
tells; and --precision, whose decisions must be right. Prints a table in Markdown, the same whatever
the machine and the threads; ends with status 1 when a share is outside its band. --smoke repeats
eight times and forgives accordingly: it tells that the experiments work, not what they would find.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

# Poisson traffic that ramps over what one instance serves, and a policy that follows it. Capacity
# is decided on whole minutes: with startups paid for a day would cost one of a few amounts.
SCALED = """version: 1
run: {duration: 20m, warm_up: 1m}
traffic: {t: {phases: [{name: low, rate: 60/s, duration: 5m}, {name: up, ramp_to: 130/s,
  duration: 10m}, {name: high, rate: 130/s, duration: 5m}]}}
endpoint:
  instance_type: ml.c5.large
  workers: 1
  latency: {exponential: 10ms}
  queue: {limit: 60, timeout: 60s}
  startup: {typical: 2m, slowest: 4m}
scaling:
  ScalableTargets: [{MinCapacity: 1, MaxCapacity: 4}]
  ScalingPolicies:
    - PolicyName: invocations
      PolicyType: TargetTrackingScaling
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 4000
        PredefinedMetricSpecification:
          PredefinedMetricType: SageMakerVariantInvocationsPerInstance
assumptions: {bill_startup: false}
"""
HEADLINES = ["latency.mean", "latency.p50", "latency.p99", "wait.mean", "errors.rate",
             "cost.total", "instances.mean", "cpu_percent.mean", "elasticity.instability"]

RATE = 140  # a second
SERVERS = 2
QUEUE = """version: 1
run: {{duration: 4m, warm_up: 20s}}
traffic: {{t: {{rate: {rate}/s}}}}
endpoint: {{instance_type: ml.c5.large, workers: {servers}, latency: {{exponential: {service}ms}}}}
"""
BASE_MS, CANDIDATE_MS = 10, 10.5


def erlang_c(servers, load):
    """The share that must wait; load = arrival rate x mean service (Gross et al., eq. 2.40)."""
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = load * blocked / (k + load * blocked)
    return servers * blocked / (servers - load * (1 - blocked))


def truths(service_ms):
    """Of one M/M/c queue: mean wait and latency in seconds, mean number in the system."""
    service = service_ms / 1000
    wait = erlang_c(SERVERS, RATE * service) / (SERVERS / service - RATE)
    return {"wait.mean": wait, "latency.mean": wait + service,
            "concurrency.mean": RATE * (wait + service)}


class Experiments:
    def __init__(self, program, folder, repetitions, threads):
        self.program = os.path.abspath(program)
        self.folder = folder
        self.repetitions = repetitions
        self.per_bound = -(-repetitions // 5)  # --precision is tried with several bounds
        self.pool = ThreadPoolExecutor(threads)
        self.rows = []  # what, share, band
        self.write("scaled.yaml", SCALED)
        for name, service in (("base.yaml", BASE_MS), ("candidate.yaml", CANDIDATE_MS)):
            self.write(name, QUEUE.format(rate=RATE, servers=SERVERS, service=service))

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def results(self, repetitions, *arguments):
        """What the command says at each seed, in the order of the seeds."""
        def result(repetition):
            command = [self.program, *arguments, "--seed", str(1 + 7919 * repetition), "-o", "json",
                       "-q", "--threads", "1"]
            done = subprocess.run(command, cwd=self.folder, stdout=subprocess.PIPE, check=False)
            if done.returncode not in (0, 1):
                sys.exit(f"{' '.join(command)}: exit code {done.returncode}")
            said = json.loads(done.stdout)
            # A time series of each run would fill the memory.
            return {key: said[key] for key in said if key != "timeseries"}
        return list(self.pool.map(result, range(repetitions)))

    def add(self, what, hits, trials, band):
        self.rows.append((what, hits, trials, band))

    def identical_policies(self):
        results = self.results(self.repetitions, "compare", "scaled.yaml", "scaled.yaml",
                               "--unpaired")
        for metric in HEADLINES:
            claims = trials = 0
            for result in results:
                row = next(row for row in result["rows"] if row["metric"] == metric)
                trials += 1
                claims += row["verdict"] in ("better", "worse", "differs")
            self.add(f"identical policies, {metric}: better or worse is claimed", claims, trials,
                     (0.03, 0.07))

    def known_difference(self):
        before, after = truths(BASE_MS), truths(CANDIDATE_MS)
        for paired in ([], ["--unpaired"]):
            results = self.results(self.repetitions, "compare", "base.yaml", "candidate.yaml",
                                   *paired)
            for metric, truth in before.items():
                rows = [next(row for row in result["rows"] if row["metric"] == metric)
                        for result in results]
                covered = sum(row["low"] <= after[metric] - truth <= row["high"] for row in rows)
                name = "unpaired" if paired else "paired"
                self.add(f"M/M/{SERVERS}, {name}, {metric}: the interval covers the true "
                         "difference", covered, len(rows), (0.93, 0.97))

    def precise_runs(self):
        truth = truths(BASE_MS)["wait.mean"]
        decided = right = covered = trials = 0
        for factor in (0.9, 0.97, 1, 1.03, 1.1):
            bound = f"wait.mean < {factor * truth * 1e9:.0f}ns"
            for result in self.results(self.per_bound, "run", "base.yaml", "--precision", "2%",
                                       "--set", f"expect=['{bound}']"):
                expectation = result["expectations"][0]
                low, high = expectation["interval"]
                trials += 1
                covered += low <= truth <= high
                if factor == 1 or expectation["verdict"] == "cannot_tell":
                    continue
                decided += 1
                right += (expectation["verdict"] == "met") == (factor > 1)
        self.add("run --precision 2%, wait.mean: the decision is right", right, decided, (0.95, 1))
        self.add("run --precision 2%, wait.mean: the interval covers the truth", covered, trials,
                 (0.93, 1))

    def precise_comparisons(self):
        before, after = truths(BASE_MS)["wait.mean"], truths(CANDIDATE_MS)["wait.mean"]
        difference = after - before
        decided = right = covered = trials = 0
        for factor in (0.9, 0.98, 1.02, 1.1):
            limit = f"wait.mean > +{factor * difference * 1e9:.0f}ns"
            for result in self.results(self.per_bound, "compare", "base.yaml", "candidate.yaml",
                                       "--precision", "0.2%", "--fail-on", limit):
                checked = result["limits"][0]
                trials += 1
                covered += checked["low"] <= difference <= checked["high"]
                if checked["verdict"] == "cannot_tell":
                    continue
                decided += 1
                right += (checked["verdict"] == "broken") == (factor < 1)
        self.add("compare --precision 0.2%, wait.mean: the decision is right", right, decided,
                 (0.95, 1))
        self.add("compare --precision 0.2%, wait.mean: the interval covers the truth", covered,
                 trials, (0.93, 1))

    def all(self):
        self.identical_policies()
        self.known_difference()
        self.precise_runs()
        self.precise_comparisons()
        return self.rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--repetitions", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--smoke", action="store_true")
    options = parser.parse_args()
    repetitions = 8 if options.smoke else options.repetitions
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        rows = Experiments(options.program, folder, repetitions, options.threads).all()
    # Of eight repetitions three may be chance.
    slack = 0.4 if options.smoke else 0
    outside = 0
    print("| what is claimed | how often | of | band | |\n| --- | ---: | ---: | ---: | --- |")
    for what, hits, trials, (low, high) in rows:
        share = hits / trials if trials else 0
        is_inside = trials > 0 and low - slack <= share <= high + slack
        outside += not is_inside
        band = f"{100 * low:.0f} to {100 * high:.0f} %"
        print(f"| {what} | {100 * share:.1f} % | {trials} | {band} | "
              f"{'' if is_inside else 'outside'} |")
    print(f"{time.monotonic() - begin:.0f} s", file=sys.stderr)
    return 1 if outside else 0


if __name__ == "__main__":
    sys.exit(main())
