"""Agreements that are no JSON, no agreement, or an agreement with impossible values."""
import copy
import json
import os
import re

from kit import LIPPE, ROOT, Place, check, orderly, random_for, test

TEXT = open(LIPPE, encoding="utf-8").read()


def lippe():
    """An agreement of 2022 with Lippe, so that it meets nothing in the store."""
    document = json.loads(TEXT)
    document["agreement"]["year"]["value"] = 2022
    document["agreement"]["term"].update({"from": "2022-01-01", "to": "2022-12-31"})
    document["document"]["sha256"] = "1" * 64
    return document


def written(place, document, name="wrong.json"):
    return place.write(name, document if isinstance(document, (str, bytes)) else json.dumps(document, ensure_ascii=False, indent=1))


def line_of(text, pointer):
    """The line on which the value of a JSON pointer begins, in a file that was written with indent=1."""
    value, steps = json.loads(text), pointer.strip("/").split("/")
    parent = value
    for step in steps[:-1]:
        parent = parent[int(step) if isinstance(parent, list) else step]
    key = int(steps[-1]) if isinstance(parent, list) else steps[-1]
    parent[key] = "@here@"
    marked = json.dumps(value, ensure_ascii=False, indent=1)
    return marked[:marked.index('"@here@"')].count("\n") + 1


@test
def every_error_of_an_agreement_is_reported_at_once_with_line_and_path():
    place, document = Place(), lippe()
    agreement = document["agreement"]
    agreement["kind"] = "LAND_ZKTT"
    agreement["year"]["value"] = "2022"
    agreement["term"]["from"] = "01.01.2022"
    del agreement["parties"][0]["name"]
    agreement["targets"][0]["unit"] = "PROZENT"
    agreement["targets"][1]["signed_value"] = "13,8"
    agreement["targets"][2]["comparator_effective"] = "=>"
    agreement["targets"][3]["wartezeit"] = "t-4"
    agreement["targets"][4]["evidence"] = []
    agreement["ziele"] = []
    text = json.dumps(document, ensure_ascii=False, indent=1)
    answer = place.refuses("agreement", "import", written(place, text))
    expected = {"/agreement/kind": "LAND_ZKTT", "/agreement/year/value": "2022", "/agreement/term/from": "01.01.2022", "/agreement/parties/0": "„name“ fehlt",
                "/agreement/targets/0/unit": "„PROZENT“", "/agreement/targets/1/signed_value": "„13,8“", "/agreement/targets/2/comparator_effective": "„=>“",
                "/agreement/targets/3/wartezeit": "„t-4“", "/agreement/targets/4/evidence": "0 Einträge", "/agreement/ziele": "„ziele“"}
    check(len(answer.problems()) == len(expected), f"{len(answer.problems())} problems instead of {len(expected)}: {answer.err}")
    for pointer, found in expected.items():
        line = next((line for line in answer.problems() if f"({pointer}): " in line), "")
        check(found in line, f"nothing about {pointer} with {found}: {answer.err}")
        check(line.startswith(f"wrong.json, Zeile {line_of(text, pointer)} ("), f"line {line_of(text, pointer)} expected: {line}")
        check("erwartet" in line or "fehlt" in line or "gibt es hier nicht" in line, f"does not say what was expected: {line}")
    answer = place.run("agreement", "check", place.path("wrong.json"))
    check(answer.code == 1 and len(answer.problems()) == len(expected), f"check says something else than import: {answer}")


@test
def errors_the_schema_does_not_know_are_reported_together_with_its_own():
    place, document = Place(), lippe()
    document["agreement"]["targets"][0]["unit"] = "PROZENT"
    document["agreement"]["targets"][1]["id"] = "T1"
    document["agreement"]["milestones"] = [{"id": "MS1", "target": "T77", "date": "2022-06-30", "comparator": ">=", "value": 1, "unit": "COUNT", "evidence": []}]
    answer = place.refuses("agreement", "import", written(place, document), says="„PROZENT“")
    check("T77" in answer.err and "zweimal" in answer.err, f"the milestone of a target that is not there and the id given twice are only reported afterwards: {answer}")


@test
def a_truncated_agreement_is_refused_wherever_it_breaks_off():
    place, raw, chance = Place(), TEXT.encode(), random_for("truncated agreement")
    for at in [1, 2, len(raw) - 2] + [chance.randrange(len(raw)) for _ in range(20)]:
        answer = place.run("agreement", "import", written(place, raw[:at]))
        orderly(answer, 1)
        check(re.match(r"wrong.json(, Zeile \d+, Spalte \d+)?: ", answer.err) and len(answer.problems()) == 1, f"cut at {at}: {answer}")
    place.unchanged()


