#!/usr/bin/env python3
"""Bad input of the person-level engine: each is refused with file, line, column, what was found and what was expected; all at once; nothing
is written; no key of a person is printed. And the disclosure rule: what leaves without --intern gives no count of 1 or 2 away.

bad_input.py --binary=PATH"""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile

import plain_reference
import random_rows
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))  # tests/checks.py
from checks import end, expect

HEADER = ";".join(random_rows.COLUMNS)
KEY = "987654321012"
GOOD = f"{KEY};2020-01;33148;F;1980-02;1;0;0;;0;0;;563.00;380.00;"


def change(**fields):
    row = dict(zip(random_rows.COLUMNS, GOOD.split(";")))
    row.update(fields)
    return ";".join(row[column] for column in random_rows.COLUMNS)


class Place:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, content, name="rows.csv"):
        with open(self.path(name), "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        return self.path(name)

    def run(self, *arguments, **environment):
        return subprocess.run([self.binary, "casework", *arguments], capture_output=True, text=True, errors="replace", check=False, cwd=self.folder, env={**os.environ, **environment})

    def refuse(self, name, content, code, words, environment=None):
        """`words`: all of them must be in the message."""
        self.write(content)
        before = sorted(os.listdir(self.folder))
        done = self.run("compute", "rows.csv", "--out=facts.csv", "--state=new.state", "--intern", **(environment or {}))
        expect(done.returncode == 1 and f"[{code}]" in done.stderr, f"{name}: {done.returncode} {done.stderr[:300]}")
        for word in words:
            expect(word in done.stderr, f"{name}: „{word}“ is missing in {done.stderr[:300]}")
        expect(sorted(os.listdir(self.folder)) == before, f"{name}: something was written: {os.listdir(self.folder)}")
        expect(KEY not in done.stderr + done.stdout, f"{name}: the key of a person is printed")
        return done.stderr


def rows_that_are_wrong(place):
    for name, row, code, words in [
        ("month 13", change(berichtsmonat="2020-13"), "month_invalid", ["Zeile 3, Spalte 2 (berichtsmonat)", "„2020-13“"]),
        ("month before SGB II", change(berichtsmonat="2004-12"), "month_out_of_range", ["Zeile 3", "2005-01"]),
        ("month far away", change(berichtsmonat="2999-12"), "month_out_of_range", ["2099-12"]),
        ("unknown Jobcenter", change(traeger="99998"), "jobcenter_unknown", ["Spalte 3 (traeger)", "„99998“"]),
        ("zero lost", change(traeger="4704"), "jobcenter_unknown", ["führende Null"]),
        ("sex", change(geschlecht="W"), "sex_invalid", ["„W“"]),
        ("birth month", change(geburtsmonat="1980-2"), "birth_month_invalid", ["Spalte 5"]),
        ("born later", change(geburtsmonat="2021-01"), "birth_month_invalid", ["nicht nach dem Berichtsmonat"]),
        ("elb empty", change(elb=""), "flag_invalid", ["Spalte 6 (elb)"]),
        ("elb 2", change(elb="2"), "flag_invalid", ["„2“"]),
        ("flag", change(oeff="ja"), "flag_invalid", ["Spalte 11 (oeff)"]),
        ("integration", change(integration="Z"), "integration_invalid", ["„Z“"]),
        ("kont", change(integration="S", kont="x"), "flag_invalid", ["Spalte 12 (kont)"]),
        ("thousands point", change(llu="1.563,00"), "amount_invalid", ["„1.563,00“"]),
        ("three decimals", change(luh="1.005"), "amount_invalid", ["zwei Nachkommastellen"]),
        ("negative amount", change(llu="-5.00"), "amount_absurd", ["0 bis unter 100.000"]),
        ("absurd amount", change(llu="100000.00"), "amount_absurd", ["„100000.00“"]),
        ("amount beyond 64 bits", change(llu="99999999999999999"), "amount_absurd", []),
        ("group", change(gruppen="ASYL9"), "group_unknown", ["--groups"]),
        ("derived group", change(gruppen="LZB"), "group_unknown", ["leitet das Programm ab"]),
        ("no key", change(person=""), "person_missing", ["Spalte 1 (person)"]),
        ("long key", change(person=KEY * 3), "person_too_long", ["36 Byte"]),
        ("control character", change(person=KEY + "\x07"), "person_invalid", []),
        ("too few fields", GOOD[:-1].rsplit(";", 1)[0], "field_count", ["13 Felder, erwartet sind 15"]),
        ("too many fields", GOOD + ";", "field_count", ["16 Felder"]),
        ("open quote", change(person='"' + KEY), "person_invalid", []),
    ]:
        place.refuse(name, f"{HEADER}\n{change(person='1')}\n{row}\n", code, words)
        place.refuse(name + ", CRLF", f"{HEADER}\r\n{change(person='1')}\r\n{row}\r\n", code, words)
    expect(place.run("compute", place.write(f"\ufeff{HEADER}\r\n\"{KEY}\";2020-01;\"33148\";F;;1;;;;;;;;;\r\n"), "--out=quoted.csv").returncode == 0, "quotes around fields are allowed")


def rows_that_contradict(place):
    said = place.refuse("row twice", f"{HEADER}\n{GOOD}\n{change(person='1')}\n{GOOD}\n", "row_twice", ["Zeile 4", "Zeile 2", "#"])
    expect(said.count("row_twice") == 1, said)
    place.refuse("event row twice", f"{HEADER}\n{GOOD}\n{change(elb='0')}\n", "row_twice", ["Zeile 3", "Zeile 2"])
    place.refuse("two stocks", f"{HEADER}\n{GOOD}\n{change(traeger='32702')}\n", "two_stocks", ["Zeile 3", "Zeile 2", "33148", "32702", "2020-01"])
    place.refuse("two stocks, later months between", "\n".join([HEADER, GOOD, change(berichtsmonat="2020-02"), change(traeger="32702")]) + "\n", "two_stocks", ["Zeile 4", "Zeile 2"])
    place.write(f"{HEADER}\n{GOOD}\n", "other.csv")
    place.write(f"{HEADER}\n{GOOD}\n")
    done = place.run("compute", "rows.csv", "other.csv", "--out=facts.csv")
    expect(done.returncode == 1 and "rows.csv, Zeile 2" in done.stderr and "other.csv, Zeile 2" in done.stderr, done.stderr)
    os.unlink(place.path("other.csv"))


def all_at_once(place):
    said = place.refuse("all at once", "\n".join([HEADER, change(elb="7"), change(traeger="1", berichtsmonat="x"), GOOD, change(llu="z")]) + "\n", "flag_invalid", ["Zeile 2", "Zeile 3", "Zeile 5"])
    expect(said.count(" [") == 4, said)
    said = place.refuse("up to a limit", HEADER + "\n" + (change(elb="7") + "\n") * 50_000, "more_problems", ["Zeile 2,", "Zeile 101", "49900 weitere"])
    expect(len(said.splitlines()) == 102, len(said.splitlines()))


def files_that_are_wrong(place):
    place.refuse("empty", "", "file_empty", ["rows.csv"])
    place.refuse("only a header", HEADER + "\n", "no_rows", ["rows.csv"])
    place.refuse("unknown column", HEADER + ";name\n" + GOOD + ";x\n", "column_unknown", ["Spalte 16", "„name“"])
    place.refuse("column twice", HEADER.replace("oeff", "elb") + "\n" + GOOD + "\n", "column_twice", ["elb"])
    place.refuse("column missing", HEADER.replace(";gruppen", "") + "\n" + GOOD[:-1] + "\n", "column_missing", ["gruppen"])
    place.refuse("long line", f"{HEADER}\n{GOOD}\n{'x' * 5000}\n{change(elb='7')}\n", "line_too_long", ["Zeile 3", "4096", "Zeile 4"])
    # A line of many gigabytes, mostly a hole in the file: read piece by piece.
    with open(place.write(f"{HEADER}\n{GOOD}\n"), "r+b") as file:
        file.truncate(1_500_000_000)
    done = place.run("compute", "rows.csv", "--out=facts.csv")
    expect(done.returncode == 1 and "line_too_long" in done.stderr and "Zeile 3" in done.stderr and done.stderr.count(" [") == 1, done.stderr[:300])
    with open(place.write(""), "r+b") as file:
        file.truncate(1_500_000_000)
    expect("line_too_long" in place.run("compute", "rows.csv").stderr, "a header without end")
    place.refuse("Parquet without library", b"PAR1" + b"\0" * 100, "parquet_library_missing", ["ZIELWERK_DUCKDB"], {"ZIELWERK_DUCKDB": "/nowhere/libduckdb.so"})
    if os.path.exists(os.environ["ZIELWERK_DUCKDB"]):
        place.refuse("truncated Parquet", b"PAR1" + b"\0" * 100, "parquet_unreadable", ["rows.csv", "abgeschnitten"])
    else:
        print("Without the truncated Parquet file: DuckDB's library is not there.")
    expect(place.run("compute", "nicht_da.csv").returncode == 3, "a file that is not there")
    expect(place.run("compute", place.folder, "rows.csv").returncode == 1, "a folder beside a file")


def state_files(place):
    place.write("\n".join([HEADER] + [change(person=str(1000 + i)) for i in range(700)]) + "\n", "jan.csv")
    place.write("\n".join([HEADER] + [change(person=str(1000 + i), berichtsmonat="2020-02") for i in range(0, 700, 2)]) + "\n", "feb.csv")
    place.write("\n".join([HEADER] + [change(berichtsmonat="2020-04")]) + "\n", "apr.csv")
    state = place.path("a.state")
    expect(place.run("append", state, "jan.csv").returncode == 0 and place.run("append", state, "feb.csv").returncode == 0, "append")
    with open(state, "rb") as file:
        sound = file.read()
    for name, arguments, code in [("again", ["feb.csv"], "month_known"), ("gap", ["apr.csv"], "month_gap"), ("several months", ["jan.csv", "feb.csv"], "months_several")]:
        done = place.run("append", state, *arguments)
        expect(done.returncode == 1 and f"[{code}]" in done.stderr, f"{name}: {done.stderr}")
        with open(state, "rb") as file:
            expect(file.read() == sound, f"{name}: the state file changed")
    # Every flipped bit is found, wherever it is.
    rng = random.Random(6)
    places = sorted({*range(0, len(sound), 397), *(rng.randrange(len(sound)) for _ in range(40))})
    for at in places:
        damaged = bytearray(sound)
        damaged[at] ^= 1 << rng.randrange(8)
        place.write(bytes(damaged), "b.state")
        done = place.run("state", "verify", "b.state")
        expect(done.returncode != 0 and "state_" in done.stderr, f"flipped bit at {at}: {done.stderr}")
        expect(place.run("merge", "b.state", "--out=facts.csv").returncode != 0, f"flipped bit at {at}: figures")
    for at in (10, 255, 256, 300, 500, len(sound) - 1):
        place.write(sound[:at], "b.state")
        expect("state_" in place.run("state", "info", "b.state").stderr, f"cut at {at}")
    other_version = bytearray(sound)
    other_version[8] = 9
    place.write(bytes(other_version), "b.state")
    expect("[state_version]" in place.run("state", "info", "b.state").stderr, "version")
    place.write("person;berichtsmonat\n" * 50, "b.state")
    expect("[state_foreign]" in place.run("state", "info", "b.state").stderr, "another file")
    # An append that was cut off leaves zeroes where the head comes last: the months before stay good, and the next append removes it.
    place.write(sound + b"\0" * 128 + b"torn" * 100, "b.state")
    info = place.run("state", "info", "b.state")
    expect(info.returncode == 0 and "abgebrochen" in info.stdout, info.stdout + info.stderr)
    place.write("\n".join([HEADER] + [change(berichtsmonat="2020-03")]) + "\n", "mar.csv")
    shutil.copy(state, place.path("c.state"))
    for name in ("b.state", "c.state"):
        expect(place.run("append", name, "mar.csv").returncode == 0, name)
    with open(place.path("b.state"), "rb") as one, open(place.path("c.state"), "rb") as other:
        expect(one.read() == other.read(), "after a torn append the file is as if nothing had been")
    for name in ("facts.csv", "b.state", "c.state", "a.state"):
        if os.path.exists(place.path(name)):
            os.unlink(place.path(name))


def own_groups(place):
    place.write('[[gruppe]]\ncode = "U25"\nunter_jahren = 25\n[[gruppe]]\ncode = "AB50"\nab_jahren = 50\n[[gruppe]]\ncode = "PROJEKT"\n', "groups.toml")
    place.write("\n".join([HEADER, change(person="1", geburtsmonat="1995-02"), change(person="2", geburtsmonat="1995-01"), change(person="3", geburtsmonat="1970-01"), change(person="4", geburtsmonat="1970-02", gruppen="PROJEKT"),
                           change(person="5", geburtsmonat="", gruppen="U25")]) + "\n")
    done = place.run("compute", "rows.csv", "--groups=groups.toml", "--out=facts.csv", "--intern")
    with open(place.path("facts.csv"), encoding="utf-8") as file:
        found = {tuple(line.split(";")[3:6]): line.rstrip().split(";")[6] for line in file}
    # 25 years old from the month of the birthday on; 50 likewise. A flag counts beside the age.
    expect(done.returncode == 0 and found[("ELB", "T", "U25")] == "2" and found[("ELB", "T", "AB50")] == "1" and found[("ELB", "T", "PROJEKT")] == "1", f"{found} {done.stderr}")
    os.unlink(place.path("facts.csv"))
    for text, code in [('[[gruppe]]\ncode = "lzb"\n', "group_invalid"), ('[[gruppe]]\ncode = "LZB"\n', "group_invalid"), ("[[gruppe]\n", "toml_invalid"),
                       ("".join(f'[[gruppe]]\ncode = "G{i}"\n' for i in range(4)), "groups_too_many"), ('[[gruppe]]\ncode = "A"\nalter = 3\n', "group_invalid")]:
        place.write(text, "groups.toml")
        done = place.run("compute", "rows.csv", "--groups=groups.toml", "--out=facts.csv")
        expect(done.returncode == 1 and f"[{code}]" in done.stderr and "groups.toml" in done.stderr, f"{text}: {done.stderr}")


def disclosure(place):
    """From what is shown, nobody finds a 1 or a 2: not in a cell, not as the third of T, M, F (or the rest X), not as everybody but a
    group, not by the balance of movements."""
    for seed in range(6):
        rows = random_rows.rows(seed + 50, persons=40 + 40 * seed, months=26, calm=0.8)
        place.write(random_rows.csv_text(rows))
        place.run("compute", "rows.csv", "--out=open.csv", "--intern")
        place.run("compute", "rows.csv", "--out=closed.csv")
        persons = {}
        for row in rows:
            for measure, column in (("LLU", "llu"), ("LUH", "luh")):
                if plain_reference.cents(row[column]):
                    for sex in plain_reference.sexes(row):
                        key = (row["traeger"], row["berichtsmonat"], measure, sex, "")
                        persons[key] = persons.get(key, 0) + 1
        tables = []
        for name in ("open.csv", "closed.csv"):
            with open(place.path(name), encoding="utf-8") as file:
                next(file)
                tables.append({tuple(line.split(";")[:2] + line.split(";")[3:6]): line.rstrip("\n").split(";")[6] for line in file})
        opened, closed = tables
        expect(opened.keys() == closed.keys(), f"seed {seed}: other rows")
        hidden = shown = 0

        def value(key):
            """What an onlooker knows of a cell: a number, or None."""
            text = closed.get(key)
            return None if text in (None, "*", ".") else persons.get(key, 0) if key[2] in ("LLU", "LUH") else int(text)

        for key, text in closed.items():
            traeger, month, measure, sex, group = key
            hidden, shown = hidden + (text == "*"), shown + (text != "*")
            expect(text in ("*", opened[key]), f"seed {seed}: {key} is {text}, {opened[key]} without the rule")
            expect(value(key) not in (1, 2), f"seed {seed}: {key} shows {text}")
            if sex == "T":
                t, m, f = (value((traeger, month, measure, one, group)) for one in "TMF")
                known = [one for one in (t, m, f) if one is not None]
                if len(known) == 3:
                    expect(t - m - f not in (1, 2), f"seed {seed}: X of {key} follows")
                expect(len(known) != 2 or "." in (closed[(traeger, month, measure, one, group)] for one in "TMF") or min(known) == 0, f"seed {seed}: {key}: one of T, M, F follows from the others")
            if group and measure in ("ELB", "AKT", "INT", "INT_SVB", "INT_KONT", "GERING", "OEFF"):
                whole, part = value((traeger, month, measure, sex, "")), value(key)
                expect(whole is None or part is None or whole - part not in (1, 2), f"seed {seed}: everybody but {key}")
            if measure == "ELB_ZU" and not group:
                moves = [closed.get((traeger, month, one, sex, ""), "0") for one in ("ELB_ZU", "ELB_AB", "ELB_UMZ_ZU", "ELB_UMZ_AB")]
                alone = moves.count("*") == 1
                expect(not alone or [one for one in moves if one != "*"].count("0") == 3, f"seed {seed}: {key}: the balance gives a movement away")
        expect(hidden > 20 and shown > 20, f"seed {seed}: {hidden} hidden, {shown} shown")
    for name in ("open.csv", "closed.csv"):
        os.unlink(place.path(name))


def every_path_says_the_same(place):
    """Rows in the usual shape with a few characters exchanged: what the quick readers make of them is what the plainest one does."""
    names = [name for name in ("portable", "avx2", "avx512") if place.run("compute", place.write(f"{HEADER}\n{GOOD}\n"), f"--codepfad={name}").returncode == 0]
    refused = taken = 0
    for seed in range(40):
        rng = random.Random(f"damage {seed}")
        lines = [";".join([str(rng.randrange(1, 10 ** rng.randrange(1, 17))), f"20{rng.randrange(5, 25):02}-{rng.randrange(1, 13):02}", rng.choice(("33148", "03006")), rng.choice("MFX"),
                           rng.choice(("", "", "1980-02")), rng.choice("01"), rng.choice(("", "0", "1")), "0", rng.choice(("", "", "S", "A", "B")), "0", rng.choice("01"), rng.choice(("", "0", "1")),
                           rng.choice(("", "0.00", "563,10", "1234.56")), rng.choice(("", "380.00")), rng.choice(("", "", "", "ASYL8", "U25"))]) for _ in range(rng.choice((3, 70, 200)))]
        for _ in range(rng.randrange(3)):
            at = rng.randrange(len(lines))
            place_in_row = rng.randrange(len(lines[at]))
            lines[at] = lines[at][:place_in_row] + rng.choice("0129;.,-:/ MSx\r\x00ä") + lines[at][place_in_row + 1:]
        place.write("\n".join([HEADER, *lines]) + rng.choice(("", "\n")))
        said = []
        for name in names:
            done = place.run("compute", "rows.csv", "--out=said.csv", "--intern", "--threads=1", f"--codepfad={name}")
            said.append((done.returncode, done.stderr, done.stdout, open(place.path("said.csv"), "rb").read() if done.returncode == 0 else b""))
        expect(all(one == said[0] for one in said), f"damage {seed}: {list(zip(names, said))}")
        taken += said[0][0] == 0
        refused += said[0][0] == 1
    expect(taken > 5 and refused > 5, f"{taken} files were taken, {refused} refused")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    options = parser.parse_args()
    os.environ.setdefault("ZIELWERK_DUCKDB", os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", "build/duckdb/libduckdb.so")))
    with tempfile.TemporaryDirectory() as folder:
        place = Place(os.path.abspath(options.binary), folder)
        place.write("")
        for part in (rows_that_are_wrong, rows_that_contradict, all_at_once, files_that_are_wrong, state_files, own_groups, every_path_says_the_same, disclosure):
            part(place)
    end()


if __name__ == "__main__":
    main()
