#!/usr/bin/env python3
"""What damage of the text does to the reading: damage.py [--seed=N] [--write]. The five published agreements and the invented ones of
corpus/dev are damaged as scanners, PDF and mail programs damage text; then every target is as before, or gone with an open point where it
stood, or carries a trap of damage. A wrong value that nobody is warned of is a failure. --write puts the table between the marks
`<!-- damage -->` and `<!-- end of damage -->` of docs/reader.md. Ends with `N passed, N failed`."""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter

from papers import BINARY, corpus, seeds, write_page
from score import FOUND_FROM, indicator, likeness, load, pair_up, same_number, score

SILENT_WRONG_ALLOWED = 0
WARNING_TRAPS = ("OCR_", "NUMBER_SPLIT")
ASKING = ("number_unread", "target_like_sentence", "text_damaged")
HEADER = "Zielvereinbarung SGB II – Ausfertigung\n"


# --- damage: a text is a list of (character, place in the undamaged text) ------------------------------------------------------------------

def swap(pattern, change):
    """Changes matches of a pattern, each with the chance `rate`; a changed piece stands where the old one began."""
    def damage(text, rate, chance):
        plain, result, at = "".join(one for one, _ in text), [], 0
        for match in re.finditer(pattern, plain):
            if chance.random() < rate:
                result += text[at:match.start()] + [(one, text[match.start()][1]) for one in change(match.group())]
                at = match.end()
        return result + text[at:]
    return damage


def whole(change):
    """Changes the text once, with a chance that grows with the rate."""
    return lambda text, rate, chance: change(text) if chance.random() < 10 * rate / 2 else text


LIGATURES = {"fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ"}
DIGIT = r"(?<=[\d.,])%s|%s(?=[\d.,]*\d)"
KINDS = {
    "1 as l in numbers": swap(DIGIT % ("1", "1"), lambda _: "l"),
    "0 as O in numbers": swap(DIGIT % ("0", "0"), lambda _: "O"),
    "5 as S, 8 as B in numbers": swap(DIGIT % ("[58]", "[58]"), lambda one: {"5": "S", "8": "B"}[one]),
    "l as 1, O as 0 in words": swap(r"(?<=[a-zäöü])l(?=[a-zäöü])|\bO(?=[a-zäöü])", lambda one: {"l": "1", "O": "0"}[one]),
    "rn as m, m as rn": swap(r"rn|m", lambda one: {"rn": "m", "m": "rn"}[one]),
    "hyphen at the line's end lost": swap(r"(?<=[a-zäöüß])-(?=\r?\n)", lambda _: ""),
    "ligatures": swap(r"fi|fl|ff", lambda one: LIGATURES[one]),
    "soft hyphens": swap(r"(?<=[a-zäöü])(?=[a-zäöü]{3})", lambda _: "\u00ad"),
    "no-break spaces": swap(r"(?<=\S) (?=\S)", lambda _: "\u00a0"),
    "columns flattened": swap(r"(?<=\S) {3,}(?=\S)", lambda _: " "),
    "page headers in sentences": swap(r"(?<=[a-zäöüß,])\n(?=[a-zäöü])", lambda _: "\n\n- 7 -\n\n" + HEADER + "\n"),
    "numbers broken over lines": swap(r"(?<=\d,)(?=\d)", lambda _: "\n"),
    "CRLF": whole(lambda text: swap(r"(?<!\r)\n", lambda _: "\r\n")(text, 1.0, random.Random(0))),
    "BOM": whole(lambda text: text if text[:1] == [("\ufeff", 0)] else [("\ufeff", 0)] + text),
}


def damaged(text, rate, kinds, chance):
    pieces = [(one, place) for place, one in enumerate(text)]
    for kind in kinds:
        pieces = KINDS[kind](pieces, rate, chance)
    return pieces


# --- reading -------------------------------------------------------------------------------------------------------------------------------

def read_all(texts):
    """{name: draft} of {name: text}, all by one call; a paper that is refused has None."""
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/out")
        for name, text in texts.items():
            with open(f"{folder}/{name}.txt", "w", encoding="utf-8", newline="") as file:
                file.write(text)
        done = subprocess.run([BINARY, "--store=/nirgends/kein.db", "agreement", "read", *(f"{folder}/{name}.txt" for name in texts), "--format=json", f"--out={folder}/out/"],
                              capture_output=True, text=True, timeout=60, check=False)
        if "Fehler im Programm" in done.stderr or done.returncode not in (0, 1):
            sys.exit(f"exit code {done.returncode}: {done.stderr}")
        return {name: load(f"{folder}/out/{name}.json") if os.path.exists(f"{folder}/out/{name}.json") else None for name in texts}


def lines_of(entry):
    """Lines that the evidence of an entry touches."""
    return {line for one in entry.get("evidence") or [] for line in range(one["line"], one["line"] + one["quote"].count("\n") + 1)}


def same_target(one, other):
    return (indicator(one) == indicator(other) and same_number(one["signed_value"], other["signed_value"]) and one["unit"] == other["unit"]
            and one["comparator_effective"] == other["comparator_effective"])


