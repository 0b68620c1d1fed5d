#!/usr/bin/env python3
"""Write a random target agreement with matching invented facts: random_case.py --seed=N --out=DIR

DIR gets agreement.json, facts.csv and case.json (the months worth evaluating).
"""
import argparse
import json
import os
import random
import re
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from evaluate import FIGURES, Problem, Series, bounds, describe, parse_month, show_month, year_to_date

TRAEGER = "33148"
EVIDENCE = [{"quote": "x", "start": 0, "end": 1, "byte_start": 0, "byte_end": 1, "line": 1}]
SUBGROUPS = ["LZB", "SINGLE_PARENTS", "ASYLUM_8HKL", "U25", "WOMEN", "MEN"]
KENNZAHLEN = {("INTEGRATION_RATE", None): "K2", ("INTEGRATION_RATE", "LZB"): "K3E1",
              ("INTEGRATION_RATE", "SINGLE_PARENTS"): "K2E4", ("INTEGRATION_RATE", "WOMEN"): "K2_F",
              ("INTEGRATION_RATE", "MEN"): "K2_M", ("INTEGRATION_SUSTAINABILITY", None): "K2E3",
              ("LZB_EXIT_RATE", None): "K3E4", ("LLU_SUM", None): "K1"}
UNKNOWN = [("PROCESSING_DAYS", None), ("INTEGRATION_RATE", "REFUGEE_CONTEXT"), ("BUT_TAKEUP_RATE", "UKRAINIAN")]
MONEY = {"LLU", "LUH", "EGT_IST", "EGT_SOLL"}
STOCKS = {"ELB", "BG"}
SIZES = {"ELB": (900, 9000), "BG": (800, 6000), "INT": (0, 250), "INT_SVB": (20, 120), "INT_KONT": (0, 90),
         "INT_NACH": (0, 90), "INT_BD": (0, 120), "ELB_ZU": (0, 400), "ELB_AB": (0, 400), "LZA_ZU": (0, 150),
         "LZA_ERW": (0, 60), "LLU": (900_000, 4_000_000), "LUH": (700_000, 3_000_000), "EGT_IST": (0, 700_000)}


# --- agreement -----------------------------------------------------------------------------------

def literal(number):
    """json knows no decimals: write a marked text and unmark it in dump()."""
    return f"@{number}@" if isinstance(number, Decimal) else number


def dump(document):
    return re.sub(r'"@([^"@]*)@"', r"\1", json.dumps(document, ensure_ascii=False, indent=1)) + "\n"


def random_decimal(rng, low, high, decimals):
    scale = 10 ** decimals
    if decimals == 0:
        return rng.randint(low, high)
    number = rng.randint(low * scale, high * scale)
    if decimals == 2 and number % 10 == 0:
        number += 1  # a trailing zero would leave the number of decimals open
    return Decimal(number).scaleb(-decimals)


def random_indicator(rng):
    if rng.random() < 0.04:
        code, subgroup = rng.choice(UNKNOWN)
    else:
        code = rng.choice(sorted(FIGURES) + ["INTEGRATION_RATE", "INTEGRATIONS_COUNT", "LZB_STOCK"] * 2)
        subgroup = None
        if rng.random() < 0.3 and code in ("INTEGRATION_RATE", "INTEGRATIONS_COUNT", "ELB_COUNT",
                                           "NEED_COVERING_SHARE"):
            subgroup = rng.choice(SUBGROUPS)
        elif rng.random() < 0.2 and code in ("LZB_STOCK", "LZB_EXIT_RATE", "LZB_INFLOW"):
            subgroup = rng.choice(["WOMEN", "MEN"])
    return {"code": code, "kennzahl": KENNZAHLEN.get((code, subgroup)), "subgroup": subgroup}


def aggregation_of(rng, kind):
    if kind == "STOCK":
        return rng.choice(["ANNUAL_AVERAGE"] * 3 + ["YEAR_END_STOCK", "YEAR_END_STOCK", "MONTH_VALUE"])
    if kind == "SUM":
        return "ANNUAL_SUM"
    return "ANNUAL_SHARE" if kind == "SHARE" else "YEAR_TO_DATE_ANNUAL"


