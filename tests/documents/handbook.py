#!/usr/bin/env python3
"""The handbook shows real output: every `$ …` line of docs/handbuch/*.md is run in a scratch copy and must print the lines quoted below
it, in order; a line `…` skips. Commands on a file that the reader makes (a letter's correction, a broken copy) are skipped, and what
follows in the chapter may then differ. Ends with `N passed, N failed, N skipped`."""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
BINARY = os.path.abspath(os.environ.get("ZIELWERK", f"{ROOT}/build/release/zielwerk"))
PREPARE = "zielwerk init; for f in agreements/*.json; do zielwerk agreement import $f; done; for f in demo/zahlen_erfunden_*.csv; do zielwerk facts import $f; done"


def without_dates_of_the_day(text):
    # Whatever is later than the figures of the handbook is the day of this run.
    return re.sub(r"20\d\d-\d\d-\d\dT[\d:]+Z|(?<=vom )20\d\d-\d\d-\d\d|(?<=am )20\d\d-\d\d-\d\d|20(?:2[6-9]|[3-9]\d)-\d\d-\d\d", "DATUM", text)


class Folder:
    """A user's folder: the program on the path, the files the handbook speaks of."""

    def __init__(self, prepared):
        self.path = tempfile.mkdtemp()
        for name in ("agreements", "demo", "profiles", "tests/data"):
            shutil.copytree(f"{ROOT}/{name}", f"{self.path}/{name}")
        os.makedirs(f"{self.path}/bin")
        shutil.copy(BINARY, f"{self.path}/bin/zielwerk")
        if prepared:
            self.run(PREPARE)

    def lacks_a_file(self, command):
        files = [word for word in command.split() if re.fullmatch(r"[\w/.-]+\.(csv|json|toml|xlsx)", word)]
        return any(not os.path.exists(f"{self.path}/{file}") for file in files)

    def run(self, command):
        environment = dict(os.environ, PATH=f"{self.path}/bin:" + os.environ["PATH"], COLUMNS="120")
        environment.pop("ZIELWERK_STORE", None)
        done = subprocess.run(["bash", "-c", command], cwd=self.path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        return [line.rstrip() for line in without_dates_of_the_day(done.stdout).split("\n") if line.strip()]


def missing_line(quoted, printed):
    """The first quoted line that was not printed where it should, or None."""
    at, may_skip = 0, False
    for line in quoted:
        if line == "…":
            may_skip = True
            continue
        hits = [i for i in range(at, len(printed)) if printed[i] == line]
        if not hits or (hits[0] != at and not may_skip):
            return line
        at, may_skip = hits[0] + 1, False
    return None if may_skip or at == len(printed) else f"(danach kommt noch: {printed[at]})"


def commands_of(block):
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        lines = part.rstrip("\n").split("\n")
        command = lines.pop(0)
        while command.endswith("\\"):
            command = command[:-1] + lines.pop(0)
        yield command, [line.rstrip() for line in without_dates_of_the_day("\n".join(lines)).split("\n") if line.strip()]


def main():
    passed = failed = skipped = 0
    for chapter in sorted(glob.glob(f"{ROOT}/docs/handbuch/[01]*.md")):
        name = os.path.basename(chapter)
        folder = Folder(prepared=not name.startswith("01"))
        after_skip = False
        text = open(chapter, encoding="utf-8").read()
        for found in re.finditer(r"```\S*\n(.*?)```", text, re.S):
            block = found.group(1)
            for command, quoted in commands_of(block):
                if folder.lacks_a_file(command):
                    skipped, after_skip = skipped + 1, True
                    continue
                missing = missing_line(quoted, folder.run(command))
                if missing is None:
                    passed += 1
                elif after_skip:
                    skipped += 1
                else:
                    failed += 1
                    print(f"{name}: $ {command}\n   fehlt: {missing}")
        shutil.rmtree(folder.path)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
