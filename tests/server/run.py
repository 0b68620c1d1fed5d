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

import contract as contract_of
from contract import CONTRACT
import figures
import log_in_elsewhere
import misuse
from kit import PASSWORD, ROOT, Server, status

passed, failures = 0, []


def expect(condition, message):
    global passed
    if condition:
        passed += 1
    else:
        failures.append(message)


def equal(found, wanted, message):
    expect(found == wanted, f"{message}: {found!r}, expected {wanted!r}")


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
    for path, operations in CONTRACT["paths"].items():
        address = path.replace("{id}", "33148-2021").replace("{traeger}", "33148").replace("{kennzahl}", "K2").replace("{ziel}", "T1").replace("{", "").replace("}", "")
        for method, operation in operations.items():
            described, method = operation["responses"], method.upper()
            if method == "GET":
                if "400" in described:
                    equal(server.ask("GET", f"{address}?gibtesnicht=1", user="r.alle").code, "parameter_unknown", f"{address} with an unknown parameter")
                continue
            if "401" in described and operation["security"]:
                equal(server.ask(method, address).status, 401, f"{method} {address} by a stranger")
            equal(server.ask(method, address, headers={"Origin": "https://boese.example"}, user="m.alle").code, "cross_site", f"{method} {address} from elsewhere")
            if "415" in described:
                needed = "&".join(f"{one['name']}=a.{'pdf' if 'drafts' in path else 'csv'}" for one in (followed(one) for one in operation.get("parameters", [])) if one["in"] == "query" and one["required"])
                equal(server.ask(method, f"{address}?{needed}" if needed else address, b"x", {"Content-Type": "text/html"}, "m.alle").status, 415, f"{method} {address} with another type")
            if "413" in described:
                equal(server.ask(method, address, headers={"Content-Length": "10737418240", "Content-Type": "text/csv"}, user="m.alle").status, 413, f"{method} {address} with ten gigabytes")


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
    for address in ("/", "/anmelden", "/jobcenter/33148", "/vereinbarung/33148-2021/ziel/T1", "/lieferungen", "/app.js", "/app.css", "/fira-sans-400.woff2"):
        equal(server.ask("GET", address).status, 200, address)
    expect(b"://" not in server.ask("GET", "/").body.replace(b"http://www.w3.org/", b""), "the page asks nobody else")


# --- deliveries --------------------------------------------------------------------------------------------------------------------

def lines_of(name, keep):
    lines = open(f"{ROOT}/demo/{name}", encoding="utf-8").read().splitlines()
    return ("\n".join([lines[0]] + [line for line in lines[1:] if keep(line.split(";"))]) + "\n").encode()


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
    audit = server.ask("GET", "/api/v1/audit", user="r.alle").json()
    took = [one for one in audit["eintraege"] if one["was"] == "lieferung.uebernehmen"]
    equal([(one["wer"], one["woran"]) for one in took], [("c.lippe", "1")], "the record names who took it over")
    expect(audit["unversehrt"], "the chain is whole")
    head = audit["kopf"]
    expect("unversehrt" in server.zielwerk("audit", "verify", f"--head={head}"), "zielwerk audit verify")
    equal(server.stop(), 0, "a graceful stop")


def agreements():
    server = Server(figures=False)
    read = lambda name, body, user="m.alle", type="application/octet-stream": server.ask("POST", f"/api/v1/agreements/drafts?name={name}", body, {"Content-Type": type}, user)
    keep = lambda body, user="m.alle", more="": server.ask("POST", f"/api/v1/agreements{more}", body, {"Content-Type": "application/json"}, user)
    before = server.ask("GET", "/api/v1/agreements", user="m.alle").body
    for name in ("hohenborn_2025.pdf", "erlenau_2024.txt"):
        draft = read(name, open(f"{ROOT}/agreements/beispiele/{name}", "rb").read())
        equal((draft.status, "agreement" in draft.json()), (200, True), f"{name} is read")
    equal(server.ask("GET", "/api/v1/agreements", user="m.alle").body, before, "reading keeps nothing")
    lippe = read("lippe.txt", open(f"{ROOT}/agreements/texte/{sorted(one for one in os.listdir(f'{ROOT}/agreements/texte') if 'lippe' in one)[0]}", "rb").read())
    equal(lippe.status, 200, "a real agreement is read")
    for user, more, wanted in (("m.alle", "?check=true", 200), ("c.lippe", "?check=true", 200), ("c.lippe", "", 201), ("c.lippe", "", 200)):
        answer = keep(lippe.body, user, more)
        equal(answer.status, wanted, f"confirmed by {user} {more}: {answer.body[:300]}")
    changed = lippe.json()
    changed["agreement"]["targets"][0]["value"] = 1.5
    equal(keep(json.dumps(changed), more="?check=true").code, "why_missing", "a correction needs its reason")
    equal(keep("{}").status, 422, "no agreement")
    equal(keep("kein JSON").status, 422, "no JSON")
    for name, body in (("leer.pdf", b""), ("kaputt.pdf", b"%PDF-1.7 kaputt"), ("kaputt.docx", b"PK\x03\x04 kaputt")):
        answer = read(name, body)
        equal(answer.status, 422, f"{name}: {answer.body[:200]}")
    equal(read("x.exe", b"MZ").status, 422, "another ending")
    equal(read("--out=x.pdf", b"x").status, 422, "a name that looks like an option")
    equal(server.ask("POST", "/api/v1/agreements/drafts?name=a.pdf", b"x", {"Content-Type": "application/octet-stream"}, "r.alle").status, 403, "the revision changes nothing")
    took = [one for one in server.ask("GET", "/api/v1/audit", user="r.alle").json()["eintraege"] if one["was"] == "vereinbarung.bestaetigen"]
    equal([one["wer"] for one in took], ["c.lippe"], "the record names who confirmed")
    server.stop()


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
    figures.run(Server(), sys.modules[__name__])
    deliveries()
    agreements()
    own_tls()
    expect(misuse.main() == 0, "misuse.py, above")
    expect(log_in_elsewhere.main() == 0, "log_in_elsewhere.py, above")
    expect(contract_of.checked > 300, "answers were held against the contract")
    equal(contract_of.problems, [], "answers that the contract does not describe")
    equal(contract_of.unseen(), [], "described answers that no test has met")
    for failure in failures:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
