#!/usr/bin/env python3
"""Recomputes every figure of the five evaluations from the printed derivation alone (docs/formats/derivation.md).

derivations.py --binary=PATH: demo store, every month of every agreement, every row. Ends with `N passed, N failed`.
"""
import argparse
import glob
import json
import math
import os
import subprocess
import sys
import tempfile
from fractions import Fraction

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def round_away(value, places):
    scaled = abs(value) * 10**places
    whole = math.floor(scaled + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 10**places)


def edge(sign, places, target):
    half, unit = Fraction(1, 2 * 10**places), Fraction(1, 10**places)
    return {">=": target - half, ">": target + unit - half, "<=": target + half, "<": target - unit + half}[sign]


def distance(how, side, inclusive, counted, limit):
    if how == "points":
        return round_away(counted - limit if side == "above" else limit - counted, 2)
    if how == "whole":
        if side == "above":
            bound = math.ceil(limit) if inclusive else math.floor(limit) + 1
            return Fraction(math.floor(counted - bound))
        bound = math.floor(limit) if inclusive else math.ceil(limit) - 1
        return Fraction(math.floor(bound - counted))
    room = counted - limit if side == "above" else limit - counted
    return Fraction(math.floor(room) if inclusive else math.ceil(room) - 1)


def compute(op, args):
    name, *words = op.split(" ")
    simple = {
        "same": lambda a: a,
        "quotient_percent": lambda a, b: a / b * 100,
        "ratio": lambda a, b: a / b,
        "change_percent": lambda a, b: (a / b - 1) * 100,
        "difference": lambda a, b: a - b,
        "gap": lambda a, b: abs(a - b),
        "raised_by_percent": lambda a, b: a * (1 + b / 100),
        "plus": lambda a, b: a + b,
        "times": lambda a, b: a * b,
        "percent_of": lambda a, b: a * b / 100,
        "share_of": lambda a, b, c: a * b / c,
    }
    if name == "sum":
        return sum(args)
    if name in ("mean", "mean_of"):
        return sum(args) / len(args)
    if name == "round":
        return round_away(args[0], int(words[0]))
    if name == "edge":
        return edge(words[0], int(words[1]), args[0])
    if name == "distance":
        return distance(words[0], words[1], words[2] == "inclusive", *args)
    return simple[name](*args)


def check(node, where, wrong):
    """The node's value, recomputed; leaves are facts with a delivery and a place, or constants of the agreement."""
    stated = Fraction(node["wert"])
    if node["op"] == "fact":
        delivery = node["lieferung"]
        if not (delivery["quelle"] and delivery["stelle"] and node["ladestand"] >= node["berichtsmonat"]):
            wrong.append(f"{where}: a fact without provenance: {node}")
        return stated
    if node["op"] == "constant":
        return stated
    found = compute(node["op"], [check(argument, where, wrong) for argument in node["aus"]])
    if found != stated:
        wrong.append(f"{where}: {node['text']}: printed {stated}, recomputed {found} [{node['op']}]")
    return found


def plain_or_rounded(value):
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return value if rest == 1 else round_away(value, 6)


def check_explained(document, where):
    wrong = []
    row, figures = document["ergebnis"], document["groessen"]
    for name in ("ist", "ist_exakt", "niveau", "niveau_vorjahr", "niveau_soll", "soll_pfad", "abstand"):
        if row[name] is None:
            continue
        if name not in figures:
            wrong.append(f"{where}: {name} has no derivation")
            continue
        value = check(figures[name], f"{where} {name}", wrong)
        if name not in ("ist", "ist_exakt", "abstand"):
            value = plain_or_rounded(value)
        if value != Fraction(row[name]):
            wrong.append(f"{where}: {name} is {row[name]}, its derivation gives {value}")
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=os.environ.get("ZIELWERK", "build/release/zielwerk"))
    binary = os.path.abspath(parser.parse_args().binary)
    passed, failed = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        def zielwerk(*arguments):
            return subprocess.run([binary, f"--store={folder}/demo.db", *arguments], capture_output=True, text=True, check=False)

        zielwerk("init")
        for file in sorted(glob.glob(f"{ROOT}/agreements/*.json")):
            assert zielwerk("agreement", "import", file).returncode == 0, file
        for file in sorted(glob.glob(f"{ROOT}/demo/zahlen_erfunden_*.csv")):
            assert zielwerk("facts", "import", file).returncode == 0, file
        for agreement in json.loads(zielwerk("agreement", "list", "--format=json").stdout):
            for month in range(1, 13):
                wanted = f"--month={agreement['jahr']}-{month:02}"
                evaluation = json.loads(zielwerk("evaluate", agreement["id"], wanted, "--format=json").stdout)
                for row in evaluation["ziele"]:
                    where = f"{agreement['id']} {row['id']} {wanted}"
                    document = json.loads(zielwerk("explain", agreement["id"], row["id"], wanted, "--format=json").stdout)
                    wrong = check_explained(document, where)
                    if document["ergebnis"] != row:
                        wrong.append(f"{where}: explain and evaluate differ")
                    for line in wrong:
                        print(line)
                    passed, failed = passed + (not wrong), failed + bool(wrong)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
