#!/usr/bin/env python3
"""The running server, with misuse.py and log_in_elsewhere.py: every address of the contract answers as the OpenAPI file says, and bad input gets a clear answer. Ends with
`N passed, N failed`."""
from fractions import Fraction
import gzip
import json
import os

import signal
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import contract as contract_of
from contract import CONTRACT
import accounts
import figures
import log_in_elsewhere
import misuse
import steering
from kit import PASSWORD, ROOT, Server, status
import checks
from checks import end, equal, expect

# --- the contract ------------------------------------------------------------------------------------------------------------------

ADDRESSES = {
    "/api/v1/jobcenters/{traeger}": ["/api/v1/jobcenters/33148", "/api/v1/jobcenters/99999"],
    "/api/v1/agreements/{id}": ["/api/v1/agreements/33148-2021", "/api/v1/agreements/x"],
    "/api/v1/agreements/{id}/evaluation": [f"/api/v1/agreements/{id}/evaluation{query}" for id in ("33148-2021", "32702-2018", "31118-2023", "22116-2020", "04704-2020") for query in ("", "?month=06", "?asOf=t-0")]
    + ["/api/v1/agreements/33148-2021/evaluation?month=2021-13", "/api/v1/agreements/33148-2021/evaluation?month=2021-06&asOf=2021-05"],
    "/api/v1/agreements/{id}/course": ["/api/v1/agreements/33148-2021/course?month=x"] + [f"/api/v1/agreements/{id}/course" for id in ("33148-2021", "22116-2020", "04704-2020")] + ["/api/v1/agreements/22116-2020/course?month=2020-06&asOf=2020-08", "/api/v1/agreements/33148-2021/course?month=2021-06&asOf=t-0&asOfLastYear=t-3"],
    "/api/v1/agreements/{id}/targets/{ziel}": ["/api/v1/agreements/33148-2021/targets/T1?month=2021-06", "/api/v1/agreements/33148-2021/targets/T1?month=x", "/api/v1/agreements/04704-2020/targets/T2", "/api/v1/agreements/33148-2021/targets/T99"],
    "/api/v1/figures/{kennzahl}/comparison": ["/api/v1/figures/K2/comparison?month=2020-12", "/api/v1/figures/K2/comparison?month=2020-12&asOf=t-2&land=NI&form=zkT", "/api/v1/figures/K99/comparison?month=2020-12", "/api/v1/figures/K2/comparison",
                                              "/api/v1/figures/K2/comparison?month=2020-12&traeger=22116,04704&against=K3&course=true", "/api/v1/figures/K2/comparison?month=2020-12&land=NW&format=csv"],
    "/api/v1/jobcenters/{traeger}/early": ["/api/v1/jobcenters/33148/early", "/api/v1/jobcenters/99999/early"],
    "/api/v1/completeness": ["/api/v1/completeness?year=2021", "/api/v1/completeness?year=2021&land=NI&form=zkT&page=2", "/api/v1/completeness", "/api/v1/completeness?jahr=1"],
    "/api/v1/deliveries/{nr}": ["/api/v1/deliveries/1", "/api/v1/deliveries/99", "/api/v1/deliveries/x"],
    "/api/v1/overview": ["/api/v1/overview", "/api/v1/overview?month=06", "/api/v1/overview?month=2020-06&asOf=2020-07", "/api/v1/overview?month=x", "/api/v1/overview?monat=1", "/api/v1/overview?status=erreicht&sort=-abstand&page=1", "/api/v1/overview?format=csv"],
    "/api/v1/agreements/{id}/text": ["/api/v1/agreements/33148-2021/text", "/api/v1/agreements/x/text"],
    "/api/v1/agreements/{id}/differences": ["/api/v1/agreements/33148-2021/differences", "/api/v1/agreements/33148-2021/differences?with=32702-2018"],
    "/api/v1/agreements/{id}/docx": ["/api/v1/agreements/33148-2021/docx", "/api/v1/agreements/33148-2021/docx?template=ge", "/api/v1/agreements/x/docx"],
    "/api/v1/agreements/{id}/steering": ["/api/v1/agreements/33148-2021/steering", "/api/v1/agreements/22116-2020/steering", "/api/v1/agreements/04704-2020/steering", "/api/v1/agreements/33148-2022/steering", "/api/v1/agreements/x/steering"],
    "/api/v1/agreements/{id}/steering/files/{pruefsumme}": ["/api/v1/agreements/33148-2021/steering/files/x", "/api/v1/agreements/x/steering/files/x"],
    "/api/v1/agreements/{id}/steering/calendar": ["/api/v1/agreements/33148-2021/steering/calendar", "/api/v1/agreements/33148-2021/steering/calendar?dialogue=D9", "/api/v1/agreements/x/steering/calendar"],
    "/api/v1/agreements/{id}/papers": ["/api/v1/agreements/33148-2021/papers", "/api/v1/agreements/x/papers"],
    "/api/v1/agreements/{id}/papers/{name}": [f"/api/v1/agreements/33148-2021/papers/{name}" for name in ("dossier?format=html&month=2021-06", "dossier?format=docx", "dossier?format=json", "dossier?format=odt", "dossier?month=x", "gibtesnicht?format=json")] + ["/api/v1/agreements/x/papers/dossier"],
    "/api/v1/agreements/{id}/steering/references": ["/api/v1/agreements/33148-2021/steering/references?values=T1:3.5,T2:-0.4,T3:x", "/api/v1/agreements/22116-2020/steering/references", "/api/v1/agreements/x/steering/references"],
    "/api/v1/agreements/{id}/steering/differences": ["/api/v1/agreements/33148-2021/steering/differences?before=vereinbart&after=33148-2021", "/api/v1/agreements/33148-2021/steering/differences?before=R1&after=R9", "/api/v1/agreements/x/steering/differences"],
    "/api/v1/agreements/{id}/cascade": ["/api/v1/agreements/33148-2021/cascade", "/api/v1/agreements/NW-2021/cascade"],
    "/api/v1/drafts/{id}": ["/api/v1/drafts/E0"],
    "/api/v1/drafts/{id}/document": ["/api/v1/drafts/E0/document"],
    "/api/v1/drafts/{id}/docx": ["/api/v1/drafts/E0/docx"],
    "/api/v1/drafts/{id}/differences": ["/api/v1/drafts/E0/differences"],
    "/api/v1/public/figures/{kennzahl}": ["/api/v1/public/figures/K2?month=2020-12", "/api/v1/public/figures/K9", "/api/v1/public/figures/K2?month=x", "/api/v1/public/figures/K2?mehr=1"],
    "/api/v1/audit": ["/api/v1/audit", "/api/v1/audit?from=3", "/api/v1/audit?from=x"],
}


