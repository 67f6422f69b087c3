"""Runs the browser tests of the HTML pages: finds Node.js, npm and Chromium, installs two modules.

Usage: pages_test.py HEADROOM FOLDER. Modules, pages and pictures go below FOLDER, which is of the
build; the source tree stays as it is. Ends with status 77 when something is not at hand here.
"""

import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SKIPPED = 77
LEAST_NODE = (18, 15)
INSTALL_SECONDS = 240
# What npm says when it reached no registry, or one that gives out nothing. All else, such as a lock
# that does not fit, is a fault of ours.
UNREACHABLE = re.compile(r"\b(ENOTFOUND|EAI_AGAIN|ECONN[A-Z]+|E?TIMEDOUT|ENET[A-Z]+|EHOST[A-Z]+|"
                         r"ERR_SOCKET_TIMEOUT|EPROTO|FETCH_ERROR|E40[1347]|E5\d\d|ENOTCACHED|"
                         r"SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_[A-Z_]+|CERT_[A-Z_]+)\b")


class Missing(Exception):
    """Something that these tests need is not on this machine."""


def first_line(command):
    """What a program prints first, or None when it does not work."""
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = result.stdout.splitlines()
    return lines[0] if result.returncode == 0 and lines else None


def found_node():
    path = shutil.which("node") or shutil.which("nodejs")
    if not path:
        raise Missing("Node.js is not installed")
    version = first_line([path, "--version"]) or "nothing"
    numbers = tuple(int(digits) for digits in re.findall(r"\d+", version)[:2])
    if numbers < LEAST_NODE:
        raise Missing(f"Node.js must be {'.'.join(map(str, LEAST_NODE))} or newer, "
                      f"{path} says {version}")
    return path


def found_npm():
    path = shutil.which("npm")
    if not path:
        raise Missing("npm is not installed")
    return path


def found_chromium():
    """What the environment names is used as it is: if it does not work, the tests fail."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    for name in ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        # On some systems the name is there and only says how to install it.
        if path and first_line([path, "--version"]):
            return path
    raise Missing("Chromium is not installed")


def install(npm, folder):
    """The modules of package-lock.json below `folder`, fetched once for each lock."""
    os.makedirs(folder, exist_ok=True)
    lock = read(os.path.join(HERE, "package-lock.json"))
    stamp = os.path.join(folder, "installed-package-lock.json")
    if os.path.exists(stamp) and read(stamp) == lock:
        return
    for name in ("package.json", "package-lock.json"):
        shutil.copy(os.path.join(HERE, name), folder)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline",
               "--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000"]
    try:
        result = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                                timeout=INSTALL_SECONDS)
    except subprocess.TimeoutExpired:
        raise Missing(f"npm ci had not ended after {INSTALL_SECONDS} s") from None
    if result.returncode != 0:
        reason = UNREACHABLE.search(result.stdout)
        if reason:
            raise Missing(f"npm's registry is out of reach: {reason.group(0)}")
        print(result.stdout)
        sys.exit(f"npm ci ended with status {result.returncode}")
    with open(stamp, "w", encoding="utf-8") as file:
        file.write(lock)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    headroom, folder = map(os.path.abspath, arguments)
    try:
        node, npm, chromium = found_node(), found_npm(), found_chromium()
        install(npm, folder)
    except Missing as missing:
        print(f"skipped: {missing}")
        return SKIPPED
    environment = {**os.environ, "PAGES_PROGRAM": headroom, "PAGES_CHROMIUM": chromium,
                   "PAGES_MODULES": folder, "PAGES_OUTPUT": os.path.join(folder, "output")}
    command = [node, "--test-reporter=spec", os.path.join(HERE, "main.mjs")]
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
