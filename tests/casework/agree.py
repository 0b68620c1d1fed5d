#!/usr/bin/env python3
"""Three computations that share nothing agree on every base figure: the engine (each code path, one to three threads), the plain reference
(plain_reference.py), and SQL in DuckDB (bench/sql/casework/, where its library is found). Also what must not matter does not: order of
rows and columns, separator, line ends, how the rows are spread over files.

agree.py --binary=PATH [--seeds=N] [--first=K]"""
import argparse
import os
import random
import subprocess
import sys
import tempfile

import plain_reference
import random_rows

sys.stdout.reconfigure(encoding="utf-8")
passed = failed = 0


def check(condition, message):
    global passed, failed
    if condition:
        passed += 1
    else:
        failed += 1
        print(message)


def run(binary, *arguments):
    return subprocess.run([binary, *arguments], capture_output=True, text=True, check=False)


def read_facts(path):
    """As the reference says them: cents for money, None for „.“, zeroes left out."""
    found = {}
    with open(path, encoding="utf-8") as file:
        next(file)
        for line in file:
            traeger, month, _, measure, sex, group, value = line.rstrip("\n").split(";")
            number = None if value == "." else plain_reference.cents(value) if measure in ("LLU", "LUH") else int(value)
            if number != 0:
                assert (traeger, month, measure, sex, group) not in found, line
                found[traeger, month, measure, sex, group] = number
    return found


def differences(expected, found):
    keys = sorted(key for key in {**expected, **found} if expected.get(key, 0) != found.get(key, 0))
    return [f"{';'.join(key)}: expected {expected.get(key, 0)}, found {found.get(key, 0)}" for key in keys[:5]]


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return path


def paths(binary, folder, sample):
    """The code paths this processor can run."""
    return [name for name in ("avx512", "avx2", "portable")
            if run(binary, "casework", "compute", sample, f"--out={folder}/path.csv", f"--codepfad={name}").returncode == 0]


def one_seed(binary, folder, seed, rng):
    rows = random_rows.rows(seed, persons=rng.choice([1, 5, 60, 90]), months=rng.choice([1, 2, 3, 25, 60, 75]), calm=rng.random())
    expected = plain_reference.figures(rows)
    plain = write(folder, "rows.csv", random_rows.csv_text(rows))
    out = f"{folder}/facts.csv"
    for name in paths(binary, folder, plain):
        for threads in (1, 2, 3):
            done = run(binary, "casework", "compute", plain, f"--out={out}", "--intern", f"--codepfad={name}", f"--threads={threads}")
            wrong = differences(expected, read_facts(out)) if done.returncode == 0 else [done.stderr]
            check(not wrong, f"seed {seed}, {name}, {threads} threads: " + "\n   ".join(wrong))
    with open(out, "rb") as file:
        facts = file.read()
    # What must not matter.
    shuffled = rng.sample(rows, len(rows))
    columns = rng.sample(random_rows.COLUMNS, len(random_rows.COLUMNS))
    cut = rng.randrange(len(rows) + 1)
    decimal_points = [dict(row, llu=row["llu"].replace(",", "."), luh=row["luh"].replace(",", ".")) for row in rows]
    for what, files in {
        "order of rows": [random_rows.csv_text(shuffled)],
        "order of columns": [random_rows.csv_text(rows, columns)],
        "commas": [random_rows.csv_text(decimal_points, separator=",")],
        "CRLF and BOM": [random_rows.csv_text(rows, line_end="\r\n", bom=True)],
        "two files": [random_rows.csv_text(part) for part in (shuffled[:cut], shuffled[cut:]) if part],
        "by person": [random_rows.csv_text(sorted(rows, key=lambda row: (row["person"], row["berichtsmonat"])))],
    }.items():
        written = [write(folder, f"part{i}.csv", text) for i, text in enumerate(files)]
        done = run(binary, "casework", "compute", *written, f"--out={out}", "--intern")
        with open(out, "rb") as file:
            check(done.returncode == 0 and file.read() == facts, f"seed {seed}: {what} matters. {done.stderr}")
    # The stock identity with moves, for everybody.
    found = {key: value or 0 for key, value in read_facts(out).items()}
    months = sorted({key[1] for key in found})
    for traeger in random_rows.JOBCENTERS:
        for before, now in zip(months, months[1:]):
            if plain_reference.index(now) != plain_reference.index(before) + 1:
                continue
            stock = found.get((traeger, before, "ELB", "T", ""), 0)
            for measure, sign in (("ELB_ZU", 1), ("ELB_AB", -1), ("ELB_UMZ_ZU", 1), ("ELB_UMZ_AB", -1)):
                stock += sign * found.get((traeger, now, measure, "T", ""), 0)
            check(stock == found.get((traeger, now, "ELB", "T", ""), 0), f"seed {seed}: stock identity of {traeger} {now}")
    # A person adds exactly its own contributions (the span of months stays the same).
    one = rng.choice(rows)["person"]
    months = {row["berichtsmonat"] for row in rows}
    rest = [row for row in rows if row["person"] != one]
    own = [row for row in rows if row["person"] == one]
    if rest and {min(months), max(months)} <= {row["berichtsmonat"] for row in rest}:
        without = plain_reference.figures(rest)
        done = run(binary, "casework", "compute", write(folder, "rest.csv", random_rows.csv_text(rest)), f"--out={out}", "--intern")
        check(done.returncode == 0 and not differences(without, read_facts(out)), f"seed {seed}: without a person ({len(own)} rows)")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--seeds", type=int, default=12)
    parser.add_argument("--first", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.first, options.first + options.seeds):
            one_seed(options.binary, folder, seed, random.Random(f"agree {seed}"))
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