def warned(target, asked_lines):
    return any(trap.startswith(WARNING_TRAPS) for trap in target.get("ambiguities") or []) or bool(lines_of(target) & asked_lines)


def lines_where(pieces, target):
    """Lines of the damaged text on which the words of a target stand now."""
    wanted = [(one["start"], one["end"]) for one in target["evidence"]]
    lines, line = set(), 1
    for character, place in pieces:
        if any(start <= place < end for start, end in wanted):
            lines.add(line)
        line += character == "\n"
    return lines


def compare(pieces, before, after, counts, said, name):
    """Counts what became of the targets of the undamaged reading."""
    points = after["document"]["reading"]["open_points"]
    asked = set().union(*(lines_of(point) for point in points if point["code"] in ASKING))
    old, new = before["agreement"]["targets"], after["agreement"]["targets"]
    exact, lost, others = pair_up(old, new, lambda one, other: float(same_target(one, other)), 1.0)
    counts["targets"] += len(old)
    counts["exact"] += len(exact)
    pairs, gone, added = pair_up(lost, others, likeness, FOUND_FROM)
    for target in [other for _, other in pairs] + added:
        kind = "wrong, warned" if warned(target, asked) else "wrong, silent"
        counts[kind] += 1
        if kind == "wrong, silent":
            was = next((one for one, other in pairs if other is target), None)
            said.append(f"{name}: {indicator(target)} {target['comparator_effective']} {target['signed_value']} {target['unit']}"
                        f" (was {was and (indicator(was), was['comparator_effective'], was['signed_value'], was['unit'])}): „{target['evidence'][0]['quote'][:150]}“")
    for target in gone:
        kind = "lost, asked" if lines_where(pieces, target) & asked else "lost, silent"
        counts[kind] += 1
        if kind == "lost, silent":
            said.append(f"{name}: lost without a word: {indicator(target)} {target['signed_value']} {target['unit']}: „{target['evidence'][0]['quote'][:150]}“")


def hard_errors(reference, before, after):
    made = score(reference, after)
    dates = {one["date_iso"] for draft in (before, reference) for one in draft["agreement"]["signatures"]} | {None}
    return {"forecast as target": max(0, made.errors["forecast_as_target"] - score(reference, before).errors["forecast_as_target"]),
            "invented date": sum(one["date_iso"] not in dates for one in after["agreement"]["signatures"])}


# --- table ---------------------------------------------------------------------------------------------------------------------------------

COLUMNS = ("targets", "exact", "wrong, warned", "lost, asked", "lost, silent", "wrong, silent", "forecast as target", "invented date", "refused")


def experiment(papers, rate, kinds, seed):
    texts = {name: damaged(text, rate, kinds, random.Random(f"{seed} {name} {rate} {kinds}")) for name, (text, _, _) in papers.items()}
    counts, said = Counter(), []
    for name, after in read_all({name: "".join(one for one, _ in pieces) for name, pieces in texts.items()}).items():
        _, reference, before = papers[name]
        if after is None:
            counts["refused"] += 1
            continue
        compare(texts[name], before, after, counts, said, name)
        for error, count in hard_errors(reference, before, after).items():
            counts[error] += count
            if count:
                said.append(f"{name}: {count} {error}")
    return counts, said


def load_papers():
    papers = {}
    for path, reference in seeds() + corpus("dev"):
        with open(path, encoding="utf-8", newline="") as file:
            papers[os.path.basename(path).rsplit(".", 1)[0]] = (file.read(), load(reference))
    before = read_all({name: text for name, (text, _) in papers.items()})
    return {name: (text, reference, before[name]) for name, (text, reference) in papers.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--rounds", type=int, default=3, help="how often each damage is done, each time elsewhere")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    papers = load_papers()
    trials = [(f"all kinds, {rate:.0%}", rate, tuple(KINDS)) for rate in (0.01, 0.03, 0.1)] + [(f"{kind}, 10%", 0.1, (kind,)) for kind in KINDS]
    rows, failures, passed = [], [], 0
    for title, rate, kinds in trials:
        counts, said = Counter(), []
        for turn in range(arguments.rounds):
            more, words = experiment(papers, rate, kinds, f"{arguments.seed} {turn}")
            counts += more
            said += words
        rows.append("| " + " | ".join([title, *(str(counts[column]) for column in COLUMNS)]) + " |")
        bad = counts["wrong, silent"] > SILENT_WRONG_ALLOWED or counts["lost, silent"] or counts["forecast as target"] or counts["invented date"] or counts["refused"]
        passed += not bad
        failures += [f"{title}: {one}" for one in sorted(set(said))] if bad else []
    text = "\n".join([f"`tests/reader/damage.py --write` made this: {len(papers)} papers, {arguments.rounds} times each, seed {arguments.seed}; targets against the undamaged reading.", "",
                      "| damage | " + " | ".join(COLUMNS) + " |", "|" + "---|" * (len(COLUMNS) + 1), *rows]) + "\n"
    print(*failures, "", text, sep="\n")
    if arguments.write:
        write_page("damage", text)
    print(f"{passed} passed, {len(trials) - passed} failed")
    sys.exit(1 if failures or not passed else 0)


if __name__ == "__main__":
    main()
