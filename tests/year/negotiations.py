#!/usr/bin/env python3
"""Negotiations of 001 Borken, 002 Düren, 003 Heidekreis and 004 Mansfeld-Südharz for the year after, from the first offer to the agreement
in force and into the archive, with what stands beside the values; and of Bund and Land, who sit opposite each other. All people, places and
figures are invented. Ends with `N passed, N failed`."""
import csv
import json
import os
import re
import sys
import tempfile
from decimal import Decimal
from fractions import Fraction

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))  # tests/checks.py
from checks import ROOT, end, equal, expect
from store import Store, number_of, write


class Table:
    """Who sits at the table of one agreement, two persons a side; the Jobcenter offers first."""

    def __init__(self, paper, traeger, year, sides, waiting, own, others):
        self.paper, self.traeger, self.year, self.sides, self.waiting, self.own, self.others = paper, traeger, year, sides, waiting, own, others
        self.before, self.id = f"{traeger}-{year}", f"{traeger}-{year + 1}"

    def users(self):
        role = {"jobcenter": ("controlling", "leitung")}
        return {f"{side}.{person}": (role.get(side, (side, side))[n], "alle" if side == "ministerium" else self.traeger) for side in self.sides for n, person in enumerate(("eins", "zwei"))}


# `own`: the Jobcenter's values; `others`: what each other side moves in its round.
TABLES = [
    Table("borken_2018", "32702", 2018, ("jobcenter", "ministerium"), 3, {"T1": "1.0"}, {"ministerium": {"T1": "2.5", "T3": "-1.0"}}),
    Table("dueren_2023", "31118", 2023, ("jobcenter", "ministerium"), 0, {"T1": "1.0", "T4": "-0.2"}, {"ministerium": {"T1": "2.0"}}),
    Table("heidekreis_2020", "22116", 2020, ("jobcenter", "ministerium"), 0, {"T1": "-2.0"}, {"ministerium": {"T1": "1.0", "T2": "-2.5"}}),
    Table("mansfeld_suedharz_2020", "04704", 2020, ("jobcenter", "agentur", "kommune"), 3, {"T1": "18.5"}, {"agentur": {"T1": "19.2"}, "kommune": {"T4": "270"}}),
]

STOCK, RATE = "Bestand an Langzeitleistungsbeziehenden (K3)", "Integrationsquote (K2)"
SUBJECTS = {"borken_2018": {"T1": "Absolute Zahl der Integrationen", "T3": STOCK}, "dueren_2023": {"T1": "Absolute Zahl der Integrationen", "T4": STOCK}, "heidekreis_2020": {"T1": RATE, "T2": STOCK},
            "mansfeld_suedharz_2020": {"T1": RATE, "T4": "Zahl der Abgänge von Langzeitarbeitslosen in Erwerbstätigkeit"}}


def negotiated(folder, table):
    store = Store(folder, table.paper)
    store.does("agreement", "import", f"{ROOT}/agreements/{table.paper}.json")
    store.does("facts", "import", f"{ROOT}/demo/zahlen_erfunden_{table.traeger}.csv")
    store.users(table.users())
    last = rounds(store, table)
    agreed_and_signed(store, table, last)
    beside(store, table)
    archived(store, table)
    store.does("audit", "verify")


def changed(store, table, before, after, who="jobcenter.eins"):
    """target -> (value before, value after); the words of a target follow its value and its sign."""
    rows = store.json("year", "diff", table.id, before, after, f"--as={who}")
    beside_targets = {"Unterschriften", "Haushalt", "Prognosen"} if before == "vorjahr" else {"Unterschriften"}  # what a new year begins without
    equal({row["teil"] for row in rows} - {"Ziele", *beside_targets}, set(), f"{table.id} {before} → {after}: nothing else differs")
    expect(all(row["vorher"] != row["nachher"] for row in rows), f"{table.id} {before} → {after}: what is the same is no difference")
    return {row["gegenstand"]: (row["vorher"], row["nachher"]) for row in rows if row["teil"] == "Ziele" and row["feld"] == "Wert"}