def scale_of(rng, figure):
    """measure, unit, value"""
    money = figure.measures[0] in MONEY and figure.kind == "SUM"
    decimals = rng.choice([1, 1, 1, 1, 2, 0])
    if figure.kind == "GAP":
        if rng.random() < 0.3:
            return "LEVEL", "PERCENTAGE_POINT", random_decimal(rng, 1, 12, decimals)
        return "POINT_CHANGE", "PERCENTAGE_POINT", rng.choice([Decimal("0.0"), random_decimal(rng, -3, 3, decimals)])
    countable = figure.kind in ("SUM", "STOCK")
    measure = rng.choice(["RELATIVE_CHANGE"] * 4 + ["LEVEL"] * 2 + ["ABSOLUTE_CHANGE"] * countable)
    unit = ("EUR" if money else "COUNT") if countable and measure != "RELATIVE_CHANGE" else "PERCENT"
    if measure == "RELATIVE_CHANGE":
        return measure, unit, rng.choice([Decimal("0.0")] + [random_decimal(rng, -8, 15, decimals)] * 4)
    if measure == "LEVEL" and not countable:
        return measure, unit, random_decimal(rng, 1, 60, decimals)
    low, high = SIZES[figure.measures[0]]
    if measure == "LEVEL":
        fewest, most = (1, 1) if figure.kind == "STOCK" else (6, 8)
        return measure, unit, rng.randint(fewest * low, most * high) + 1
    return measure, unit, rng.choice([0, rng.randint(-high // 20, high // 20)])


def direction_of(measure, comparator, value):
    at_least = comparator in (">=", ">", "=")
    if measure == "LEVEL":
        return "LEVEL_MIN" if at_least else "LEVEL_MAX"
    if value == 0:
        return "HOLD"
    if value > 0:
        return "INCREASE" if at_least else "LIMIT_INCREASE"
    return "LIMIT_DECREASE" if at_least else "DECREASE"


def random_target(rng, number, year):
    indicator = random_indicator(rng)
    figure = FIGURES.get(indicator["code"], FIGURES["INTEGRATIONS_COUNT"])
    measure, unit, value = scale_of(rng, figure)
    comparator = rng.choice([">=", "<="] * 4 + [">", "<", "="])
    turned = measure != "LEVEL" and value < 0  # "sinkt um mindestens" is literally >=, effectively <=
    literal_comparator = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "=": "="}[comparator] if turned else comparator
    aggregation = aggregation_of(rng, figure.kind)
    reference = None
    if measure != "LEVEL":
        reference = {"type": "PREVIOUS_YEAR", "year": year - 1, "raw": None}
        if aggregation == "YEAR_END_STOCK":
            reference.update(type="PREVIOUS_YEAR_END", month=12)
    return {
        "id": f"T{number}", "goal": "G1", "scope": "STATUTORY", "binding": "TARGET", "indicator": indicator,
        "measure": measure, "direction": direction_of(measure, comparator, value),
        "comparator_literal": literal_comparator, "comparator_effective": comparator, "comparator_explicit": True,
        "value": abs(value), "value_low": None, "value_high": None, "signed_value": value, "unit": unit,
        "value_raw": None, "period": {"type": "CALENDAR_YEAR", "year": year}, "aggregation": aggregation,
        "reference": reference, "tolerance": None,
        "wartezeit": rng.choice([None] * 6 + ["t-0", "t-1", "t-2", "t-3"]), "per": None, "equivalents": [],
        "condition": None, "weight": None, "bands": [], "deadline": None, "responsible_party": None, "place": None,
        "formula": None, "ambiguities": [], "note": None, "evidence": EVIDENCE}


def random_forecast(rng, number, year):
    indicator = random_indicator(rng)
    measure, unit, value = scale_of(rng, FIGURES.get(indicator["code"], FIGURES["INTEGRATIONS_COUNT"]))
    return {"id": f"F{number}", "goal": "G1", "indicator": indicator, "measure": measure, "value": value,
            "unit": unit, "value_raw": None, "year": year, "is_target": False, "evidence": EVIDENCE}


def party(ident, role, name, person, function):
    return {"id": ident, "role": role, "name": name, "abbr": None, "evidence": EVIDENCE,
            "represented_by": [{"name": person, "function": function, "salutation": None}]}


def signature(ident, of, place, date, signer, function):
    return {"id": ident, "party": of, "place_raw": place, "place": place, "date_raw": date, "date_iso": date,
            "date_quality": "COMPLETE_ISO", "date_partial": None, "signer": signer, "function": function,
            "on_behalf": False, "evidence": EVIDENCE}


def random_agreement(rng, year):
    waiting = rng.choice([None, None, "t-0", "t-1", "t-2", "t-3"])
    dialogues = None if rng.random() < 0.2 else {
        "name": "Steuerungsdialog", "count_exact": 2, "count_min": None, "count_raw": None, "regularity": "FIXED",
        "period": {"type": "CALENDAR_YEAR", "year": year}, "data_basis": ["JAHRESFORTSCHRITTSWERTE"],
        "wartezeit": waiting, "ladestand_rule": None, "preparer": None, "extra_on": [], "topics": [],
        "evidence": EVIDENCE}
    agreement = {
        "kind": "LAND_ZKT", "state": "NW",
        "title": {"value": f"Erfundene Zielvereinbarung {year}", "evidence": EVIDENCE},
        "year": {"value": year, "evidence": EVIDENCE},
        "term": {"type": "ANNUAL", "from": f"{year}-01-01", "to": f"{year}-12-31", "derived": True, "evidence": []},
        "statute": {"law": "SGB II", "section": "48b", "para": 1, "sentence": 1, "number": 4, "evidence": EVIDENCE},
        "amends": None,
        "parties": [party("P1", "LAND_MINISTRY", "Ministerium für Prüfzwecke", "Ada Beispiel", "Staatssekretärin"),
                    party("P2", "ZKT", "Kreis Lippe", "Bert Muster", "Landrat")],
        "documents": [], "general_aims": [], "framework": [], "budgets": [],
        "goals": [{"id": "G1", "number": "I", "heading": "Erfundenes Ziel", "statutory_code": "Z2",
                   "evidence": EVIDENCE}],
        "targets": [random_target(rng, n + 1, year) for n in range(rng.randint(6, 12))],
        "milestones": [],
        "monitoring": [{"id": f"M{n + 1}", "goal": "G1", "indicator": random_indicator(rng), "binding": "MONITORING",
                        "evidence": EVIDENCE} for n in range(rng.randint(0, 4))],
        "forecasts": [random_forecast(rng, n + 1, year) for n in range(rng.randint(0, 2))],
        "qualitative_goals": [{"id": "Q1", "goal": "G1", "topic": "EQUALITY", "title": "Erfundenes Vorhaben",
                               "steps": [], "completion": [], "deadline": None,
                               "evidence": EVIDENCE}] * rng.randint(0, 1),
        "programmes": [{"id": "PR1", "scope": "MUNICIPAL", "name": "Erfundenes Programm", "places": [], "until": None,
                        "evidence": EVIDENCE}] * rng.randint(0, 1),
        "scoring": None, "dialogues": dialogues, "reporting": [], "triggers": [], "considerations": [],
        "final_evaluation": None, "committees": [], "obligations": [],
        "signatures": [signature("S1", "P1", "Düsseldorf", f"{year}-02-01", "Ada Beispiel", "Staatssekretärin"),
                       signature("S2", "P2", "Detmold", f"{year}-02-02", "Bert Muster", "Landrat")]}
    return {"schema_version": "1.1", "agreement": agreement, "distractors": [], "tensions": [],
            "document": {"file": "invented.txt", "sha256": "0" * 64, "chars": 1, "bytes": 1, "language": "de",
                         "layout": [], "ocr_noise": []}}


# --- facts ---------------------------------------------------------------------------------------

def series_of(indicator, year):
    """All series an indicator may need; both versions of K2E3."""
    try:
        return [s for y in (year, year - 1, 2018, 2020) for s in describe(indicator, y * 12)[1]]
    except Problem:
        return []


def invent(rng, series, months, zero):
    """month -> state -> text or Decimal"""
    measure, result = series.measure, {}
    low, high = SIZES.get(measure, (0, 100))
    if series.group or series.sex != "T":
        low, high = low // 3, high // 3
    base = rng.randint(low, high) if measure in STOCKS | MONEY else None
    for month in months:
        if measure == "EGT_SOLL":
            final = Decimal(rng.randint(2_000_000, 9_000_000) if month % 12 == 0 else 0)
        elif base is not None:
            final = Decimal(rng.randint(base * 9 // 10, base * 11 // 10))
        else:
            final = Decimal(rng.randint(low, high))
        if measure in MONEY and final and rng.random() < 0.3:
            final += Decimal(rng.randint(0, 99)).scaleb(-2)
        if zero and month % 12 < 6:
            final = Decimal(0)
        result[month] = {}
        for waiting in range(4):
            value = final
            if waiting < 3 and measure in STOCKS and not zero:
                value += Decimal(rng.randint(-200, 200)).scaleb(-rng.choice([0, 1, 2, 3]))
            elif waiting < 3 and measure not in MONEY:
                value -= rng.randint(0, int(final) // 8)
            result[month][month + waiting] = value
    return result


def damage(rng, values, strength):
    for months in values.values():
        for month in list(months):
            for state in list(months[month]):
                if rng.random() < strength:
                    if rng.random() < 0.5:
                        del months[month][state]  # an older state stands in
                    else:
                        months[month][state] = rng.choice("*x.") if rng.random() < 0.4 else Decimal(0)
            if rng.random() < strength / 4:
                del months[month]
        if rng.random() < strength * 3:
            lost = rng.choice(sorted(months))
            for states in months.values():
                states.pop(lost, None)


def partition(rng, total, count, step):
    """Parts of a total, multiples of the step, none negative."""
    steps = int(total / step)
    cuts = sorted(rng.randint(0, steps) for _ in range(count - 1))
    parts = [b - a for a, b in zip([0] + cuts, cuts)] + [steps - (cuts[-1] if cuts else 0)]
    return [part * step for part in parts]


def even(rng, mean_value, count, step):
    """Stocks with a given mean that stay near it."""
    values = [mean_value] * count
    for _ in range(count // 2):
        a, b = rng.randrange(count), rng.randrange(count)
        shift = step * rng.randint(0, int(mean_value / step / 20))
        values[a] += shift
        values[b] -= shift
    return values


class Tuner:
    """Sets the visible values of one target so that it sits at, just over or just under a boundary."""

    def __init__(self, rng, values):
        self.rng, self.values = rng, values

    def put(self, series, months, state, numbers):
        """Overwrites what a reading as of the state sees."""
        for month, number in zip(months, numbers):
            number = Decimal(number.numerator) / Decimal(number.denominator)
            self.values[series].setdefault(month, {})[min(state, month + 3)] = number

    def put_sum(self, series, month, waiting, total, step=Fraction(1)):
        months = list(year_to_date(month))
        self.put(series, months, month + waiting, partition(self.rng, max(total, 0), len(months), step))

    def put_stock(self, series, months, month, waiting, mean_value, constant=False):
        count, state = len(months), month + waiting
        numbers = [mean_value] * count if constant else even(self.rng, mean_value, count, Fraction(1, 100))
        self.put(series, months, state, numbers)
        # The state itself must count as kept even when the series was damaged.
        self.values[series].setdefault(month, {}).setdefault(state, Decimal(int(mean_value)))

    def tune(self, target, month, waiting):
        rng, figure = self.rng, FIGURES[target["indicator"]["code"]]
        value = Fraction(target["signed_value"])
        exponent = target["signed_value"].as_tuple().exponent if isinstance(target["signed_value"], Decimal) else 0
        decimals = max(-exponent, 1 if target["unit"].startswith("PERCENT") else 0)
        edges = [bound for _, bound, _ in bounds(target["comparator_effective"], value, decimals)]
        edge = rng.choice(edges * 3 + [value])
        base = Fraction(2 * 10 ** (decimals + 2) * rng.randint(1, 3))  # makes half steps whole numbers
        measure = target["measure"]
        relative = measure == "RELATIVE_CHANGE"
        wanted = base * (1 + edge / 100) if relative else edge if measure == "LEVEL" else base + edge
        nudge = rng.choice([0, 0, 0, -1, 1])
        this, last = (describe(target["indicator"], m)[1] for m in (month, month - 12))
        if wanted < 10:
            return
        if figure.kind == "SUM":
            step = Fraction(1, 100) if this[0].measure in MONEY else Fraction(1)
            self.put_sum(last[0], month - 12, waiting, base, step)
            whole = wanted if step < 1 else Fraction(round(wanted))
            self.put_sum(this[0], month, waiting, whole + nudge * step, step)
        elif figure.kind == "STOCK":
            single = target["aggregation"] in ("YEAR_END_STOCK", "MONTH_VALUE")
            for series, at, amount in ((last[0], month - 12, base), (this[0], month, wanted + Fraction(nudge, 100))):
                self.put_stock(series, [at] if single else list(year_to_date(at)), at, waiting, amount)
        elif figure.kind in ("SHIFTED", "SHARE"):
            whole = base * rng.choice([2, 4, 5])
            part = wanted if relative else whole * edge / 100
            for (top, bottom), at, amount in ((last, month - 12, base), (this, month, part + nudge)):
                if figure.kind == "SHARE":
                    self.put_sum(bottom, at, waiting, whole)
                else:
                    self.put_stock(bottom, [m - 1 for m in year_to_date(at)], at, waiting, whole)
                self.put_sum(top, at, waiting, Fraction(round(amount)))
        elif figure.kind == "GAP":
            gap_before = base / 20 * rng.randint(1, 4)  # 5 to 20 percent of the base
            gap_now = base * edge / 100 if measure == "LEVEL" else gap_before + base * edge / 100
            for series, at, gap in ((last, month - 12, gap_before), (this, month, gap_now + nudge)):
                for (top, bottom), amount in ((series[:2], base / 4 + max(gap, 0)), (series[2:], base / 4)):
                    self.put_stock(bottom, [m - 1 for m in year_to_date(at)], at, waiting, base)
                    self.put_sum(top, at, waiting, Fraction(round(amount)))
        else:  # K3E4 with a constant stock: the mean of the rates is the rate of the sum
            stock = base * 50
            count = month % 12 + 1
            for (top, bottom), at, percent in ((last, month - 12, Fraction(2)),
                                               (this, month, 2 * (1 + edge / 100) if relative else edge)):
                months = [m - 1 for m in year_to_date(at)]
                self.put_stock(bottom, months, at, waiting, stock, constant=True)
                self.put_sum(top, at, waiting, Fraction(round(stock * percent / 100 * count)) + nudge)


def random_facts(rng, document, year):
    agreement = document["agreement"]
    first = rng.choice([parse_month(f"{year - 2}-01"), parse_month(f"{year - 2}-06"), parse_month(f"{year - 2}-12"),
                        parse_month(f"{year - 1}-01") if rng.random() < 0.3 else parse_month(f"{year - 2}-11")])
    last = year * 12 + rng.choice([11, 11, 11, 8])
    items = agreement["targets"] + agreement["monitoring"] + agreement["forecasts"]
    needed = sorted({s for item in items for s in series_of(item["indicator"], year)})
    values = defaultdict(dict)
    for series in needed:
        values[series] = invent(rng, series, range(first, last + 1), rng.random() < 0.05)
    damage(rng, values, rng.choice([0, 0, 0, Fraction(1, 400), Fraction(1, 100), Fraction(1, 30)]))
    tuned = []
    tunable = [t for t in agreement["targets"] if series_of(t["indicator"], year)]
    for target in rng.sample(tunable, min(len(tunable), rng.randint(0, 4))):
        decides_late = target["aggregation"] == "YEAR_END_STOCK" or target["measure"] == "LEVEL"
        month = year * 12 + (11 if decides_late else rng.randint(0, 11))
        own = target["wartezeit"]
        Tuner(rng, values).tune(target, month, rng.randint(0, 3) if own is None else int(own[2:]))
        tuned.append(month)
    return values, tuned


def write_facts(rng, values, path):
    columns = ["traeger", "berichtsmonat", "ladestand", "messgroesse", "geschlecht", "gruppe", "wert"]
    rng.shuffle(columns)
    comma = rng.random() < 0.1
    separator, point = ("," if comma else ";"), ("." if comma or rng.random() < 0.5 else ",")
    strangers = rng.choice([0, 0, 0, Fraction(1, 50)])
    lines = []
    for series, months in values.items():
        for month, states in months.items():
            for state, value in states.items():
                text = value if isinstance(value, str) else f"{value.normalize():f}".replace(".", point)
                if text == "0" and rng.random() < 0.3:
                    text = "-"
                row = dict(zip(("messgroesse", "geschlecht", "gruppe"), series), traeger=TRAEGER, wert=text,
                           berichtsmonat=show_month(month), ladestand=show_month(state))
                lines.append(separator.join(row[c] for c in columns))
                if rng.random() < strangers:  # figures of another Jobcenter must not leak in
                    lines.append(separator.join(dict(row, traeger="32702", wert="7")[c] for c in columns))
    rng.shuffle(lines)
    with open(path, "w", encoding="utf-8-sig" if rng.random() < 0.3 else "utf-8") as file:
        file.write("\n".join([separator.join(columns)] + lines) + "\n")


def with_literals(value):
    if isinstance(value, dict):
        return {k: with_literals(v) for k, v in value.items()}
    if isinstance(value, list):
        return [with_literals(v) for v in value]
    return literal(value)


def make_case(seed, out):
    rng = random.Random(seed)
    year = rng.randint(2018, 2025)
    os.makedirs(out, exist_ok=True)
    document = random_agreement(rng, year)
    values, tuned = random_facts(rng, document, year)
    with open(os.path.join(out, "agreement.json"), "w", encoding="utf-8") as file:
        file.write(dump(with_literals(document)))
    write_facts(rng, values, os.path.join(out, "facts.csv"))
    months = sorted(set(tuned) | {year * 12 + 11} | {year * 12 + m for m in rng.sample(range(11), 2)})
    case = {"seed": seed, "year": year, "months": [show_month(m) for m in months]}
    with open(os.path.join(out, "case.json"), "w", encoding="utf-8") as file:
        json.dump(case, file)
    return case


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    print(json.dumps(make_case(args.seed, args.out)))


if __name__ == "__main__":
    main()
