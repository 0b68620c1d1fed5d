#!/usr/bin/env python3
"""Personenmonate eines erfundenen Jobcenters: 10.000 erfundene Personen, Dezember 2017 bis Dezember 2021. Derselbe Startwert ergibt dieselben Bytes.

demo/musterkreis/erzeugen.py [ORDNER]   schreibt personenmonate_erfunden.csv (alle Monate) je Monat ab 2021-10 eine eigene Datei, und den Oktober noch einmal, wie er früh bekannt war"""
import os
import random
import sys

SEED, PERSONS, FIRST, MONTHS = 98000, 10_000, 2017 * 12 + 11, 49
HEADER = "person;berichtsmonat;traeger;geschlecht;geburtsmonat;elb;ae;akt;integration;gering;oeff;kont;llu;luh;gruppen\n"
# Monthly chance of an Integration in ten thousandths: weak January, strong late summer; 2020 with the pandemic's dent.
SEASON = (150, 170, 220, 225, 220, 215, 220, 260, 280, 230, 190, 150)


def month(index):
    return f"{index // 12:04}-{index % 12 + 1:02}"


def chance(index):
    dent = {2020 * 12 + 3: 50, 2020 * 12 + 4: 60, 2020 * 12 + 5: 75, 2020 * 12 + 10: 85, 2020 * 12 + 11: 80, 2021 * 12: 85, 2021 * 12 + 1: 90}.get(index, 100)
    return SEASON[index % 12] * dent / 1_000_000


def person(number):
    rng = random.Random(SEED * 1_000_003 + number)
    sex = rng.choices("MFX", (497, 500, 3))[0]
    steady = rng.random() < 0.66
    stock = rng.random() < (0.75 if steady else 0.3)
    parent, asylum = rng.random() < (0.22 if sex == "F" else 0.03), rng.random() < 0.16
    birth = month(FIRST - rng.randrange(16 * 12, 64 * 12))
    llu, luh = rng.randrange(36_000, 70_000), rng.randrange(24_000, 60_000)
    for index in range(FIRST, FIRST + MONTHS):
        event = False
        likely = chance(index) * (0.8 if sex == "F" else 1.2) * (0.7 if steady else 1.5)
        if stock:
            event = rng.random() < likely
            if rng.random() < (0.009 if steady else 0.05) or (event and rng.random() < 0.6):
                stock = False
        elif rng.random() < (0.03 if steady else 0.035):
            stock = True
        if not stock and not event:
            continue
        kind = rng.choices("SAB", (86, 9, 5))[0] if event else ""
        kont = "" if kind != "S" or index > FIRST + MONTHS - 7 else "1" if rng.random() < 0.64 else "0"
        flags = (int(stock), int(stock and parent), int(stock and rng.random() < 0.13))
        more = (int(stock and rng.random() < 0.008), int(stock and rng.random() < 0.002))
        money = (llu, luh) if stock else (0, 0)
        yield index, (f"{4_000_000 + number * 37};{month(index)};98000;{sex};{birth};{flags[0]};{flags[1]};{flags[2]};{kind};{more[0]};{more[1]};{kont};"
                      f"{money[0] // 100}.{money[0] % 100:02};{money[1] // 100}.{money[1] % 100:02};{'ASYL8' if asylum else ''}\n")


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else "."
    by_month = {FIRST + i: [] for i in range(MONTHS)}
    for number in range(PERSONS):
        for index, row in person(number):
            by_month[index].append(row)

    def write(name, indices):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(HEADER)
            for index in indices:
                file.writelines(by_month[index])

    write("personenmonate_erfunden.csv", by_month)
    for index in list(by_month)[-3:]:
        write(f"personenmonate_{month(index)}.csv", [index])
    write("personenmonate_bis_2021-09.csv", list(by_month)[:-3])
    # October as it was known in October: every fortieth row came later.
    october = list(by_month)[-3]
    by_month[october] = [row for i, row in enumerate(by_month[october]) if i % 40 != 0]
    write("personenmonate_2021-10_frueh.csv", [october])


if __name__ == "__main__":
    main()
