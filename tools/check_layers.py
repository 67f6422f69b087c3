#!/usr/bin/env python3
"""Reports every #include that crosses a boundary of the architecture, and every word of a layer
that another must not know, with its place and the fix.

Usage: check_layers.py [ROOT]. The tables below are the architecture: what a folder may see, and
who may use a library. Ends with status 1 when there is a violation.
"""

import fnmatch
import os
import re
import sys

MODELS = ["models/traffic", "models/endpoint", "models/cloudwatch", "models/autoscaling"]
SIM = ["sim/prices", "sim/scenario", "sim/observe", "sim/run", "sim/report", "sim/study"]

# Folder -> the folders (or single headers, as patterns) whose headers it may include beside its
# own. The most specific row counts.
MAY_SEE = {
    "core": [],
    "models/traffic": ["core"],
    "models/endpoint": ["core", "models/traffic"],
    "models/cloudwatch": ["core"],
    "models/autoscaling": ["core", "models/cloudwatch"],
    "sim/prices": ["core"],
    "sim/scenario": ["core", *MODELS, "sim/prices"],
    "sim/observe": ["core", *MODELS, "sim/prices", "sim/scenario"],
    "sim/run": ["core", *MODELS, "sim/prices", "sim/scenario", "sim/observe"],
    # A report is made from what a run left behind, never from the running simulation.
    "sim/report": ["core", *MODELS, "sim/prices", "sim/scenario", "sim/observe",
                   "sim/run/*result*.hpp"],
    "sim/study": ["core", *MODELS, *SIM],
    "tools": ["core", *MODELS, *SIM, "tools"],
    "tests": ["core", *MODELS, *SIM, "tools", "tests"],
}

# Why a boundary is there: said with the violation, so that the fix is clear.
FIX = {
    "core": "core would serve a car wash as well: pass what it needs in as data or a template",
    "models/traffic": "traffic says when requests come and knows nobody: pass the value in",
    "models/endpoint": "the endpoint does not know that it is watched: join the two in sim/run",
    "models/cloudwatch": "CloudWatch has never heard of an endpoint: hand it samples from sim/run",
    "models/autoscaling": "Auto Scaling sees metrics and alarms alone: hand it values from sim/run",
    "sim/prices": "a price table knows no scenario and no model: pass the instance type in",
    "sim/scenario": "a scenario is read before anything runs: move the shared type to sim/scenario",
    "sim/observe": "observers are told, they do not ask: pass the value into the observer's call",
    "sim/run": "a run ends with its result: let sim/report or sim/study take it from there",
    "sim/report": "a report reads results alone: put what it needs into the run's result type",
    "sim/study": "add the new folder to the tables of tools/check_layers.py",
    "tools": "nothing includes a test: move what both need into sim or core",
    "tests": "add the new folder to the tables of tools/check_layers.py",
}

# Included header (pattern) -> who may include it (patterns of paths), and what to do instead.
LIBRARIES = [
    ("yaml-cpp/*", ["sim/scenario/yaml_document.cpp"],
     "read YAML through sim/scenario/yaml_document.hpp"),
    ("boost/graph/*", ["sim/scenario/control_graph_builder.cpp"],
     "it takes seconds to compile: ask sim/scenario/control_graph_builder.hpp"),
    ("date/*", ["sim/scenario/iana_time_zone.cpp"],
     "find time zones through sim/scenario/iana_time_zone.hpp, dates are in <chrono>"),
    ("spdlog/*", ["sim/*", "tools/*"],
     "a model logs nothing: return the value, or let sim/observe tell it"),
    ("nlohmann/*", ["sim/*", "tools/*", "tests/*"],
     "models know no JSON: take plain structs and convert them in sim"),
    ("Eigen/*", ["models/endpoint/*"], "fit curves in models/endpoint and use the result"),
    ("unsupported/Eigen/*", ["models/endpoint/*"], "fit curves in models/endpoint"),
    ("CLI/*", ["tools/headroom/*"], "parse the command line in tools/headroom, pass plain options"),
    ("gtest/*", ["tests/*"], "move the test to tests/"),
    ("gmock/*", ["tests/*"], "move the test to tests/"),
    ("rapidcheck*", ["tests/*"], "move the test to tests/"),
    ("valijson/*", ["tests/*"], "validate schemas in tests/"),
    ("benchmark/*", ["tools/bench/*"], "move the benchmark to tools/bench"),
] + [
    (header, ["sim/*", "tools/*", "tests/*"], fix)
    for headers, fix in [
        (["thread", "mutex", "shared_mutex", "future", "condition_variable", "stop_token"],
         "models and core run on one thread: start threads in sim/study or sim/run"),
        (["fstream", "filesystem"],
         "models and core open no files: take a std::istream, and open the file in sim"),
    ]
    for header in headers
]

