#!/usr/bin/env python3
"""Writes demo/zahlen_erfunden_<traeger>.csv: INVENTED base figures for the five agreements, in the facts format.

usage: make_demo.py            write the files
       make_demo.py --check    read them again: every row against the format, then the December result of every target

No figure here was ever counted. Sizes, seasons and the pandemic are plausible, the results are a chosen mix (EXPECTED).
Written values come from integers only: no floating point, no clock, no generator with a state. Noise is a hash of the seed
and of the name of the cell, so a changed series leaves all the others as they were.
"""
import hashlib
import sys
from collections import namedtuple
from fractions import Fraction
from math import isqrt
from pathlib import Path

SEED = 482020
DEMO = Path(__file__).resolve().parent.parent / "demo"
HEADER = "traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert"
SIZE_LIMIT = 6_000_000

# ---------------------------------------------------------------- the five Jobcenter: what is chosen, not drawn

# Knots lie three months apart, from December of year-2 to December of the agreement's year, season taken out.
# Pairs are (year before, year of the agreement); `integrations` is group: (men, women) or group: (total,) in each.
# `complete`: per mille of the final count known at t-0, t-1, t-2. `shares`: per mille, at the first and the last month.
LIPPE = dict(
    traeger="33148", name="Lippe", year=2021, season=("covid", "recovery"),
    elb=(20650, 20600, 21500, 21400, 21150, 21200, 21050, 20600, 20250),
    lzb=(13650, 13630, 13660, 13720, 13770, 13830, 13850, 13790, 13700),
    shares=dict(men=(497, 495), lzb_men=(468, 466), lzb4=(655, 668), ae=(131, 128), asyl8=(172, 188)),
    integrations={"": ((2640, 1690), (2886, 1868)), "LZB": ((1010, 760), (1196, 922)),
                  "AE": ((458,), (505,)), "ASYL8": ((905,), (1062,))},
    complete=((880, 952, 986), (882, 951, 986)),
    marginal=(1690, 1735), subsidised=(465, 490), llu=(29450, 29900, 30650), luh=(26900, 27350, 27900), bg=752)

BORKEN = dict(
    traeger="32702", name="Borken", year=2018, season=("plain", "plain"),
    elb=(15950, 16200, 16350, 16220, 16050, 16020, 15950, 15700, 15450),
    lzb=(9900, 9890, 9850, 9770, 9700, 9720, 9760, 9770, 9765),
    shares=dict(men=(479, 476), lzb_men=(449, 447), lzb4=(602, 611), ae=(142, 139), asyl8=(228, 252)),
    integrations={"": ((2300, 1605), (2299, 1630)), "LZB": ((890, 700), (912, 727)),
                  "AE": ((402,), (418,)), "ASYL8": ((690,), (905,))},
    complete=((890, 958, 988), (855, 938, 980)),
    marginal=(1420, 1395), subsidised=(250, 262), llu=(27300, 27700, 28250), luh=(25300, 25650, 26050), bg=741)

DUEREN = dict(
    traeger="31118", name="Düren", year=2023, season=("plain", "plain"),
    elb=(16500, 16450, 16900, 17100, 17150, 17300, 17400, 17350, 17300),
    lzb=(11050, 10990, 10950, 10930, 10900, 10860, 10830, 10810, 10800),
    shares=dict(men=(483, 470), lzb_men=(472, 471), lzb4=(660, 672), ae=(134, 139), asyl8=(176, 189)),
    integrations={"": ((1530, 1104), (1530, 1149)), "LZB": ((612, 463), (610, 471)),
                  "AE": ((281,), (290,)), "ASYL8": ((472,), (498,))},
    complete=((860, 940, 982), (890, 955, 987)),
    marginal=(1180, 1165), subsidised=(72, 66), llu=(30600, 31300, 34900), luh=(28300, 28900, 30100), bg=748)