def about(table, given):
    """The targets by what the comparison calls them: what it is about, as the paper or the figure says."""
    return {SUBJECTS[table.paper][target]: value for target, value in given.items()}


def rounds(store, table):
    it, first = table.id, "jobcenter.eins"
    values = lambda given: [f"--value={target}={value}" for target, value in given.items()]
    store.does("year", "offer", it, "--from=last", *values({**table.own, next(iter(table.own)): "9.9"}), "--own", f"--as={first}")
    for side in table.sides[1:]:
        expect("Noch kein Angebot" in store.does("year", "rounds", it, f"--as={side}.eins"), f"{it}: {side} sees nothing of an own offer")
        equal(store.refuses("year", "diff", it, "R1-jobcenter", "vorjahr", f"--as={side}.eins"), ["round_unknown"], f"{it}: to {side} that round does not exist")
    expect(set(store.refuses("year", "act", it, "einigung", "zu=R1-jobcenter", f"--as={first}")) & {"round_own", "subject_unknown"}, f"{it}: nobody agrees to an own round")
    store.does("year", "offer", it, "--from=last", *values(table.own), *(f"--reason={target}=weil {target} (erfunden)" for target in table.own), f"--as={first}")
    moved = changed(store, table, "vorjahr", "R1")
    equal(sorted(moved), sorted(about(table, table.own)), f"{it} R1: moved against last year")
    number = 1
    for side, given in table.others.items():
        number += 1
        store.does("year", "offer", it, *values(given), *(f"--reason={target}=Sicht {side} (erfunden)" for target in given), f"--note=Runde {number}", f"--as={side}.eins")
        moved = changed(store, table, f"R{number - 1}", f"R{number}", f"{side}.zwei")
        equal({target: plain(after) for target, (_, after) in moved.items()}, {subject: Decimal(value) for subject, value in about(table, given).items()}, f"{it} R{number}: what {side} moved, and to which values")
    shown = store.json("year", "rounds", it, f"--as={table.sides[1]}.zwei")
    who = [("jobcenter", table.own), *table.others.items()]
    equal([(row["runde"], row["von"]) for row in shown], [(f"R{n}", f"{side}.eins ({side})") for n, (side, _) in enumerate(who, 1)], f"{it}: who moved")
    equal([row["gruende"] for row in shown], ["; ".join(f"{target}: {f'weil {target}' if side == 'jobcenter' else f'Sicht {side}'} (erfunden)" for target in sorted(given)) for side, given in who], f"{it}: and why")
    return f"R{number}"


def plain(german):
    return Decimal(re.sub(r"[^\d,+-]", "", german).replace(",", "."))


