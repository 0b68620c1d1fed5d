"""Drafts of the reader against the reference: compare_parts.py REFERENCE.json DRAFT.json [REFERENCE DRAFT …].

Compares every list but the targets by codes, names and numbers, and every evidence quote of the draft with the text at its offsets. Where the
reference shortens a step's words or completes an abbreviated place, the paper's own words count as the same.
"""
import json
import re
import sys

LISTS = {
    "parties": ("id", "role", "name", "abbr"),
    "documents": ("type", "binding", "year"),
    "general_aims": ("code",),
    "framework": ("code",),
    "budgets": ("code", "amount", "precision", "year"),
    "goals": ("number", "heading", "statutory_code"),
    "milestones": ("target", "date", "comparator", "value", "unit"),
    "qualitative_goals": ("topic", "title", "linked_target"),
    "programmes": ("name", "until"),
    "considerations": ("code", "applies_to"),
    "committees": ("name", "legal_basis"),
    "obligations": ("code", "who"),
    "reporting": ("who", "to", "frequency"),
    "triggers": ("who",),
    "signatures": ("party", "place", "date_raw", "date_iso", "date_quality", "date_partial", "signer", "function", "on_behalf"),
}
DIALOGUE = ("name", "count_exact", "count_min", "count_regular", "regularity", "period", "data_basis", "wartezeit", "ladestand_rule", "extra_on", "topics")
FINAL = ("values", "values_year", "wartezeit", "when")
INNER = {"qualitative_goals": (("steps", "text"), ("completion", "code"), ("completion", "logic"), ("content_requirements", "code")), "programmes": (("places", "location"), ("places", "count"), ("places", "status")), "parties": (("represented_by", "name"), ("represented_by", "function"))}


def evidence(node, found):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "evidence" and isinstance(value, list):
                found.extend(value)
            elif key != "reading":
                evidence(value, found)
    elif isinstance(node, list):
        for value in node:
            evidence(value, found)
    return found


def wrong_quotes(draft):
    text = draft["document"]["text"]
    raw = text.encode()
    wrong = []
    for one in evidence(draft, []):
        right = text[one["start"]:one["end"]] == one["quote"] and raw[one["byte_start"]:one["byte_end"]].decode(errors="replace") == one["quote"]
        if not right or text.count("\n", 0, one["start"]) + 1 != one["line"]:
            wrong.append(one)
    return wrong


def overlaps(reference, draft):
    spans = evidence(draft, [])
    return not evidence(reference, []) or any(a["start"] < b["end"] and b["start"] < a["end"] for a in evidence(reference, []) for b in spans)


def key(name, one, fields):
    inner = tuple(json.dumps([row.get(field) for row in one.get(part) or []], ensure_ascii=False) for part, field in INNER.get(name, ()))
    return tuple(json.dumps(one.get(field), ensure_ascii=False, sort_keys=True) for field in fields) + inner


def shortened(text, whole):
    """Every word of the reference's step stands in the draft's, in any order: the reference is an abstract of the same sentence."""
    return set(re.findall(r"\w{4,}", text or "")) - {"Grundlage"} <= set(re.findall(r"\w{4,}", whole or ""))


def as_the_paper_says(reference, draft):
    """The reference with the paper's words where it says the same in others."""
    for one, other in zip(reference.get("qualitative_goals") or [], draft.get("qualitative_goals") or []):
        for step, written in zip(one["steps"], other["steps"]):
            if shortened(step["text"], written["text"]):
                step["text"] = written["text"]
    for one, other in zip(reference.get("signatures") or [], draft.get("signatures") or []):
        place = other.get("place") or ""
        if place.endswith(".") and place == one.get("place_raw") and (one.get("place") or "").startswith(place[:-1]):
            one["place"] = place


def differences(reference, draft):
    found = []
    a, b = reference["agreement"], draft["agreement"]
    as_the_paper_says(a, b)
    for name, fields in LISTS.items():
        left = [(key(name, one, fields), one) for one in a.get(name) or []]
        right = [(key(name, one, fields), one) for one in b.get(name) or []]
        for one, value in left:
            match = next((index for index, (other, _) in enumerate(right) if other == one), None)
            if match is None:
                found.append((name, "fehlt", one))
            else:
                if not overlaps(value, right[match][1]):
                    found.append((name, "andere Stelle", one))
                right.pop(match)
        found += [(name, "zu viel", one) for one, _ in right]
    for name, fields in (("dialogues", DIALOGUE), ("final_evaluation", FINAL)):
        left, right = a.get(name) or {}, b.get(name) or {}
        found += [(name, field, (left.get(field), right.get(field))) for field in fields if (left.get(field) or None) != (right.get(field) or None)]
    return found


def main(paths):
    bad = 0
    for reference_path, draft_path in zip(paths[::2], paths[1::2]):
        with open(reference_path, encoding="utf-8") as one, open(draft_path, encoding="utf-8") as other:
            reference, draft = json.load(one), json.load(other)
        found, wrong = differences(reference, draft), wrong_quotes(draft)
        print(f"{reference_path.rsplit('/', 1)[-1]}: {len(found)} Unterschiede, {len(wrong)} falsche Zitate")
        for row in found:
            print("   ", *row)
        for one in wrong[:5]:
            print("    Zitat", one)
        bad += len(found) + len(wrong)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
