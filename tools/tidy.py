#!/usr/bin/env python3
"""Reports what reviews would otherwise repeat: sizes, names, leftovers; with place and fix.

Usage: tidy.py [ROOT]. Ends with status 1 when something is reported. A rule is added only when a
review has made the same remark twice; an exception names its reason.
"""

import fnmatch
import os
import re
import sys

MAX_LINE = 100
MAX_FUNCTION = 60
MAX_HEADER = 200
MAX_IMPLEMENTATION = 500

LAYERS = ("core/", "models/", "sim/", "tools/")
# third_party holds what others wrote, as they wrote it.
SKIPPED_FOLDERS = {"build", "out", "node_modules", "third_party", "__pycache__"}
READ_ENDINGS = (".hpp", ".cpp", ".md", ".py", ".sh", ".cmake", ".js", ".mjs", ".css")

# What an identifier may not say -> what it says instead. Only words that are hardly ever right.
BANNED_WORDS = {
    "node": "instance", "nodes": "instances",
    "pod": "instance", "pods": "instances",
    "replica": "instance", "replicas": "instances",
    "upscale": "scale_out", "upscaling": "scaling out",
    "downscale": "scale_in", "downscaling": "scaling in",
    "scale up": "scale_out", "scaling up": "scaling out", "scaled up": "scaled_out",
    "scale down": "scale_in", "scaling down": "scaling in", "scaled down": "scaled_in",
    "setpoint": "target_value",
    "lookback": "evaluation_periods",
    "firing": "Alarm, the state's name in AWS",
    "qps": "invocations, or a RequestRate",
    "hits": "invocations",
    "dropped": "rejected, interrupted or unfinished: say by whom",
    "dropping": "rejecting or interrupting: say by whom",
    "backlog": "queue_length",
    "target count": "desired_capacity",
    "scaling event": "scaling_activity",
    "trial": "run", "trials": "replication",
}
# (file pattern, word) -> why it is right there.
WORD_EXCEPTIONS = {
    ("core/winner_tree.hpp", "node"): "the nodes of a tree",
    ("core/winner_tree.hpp", "nodes"): "the nodes of a tree",
    ("sim/scenario/*", "node"): "the nodes of a document, as YAML calls them, and of a graph",
    ("sim/scenario/*", "nodes"): "the nodes of a document, as YAML calls them, and of a graph",
    ("tests/sim/*", "node"): "the tests of those",
    ("tests/sim/*", "nodes"): "the tests of those",
    ("tests/fuzz/json_fuzz.cpp", "node"): "the fuzzer of those",
    ("*schedule*", "firing"): "a schedule fires",
}
# File pattern -> why it may be longer.
LENGTH_EXCEPTIONS = {}

LEFTOVER = re.compile(r"\b(TO" r"DO|FIX" r"ME)\b")
FORBIDDEN_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "managers"}
STD_DISTRIBUTION = re.compile(r"\bstd::\w+_distribution\b")
WALL_CLOCK = re.compile(r"\b(system_clock|steady_clock|high_resolution_clock)\b")
IDENTIFIER = re.compile(r"\b[A-Za-z_]\w*")
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
FOREIGN_NAME = re.compile(r"\bYAML::\w+")

# Comments, raw strings, strings, characters; a digit separator (1'000) is none of them.
TOKEN_TO_BLANK = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^()\s\\]*)\(.*?\)(?P=mark)"'
    r'|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)
NOT_A_FUNCTION = re.compile(
    r"^\s*(?:\w+::\s*)?(?:typedef\s+)?(?:namespace|class|struct|union|enum|extern\s*$|"
    r"template\s*<[^{;]*>\s*(?:class|struct|union)|requires|concept)\b")


def blank(found):
    """The same number of lines and columns, nothing to read."""
    return re.sub(r"[^\n]", " ", found.group(0))


def code_of(text):
    """The text of a C++ file without comments and literals."""
    return TOKEN_TO_BLANK.sub(blank, text)


def line_at(text, position):
    return text.count("\n", 0, position) + 1


def functions_of(code):
    """(first line, last line, heading) of every function that is in no other function."""
    code = re.sub(r"(?m)^\s*#(?:[^\n\\]|\\\n|\\.)*$", blank, code)  # macros are not looked into
    open_braces, heading_from, begin, heading = [], 0, 0, ""
    for found in re.finditer(r"[{};]|\b(?:public|private|protected)\s*:(?!:)", code):
        mark, innermost = found.group(0), open_braces[-1] if open_braces else "scope"
        if mark == "{":
            before = code[heading_from:found.start()]
            open_braces.append(kind_of_brace(before) if innermost == "scope" else "inner")
            if open_braces[-1] == "body":
                begin = heading_from + len(before) - len(before.lstrip())
                heading = " ".join(before.split())
        elif mark == "}" and open_braces:
            open_braces.pop()
            if innermost == "body":
                yield line_at(code, begin), line_at(code, found.start()), heading
        closes_value = mark == "}" and innermost == "value"
        if not closes_value and not (open_braces and open_braces[-1] != "scope"):
            heading_from = found.end()