def agreed_and_signed(store, table, last):
    it, others = table.id, [f"{side}.{person}" for side in table.sides for person in ("eins", "zwei")]
    number = number_of(store.does("year", "act", it, "einigung", f"zu={last}", f"--as={others[0]}"))
    for name in others[1:]:
        equal(store.refuses("year", "act", it, "unterschrift", "partei=P1", "person=A. Beispiel", f"--as={others[0]}"), ["nothing_to_sign"], f"{it}: nothing is signed before {name} agreed")
        store.agrees(it, number, name)
    with open(f"{ROOT}/agreements/{table.paper}.json", encoding="utf-8") as file:
        parties = json.load(file)["agreement"]["parties"]
    side_of = {"LAND_MINISTRY": "ministerium", "ZKT": "jobcenter", "JOBCENTER_GE": "jobcenter", "AGENTUR": "agentur", "MUNICIPALITY": "kommune"}
    for party in parties:
        equal(store.call("agreement", "show", it)[0] != 0, True, f"{it}: not in force before {party['id']} has signed")
        side = side_of[party["role"]]
        signed = store.does("year", "act", it, "unterschrift", f"partei={party['id']}", "person=A. Beispiel", "ort=Musterstadt", f"datum={party['id'][1]}. {table.year + 1}", f"--as={side}.eins")
        expect(f"{party['name']}: A. Beispiel" in store.does("year", "rounds", it, f"--as={side}.eins"), f"{it}: the signature of {party['id']} waits for its second person")
        store.agrees(it, number_of(signed), f"{side}.zwei")
    agreement = json.loads(store.does("agreement", "export", it))["agreement"]
    wanted = dict(table.own)
    for given in table.others.values():
        wanted.update(given)
    equal({one["id"]: Decimal(str(one["signed_value"])) for one in agreement["targets"] if one["id"] in wanted}, {target: Decimal(value) for target, value in wanted.items()}, f"{it}: the agreed values are in force")
    equal([(one["party"], one["date_raw"], one["date_iso"]) for one in agreement["signatures"]], [(party["id"], f"{party['id'][1]}. {table.year + 1}", None) for party in parties], f"{it}: partial dates stay partial")
    equal(changed(store, table, last, "vereinbarung"), {}, f"{it}: what is in force is what was agreed on")
    neighbour = store.json("year", "diff", it, table.before, it, f"--as={others[0]}")
    equal({row["gegenstand"] for row in neighbour if row["teil"] == "Ziele" and row["feld"] == "Wert"}, set(about(table, wanted)), f"{it}: against the year before")


def beside(store, table):
    """References against what another way of asking gives: the evaluation of last year, and the trend from the facts themselves."""
    lines = {row["ziel"]: row for row in store.json("year", "references", table.id, "--as=jobcenter.eins")}
    said = store.call("evaluate", table.before, f"--month={table.year}-12", f"--waiting={table.waiting}", "--format=json")[1]
    checked = 0
    for row in json.loads(said)["ziele"]:
        if row["ist"] is None or row["id"] not in lines or not lines[row["id"]]["vorjahr"]:
            continue
        checked += 1
        places = len(row["ist"].partition(".")[2])
        equal(rounded(Fraction(plain(lines[row["id"]]["vorjahr"])), places), Decimal(row["ist"]), f"{table.id} {row['id']}: last year at the same Ladestand")
    expect(checked >= 2, f"{table.id}: only {checked} values of last year")
    # LZB_STOCK of a month is the mean of the twelve months up to it.
    stock = [target for target, row in lines.items() if row["kennzahl"] == "Bestand an Langzeitleistungsbeziehenden"][0]
    state = f"{table.year + 1}-03" if table.waiting == 3 else f"{table.year}-12"
    equal(plain(lines[stock]["trend"]), rounded(trend(table, state), 2), f"{table.id} {stock}: trend of the last twelve months")


def rounded(value, places):
    """Half away from zero."""
    scaled = abs(value) * 10**places
    return Decimal((-1 if value < 0 else 1) * ((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator))).scaleb(-places)