HEIDEKREIS = dict(
    traeger="22116", name="Heidekreis", year=2020, season=("plain", "covid"),
    elb=(8250, 8160, 8050, 7940, 7850, 7800, 8170, 8110, 8000),
    lzb=(5400, 5355, 5310, 5260, 5210, 5200, 5206, 5240, 5262),
    shares=dict(men=(488, 491), lzb_men=(461, 463), lzb4=(640, 652), ae=(137, 133), asyl8=(128, 136)),
    integrations={"": ((1175, 815), (1030, 715)), "LZB": ((415, 330), (352, 281)),
                  "AE": ((196,), (163,)), "ASYL8": ((232,), (205,))},
    complete=((878, 950, 985), (872, 948, 985)),
    marginal=(720, 610), subsidised=(56, 44), llu=(28300, 28750, 29500), luh=(25100, 25500, 26100), bg=756,
    # § 2 of the agreement; allotted in January, spent through the year.
    budget={"VK": (879335500, 870418263), "EGT": (779536400, 710972945)})

MANSFELD = dict(
    traeger="04704", name="Mansfeld-Südharz", year=2020, season=("plain", "covid"),
    elb=(12500, 12350, 12150, 11850, 11550, 11430, 11680, 11480, 11200),
    lzb=(7950, 7840, 7720, 7570, 7430, 7370, 7310, 7230, 7150),
    shares=dict(men=(521, 519), lzb_men=(515, 512), lzb4=(688, 699), ae=(146, 143), asyl8=(52, 55)),
    integrations={"": ((1470, 1070), (1278, 928)), "LZB": ((560, 440), (473, 369)),
                  "AE": ((287,), (242,)), "ASYL8": ((52,), (38,))},
    complete=((876, 950, 985), (874, 949, 985)),
    marginal=(905, 770), subsidised=(860, 735), llu=(26500, 26850, 27350), luh=(18700, 18900, 19300), bg=818,
    unemployed_long={"LZA_ZU": (1168, 1104), "LZA_ERW": (318, 255)})

JOBCENTERS = (LIPPE, BORKEN, DUEREN, HEIDEKREIS, MANSFELD)

# Integrationen per month, per mille of the year: weak January, strong August and September.
INTEGRATION_SEASON = (47, 63, 78, 81, 79, 75, 79, 117, 121, 96, 87, 77)
ENTRY_SEASON = (55, 70, 85, 90, 95, 90, 85, 85, 95, 95, 85, 70)       # marginal and subsidised employment, inflows
STOCK_SEASON = (1000, 1004, 1007, 1008, 1006, 1003, 1003, 1001, 996, 992, 990, 993)
SPENDING_SEASON = (58, 72, 80, 80, 80, 82, 84, 82, 84, 88, 92, 118)
SHOCK = {  # what the pandemic left of an ordinary month, per mille
    "plain": (1000,) * 12,
    "covid": (1000, 1000, 930, 520, 570, 750, 870, 910, 950, 950, 850, 800),
    "recovery": (800, 830, 930, 960, 970, 1010, 1030, 1030, 1030, 1020, 1000, 960),
}
# Fewer LZB sat in measures while rooms were closed; the Jobcenter of 2021 had them back by spring.
MEASURE_SHOCK = {"plain": (1000,) * 12,
                 "covid": (1000, 1000, 950, 700, 660, 700, 780, 830, 880, 900, 880, 840),
                 "recovery": (850, 850, 870, 900, 930, 950, 960, 970, 980, 980, 980, 960)}

# Newly in need in spring 2020.
INFLOW_SHOCK = {"plain": (1000,) * 12,
                "covid": (1000, 1000, 1060, 1330, 1180, 1060, 1000, 980, 960, 950, 970, 1000),
                "recovery": (980, 980, 970, 960, 960, 950, 950, 950, 950, 950, 960, 970)}
# Who found no work in spring 2020 became long-term unemployed rather than fewer.
LONG_TERM_SHOCK = {"plain": (1000,) * 12, "covid": (1000, 1000, 1000, 1040, 1080, 1100, 1080, 1060, 1040, 1020, 1010, 1000)}

# Come three months later than the Integrationen they belong to (handbook, section 4): at t-0..t-2 unknown, mark `.`.
# Empty the set to have numbers in all four Ladestände.
LATE_MEASURES = {"INT_BD", "INT_KONT", "INT_NACH"}
SUSTAINED_SINCE = (2019, 4)        # INT_KONT from here, INT_NACH before
SMALL_SERIES = {("OEFF", ""), ("INT", "ASYL8")}     # no target needs them; a 1 or 2 is written as `*`