def kind_of_brace(before):
    """What a brace after `before` opens: a function's "body", a "scope" that is looked into, or a
    "value" that is part of a heading, as in `f(Options options = {})` and `C() : a_{1}`."""
    if before.count("(") > before.count(")"):
        return "value"
    if re.search(r"\)\s*(?:noexcept\s*)?:(?!:)", before) and re.search(r"[\w>]\s*$", before):
        return "value"
    return "body" if is_function_heading(before) else "scope"


def is_function_heading(before):
    if NOT_A_FUNCTION.match(before) or "(" not in before:
        return False
    # An initialised variable is not a function; a default argument or operator== may be.
    outside = re.sub(r"operator\s*\S+?(?=\s*\()", "operator", before)
    while True:
        shorter = re.sub(r"\([^()]*\)|<[^<>()]*>", "", outside)
        if shorter == outside:
            break
        outside = shorter
    return "=" not in outside


def words_of(identifier):
    return [word.lower() for word in WORD.findall(identifier)]


def banned_in(identifier):
    words = words_of(identifier)
    for first, second in zip(words, [*words[1:], ""]):
        for said in (first, f"{first} {second}"):
            if said in BANNED_WORDS:
                yield said


def is_excepted(path, exceptions, *key):
    return any(fnmatch.fnmatchcase(path, entry[0]) and entry[1:] == key for entry in exceptions)


class File:
    """One file of the tree: its path from the root, its text, and what kind it is."""

    def __init__(self, root, path):
        self.path = path
        self.name = os.path.basename(path)
        with open(os.path.join(root, path), encoding="utf-8", errors="replace") as source:
            self.text = source.read()
        self.lines = self.text.splitlines()
        self.is_header = path.endswith(".hpp")
        self.is_implementation = path.endswith(".cpp")
        self.is_cpp = self.is_header or self.is_implementation
        self.is_markdown = path.endswith(".md")
        self.is_script = (path.endswith((".py", ".sh", ".cmake")) or self.name == "CMakeLists.txt"
                          or path == ".ci/run")
        self.is_page = path.endswith((".js", ".mjs", ".css"))
        self.code = code_of(self.text) if self.is_cpp else ""


def check_leftovers(file):
    for number, line in enumerate(file.lines, 1):
        found = LEFTOVER.search(line)
        if found:
            yield number, f"{found.group(1)} is left over; fix: do it now, or file an issue"


def check_name(file):
    for word in set(words_of(file.name.split(".")[0])) & FORBIDDEN_NAMES:
        yield 1, f"a file called {word} gathers anything; fix: name it for its main type"


def check_line_length(file):
    for number, line in enumerate(file.lines, 1):
        # A link cannot be broken.
        if len(line) > MAX_LINE and not re.search(r"https?://\S{60}", line):
            yield number, f"{len(line)} columns; fix: break the line at {MAX_LINE}"


def check_file_length(file):
    limit = MAX_HEADER if file.is_header else MAX_IMPLEMENTATION
    if len(file.lines) > limit and not is_excepted(file.path, [(p,) for p in LENGTH_EXCEPTIONS]):
        kind = "a header" if file.is_header else "an implementation"
        yield limit + 1, (f"{len(file.lines)} lines, {kind} has at most {limit}; "
                          f"fix: move one responsibility to a file of its own")


def check_functions(file):
    for first, last, heading in functions_of(file.code):
        if last - first + 1 > MAX_FUNCTION:
            yield first, (f"{last - first + 1} lines in {heading[:50]!r}, a function has at most "
                          f"{MAX_FUNCTION}; fix: give a part of it a name")


def check_words(file):
    for number, line in enumerate(FOREIGN_NAME.sub(blank, file.code).splitlines(), 1):
        if line.lstrip().startswith("#include"):
            continue
        for identifier in IDENTIFIER.findall(line):
            for word in banned_in(identifier):
                if not is_excepted(file.path, WORD_EXCEPTIONS, word):
                    yield number, (f"{identifier} says \"{word}\"; fix: say "
                                   f"{BANNED_WORDS[word]} (docs/glossary.md), or add an exception "
                                   f"with its reason to tools/tidy.py")


