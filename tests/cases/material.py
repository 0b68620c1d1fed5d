"""What a case starts from: figures in short form, changed files, invented agreements."""
import csv
import json
import re
from decimal import Decimal

from language import CaseError, expand

HEADER = ["traeger", "berichtsmonat", "ladestand", "messgroesse", "geschlecht", "gruppe", "wert"]
EVIDENCE = [{"quote": "x", "start": 0, "end": 1, "byte_start": 0, "byte_end": 1, "line": 1}]


# --- JSON that keeps decimals --------------------------------------------------------------------

def parse_json(text):
    return json.loads(text, parse_float=Decimal)


def write_json(value):
    def marked(one):
        if isinstance(one, Decimal):
            return f"@@{one}@@"
        if isinstance(one, dict):
            return {key: marked(member) for key, member in one.items()}
        return [marked(member) for member in one] if isinstance(one, list) else one
    return re.sub(r'"@@([^"@]*)@@"', r"\1", json.dumps(marked(value), ensure_ascii=False, indent=2)) + "\n"


def look_up(value, path):
    """agreement.targets.T1.signed_value: members by name, entries of a list by number or by their id."""
    for word in path.split("."):
        if isinstance(value, list):
            hits = [one for one in value if isinstance(one, dict) and one.get("id") == word]
            if not hits and word.isdigit() and int(word) < len(value):
                hits = [value[int(word)]]
            if not hits:
                raise KeyError(path)
            value = hits[0]
        else:
            value = value[word]
    return value


def change(document, line):
    path, sign, text = (part.strip() for part in line.partition("="))
    if not sign:
        raise CaseError(f"„{line}“ ist keine Änderung; erwartet ist PFAD = WERT")
    parent, _, name = path.rpartition(".")
    where = look_up(document, parent) if parent else document
    if isinstance(where, list):
        where[next((i for i, one in enumerate(where) if isinstance(one, dict) and one.get("id") == name), None) or int(name)] = parse_json(text)
    else:
        where[name] = parse_json(text)


# --- figures -------------------------------------------------------------------------------------

def months(text):
    first, _, last = text.partition("..")
    numbers = [int(one[:4]) * 12 + int(one[5:]) - 1 for one in (first, last or first)]
    return range(numbers[0], numbers[1] + 1)


def month_text(number):
    return f"{number // 12:04}-{number % 12 + 1:02}"


def values_of(words):
    for word in words:
        times, sign, value = word.partition("x")
        if sign and times.isdigit():
            yield from [value] * int(times)
        else:
            yield word


def facts_rows(traeger, lines):
    """„INT T LZB  2020-01..2020-12  t-3  12x10“ -> rows"""
    rows = []
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        found = re.fullmatch(r"([A-Z0-9_]+)(?: ([TMF]))?(?: ([A-Z0-9_]+))?\s+(\d{4}-\d{2}(?:\.\.\d{4}-\d{2})?)\s+t-([0-3])(?:\.\.t-([0-3]))?\s+(.+)", line)
        if not found:
            raise CaseError(f"„{line}“ ist keine Zahlenzeile; erwartet ist GRÖSSE [GESCHLECHT [GRUPPE]] MONATE WARTEZEIT WERTE")
        measure, sex, group, span, first, last, words = found.groups()
        wanted, values = list(months(span)), list(values_of(words.split()))
        if len(wanted) != len(values):
            raise CaseError(f"„{line}“: {len(wanted)} Monate, aber {len(values)} Werte")
        for waiting in range(int(first), int(last or first) + 1):
            for month, value in zip(wanted, values):
                rows.append([traeger, month_text(month), month_text(month + waiting), measure, sex or "T", group or "", value])
    return rows


def kept(row, filters):
    """ohne 2020-04 · ohne INT 2020-04 · ohne Ladestand 2020-06 · bis Ladestand 2020-06"""
    for word, what, month in filters:
        if word == "bis":
            if row["ladestand"] > month:
                return False
        elif what == "Ladestand":
            if row["ladestand"] == month:
                return False
        elif row["berichtsmonat"] == month and (not what or row["messgroesse"] == what):
            return False
    return True


def filtered(path, words):
    filters = re.findall(r"(ohne|bis)(?: (Ladestand|[A-Z0-9_]+))? (\d{4}-\d{2})", words)
    with open(path, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if kept(row, filters)]
    return [[row[name] for name in HEADER] for row in rows]


def facts_text(rows):
    return "\n".join(";".join(row) for row in [HEADER, *rows]) + "\n"


