#!/usr/bin/env python3
"""How well the reader reads: measure.py [--write]. Scores the five published agreements and the invented ones of tests/reader/corpus, and
prints Markdown; --write puts it between the marks of docs/reader.md."""
import argparse
import platform
import sys

from papers import corpus, parts, read, read_together, seeds, write_page
from score import Score, load, score

GROUPS = {"seeds": "five published agreements", "dev": "invented, known to the author of the rules while writing them",
          "second": "invented by another hand, first measured blind, then opened", "third": "invented by a third hand, first measured blind, then opened",
          "fourth": "invented by a fourth hand, first measured blind, then opened", "fifth": "by a fifth hand, so", "sixth": "by a retired official's hand, so",
          "seventh": "by a hand that wrote what is usual, so", "eighth": "by an eighth hand, so", "ninth": "by a ninth hand, so", "tenth": "by a tenth hand, so",
          "eleventh": "by an eleventh hand, as papers are usually written, so", "twelfth": "by a twelfth hand, a third each simple, usual and awkward, so"}
ROWS = ("targets_found", "targets_exact", "monitoring", "forecasts", "signatures", "signature_dates", "dialogues", "year", "kind", "statute", "parties", "goals", "documents",
        "budgets", "milestones", "qualitative_goals", "programmes", "considerations", "committees")
ERRORS = {"false_targets": "false targets", "forecast_as_target": "forecast as target", "invented_dates": "invented dates"}
CHARACTERS_OF_A_PAGE = 2500


def measured(pairs):
    total, failures, seconds, pages, kib, open_points = Score(), [], 0.0, 0.0, 0, 0
    papers = []
    for text, reference in pairs:
        draft, error, took, peak = read(text)
        if draft is None:
            failures.append(error)
            draft = {"agreement": {}, "document": {"chars": 0, "reading": {"open_points": []}}}
        made = score(load(reference), draft)
        total += made
        papers.append((text, made))
        seconds, kib = seconds + took, max(kib, peak)
        pages += max(draft["document"]["chars"], 1) / CHARACTERS_OF_A_PAGE
        open_points += len(draft["document"]["reading"]["open_points"])
    effort = {"open points": open_points, "ms per paper, start included": 1000 * seconds / len(pairs), "ms per page, start shared": 1000 * read_together([text for text, _ in pairs]) / pages,
              "peak MiB": kib / 1024}
    return total, papers, failures, effort


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def scores_table(results):
    head = ["", *(f"{name}: {len(papers)} papers" for name, (_, papers, _, _) in results.items())]
    rows = []
    for name in ROWS:
        cells = []
        for total, _, _, _ in results.values():
            hits = total.lists.get(name)
            cells.append("–" if not hits or not (hits.reference or hits.result) else f"{hits.precision:.2f} / {hits.recall:.2f} / **{hits.f1:.2f}** ({hits.reference})")
        rows.append([name.replace("_", " "), *cells])
    rows += [[words, *(str(total.errors[name]) for total, _, _, _ in results.values())] for name, words in ERRORS.items()]
    for name in ("open points", "ms per paper, start included", "ms per page, start shared", "peak MiB"):
        rows.append([name, *(f"{effort[name]:.0f}" for _, _, _, effort in results.values())])
    return table(head, rows)


def confusion_table(results, kind):
    """Only what went wrong, and how often each kind was right."""
    rows = []
    for name, (total, _, _, _) in results.items():
        for (expected, actual), count in sorted(total.confusion.get(kind, {}).items(), key=lambda one: (-one[1], str(one[0]))):
            if expected != actual:
                rows.append([name, expected or "(no target)", actual or "(not found)", str(count)])
    return table(["papers", "reference", "read", "times"], rows) if rows else ["No confusion."]


def by_kind(results):
    """Recall of exact targets by indicator code, over all groups."""
    counts = {}
    for _, papers, _, _ in results.values():
        for _, made in papers:
            for (expected, actual), count in made.confusion["code"].items():
                if expected:
                    right, all_of_it = counts.get(expected, (0, 0))
                    counts[expected] = (right + count * (expected == actual), all_of_it + count)
    return table(["indicator", "in the references", "read as that"], [[code, str(all_of_it), str(right)] for code, (right, all_of_it) in sorted(counts.items())])


def worst(results):
    rows = []
    for name, (_, papers, _, _) in results.items():
        for text, made in papers:
            hits = made.lists["targets_exact"]
            if hits.f1 < 1 or sum(made.errors.values()):
                rows.append([name, text.rsplit("/", 1)[1], f"{hits.hits} of {hits.reference}, {hits.result} given", ", ".join(f"{count} {ERRORS[error]}" for error, count in made.errors.items() if count) or "–"])
    return table(["papers", "paper", "exact targets", "hard errors"], rows) if rows else ["Every paper's targets are exact."]


def report(results):
    lines = [f"Precision / recall / **F1** (entries of the references); `tests/reader/measure.py --write` made this on {platform.machine()}.",
             f"A page is {CHARACTERS_OF_A_PAGE} characters; time is that of one core; starting the program, which compiles its rules, is counted with each paper, or shared by all of a group.", ""]
    lines += [f"* **{name}**: {GROUPS.get(name, 'invented')}" for name in results] + [""]
    lines += scores_table(results) + ["", "Papers whose targets are not all exact:", ""] + worst(results)
    lines += ["", "By kind of target:", ""] + by_kind(results)
    for kind, words in (("code", "Confused kinds"), ("measure", "Confused ways of measuring"), ("comparator", "Confused comparisons")):
        lines += ["", f"{words}:", ""] + confusion_table(results, kind)
    failures = [one for _, _, errors, _ in results.values() for one in errors]
    return "\n".join(lines + ([""] + [f"* not read: {one}" for one in failures] if failures else [])) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    results = {"seeds": measured(seeds())} | {name: measured(corpus(name)) for name in parts()}
    text = report(results)
    print(text)
    if arguments.write:
        write_page("measured", text)


if __name__ == "__main__":
    main()
