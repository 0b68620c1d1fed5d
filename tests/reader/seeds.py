#!/usr/bin/env python3
"""The five published agreements, from the text to the verdict: read, compared with the reviewed references of agreements/*.json, confirmed,
evaluated with the demo's figures. Of the invented ones only what must hold of any paper: the draft fits the schema, evidence stands where it
says, numbers add up, no forecast is a target, no date is invented. Ends with `N passed, N failed`."""
import glob
import hashlib
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))  # tests/checks.py
from checks import end, expect
from papers import BINARY, ROOT, corpus, parts, read, seeds
from score import load, score

# What a wrong reading of would mislead; the rest is measured (measure.py), not demanded.
DEMANDED = ("targets_found", "targets_exact", "forecasts", "signatures", "signature_dates", "year", "kind", "statute")
LISTS = ("targets", "monitoring", "forecasts", "signatures", "parties", "budgets", "milestones", "qualitative_goals", "programmes")

def run(store, *arguments):
    return subprocess.run([BINARY, f"--store={store}", *arguments], capture_output=True, text=True, timeout=120, check=False)


def evidence_of(value):
    if isinstance(value, dict):
        if "quote" in value and "byte_start" in value:
            yield value
        for member in value.values():
            yield from evidence_of(member)
    elif isinstance(value, list):
        for entry in value:
            yield from evidence_of(entry)


def check_evidence(name, path, draft):
    """Every quote is the document's text at its offsets, in characters and in bytes, and on its line; of text files the document's text is the
    file's, of others what was taken out of it."""
    with open(path, "rb") as file:
        data = file.read()
    expect(draft["document"]["sha256"] == hashlib.sha256(data).hexdigest(), f"{name}: document.sha256")
    text = draft["document"]["text"]
    if path.endswith((".txt", ".md")):
        expect(text == data.decode("utf-8"), f"{name}: document.text is not the file's text")
    data = text.encode()
    wrong = [one for part in ("agreement", "distractors", "tensions") for one in evidence_of(draft[part])
             if text[one["start"]:one["end"]] != one["quote"] or data[one["byte_start"]:one["byte_end"]] != one["quote"].encode()
             or text.count("\n", 0, one["start"]) + 1 != one["line"]]
    expect(not wrong, f"{name}: evidence at the wrong place: {wrong[:2]}")


def check_numbers(name, draft):
    """Each number of the document is in exactly one class, and the classes add up."""
    reading = draft["document"]["reading"]
    classes = [number["class"] for number in reading["numbers"]]
    expect(set(classes) <= {"used", "explained", "unread"}, f"{name}: classes of numbers {set(classes)}")
    expect({kind: classes.count(kind) for kind in ("used", "explained", "unread")} == reading["number_counts"], f"{name}: the classes do not add up")
    places = [number["start"] for number in reading["numbers"]]
    expect(len(places) == len(set(places)), f"{name}: a number is counted twice")


def check_reading(name, path, reference):
    draft, error, _, _ = read(path)
    expect(draft is not None, f"{name}: not read: {error}")
    if draft is None:
        return None, None
    made = score(reference, draft)
    for part in DEMANDED:
        hits = made.lists[part]
        expect(hits.f1 == 1.0, f"{name}: {part} {hits.hits} of {hits.reference}, {hits.result} given")
    for error, count in made.errors.items():
        expect(count == 0, f"{name}: {count} {error}")
    check_evidence(name, path, draft)
    check_numbers(name, draft)
    expect(all(set(entry) for part in LISTS for entry in draft["agreement"][part]), f"{name}: an empty entry")
    return draft, {one["id"]: other["id"] for one, other in made.pairs}


def check_any(path, reference):
    name = os.path.basename(path)
    draft, error, _, _ = read(path)
    expect(draft is not None, f"{name}: not read: {error}")
    if draft is None:
        return
    check_evidence(name, path, draft)
    check_numbers(name, draft)
    checked = run("/nirgends/kein.db", "agreement", "check", path)
    # A party that was not found is an open point, and the only thing a draft may lack.
    lacks = any(one["code"] == "parties_incomplete" for one in draft["document"]["reading"]["open_points"])
    amiss = [line for line in checked.stderr.splitlines() if line.strip() and not (lacks and "(/agreement/parties)" in line)]
    expect(not amiss, f"{name}: the draft does not fit the schema: {checked.stderr}")
    made = score(reference, draft)
    for error in ("forecast_as_target", "invented_dates"):
        expect(made.errors[error] == 0, f"{name}: {made.errors[error]} {error}")


def verdicts(store, agreement, year):
    """{target: (status, actual, target, distance)} of December, with the agreement's own Wartezeit."""
    done = run(store, "evaluate", agreement, f"--month={year}-12", "--format=json")
    found = json.loads(done.stdout) if done.returncode in (0, 1) else {"ziele": []}
    return {row["id"]: tuple(row.get(key) for key in ("status", "ist", "soll", "abstand")) for row in found["ziele"]}


def prepared(folder, name):
    store = f"{folder}/{name}.db"
    run(store, "init")
    for figures in sorted(glob.glob(f"{ROOT}/demo/zahlen_erfunden_*.csv")):
        run(store, "facts", "import", figures)
    return store


def main():
    with tempfile.TemporaryDirectory() as folder:
        by_hand, by_program = prepared(folder, "erfasst"), prepared(folder, "gelesen")
        for text, reference_path in seeds():
            name, reference = os.path.basename(text)[:-4], load(reference_path)
            draft, partner = check_reading(name, text, reference)
            if draft is None:
                continue
            file = f"{folder}/{name}.json"
            with open(file, "w", encoding="utf-8") as out:
                json.dump(draft, out, ensure_ascii=False)
            refused = run(by_program, "agreement", "import", file)
            expect(refused.returncode == 1 and "draft_unconfirmed" in refused.stderr, f"{name}: an unconfirmed draft was imported: {refused.stderr}")
            confirmed = run(by_program, "agreement", "confirm", file, "--as=Test", "--format=json")
            expect(confirmed.returncode == 0, f"{name}: not confirmed: {confirmed.stderr}")
            if confirmed.returncode != 0:
                continue
            taken = json.loads(confirmed.stdout)[0]
            expect(taken["aenderungen"] == "0", f"{name}: {taken['aenderungen']} corrections in an untouched draft")
            kept = json.loads(run(by_hand, "agreement", "import", reference_path, "--format=json").stdout)[0]
            expect(taken["id"] == kept["id"], f"{name}: id {taken['id']} instead of {kept['id']}")
            year = reference["agreement"]["year"]["value"]
            expected, actual = verdicts(by_hand, kept["id"], year), verdicts(by_program, taken["id"], year)
            for target, other in partner.items():
                expect(expected.get(target) == actual.get(other), f"{name} {target}: {actual.get(other)} instead of {expected.get(target)}")
    for part in parts():
        for text, reference_path in corpus(part):
            check_any(text, load(reference_path))
    end()


if __name__ == "__main__":
    main()