@test
def what_is_no_json_is_refused_with_line_and_column():
    place = Place()
    for text, where in (('{"a": 1,}', "Zeile 1, Spalte 9"), ('{\n "a": tru\n}', "Zeile 2, Spalte"), ('{"a": NaN}', "Zeile 1, Spalte 7"), ('{"a": 1} {"b": 2}', "Zeile 1, Spalte"),
                        ("[1, 2", "Zeile 1"), ('{"a": "\n"}', "Zeile 1"), ('{"a": .5}', "Zeile 1, Spalte 7"), ("// comment\n{}", "Zeile 1"), ('{"a": "\\q"}', "Zeile 1"), ("\0", "Zeile 1")):
        place.refuses("agreement", "import", written(place, text), says=["wrong.json, " + where])
    for raw in (TEXT.encode("utf-16"), TEXT.encode("cp1252", "replace"), b'{"a": "\xff"}'):
        place.refuses("agreement", "import", written(place, raw), says="UTF-8")
    place.refuses("agreement", "import", written(place, ""), says="leer")
    for text in ("null", "[]", "{}", '"Zielvereinbarung"', "42", "true"):
        place.refuses("agreement", "import", written(place, text), says="wrong.json, Zeile 1")


@test
def deep_nesting_is_refused():
    place = Place()
    for depth in (65, 200, 100_000):
        place.refuses("agreement", "import", written(place, "[" * depth + "]" * depth), says="wrong.json")
        document = json.dumps(lippe())
        nested = document.replace('"scoring": null', '"scoring": ' + '{"a": ' * depth + "1" + "}" * depth)
        check(nested != document, "the place for the nesting is gone")
        answer = place.run("agreement", "import", written(place, nested))
        orderly(answer, 1)
        check("Zeile" in answer.err, answer)
    place.unchanged()


@test
def huge_numbers_are_refused_and_never_wrap_around():
    place, before = Place(), Place().run("agreement", "list", "--format=csv").out
    paths = (["year", "value"], ["targets", 0, "signed_value"], ["targets", 0, "period", "year"], ["targets", 0, "reference", "year"],
             ["targets", 0, "evidence", 0, "line"], ["forecasts"])
    numbers = ("1e300", "1e400", "-1e400", "123456789012345678901234567890", "-9223372036854775809", "18446744073709551615", "4294969318", "0.1234567890123456789", "1e-320")
    wrong = []
    for path in paths:
        for number in numbers:
            if number == "4294969318" and path[-1] in ("signed_value", "forecasts"):
                continue  # a large amount, but a possible one; as a year it would wrap around to 2022
            document = lippe()
            parent = document["agreement"]
            if path == ["forecasts"]:
                parent["forecasts"] = [{"id": "F1", "goal": None, "indicator": {"code": "LLU_SUM", "kennzahl": None, "subgroup": None}, "measure": "LEVEL", "value": "@@",
                                        "unit": "EUR", "value_raw": None, "year": 2022, "is_target": False, "evidence": parent["targets"][0]["evidence"]}]
            else:
                for step in path[:-1]:
                    parent = parent[step]
                parent[path[-1]] = "@@"
            text = json.dumps(document).replace('"@@"', number)
            answer = place.run("agreement", "import", written(place, text))
            try:
                orderly(answer, 1)
                check("wrong.json" in answer.err, answer)
            except AssertionError as failure:
                wrong.append(f"{'/'.join(map(str, path))} = {number}: {str(failure).splitlines()[0][:200]}")
                if answer.code == 0:
                    place = Place()
    check(not wrong, "\n".join(wrong))
    check(place.run("agreement", "list", "--format=csv").out == before, "something was taken over")
    place.sound()


@test
def numbers_of_up_to_fifteen_digits_keep_every_digit():
    place, chance, document = Place(), random_for("digits"), lippe()
    pattern = copy.deepcopy(document["agreement"]["targets"][0])
    pattern.update({"measure": "LEVEL", "reference": None, "equivalents": []})
    values = [f"{chance.randrange(10**chance.randint(1, 9))}.{chance.randrange(1, 10**places):0{places}}".rstrip("0") for places in (1, 2, 3, 4, 5, 6) for _ in range(60)]
    values = [value + "0" if value.endswith(".") else value for value in values]
    document["agreement"]["targets"] = [{**pattern, "id": f"T{number}", "signed_value": f"@{value}@"} for number, value in enumerate(values, 1)]
    orderly(place.run("agreement", "import", written(place, re.sub(r'"@([^"@]*)@"', r"\1", json.dumps(document)))), 0)
    rows = json.loads(place.run("evaluate", "33148-2022", "--month=2022-12", "--format=json").out)["ziele"]
    wrong = [f"{value} became {row['soll']}" for value, row in zip(values, rows) if row["soll"] != value]
    check(not wrong, wrong[:10])


