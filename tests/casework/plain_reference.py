"""The base figures by ../exchange/persons.md, sentence by sentence: one object a person, one step a month, nothing clever. Rule [A].

figures(rows, groups) -> {(traeger, month, measure, sex, group): int, or None where INT_KONT is not known yet}; zeroes left out.
Rows are dictionaries with the columns of the exchange format; months are "YYYY-MM"."""
from collections import defaultdict

FLAGGED = ("ASYL8", "U25")


def index(month):
    year, in_year = month.split("-")
    return int(year) * 12 + int(in_year) - 1


def text(month):
    return f"{month // 12:04}-{month % 12 + 1:02}"


class Person:
    """What is known of one person, by month."""

    def __init__(self):
        self.rows = defaultdict(list)

    def stock(self, month):
        """The row of the Jobcenter where the person is in stock at the month's Stichtag, or None."""
        return next((row for row in self.rows.get(month, ()) if row["elb"] == "1"), None)

    def lzb(self, month):
        """In stock at t, and in stock (anywhere) in at least 21 of the 24 months t-23 … t."""
        return self.stock(month) is not None and sum(self.stock(m) is not None for m in range(month - 23, month + 1)) >= 21

    def lzb4(self, month):
        """At least 42 of 48 months t-47 … t."""
        return self.stock(month) is not None and sum(self.stock(m) is not None for m in range(month - 47, month + 1)) >= 42

    def groups(self, month):
        """Everybody, and the groups of the person's state at the month."""
        row = self.stock(month)
        names = [""]
        if row["ae"] == "1":
            names.append("AE")
        if self.lzb(month):
            names.append("LZB")
        if self.lzb4(month):
            names.append("LZB4")
        return names + [code for code in row["gruppen"].split("+") if code]

    def integration(self, month):
        """Several integrations of one month: S before A before B. (kind, kont), or None."""
        kinds = [(row["integration"], row["kont"]) for row in self.rows.get(month, ()) if row["integration"]]
        # Of several S the one whose continuity is known best: 1, then 0, then not known (docs/decisions/0020).
        return max(kinds, key=lambda one: ("BAS".index(one[0]), ["", "0", "1"].index(one[1])), default=None)

    def event(self, month, column):
        return any(row[column] == "1" for row in self.rows.get(month, ()))


def sexes(row):
    return ("T", row["geschlecht"]) if row["geschlecht"] in "MF" else ("T",)


def cents(amount):
    if not amount:
        return 0
    euro, _, decimals = amount.replace(",", ".").partition(".")
    return int(euro) * 100 + int(decimals.ljust(2, "0") or 0)


def people(rows):
    persons = defaultdict(Person)
    for row in rows:
        persons[row["person"]].rows[index(row["berichtsmonat"])].append(row)
    return persons


def outlook(rows, ahead):
    """Who becomes LZB in each of the months ahead if everybody stays: {(group, sex): [persons, …]}."""
    last = max(index(row["berichtsmonat"]) for row in rows)
    found = defaultdict(lambda: [0] * ahead)
    for person in people(rows).values():
        now = person.stock(last)
        if now is None:
            continue

        def lzb(month):
            return sum(m > last or person.stock(m) is not None for m in range(month - 23, month + 1)) >= 21

        for step in range(ahead):
            if lzb(last + step + 1) and not lzb(last + step):
                for group in set(person.groups(last)) - {"LZB", "LZB4"}:
                    for sex in sexes(now):
                        found[group, sex][step] += 1
    return dict(found)


def figures(rows):
    persons = people(rows)
    counts = defaultdict(int)
    unknown = set()
    months = sorted({index(row["berichtsmonat"]) for row in rows})
    first, last = months[0], months[-1]
    for row in rows:
        # LLU, LUH: sums of the rows of t (also where elb = 0), by sex, for everybody only.
        for sex in sexes(row):
            for measure, column in (("LLU", "llu"), ("LUH", "luh")):
                counts[row["traeger"], row["berichtsmonat"], measure, sex, ""] += cents(row[column])

    def count(month, at, measure, groups):
        for sex in sexes(at):
            for group in groups:
                counts[at["traeger"], text(month), measure, sex, group] += 1

    for person in persons.values():
        for t in range(first, last + 1):
            now, before = person.stock(t), person.stock(t - 1)
            if now:
                count(t, now, "ELB", person.groups(t))
                if now["akt"] == "1":
                    count(t, now, "AKT", person.groups(t))
            if t == first:
                continue  # The first month of the data has no movements and no INT, GERING, OEFF.
            if now and not before:
                count(t, now, "ELB_ZU", [""])
            if before and not now:
                count(t, before, "ELB_AB", [""])
            if now and before and now["traeger"] != before["traeger"]:
                count(t, now, "ELB_UMZ_ZU", [""])
                count(t, before, "ELB_UMZ_AB", [""])
            # gruppe LZB has its own: wherever the person lived.
            if person.lzb(t) and not person.lzb(t - 1):
                count(t, now, "ELB_ZU", ["LZB"])
            if person.lzb(t - 1) and not person.lzb(t):
                count(t, before, "ELB_AB", ["LZB"])
            if not before:
                continue
            taken_up = person.integration(t)
            # The look-back begins with the third month.
            if not taken_up and t >= first + 2 and not person.stock(t - 2):
                taken_up = person.integration(t - 1)
            groups = person.groups(t - 1)
            if taken_up:
                count(t, before, "INT", groups)
                if taken_up[0] == "S":
                    count(t, before, "INT_SVB", groups)
                    if taken_up[1] == "1":
                        count(t, before, "INT_KONT", groups)
                    elif taken_up[1] == "":
                        unknown.update((before["traeger"], text(t), "INT_KONT", sex, group) for sex in sexes(before) for group in groups)
            for measure, column in (("GERING", "gering"), ("OEFF", "oeff")):
                if person.event(t, column):
                    count(t, before, measure, groups)
    result = {key: value for key, value in counts.items() if value}
    result.update({key: None for key in unknown})
    return result
