#!/usr/bin/env python3
"""Scores what the reader made of a paper against a reference: the rules of the exchange format's README, section 4, and beyond them the
lists that people also confirm. As a program: score.py REFERENCE.json RESULT.json …"""
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field

FOUND_FROM = 4.5  # of 11.5 points
DIALOGUE_FIELDS = ("count_exact", "count_min", "regularity", "wartezeit", "ladestand_rule")


@dataclass
class Hits:
    """Found, and how many there are in the reference and in the result. Adds up over papers."""
    hits: int = 0
    reference: int = 0
    result: int = 0

    def __iadd__(self, other):
        self.hits += other.hits
        self.reference += other.reference
        self.result += other.result
        return self

    @property
    def precision(self):
        return self.hits / self.result if self.result else float(not self.reference)

    @property
    def recall(self):
        return self.hits / self.reference if self.reference else 1.0

    @property
    def f1(self):
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Score:
    lists: dict = field(default_factory=dict)  # name -> Hits
    errors: Counter = field(default_factory=Counter)  # false_targets, forecast_as_target, invented_dates
    confusion: dict = field(default_factory=dict)  # code, measure, comparator -> Counter of (reference, result)
    pairs: list = field(default_factory=list)  # (target of the reference, target of the result)

    def __iadd__(self, other):
        for name, hits in other.lists.items():
            self.lists.setdefault(name, Hits())
            self.lists[name] += hits
        self.errors += other.errors
        for name, counts in other.confusion.items():
            self.confusion.setdefault(name, Counter()).update(counts)
        return self


def same_number(left, right):
    return isinstance(left, (int, float)) and isinstance(right, (int, float)) and abs(left - right) < 1e-6


def indicator(entry):
    found = entry.get("indicator") or {}
    return found.get("code"), found.get("subgroup")


def likeness(one, other):
    (code, group), (other_code, other_group) = indicator(one), indicator(other)
    points = {
        3.0: (code == other_code, same_number(one["signed_value"], other.get("signed_value"))),
        1.5: (group == other_group, one["unit"] == other.get("unit")),
        1.0: (one["measure"] == other.get("measure"), one["comparator_effective"] == other.get("comparator_effective")),
        0.5: (same_number(one["value"], other.get("value")),),
    }
    return sum(weight * sum(agree) for weight, agree in points.items())


def is_exact(one, other):
    return (indicator(one) == indicator(other) and same_number(one["signed_value"], other.get("signed_value"))
            and all(one[name] == other.get(name) for name in ("unit", "measure", "comparator_effective")))


def pair_up(reference, result, rate, at_least):
    """Best pairs first, each entry once."""
    rated = [(rate(one, other), i, j) for i, one in enumerate(reference) for j, other in enumerate(result)]
    free_left, free_right, pairs = set(range(len(reference))), set(range(len(result))), []
    for points, i, j in sorted(rated, key=lambda one: (-one[0], one[1], one[2])):
        if points >= at_least and i in free_left and j in free_right:
            free_left.remove(i)
            free_right.remove(j)
            pairs.append((reference[i], result[j]))
    return pairs, [reference[i] for i in sorted(free_left)], [result[j] for j in sorted(free_right)]


def words(text):
    """Letters and digits only, without what a paper sets around a name: "Ziel 1: „Integration“ (K2)" is "integration"."""
    plain = re.sub(r"\([^)]*\)", " ", str(text or "").lower())
    plain = re.sub(r"^\W*ziel(?:bereich)?(?: \d+)?\W+|^\W*abschnitt\W+", "", plain)
    return " ".join(re.findall(r"\w+", plain))


def spans(entry):
    """Where an entry stands in the paper, its steps and criteria included."""
    parts = [entry, *(entry.get("steps") or []), *(entry.get("completion") or [])]
    return [(one["start"], one["end"]) for part in parts for one in part.get("evidence") or []]


def meets(one, other):
    return any(a < d and c < b for a, b in spans(one) for c, d in spans(other))


def same_words(one, other):
    """More than half of the words of the shorter evidence are the same words of the paper."""
    (a, b), (c, d) = (max(spans(entry), key=lambda span: span[1] - span[0], default=(0, 0)) for entry in (one, other))
    return 2 * (min(b, d) - max(a, c)) > min(b - a, d - c) > 0


# Codes that the format leaves open for the goals that are no goals of the law count as one; so do ways of saying how firm a sum is.
GOAL_CODES = {"LOCAL": "OWN", "FOCUS": "OWN", "MIXED": "OWN", "LINK_MUNICIPAL": "MUNICIPAL"}
PRECISION = {"ROUNDED": "EXACT", "EXPECTED": "PLANNED"}


def same_goal(one, other):
    left, right = ((GOAL_CODES.get(goal.get("statutory_code"), goal.get("statutory_code")), words(goal.get("heading"))) for goal in (one, other))
    return left == right


def same_document(one, other):
    return one.get("binding") == other.get("binding") and (words(one.get("title")) == words(other.get("title")) or same_words(one, other))


def same_qualitative(one, other):
    """One place, as many steps with the same dates, as many criteria joined the same way: texts and codes are in the author's words."""
    def form(goal):
        return sorted(str(step.get("due")) for step in goal.get("steps") or []), [criterion.get("logic") for criterion in goal.get("completion") or []]
    return meets(one, other) and form(one) == form(other)


