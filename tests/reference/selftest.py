#!/usr/bin/env python3
"""Hand-made checks of the reference: printed figures and rules of handbook sections 3, 5, 6, 7 and 11."""
import random
import sys
from collections import Counter
from decimal import Decimal
from fractions import Fraction

from evaluate import (Context, Facts, Level, Problem, Series, bounds, distance, evaluate, exact_or_six, exit_code,
                      forecast_row, from_scale, holds, level, mean, monitoring_row, parse_month, parse_value, plain,
                      round_away, show_month, target_row)

tally = Counter()


def check(name, actual, expected):
    tally[actual == expected] += 1
    if actual != expected:
        print(f"FAILED {name}: expected {expected!r}, got {actual!r}")


def problem_of(function, *arguments):
    try:
        return function(*arguments)
    except Problem as problem:
        return str(problem)


def rows(measure, first, values, sex="T", group="", waiting=0):
    """One value per month from `first` on, all loaded with the same waiting; text may hold marks."""
    start = parse_month(first)
    return [(Series(measure, sex, group), start + n, start + n + waiting, parse_value(str(v)))
            for n, v in enumerate(values)]


def indicator(code, subgroup=None):
    return {"code": code, "kennzahl": None, "subgroup": subgroup}


def target(code, measure, comparator, value, unit, aggregation, subgroup=None, wartezeit=None):
    return {"id": "T1", "indicator": indicator(code, subgroup), "measure": measure, "unit": unit,
            "comparator_effective": comparator, "signed_value": value, "aggregation": aggregation,
            "wartezeit": wartezeit}


def row_of(item, facts, month, asked=0, agreed=3, make=target_row):
    return make(item, Context(facts, parse_month(month), asked, agreed))


def pick(row, *names):
    return tuple(row[name] for name in names)


def section_5_time():
    k2 = Facts(rows("INT", "2015-01", [10, 20, 30]) + rows("ELB", "2014-11", [1, 1000, 2000, 3000, 9]))
    check("K2 March: INT Jan-Mar / ELB Dec-Feb", level(indicator("INTEGRATION_RATE"), None, parse_month("2015-03"),
                                                        parse_month("2015-03"), k2),
          Level(Fraction(3), Fraction(20), "Integrationen"))

    june, stock = parse_month("2020-06"), Series("ELB", "T", "LZB")
    states = Facts([(stock, june, june, Fraction(5)), (stock, june, june + 2, Fraction(7)),
                    (stock, june + 1, june + 1, Fraction(1)), (stock, june, june + 3, None)])
    check("newest value not after L", [states.read(stock, [june], june + n) for n in range(3)],
          [[Fraction(5)], [Fraction(5)], [Fraction(7)]])
    check("a mark hides the older number", problem_of(states.read, stock, [june], june + 3),
          "fact_missing: ELB T LZB 2020-06 (Ladestand 2020-09)")
    check("a state never kept", problem_of(states.read, stock, [june], june + 4),
          "data_state_missing: ELB T LZB 2020-10")
    check("missing is not zero", problem_of(states.read, stock, [june - 1], june),
          "fact_missing: ELB T LZB 2020-05 (Ladestand 2020-06)")
    check("marks", [parse_value(text) for text in (" * ", "x", ".", "-", "1,5", "1.5")],
          [None, None, None, 0, Fraction(3, 2), Fraction(3, 2)])

    # June 2020 t-0 against June 2019 as it stood in June 2019; the final value is no substitute.
    item = target("INTEGRATIONS_COUNT", "RELATIVE_CHANGE", ">=", Decimal("1.0"), "PERCENT", "ANNUAL_SUM")
    this = rows("INT", "2020-01", [10] * 6)
    final_only = Facts(this + rows("INT", "2019-01", [10] * 6, waiting=3))
    check("final value is no substitute", pick(row_of(item, final_only, "2020-06"), "status", "grund"),
          ("nicht_bewertbar", "fact_missing: INT T 2019-04 (Ladestand 2019-06)"))
    check("state of last year never kept",
          row_of(item, Facts(this + rows("INT", "2018-01", [10] * 12)), "2020-06")["grund"],
          "data_state_missing: INT T 2019-06")

    mean_stock = Facts(rows("ELB", "2020-01", [90, 110], group="LZB") + rows("ELB", "2019-01", [100, 104], group="LZB"))
    k3 = target("LZB_STOCK", "RELATIVE_CHANGE", "<=", Decimal("-1.5"), "PERCENT", "ANNUAL_AVERAGE")
    check("K3: means Jan..m", pick(row_of(k3, mean_stock, "2020-02"), "niveau", "niveau_vorjahr", "ist", "status"),
          ("100", "102", "-2.0", "erreicht"))

    own = target("INTEGRATIONS_COUNT", "LEVEL", ">=", 1, "COUNT", "ANNUAL_SUM", wartezeit="t-0")
    check("own waiting wins", pick(row_of(own, final_only, "2020-06", asked=3), "wartezeit", "ladestand"),
          (0, "2020-06"))
    check("request before agreement", row_of(item, final_only, "2020-06", asked=1, agreed=0)["wartezeit"], 1)
    check("agreement when nothing is asked", row_of(item, final_only, "2020-06", asked=None)["wartezeit"], 3)