def contract(server):
    for path, operations in CONTRACT["paths"].items():
        if "get" not in operations:
            continue
        for address in ADDRESSES.get(path, [path]):
            assert "{" not in address, f"ADDRESSES: {path} is missing"
            for user in ("r.alle", "c.lippe", "v.alle", None):
                server.ask("GET", address, user=user)
            full, head = server.ask("GET", address, user="r.alle"), server.ask("HEAD", address, user="r.alle")
            equal((head.status, head.body), (full.status, b""), f"HEAD {address}")


def sweep(server):
    """What every address says alike: to a stranger, a foreign page, another type of content, a parameter nobody knows, too large a body."""
    draft = draft_of(server, "m.alle").json()["id"]
    for path, operations in CONTRACT["paths"].items():
        address = path.replace("drafts/{id}", f"drafts/{draft}").replace("{id}", "33148-2021").replace("{traeger}", "33148").replace("{kennzahl}", "K2").replace("{ziel}", "T1").replace("{", "").replace("}", "")
        for method, operation in operations.items():
            described, method = operation["responses"], method.upper()
            somebody = "v.alle" if "/accounts" in path else "m.alle"  # who may do it
            if method == "GET":
                if "400" in described:
                    equal(server.ask("GET", f"{address}?gibtesnicht=1", user="r.alle").code, "parameter_unknown", f"{address} with an unknown parameter")
                continue
            if "401" in described and operation["security"]:
                equal(server.ask(method, address).status, 401, f"{method} {address} by a stranger")
            equal(server.ask(method, address, headers={"Origin": "https://boese.example"}, user="m.alle").code, "cross_site", f"{method} {address} from elsewhere")
            if "415" in described:
                needed = "&".join(f"{one['name']}=a.{'pdf' if 'drafts' in path else 'csv'}" for one in (followed(one) for one in operation.get("parameters", [])) if one["in"] == "query" and one["required"])
                equal(server.ask(method, f"{address}?{needed}" if needed else address, b"x", {"Content-Type": "text/html"}, somebody).status, 415, f"{method} {address} with another type")
            if "413" in described:
                equal(server.ask(method, address, headers={"Content-Length": "10737418240", "Content-Type": "text/csv"}, user=somebody).status, 413, f"{method} {address} with ten gigabytes")


def followed(parameter):
    return CONTRACT["components"]["parameters"][parameter["$ref"].split("/")[-1]] if "$ref" in parameter else parameter


def as_of(server):
    """A Ladestand is what was known then: the same month in the same Ladestand reads alike however it is asked for."""
    ask = lambda query: server.ask("GET", f"/api/v1/agreements/33148-2021/evaluation?{query}", user="m.alle").json()
    by_state, by_waiting = ask("month=2021-06&asOf=2021-08"), ask("month=2021-06&asOf=t-2")
    equal(by_state, by_waiting, "Ladestand August of June is t-2")
    equal(by_state["ladestand"], "2021-08", "the Ladestand asked for")
    equal(ask("month=2021-06&asOf=2023-01")["wartezeit"], 3, "later than t-3 everything is final")
    expect(by_state["ziele"] != ask("month=2021-06&asOf=t-0")["ziele"], "another Ladestand, other figures")