# What decides about capacity knows metrics and numbers. It names what serves and what is served
# only where AWS's own names and sentences do.
STRANGERS = ("models/autoscaling", "models/cloudwatch")
STRANGE_WORD = re.compile(r"instance|request", re.IGNORECASE)
AWS_WORDING = re.compile("|".join([
    "InstanceCount", "InvocationsPerInstance", "ConcurrentRequestsPerModel",
    "desired instance count", "{} Instances, with current",
    "utilization of {} Instances and a request delta of {} Instances"]))

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
TOP_FOLDERS = ("core", "models", "sim", "tools", "tests")


def row_of(path):
    """The most specific row of MAY_SEE for a path, or None."""
    folder = os.path.dirname(path)
    while folder:
        if folder in MAY_SEE:
            return folder
        folder = os.path.dirname(folder)
    return None


def is_seen(row, header):
    for allowed in [row, *MAY_SEE[row]]:
        if header.startswith(allowed + "/") or fnmatch.fnmatchcase(header, allowed):
            return True
    return False


def matches_any(path, patterns):
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


def complaints_about(path, row, quote, header):
    if header.split("/")[0] in TOP_FOLDERS and "/" in header:
        if quote == "<":
            yield f"<{header}> is ours; fix: include it with quotes"
        if not is_seen(row, header):
            yield f"{row} may not include {header}; fix: {FIX[row]}"
    elif quote == '"':
        yield (f'"{header}" does not start at the repository\'s root; fix: write its whole path, '
               f'as in "core/sim_time.hpp", and a library\'s header in angle brackets')
    for pattern, users, fix in LIBRARIES:
        if fnmatch.fnmatchcase(header, pattern) and not matches_any(path, users):
            yield f"<{header}> is only for {' and '.join(users)}; fix: {fix}"


def strange_word_in(line):
    return STRANGE_WORD.search(AWS_WORDING.sub("", line))


def check_file(root, path):
    row = row_of(path)
    if row is None:
        yield (f"{path}:1: no row for this folder; fix: move the file, "
               f"or add the folder to MAY_SEE in tools/check_layers.py")
        return
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as source:
        for number, line in enumerate(source, 1):
            include = INCLUDE.match(line)
            if include:
                for complaint in complaints_about(path, row, include.group(1), include.group(2)):
                    yield f"{path}:{number}: {complaint}"
            elif row in STRANGERS and strange_word_in(line):
                yield (f"{path}:{number}: {row} may not say "
                       f"'{strange_word_in(line).group().lower()}'; fix: {FIX[row]}")


def sources(root):
    for top in TOP_FOLDERS:
        for folder, folders, files in os.walk(os.path.join(root, top)):
            folders.sort()
            for name in sorted(files):
                if name.endswith((".hpp", ".cpp")):
                    yield os.path.relpath(os.path.join(folder, name), root)


def check(root):
    """All violations below `root`, in the order of the files."""
    return [violation for path in sources(root) for violation in check_file(root, path)]


def main(arguments):
    root = arguments[0] if arguments else os.path.join(os.path.dirname(__file__), "..")
    if not os.path.isdir(root):
        print(f"check_layers.py: no folder {root}", file=sys.stderr)
        return 2
    violations = check(root)
    for violation in violations:
        print(violation)
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
