#!/usr/bin/env python3
"""The year of the five agreements on the command line: 001, 000 and 002 from the signed paper to the settlement, 003 and 004 whole, with
bad input on the way; a negotiation from the first offer to the agreement in force; the cascade. All people and figures are invented. Ends
with `N passed, N failed`."""
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from fractions import Fraction

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))  # tests/checks.py
from checks import BINARY, ROOT, end, equal, expect
from store import Store, number_of, write

PLAY = f"{ROOT}/demo/jahr/vorgaenge_erfunden.jsonl"
PAPERS = {"33148-2021": "lippe_2021", "32702-2018": "borken_2018", "31118-2023": "dueren_2023", "22116-2020": "heidekreis_2020", "04704-2020": "mansfeld_suedharz_2020"}
VIER = "32702,31118,22116,04704"
USERS = {"ministerium": ("ministerium", "alle"), "ministerium.zwei": ("ministerium", "alle"), "controlling.lippe": ("controlling", "33148"), "leitung.lippe": ("leitung", "33148"),
         "controlling.vier": ("controlling", VIER), "leitung.vier": ("leitung", VIER), "agentur": ("agentur", "04704"), "agentur.zwei": ("agentur", "04704"), "kommune": ("kommune", "04704"),
         "kommune.zwei": ("kommune", "04704")}


def some(*names):
    return {name: USERS[name] for name in names}


def whole_year(folder):
    store = Store(folder, "jahr")
    for name in PAPERS.values():
        store.does("agreement", "import", f"{ROOT}/agreements/{name}.json")
    for traeger in ("33148", "32702", "31118", "22116", "04704"):
        store.does("facts", "import", f"{ROOT}/demo/zahlen_erfunden_{traeger}.csv")
    store.users(USERS)
    settled_too_early(store)
    store.does("year", "play", PLAY)
    five_settlements(store)
    after_the_end(store, folder)
    budgets_and_goals(store)
    delivered_money(store, folder)
    sound_and_damaged(store, folder)
    store.does("audit", "verify")


def settled_too_early(store):
    found = store.refuses("year", "settle", "22116-2020", "--as=ministerium")
    equal(sorted(set(found)), ["settlement_not_weighed", "settlement_quality_open"], "003 at once, everything that is missing")
    equal(found.count("settlement_quality_open"), 2, "both qualitative goals are named")
    expect("settlement_part_missing" in store.refuses("year", "settle", "33148-2021", "--as=ministerium"), "000: the planning document is part of the agreement")
    equal(store.refuses("year", "settle", "22116-2020", "--month=2020-11", "--as=ministerium"), ["settlement_basis"], "003 settles on year-end values")
    equal(store.refuses("year", "settle", "22116-2020", "--state=2021-03", "--as=ministerium"), ["settlement_basis"], "003 settles without Wartezeit")
    expect("field_unknown" in store.refuses("year", "act", "33148-2021", "abrechnung", "monat=2021-12", "ergebnis={}", "--as=ministerium"), "nobody writes a settlement's result")
    equal(store.refuses("year", "act", "22116-2020", "massnahme.vereinbaren", "titel=x", "verantwortlich=y", "beginn=2020-06-01", "faellig=2020-05-01", "--as=ministerium"), ["due_before_start"], "due before its start")
    equal(store.refuses("year", "settle", "33148-2022", "--as=ministerium"), ["agreement_unknown"], "a negotiation is not settled")