def same_consideration(one, other):
    """The codes of circumstances are an open list: the words of the paper decide, or the code where both have it."""
    return one.get("applies_to") == other.get("applies_to") and (one.get("code") == other.get("code") or same_words(one, other))


def place_counts(programme):
    return sorted(str(place.get("count")) for place in programme.get("places") or [])


def same_programme(one, other):
    return place_counts(one) == place_counts(other) and one.get("until") == other.get("until") and (meets(one, other) or words(one.get("name")) == words(other.get("name")))


def same_key(key):
    return lambda one, other: key(one) == key(other)


# Lists that the exchange format's scorer leaves out, each with what makes two entries the same.
FURTHER = {
    "parties": same_key(lambda one: (one.get("role"), words(one.get("name")))),
    "goals": same_goal,
    "documents": same_document,
    "budgets": same_key(lambda one: (one.get("code"), one.get("amount"), PRECISION.get(one.get("precision"), one.get("precision")))),
    "qualitative_goals": same_qualitative,
    "programmes": same_programme,
    "considerations": same_consideration,
    "committees": same_key(lambda one: words(one.get("name"))),
}


def same_milestone(targets):
    """Of paired targets: their ids may differ."""
    return lambda one, other: (targets.get(one.get("target")), one.get("date"), one.get("value")) == (other.get("target"), other.get("date"), other.get("value"))


def score_targets(score, reference, result):
    pairs, missed, false = pair_up(reference["targets"], result.get("targets") or [], likeness, FOUND_FROM)
    counts = len(reference["targets"]), len(result.get("targets") or [])
    score.pairs = pairs
    score.lists["targets_found"] = Hits(len(pairs), *counts)
    score.lists["targets_exact"] = Hits(sum(is_exact(*pair) for pair in pairs), *counts)
    score.errors["false_targets"] += len(false)
    ways = {"code": lambda one: indicator(one)[0], "measure": lambda one: one.get("measure"), "comparator": lambda one: one.get("comparator_effective")}
    for name, way in ways.items():
        score.confusion[name] = Counter([(way(one), way(other)) for one, other in pairs] + [(way(one), None) for one in missed] + [(None, way(one)) for one in false])


def score_forecasts(score, reference, result):
    rate = lambda one, other: 3.0 * same_number(one["value"], other.get("value")) + (indicator(one)[0] == indicator(other)[0])
    pairs, _, _ = pair_up(reference["forecasts"], result.get("forecasts") or [], rate, 3.0)
    score.lists["forecasts"] = Hits(len(pairs), len(reference["forecasts"]), len(result.get("forecasts") or []))
    score.errors["forecast_as_target"] += sum(any(same_number(one["value"], target.get("value")) and indicator(one)[0] == indicator(target)[0] for target in result.get("targets") or [])
                                              for one in reference["forecasts"])


def score_signatures(score, reference, result):
    rate = lambda one, other: 2.0 * (one["signer"] == other.get("signer")) + (one["party"] == other.get("party"))
    pairs, _, _ = pair_up(reference["signatures"], result.get("signatures") or [], rate, 2.0)
    score.lists["signatures"] = Hits(len(pairs), len(reference["signatures"]), len(result.get("signatures") or []))
    dates = sum(one["date_iso"] == other.get("date_iso") for one, other in pairs)
    score.lists["signature_dates"] = Hits(dates, len(pairs), len(pairs))
    score.errors["invented_dates"] += sum(one["date_iso"] is None and bool(other.get("date_iso")) for one, other in pairs)


def score(reference_document, result_document):
    reference, result = reference_document["agreement"], result_document["agreement"]
    made = Score()
    score_targets(made, reference, result)
    rate = lambda one, other: 2.0 * (indicator(one)[0] == indicator(other)[0]) + (indicator(one)[1] == indicator(other)[1])
    pairs, _, _ = pair_up(reference["monitoring"], result.get("monitoring") or [], rate, 3.0)
    made.lists["monitoring"] = Hits(len(pairs), len(reference["monitoring"]), len(result.get("monitoring") or []))
    score_forecasts(made, reference, result)
    score_signatures(made, reference, result)
    expected, actual = reference.get("dialogues") or {}, result.get("dialogues") or {}
    made.lists["dialogues"] = Hits(sum(expected.get(name) == actual.get(name) for name in DIALOGUE_FIELDS), 5, 5)
    same = [(reference["year"]["value"], (result.get("year") or {}).get("value")), (reference["kind"], result.get("kind")),
            (reference["statute"]["number"], (result.get("statute") or {}).get("number"))]
    for name, (left, right) in zip(("year", "kind", "statute"), same):
        made.lists[name] = Hits(int(left == right), 1, 1)
    for name, same in {**FURTHER, "milestones": same_milestone({one["id"]: other["id"] for one, other in made.pairs})}.items():
        left, right = reference.get(name) or [], result.get(name) or []
        pairs, _, _ = pair_up(left, right, same, 1)
        made.lists[name] = Hits(len(pairs), len(left), len(right))
    return made


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main(files):
    for reference, result in zip(files[::2], files[1::2]):
        made = score(load(reference), load(result))
        print(reference)
        for name, hits in made.lists.items():
            print(f"  {name:20} P {hits.precision:.2f}  R {hits.recall:.2f}  F1 {hits.f1:.2f}  ({hits.hits} of {hits.reference}, {hits.result} given)")
        for name in ("false_targets", "forecast_as_target", "invented_dates"):
            print(f"  {name:20} {made.errors[name]}")


if __name__ == "__main__":
    main(sys.argv[1:])