def caching(server):
    first = server.ask("GET", "/api/v1/overview", user="m.alle")
    again = server.ask("GET", "/api/v1/overview", headers={"If-None-Match": first.headers["etag"]}, user="m.alle")
    equal((again.status, again.body), (304, b""), "the same answer again")
    packed = server.ask("GET", "/api/v1/overview", headers={"Accept-Encoding": "gzip"}, user="m.alle")
    equal(packed.headers.get("content-encoding"), "gzip", "packed")
    equal(gzip.decompress(packed.body), first.body, "unpacked")
    page = server.ask("GET", "/", headers={"Accept-Encoding": "br, gzip"})
    equal((page.status, page.headers.get("content-encoding")), (200, "br"), "the page is packed already")
    for address in ("/", "/anmelden", "/jobcenter/33148", "/vereinbarung/33148-2021/ziel/T1", "/lieferungen", "/vereinbarungen", "/vereinbarung/33148-2021", "/entwurf/E0", "/konten", "/app.js", "/app.css", "/fira-sans-400.woff2"):
        equal(server.ask("GET", address).status, 200, address)
    expect(b"://" not in server.ask("GET", "/").body.replace(b"http://www.w3.org/", b""), "the page asks nobody else")


# --- deliveries --------------------------------------------------------------------------------------------------------------------

def lines_of(name, keep):
    lines = open(f"{ROOT}/demo/{name}", encoding="utf-8").read().splitlines()
    return ("\n".join([lines[0]] + [line for line in lines[1:] if keep(line.split(";"))]) + "\n").encode()


WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbooks():
    server = Server(f"profiles = '{ROOT}/profiles'", figures=False)
    with open(f"{ROOT}/tests/data/workbooks/t33148_kennzahlen_erfunden.xlsx", "rb") as file:
        book = file.read()
    send = lambda path, body, profile="&profile=ba_kennzahlen", name="t33148.xlsx", kind=WORKBOOK, user="c.lippe": server.ask("POST", f"/api/v1/deliveries{path}?name={name}{profile}", body, {"Content-Type": kind}, user)
    equal([one["name"] for one in server.ask("GET", "/api/v1/profiles", user="c.lippe").json()["profile"]], ["ba_bestand_monate", "ba_kennzahlen"], "the profiles of the folder")
    equal(server.ask("GET", "/api/v1/profiles", user="r.alle").status, 403, "only who takes deliveries over needs them")
    for profile in ("", "&profile=", "&profile=..%2Fba_kennzahlen", "&profile=gibt_es_nicht"):
        expect("ba_bestand_monate oder ba_kennzahlen" in send("/check", book, profile).json()["detail"], f"the profiles are named: {profile}")
    equal(send("/check", book, kind="text/csv").status, 415, "a workbook is sent as one")
    equal(send("/check", book, "&profile=ba_bestand_monate").status, 422, "a layout the workbook does not have")
    expect("t33148.xlsx" in send("/check", book[:900]).body.decode(), "a workbook cut off is named")
    expect(send("/check", book).json()["zaehlung"]["neu"] > 10, "the dry run counts its values")
    equal(server.ask("GET", "/api/v1/deliveries", user="c.lippe").json(), {"lieferungen": []}, "and keeps nothing")
    equal(send("", book).status, 201, "taken over")
    equal(server.ask("GET", "/api/v1/deliveries", user="c.lippe").json()["lieferungen"][0]["quelle"], "t33148.xlsx", "with the name of the file")


