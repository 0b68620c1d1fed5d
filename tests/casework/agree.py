#!/usr/bin/env python3
"""Three computations that share nothing agree on every base figure: the engine (each code path, one to three threads), the plain reference
(plain_reference.py), and SQL in DuckDB (bench/sql/casework/, where its library is found). Also what must not matter does not: order of
rows and columns, separator, line ends, how the rows are spread over files.

agree.py --binary=PATH [--sql=PATH] [--seeds=N] [--first=K]"""
import argparse
import os
import random
import subprocess
import sys
import tempfile
import zlib

import plain_reference
import random_rows
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))  # tests/checks.py
from checks import end, expect

without_sql = 0
ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
os.environ.setdefault("ZIELWERK_DUCKDB", f"{ROOT}/build/duckdb/libduckdb.so")


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


def by_sql(options, folder, rows_file, expected, seed):
    """The third way, where DuckDB's library is to be found ($ZIELWERK_DUCKDB or build/duckdb/libduckdb.so)."""
    global without_sql
    if not options.sql or not os.path.exists(os.environ["ZIELWERK_DUCKDB"]):
        without_sql += 1
        return
    out = f"{folder}/sql.csv"
    done = run(options.sql, f"--sql={ROOT}/bench/casework", f"--out={out}", "--text-keys", rows_file)
    found = {}
    if done.returncode == 0:
        with open(out, encoding="utf-8") as file:
            for line in file:
                *key, value = line.rstrip("\n").split(";")
                found[tuple(key)] = None if value == "." else int(value)
    wrong = differences(expected, found) if done.returncode == 0 else [done.stderr]
    expect(not wrong, f"seed {seed}, SQL: " + "\n   ".join(wrong))


def mixed_line_ends(text, rng):
    header, *lines = text.split("\r\n")
    return header + "\r\n" + "".join(line + rng.choice(["\r\n", "\n"]) for line in lines if line)