@test
def wrong_words_of_every_enumeration_are_refused():
    place = Place()
    for pointer, allowed in (("kind", "LAND_ZKT"), ("term/type", "ANNUAL"), ("parties/0/role", "ZKT"), ("targets/0/measure", "LEVEL"), ("targets/0/direction", "INCREASE"),
                             ("targets/0/comparator_literal", ">="), ("targets/0/comparator_effective", ">="), ("targets/0/unit", "PERCENT"), ("targets/0/aggregation", "ANNUAL_SUM"),
                             ("targets/0/scope", "STATUTORY"), ("targets/0/binding", "TARGET"), ("targets/0/period/type", "CALENDAR_YEAR"), ("targets/0/reference/type", "PREVIOUS_YEAR"),
                             ("monitoring/0/binding", "MONITORING"), ("dialogues/regularity", "FIXED")):
        document = lippe()
        parent = document["agreement"]
        *steps, last = [int(step) if step.isdigit() else step for step in pointer.split("/")]
        for step in steps:
            parent = parent[step]
        parent[last] = "FALSCH"
        answer = place.run("agreement", "import", written(place, document))
        orderly(answer, 1)
        check(f"(/agreement/{pointer}): „FALSCH“" in answer.err and allowed in answer.err, f"{pointer}: {answer}")
    place.unchanged()


@test
def control_characters_of_a_file_do_not_reach_the_terminal():
    place, document = Place(), lippe()
    document["agreement"]["title"]["value"] = "Titel \x1b[31mrot\x07\u009b31m"
    document["agreement"]["goals"][0]["heading"] = "Ziel \x1b]0;x\x07"
    document["agreement"]["targets"][0]["value_raw"] = "um \x1b[2J9,9 Prozent\r steigt"
    for party in document["agreement"]["parties"]:
        party["name"] = "Amt\x1b[1A"
    answer = place.run("agreement", "import", written(place, document))
    orderly(answer, 1)  # no such Jobcenter; the name is in the message
    check("Amt" in answer.err, answer)
    orderly(place.run("agreement", "import", written(place, document), "--traeger=33148"), 0)
    for args in (["agreement", "show", "33148-2022"], ["agreement", "list"], ["evaluate", "33148-2022", "--month=2022-06"], ["agreement", "check", "33148-2022"],
                 ["explain", "33148-2022", "T1", "--month=2022-06"]):
        answer = place.run(*args)
        found = re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", answer.out + answer.err)
        check(not found, f"{' '.join(args)} prints {found[:3]!r}: a file could command the terminal")


@test
def any_changed_value_of_an_agreement_is_refused_or_evaluated_but_never_crashes():
    chance, wrong = random_for("changed agreements"), []
    sources = [json.loads(open(os.path.join(ROOT, "agreements", name), encoding="utf-8").read()) for name in sorted(os.listdir(os.path.join(ROOT, "agreements"))) if name.endswith(".json")]
    junk = [None, True, 0, -1, 13, 1e17, -0.5, 99999999999, "", "x", "2020-13-45", "t-9", [], {}, [[]], "\x00", "9" * 300, 2020.0]

    def places(value, found, path=()):
        if isinstance(value, (dict, list)):
            for key in value if isinstance(value, dict) else range(len(value)):
                if not {"evidence", "document", "distractors", "tensions"} & {key}:
                    found.append((value, key, (*path, key)))
                    places(value[key], found, (*path, key))
        return found
    place = Place()
    for _ in range(160):
        document = copy.deepcopy(chance.choice(sources))
        parent, key, path = chance.choice(places(document["agreement"], []))
        if chance.random() < 0.2:
            del parent[key]
            what = "deleted"
        else:
            parent[key] = copy.deepcopy(chance.choice(junk))
            what = repr(parent[key])[:40]
        file = written(place, document)
        for args in (["agreement", "import", file, "--format=csv"], ["agreement", "check", file]):
            answer = place.run(*args)
            try:
                orderly(answer, 0, 1)
                if args[1] == "import" and answer.code == 0:
                    ident = answer.out.splitlines()[1].split(";")[0]
                    orderly(place.run("agreement", "show", ident), 0)
                    orderly(place.run("evaluate", ident, f"--month={ident[6:10]}-12"), 0, 1, 2)
            except AssertionError as failure:
                wrong.append(f"/agreement/{'/'.join(map(str, path))} {what}: {failure}".replace("\n", " ")[:300])
    check(not wrong, "\n".join(wrong))