def deliveries():
    server = Server(figures=False)
    send = lambda path, body, user="c.lippe", headers=None, name="lippe.csv", more="": server.ask("POST", f"/api/v1/deliveries{path}?name={name}{more}", body, {"Content-Type": "text/csv", **(headers or {})}, user)
    until_may = lines_of("zahlen_erfunden_33148.csv", lambda fields: fields[2] <= "2021-05")
    until_june = lines_of("zahlen_erfunden_33148.csv", lambda fields: fields[2] <= "2021-06")
    check = send("/check", until_may)
    expect(check.json()["zaehlung"]["neu"] > 0, "a dry run counts what is new")
    equal(server.ask("GET", "/api/v1/deliveries", user="c.lippe").json(), {"lieferungen": []}, "a dry run keeps nothing")
    taken = send("", until_may)
    equal(taken.status, 201, "taken over")
    again = send("", until_may)
    equal((again.status, again.json()["zaehlung"]["bekannt"]), (200, True), "the same file again changes nothing")
    for text in (until_june, lines_of("zahlen_erfunden_33148.csv", lambda fields: True)):
        preview = send("/check", text, name="juni.csv")
        expect(preview.json()["urteile"], "the next months make or move verdicts")
        for flip in preview.json()["urteile"]:
            if flip["teile"] and flip["vorher"]["ist_exakt"] and flip["nachher"]["ist_exakt"]:

                total = sum(Fraction(part["veraenderung"]) for part in flip["teile"])
                equal(Fraction(flip["vorher"]["ist_exakt"]) + total, Fraction(flip["nachher"]["ist_exakt"]), f"{flip['ziel']}: the parts add up exactly")
    equal(send("/check", lines_of("zahlen_erfunden_32702.csv", lambda fields: True)).code, "scope_missing", "figures of another Jobcenter")
    equal(send("", lines_of("zahlen_erfunden_32702.csv", lambda fields: True)).code, "scope_missing", "figures of another Jobcenter")
    broken = send("", b"traeger;berichtsmonat\n33148;2021-13\n")
    equal(broken.status, 422, "a broken file")
    conflict = until_may.replace(b"\n", b"\n", 1).split(b"\n")
    fields = conflict[1].split(b";")
    fields[-1] = b"1"
    altered = b"\n".join([conflict[0], b";".join(fields)]) + b"\n"
    equal(send("", altered, name="anders.csv").code, "fact_conflict", "another value for a known key")
    equal(send("", altered, name="anders.csv").status, 409, "a conflict")
    for name in ("..%2Fx.csv", "x.exe", "", ".csv", "a%2Fb.csv", "a" * 130 + ".csv"):
        expect(send("/check", until_may, name=name).status in (400, 422), f"file name {name}")
    equal(send("/check", until_may, name="a%0d%0aSet-Cookie:%20x=1.csv").status, 400, "line ends in a name")
    equal(send("/check", until_may, headers={"Content-Type": "text/html"}).status, 415, "another type")
    equal(send("/check", until_may, more="&correction=vielleicht").status, 422, "correction is true or false")
    names = [one["quelle"] for one in server.ask("GET", "/api/v1/deliveries", user="c.lippe").json()["lieferungen"]]
    equal(names, ["lippe.csv"], "only what was taken over is kept")
    equal(send("/check", b"PK", name="t.xlsx", headers={"Content-Type": WORKBOOK}).json()["detail"].split(";")[0], "Excel-Mappen nimmt dieser Server nicht an", "without a folder of profiles")
    audit = server.ask("GET", "/api/v1/audit", user="r.alle").json()
    took = [one for one in audit["eintraege"] if one["was"] == "lieferung.uebernehmen"]
    equal([(one["wer"], one["woran"]) for one in took], [("c.lippe", "1")], "the record names who took it over")
    expect(audit["unversehrt"], "the chain is whole")
    head = audit["kopf"]
    expect("unversehrt" in server.zielwerk("audit", "verify", f"--head={head}"), "zielwerk audit verify")
    equal(server.stop(), 0, "a graceful stop")


def draft_of(server, user, name="lippe.txt", paper="texte/lippe_2021.txt", more=""):
    body = open(f"{ROOT}/agreements/{paper}", "rb").read() if isinstance(paper, str) else paper
    return server.ask("POST", f"/api/v1/drafts?name={name}{more}", body, {"Content-Type": "application/octet-stream"}, user)


