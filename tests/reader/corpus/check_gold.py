#!/usr/bin/env python3
"""Checks every NN_name.gold.json of a folder against its text, the exchange schema and the scorer.
usage: check_gold.py FOLDER [EXCHANGE_DIR]      exit 0 when all are sound
EXCHANGE_DIR (default /work/shared/exchange) holds agreement.schema.json and score.py."""
import hashlib, importlib.util, json, pathlib, re, sys

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def validate(value, schema, root, path, out):
    """The subset of JSON Schema that agreement.schema.json uses."""
    if "$ref" in schema:
        return validate(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, path, out)
    if "anyOf" in schema:
        trials = [[] for _ in schema["anyOf"]]
        for option, errors in zip(schema["anyOf"], trials):
            validate(value, option, root, path, errors)
        if all(trials):
            out.extend(min(trials, key=len))
        return
    names = schema.get("type")
    if names and not any(is_type(value, n) for n in ([names] if isinstance(names, str) else names)):
        out.append(f"{path}: {value!r} is not {names}")
        return
    if "const" in schema and value != schema["const"]:
        out.append(f"{path}: {value!r} instead of {schema['const']!r}")
    if "enum" in schema and value not in schema["enum"]:
        out.append(f"{path}: {value!r} not among {schema['enum']}")
    if isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            out.append(f"{path}: {value!r} against {schema['pattern']}")
        if len(value) < schema.get("minLength", 0):
            out.append(f"{path}: too short")
    if is_type(value, "number") and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        out.append(f"{path}: {value} out of range")
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            out.append(f"{path}: fewer than {schema['minItems']} items")
        for i, item in enumerate(value):
            validate(item, schema.get("items", {}), root, f"{path}[{i}]", out)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        out.extend(f"{path}: {key} missing" for key in schema.get("required", []) if key not in value)
        for key, item in value.items():
            if key in known:
                validate(item, known[key], root, f"{path}.{key}", out)
            elif schema.get("additionalProperties") is False:
                out.append(f"{path}: {key} unknown")


def walk_evidence(value, path=""):
    if isinstance(value, dict):
        if "quote" in value:
            yield path, value
        for key, item in value.items():
            yield from walk_evidence(item, f"{path}.{key}")
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from walk_evidence(item, f"{path}[{i}]")


def check_evidence(gold, text, out):
    for path, e in walk_evidence(gold):
        if e["quote"] not in text:
            out.append(f"{path}: quote not in the text: {e['quote']!r}")
        elif "start" in e:
            start, end = e["start"], e["end"]
            if text[start:end] != e["quote"]:
                out.append(f"{path}: offsets {start}-{end} do not hold the quote")
            if (e["byte_start"], e["byte_end"]) != (len(text[:start].encode()), len(text[:end].encode())):
                out.append(f"{path}: byte offsets")
            if e["line"] != text.count("\n", 0, start) + 1:
                out.append(f"{path}: line")


DIRECTION_SIGN = {"INCREASE": 1, "LIMIT_INCREASE": 1, "DECREASE": -1, "LIMIT_DECREASE": -1, "HOLD": 0}
EFFECTIVE = {"INCREASE": ">", "LIMIT_DECREASE": ">", "LEVEL_MIN": ">", "DECREASE": "<", "LIMIT_INCREASE": "<", "LEVEL_MAX": "<"}


def check_meaning(agreement, out):
    ids = {t["id"] for t in agreement["targets"]}
    goals = {g["id"] for g in agreement["goals"]} | {None}
    parties = {p["id"] for p in agreement["parties"]}
    for t in agreement["targets"]:
        at = f"target {t['id']}"
        if t["direction"] in EFFECTIVE and not t["comparator_effective"].startswith(EFFECTIVE[t["direction"]]):
            out.append(f"{at}: {t['direction']} with {t['comparator_effective']}")
        sign = DIRECTION_SIGN.get(t["direction"])
        change = t["measure"] in ("RELATIVE_CHANGE", "POINT_CHANGE", "ABSOLUTE_CHANGE")
        if change and sign is not None and t["signed_value"] != sign * t["value"]:
            out.append(f"{at}: signed value {t['signed_value']} of {t['value']} {t['direction']}")
        if t["measure"] in ("LEVEL", "RATIO", "RANK") and t["direction"] != "CORRIDOR" and t["signed_value"] != t["value"]:
            out.append(f"{at}: a level is not signed")
        if (t["value_low"] is None) != (t["comparator_literal"] != "RANGE"):
            out.append(f"{at}: range and bounds")
        if change and t["reference"] is None:
            out.append(f"{at}: change without reference")
        if t["measure"] == "LEVEL" and t["reference"] is not None:
            out.append(f"{at}: level with reference")
        if t["goal"] not in goals:
            out.append(f"{at}: goal {t['goal']} unknown")
        if t["responsible_party"] not in parties | {None}:
            out.append(f"{at}: party {t['responsible_party']} unknown")
    for item in agreement["monitoring"] + agreement["forecasts"] + agreement["qualitative_goals"]:
        if item["goal"] not in goals:
            out.append(f"{item['id']}: goal {item['goal']} unknown")
    out.extend(f"milestone of unknown target {m['target']}" for m in agreement["milestones"] if m["target"] not in ids)
    for s in agreement["signatures"]:
        if s["party"] not in parties:
            out.append(f"signature {s['id']}: party {s['party']} unknown")
        if (s["date_iso"] is not None) != s["date_quality"].startswith(("COMPLETE", "SHARED")):
            out.append(f"signature {s['id']}: {s['date_quality']} with {s['date_iso']}")


def check_score(gold, score, out):
    for key, value in score(gold, gold).items():
        if isinstance(value, tuple):
            good = value[2] == 1.0
        elif key in ("false_targets", "forecast_as_target", "invented_dates"):
            good = value == 0
        elif key.startswith("field_"):
            good = value == 1.0 or not gold["agreement"]["targets"]
        else:
            good = value == 1.0 or key == "signature_dates" and not gold["agreement"]["signatures"]
        if not good:
            out.append(f"score {key}: {value}")


def main(folder, exchange="/work/shared/exchange"):
    exchange = pathlib.Path(exchange)
    schema = json.loads((exchange / "agreement.schema.json").read_text(encoding="utf-8"))
    spec = importlib.util.spec_from_file_location("score", exchange / "score.py")
    scorer = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(scorer)
    bad = 0
    files = sorted(pathlib.Path(folder).glob("*.gold.json"))
    for file in files:
        out = []
        gold = json.loads(file.read_text(encoding="utf-8"))
        raw = (file.parent / gold["document"]["file"]).read_bytes()
        text = raw.decode("utf-8")
        document = gold["document"]
        if (document["sha256"], document["chars"], document["bytes"]) != (hashlib.sha256(raw).hexdigest(), len(text), len(raw)):
            out.append("document: sha256, chars or bytes")
        validate(gold, schema, schema, "$", out)
        check_evidence(gold, text, out)
        if not out:
            check_meaning(gold["agreement"], out)
            check_score(gold, scorer.score, out)
        print(f"{file.name}: {'ok' if not out else ''}")
        for line in out:
            print("   " + line)
        bad += bool(out)
    print(f"{len(files)} files, {bad} with findings")
    return bad > 0 or not files


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
