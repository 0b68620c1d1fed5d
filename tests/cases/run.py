#!/usr/bin/env python3
"""Runs the case files: tests/cases/run.py [--accept] [FILE.case …]. How they read: README.md."""
import argparse
import csv
import io
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from language import CaseError, expand, read_case
from material import change, facts_rows, facts_text, filtered, invented_agreement, look_up, parse_json, write_json

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.abspath(os.environ.get("ZIELWERK") or os.path.join(ROOT, "build/release/zielwerk"))
TIMEOUT = 60
SHOWN_LINES = 25  # of a wrong answer


class Answer:
    def __init__(self, command, code, out, err):
        self.command, self.code, self.out, self.err = command, code, out, err

    def rows(self):
        """CSV, or JSON: a list of objects, an object's „ziele“, or the „ziele“ of a list of evaluations."""
        if self.out.lstrip()[:1] in "[{":
            found = parse_json(self.out)
            found = [found] if isinstance(found, dict) else found
            return [row for one in found for row in one.get("ziele", [one])]
        return list(csv.DictReader(io.StringIO(self.out), delimiter=";"))


class Runner:
    """One case in a directory of its own."""

    def __init__(self, case, folder, program, accept):
        self.case, self.folder, self.program, self.accept = case, folder, program, accept
        self.failures, self.changes, self.answers, self.numbered = [], {}, [], 0
        for name in ("agreements", "demo", "profiles"):
            os.symlink(os.path.join(ROOT, name), self.path(name))
        keep = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "TERM", "ZIELWERK_STORE")}
        self.environment = {**keep, "TERM": "xterm"}

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self):
        self.setup("zielwerk init")
        for step in self.case.steps:
            {"gegeben": self.given, "wenn": self.when, "dann": self.then}[step.kind](step)

    # --- gegeben ---
    def setup(self, command, typed=b""):
        answer = self.execute(command, typed)
        if answer.code != 0:
            raise CaseError(f"die Vorbereitung „{command}“ endet mit {answer.code}: {answer.err.strip()}")

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def given(self, step):
        words = step.words
        if found := re.fullmatch(r"Vereinbarung (\S+)( für (\d{5}))?", words):
            self.setup(f"zielwerk agreement import {found[1]}" + (f" --traeger={found[3]}" if found[3] else ""))
        elif found := re.fullmatch(r"Zahlen (\d{5})", words):
            self.numbered += 1
            name = f"zahlen_{self.numbered}.csv"
            self.write(name, facts_text(facts_rows(found[1], step.block)))
            self.setup(f"zielwerk facts import {name}")
        elif found := re.fullmatch(r"Datei (\S+) mit Zahlen (\d{5})", words):
            self.write(found[1], facts_text(facts_rows(found[2], step.block)))
        elif found := re.fullmatch(r"Zahlen (\S+)(.*)", words):
            name = os.path.basename(found[1])
            self.write(name, facts_text(filtered(self.path(found[1]), found[2])))
            self.setup(f"zielwerk facts import {name}")
        elif found := re.fullmatch(r"Datei (\S+) aus (\S+) mit", words):
            document = parse_json(open(self.path(found[2]), encoding="utf-8").read())
            for line in filter(str.strip, step.block):
                change(document, line)
            self.write(found[1], write_json(document))
        elif found := re.fullmatch(r"Datei (\S+) als Vereinbarung", words):
            self.write(found[1], write_json(invented_agreement(step.block)))
        elif words == "Konten":
            for line in filter(str.strip, step.block):
                name, role, scope = line.split()
                self.setup(f"zielwerk user add {name} --person='{name} (erfunden)' --role={role} --scope={scope}", b"ein Kennwort nur zum Testen\n")
        elif found := re.fullmatch(r"Akte (\S+)", words):
            for line in filter(str.strip, step.block):
                who, act = line.split(": ", 1)
                self.setup(f"zielwerk year act {found[1]} {act} --as={who}")
        elif found := re.fullmatch(r"Datei (\S+)", words):
            self.write(found[1], "\n".join(step.block) + "\n")
        else:
            raise CaseError(f"Zeile {step.line}: „gegeben {words}“ ist nicht verständlich")

    # --- wenn ---
    def execute(self, command, typed=b""):
        words = shlex.split(command)
        environment, terminal = dict(self.environment), False
        if words[:2] == ["am", "Bildschirm"]:
            terminal, words = True, words[2:]
        while "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            environment[name] = value
        if words[0] != "zielwerk":
            raise CaseError(f"„{command}“ ruft nicht zielwerk auf")
        call = [self.program, f"--store={self.path('fall.db')}", *words[1:]]
        if terminal:
            return Answer(command, *on_terminal(call, environment, self.folder))
        done = subprocess.run(call, env=environment, cwd=self.folder, input=typed, capture_output=True, timeout=TIMEOUT, check=False)
        return Answer(command, done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    def when(self, step):
        self.answers = [self.execute(command) for command in expand(step.words)]

    # --- dann ---
    def then(self, step):
        if not self.answers:
            raise CaseError(f"Zeile {step.line}: „dann“ ohne „wenn“ davor")
        for answer in self.answers:
            problem, words, block = check(step, answer, self)
            if not problem:
                continue
            if self.accept and len(self.answers) == 1 and (words is not None or block is not None):
                self.changes[step] = (words, block)
                continue
            shown = f"{self.case.name}:{step.line}: {answer.command}\n    dann {step.words}\n"
            lines = problem.split("\n")
            if len(lines) > SHOWN_LINES:
                lines[SHOWN_LINES:] = [f"… und {len(lines) - SHOWN_LINES} weitere Zeilen"]
            self.failures.append(shown + "\n".join("    " + line for line in lines))


def on_terminal(call, environment, folder):
    """stdout is a terminal of 120 columns; what the program sends there, line ends as in a file."""
    leader, follower = pty.openpty()
    with subprocess.Popen(["stty", "cols", "120", "-onlcr"], stdin=follower):
        pass
    process = subprocess.Popen(call, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=follower, stderr=subprocess.PIPE)
    os.close(follower)
    sent = b""
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not piece:
            break
        sent += piece
    os.close(leader)
    _, err = process.communicate(timeout=TIMEOUT)
    return process.returncode, sent.decode("utf-8", "replace"), err.decode("utf-8", "replace")


def difference(expected, actual):
    return "\n".join([*(f"- {line}" for line in expected if line not in actual), *(f"+ {line}" for line in actual if line not in expected)]) or "andere Reihenfolge"


def same_text(step, actual):
    lines = actual.rstrip("\n").split("\n") if actual else []
    lines = [line.rstrip() for line in lines]
    return (None if lines == step.block else difference(step.block, lines)), None, lines


def fields(step, answer, words):
    found = re.fullmatch(r"(\S+)(?: wo (\w+)=(.+))?", words)
    names, column, wanted = found[1].split(";"), found[2], (found[3] or "").split(",")
    plain = lambda value: "" if value is None else "ja" if value is True else "nein" if value is False else str(value)
    rows = []
    for row in answer.rows():
        missing = [name for name in names if name not in row]
        if missing:
            return f"die Ausgabe hat keine Spalte {', '.join(missing)}", None, None
        if not column or plain(row[column]) in wanted:
            rows.append(";".join(plain(row[name]) for name in names))
    return (None if rows == step.block else difference(step.block, rows)), None, rows


def json_paths(step, answer):
    document, lines, problems = parse_json(answer.out), [], []
    for line in step.block:
        path, sign, expected = (part.strip() for part in re.match(r"(\S+)\s*([=~])\s*(.*)", line).groups())
        try:
            actual = look_up(document, path)
        except (KeyError, IndexError, TypeError):
            problems.append(f"{path} gibt es nicht")
            lines.append(line)
            continue
        written = write_json(actual).strip()
        good = expected in written if sign == "~" else actual == parse_json(expected)
        if not good:
            problems.append(f"{path}: erwartet {expected}, ist {written}")
        lines.append(line if sign == "~" or good else f"{path} = {re.sub(chr(10) + ' *', ' ', written)}")
    return "\n".join(problems) or None, None, lines


def parses(answer, form):
    try:
        if form == "JSON":
            parse_json(answer.out)
        else:
            rows = list(csv.reader(io.StringIO(answer.out), delimiter=";", strict=True))
            if not rows or any(len(row) != len(rows[0]) for row in rows):
                return "die Zeilen haben verschieden viele Felder"
    except (ValueError, csv.Error) as error:
        return f"kein {form}: {error}"
    return None


def check(step, answer, runner):
    """-> (problem or None, words that would be right or None, block that would be right or None)"""
    words = step.words
    if not step.block and not runner.accept and (words in ("Ausgabe", "Meldung", "JSON") or words.startswith("Felder ")):
        raise CaseError(f"Zeile {step.line}: unter „dann {words}“ steht nicht, was erwartet wird")
    channel = answer.err if words.startswith("Meldung") else answer.out
    if words.startswith("Rückgabe "):
        allowed = [int(number) for number in re.findall(r"\d+", words)]
        problem = None if answer.code in allowed else f"Rückgabe {answer.code}; Meldung: {answer.err.strip() or '–'}"
        return problem, f"Rückgabe {answer.code}", None
    if words in ("Ausgabe", "Meldung"):
        return same_text(step, channel)
    if words in ("Ausgabe leer", "Meldung leer"):
        return (f"ist: {channel.strip()}" if channel else None), None, None
    if found := re.fullmatch(r"(?:Ausgabe|Meldung) enthält (.+)", words):
        return (None if flat(found[1]) in flat(channel) else f"ist: {channel.strip() or '–'}"), None, None
    if found := re.fullmatch(r"(?:Ausgabe|Meldung) ohne (.+)", words):
        with_it = [line.strip() for line in channel.splitlines() if found[1] in line]
        return ("ist: " + "\n".join(with_it) if with_it else None), None, None
    if found := re.fullmatch(r"(Ausgabe|Meldung) hat (\d+) Zeilen?", words):
        count = len(channel.splitlines())
        return (None if count == int(found[2]) else f"{count} Zeilen"), f"{found[1]} hat {count} Zeilen", None
    if words.startswith("Felder "):
        return fields(step, answer, words[7:])
    if words == "JSON":
        return json_paths(step, answer)
    if found := re.fullmatch(r"Ausgabe ist (JSON|CSV)", words):
        return parses(answer, found[1]), None, None
    if found := re.fullmatch(r"(?:Ausgabe|Datei (\S+)) gleich JSON (\S+)", words):
        mine = answer.out if not found[1] else open(runner.path(found[1]), encoding="utf-8").read()
        return (None if parse_json(mine) == parse_json(open(runner.path(found[2]), encoding="utf-8").read()) else "die Dokumente sind verschieden"), None, None
    if words in ("Farbe", "keine Farbe"):
        return (None if ("\x1b[" in answer.out) == (words == "Farbe") else f"ist: {answer.out[:200]!r}"), None, None
    raise CaseError(f"Zeile {step.line}: „dann {words}“ ist nicht verständlich")


def flat(text):
    """Wrapped sentences compare as sentences."""
    return re.sub(r"\s+", " ", text)


def run_case(path, program, accept):
    name = os.path.relpath(path, ROOT)
    folder = tempfile.mkdtemp(prefix="zielwerk_fall_")
    try:
        case = read_case(name, open(path, encoding="utf-8").read())
        runner = Runner(case, folder, program, accept)
        runner.run()
        if runner.changes:
            with open(path, "w", encoding="utf-8") as file:
                file.write(case.rewrite(runner.changes))
        return name, case.title, runner.failures, bool(runner.changes)
    except (CaseError, OSError, ValueError, KeyError, TypeError, AttributeError, csv.Error, subprocess.TimeoutExpired) as error:
        return name, "", [f"{name}: {type(error).__name__}: {error}"], False
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true", help="schreibt die tatsächlichen Antworten in die Fälle; danach den Unterschied prüfen")
    parser.add_argument("files", nargs="*")
    arguments = parser.parse_args()
    found = [os.path.join(HERE, name) for name in sorted(os.listdir(HERE)) if name.endswith(".case")]
    files = [os.path.abspath(one) for one in arguments.files] or found
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="zielwerk_") as own, ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        # A copy: a build that goes on beside the cases does not pull the program away under them.
        program = shutil.copy2(PROGRAM, os.path.join(own, "zielwerk"))
        for name, title, failures, accepted in pool.map(lambda path: run_case(path, program, arguments.accept), files):
            passed, failed = passed + (not failures), failed + bool(failures)
            if accepted:
                print(f"übernommen: {name}")
            if failures:
                print(f"FAILED {name}: {title}", *failures, sep="\n  ")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