def drafts():
    """From a paper to an agreement, by two people of one side; the other sides see what is shared and nothing else."""
    server = Server(figures=False)
    send = lambda method, path, body, user="c.lippe", version=None: server.ask(
        method, f"/api/v1/drafts/{path}", json.dumps(body), {"Content-Type": "application/json", **({"If-Match": f'"{version}"'} if version else {})}, user)
    get = lambda path, user="c.lippe": server.ask("GET", f"/api/v1/drafts{path}", user=user)
    value = lambda view, field: next(one["wert"] for group in view["gruppen"] for entry in group["eintraege"] for one in entry["felder"] if one["pfad"] == field)
    correction = lambda wert, field="targets[T1].signed_value": {"grund": "im Original nachgesehen", "felder": [{"feld": field, "wert": wert}]}

    made = draft_of(server, "c.lippe")
    equal(made.status, 201, "a paper becomes a draft")
    one = made.json()["id"]
    equal((made.json()["traeger"], made.json()["fassung"], made.json()["seite"]), ("33148", 1, "jobcenter"), "whose it is follows from the party's name")
    equal(len(server.ask("GET", "/api/v1/agreements", user="c.lippe").json()["vereinbarungen"]), 1, "nothing binds yet")

    # rooms
    for user in ("m.alle", "k.alle"):
        equal(get("", user).json(), {"entwuerfe": []}, f"{user} sees no draft of the Jobcenter, not even that there is one")
        hidden, unknown = get(f"/{one}", user), get("/E0000000000000000", user)
        equal((hidden.status, hidden.body.replace(one.encode(), b"?")), (unknown.status, unknown.body.replace(b"E0000000000000000", b"?")), "a foreign draft reads like none")
        for method, path, body in (("POST", f"{one}/comments", {"text": "x", "geteilt": True}), ("POST", f"{one}/share", {"seite": "agentur"}), ("POST", f"{one}/confirmation", {}), ("PATCH", one, correction("1")), ("DELETE", one, {})):
            equal(send(method, path, body, user, 1).status, 404, f"{user} {method}")
    for user in ("r.alle", "v.alle"):
        equal(get(f"/{one}", user).status, 403, f"{user} sits at no side")

    # corrections
    equal(send("PATCH", one, correction("2,1")).code, "version_missing", "a change names its version")
    for body in ({}, {"grund": "x", "fassung": 9}, {"grund": 1}, {"grund": "x", "felder": [{"feld": "year.value", "wert": "2022", "id": "T1"}]}, {"grund": "x", "felder": [{"feld": "year.value", "wert": 2022}]}, {"grund": "x", "geklaert": [-1]}, []):
        answer = send("PATCH", one, body, version=1)
        equal(answer.code, "body_invalid", f"{body}")
    for field, wert, code in (("targets[T1].signed_value", "1.900", "value_invalid"), ("targets[T1].signed_value", "viel", "value_invalid"), ("targets[T1].signed_value", None, "value_invalid"),
                              ("targets[T1].unit", "PROZENT", "value_invalid"), ("targets[T99].signed_value", "1", "field_unknown"), ("targets[T1].id", "T7", "field_unknown"),
                              ("targets[T1].evidence[0].quote", "x", "field_unknown"), ("year.value", "1821", "value_invalid"), ("parties[P1].role", "", "value_invalid")):
        answer = send("PATCH", one, correction(wert, field), version=1)
        equal((answer.status, answer.code), (422, code), f"{field} = {wert}")
    equal(send("PATCH", one, {"grund": " ", "geklaert": []}, version=1).code, "why_missing", "a change has its reason")
    equal(send("PATCH", one, {"grund": "x" * 70000}, version=1).status, 413, "too large")
    equal(get(f"/{one}").json()["fassung"], 1, "nothing of it was kept")
    first = send("PATCH", one, correction("2,1"), version=1)
    equal((first.json()["fassung"], value(first.json(), "targets[T1].signed_value")), (2, "2.1"), "corrected")
    second = send("PATCH", one, correction("3,5"), "l.lippe", 1)
    equal((second.status, second.json()["fassung"], [(entry["wer"], entry["grund"], [(x["feld"], x["nachher"]) for x in entry["aenderungen"] if x["feld"].endswith("signed_value")]) for entry in second.json()["inzwischen"]]),
          (412, 2, [("Erfunden", "im Original nachgesehen", [("targets[T1].signed_value", "2,1")])]), "the second is told what the first did")
    equal(value(get(f"/{one}").json(), "targets[T1].signed_value"), "2.1", "nothing is overwritten")
    with ThreadPoolExecutor(4) as many:
        together = sorted(answer.status for answer in many.map(lambda number: send("PATCH", one, correction(f"2,{number}"), "c.lippe" if number % 2 else "l.lippe", 2), range(2, 6)))
    equal(together, [200, 412, 412, 412], "four at once: one is quicker")
    added = send("PATCH", one, {"grund": "übersehen", "ziele": [{"messgroesse": "LZB_STOCK", "kennzahl": "K3", "skala": "RELATIVE_CHANGE", "bedingung": "<=", "wert": "-1,5", "einheit": "PERCENT", "bildung": "ANNUAL_AVERAGE", "zeile_von": "30", "zeile_bis": "31"}]}, version=3)
    new = added.json()["gruppen"][0]["eintraege"][-1]
    equal((new["ergaenzt"], value(added.json(), f"{new['pfad']}.direction"), bool(new["belege"])), (True, "DECREASE", True), "a target that was not read, with its words")
    gone = send("PATCH", one, {"grund": "doch keines", "entfernen": [new["pfad"]]}, version=4)
    equal(len(gone.json()["gruppen"][0]["eintraege"]), len(added.json()["gruppen"][0]["eintraege"]) - 1, "and out again")

    # sharing
    for path, body, code in (("share", {"mit": "kommune"}, "body_invalid"), ("comments", {"text": "x", "geteilt": "ja"}, "body_invalid"), ("comments", {"text": " ", "geteilt": True}, "comment_invalid")):
        equal(send("POST", f"{one}/{path}", body).code, code, f"{path} {body}")
    equal(send("POST", f"{one}/share", {"seite": "jobcenter"}).code, "side_unknown", "not with oneself")
    equal(send("POST", f"{one}/comments", {"text": "nur für uns", "geteilt": False}).status, 201, "a comment of the own room")
    shared = send("POST", f"{one}/share", {"seite": "ministerium:DE"})
    later = send("PATCH", one, correction("8,8"), version=5)
    seen = get(f"/{one}", "m.alle")
    expect(value(seen.json(), "targets[T1].signed_value") != "8.8" and seen.json()["fassung"] == 5, "the other side sees the version that was shared")
    expect(not seen.json()["anmerkungen"] and not any(entry["grund"] for entry in seen.json()["verlauf"]), "and neither reasons nor comments of the own room")
    equal(send("PATCH", one, correction("1"), "m.alle", 5).code, "room_foreign", "it cannot change it")
    equal(send("POST", f"{one}/confirmation", {}, "m.alle", 5).code, "room_foreign", "nor confirm it")
    answer = send("POST", f"{one}/comments", {"text": "<b>Bitte</b> prüfen", "geteilt": True, "feld": "targets[T1]"}, "m.alle")
    equal([entry["text"] for entry in get(f"/{one}").json()["anmerkungen"]], ["nur für uns", "<b>Bitte</b> prüfen"], "the other side's shared comment")
    equal(get(f"/{one}", "k.alle").status, 404, "a third side still sees nothing")

    # confirmation
    last = later.json()["fassung"]
    open_points = [point["nr"] for point in later.json()["offene_punkte"]]
    if open_points:
        equal(send("POST", f"{one}/confirmation", {}, "l.lippe", last).code, "open_points_left", "open points first")
        last = send("PATCH", one, {"grund": "geprüft", "geklaert": open_points}, version=last).json()["fassung"]
    equal(send("POST", f"{one}/confirmation", {}, "c.lippe", last).code, "second_person_needed", "the last editor does not confirm")
    equal(send("POST", f"{one}/confirmation", {}, "l.lippe").code, "version_missing", "which version is confirmed")
    equal(send("POST", f"{one}/confirmation", {}, "l.lippe", last - 1).code, "version_outdated", "only what was looked at is confirmed")
    equal(send("POST", f"{one}/confirmation", {"agreement": "22116-2020"}, "l.lippe", last).code, "body_invalid", "nothing else can be slipped in")
    for path in ("document", "docx", "differences", "differences?with=33148-2021", "differences?with=22116-2020", "differences?with=/etc/passwd"):
        answer = get(f"/{one}/{path}")
        equal(answer.status, 404 if "22116" in path or "passwd" in path else 200, path)
    expect(get(f"/{one}/docx").body.startswith(b"PK"), "a Word document")
    confirmed = send("POST", f"{one}/confirmation", {}, "l.lippe", last)
    equal((confirmed.status, confirmed.json()["agreement"], confirmed.json()["fassung"]), (201, "33148-2021", 2), "an agreement")
    equal(send("POST", f"{one}/confirmation", {}, "l.lippe", last).code, "draft_ended", "once")
    equal(send("PATCH", one, correction("1"), version=last).status, 409, "what has ended is not changed")
    equal((server.ask("DELETE", f"/api/v1/drafts/{one}", user="c.lippe").status, send("POST", f"{one}/share", {"seite": "kommune"}).status), (409, 409), "nor dropped nor shared")
    expect("signed_value" in server.zielwerk("agreement", "corrections", "33148-2021", "--format=csv"), "the corrections stay with the agreement")
    equal(server.ask("GET", "/api/v1/agreements/33148-2021/text", user="m.alle").json()["fassung"], 2, "its paper can be read")

    # other papers
    same = draft_of(server, "c.lippe", "anderes.txt", "texte/dueren_2023.txt")
    equal((same.status, same.code), (403, "scope_missing"), "a paper of somebody else")
    unknown = draft_of(server, "m.alle", "erlenau.txt", "beispiele/erlenau_2024.txt")
    equal((unknown.status, unknown.json()["traeger"], unknown.json()["hindernisse"][0]["code"]), (201, None, "jobcenter_not_found"), "an invented Jobcenter")
    two = unknown.json()["id"]
    equal(send("PATCH", two, {"grund": "x", "traeger": "22116"}, "m.alle", 1).json()["traeger"], "22116", "assigned by hand")
    equal(server.ask("DELETE", f"/api/v1/drafts/{two}", user="m.alle").status, 200, "dropped")
    equal(get(f"/{two}", "m.alle").json()["stand"], "verworfen", "and still readable")
    expect(draft_of(server, "m.alle", "hohenborn.pdf", "beispiele/hohenborn_2025.pdf").json()["offene_punkte"], "a PDF, with open points")
    rest = draft_of(server, "m.alle", "rest.txt", "Zielvereinbarung 2025\nzwischen niemandem\n".encode())
    equal((rest.status, bool(rest.json()["hindernisse"])), (201, True), "a paper without parties is a draft that lacks something")
    for path in ("docx", "differences"):
        equal(get(f"/{rest.json()['id']}/{path}", "m.alle").status, 422, f"it has no {path}")
    for name, body in (("leer.pdf", b""), ("kaputt.pdf", b"%PDF-1.7 kaputt"), ("kaputt.docx", b"PK\x03\x04 kaputt"), ("x.exe", b"MZ"), ("--out=x.pdf", b"x")):
        answer = draft_of(server, "m.alle", name, body)
        equal(answer.status, 422, f"{name}: {answer.body[:200]}")
    equal(draft_of(server, "r.alle").status, 403, "the revision changes nothing")
    audit = server.ask("GET", "/api/v1/audit", user="r.alle").json()
    expect(audit["unversehrt"], "the chain is whole")
    done = [(entry["wer"], entry["was"]) for entry in audit["eintraege"] if entry["woran"].startswith((one, "33148-2021@2"))]
    equal((done[0], done[-1]), (("c.lippe", "entwurf.anlegen"), ("l.lippe", "vereinbarung.bestaetigen")), "the record names who did what")
    expect(("c.lippe", "entwurf.freigeben") in done and ("m.alle", "entwurf.anmerken") in done and done.count(("c.lippe", "entwurf.korrigieren")) >= 3, f"{done}")
    server.stop()
    lenient = Server(settings="second_person = 'never'", figures=False)
    ask = lambda method, path, body, version: lenient.ask(method, f"/api/v1/drafts/{path}", json.dumps(body), {"Content-Type": "application/json", "If-Match": str(version)}, "c.lippe")
    for wanted in (201, 200):  # the same paper again is known already
        alone = draft_of(lenient, "c.lippe").json()
        settled = ask("PATCH", alone["id"], {"grund": "geprüft", "geklaert": [point["nr"] for point in alone["offene_punkte"]]}, 1).json()
        equal(ask("POST", f"{alone['id']}/confirmation", {}, settled["fassung"]).status, wanted, "second_person = never")
    lenient.stop()