# ---------------------------------------------------------------- small tools

Row = namedtuple("Row", "month state measure sex group value")       # value: the text that is written


def noise(spread, *name):
    """A whole number in -spread..spread, small ones more often; the same for the same name, always."""
    digest = hashlib.sha256("/".join(map(str, (SEED, *name))).encode()).digest()
    return int.from_bytes(digest[:8], "big") % (spread + 1) - int.from_bytes(digest[8:16], "big") % (spread + 1)


def divide(above, below):
    """Half up; all counts here are positive."""
    return (2 * above + below) // (2 * below)


def share_out(total, weights):
    """Whole parts that add up to the total (largest remainder)."""
    parts = [total * weight // sum(weights) for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % sum(weights)), i))
    for i in by_remainder[:total - sum(parts)]:
        parts[i] += 1
    return parts


def without(whole, part):
    return [all_of_it - some for all_of_it, some in zip(whole, part)]


def between(first, last, step, steps):
    return divide(first * (steps - step) + last * step, steps)


def later(month, months):
    number = month[0] * 12 + month[1] - 1 + months
    return number // 12, number % 12 + 1


def text(month):
    return f"{month[0]}-{month[1]:02d}"


def decimal(amount, places):
    return f"{amount // 10 ** places},{amount % 10 ** places:0{places}d}" if places else str(amount)


# ---------------------------------------------------------------- final figures (t-3), one list of 25 months per series

class Invention:
    """One Jobcenter: final figures first, then what each earlier Ladestand knew of them."""

    def __init__(self, plan):
        self.plan, self.traeger, self.year = plan, plan["traeger"], plan["year"]
        self.months = [later((self.year - 2, 12), i) for i in range(25)]
        self.rows = []

    def noise(self, spread, *name):
        return noise(spread, self.traeger, *name)

    def share(self, name, i):
        return between(*(1000 * share for share in self.plan["shares"][name]), i, 24) + self.noise(900, name, i)   # ppm

    def stock(self, name, knots, seasonal):
        final = []
        for i, (_, month) in enumerate(self.months):
            level = between(1000 * knots[i // 3], 1000 * knots[min(i // 3 + 1, 8)], i % 3, 3)
            season = 1000 + (STOCK_SEASON[month - 1] - 993) * seasonal // 100      # December is what the knot says
            final.append(divide(level * season * (10000 + self.noise(18, name, i)), 1000 * 1000 * 10000))
        return final

    def part(self, whole, name):
        return [divide(stock * self.share(name, i), 10 ** 6) for i, stock in enumerate(whole)]

    def flow(self, totals, name, season, shock=SHOCK):
        """December year-2 on its own, then two years that add up to their totals; small series jump more."""
        spread = min(600, 1600 // isqrt(max(1, totals[0] // 12)))
        final = [divide(totals[0] * season[11] * (1000 + self.noise(spread, name, 0)), 1000 * 1000)]
        for y, total in enumerate(totals):
            weights = [season[m] * shock[self.plan["season"][y]][m] * (1000 + self.noise(spread, name, 1 + 12 * y + m)) for m in range(12)]
            final += share_out(total, weights)
        return final

    def quota(self, whole, per_mille, name, spread=30):
        return [divide(count * (per_mille + self.noise(spread, name, i)), 1000) for i, count in enumerate(whole)]

    # -------------------------------------------------------------- the same figure in four Ladestände

    def extrapolated(self, final, name):
        """A stock in tenths: t-0..t-2 extrapolated and fractional, t-3 counted."""
        return [[divide(value * 10 * (10 ** 6 + self.noise(spread, name, "t", i, w)), 10 ** 6)
                 for w, spread in enumerate((3600, 1700, 700))] + [value * 10] for i, value in enumerate(final)]

    def arriving(self, final, name, complete=None, own=5):
        """A flow: late entries come until t-3, nothing is ever taken away."""
        grown = []
        for i, value in enumerate(final):
            known = [value]
            for w in (2, 1, 0):
                per_mille = (complete or self.plan["complete"])[0 if i < 13 else 1][w]
                per_mille += self.noise((16, 8, 4)[w], "late", i, w) + self.noise(own, name, "late", i, w)
                known.insert(0, min(known[0], divide(value * per_mille, 1000)))
            grown.append(known)
        return grown

    def put(self, measure, sex, group, grown, places=0, whole_at_end=False):
        for i, known in enumerate(grown):
            for w, value in enumerate(known):
                if whole_at_end and w == 3:
                    written = str(value // 10)
                elif measure in LATE_MEASURES and w < 3:
                    written = "."
                elif (measure, group) in SMALL_SERIES and value in (0, 1, 2):
                    written = "*" if value else "-"
                else:
                    written = decimal(value, places)
                self.rows.append(Row(self.months[i], later(self.months[i], w), measure, sex, group, written))

    def put_stock(self, measure, group, **final):
        """T, or M and F whose sum is T in every Ladestand."""
        self.put_sexes(measure, group, {sex: self.extrapolated(values, (measure, group, sex)) for sex, values in final.items()},
                       places=1, whole_at_end=True)

    def put_flow(self, measure, group, complete=None, places=0, **final):
        self.put_sexes(measure, group, {sex: self.arriving(values, (measure, group, sex), complete) for sex, values in final.items()},
                       places=places)

    def put_sexes(self, measure, group, grown, **form):
        if "M" in grown:
            grown = {"T": [[m + f for m, f in zip(*pair)] for pair in zip(grown["M"], grown["F"])], **grown}
        for sex, values in grown.items():
            self.put(measure, sex, group, values, **form)

    # -------------------------------------------------------------- everything, in the order of the table in facts.md

    def write_down(self):
        plan = self.plan
        elb, lzb = self.stock("elb", plan["elb"], 100), self.stock("lzb", plan["lzb"], 35)
        self.stocks(elb, lzb)
        self.movements(elb, "", 36, INFLOW_SHOCK)
        self.movements(lzb, "LZB", 23, {kind: SHOCK["plain"] for kind in SHOCK})
        self.integrations()
        for measure, name in (("GERING", "marginal"), ("OEFF", "subsidised")):
            self.put_flow(measure, "", T=self.flow(plan[name], measure, ENTRY_SEASON))
        in_measures = [divide(stock * (88 + self.noise(4, "akt", i)) * self.monthly(MEASURE_SHOCK, i), 10 ** 6) for i, stock in enumerate(lzb)]
        self.put_stock("AKT", "LZB", T=in_measures)
        for measure in ("LLU", "LUH"):
            self.benefits(measure, elb)
        self.put_stock("BG", "", T=[divide(stock * (plan["bg"] * 10 + self.noise(15, "bg", i)), 10000) for i, stock in enumerate(elb)])
        for measure, totals in plan.get("unemployed_long", {}).items():
            season, shock = (ENTRY_SEASON, LONG_TERM_SHOCK) if measure == "LZA_ZU" else (INTEGRATION_SEASON, SHOCK)
            self.put_flow(measure, "", T=self.flow(totals, measure, season, shock))
        for kind, (allotted, spent) in plan.get("budget", {}).items():
            self.budget(kind, allotted, spent)
        return self.rows

    def monthly(self, shock, i):
        return shock["plain" if i == 0 else self.plan["season"][(i - 1) // 12]][self.months[i][1] - 1]

    def stocks(self, elb, lzb):
        men, lzb_men, ae = self.part(elb, "men"), self.part(lzb, "lzb_men"), self.part(elb, "ae")
        ae_men = [divide(stock * (72 + self.noise(3, "ae_men", i)), 1000) for i, stock in enumerate(ae)]
        self.put_stock("ELB", "", M=men, F=without(elb, men))
        self.put_stock("ELB", "LZB", M=lzb_men, F=without(lzb, lzb_men))
        self.put_stock("ELB", "LZB4", T=self.part(lzb, "lzb4"))
        self.put_stock("ELB", "AE", M=ae_men, F=without(ae, ae_men))
        self.put_stock("ELB", "ASYL8", T=self.part(elb, "asyl8"))

    def movements(self, stock, group, per_mille, shock):
        """Moves to and from other Jobcenter are neither inflow nor outflow, so the balance never closes exactly."""
        inflow = [divide(value * (per_mille * 12 * ENTRY_SEASON[m - 1] + self.noise(1800, "zu" + group, i)) * self.monthly(shock, i), 10 ** 9)
                  for i, (value, (_, m)) in enumerate(zip(stock, self.months))]
        growth = [stock[1] - stock[0]] + [now - before for before, now in zip(stock, stock[1:])]
        outflow = [value - gain + self.noise(14, "ab" + group, i) for i, (value, gain) in enumerate(zip(inflow, growth))]
        for measure, values in (("ELB_ZU", inflow), ("ELB_AB", outflow)):
            self.put_flow(measure, group, ((952, 982, 994), (954, 982, 994)), T=values)

    def integrations(self):
        everybody = None
        for group, years in self.plan["integrations"].items():
            by_sex = {sex: self.flow(totals, f"int{group}{sex}", INTEGRATION_SEASON) for sex, totals in
                      zip("MF" if len(years[0]) == 2 else "T", zip(*years))}
            self.put_flow("INT", group, **by_sex)
            everybody = everybody or [m + f for m, f in zip(by_sex["M"], by_sex["F"])]
        insured = self.quota(everybody, 862, "svb", 12)
        self.put_flow("INT_SVB", "", T=insured)
        lasting = self.quota(insured, 628, "kont")
        after_a_year = self.quota(insured, 668, "nach")
        self.put_flow("INT_NACH", "", T=after_a_year)
        self.put_flow("INT_KONT", "", T=lasting)
        self.rows = [row for row in self.rows if not (row.measure == "INT_NACH" and row.month >= SUSTAINED_SINCE)
                     and not (row.measure == "INT_KONT" and row.month < SUSTAINED_SINCE)]
        self.put_flow("INT_BD", "", T=self.quota(everybody, 468, "bd"))

    def benefits(self, measure, elb):
        """Cents: stock times the amount per ELB, which steps up each January."""
        amounts = self.plan[measure.lower()]
        final = [divide(stock * amounts[self.months[i][0] - self.year + 2] * (10 ** 6 + self.noise(4000, measure, i)), 10 ** 6)
                 for i, stock in enumerate(elb)]
        grown = []
        for i, value in enumerate(final):
            known = [value]
            for w, (ppm, spread) in ((2, (998400, 500)), (1, (994600, 900)), (0, (986800, 1700))):
                known.insert(0, min(known[0], divide(value * (ppm + self.noise(spread, measure, "late", i, w)), 10 ** 6)))
            grown.append(known)
        self.put(measure, "T", "", grown, places=2)

    def budget(self, kind, allotted, spent):
        """Cash figures do not wait: the same in every Ladestand. Months without an allotment hold `-`, that is nothing."""
        weights = [weight * (1000 + self.noise(30, kind, m)) for m, weight in enumerate(SPENDING_SEASON)]
        if kind == "VK":
            weights = [weight * 3 + 83 * 7000 for weight in weights]       # salaries are steadier than measures
        months = [month for month in self.months if month[0] == self.year]
        for measure, values in ((f"{kind}_SOLL", [allotted] + [0] * 11), (f"{kind}_IST", share_out(spent, weights))):
            for month, value in zip(months, values):
                for w in range(4):
                    self.rows.append(Row(month, later(month, w), measure, "T", "", decimal(value, 2) if value else "-"))


def as_file(plan):
    lines = [HEADER]
    for row in Invention(plan).write_down():
        lines.append(";".join((plan["traeger"], text(row.month), text(row.state), row.measure, row.sex, row.group, row.value)))
    return "\n".join(lines) + "\n"


def file_of(plan):
    return DEMO / f"zahlen_erfunden_{plan['traeger']}.csv"


# ---------------------------------------------------------------- --check: rows

MEASURES = set("ELB ELB_ZU ELB_AB ELB_UMZ_ZU ELB_UMZ_AB INT INT_SVB INT_KONT INT_NACH INT_BD GERING OEFF AKT LLU LUH BG "
               "LZA_ZU LZA_ERW VK_SOLL VK_IST EGT_SOLL EGT_IST".split())
STOCKS, MONEY = {"ELB", "AKT", "BG"}, {"LLU", "LUH", "VK_SOLL", "VK_IST", "EGT_SOLL", "EGT_IST"}
MARKS = {"*", "-", "x", "."}


def parse_month(written):
    year, month = written.split("-")
    assert len(written) == 7 and 1 <= int(month) <= 12, written
    return int(year), int(month)


def exact(written):
    """None where missing; `-` is nothing present."""
    return Fraction(0) if written == "-" else None if written in MARKS else Fraction(written.replace(",", "."))


def read_facts(plan):
    """{(measure, sex, group): {month: {state: value}}} from the written file, every row checked."""
    content = file_of(plan).read_text(encoding="utf-8")
    assert content == as_file(plan), f"{file_of(plan).name} is not what this script writes: run it again"
    facts, keys, marks = {}, set(), {}
    header, *lines = content.splitlines()
    assert header == HEADER
    for number, line in enumerate(lines, 2):
        where = f"{file_of(plan).name}:{number}: {line}"
        traeger, month, state, measure, sex, group, written = line.split(";")
        assert traeger == plan["traeger"] and len(traeger) == 5 and measure in MEASURES and sex in "TMF", where
        assert group in ("", "LZB", "AE", "ASYL8", "U25", "LZB4"), where
        month, state = parse_month(month), parse_month(state)
        assert later(month, 0) <= state <= later(month, 3), where
        assert (month, state, measure, sex, group) not in keys, "twice: " + where
        keys.add((month, state, measure, sex, group))
        check_value(measure, written, state == later(month, 3), where)
        if written in MARKS:
            marks[written] = marks.get(written, 0) + 1
        facts.setdefault((measure, sex, group), {}).setdefault(month, {})[state] = exact(written)
    check_series(plan, facts)
    return facts, len(lines), marks


def check_value(measure, written, is_final, where):
    if written in MARKS:
        return
    assert written.replace(",", "", 1).isdigit(), where
    places = len(written.partition(",")[2])
    assert places == (2 if measure in MONEY else 1 if measure in STOCKS and not is_final else 0), where
    assert exact(written) > 2, "a small count: " + where


def check_series(plan, facts):
    months = [later((plan["year"] - 2, 12), i) for i in range(25)]
    for (measure, sex, group), series in facts.items():
        name = (plan["traeger"], measure, sex, group)
        expected = [m for m in months if m[0] == plan["year"]] if measure[:3] in ("VK_", "EGT") else \
                   [m for m in months if m < SUSTAINED_SINCE] if measure == "INT_NACH" else \
                   [m for m in months if m >= SUSTAINED_SINCE] if measure == "INT_KONT" else months
        assert sorted(series) == expected, name
        for month, known in series.items():
            assert sorted(known) == [later(month, w) for w in range(4)], (name, month)
            values = [known[state] for state in sorted(known) if known[state] is not None]
            assert measure in STOCKS or values == sorted(values), ("a flow shrinks", name, month)
            if sex == "T" and (measure, "M", group) in facts:
                for state, total in known.items():
                    assert total == facts[measure, "M", group][month][state] + facts[measure, "F", group][month][state], (name, month)
    # No confidential count as a difference of two printed ones.
    for inner, outer in (("INT_SVB", "INT"), ("INT_KONT", "INT_SVB"), ("INT_NACH", "INT_SVB"), ("INT_BD", "INT")):
        for month, known in facts.get((inner, "T", ""), {}).items():
            for state, value in known.items():
                assert value is None or facts[outer, "T", ""][month][state] - value > 2, (plan["traeger"], inner, month)
    for sex in "TMF":
        for measure in ("ELB", "INT"):
            for month, known in facts[measure, sex, "LZB"].items():
                for state, value in known.items():
                    assert facts[measure, sex, ""][month][state] - value > 2, (plan["traeger"], measure, sex, month)


# ---------------------------------------------------------------- --check: targets, recomputed from the files alone

class Reading:
    """Facts of one Jobcenter as of one Ladestand, for the months of one year up to `month`."""

    def __init__(self, facts, year, month, waiting):
        self.facts, self.year, self.month, self.state = facts, year, month, later((year, month), waiting)

    def value(self, measure, sex, group, month):
        series = self.facts[measure, sex, group]
        assert any(self.state in known for known in series.values()), f"data_state_missing: {measure} {text(self.state)}"
        known = series.get(month, {})
        visible = [state for state in known if state <= self.state]
        value = known[max(visible)] if visible else None
        assert value is not None, f"fact_missing: {measure} {sex} {group} {text(month)} (Ladestand {text(self.state)})"
        return value

    def total(self, measure, group="", sex="T"):
        return sum(self.value(measure, sex, group, (self.year, m)) for m in range(1, self.month + 1))

    def mean(self, measure, group="", sex="T", shift=0):
        return sum(self.value(measure, sex, group, later((self.year, m), -shift)) for m in range(1, self.month + 1)) / self.month

    def quota(self, group="", sex="T"):
        return 100 * self.total("INT", group, sex) / self.mean("ELB", group, sex, shift=1)

    def gap(self):
        return abs(self.quota(sex="M") - self.quota(sex="F"))

    def stock(self, group):
        return self.value("ELB", "T", group, (self.year, self.month))


def K2(reading): return reading.quota()
def K3E1(reading): return reading.quota("LZB")
def integrations(reading): return reading.total("INT")
def integrations_lzb(reading): return reading.total("INT", "LZB")
def gap(reading): return reading.gap()
def lzb_mean(reading): return reading.mean("ELB", "LZB")
def lzb_december(reading): return reading.stock("LZB")
def lza_in(reading): return reading.total("LZA_ZU")
def lza_out(reading): return reading.total("LZA_ERW")


# id, level, scale, comparison, agreed value, decimals, Wartezeit of its own
TARGETS = {
    "33148": [("T1", K2, "relative", ">=", "9.9", 1, None), ("T2", integrations, "relative", ">=", "13.8", 1, None),
              ("T3", gap, "points", "<=", "0.0", 1, None), ("T4", lzb_mean, "relative", "<=", "1.1", 1, None),
              ("T5", integrations_lzb, "relative", ">=", "17.7", 1, None)],
    "32702": [("T1", integrations, "relative", ">=", "2.1", 1, None), ("T2", K2, "relative", ">=", "0.0", 1, None),
              ("T3", lzb_mean, "relative", "<=", "0.0", 1, None), ("T4", K3E1, "relative", ">=", "4.0", 1, None),
              ("T5", lzb_december, "relative", "<=", "0.0", 1, 0)],
    "31118": [("T1", integrations, "relative", ">=", "1.9", 1, None), ("T2", K2, "relative", ">=", "0.1", 1, None),
              ("T3", gap, "points", "<=", "-0.1", 1, None), ("T4", lzb_mean, "relative", "<=", "-0.4", 1, None),
              ("T5", integrations_lzb, "relative", ">=", "2.3", 1, None)],
    "22116": [("T1", K2, "relative", ">=", "3.1", 1, 0), ("T2", lzb_mean, "relative", "<=", "-1.5", 1, 0)],
    "04704": [("T1", K2, "level", ">=", "18.9", 1, None), ("T2", lzb_mean, "level", "<=", "7331", 0, None),
              ("T3", lza_in, "level", "<=", "1132", 0, None), ("T4", lza_out, "level", ">=", "261", 0, None)],
}
# The chosen mix in December, at t-0 and t-3: + erreicht, - nicht erreicht, ~ erreicht only by rounding.
EXPECTED = {"33148": "++ -- -- ++ ++", "32702": "-- ++ ++ -+ --", "31118": "+- -- ++ ++ --", "22116": "-- ~~", "04704": "-+ ++ ++ --"}


def rounded(value, places):
    """Half away from zero."""
    scaled = abs(value) * 10 ** places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10 ** places)


def shown(value, places):
    amount = int(rounded(value, places) * 10 ** places)
    return ("-" if amount < 0 else "") + decimal(abs(amount), places)


def judge(facts, year, target, waiting, month=12):
    _, level, scale, comparison, agreed, places, own_waiting = target
    waiting = waiting if own_waiting is None else own_waiting
    now = level(Reading(facts, year, month, waiting))
    before = level(Reading(facts, year - 1, month, waiting))
    result = now if scale == "level" else now - before if scale == "points" else (now / before - 1) * 100
    reached = (lambda value: value >= Fraction(agreed)) if comparison == ">=" else (lambda value: value <= Fraction(agreed))
    sign = "-" if not reached(rounded(result, places)) else "+" if reached(result) else "~"
    return sign, result, now, before


WORDS = {"+": "erreicht", "-": "nicht erreicht", "~": "erreicht (Rundung)"}


def check_targets(plan, facts):
    signs = []
    for target in TARGETS[plan["traeger"]]:
        name, level, scale, comparison, agreed, places, own_waiting = target
        cells = []
        for waiting in (0, 3):
            sign, result, now, before = judge(facts, plan["year"], target, waiting)
            signs.append(sign)
            cells.append(f"{shown(result, places):>7} ({shown(result, places + 2):>8}) {WORDS[sign]:<18} {shown(now, 2):>8} | {shown(before, 2):>8}")
        own = " *" if own_waiting == 0 else "  "
        print(f"  {name}{own} {level.__name__:<16} {scale:<8} {comparison} {agreed:>5}   t-0 {cells[0]}   t-3 {cells[1]}")
    return " ".join(a + b for a, b in zip(signs[::2], signs[1::2]))


def show_sizes(plan, facts):
    for year in (plan["year"] - 1, plan["year"]):
        final, early = Reading(facts, year, 12, 3), Reading(facts, year, 12, 0)
        share = {w: 100 * Reading(facts, year, 2, w).total("INT") / Reading(facts, year, 12, w).total("INT") for w in (0, 3)}
        print(f"  {year}: ELB {shown(final.mean('ELB'), 0)}  LZB {shown(final.mean('ELB', 'LZB'), 0)}  INT {shown(early.total('INT'), 0)}/{shown(final.total('INT'), 0)}"
              f"  K2 {shown(final.quota(), 1)} (M {shown(final.quota(sex='M'), 1)}, F {shown(final.quota(sex='F'), 1)})  K3E1 {shown(final.quota('LZB'), 1)}"
              f"  Februar-Anteil {shown(share[0], 1)}/{shown(share[3], 1)} %  LLU {shown(final.total('LLU'), 0)}")


def check_printed():
    """The arithmetic of demo/gedruckt_handbuch.md."""
    stocks = (78, 81, 83, 93, 103, 110, 114, 118, 113, 107, 108, 110)
    assert Fraction(sum(stocks), 12) == Fraction("101.50")
    assert Fraction("26.86") * Fraction("1.119") == Fraction("30.05634")
    assert shown(Fraction(118 * 100, 3880), 1) == "3,0" and shown(Fraction("0.033") * 3880, 0) == "128"
    assert shown(Fraction(127 * 100, 3880), 1) == "3,3" and shown(Fraction(126 * 100, 3880), 1) == "3,2"


def check():
    check_printed()
    print(f"Seed {SEED}. Je Zielwert, Dezember: Ergebnis (genauer) Status Jahr | Vorjahr. * eigene Wartezeit t-0, gilt in beiden Spalten")
    failures, size = [], 0
    for plan in JOBCENTERS:
        facts, rows, marks = read_facts(plan)
        size += file_of(plan).stat().st_size
        print(f"{plan['traeger']} {plan['name']} {plan['year']}: {rows} Zeilen, Wertzeichen {marks}")
        show_sizes(plan, facts)
        mix = check_targets(plan, facts)
        if mix != EXPECTED[plan["traeger"]]:
            failures.append(f"{plan['traeger']}: {mix}, erwartet {EXPECTED[plan['traeger']]}")
    print("  04704 T5 (PROGRAMME_BG_PER_STAFF): nicht bewertbar, measure_unknown")
    if size > SIZE_LIMIT:
        failures.append(f"{size} Bytes")
    print("\n".join(["Abweichung: " + failure for failure in failures]) or f"Zeilen in Ordnung, Mischung wie gewählt, {size} Bytes")
    return 1 if failures else 0


def write():
    DEMO.mkdir(exist_ok=True)
    print(f"Seed {SEED}")
    for plan in JOBCENTERS:
        content = as_file(plan)
        file_of(plan).write_bytes(content.encode())
        print(f"{file_of(plan).name}: {content.count(chr(10)) - 1} Zeilen erfundener Zahlen ({plan['name']})")
    return 0


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    sys.exit(check() if sys.argv[1:] else write())