def as_parquet(options, folder, rows_file, facts, seed):
    """The same rows as Parquet, and what is left of them when the file is cut."""
    if not options.sql or not os.path.exists(os.environ["ZIELWERK_DUCKDB"]):
        return
    out, cut = f"{folder}/rows.parquet", f"{folder}/cut.parquet"
    made = run(options.sql, f"--sql={ROOT}/bench/casework", f"--parquet={out}", rows_file)
    done = run(options.binary, "casework", "compute", out, f"--out={folder}/facts.csv", "--intern")
    expect(made.returncode == 0 and done.returncode == 0 and read_bytes(f"{folder}/facts.csv") == facts, f"seed {seed}: Parquet. {made.stderr} {done.stderr}")
    whole = read_bytes(out)
    with open(cut, "wb") as file:
        file.write(whole[: len(whole) * 2 // 3])
    done = run(options.binary, "casework", "compute", cut, f"--out={folder}/none.csv")
    expect(done.returncode == 1 and "[parquet_unreadable]" in done.stderr and "cut.parquet" in done.stderr and not os.path.exists(f"{folder}/none.csv"), f"seed {seed}: cut Parquet: {done.stderr}")


def one_seed(options, folder, seed, rng):
    binary = options.binary
    rows = random_rows.rows(seed, persons=rng.choice([1, 5, 60, 90]), months=rng.choice([1, 2, 3, 25, 60, 75]), calm=rng.random())
    expected = plain_reference.figures(rows)
    plain = write(folder, "rows.csv", random_rows.csv_text(rows))
    out = f"{folder}/facts.csv"
    for name in paths(binary, folder, plain):
        for threads in (1, 2, 3):
            done = run(binary, "casework", "compute", plain, f"--out={out}", "--intern", f"--codepfad={name}", f"--threads={threads}")
            wrong = differences(expected, read_facts(out)) if done.returncode == 0 else [done.stderr]
            expect(not wrong, f"seed {seed}, {name}, {threads} threads: " + "\n   ".join(wrong))
    with open(out, "rb") as file:
        facts = file.read()
    by_sql(options, folder, plain, expected, seed)
    as_parquet(options, folder, plain, facts, seed)
    # The months whose past is not known are marked.
    summary = " ".join(run(binary, "casework", "compute", plain).stdout.split())
    expect("unvollständig, weil frühere Monate fehlen: LZB bis" in summary, f"seed {seed}: the first months are not marked: {summary}")
    # What must not matter.
    shuffled = rng.sample(rows, len(rows))
    columns = rng.sample(random_rows.COLUMNS, len(random_rows.COLUMNS))
    cut = rng.randrange(len(rows) + 1)
    by_month = sorted(rows, key=lambda row: row["berichtsmonat"])
    some = set(rng.sample(sorted({row["person"] for row in rows}), len({row["person"] for row in rows}) // 2))
    decimal_points = [dict(row, llu=row["llu"].replace(",", "."), luh=row["luh"].replace(",", ".")) for row in rows]
    for what, files in {
        "order of rows": [random_rows.csv_text(shuffled)],
        "order of columns": [random_rows.csv_text(rows, columns)],
        "commas": [random_rows.csv_text(decimal_points, separator=",")],
        "CRLF and BOM": [random_rows.csv_text(rows, line_end="\r\n", bom=True)],
        "mixed line ends": [mixed_line_ends(random_rows.csv_text(rows, columns, line_end="\r\n"), rng)],
        "two files": [random_rows.csv_text(part) for part in (shuffled[:cut], shuffled[cut:]) if part],
        "a file for some persons": [random_rows.csv_text(part) for part in ([row for row in by_month if (row["person"] in some) == of_some] for of_some in (True, False)) if part],
        "by person": [random_rows.csv_text(sorted(rows, key=lambda row: (row["person"], row["berichtsmonat"])))],
    }.items():
        written = [write(folder, f"part{i}.csv", text) for i, text in enumerate(files)]
        done = run(binary, "casework", "compute", *written, f"--out={out}", "--intern")
        with open(out, "rb") as file:
            expect(done.returncode == 0 and file.read() == facts, f"seed {seed}: {what} matters. {done.stderr}")
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
            expect(stock == found.get((traeger, now, "ELB", "T", ""), 0), f"seed {seed}: stock identity of {traeger} {now}")
    # A person adds exactly its own contributions (the span of months stays the same).
    one = rng.choice(rows)["person"]
    months = {row["berichtsmonat"] for row in rows}
    rest = [row for row in rows if row["person"] != one]
    own = [row for row in rows if row["person"] == one]
    if rest and {min(months), max(months)} <= {row["berichtsmonat"] for row in rest}:
        without = plain_reference.figures(rest)
        done = run(binary, "casework", "compute", write(folder, "rest.csv", random_rows.csv_text(rest)), f"--out={out}", "--intern")
        expect(done.returncode == 0 and not differences(without, read_facts(out)), f"seed {seed}: without a person ({len(own)} rows)")


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def outlook_of_seed(binary, seed, rows, state, ahead):
    """Hineinwachsen as the reference says it; without --intern no 1 or 2, and none from the sum of the months."""
    expected = {key: row for key, row in plain_reference.outlook(rows, ahead).items() if any(row)}
    tables = []
    for words in (["--intern"], []):
        done = run(binary, "casework", "outlook", state, f"--months={ahead}", "--format=csv", *words)
        expect(done.returncode == 0, f"seed {seed}: outlook: {done.stderr}")
        tables.append({(line.split(";")[0], line.split(";")[1]): line.split(";")[2:] for line in done.stdout.splitlines()[1:]})
    opened, closed = tables
    found = {key: [int(cell) for cell in cells[:-1]] for key, cells in opened.items()}
    expect({key: row for key, row in found.items() if any(row)} == expected, f"seed {seed}: outlook {found}, expected {expected}")
    expect(all(sum(found[key]) == int(cells[-1]) for key, cells in opened.items()), f"seed {seed}: outlook, sum of the months")
    for key, cells in closed.items():
        expect(not {"1", "2"} & set(cells), f"seed {seed}: outlook shows {key} {cells}")
        expect(all(shown in ("", "*", told) for shown, told in zip(cells, opened[key])), f"seed {seed}: outlook {key}: {cells}, in truth {opened[key]}")
        expect(sum(cell in ("", "*") for cell in cells) != 1, f"seed {seed}: outlook {key}: the sum of the months gives the one hidden away: {cells}, in truth {opened[key]}")


def state_of_seed(binary, folder, seed, rng):
    """The state file: by compute, by append month by month, and with corrected months it is the same to the byte; its figures are those of
    the rows; parts of the persons may be added."""
    rows = random_rows.rows(seed, persons=rng.choice([3, 60, 120]), months=rng.choice([2, 5, 30, 56]), calm=rng.random())
    months = sorted({row["berichtsmonat"] for row in rows})
    months = [random_rows.month(at) for at in range(plain_reference.index(months[0]), plain_reference.index(months[-1]) + 1)]
    # A month without a row cannot be appended: every month gets one that says nothing but an amount.
    rows += [dict(rows[0], person="999999999", berichtsmonat=month, elb="0", integration="", gering="0", oeff="0", llu="1.00") for month in months]
    by_month = {month: [row for row in rows if row["berichtsmonat"] == month] for month in months}
    everything = write(folder, "all.csv", random_rows.csv_text(rows))
    facts, whole, grown = f"{folder}/whole.csv", f"{folder}/whole.state", f"{folder}/grown.state"
    done = run(binary, "casework", "compute", everything, f"--out={facts}", "--intern", f"--state={whole}", f"--threads={rng.choice([1, 2, 3])}")
    expect(done.returncode == 0, f"seed {seed}: {done.stderr}")
    wrong = differences(plain_reference.figures(rows), read_facts(facts))
    expect(not wrong, f"seed {seed}: " + " ".join(wrong))
    for at, month in enumerate(months):
        part = write(folder, "month.csv", random_rows.csv_text(by_month[month]))
        done = run(binary, "casework", "append", grown, part, f"--threads={rng.choice([1, 2, 3])}")
        expect(done.returncode == 0, f"seed {seed}: append {month}: {done.stderr}")
    expect(read_bytes(whole) == read_bytes(grown), f"seed {seed}: append is not compute")
    # Corrected: every third row of some months is gone or changed, then the true rows come.
    for month in rng.sample(months, min(4, len(months))):
        damaged = [dict(row, ae="1") for row in by_month[month] if rng.random() < 0.7] + [dict(rows[0], person="31337", berichtsmonat=month, elb="1", geschlecht="F")]
        for what, part in (("damage", damaged), ("repair", by_month[month])):
            refused = run(binary, "casework", "append", grown, write(folder, "month.csv", random_rows.csv_text(part)))
            expect(refused.returncode == 1 and "month_known" in refused.stderr, f"seed {seed}: {refused.stderr}")
            done = run(binary, "casework", "append", grown, f"{folder}/month.csv", "--korrektur")
            expect(done.returncode == 0, f"seed {seed}: {what} {month}: {done.stderr}")
            if what == "damage":
                changed = [row for row in rows if row["berichtsmonat"] != month] + part
                run(binary, "casework", "compute", write(folder, "changed.csv", random_rows.csv_text(changed)), f"--state={folder}/changed.state")
                expect(read_bytes(f"{folder}/changed.state") == read_bytes(grown), f"seed {seed}: corrected {month} is not compute")
        expect(read_bytes(whole) == read_bytes(grown), f"seed {seed}: {month} corrected back is not compute")
    expect(run(binary, "casework", "state", "verify", grown).returncode == 0, f"seed {seed}: verify")
    expect(oct(os.stat(grown).st_mode)[-3:] == "600" == oct(os.stat(whole).st_mode)[-3:], "the state file is 0600")
    outlook_of_seed(binary, seed, rows, grown, rng.choice([1, 6, 24]))
    # From the state file, on every code path; and from parts of the persons.
    for name in paths(binary, folder, everything):
        done = run(binary, "casework", "merge", grown, f"--out={folder}/state.csv", "--intern", f"--codepfad={name}")
        expect(done.returncode == 0 and read_bytes(f"{folder}/state.csv") == read_bytes(facts), f"seed {seed}: figures of the state, {name}: {done.stderr}")
    parts = [[row for row in rows if zlib.crc32(row["person"].encode()) % 3 == part] for part in range(3)]
    files = []
    for part in filter(None, parts):
        files.append(f"{folder}/part{len(files)}.state")
        run(binary, "casework", "compute", write(folder, "part.csv", random_rows.csv_text(part)), f"--state={files[-1]}")
    done = run(binary, "casework", "merge", *files, f"--out={folder}/state.csv", "--intern")
    expect(done.returncode == 0 and read_facts(f"{folder}/state.csv") == read_facts(facts), f"seed {seed}: parts do not add up. {done.stderr}")
    twice = run(binary, "casework", "merge", grown, files[0], f"--out={folder}/state.csv", "--intern")
    expect(twice.returncode == 1 and "person_in_two_files" in twice.stderr, f"seed {seed}: a person counted twice. {twice.stderr}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--sql", help="duckdb_figures, the baseline of the benchmark")
    parser.add_argument("--seeds", type=int, default=12)
    parser.add_argument("--first", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.first, options.first + options.seeds):
            one_seed(options, folder, seed, random.Random(f"agree {seed}"))
        for seed in range(options.first, options.first + (options.seeds + 2) // 3):
            state_of_seed(options.binary, folder, seed + 1000, random.Random(f"state {seed}"))
            for name in os.listdir(folder):
                os.unlink(os.path.join(folder, name))
    if without_sql:
        print(f"Without the comparison with SQL for {without_sql} seeds: DuckDB's library is not at {os.environ['ZIELWERK_DUCKDB']} (bench/casework_run fetches it).")
    end()


if __name__ == "__main__":
    main()