def own_tls():
    server = Server(tls=True, figures=False)
    answer = server.login("m.alle")
    equal(answer.status, 201, "a log-in over TLS")
    expect(answer.headers["set-cookie"].startswith("__Host-zielwerk=") and "; Secure" in answer.headers["set-cookie"], "the cookie travels encrypted only")
    expect("strict-transport-security" in answer.headers, "HSTS")
    equal(status(server.raw(b"GET / HTTP/1.1\r\n" + server.host().encode() + b"\r\n")), 0, "no plain words at a TLS port")
    equal(server.ask("GET", "/health").status, 200, "still there")
    equal(server.stop(), 0, "stops")


# --- bad input ---------------------------------------------------------------------------------------------------------------------

def malformed(server):
    host = server.host().encode()
    cases = {
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS at a plain port\r\n\r\n": 400,
        b"GET / HTTP/1.1\r\n" + host + b"Bad Header: x\r\n\r\n": 400,
        b"GET / HTTP/9.9\r\n" + host + b"\r\n": 400,
        b"G\x00T / HTTP/1.1\r\n" + host + b"\r\n": 400,
        b"GET / HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n": 400,
        b"POST /api/v1/session HTTP/1.1\r\n" + host + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd": 400,
        b"POST /api/v1/session HTTP/1.1\r\n" + host + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n": 400,
        b"POST /api/v1/session HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n": 400,
        b"GET / HTTP/1.1\r\n" + host + host + b"\r\n": 400,
        b"GET / HTTP/1.1\r\n" + host + b"Cookie: a=1\r\nCookie: b=2\r\n\r\n": 400,
        b"GET /../../etc/passwd HTTP/1.1\r\n" + host + b"\r\n": 400,
        b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + host + b"\r\n": 400,
        b"GET http://boese.example/ HTTP/1.1\r\n" + host + b"\r\n": 400,
        b"GET /?a=%0d%0aSet-Cookie:%20x=1 HTTP/1.1\r\n" + host + b"\r\n": 400,
        b"GET / HTTP/1.1\r\nHost: boese.example\r\n\r\n": 421,
        b"GET / HTTP/1.1\r\n\r\n": 421,
        b"GET / HTTP/1.1\r\n" + host + b"X: " + b"a" * 20000 + b"\r\n\r\n": 431,
        b"BREW /api/v1/overview HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n": 405,
        b"POST /health HTTP/1.1\r\n" + host + b"Content-Length: 0\r\nConnection: close\r\n\r\n": 405,
        b"GET /gibt/es/nicht HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n": 404,
    }
    for request, wanted in cases.items():
        answer = server.raw(request)
        equal(status(answer), wanted, f"{request[:70]!r}")
        expect(b"root:" not in answer and b"\r\nSet-Cookie" not in answer and b".cpp" not in answer, f"{request[:70]!r} leaks")
    for cut in (1, 10, 40):
        server.raw((b"GET / HTTP/1.1\r\n" + host + b"\r\n")[:cut], finish=True)
    equal(server.ask("GET", "/health").status, 200, "still there")