def check_reproducible(file):
    for number, line in enumerate(file.code.splitlines(), 1):
        found = STD_DISTRIBUTION.search(line)
        if found:
            yield number, (f"{found.group(0)} draws differently from library to library; "
                           f"fix: use boost::random's")
        found = WALL_CLOCK.search(line)
        if found and file.path.startswith(("core/", "models/")):
            yield number, f"{found.group(0)} below sim; fix: pass simulated time in"


def check_first_line(file):
    first = file.lines[0] if file.lines else ""
    if file.path.startswith(LAYERS) and not first.startswith("//"):
        if not (file.is_implementation and own_header_of(file.path) in first):
            yield 1, "no first comment; fix: say what the file is for, verb first"


def own_header_of(path):
    return f'#include "{path[:-len(".cpp")]}.hpp"'


def check_header(file):
    if file.is_header and not re.search(r"(?m)^#pragma once$", file.code):
        yield 1, "no #pragma once; fix: add it below the first comment"


def check_own_header_first(file, paths):
    if not file.is_implementation or file.path[:-len(".cpp")] + ".hpp" not in paths:
        return
    for number, line in enumerate(file.lines, 1):
        if line.startswith("#include"):
            if not line.startswith(own_header_of(file.path)):
                yield number, f"another header first; fix: begin with {own_header_of(file.path)}"
            return
    yield 1, f"does not include its header; fix: begin with {own_header_of(file.path)}"


def check_title(file):
    fenced, titles = False, []
    for number, line in enumerate(file.lines, 1):
        if re.match(r"\s*(```|~~~)", line):
            fenced = not fenced
        elif not fenced and line.startswith("# "):
            titles.append(number)
    if not titles:
        yield 1, "no title; fix: begin with one line `# Title`"
    for number in titles[1:]:
        yield number, "a second title; fix: make it a section, `## Title`"


def check_in_cmake(file, cmake_lists):
    """Whether a CMakeLists.txt in the file's folder, or above it, names the file."""
    if not file.is_implementation:
        return
    folder = os.path.dirname(file.path)
    while True:
        listed = cmake_lists.get(folder)
        if listed is not None and os.path.relpath(file.path, folder or ".") in listed:
            return
        if not folder:
            break
        folder = os.path.dirname(folder)
    yield 1, "in no CMakeLists.txt, so never compiled; fix: list it there, or remove it"


def check_duplicates(files):
    """Tests mirror the files that they test, and every program has a main.cpp."""
    seen = {}
    for file in files:
        if file.is_cpp and file.name != "main.cpp" and not file.path.startswith("tests/"):
            if file.name in seen:
                yield file.path, 1, (f"the name is taken by {seen[file.name]}; "
                                     f"fix: name it for its main type")
            seen.setdefault(file.name, file.path)


def rules_for(file):
    if file.is_cpp:
        yield from (check_line_length, check_file_length, check_functions, check_words,
                    check_reproducible, check_first_line, check_header)
    if file.is_script:
        yield check_line_length
    if file.is_page:
        yield from (check_line_length, check_file_length)
    # What a report writes is pasted below somebody else's title.
    if file.is_markdown and "/approved/" not in str(file.path):
        yield check_title
    if file.is_cpp or file.is_script or file.is_page or file.is_markdown:
        yield from (check_leftovers, check_name)


def tree(root):
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS
                            and (not name.startswith(".") or name == ".ci"))
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), root)
            if name.endswith(READ_ENDINGS) or path == ".ci/run" or name == "CMakeLists.txt":
                yield path


def check(root):
    """Every report below `root` as "path:line: what; fix: how", by file and line."""
    files = [File(root, path) for path in tree(root)]
    paths = {file.path for file in files}
    cmake_lists = {os.path.dirname(file.path): set(re.split(r"[\s()\"]+", file.text))
                   for file in files if file.name == "CMakeLists.txt"}
    reports = []
    for file in files:
        for rule in rules_for(file):
            reports += [(file.path, number, what) for number, what in rule(file)]
        for number, what in check_own_header_first(file, paths):
            reports.append((file.path, number, what))
        for number, what in check_in_cmake(file, cmake_lists):
            reports.append((file.path, number, what))
    reports += check_duplicates(files)
    return [f"{path}:{number}: {what}" for path, number, what in sorted(reports)]


def main(arguments):
    root = arguments[0] if arguments else os.path.join(os.path.dirname(__file__), "..")
    if not os.path.isdir(root):
        print(f"tidy.py: no folder {root}", file=sys.stderr)
        return 2
    reports = check(root)
    for report in reports:
        print(report)
    return 1 if reports else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