# --- an invented agreement -----------------------------------------------------------------------

def party(ident, role, name):
    return {"id": ident, "role": role, "name": name, "abbr": None, "evidence": EVIDENCE,
            "represented_by": [{"name": "Ada Beispiel", "function": "Leitung", "salutation": None}]}


def target(cells, year):
    indicator = {"code": cells["Größe"], "kennzahl": None, "subgroup": cells.get("Gruppe") or None}
    value, change_of = Decimal(cells["Wert"]), cells["Maß"] != "LEVEL"
    reference = {"type": "PREVIOUS_YEAR", "year": year - 1, "raw": None} if change_of else None
    return {
        "id": cells["Ziel"], "goal": "G1", "scope": "STATUTORY", "binding": "TARGET", "indicator": indicator, "measure": cells["Maß"],
        "direction": "HOLD" if change_of and value == 0 else "INCREASE" if change_of else "LEVEL_MIN",
        "comparator_literal": cells["Grenze"], "comparator_effective": cells["Grenze"], "comparator_explicit": True, "value": abs(value),
        "value_low": None, "value_high": None, "signed_value": value, "unit": cells["Einheit"], "value_raw": cells.get("Wortlaut") or None,
        "period": {"type": "CALENDAR_YEAR", "year": year}, "aggregation": cells["Bildung"], "reference": reference, "tolerance": None,
        "wartezeit": cells.get("Wartezeit") or None, "per": None, "equivalents": [], "condition": None, "weight": None, "bands": [],
        "deadline": None, "responsible_party": None, "place": None, "formula": None, "ambiguities": [], "note": None, "evidence": EVIDENCE}


def invented_agreement(lines):
    """First line „Jahr 2021, Art LAND_ZKT, Land NW, Partei Kreis Lippe, Wartezeit t-0“, then a table of targets with | between the cells."""
    head = dict(part.strip().split(" ", 1) for part in lines[0].split(","))
    year, kind, state = int(head["Jahr"]), head.get("Art", "LAND_ZKT"), head.get("Land")
    roles = {"LAND_ZKT": ("LAND_MINISTRY", "ZKT"), "GE": ("AGENTUR", "JOBCENTER_GE"), "BMAS_LAND": ("BMAS", "LAND_MINISTRY"), "BMAS_BA": ("BMAS", "BA")}[kind]
    table = [[cell.strip() for cell in line.split("|")] for line in lines[1:] if line.strip()]
    targets = [target(dict(zip(table[0], row)), year) for row in table[1:]]
    dialogues = None if "Wartezeit" not in head else {
        "name": "Steuerungsdialog", "count_exact": 2, "count_min": None, "count_raw": None, "regularity": "FIXED",
        "period": {"type": "CALENDAR_YEAR", "year": year}, "data_basis": ["JAHRESFORTSCHRITTSWERTE"], "wartezeit": head["Wartezeit"],
        "ladestand_rule": None, "preparer": None, "extra_on": [], "topics": [], "evidence": EVIDENCE}
    empty = ["documents", "general_aims", "framework", "budgets", "milestones", "monitoring", "forecasts", "qualitative_goals", "programmes",
             "reporting", "triggers", "considerations", "committees", "obligations", "signatures"]
    agreement = {
        "kind": kind, "state": state, "title": {"value": f"Erfundene Zielvereinbarung {year}", "evidence": EVIDENCE},
        "year": {"value": year, "evidence": EVIDENCE},
        "term": {"type": "ANNUAL", "from": f"{year}-01-01", "to": f"{year}-12-31", "derived": True, "evidence": []},
        "statute": {"law": "SGB II", "section": "48b", "para": 1, "sentence": 1, "number": 4, "evidence": EVIDENCE}, "amends": None,
        "parties": [party("P1", roles[0], "Erfundene Behörde"), party("P2", roles[1], head["Partei"])],
        "goals": [{"id": "G1", "number": "1", "heading": "Erfundenes Ziel", "statutory_code": "Z2", "evidence": EVIDENCE}],
        "targets": targets, "scoring": None, "dialogues": dialogues, "final_evaluation": None, **{name: [] for name in empty}}
    return {"schema_version": "1.1", "agreement": agreement, "distractors": [], "tensions": [],
            "document": {"file": "erfunden.txt", "sha256": "0" * 64, "chars": 1, "bytes": 1, "language": "de", "layout": [], "ocr_noise": []}}


__all__ = ["change", "expand", "facts_rows", "facts_text", "filtered", "invented_agreement", "look_up", "parse_json", "write_json"]