def section_3_figures():
    versions = Facts(sum((rows(m, f"{y}-01", [v] * 4) for m, v in (("INT_KONT", 1), ("INT_NACH", 2), ("INT_SVB", 4))
                          for y in (2018, 2019)), []))
    sustained = [level(indicator("INTEGRATION_SUSTAINABILITY"), None, m, m, versions).value
                 for m in map(parse_month, ("2018-04", "2019-03", "2019-04"))]
    check("K2E3 by version of the month", sustained, [50, 50, 25])
    exits = Facts(rows("ELB_AB", "2020-01", [10, 30], group="LZB") + rows("ELB", "2019-12", [100, 200, 0], group="LZB"))
    february = parse_month("2020-02")
    check("K3E4: mean of monthly rates over the previous stock",
          level(indicator("LZB_EXIT_RATE"), None, february, february, exits).value, Fraction(25, 2))
    check("unknown code", row_of(target("PROGRAMME_BG_PER_STAFF", "LEVEL", ">=", 20, "COUNT", "ANNUAL_SUM"),
                                 Facts([]), "2020-06")["grund"], "measure_unknown: PROGRAMME_BG_PER_STAFF")
    check("unknown subgroup", row_of(target("INTEGRATION_RATE", "LEVEL", ">=", 20, "PERCENT", "ANNUAL_SUM",
                                            "REFUGEE_CONTEXT"), Facts([]), "2020-06")["grund"],
          "measure_unknown: INTEGRATION_RATE REFUGEE_CONTEXT")
    nobody = Facts(rows("INT", "2020-01", [1]) + rows("ELB", "2019-12", [0, 5]))
    check("zero denominator", row_of(target("INTEGRATION_RATE", "LEVEL", ">=", 20, "PERCENT", "YEAR_TO_DATE_ANNUAL"),
                                     nobody, "2020-01")["grund"].split(":")[0], "denominator_zero")


def section_6_targets():
    def implied(integrations, rate):
        return plain(round_away(100 * ((100 + Fraction(integrations)) / (100 + Fraction(rate)) - 1), 1), 1)
    check("implied change of the ELB stock", [implied("13.8", "9.9"), implied("2.1", "0.0"), implied("1.9", "0.1")],
          ["3.5", "2.1", "1.8"])
    fits = [n for n in range(2000, 3000) if round_away(Fraction(5000, n), 1) == Fraction("1.9")]
    check("Düren: 1.9 % = 50", (fits[0], fits[-1]), (2565, 2702))
    check("Heidekreis: rd. 16.6 million", plain(round_away(Fraction(8793355 + 7795364, 10 ** 6), 1), 1), "16.6")

    def change_row(code, value, comparator, now, before, group=""):
        measure = {"LZB_STOCK": "ELB", "INTEGRATIONS_COUNT": "INT"}[code]
        facts = Facts(rows(measure, "2021-01", [now], group=group) + rows(measure, "2020-01", [before], group=group))
        item = target(code, "RELATIVE_CHANGE", comparator, Decimal(value), "PERCENT", "ANNUAL_AVERAGE")
        return pick(row_of(item, facts, "2021-01"), "status", "ist")
    check("ceiling +1.1 reached", change_row("LZB_STOCK", "1.1", "<=", "1011.4", 1000, "LZB"), ("erreicht", "1.1"))
    check("ceiling +1.1 broken", change_row("LZB_STOCK", "1.1", "<=", "1011.5", 1000, "LZB"), ("nicht_erreicht", "1.2"))
    check("a target of zero is ordinary", change_row("INTEGRATIONS_COUNT", "0.0", ">=", 1000, 1000),
          ("erreicht", "0.0"))
    check("floor -1.1", change_row("INTEGRATIONS_COUNT", "-1.1", ">=", 989, 1000), ("erreicht", "-1.1"))

    def gap(men, women, year):
        return (rows("INT", f"{year}-01", [men], "M") + rows("INT", f"{year}-01", [women], "F")
                + rows("ELB", f"{year - 1}-12", [1000, 1000], "M") + rows("ELB", f"{year - 1}-12", [1000, 1000], "F"))
    held = target("GENDER_GAP_INTEGRATION_RATE", "POINT_CHANGE", "<=", Decimal("0.0"), "PERCENTAGE_POINT", "ANNUAL_SUM")
    facts = Facts(gap(50, 80, 2021) + gap(60, 30, 2020))
    check("gap not widened, other sign", pick(row_of(held, facts, "2021-01"), "status", "ist", "niveau", "abstand",
                                              "abstand_einheit"), ("erreicht", "0.0", "3", "0.05", "Prozentpunkte"))
    smaller = dict(held, signed_value=Decimal("-0.1"))
    check("gap smaller by 0.1", pick(row_of(smaller, facts, "2021-01"), "status", "niveau_soll", "abstand"),
          ("nicht_erreicht", "2.9", "-0.05"))
    check("gap watched", pick(row_of(dict(held, id="M1"), facts, "2021-01", make=monitoring_row), "einheit", "ist"),
          ("PERCENTAGE_POINT", "0.0"))


