"""A missing figure leads to nicht_bewertbar with the reason and never to a number."""
import csv
import json

from kit import DEMO, HEADER, LIPPE, Place, check, orderly, random_for, test

# What the targets of Lippe 2021 are made of: measure, sex, group; K2 reads the stock of the month before.
NEEDS = {"T1": [("INT", "T", ""), ("ELB", "T", "")], "T2": [("INT", "T", "")], "T3": [("INT", "M", ""), ("INT", "F", ""), ("ELB", "M", ""), ("ELB", "F", "")],
         "T4": [("ELB", "T", "LZB")], "T5": [("INT", "T", "LZB")]}


def all_rows():
    with open(DEMO, encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def store_with(rows):
    place = Place(empty=True)
    orderly(place.run("init"), 0)
    orderly(place.run("agreement", "import", LIPPE), 0)
    orderly(place.run("facts", "import", place.write("rows.csv", HEADER + "".join(";".join(row.values()) + "\n" for row in rows))), 0)
    return place


def verdicts(place, month):
    answer = place.run("evaluate", "33148-2021", f"--month={month}", "--format=json")
    orderly(answer, 0, 1)
    return answer, {row["id"]: row for row in json.loads(answer.out)["ziele"]}


def assert_without_number(row, grounds):
    check(row["status"] == "nicht_bewertbar", f"{row['id']} is {row['status']}, although it lacks {grounds}: {row}")
    check(row["grund"] in grounds, f"{row['id']} gives {row['grund']} instead of {grounds}")
    for name in ("ist", "ist_exakt", "niveau", "niveau_vorjahr", "niveau_soll", "abstand", "soll_pfad"):
        check(row[name] is None, f"{row['id']} has no value, but {name} = {row[name]}")


@test
def each_missing_month_makes_exactly_its_targets_unassessable():
    rows, chance = all_rows(), random_for("missing months")
    for target in sorted(NEEDS) * 4:
        series = chance.choice(NEEDS[target])
        year = chance.choice((2020, 2021))
        number = chance.randint(1, 11)
        month = f"{year}-{number:02}"
        gone = [row for row in rows if (row["messgroesse"], row["geschlecht"], row["gruppe"], row["berichtsmonat"]) == (*series, month)]
        check(gone, f"{series} {month} is not in the demo")
        place = store_with([row for row in rows if row not in gone])
        answer, found = verdicts(place, "2021-12")
        check(answer.code == 1, answer)
        for ident, needs in NEEDS.items():
            if series in needs:
                ladestand = "2022-03" if year == 2021 else "2021-03"
                assert_without_number(found[ident], [f"fact_missing: {series[0]} {series[1]}{' ' + series[2] if series[2] else ''} {month} (Ladestand {ladestand})"])
            else:
                check(found[ident]["status"] in ("erreicht", "nicht_erreicht"), f"{ident} does not need {series} and is {found[ident]}")


@test
def every_mark_makes_a_month_missing_and_names_it():
    rows = all_rows()
    for mark in "*x.":
        changed = [{**row, "wert": mark} if (row["messgroesse"], row["geschlecht"], row["gruppe"], row["berichtsmonat"], row["ladestand"]) == ("INT", "T", "", "2021-05", "2021-08") else row
                   for row in rows]
        place = store_with(changed)
        answer, found = verdicts(place, "2021-12")
        assert_without_number(found["T1"], ["fact_missing: INT T 2021-05 (Ladestand 2022-03)"])
        check(f"„{mark}“" in " ".join(found["T1"]["hinweise"]), f"the mark {mark} is not named: {found['T1']['hinweise']}")
        check(answer.code == 1, answer)


@test
def without_figures_nothing_has_a_number():
    place = Place(empty=True)
    orderly(place.run("init"), 0)
    orderly(place.run("agreement", "import", LIPPE), 0)
    for month in ("2021-01", "2021-06", "2021-12"):
        answer, found = verdicts(place, month)
        check(answer.code == 1, answer)
        for ident in NEEDS:
            check(found[ident]["grund"].startswith("data_state_missing: "), found[ident])
            assert_without_number(found[ident], [found[ident]["grund"]])
        for ident, row in found.items():
            check(ident in NEEDS or (row["ist"] is None and (row["grund"] or not ident.startswith("M"))), f"{ident} without figures: {row}")


@test
def a_ladestand_that_was_not_kept_is_not_replaced_by_an_older_one():
    rows = all_rows()
    for gone, ground in (("2022-03", "data_state_missing: INT T 2022-03"), ("2021-03", "data_state_missing: INT T 2021-03")):
        place = store_with([row for row in rows if row["ladestand"] != gone])
        _, found = verdicts(place, "2021-12")
        assert_without_number(found["T1"], [ground])
        assert_without_number(found["T2"], [ground])


@test
def sums_too_large_for_64_bits_do_not_become_another_number():
    place = Place(empty=True)
    orderly(place.run("init"), 0)
    rows, members = [], [row.split(";") for row in place.run("jobcenter", "--land=NI", "--jahr=2020", "--format=csv").out.splitlines()[1:]]
    members = [row[0] for row in members if row[3] == "zkT"]
    for number in members:
        rows += [f"{number};2020-{month:02};2020-{month:02};LLU;T;;999999999999999999\n" for month in range(1, 13)]
        rows += [f"{number};2019-{month:02};2020-01;LLU;T;;0,000000001\n" for month in range(1, 13)]
    orderly(place.run("facts", "import", place.write("huge.csv", HEADER + "".join(rows))), 0)
    answer = place.run("peers", "LLU_SUM", "--month=2020-12", "--waiting=0", "--land=NI", "--form=zkT", "--format=json")
    orderly(answer, 0, 1)
    total = json.loads(answer.out)[-1]
    expected = 999999999999999999 * 12 * len(members)
    check(total["wert"] in (f"{expected}.0", f"{expected}", "") and "-" not in total["wert"], f"{len(members)} Jobcenter with 12 x 999999999999999999 each make {total['wert']} instead of {expected}")
