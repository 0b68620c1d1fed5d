"""Every answer of the tests' servers is held against docs/api/openapi.json."""
import json
import os
import urllib.parse

import jsonschema

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
CONTRACT = json.load(open(f"{ROOT}/docs/api/openapi.json", encoding="utf-8"))
# What the router says before it comes to a route, the same everywhere (described in info of the contract).
EVERYWHERE = {304, 405, 413, 421, 431}

checked, problems, seen = 0, [], set()


def route_of(target):
    given = urllib.parse.unquote(urllib.parse.urlsplit(target).path).split("/")
    fits = lambda wanted: len(wanted) == len(given) and all(one == other or one.startswith("{") for one, other in zip(wanted, given))
    found = [path for path in CONTRACT["paths"] if fits(path.split("/"))]
    return min(found, key=lambda path: path.count("{"), default=None)


def followed(value):
    return CONTRACT["components"]["responses"][value["$ref"].split("/")[-1]] if "$ref" in value else value


def misfits(value, schema):
    # The components go along, so that references find them.
    validator = jsonschema.Draft202012Validator({**schema, "components": CONTRACT["components"]})
    return [f"{'/'.join(str(part) for part in one.absolute_path)}: {one.message}"[:300] for one in validator.iter_errors(value)]


def check(method, target, answer):
    """Called for each answer."""
    global checked
    checked += 1
    path = route_of(target)
    method = "get" if method == "HEAD" else method.lower()
    where = f"{method} {target} {answer.status}"
    kind = answer.headers.get("content-type", "").split(";")[0]
    if answer.status >= 400 and answer.body:
        if kind != "application/problem+json":
            problems.append(f"{where}: a problem is told as {kind}")
        else:
            problems.extend(f"{where}: {one}" for one in misfits(answer.json(), CONTRACT["components"]["schemas"]["Problem"]))
    if path is None or method not in CONTRACT["paths"][path]:
        return
    seen.add((method, path, answer.status))
    if answer.status in EVERYWHERE:
        return
    described = CONTRACT["paths"][path][method]["responses"].get(str(answer.status))
    if described is None and answer.code in ("address_invalid", "parameter_unknown", "password_change_needed"):
        return
    if described is None:
        problems.append(f"{where} is not described: {answer.body[:200]}")
        return
    content = followed(described).get("content", {})
    if not answer.body or answer.headers.get("content-encoding"):
        return
    if kind not in content:
        problems.append(f"{where}: {kind} is not described")
    elif kind.endswith("json"):
        problems.extend(f"{where}: {one}" for one in misfits(answer.json(), content[kind]["schema"]))


def unseen():
    """Described answers that no test has met; a store that is away is the business of tests/fault."""
    return sorted(f"{method} {path} {status}" for path, operations in CONTRACT["paths"].items() for method, operation in operations.items()
                  for status in operation["responses"] if status != "503" and (method, path, int(status)) not in seen)