def facts(traeger):
    with open(f"{ROOT}/demo/zahlen_erfunden_{traeger}.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def trend(table, state):
    newest = {}
    for row in sorted(facts(table.traeger), key=lambda one: one["ladestand"]):
        if (row["messgroesse"], row["geschlecht"], row["gruppe"]) == ("ELB", "T", "LZB") and row["ladestand"] <= state:
            newest[row["berichtsmonat"]] = Fraction(row["wert"].replace(",", "."))
    months = [f"{year}-{month:02}" for year in (table.year - 1, table.year) for month in range(1, 13)]
    values = [sum(newest[month] for month in months[last - 11:last + 1]) / 12 for last in range(12, 24)]
    mean = sum(values) / 12
    return sum((Fraction(2 * i - 11, 2)) * (value - mean) for i, value in enumerate(values)) / sum(Fraction(2 * i - 11, 2) ** 2 for i in range(12)) * 12


def archived(store, table):
    it = table.id
    number = number_of(store.does("year", "act", it, "archivieren", "grund=erfunden", "--as=jobcenter.eins"))
    expect("archiviert" not in store.does("year", "rounds", it, "--as=jobcenter.eins").splitlines()[0], f"{it}: one person archives nothing")
    equal(store.refuses("year", "act", it, "zustimmung", f"vorgang={number}", f"--as={table.sides[1]}.eins"), ["consent_pointless"], f"{it}: the second person is of the same side")
    store.agrees(it, number, "jobcenter.zwei")
    expect("archiviert" in store.does("year", "rounds", it, f"--as={table.sides[1]}.eins").splitlines()[0], f"{it}: archived")
    equal(store.refuses("year", "act", it, "dialog.planen", f"datum={table.year + 1}-06-01", "art=regelmaessig", "--as=jobcenter.eins"), ["file_closed"], f"{it}: nothing is added to the archive")


def neighbours(folder):
    """004 among the Jobcenter of its Land: all have its figures, three of them two, three and four times its Integrationen."""
    store = Store(folder, "nachbarn")
    with open(f"{ROOT}/data/jobcenters.csv", encoding="utf-8") as file:
        land = sorted(row["traeger_nr"] for row in csv.DictReader(file) if row["land"] == "ST")
    peers = [number for number in land if number != "04704"][:3]
    times = {number: 1 for number in land} | {number: 2 + n for n, number in enumerate(peers)}
    path = f"{folder}/land_erfunden.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = facts("04704")
        writer = csv.DictWriter(file, rows[0], delimiter=";")
        writer.writeheader()
        for number, factor in times.items():
            for row in rows:
                if row["messgroesse"] in ("INT", "ELB") and row["geschlecht"] == "T" and row["gruppe"] == "":
                    value = Decimal(row["wert"].replace(",", ".")) * (factor if row["messgroesse"] == "INT" else 1)
                    writer.writerow({**row, "traeger": number, "wert": str(value).replace(".", ",")})
    with open(f"{folder}/typen_erfunden.csv", "w", encoding="utf-8") as file:
        file.write("traeger;vergleichstyp;gueltig_ab;gueltig_bis;quelle\n" + "".join(f"{number};IIIx;2020-01;;erfunden\n" for number in ["04704", *peers]))
    store.does("agreement", "import", f"{ROOT}/agreements/mansfeld_suedharz_2020.json")
    store.does("facts", "import", path)
    store.does("vergleichstyp", "import", f"{folder}/typen_erfunden.csv")
    store.users({"jobcenter.eins": ("controlling", "04704")})
    store.does("year", "offer", "04704-2021", "--from=last", "--own", "--as=jobcenter.eins")
    line = next(row for row in store.json("year", "references", "04704-2021", "--as=jobcenter.eins") if row["ziel"] == "T1")
    basis = {row["was"]: Fraction(row["exakt"]) for row in store.json("year", "implied", "04704-2021", "--as=jobcenter.eins")}
    rate = basis["Integrationen im Vorjahr"] / basis["ELB im Mittel des Vorjahres"] * 100
    equal(line["jobcenter"], "4", "all four of the Vergleichstyp have a value")
    for column, share in (("vorjahr", 1), ("viertel1", Fraction(7, 4)), ("median", Fraction(5, 2)), ("viertel3", Fraction(13, 4)), ("land", Fraction(len(land) + 6, len(land)))):
        equal(plain(line[column]), rounded(rate * share, 1), f"004 T1 {column}: {share} of the own rate")
        expect("+" not in line[column], f"004 T1 {column}: a level has no sign")


def bund_and_land(folder):
    """NW with the Bund, made of 000's text. Each ministry has a room of its own."""
    store = Store(folder, "bund")
    with open(f"{ROOT}/agreements/lippe_2021.json", encoding="utf-8") as file:
        paper = json.load(file)
    paper["document"]["sha256"] = "cd" * 32
    agreement = paper["agreement"]
    agreement["kind"] = "BMAS_LAND"
    agreement["parties"][0].update(role="BMAS", name="Bundesministerium (erfunden)")
    agreement["parties"][1].update(role="LAND_MINISTRY", name="Landesministerium (erfunden)")
    write(folder, "nw_erfunden.json", paper)
    store.does("agreement", "import", f"{folder}/nw_erfunden.json")
    store.users({"bund.eins": ("ministerium", "alle"), "bund.zwei": ("ministerium", "alle"), "land.eins": ("ministerium", "NW"), "land.zwei": ("ministerium", "NW"),
                 "fremd": ("ministerium", "NI"), "controlling.lippe": ("controlling", "33148")})
    it = "NW-2022"
    store.does("year", "offer", it, "--from=last", "--value=T1=9.9", "--note=geheime Linie des Landes", "--own", "--as=land.eins")
    expect("geheime Linie" in store.does("year", "rounds", it, "--as=land.zwei"), "the Land's second person sees it")
    for name in ("bund.eins", "bund.zwei"):
        expect("Noch kein Angebot" in store.does("year", "rounds", it, f"--as={name}"), "the Bund does not")
        equal(store.refuses("year", "diff", it, "R1-ministerium:NW", "vorjahr", f"--as={name}"), ["round_unknown"], "not even by its name")
    for name in ("fremd", "controlling.lippe"):
        equal(store.refuses("year", "rounds", it, f"--as={name}"), ["agreement_unknown"], f"{name} is no party and does not see the file")
    equal(store.refuses("year", "offer", it, f"--from={ROOT}/agreements/lippe_2021.json", "--as=bund.eins"), ["year_unfit", "jobcenter_unfit", "sides_missing"], "the text of a Jobcenter is no offer between Bund and Land")
    store.does("year", "offer", it, "--from=last", "--value=T1=3.0", "--reason=T1=Landesplanung (erfunden)", "--as=land.eins")
    store.does("year", "offer", it, "--value=T1=4.0", "--reason=T1=Bundesplanung (erfunden)", "--as=bund.eins")
    shown = store.json("year", "rounds", it, "--as=bund.zwei")
    equal([(row["runde"], row["von"]) for row in shown], [("R1", "land.eins (ministerium:NW)"), ("R2", "bund.eins (ministerium:DE)")], "who moved")
    number = number_of(store.does("year", "act", it, "einigung", "zu=R2", "--as=land.eins"))
    store.agrees(it, number, "land.zwei")
    equal(store.json("year", "rounds", it, "--as=land.eins")[1]["stand"], "es fehlt: ministerium:DE", "two persons of the Land do not speak for the Bund")
    store.agrees(it, number, "bund.eins", "bund.zwei")
    for party, side in (("P1", "bund"), ("P2", "land")):
        signed = number_of(store.does("year", "act", it, "unterschrift", f"partei={party}", "person=A. Beispiel", "datum=7.01.2022", f"--as={side}.eins"))
        equal(store.refuses("year", "act", it, "zustimmung", f"vorgang={signed}", f"--as={'land' if side == 'bund' else 'bund'}.eins"), ["consent_pointless"], "the second person is of the same ministry")
        store.agrees(it, signed, f"{side}.zwei")
    equal(json.loads(store.does("agreement", "export", it))["agreement"]["targets"][0]["signed_value"], 4, "in force")
    store.does("year", "act", it, "dialog.planen", "datum=2022-06-01", "art=regelmaessig", "--as=bund.eins")
    store.does("year", "act", it, "dialog.notiz", "zu=D1", "text=unter uns", "--own", "--as=bund.eins")
    expect("unter uns" not in store.does("year", "show", it, "--as=land.eins") and "unter uns" in store.does("year", "show", it, "--as=bund.zwei"), "a note of the Bund stays with the Bund")


with tempfile.TemporaryDirectory() as scratch:
    for story in (*((lambda folder, table=table: negotiated(folder, table)) for table in TABLES), neighbours, bund_and_land):
        try:
            story(scratch)
        except (ValueError, KeyError, AttributeError, IndexError, StopIteration) as broken:  # what was said before explains it
            expect(False, f"broke off: {broken!r}")
end()