def section_7_judging():
    facts = Facts(rows("INT", "2023-01", [1357]) + rows("INT", "2022-01", [1329]))
    item = target("INTEGRATIONS_COUNT", "RELATIVE_CHANGE", ">=", Decimal("1.9"), "PERCENT", "ANNUAL_SUM")
    check("printed row of evaluation.md",
          pick(row_of(item, facts, "2023-01"), "status", "ist", "ist_exakt", "soll", "einheit", "vergleich", "niveau",
               "niveau_vorjahr", "niveau_soll", "abstand", "abstand_einheit", "soll_pfad", "rundung_entscheidet",
               "grund"),
          ("erreicht", "2.1", "2800/1329", "1.9", "PERCENT", ">=", "1357", "1329", "1354.251", "3", "Integrationen",
           None, False, None))
    by_rounding = Facts(rows("INT", "2023-01", [1354]) + rows("INT", "2022-01", [1329]))
    check("rounding decides", pick(row_of(item, by_rounding, "2023-01"), "status", "abstand", "rundung_entscheidet"),
          ("erreicht", "0", True))
    check("half away from zero", [plain(round_away(Fraction(t), 1), 1) for t in ("1.85", "-0.35", "-0.04", "0.05")],
          ["1.9", "-0.4", "0.0", "0.1"])
    check("levels", [exact_or_six(Fraction(t)) for t in ("1354.251", "1/3", "-2/3", "7", "1/8")],
          ["1354.251", "0.333333", "-0.666667", "7", "0.125"])

    # The share of last year's February was 10.7 %, not 2/12 (7.3).
    last = [50, 57] + [893 // 10] * 9 + [893 - 9 * 89]
    months = Facts(rows("LZA_ERW", "2020-01", [20, 21]) + rows("LZA_ERW", "2019-01", last))
    count = target("LZA_EXITS_EMPLOYMENT", "LEVEL", ">=", 261, "COUNT", "ANNUAL_SUM")
    check("in-year Soll of a level", pick(row_of(count, months, "2020-02"), "status", "grund", "soll_pfad", "ist",
                                          "abstand", "niveau_vorjahr"),
          ("offen", "year_not_over", "27.927", "41", None, None))
    without = Facts(rows("LZA_ERW", "2020-01", [20, 21]))
    check("no path without last year", pick(row_of(count, without, "2020-02"), "status", "soll_pfad"), ("offen", None))
    check("missing fact before 'year not over'", row_of(count, without, "2020-03")["status"], "nicht_bewertbar")
    december = Facts(rows("LZA_ERW", "2020-01", [20] * 12))
    check("level in December", pick(row_of(count, december, "2020-12"), "status", "niveau_soll", "abstand",
                                    "abstand_einheit"), ("nicht_erreicht", "261", "-21", "Personen"))
    year_end = target("LZB_STOCK", "RELATIVE_CHANGE", "<=", Decimal("0.0"), "PERCENT", "YEAR_END_STOCK")
    check("year-end stock is not due", pick(row_of(year_end, Facts([]), "2018-06"), "status", "grund", "ist"),
          ("offen", "not_due: 2018-12", None))
    stock = Facts(rows("ELB", "2018-11", [9999, "1000.4"], group="LZB") + rows("ELB", "2017-12", [1000], group="LZB"))
    check("year-end stock in December", pick(row_of(year_end, stock, "2018-12"), "status", "ist", "abstand",
                                             "rundung_entscheidet"), ("erreicht", "0.0", "0", True))
    forecast = {"id": "F1", "indicator": indicator("LLU_SUM"), "measure": "LEVEL", "unit": "EUR", "value": 38219839}
    money = Facts(rows("LLU", "2020-01", ["1000000.50", 2000000]))
    check("forecast", pick(row_of(forecast, money, "2020-02", make=forecast_row), "status", "ist", "soll", "abstand"),
          ("prognose", "3000001", "38219839", None))


def section_7_distances_by_search():
    """The distance against a plain search for the last whole number that still reaches."""
    rng, wrong = random.Random(1), 0
    for _ in range(3000):
        previous, decimals = Fraction(rng.randint(10, 400)), rng.choice([1, 2])
        value = Fraction(rng.randint(-150, 150), 10 ** decimals)
        comparator, now = rng.choice([">=", "<=", ">", "<"]), rng.randint(0, 900)

        def reaches(n):
            return holds(round_away(100 * (n / previous - 1), decimals), comparator, value)
        numbers = range(2000) if comparator[0] == ">" else range(2000, -1, -1)
        edge = next(n for n in numbers if reaches(n))
        expected = now - edge if comparator[0] == ">" else edge - now
        wrong += distance(Level(Fraction(now), Fraction(1), ""), previous, "RELATIVE_CHANGE", comparator, value,
                          decimals) != str(expected)
    check("distances agree with a search", wrong, 0)
    ceiling = Level(Fraction("99.5"), Fraction(1), "")
    check("exclusive bound: one person less", distance(ceiling, None, "LEVEL", "<=", Fraction(100), 0), "0")
    check("inclusive bounds follow the half", bounds("<=", Fraction(-1), 0), [(-1, Fraction(-1, 2), True)])


def section_11_printed():
    check("mean of stocks", plain(round_away(mean([Fraction(n) for n in (78, 81, 83, 93, 103, 110, 114, 118, 113, 107,
                                                                         108, 110)]), 2), 2), "101.50")
    wanted = from_scale("RELATIVE_CHANGE", Fraction("11.9"), Fraction("26.86"))
    check("target value", (exact_or_six(wanted), plain(round_away(wanted, 2), 2)), ("30.05634", "30.06"))
    friesland = Level(Fraction(11800, 3880), Fraction(3880, 100), "Integrationen")
    check("Friesland JFW", plain(round_away(friesland.value, 1), 1), "3.0")
    check("Friesland: 127 would do", distance(friesland, None, "LEVEL", ">=", Fraction("3.3"), 1), "-9")
    check("32.1 against 32.1", holds(round_away(Fraction("32.05"), 1), ">=", Fraction("32.1")), True)


def head_of_the_result():
    agreement = {"year": {"value": 2023}, "dialogues": {"wartezeit": "t-0"}, "monitoring": [], "forecasts": [],
                 "targets": [target("X", "LEVEL", ">=", 1, "COUNT", "ANNUAL_SUM")], "programmes": [{"id": "PR1"}],
                 "qualitative_goals": [{"id": "Q1"}]}

    def head(month, waiting, dialogues):
        document = {"agreement": dict(agreement, dialogues=dialogues)}
        result = evaluate(document, Facts([]), parse_month(month), waiting, "31118-2023", "31118")
        check("rows in order", [r["id"] for r in result["ziele"]], ["T1", "Q1", "PR1"])
        check("exit code", exit_code(result), 1)
        return pick(result, "wartezeit", "wartezeit_quelle", "ladestand", "ladestand_vorjahr", "endgueltig")
    in_dialogues = {"wartezeit": "t-0"}
    check("agreement", head("2023-06", None, in_dialogues), (0, "agreement", "2023-06", "2022-06", False))
    check("assumed", head("2023-12", None, None), (3, "assumed", "2024-03", "2023-03", True))
    check("request", head("2023-12", 1, in_dialogues), (1, "request", "2024-01", "2023-01", False))
    check("months", show_month(parse_month("2023-12") + 1), "2024-01")


for section in (section_3_figures, section_5_time, section_6_targets, section_7_judging,
                section_7_distances_by_search, section_11_printed, head_of_the_result):
    section()
print(f"{tally[True]} passed, {tally[False]} failed")
sys.exit(1 if tally[False] else 0)