def five_settlements(store):
    verdicts = {"32702-2018": ("ministerium", "2019-03"), "33148-2021": ("ministerium", "2022-03"), "31118-2023": ("ministerium", "2023-12"), "22116-2020": ("ministerium", "2020-12"),
                "04704-2020": ("agentur", "2021-03")}
    for agreement, (who, state) in verdicts.items():
        frozen = store.json("year", "settlement", agreement, f"--as={who}")
        equal(frozen["ladestand"], state, f"{agreement}: the agreed data state")
        shown = store.does("year", "settlement", agreement, f"--as={who}")
        expect("geschlossen" in shown, f"{agreement}: closed by all sides")
        kept = store.call("evaluate", agreement, f"--month={state[:4] if state.endswith('12') else int(state[:4]) - 1}-12", "--format=json",
                          *([] if state.endswith("12") else ["--waiting=3"]))[1]
        rows = {row["id"]: row for row in json.loads(kept)["ziele"]}
        for row in frozen["ziele"]:
            equal(row["zeile"], rows[row["id"]], f"{agreement} {row['id']}: the row of the kept verdict, to the letter")
            expect(row["zeile"]["status"] not in ("erreicht", "nicht_erreicht") or re.fullmatch("[0-9a-f]{64}", row["herleitung_sha256"] or ""), f"{agreement} {row['id']}: no derivation")
    judged = {row["id"]: row.get("urteil") for row in store.json("year", "settlement", "22116-2020", "--as=leitung.vier")["ziele"]}
    equal(judged["T1"], "rechnerisch nicht erreicht, unter Berücksichtigung von „die für den Arbeitsmarkt bestehenden konjunkturellen und strukturellen Besonderheiten genau zu beobachten und bei der Bewertung der Zielerreichung zu berücksichtigen“ als erreicht bewertet", "003 T1: verdict and judgement")
    equal(judged["T2"], "rechnerisch erreicht", "003 T2")


def after_the_end(store, folder):
    equal(store.refuses("year", "act", "22116-2020", "sachverhalt", "klausel=BUDGET_DEVIATION", "datum=2021-04-01", "text=zu spät", "--as=ministerium"), ["file_closed"], "nothing is added to a settled year")
    before = store.does("year", "settlement", "31118-2023", "--as=ministerium")
    correction = f"{folder}/korrektur_erfunden.csv"
    with open(correction, "w", encoding="utf-8") as file:
        file.write("traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert\n31118;2023-12;2023-12;INT;T;;83\n")
    store.does("facts", "import", correction, "--korrektur")
    after = store.does("year", "settlement", "31118-2023", "--as=ministerium")
    expect("seit der Abrechnung geändert" not in before, "002: nothing changed yet")
    expect("seit der Abrechnung geändert: T1" in after and "nicht erreicht statt rechnerisch erreicht" in after, f"002: the correction is told\n{after}")
    equal([row["zeile"]["status"] for row in store.json("year", "settlement", "31118-2023", "--as=ministerium")["ziele"] if row["id"] == "T1"], ["erreicht"], "002: the settlement itself stays")


