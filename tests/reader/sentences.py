#!/usr/bin/env python3
"""Reads each sentence of sentences.txt as the only one below "Ziele" and compares the targets with the lines below it. Ends with
`N passed, N failed`; each failure shows the sentence, what was expected and what was read."""
import json
import os
import subprocess
import sys
import tempfile

from papers import BINARY, ROOT

HEAD = """Zielvereinbarung 2023

zwischen dem Ministerium für Arbeit und Soziales des Landes Musterland
und dem Landkreis Beispielau (erfunden)
nach § 48b SGB II für das Jahr 2023

§ 2 Ziele

"""


def cases():
    found = []
    for line in open(f"{ROOT}/tests/reader/sentences.txt", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("= "):
            code, group, value, unit, measure, comparator = line[2:].split()
            found[-1][1].append((code, group, float(value), unit, measure, comparator))
        elif line and not line.startswith("#"):
            found.append((line, []))
    return found


def targets(path):
    with open(path, encoding="utf-8") as file:
        draft = json.load(file)
    return [(one["indicator"]["code"], one["indicator"]["subgroup"] or "-", float(one["signed_value"]), one["unit"], one["measure"], one["comparator_effective"])
            for one in draft["agreement"]["targets"]]


def main():
    passed, failures = 0, []
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for i, (sentence, _) in enumerate(cases()):
            names.append(f"{folder}/s{i:03}.txt")
            with open(names[-1], "w", encoding="utf-8") as file:
                file.write(HEAD + sentence.replace("\\n", "\n") + "\n")
        os.mkdir(f"{folder}/read")
        done = subprocess.run([BINARY, "--store=/nirgends/kein.db", "agreement", "read", *names, f"--out={folder}/read/"], capture_output=True, text=True, timeout=300, check=False)
        if done.returncode != 0:
            sys.exit(f"agreement read: {done.returncode}\n{done.stderr}")
        drafts = sorted(os.listdir(f"{folder}/read"))
        for (sentence, expected), draft in zip(cases(), drafts, strict=True):
            read = targets(f"{folder}/read/{draft}")
            if sorted(read) == sorted(expected):
                passed += 1
            else:
                failures.append(f"{sentence}\n  erwartet {expected}\n  gelesen  {read}")
    print("\n".join(failures))
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


sys.exit(main())
