#!/usr/bin/env python3
"""Plain reference evaluation of a target agreement, written from the specification alone.

Usage: evaluate.py AGREEMENT.json FACTS.csv --month=YYYY-MM [--waiting=0..3] --id=ID --traeger=NNNNN
Section numbers refer to domain/handbook.md; "facts.md" and "evaluation.md" to the exchange formats.
"""
import argparse
import csv
import json
import math
import sys
from collections import defaultdict, namedtuple
from decimal import Decimal
from fractions import Fraction

Series = namedtuple("Series", "measure sex group")
# units: numerator units per unit of value, so that distances can be given in people (section 7.5);
# None where only Prozentpunkte make sense (a gap, a mean of monthly rates).
Level = namedtuple("Level", "value units unit_name")
Figure = namedtuple("Figure", "kind measures group accumulates")

# facts.md, "From the exchange codes of an agreement to facts"
FIGURES = {
    "INTEGRATION_RATE": Figure("SHIFTED", ("INT", "ELB"), "", True),
    "GENDER_GAP_INTEGRATION_RATE": Figure("GAP", ("INT", "ELB"), "", True),
    "INTEGRATIONS_COUNT": Figure("SUM", ("INT",), "", True),
    "LZB_STOCK": Figure("STOCK", ("ELB",), "LZB", False),
    "LZB4PLUS_COUNT": Figure("STOCK", ("ELB",), "LZB4", False),
    "LZB_INFLOW": Figure("SUM", ("ELB_ZU",), "LZB", True),
    "LZB_EXIT_RATE": Figure("EXIT_RATE", ("ELB_AB", "ELB"), "LZB", False),
    "LLU_SUM": Figure("SUM", ("LLU",), "", True),
    "LUH_SUM": Figure("SUM", ("LUH",), "", True),
    "ELB_COUNT": Figure("STOCK", ("ELB",), "", False),
    "ELB_INFLOW": Figure("SUM", ("ELB_ZU",), "", True),
    "BG_COUNT": Figure("STOCK", ("BG",), "", False),
    "CASELOAD": Figure("STOCK", ("BG",), "", False),
    "NEED_COVERING_SHARE": Figure("SHARE", ("INT_BD", "INT"), "", False),
    "INTEGRATION_SUSTAINABILITY": Figure("SHARE", ("INT_KONT", "INT_SVB"), "", False),
    "LZA_TRANSITIONS": Figure("SUM", ("LZA_ZU",), "", True),
    "LZA_EXITS_EMPLOYMENT": Figure("SUM", ("LZA_ERW",), "", True),
    "EGT_UTILISATION": Figure("SHARE", ("EGT_IST", "EGT_SOLL"), "", True),
}
GROUPS = {"LZB": "LZB", "LZB4PLUS": "LZB4", "SINGLE_PARENTS": "AE", "ASYLUM_8HKL": "ASYL8", "U25": "U25"}
SEXES = {"WOMEN": "F", "MEN": "M"}
UNIT_NAMES = {"INT": "Integrationen", "INT_BD": "Integrationen", "INT_KONT": "Integrationen",
              "INT_NACH": "Integrationen", "BG": "Bedarfsgemeinschaften", "LLU": "Euro", "LUH": "Euro",
              "EGT_IST": "Euro"}
POINTS = "Prozentpunkte"
ASSUMED_WAITING = 3


class Problem(Exception):
    """Why a figure cannot be computed; the text is the machine code for `grund`."""


# --- months: counted, so that arithmetic is plain ------------------------------------------------

