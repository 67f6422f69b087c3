#!/usr/bin/env python3
"""Makes docs/gallery.md and its pictures: the top of the page that each command writes.

Usage: gallery.py [--check] [--only NAME] [PROGRAM]

Without --check it needs Chromium (CHROMIUM names it, else `chromium`), and ImageMagick's `convert`
to make the pictures small. --check writes nothing: it ends with status 1 when the text is not what
it would write, when a picture is missing, or when a command does not end as it is said to here.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TEXT = os.path.join("docs", "gallery.md")
PICTURES = os.path.join("docs", "gallery")
WIDTH, HEIGHT = 1200, 1000
CHROMIUM = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--hide-scrollbars", "--force-color-profile=srgb"]


@dataclass
class Picture:
    name: str
    title: str
    command: str  # after the program's name; the page goes to NAME.html
    what: str     # to see in it
    code: int = 0


GALLERY = [
    Picture("target_tracking", "A growing load test",
            "run scenarios/seed/target_tracking.scenario.yaml",
            "Capacity follows the load in four steps. Each scale out is some seven minutes late, "
            "and the page says which part of that the alarm, the policy and the startup took."),
    Picture("spike", "A push that is over before help arrives",
            "run scenarios/lessons/spike.scenario.yaml",
            "The hatched area is load that nobody could serve; the instances that it asked for "
            "come when it is over."),
    Picture("retry_storm", "Clients that ask again",
            "run scenarios/lessons/retry_storm.scenario.yaml",
            "What failed comes back as more load."),
    Picture("no_capacity_left", "When there are no instances to be had",
            "run scenarios/lessons/no_capacity_left.scenario.yaml",
            "The policy wants more, and the account's capacity is used up: its activities fail."),
    Picture("daily", "A day with its peak", "run scenarios/daily.scenario.yaml",
            "1,440 minutes in one page; drag across a chart to look at an hour of it."),
    Picture("compare", "A change, and whether it is more than chance",
            "compare scenarios/seed/target_tracking.scenario.yaml "
            "scenarios/seed/aggressive.scenario.yaml",
            "Both runs in each chart with the difference shaded, and an interval for each number."),
    Picture("sweep", "How much a startup costs",
            "sweep scenarios/lessons/cold_start.scenario.yaml "
            "-p endpoint.startup.typical=1m:4m:30s --runs 3",
            "Each dot is a point of the sweep; choosing it shows its run."),
    Picture("plan", "A whole scaling plan", "plan scenarios/seed/plan.scenario.yaml",
            "From the load test of one instance to the policies, with how each number was found."),
    Picture("test", "Tests of policies", "test scenarios/control --coverage",
            "What was expected, and what no test made the scaling do."),
]


def text_of_gallery():
    lines = ["# Gallery", "",
             "The top of the pages that `--html` writes. Each is one file that opens in any",
             "browser and needs no network; the commands make them from the scenarios of this",
             "repository. `tools/gallery.py` makes this page and its pictures.", ""]
    for picture in GALLERY:
        lines += [f"## {picture.title}", "", picture.what, "", "```sh",
                  f"headroom {picture.command} --html {picture.name}.html", "```", "",
                  f"![{picture.title}](gallery/{picture.name}.png)", ""]
    return "\n".join(lines).rstrip() + "\n"


def make_page(program, picture, folder):
    """The path of the page; complains when the command does not end as it should."""
    page = os.path.join(folder, f"{picture.name}.html")
    command = [program, *picture.command.split(), "--html", page, "-o", "none", "-q"]
    result = subprocess.run(command, cwd=ROOT, check=False, stdin=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, text=True)
    if result.returncode != picture.code or not os.path.exists(page):
        sys.exit(f"{' '.join(command)}\nended with {result.returncode}, expected {picture.code}\n"
                 f"{result.stderr}")
    return page


def take_picture(page, picture, folder):
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    convert = shutil.which("convert", path="/usr/bin" + os.pathsep + os.environ.get("PATH", ""))
    if not chromium or not convert:
        sys.exit("expected Chromium and ImageMagick's convert, found "
                 f"{chromium or 'no Chromium'} and {convert or 'no convert'}")
    raw = os.path.join(folder, f"{picture.name}.png")
    profile = os.path.join(folder, "profile")
    subprocess.run([chromium, *CHROMIUM, f"--user-data-dir={profile}", f"--screenshot={raw}",
                    f"--window-size={WIDTH},{HEIGHT}", "--virtual-time-budget=3000",
                    f"file://{page}"], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    target = os.path.join(ROOT, PICTURES, f"{picture.name}.png")
    subprocess.run([convert, raw, "-strip", "+dither", "-colors", "48",
                    "-define", "png:compression-level=9", target], check=True)
    print(f"{os.path.relpath(target, ROOT)}: {os.path.getsize(target) // 1024} KiB")


def check(program, chosen):
    with open(os.path.join(ROOT, TEXT), encoding="utf-8") as file:
        if file.read() != text_of_gallery():
            sys.exit(f"{TEXT} is not what tools/gallery.py writes: run it")
    for picture in chosen:
        if not os.path.exists(os.path.join(ROOT, PICTURES, f"{picture.name}.png")):
            sys.exit(f"{PICTURES}/{picture.name}.png is missing: run tools/gallery.py")
    strangers = {f"{picture.name}.png" for picture in GALLERY} ^ set(
        os.listdir(os.path.join(ROOT, PICTURES)))
    if strangers:
        sys.exit(f"{PICTURES} has pictures of nothing, or misses some: {', '.join(strangers)}")
    with tempfile.TemporaryDirectory() as folder:
        for picture in chosen:
            make_page(program, picture, folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?",
                        default=os.path.join(ROOT, "build", "release", "bin", "headroom"))
    parser.add_argument("--check", action="store_true", help="write nothing, tell what is wrong")
    parser.add_argument("--only", help="one picture by its name")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    chosen = [one for one in GALLERY if options.only in (None, one.name)]
    if not chosen:
        sys.exit(f"expected one of {', '.join(one.name for one in GALLERY)}, found {options.only}")
    if options.check:
        check(program, chosen)
        return
    os.makedirs(os.path.join(ROOT, PICTURES), exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for picture in chosen:
            take_picture(make_page(program, picture, folder), picture, folder)
    with open(os.path.join(ROOT, TEXT), "w", encoding="utf-8") as file:
        file.write(text_of_gallery())


if __name__ == "__main__":
    main()
