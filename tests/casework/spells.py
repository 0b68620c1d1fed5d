#!/usr/bin/env python3
"""Spells and the day-exact rule [B]: hand-made cases at the edges, then random ones against a reference that counts day by day.

spells.py --binary=PATH [--seeds=N]"""
import argparse
import datetime
import os
import random
import subprocess
import sys
import tempfile

import plain_reference
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))  # tests/checks.py
from checks import end, expect

TABLES = {"bezug": "person;traeger;von;bis", "person": "person;geschlecht;geburtsdatum", "erwerb": "person;art;von;bis", "massnahme": "person;art;von;bis",
          "zahlung": "person;berichtsmonat;traeger;llu;luh", "merkmal": "person;code;von;bis", "stichtage": "berichtsmonat;tag"}
DAY = datetime.timedelta(days=1)


def date(text):
    return datetime.date.fromisoformat(text)


def stichtage(first="2018-06", count=31):
    at = plain_reference.index(first)
    return [f"{plain_reference.text(m)};{plain_reference.text(m)}-{12 + m % 4}" for m in range(at, at + count)]


def run(binary, tables, *options):
    """Figures of the spells, or the error text."""
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/spells")
        for name, rows in tables.items():
            with open(f"{folder}/spells/{name}.csv", "w", encoding="utf-8") as file:
                file.write("\n".join([TABLES[name]] + rows) + "\n")
        done = subprocess.run([binary, "casework", "compute", f"{folder}/spells", f"--out={folder}/facts.csv", "--intern", *options], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            expect(not os.path.exists(f"{folder}/facts.csv"), "something was written in spite of an error")
            return done.stderr
        found = {}
        with open(f"{folder}/facts.csv", encoding="utf-8") as file:
            next(file)
            for line in file:
                traeger, month, _, measure, sex, group, value = line.rstrip("\n").split(";")
                number = None if value == "." else plain_reference.cents(value) if measure in ("LLU", "LUH") else int(value)
                if number != 0:
                    found[traeger, month, measure, sex, group] = number
        return found


def lzb(binary, receipts, month, traeger="33148", days=None):
    tables = {"person": ["1;F;1980-02-29"], "bezug": [f"1;{one}" for one in receipts], "stichtage": days or stichtage()}
    found = run(binary, tables)
    return found if isinstance(found, str) else found.get((traeger, month, "ELB", "T", "LZB"), 0)


def hand_cases(binary):
    # The Stichtag of 2020-06 is 14 June; its 730 days begin on 16 June 2018 and hold the 29th of February 2020.
    stichtag = date("2020-06-14")
    month = f"2020-06;{stichtag}"
    days = [row if not row.startswith("2020-06") else month for row in stichtage()]

    def back(count):
        return str(stichtag - (count - 1) * DAY)

    cases = {
        "638 days in one piece": ([f"33148;{back(638)};"], 1),
        "637 days in one piece": ([f"33148;{back(637)};"], 0),
        "638 days that end on the Stichtag": ([f"33148;{back(638)};{stichtag}"], 1),
        "overlapping spells count once": ([f"33148;{back(637)};{back(300)}", f"33148;{back(400)};"], 0),
        "overlapping spells, one day more": ([f"33148;{back(638)};{back(300)}", f"33148;{back(400)};"], 1),
        "one spell inside the other": ([f"33148;{back(638)};", f"33148;{back(500)};{back(450)}"], 1),
        "a gap of 92 days": ([f"33148;{back(730)};{back(193)}", f"33148;{back(100)};"], 1),
        "a gap of 93 days": ([f"33148;{back(730)};{back(194)}", f"33148;{back(100)};"], 0),
        "days before the 730 do not count": ([f"33148;{back(1000)};{back(700)}", f"33148;{back(606)};"], 0),
        "days before the 730 do not count, but these do": ([f"33148;{back(1000)};{back(699)}", f"33148;{back(606)};"], 1),
        "moved: counted across Jobcenter": ([f"32702;{back(638)};{back(101)}", f"33148;{back(100)};"], 1),
        "moved with an overlap": ([f"32702;{back(638)};{back(98)}", f"33148;{back(100)};"], 1),
        "not in stock at the Stichtag": ([f"33148;{back(730)};{back(2)}"], 0),
        "open ends": (["33148;2005-01-01;"], 1),
        "a single day": ([f"33148;{stichtag};{stichtag}"], 0),
    }
    for name, (receipts, expected) in cases.items():
        found = lzb(binary, receipts, "2020-06", days=days)
        expect(found == expected, f"{name}: expected {expected}, found {found}")
    # Leap years: from 2019-01-01 to 2020-09-29 are 638 days, because February 2020 has 29.
    for day, expected in (("2020-09-28", 0), ("2020-09-29", 1)):
        days = [row if not row.startswith("2020-09") else f"2020-09;{day}" for row in stichtage()]
        expect(lzb(binary, ["33148;2019-01-01;"], "2020-09", days=days) == expected, f"leap year, {day}")
    # A move is neither Zugang nor Abgang of the LZB.
    found = run(binary, {"person": ["1;M;"], "bezug": ["1;32702;2015-01-01;2020-05-31", "1;33148;2020-06-01;"], "stichtage": stichtage()})
    expect(found[("33148", "2020-06", "ELB_UMZ_ZU", "T", "")] == 1 and found[("32702", "2020-06", "ELB_UMZ_AB", "T", "")] == 1, "a move is a move")
    expect(not [key for key in found if key[2] in ("ELB_ZU", "ELB_AB")], "a move is neither Zugang nor Abgang")


def bad_cases(binary):
    good = {"person": ["1;F;1980-02-29"], "bezug": ["1;33148;2018-01-01;"], "stichtage": stichtage()}
    for name, change, code, place in [
        ("no such day", {"bezug": ["1;33148;2019-02-29;"]}, "date_invalid", "bezug.csv, Zeile 2, Spalte von"),
        ("backwards", {"bezug": ["1;33148;2019-02-01;2019-01-31"]}, "spell_backwards", "bezug.csv, Zeile 2, Spalte bis"),
        ("unknown person", {"bezug": ["1;33148;2019-02-01;", "12345678;33148;2019-02-01;"]}, "person_unknown", "bezug.csv, Zeile 3"),
        ("unknown Jobcenter", {"bezug": ["1;99998;2019-02-01;"]}, "jobcenter_unknown", "bezug.csv, Zeile 2, Spalte traeger"),
        ("two stocks", {"bezug": ["1;33148;2019-02-01;", "1;32702;2019-02-01;"]}, "two_stocks", "bezug.csv, Zeile 3"),
        ("person twice", {"person": ["1;F;", "1;M;"]}, "person_twice", "person.csv, Zeile 3"),
        ("sex", {"person": ["1;W;"]}, "sex_invalid", "person.csv, Zeile 2"),
        ("fields", {"person": ["1;F"]}, "field_count", "person.csv, Zeile 2"),
        ("kind of work", {"erwerb": ["1;Z;2019-02-01;"]}, "kind_unknown", "erwerb.csv, Zeile 2"),
        ("paragraph", {"massnahme": ["1;17;2019-02-01;"]}, "kind_unknown", "massnahme.csv, Zeile 2"),
        ("feature", {"merkmal": ["1;LZB;2019-02-01;"]}, "group_unknown", "merkmal.csv, Zeile 2"),
        ("amount", {"zahlung": ["1;2019-02;33148;1.000,00;0"]}, "amount_invalid", "zahlung.csv, Zeile 2, Spalte llu"),
        ("absurd amount", {"zahlung": ["1;2019-02;33148;0;100000"]}, "amount_invalid", "zahlung.csv, Zeile 2, Spalte luh"),
        ("Stichtag of another month", {"stichtage": ["2019-02;2019-03-12"]}, "stichtag_invalid", "stichtage.csv, Zeile 2"),
        ("a Stichtag is missing", {"stichtage": ["2019-02;2019-02-12", "2019-04;2019-04-12"]}, "stichtag_invalid", "stichtage.csv"),
    ]:
        said = run(binary, {**good, **change})
        expect(isinstance(said, str) and f"[{code}]" in said and place in said, f"{name}: {said}")
        expect(isinstance(said, str) and "12345678" not in said, f"{name}: the key of a person is printed")


def random_case(rng):
    """A handful of persons; no two Jobcenter at one time."""
    days = stichtage("2017-03", 40)
    first, last = date("2014-01-01"), date("2020-12-31")
    tables = {"person": [], "bezug": [], "erwerb": [], "massnahme": [], "zahlung": [], "merkmal": [], "stichtage": days}
    for person in range(rng.randrange(1, 12)):
        tables["person"].append(f"{person};{rng.choice('MFX')};{rng.choice(['', '1990-05-01'])}")
        at = first + rng.randrange(1200) * DAY
        while at < last:
            end = at + rng.randrange(1, rng.choice([40, 900])) * DAY
            home = rng.choice(["33148", "32702"])
            tables["bezug"].append(f"{person};{home};{at};{'' if end > last else end}")
            if rng.random() < 0.3 and end <= last:  # the same Jobcenter says part of it again
                tables["bezug"].append(f"{person};{home};{at + (end - at) / 2};{end}")
            at = end + rng.choice([1, 1, 2, 30, 200]) * DAY
        for table, kinds in (("erwerb", "SABGO"), ("massnahme", ["16", "§ 16d", "16e", "16f", "16i", "44", "16j", "16k"]), ("merkmal", ["AE", "ASYL8", "U25"])):
            for _ in range(rng.randrange(5)):
                begin = first + rng.randrange(2500) * DAY
                tables[table].append(f"{person};{rng.choice(kinds)};{begin};{rng.choice(['', begin + rng.randrange(500) * DAY])}")
        for _ in range(3):
            tables["zahlung"].append(f"{person};{rng.choice(days)[:7]};33148;{rng.randrange(900)}.5;")
    return tables


def reference(tables):
    """Person-months from spells, day by day; then the plain reference with LZB by days."""
    days = {row.split(";")[0]: date(row.split(";")[1]) for row in tables["stichtage"]}
    months = sorted(days)

    def spells(name, person):
        for row in tables[name]:
            fields = row.split(";")
            if fields[0] == person:
                yield fields[1], date(fields[2]), date(fields[3]) if fields[3] else date("9999-12-31")

    rows, long_term = [], {}
    for line in tables["person"]:
        person, sex, _ = line.split(";")
        stock_days = set()
        for _, begin, end in spells("bezug", person):
            while begin <= min(end, date("2021-12-31")):
                stock_days.add(begin)
                begin += DAY
        for at, month in enumerate(months):
            day = days[month]
            homes = {home for home, begin, end in spells("bezug", person) if begin <= day <= end}
            taken = [kind for kind, begin, _ in spells("erwerb", person) if at > 0 and days[months[at - 1]] < begin <= day]
            after = [any(kind == "S" and begin <= days[m] <= end for kind, begin, end in spells("erwerb", person)) for m in months[at + 1:at + 7]]
            kont = "0" if not all(after) else "1" if len(after) == 6 else ""
            codes = {kind for kind, begin, end in spells("merkmal", person) if begin <= day <= end}
            active = any(begin <= day <= end and kind.strip("§ ") in (("16", "16d", "16e", "16f", "16i") if begin < date("2019-01-01") else ("16", "16d", "16f", "16i"))
                         for kind, begin, end in spells("massnahme", person))
            base = {"person": person, "berichtsmonat": month, "geschlecht": sex, "traeger": min(homes, default="33148"), "elb": str(len(homes)), "ae": str(int("AE" in codes)), "akt": str(int(active)),
                    "integration": next((kind for kind in "SAB" if kind in taken), ""), "gering": str(int("G" in taken)), "oeff": str(int("O" in taken)), "kont": kont if "S" in taken else "",
                    "llu": "", "luh": "", "gruppen": "+".join(code for code in ("ASYL8", "U25") if code in codes)}
            rows.append(base)
            long_term[person, plain_reference.index(month)] = len(homes) == 1 and sum(day - back * DAY in stock_days for back in range(730)) >= 638
        for payment in tables["zahlung"]:
            key, month, traeger, llu, luh = payment.split(";")
            if key == person:
                rows.append({"person": "amount", "berichtsmonat": month, "geschlecht": sex, "traeger": traeger, "elb": "0", "ae": "0", "akt": "0", "integration": "", "gering": "0", "oeff": "0", "kont": "", "llu": llu,
                             "luh": luh, "gruppen": ""})
    original = plain_reference.Person.lzb
    try:
        plain_reference.Person.lzb = lambda self, month: long_term.get((next(iter(self.rows.values()))[0]["person"], month), False)
        return plain_reference.figures(rows)
    finally:
        plain_reference.Person.lzb = original


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--seeds", type=int, default=8)
    options = parser.parse_args()
    hand_cases(options.binary)
    bad_cases(options.binary)
    for seed in range(options.seeds):
        tables = random_case(random.Random(f"spells {seed}"))
        expected, found = reference(tables), run(options.binary, tables)
        if isinstance(found, str):
            expect(False, f"seed {seed}: {found}")
            continue
        wrong = [f"{key}: expected {expected.get(key, 0)}, found {found.get(key, 0)}" for key in sorted({**expected, **found}) if expected.get(key, 0) != found.get(key, 0)]
        expect(not wrong, f"seed {seed}: " + "\n   ".join(wrong[:6]))
    end()


if __name__ == "__main__":
    main()