def parse_month(text):
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def show_month(count):
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def year_to_date(month):
    return range(month // 12 * 12, month + 1)


# --- facts (facts.md, section 5) -----------------------------------------------------------------

def parse_value(text):
    text = text.strip()
    if text in ("*", "x", "."):
        return None  # a mark counts as a value, and the month is missing (section 5)
    if text in ("-", "–", "—"):
        return Fraction(0)
    return Fraction(Decimal(text.replace(",", ".")))


def place(series):
    return " ".join(part for part in series if part)


class Facts:
    def __init__(self, rows):
        """rows: (series, month, state, value or None)"""
        self.values = defaultdict(lambda: defaultdict(dict))
        for series, month, state, value in rows:
            self.values[series][month][state] = value

    @classmethod
    def load(cls, path, traeger):
        with open(path, encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            file.seek(0)
            rows = csv.DictReader(file, delimiter=";" if ";" in header else ",")
            return cls([(Series(r["messgroesse"], r["geschlecht"], r["gruppe"]), parse_month(r["berichtsmonat"]),
                         parse_month(r["ladestand"]), parse_value(r["wert"]))
                        for r in rows if r["traeger"] == traeger])

    def read(self, series, months, state):
        months_of_series = self.values.get(series, {})
        if not any(state in states for states in months_of_series.values()):
            raise Problem(f"data_state_missing: {place(series)} {show_month(state)}")
        result = []
        for month in months:
            states = months_of_series.get(month, {})
            visible = [s for s in states if s <= state]
            value = states[max(visible)] if visible else None
            if value is None:
                raise Problem(f"fact_missing: {place(series)} {show_month(month)} (Ladestand {show_month(state)})")
            result.append(value)
        return result


# --- figures: Jahresfortschrittswerte (section 5) ------------------------------------------------

def describe(indicator, month):
    """The figure and its series, numerator first; the gap has a pair per sex."""
    code, subgroup = indicator["code"], indicator["subgroup"]
    figure = FIGURES.get(code)
    if figure is None:
        raise Problem(f"measure_unknown: {code}")
    sex, group = SEXES.get(subgroup, "T"), GROUPS.get(subgroup, "")
    known = subgroup is None or subgroup in GROUPS or subgroup in SEXES
    clash = (figure.group and group and group != figure.group) or (figure.kind == "GAP" and sex != "T")
    if not known or clash:
        raise Problem(f"measure_unknown: {code} {subgroup}")
    measures = figure.measures
    if code == "INTEGRATION_SUSTAINABILITY" and month < parse_month("2019-04"):
        measures = ("INT_NACH", "INT_SVB")  # K2E3 before the change of 22.03.2019 (section 3)
    sexes = ("M", "F") if figure.kind == "GAP" else (sex,)
    return figure, [Series(m, s, figure.group or group) for s in sexes for m in measures]


def divide(numerator, denominator, series, month):
    if denominator == 0:
        raise Problem(f"denominator_zero: {place(series)} {show_month(month)}")
    return numerator / denominator


def mean(values):
    return sum(values) / len(values)


def shifted_rate(numerator, denominator, month, state, facts):
    """K2: sum Jan..m over the mean stock Dec..m-1. Returns the rate in percent and the mean stock."""
    ytd = year_to_date(month)
    total = sum(facts.read(numerator, ytd, state))
    stock = mean(facts.read(denominator, [m - 1 for m in ytd], state))
    return 100 * divide(total, stock, denominator, month), stock


def level(indicator, aggregation, month, state, facts, version=None):
    """version: month whose text of the regulation counts; last year is read with this year's, never across the break of K2E3."""
    figure, series = describe(indicator, month if version is None else version)
    ytd = year_to_date(month)
    unit_name = UNIT_NAMES.get(series[0].measure, "Personen")
    if figure.kind == "SUM":
        return Level(sum(facts.read(series[0], ytd, state)), Fraction(1), unit_name)
    if figure.kind == "STOCK":
        months = [month] if aggregation in ("YEAR_END_STOCK", "MONTH_VALUE") else ytd
        return Level(mean(facts.read(series[0], months, state)), Fraction(1), unit_name)
    if figure.kind == "SHIFTED":
        rate, stock = shifted_rate(*series, month, state, facts)
        return Level(rate, stock / 100, unit_name)
    if figure.kind == "GAP":
        men, _ = shifted_rate(*series[:2], month, state, facts)
        women, _ = shifted_rate(*series[2:], month, state, facts)
        return Level(abs(men - women), None, POINTS)
    if figure.kind == "SHARE":
        part, whole = [sum(facts.read(s, ytd, state)) for s in series]
        return Level(100 * divide(part, whole, series[1], month), whole / 100, unit_name)
    # K3E4: the stock of the previous month is the base (section 3)
    exits = facts.read(series[0], ytd, state)
    stocks = facts.read(series[1], [m - 1 for m in ytd], state)
    return Level(100 * mean([divide(e, s, series[1], m) for e, s, m in zip(exits, stocks, ytd)]), None, POINTS)


# --- scales, rounding, distance (section 7) ------------------------------------------------------

def to_scale(measure, current, previous, indicator, last_month):
    if measure == "LEVEL":
        return current
    if measure == "RELATIVE_CHANGE":
        _, series = describe(indicator, last_month)
        return 100 * (divide(current, previous, series[0], last_month) - 1)
    return current - previous


def from_scale(measure, value, previous):
    if measure == "LEVEL":
        return value
    if measure == "RELATIVE_CHANGE":
        return previous * (1 + value / 100)
    return previous + value


def decimals_of(number, unit):
    written = max(0, -number.as_tuple().exponent) if isinstance(number, Decimal) else 0
    return max(written, 1) if unit in ("PERCENT", "PERCENTAGE_POINT") else written


def round_away(value, decimals):
    scaled = abs(value) * 10 ** decimals
    rounded = Fraction(math.floor(scaled + Fraction(1, 2)), 10 ** decimals)
    return -rounded if value < 0 else rounded


def plain(value, decimals):
    """Fixed number of decimals; the caller has rounded. Zero has no sign."""
    digits = str(abs(int(value * 10 ** decimals))).rjust(decimals + 1, "0")
    text = digits if decimals == 0 else digits[:-decimals] + "." + digits[-decimals:]
    return "-" + text if value < 0 else text


def exact_or_six(value):
    rest, decimals = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        decimals = max(decimals, count)
    return plain(value, decimals) if rest == 1 else plain(round_away(value, 6), 6)


def holds(left, comparator, right):
    return {">=": left >= right, "<=": left <= right, ">": left > right, "<": left < right,
            "=": left == right}[comparator]


def bounds(comparator, value, decimals):
    """Unrounded bounds (side, bound, inclusive) whose rounded value just reaches the agreed one.

    Half away from zero (7.2): a half belongs to the step farther from zero.
    """
    step = Fraction(1, 10 ** decimals)
    low = value + step if comparator == ">" else value
    high = value - step if comparator == "<" else value
    result = []
    if comparator in (">=", ">", "="):
        result.append((1, low - step / 2, low > 0))
    if comparator in ("<=", "<", "="):
        result.append((-1, high + step / 2, high < 0))
    return result


def distance(current, previous, measure, comparator, value, decimals):
    """`abstand`: an equality is both bounds at once, the nearer one counts."""
    results = []
    for side, bound, inclusive in bounds(comparator, value, decimals):
        margin = side * (current.value - from_scale(measure, bound, previous))
        if current.units is None:
            results.append(round_away(margin, 2))
        else:
            margin *= current.units
            # An exclusive bound is never reached exactly, so a whole margin is one too many.
            results.append(Fraction(math.floor(margin) if inclusive else math.ceil(margin) - 1))
    return plain(min(results), 2 if current.units is None else 0)


# --- rows (evaluation.md) ------------------------------------------------------------------------

Context = namedtuple("Context", "facts month asked agreed")


def blank_row(ident, status):
    return {"id": ident, "wartezeit": None, "ladestand": None, "ladestand_vorjahr": None, "status": status,
            "ist": None, "ist_exakt": None, "soll": None, "einheit": None, "vergleich": None, "niveau": None,
            "niveau_vorjahr": None, "niveau_soll": None, "abstand": None, "abstand_einheit": None,
            "soll_pfad": None, "rundung_entscheidet": False, "grund": None, "annahmen": [], "hinweise": []}


def waiting_number(text):
    return None if text is None else int(text[2:])


def read_row(item, status, context):
    """A row with its waiting: the item's own, else what was asked for, else the agreement's or t-3."""
    own = waiting_number(item.get("wartezeit"))
    used = own if own is not None else context.asked if context.asked is not None else context.agreed
    row = blank_row(item["id"], status)
    state = context.month + used
    row.update(wartezeit=used, ladestand=show_month(state), ladestand_vorjahr=show_month(state - 12))
    return row, used


def compute(item, measure, waiting, context):
    """Current level, last year's level (None for a LEVEL) and the value in the target's own scale."""
    indicator, aggregation, month = item["indicator"], item.get("aggregation"), context.month
    if measure not in ("LEVEL", "RELATIVE_CHANGE", "ABSOLUTE_CHANGE", "POINT_CHANGE"):
        raise Problem(f"measure_unknown: {indicator['code']}")
    current = level(indicator, aggregation, month, month + waiting, context.facts)
    previous = None
    if measure != "LEVEL":
        previous = level(indicator, aggregation, month - 12, month - 12 + waiting, context.facts, month).value
    return current, previous, to_scale(measure, current.value, previous, indicator, month - 12)


def fill_levels(row, current, previous, scaled, decimals):
    row.update(ist=plain(round_away(scaled, decimals), decimals), ist_exakt=str(scaled),
               niveau=exact_or_six(current.value),
               niveau_vorjahr=None if previous is None else exact_or_six(previous))


def path(item, value, waiting, context):
    """In-year Soll of a level (7.3): last year's share of the year, both read at the same waiting."""
    last_month = context.month - 12
    last_december = last_month // 12 * 12 + 11
    try:
        so_far, whole = [level(item["indicator"], item.get("aggregation"), m, m + waiting, context.facts, context.month).value
                         for m in (last_month, last_december)]
    except Problem:
        return None
    return None if whole == 0 else exact_or_six(value * so_far / whole)


def target_row(target, context):
    row, waiting = read_row(target, "nicht_bewertbar", context)
    measure, unit, comparator = target["measure"], target["unit"], target["comparator_effective"]
    decimals, value = decimals_of(target["signed_value"], unit), Fraction(target["signed_value"])
    before_december = context.month % 12 != 11
    row.update(soll=plain(value, decimals), einheit=unit, vergleich=comparator)
    if target["aggregation"] == "YEAR_END_STOCK" and before_december:
        december = show_month(context.month // 12 * 12 + 11)
        row.update(status="offen", grund=f"not_due: {december}")
        return row
    try:
        current, previous, scaled = compute(target, measure, waiting, context)
    except Problem as problem:
        row["grund"] = str(problem)
        return row
    fill_levels(row, current, previous, scaled, decimals)
    row["niveau_soll"] = exact_or_six(from_scale(measure, value, previous))
    if measure == "LEVEL" and before_december and FIGURES[target["indicator"]["code"]].accumulates:
        row.update(status="offen", grund="year_not_over", soll_pfad=path(target, value, waiting, context))
        return row
    reached = holds(round_away(scaled, decimals), comparator, value)
    row.update(status="erreicht" if reached else "nicht_erreicht",
               rundung_entscheidet=reached != holds(scaled, comparator, value),
               abstand=distance(current, previous, measure, comparator, value, decimals),
               abstand_einheit=current.unit_name)
    return row


def monitoring_row(item, context):
    row, waiting = read_row(item, "beobachtet", context)
    gap = item["indicator"]["code"] == "GENDER_GAP_INTEGRATION_RATE"
    row["einheit"] = "PERCENTAGE_POINT" if gap else "PERCENT"
    try:
        fill_levels(row, *compute(item, "POINT_CHANGE" if gap else "RELATIVE_CHANGE", waiting, context), 1)
    except Problem as problem:
        row["grund"] = str(problem)
    return row


def forecast_row(item, context):
    row, waiting = read_row(item, "prognose", context)
    number = item.get("signed_value", item["value"])
    decimals, value = decimals_of(number, item["unit"]), Fraction(number)
    row.update(soll=plain(value, decimals), einheit=item["unit"])
    try:
        current, previous, scaled = compute(item, item["measure"], waiting, context)
        fill_levels(row, current, previous, scaled, decimals)
    except Problem as problem:
        row["grund"] = str(problem)
    return row


def evaluate(document, facts, month, waiting, ident, traeger):
    agreement = document["agreement"]
    in_dialogues = waiting_number((agreement["dialogues"] or {}).get("wartezeit"))
    agreed = ASSUMED_WAITING if in_dialogues is None else in_dialogues
    source = "request" if waiting is not None else "assumed" if in_dialogues is None else "agreement"
    used = agreed if waiting is None else waiting
    context = Context(facts, month, waiting, agreed)
    rows = [target_row(t, context) for t in agreement["targets"]]
    rows += [monitoring_row(m, context) for m in agreement["monitoring"]]
    rows += [forecast_row(f, context) for f in agreement["forecasts"]]
    rows += [dict(read_row({"id": q["id"]}, "offen", context)[0], grund="awaiting_parties") for q in agreement["qualitative_goals"]]
    rows += [read_row({"id": p["id"]}, "beobachtet", context)[0] for p in agreement["programmes"]]
    return {"format": "zielwerk.evaluation/1", "agreement": ident, "traeger": traeger,
            "jahr": agreement["year"]["value"], "berichtsmonat": show_month(month), "wartezeit": used,
            "wartezeit_quelle": source, "ladestand": show_month(month + used),
            "ladestand_vorjahr": show_month(month + used - 12),
            "endgueltig": month % 12 == 11 and used == agreed, "ziele": rows}


def load_agreement(path_name):
    with open(path_name, encoding="utf-8") as file:
        return json.load(file, parse_float=Decimal)  # keeps the decimals as written


def exit_code(result):
    return 1 if any(row["status"] == "nicht_bewertbar" for row in result["ziele"]) else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("agreement")
    parser.add_argument("facts")
    parser.add_argument("--month", required=True, type=parse_month)
    parser.add_argument("--waiting", type=int, choices=range(4))
    parser.add_argument("--id", required=True)
    parser.add_argument("--traeger", required=True)
    args = parser.parse_args()
    document = load_agreement(args.agreement)
    if args.month // 12 != document["agreement"]["year"]["value"]:
        parser.error("the month does not belong to the year of the agreement")
    result = evaluate(document, Facts.load(args.facts, args.traeger), args.month, args.waiting, args.id, args.traeger)
    print(json.dumps(result, ensure_ascii=False, indent=2))
    return exit_code(result)


if __name__ == "__main__":
    sys.exit(main())