def sound_and_damaged(store, folder):
    """A later correction is told and is no damage; a settlement or its verdict that somebody changed behind the program's back is."""
    said = store.does("doctor")
    expect("Abrechnungen    5" in said and "31118-2023 seit der Abrechnung geändert: T1" in said, f"five settlements, one of them corrected later: {said}")
    changed = Store.__new__(Store)
    changed.path = f"{folder}/veraendert.db"
    for damage, told in (("DELETE FROM verdict WHERE agreement = '22116-2020' AND target = 'T2'", "22116-2020, T2: das festgehaltene Urteil fehlt"),
                         ("UPDATE verdict SET derivation = replace(derivation, '1', '2') WHERE agreement = '22116-2020' AND target = 'T1'", "22116-2020, T1: die festgehaltene Herleitung ist eine andere"),
                         ("UPDATE act SET body = replace(body, 'als erreicht', 'als verfehlt') WHERE agreement = '22116-2020' AND kind = 'abrechnung'", "22116-2020: Vorgang")):
        with sqlite3.connect(store.path) as whole, sqlite3.connect(changed.path) as copy:
            whole.backup(copy)
            for (trigger,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                copy.execute(f'DROP TRIGGER "{trigger}"')
            expect(copy.execute(damage).rowcount > 0, f"nothing to damage: {damage}")
        code, said, _ = changed.call("doctor", "--format=json")
        findings = [row["wert"] for row in json.loads(said)["zustand"] if row["was"] == "Befund"]
        expect(code == 1 and any(told in one for one in findings), f"{told}: {findings}")


def budgets_and_goals(store):
    money = store.does("year", "budget", "22116-2020", "--as=ministerium")
    expect("16.588.719 €; das stimmt überein" in money, "003: the parts agree with the rounded total")
    expect("verfügbar 7.395.364 €, vereinbart 7.795.364 €" in money, "003: the shift is a deviation")
    months = {(row["titel"].split(" ·")[0], row["monat"]): row for row in store.json("year", "budget", "22116-2020", "--as=ministerium")}
    equal(months["Leistungen zur Eingliederung in Arbeit", "2020-05"]["ausgegeben"], "fehlt", "003: May was not reported")
    equal(months["Leistungen zur Eingliederung in Arbeit", "2020-06"]["im_monat"], "", "003: June alone is unknown without May")
    equal(months["Leistungen zur Eingliederung in Arbeit", "2020-12"]["ausgeschoepft"], "85,3", "003: 6.310.000 of 7.395.364")
    goals = store.json("year", "quality", "22116-2020", "--as=ministerium")
    equal([row["worte"] for row in goals if row["ziel"].startswith("Q2") and row["teil"].startswith("Kriterium")], ["die Maßnahme konzeptioniert", "vergeben", "mit geeigneten Teilnehmern besetzt ist"], "003 Q2: three criteria in the agreement's words")
    places = {row["monat"]: (row["plaetze"], row["belegt"]) for row in store.json("year", "programmes", "04704-2020", "--as=agentur") if row["programm"].startswith("PR5")}
    equal((places["2020-03"], places["2020-04"], places["2020-05"], places["2020-07"]), (("145", "138"), ("130", "121"), ("130", ""), ("100", "")), "004: 145 places, from the second quarter on step by step to 100")


def delivered_money(store, folder):
    """What is delivered stands beside what the sides wrote down; last year's path comes from deliveries where no file of last year speaks."""
    with open(f"{folder}/mittel_erfunden.csv", "w", encoding="utf-8") as file:
        file.write("traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert\n")
        for year, allotted, spent in ((2020, 6000000, 300000), (2021, 7600000, 380000)):
            file.write(f"33148;{year}-01;{year}-01;EGT_SOLL;T;;{allotted}\n")
            for month in (1, 2, 3, 5):  # April is missing
                file.write(f"33148;{year}-{month:02};{year}-05;EGT_IST;T;;{spent * month}\n")
    store.does("facts", "import", f"{folder}/mittel_erfunden.csv")
    months = {row["monat"]: row for row in store.json("year", "budget", "33148-2021", "--as=ministerium") if row["titel"].startswith("Leistungen")}
    equal([months[f"2021-{month:02}"]["geliefert"] for month in (1, 2, 3, 4, 5)], ["380.000", "1.140.000", "2.280.000", "fehlt", "fehlt"], "since January, as long as no month is missing")
    equal((months["2021-03"]["geliefert_prozent"], months["2021-03"]["vorjahr"], months["2021-05"]["vorjahr"]), ("30,0", "30,0", ""), "spent of what was allotted, and last year at the same Ladestand")
    said = " ".join(store.does("year", "budget", "33148-2021", "--as=ministerium").split())
    expect("Vorjahr nach Lieferung EGT_IST, Ladestand 2020-05" in said and "laut Lieferung (Ladestand 2021-05) zugeteilt 7.600.000 €" in said, f"sources are named: {said}")
    may = {row["monat"]: row for row in store.json("year", "budget", "22116-2020", "--as=ministerium") if row["titel"].startswith("Leistungen")}["2020-05"]
    equal((may["ausgegeben"], may["geliefert"], may["vorjahr"]), ("fehlt", "2.629.232,53", ""), "003: a delivery does not write into the file, and of 2019 nothing is known")


def bad_input(folder):
    store = Store(folder, "schlecht")
    with open(f"{ROOT}/agreements/heidekreis_2020.json", encoding="utf-8") as file:
        paper = json.load(file)
    unsigned = json.loads(json.dumps(paper))
    unsigned["agreement"]["signatures"] = unsigned["agreement"]["signatures"][:1]
    unsigned["agreement"]["qualitative_goals"] = []
    unsigned["agreement"]["considerations"] = []
    write(folder, "ohne_unterschrift.json", unsigned)
    store.does("agreement", "import", f"{folder}/ohne_unterschrift.json")
    store.does("facts", "import", f"{ROOT}/demo/zahlen_erfunden_22116.csv")
    store.users(some("ministerium", "ministerium.zwei", "controlling.vier", "leitung.vier"))
    equal(store.refuses("year", "settle", "22116-2020", "--as=ministerium"), ["settlement_unsigned"] * 2, "both parties that have not signed are named")
    for party, one, two in (("P2", "ministerium", "ministerium.zwei"), ("P3", "controlling.vier", "leitung.vier")):
        said = store.does("year", "act", "22116-2020", "unterschrift", f"partei={party}", "person=A. Beispiel", "datum=8. 2020", f"--as={one}")
        store.agrees("22116-2020", number_of(said), two)

    # A second settlement of two people who did not see each other's.
    both = [subprocess.Popen([BINARY, f"--store={store.path}", "year", "settle", "22116-2020", f"--as={who}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") for who in ("ministerium", "leitung.vier")]
    ended = [(one.communicate(), one.returncode) for one in both]
    equal(sorted(code for _, code in ended), [0, 1], f"two settlements at once: one is taken, {ended}")
    expect(any("[version_outdated]" in err for (_, err), _ in ended), "the other one hears that there is one already")

    # A settlement is agreed to as it stands: what comes in between makes it old.
    said = store.does("year", "show", "22116-2020", "--as=ministerium", "--format=json")
    number = next(row["nummer"] for row in json.loads(said) if row["vorgang"] == "Zielabrechnung")
    store.does("year", "act", "22116-2020", "budget.stand", "titel=EGT", "monat=2020-12", "ausgegeben=1", "--as=leitung.vier")
    equal(store.refuses("year", "act", "22116-2020", "zustimmung", f"vorgang={number}", "--as=ministerium.zwei"), ["settlement_outdated"], "who agrees agrees to what holds")
    said = store.does("year", "settle", "22116-2020", f"--replaces={number}", "--as=ministerium")
    store.agrees("22116-2020", number_of(said), "ministerium.zwei", "controlling.vier", "leitung.vier")

    large = f"{folder}/zu_gross.pdf"
    with open(large, "wb") as file:
        file.write(b"%PDF-1.4\n")
        file.truncate(21 << 20)
    equal(store.refuses("year", "act", "22116-2020", "anlage", "titel=x", "art=nachweis", f"--file=datei={large}", "--as=ministerium")[:1], ["upload_too_large"], "evidence of 21 MB")

    gone = Store(folder, "partei")
    gone.does("agreement", "import", f"{ROOT}/agreements/heidekreis_2020.json")
    gone.does("facts", "import", f"{ROOT}/demo/zahlen_erfunden_22116.csv")
    gone.users(some("ministerium"))
    amendment = json.loads(json.dumps(paper))
    amendment["document"]["sha256"] = "ab" * 32
    amendment["agreement"]["amends"] = {"agreement_title": "Zielvereinbarung 2020", "agreement_date": None, "effective_from": "2020-07-01", "retroactive": False, "changes": []}
    amendment["agreement"]["parties"] = [one for one in amendment["agreement"]["parties"] if one["id"] != "P2"]
    amendment["agreement"]["signatures"] = [one for one in amendment["agreement"]["signatures"] if one["party"] != "P2"]
    write(folder, "aenderung.json", amendment)
    equal(gone.refuses("year", "offer", "22116-2020", f"--from={folder}/aenderung.json", "--as=ministerium"), ["parties_differ"], "an amendment does not remove a party")
    gone.does("agreement", "import", f"{folder}/aenderung.json")
    expect("settlement_party_gone" in gone.refuses("year", "settle", "22116-2020", "--as=ministerium"), "a party that an imported amendment lost is named")


def negotiation(folder):
    store = Store(folder, "verhandlung")
    store.does("agreement", "import", f"{ROOT}/agreements/lippe_2021.json")
    store.does("facts", "import", f"{ROOT}/demo/zahlen_erfunden_33148.csv")
    store.users(some("ministerium", "ministerium.zwei", "controlling.lippe", "leitung.lippe"))
    it = "33148-2022"
    equal(store.refuses("year", "offer", it, "--from=last", "--value=T9=1", "--value=T1=viel", "--as=controlling.lippe"), ["value_invalid", "target_unknown"], "both wrong values are named")
    store.does("year", "offer", it, "--from=last", "--value=T1=2.5", "--own", "--as=controlling.lippe")
    equal(store.refuses("year", "rounds", it, "--as=revision") or ["x"], ["account_unknown"], "an account that is not there")
    expect("Noch kein Angebot" in store.does("year", "rounds", it, "--as=ministerium"), "the ministry sees nothing of an offer in the other room")
    store.does("year", "offer", it, "--from=last", "--value=T1=3.5", "--value=T4=-0.4", "--reason=T1=weniger ELB (erfunden)", "--as=controlling.lippe")
    equal(store.refuses("year", "diff", it, "R1-jobcenter", "R1", "--as=ministerium"), ["round_unknown"], "a round of the other room does not exist")
    equal(store.refuses("year", "act", it, "unterschrift", "partei=P2", "person=X", "--as=leitung.lippe"), ["nothing_to_sign"], "nothing is signed before all agreed")
    store.does("year", "offer", it, "--value=T1=4.0", "--reason=T1=Land plant mehr (erfunden)", "--as=ministerium")
    changed = store.json("year", "diff", it, "R1", "R2", "--as=controlling.lippe")
    equal(len({row["gegenstand"] for row in changed}), 1, f"between the rounds one target changed: {changed}")
    since = {row["gegenstand"] for row in store.json("year", "diff", it, "vorjahr", "R2", "--as=controlling.lippe") if row["teil"] == "Ziele"}
    equal(len(since), 2, f"against last year two targets changed: {since}")

    said = store.does("year", "act", it, "einigung", "zu=R2", "--as=controlling.lippe")
    store.agrees(it, number_of(said), "leitung.lippe", "ministerium")
    equal(store.refuses("year", "act", it, "unterschrift", "partei=P2", "person=X", "--as=leitung.lippe"), ["nothing_to_sign"], "the fourth person is missing")
    store.agrees(it, number_of(said), "ministerium.zwei")
    pdf = f"{folder}/unterschrieben_erfunden.pdf"
    with open(pdf, "wb") as file:
        file.write(b"%PDF-1.4\n% erfunden\n")
    first = store.does("year", "act", it, "unterschrift", "partei=P1", "person=M. Beispiel", "ort=Düsseldorf", "datum=27. 2022", "--as=ministerium")
    second = store.does("year", "act", it, "unterschrift", "partei=P2", "person=J. Beispiel", "ort=Lippe", "datum=21.01.2022", f"--file=datei={pdf}", "--as=controlling.lippe")
    store.agrees(it, number_of(second), "leitung.lippe")
    equal(store.call("agreement", "show", it)[0] != 0, True, "not all have signed: nothing is in force")
    store.agrees(it, number_of(first), "ministerium.zwei")
    store.does("agreement", "show", it)
    exported = json.loads(store.does("agreement", "export", it))
    values = {one["id"]: one["signed_value"] for one in exported["agreement"]["targets"]}
    equal((values["T1"], values["T4"]), (4, -0.4), "the agreed values are in force")
    signatures = {one["party"]: (one["place"], one["date_raw"], one["date_iso"]) for one in exported["agreement"]["signatures"]}
    equal(signatures, {"P1": ("Düsseldorf", "27. 2022", None), "P2": ("Lippe", "21.01.2022", "2022-01-21")}, "places and dates as given; a partial date stays partial")
    expect("in Kraft" in store.does("year", "rounds", it, "--as=ministerium"), "in force")

    references(store, it)


def references(store, it):
    lines = {row["ziel"]: row for row in store.json("year", "references", it, "--as=controlling.lippe")}
    december = {row["id"]: row for row in json.loads(store.call("evaluate", "33148-2021", "--month=2021-12", "--waiting=3", "--format=json")[1])["ziele"]}
    for target in ("T1", "T2", "T4"):
        equal(Fraction(lines[target]["vorjahr"].replace(",", ".")), Fraction(december[target]["ist"]), f"{target}: last year at the same Ladestand")
    implied = {row["was"]: row["exakt"] for row in store.json("year", "implied", it, "--value=T1=3.5", "--value=T2=5", "--as=controlling.lippe")}
    last, stock = Fraction(implied["Integrationen im Vorjahr"]), Fraction(implied["ELB im Mittel des Vorjahres"])
    equal(Fraction(implied["Integrationen dafür, wenn die ELB gleich bleiben"]), last * Fraction("1.035"), "Integrationen at equal ELB")
    equal(Fraction(implied["Änderung der ELB, die beide Angebote zusammen voraussetzen (Prozent)"]), (Fraction("1.05") / Fraction("1.035") - 1) * 100, "implied growth, exact")
    equal(Fraction(implied["ELB im Mittel dazu"]), stock * Fraction("1.05") / Fraction("1.035"), "mean ELB that goes with it")


def cascade(folder):
    """Two Jobcenter of a Land and the Land's own agreement; all three invented, made of 000's text."""
    store = Store(folder, "kaskade")
    with open(f"{ROOT}/agreements/lippe_2021.json", encoding="utf-8") as file:
        paper = json.load(file)
    land = json.loads(json.dumps(paper))
    land["document"]["sha256"] = "cd" * 32
    land["agreement"]["kind"] = "BMAS_LAND"
    land["agreement"]["targets"] = [one for one in land["agreement"]["targets"] if one["id"] in ("T1", "T2")]
    other = json.loads(json.dumps(paper))
    other["document"]["sha256"] = "ef" * 32
    for target in other["agreement"]["targets"]:
        if target["id"] in ("T1", "T2"):
            target["signed_value"] = target["value"] = 2
    write(folder, "land_erfunden.json", land)
    write(folder, "borken_erfunden.json", other)
    facts = open(f"{ROOT}/demo/zahlen_erfunden_33148.csv", encoding="utf-8").read()
    with open(f"{folder}/zahlen_erfunden_32702.csv", "w", encoding="utf-8") as file:
        file.write(re.sub(r"^33148;", "32702;", facts, flags=re.M))
    store.does("agreement", "import", f"{ROOT}/agreements/lippe_2021.json")
    store.does("agreement", "import", f"{folder}/borken_erfunden.json", "--traeger=32702")
    store.does("agreement", "import", f"{folder}/land_erfunden.json")
    for path in (f"{ROOT}/demo/zahlen_erfunden_33148.csv", f"{folder}/zahlen_erfunden_32702.csv"):
        store.does("facts", "import", path)
    store.users(some("ministerium", "controlling.lippe"))
    equal(store.refuses("year", "cascade", "NW-2021", "--as=controlling.lippe"), ["agreement_unknown"], "a Jobcenter does not see the Land's sum")
    lines = {row["ziel"]: row for row in store.json("year", "cascade", "NW-2021", "--as=ministerium")}
    # Equal last years: the change of both together lies in the middle of 9.9 and 2.
    equal(lines["T1"]["zusammen"], "+5,95", "quotas recombined from numerators and denominators")
    equal(lines["T2"]["zusammen"], "+7,90", "counts summed")
    expect(lines["T2"]["luecke"].startswith("-") and lines["T2"]["einheit"] == "Integrationen", f"the gap in persons: {lines['T2']}")


with tempfile.TemporaryDirectory() as scratch:
    for story in (whole_year, bad_input, negotiation, cascade):
        try:
            story(scratch)
        except (ValueError, KeyError, AttributeError, StopIteration) as broken:  # what was said before explains it
            expect(False, f"{story.__name__} broke off: {broken!r}")
end()