def too_large(server):
    cookie, csrf = server.session("c.lippe")
    head = f"POST /api/v1/deliveries/check?name=a.csv HTTP/1.1\r\n{server.host()}Cookie: {cookie}\r\nX-CSRF-Token: {csrf}\r\nContent-Type: text/csv\r\n".encode()
    # Nothing of the body is ever sent: the answer comes from the head alone.
    equal(status(server.raw(head + b"Content-Length: 10737418240\r\n\r\n")), 413, "ten gigabytes announced")
    equal(status(server.raw(head + b"Content-Length: 10737418240\r\nExpect: 100-continue\r\n\r\n")), 413, "ten gigabytes announced politely")
    stranger = f"POST /api/v1/deliveries?name=a.csv HTTP/1.1\r\n{server.host()}Content-Type: text/csv\r\nContent-Length: 500000\r\n\r\n".encode()
    equal(status(server.raw(stranger)), 401, "a large body is not even read from a stranger")
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    equal(status(server.raw(head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 40)), 413, "more than allowed, in pieces")
    small = f"POST /api/v1/session HTTP/1.1\r\n{server.host()}Content-Type: application/json\r\n".encode()
    equal(status(server.raw(small + b"Content-Length: 70000\r\n\r\n")), 413, "a log-in of 70 kB")
    polite = server.raw(small + b"Expect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
    expect(polite.startswith(b"HTTP/1.1 100"), "go on")


def slow(server):
    """A head that drips, a body that never comes, a connection that says nothing: all of them end, none of them stops the others."""
    begin = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as dripping, socket.create_connection(("127.0.0.1", server.port), timeout=20) as silent, \
            socket.create_connection(("127.0.0.1", server.port), timeout=20) as half:
        dripping.sendall(b"GET / HTTP/1.1\r\n")
        half.sendall(f"POST /api/v1/session HTTP/1.1\r\n{server.host()}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{".encode())
        equal(server.ask("GET", "/health").status, 200, "others are served meanwhile")
        for connection in (dripping, half, silent):
            Server.rest(connection)
    expect(time.monotonic() - begin < 15, "slow connections end")
    many = [socket.create_connection(("127.0.0.1", server.port), timeout=20) for _ in range(40)]
    for connection in many:
        connection.close()
    equal(server.ask("GET", "/health").status, 200, "after more connections than allowed")


def sessions(server):
    equal(server.ask("GET", "/api/v1/overview").status, 401, "without a log-in")
    equal(server.ask("GET", "/api/v1/overview", headers={"Cookie": "zielwerk=erfunden"}).status, 401, "a made-up session")
    fixed = server.login("m.alle", cookie="zielwerk=vorgegeben")
    expect("vorgegeben" not in fixed.headers["set-cookie"], "a session that was handed over is not taken")
    equal(server.ask("GET", "/api/v1/session", headers={"Cookie": "zielwerk=vorgegeben"}).status, 401, "fixed session")
    cookie, csrf = fixed.headers["set-cookie"].split(";")[0], fixed.json()["csrf"]
    equal(server.ask("DELETE", "/api/v1/session", headers={"Cookie": cookie}).status, 403, "leaving without the token")
    equal(server.ask("DELETE", "/api/v1/session", headers={"Cookie": cookie, "X-CSRF-Token": csrf}).status, 200, "leaving")
    equal(server.ask("GET", "/api/v1/session", headers={"Cookie": cookie}).status, 401, "a session that ended cannot be used again")
    wrong, nobody = server.login("c.lippe", "falsch"), server.login("gibt.es.nicht", "falsch")
    equal((wrong.status, wrong.body), (nobody.status, nobody.body), "a wrong password and an unknown name read alike")
    for _ in range(5):
        server.login("r.opfer", "falsch")
    throttled = server.login("r.opfer", "falsch")
    equal((throttled.status, throttled.code), (429, "login_throttled"), "too many tries")
    expect(int(throttled.headers["retry-after"]) > 0, "how long to wait")
    for header in ("content-security-policy", "x-content-type-options", "referrer-policy"):
        expect(header in fixed.headers, f"{header} is set")
    expect("unsafe" not in fixed.headers["content-security-policy"], "no inline code")
    server.zielwerk("user", "lock", "v.alle")
    equal(server.login("v.alle").body, wrong.body, "a locked account reads like a wrong password")
    server.zielwerk("user", "unlock", "v.alle")


def operations(server):
    metrics = server.ask("GET", "/metrics")
    expect(b"zielwerk_requests_total{route=" in metrics.body, "metrics")
    equal(server.ask("GET", "/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status, 403, "metrics from elsewhere")
    server.log.flush()
    log = open(server.log.name, encoding="utf-8").read()
    expect(PASSWORD not in log and "zielwerk=" not in log, "no secret in the log")
    expect("error" not in log, f"no error in the log: {[line for line in log.splitlines() if 'error' in line][:3]}")
    half = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    equal(server.stop(signal.SIGINT), 0, "stops although somebody is connected")
    half.close()


def main():
    server = Server("largest_upload_mib = 1\nhead_seconds = 1\nbody_seconds = 2\nidle_seconds = 2\nconnections = 32")
    for part in (contract, sweep, as_of, caching, malformed, too_large, slow, sessions, operations):
        part(server)
    figures.run(Server(), checks)
    deliveries()
    workbooks()
    drafts()
    own_tls()
    steering.run(checks)
    misuse.main()
    accounts.main()
    log_in_elsewhere.main()
    expect(contract_of.checked > 300, "answers were held against the contract")
    equal(contract_of.problems, [], "answers that the contract does not describe")
    equal(contract_of.unseen(), [], "described answers that no test has met")


if __name__ == "__main__":
    main()
    end()
