#!/usr/bin/env python3
"""People who want something else than they should get: each gets a clear answer, nothing is lost, nobody else notices. What is wrong in
form alone is in run.py. Ends with `N passed, N failed`."""
import concurrent.futures
import csv
import io
import json
import os
import re
import signal
import socket

import contract
from kit import PASSWORD, Server, status
from checks import end, equal

JSON = {"Content-Type": "application/json"}
ELSEWHERE = ({"Origin": "https://boese.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://boese.example", "Sec-Fetch-Site": "same-origin"})


def everything(server):
    """What the store holds, to see that nothing changed."""
    return [server.ask("GET", f"/api/v1/{one}", user="r.alle").json() for one in ("agreements", "deliveries", "accounts")]


def changes():
    """Every address of the contract that changes something, with an example for each part of its path."""
    for path, operations in contract.CONTRACT["paths"].items():
        for method, operation in operations.items():
            if method != "get":
                yield method.upper(), re.sub(r"\{\w+\}", "x", path.replace("agreements/{id}", "agreements/33148-2021")), operation


def from_other_pages(server):
    """No page of somebody else can change anything with the cookies of who is logged in here, whatever the address."""
    cookie, csrf = server.session("m.alle")
    server.session("c.lippe")
    before = everything(server)
    for method, target, _ in changes():
        for headers in ELSEWHERE:
            equal(server.ask(method, target, b"{}", {**JSON, **headers, "Cookie": cookie, "X-CSRF-Token": csrf}).code, "cross_site", f"{method} {target} with {headers}")
        if target != "/api/v1/session" or method == "DELETE":
            equal(server.ask(method, target, b"{}", {**JSON, "Cookie": cookie}).code, "csrf_token", f"{method} {target} without the token")
            other = server.session("c.lippe")[1]
            equal(server.ask(method, target, b"{}", {**JSON, "Cookie": cookie, "X-CSRF-Token": other}).code, "csrf_token", f"{method} {target} with somebody else's token")
    answer = server.ask("OPTIONS", "/api/v1/session", headers={"Origin": "https://boese.example", "Access-Control-Request-Method": "POST"})
    equal([name for name in answer.headers if name.startswith("access-control")], [], "no other page is invited (CORS)")
    for now, then in zip(everything(server), before):
        equal(now, then, "nothing changed")


def more_than_asked_for(server):
    """Members that a body must not have, of every route that takes JSON objects of its own."""
    for more in ({"rolle": "revision"}, {"konto": "m.alle"}, {"__proto__": {}}, {"NAME": "x"}):
        equal(server.ask("POST", "/api/v1/session", json.dumps({"name": "c.lippe", "kennwort": PASSWORD, **more}), JSON).code, "body_invalid", f"a log-in with {more}")
        equal(server.ask("POST", "/api/v1/access-keys", json.dumps({"zweck": "a", "tage": 7, **more}), JSON, "c.lippe").code, "body_invalid", f"a key with {more}")
    for body in (b"", b"null", b"[]", b'"x"', b"{", b'{"zweck": "a", "zweck": "b", "tage": 7, "tage": 8}', b"\xff\xfe", b"[" * 5000, b'{"zweck": "\xff", "tage": 7}', b'{"zweck": "a", "tage": 99999999999999999999}'):
        answer = server.ask("POST", "/api/v1/access-keys", body, JSON, "c.lippe")
        equal(answer.status in (400, 422) or (answer.status, body[:10]) == (201, b'{"zweck": '), True, f"{body[:30]!r}: {answer.status}")
    equal(len(server.ask("POST", "/api/v1/access-keys", b'{"zweck": "a\\nb", "tage": 0}', JSON, "c.lippe").json()["probleme"]), 2, "a purpose of two lines, no days")
    wrong = server.ask("POST", "/api/v1/access-keys", b'{"tage": "7", "mehr": 1}', JSON, "c.lippe").json()
    equal(len(wrong["probleme"]), 3, "everything that is wrong is said at once")
    equal(server.ask("POST", "/api/v1/access-keys", b"a=b", {"Content-Type": "application/x-www-form-urlencoded"}, "c.lippe").status, 415, "a form that any page could send")


def keys(server):
    """A program with the key of a controller of Lippe."""
    made = server.ask("POST", "/api/v1/access-keys", json.dumps({"zweck": "=1+1<svg onload=alert(1)>", "tage": 7}), JSON, "c.lippe")
    equal(made.status, 201, "a key")
    secret = {"Authorization": f"Bearer {made.json()['schluessel']}"}
    equal(made.headers["cache-control"], "no-store", "what is shown once is kept nowhere")
    equal(server.ask("GET", "/api/v1/agreements/33148-2021", headers=secret).status, 200, "reads what its account may read")
    equal(server.ask("GET", "/api/v1/agreements/31118-2023", headers=secret).status, 404, "and nothing else")
    equal(server.ask("GET", "/api/v1/accounts", headers=secret).status, 403, "and has no other right")
    equal(server.ask("GET", "/api/v1/session", headers=secret).json()["csrf"], "", "it has no session")
    text = b"traeger;berichtsmonat\n33148;2021-13\n"
    equal(server.ask("POST", "/api/v1/deliveries/check?name=a.csv", text, {**secret, "Content-Type": "text/csv"}).status, 422, "may deliver, without a cookie")
    equal(server.ask("POST", "/api/v1/deliveries/check?name=a.csv", text, {**secret, "Content-Type": "text/csv", "Origin": "https://boese.example"}).status, 403, "but not from a page")
    for bad in ("Bearer", "Bearer ", "Bearer x", "bearer " + made.json()["schluessel"], "Basic YTpi", made.json()["schluessel"]):
        equal(server.ask("GET", "/api/v1/overview", headers={"Authorization": bad}).status, 401, f"Authorization: {bad[:12]}")
    equal(server.ask("DELETE", f"/api/v1/access-keys/{made.json()['id']}", user="m.alle").status, 404, "somebody else's key")
    by_console = server.zielwerk("key", "add", "c.lippe", "--purpose=Konsole", "--days=1").strip()
    equal(server.ask("GET", "/api/v1/overview", headers={"Authorization": f"Bearer {by_console}"}).status, 200, "a key made on the console")
    equal(by_console in server.zielwerk("key", "list", "--format=csv"), False, "is not shown again")
    server.zielwerk("key", "end", made.json()["id"])
    equal(server.ask("GET", "/api/v1/overview", headers=secret).code, "access_key_invalid", "ended on the console, at once")
    for key in server.ask("GET", "/api/v1/access-keys", user="c.lippe").json()["zugaenge"]:
        equal(server.ask("DELETE", f"/api/v1/access-keys/{key['id']}", user="c.lippe").json()["gilt"], False, "one's own key")
    equal(server.ask("GET", "/api/v1/overview", headers={"Authorization": f"Bearer {by_console}"}).status, 401, "ended by its owner")
    with open(server.store, "rb") as store:
        equal(by_console.encode() in store.read(), False, "the secret is not in the store")
    took = [one for one in server.ask("GET", "/api/v1/audit", user="r.alle").json()["eintraege"] if one["was"].startswith("zugang.")]
    equal([one["was"] for one in took if "Konsole" in one["naeheres"] or "svg" in one["naeheres"]], ["zugang.anlegen", "zugang.anlegen", "zugang.beenden", "zugang.beenden"], "the record names them")


def names(server):
    """Names that are code somewhere else come back as the text they are, as JSON that no browser runs, and harmless in a table."""
    evil = '=HYPERLINK("http://boese.example")<img src=x onerror=alert(1)>'
    server.zielwerk("user", "add", "boese", f"--person={evil}", "--role=gremium", "--scope=NW", given=PASSWORD + "\n")
    answer = server.ask("GET", "/api/v1/accounts", user="r.alle")
    equal([one["person"] for one in answer.json()["konten"] if one["konto"] == "boese"], [evil], "a person's name")
    equal((answer.headers["content-type"], answer.headers["x-content-type-options"]), ("application/json", "nosniff"), "is no page")
    equal(evil in server.ask("GET", "/api/v1/session", user="boese").json()["person"], True, "also one's own")
    for words in (("user", "list"), ("audit", "list"), ("key", "list"), ("facts", "deliveries")):
        for row in csv.reader(io.StringIO(server.zielwerk(*words, "--format=csv")), delimiter=";"):
            equal([cell for cell in row if cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and not cell[1:2].isdigit() and len(cell) > 1)], [], f"{words}: no cell is a formula")
    for target in ("/%3Cscript%3Ealert(1)%3C/script%3E", "/api/v1/%3Csvg%20onload=alert(1)%3E", "/api/v1/agreements/%3Csvg%3E"):
        answer = server.ask("GET", target, user="m.alle")
        equal((answer.status, answer.headers["content-type"]), (404, "application/problem+json"), target)


def many_at_once(server):
    """More log-ins than can be checked: each waits its turn or is told to come back; readers do not wait for them."""
    with concurrent.futures.ThreadPoolExecutor(40) as pool:
        tries = [pool.submit(server.login, f"unbekannt{number}", "falsch") for number in range(40)]
        reads = [server.ask("GET", "/api/v1/agreements", user="m.alle").status for _ in range(5)]
        answers = [one.result() for one in tries]
    equal(reads, [200] * 5, "readers meanwhile")
    equal(sorted({one.code for one in answers}), ["busy", "login_failed"], "log-ins")
    equal(all(int(one.headers["retry-after"]) > 0 for one in answers if one.status in (429, 503)), True, "says when to come back")


def a_paper_that_takes_long(server):
    """The process that reads a paper stands still: log-ins go on."""
    with open(f"{contract.ROOT}/agreements/beispiele/hohenborn_2025.pdf", "rb") as file:
        paper = file.read()
    children = f"/proc/{server.process.pid}/task"
    with concurrent.futures.ThreadPoolExecutor() as pool:
        stopped = None
        while stopped is None:  # until one was met before it was done
            reading = pool.submit(server.ask, "POST", "/api/v1/drafts?name=a.pdf", paper, {"Content-Type": "application/octet-stream"}, "m.alle")
            while stopped is None and not reading.done():
                stopped = stopped_child(children)
        equal(server.login("c.lippe").status, 201, "a log-in meanwhile")
        equal(state(stopped), "T", "while the paper is still being read")
        os.kill(stopped, signal.SIGCONT)
        equal(reading.result().status, 201, "the paper is read after all")


def stopped_child(tasks):
    for task in os.listdir(tasks):
        with open(f"{tasks}/{task}/children", encoding="ascii") as file:
            for child in map(int, file.read().split()):
                os.kill(child, signal.SIGSTOP)
                if state(child) == "T":
                    return child
    return None


def state(process):
    """As /proc says it; nothing if it is gone."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return ""


def one_address(server):
    """Behind a proxy on this machine, the address it names is counted: many names from one place are one who guesses."""
    behind = lambda address, name, password="falsch": server.ask("POST", "/api/v1/session", json.dumps({"name": name, "kennwort": password}), {**JSON, "X-Forwarded-For": f"198.51.100.1, {address}"})
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        codes = [one.code for one in pool.map(lambda number: behind("203.0.113.9", f"geraten{number}"), range(30))]
    equal(codes, ["login_failed"] * 30, "thirty names")
    equal(behind("203.0.113.9", "m.alle", PASSWORD).code, "login_throttled", "and no more from there, even with the right password")
    equal(behind("203.0.113.10", "m.alle", PASSWORD).status, 201, "others go on")


def half_open(server):
    """Connections that end in the middle of something: after a head, in a body, before the answer is read."""
    cookie, csrf = server.session("c.lippe")
    head = f"POST /api/v1/deliveries/check?name=a.csv HTTP/1.1\r\n{server.host()}Cookie: {cookie}\r\nX-CSRF-Token: {csrf}\r\nContent-Type: text/csv\r\nContent-Length: 900000\r\n\r\n".encode()
    read = f"GET /api/v1/overview HTTP/1.1\r\n{server.host()}Cookie: {cookie}\r\n\r\n".encode()
    before = everything(server)
    for sent in (head, head + b"a" * 100000, read, read * 20, read[:30]):
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        connection.sendall(sent)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")  # a reset, not a farewell
        connection.close()
    equal(server.raw(head + b"a" * 10, finish=True)[:4] in (b"", b"HTTP"), True, "half a body, then silence")
    answers = server.raw(read * 3 + read.replace(b"Cookie", b"Connection: close\r\nCookie"))
    equal(answers.count(b"HTTP/1.1 200"), 4, "four questions at once get four answers in order")
    smuggled = f"POST /api/v1/session HTTP/1.1\r\n{server.host()}Content-Type: application/json\r\nContent-Length: 2\r\nTransfer-Encoding : chunked\r\n\r\n{{}}".encode()
    equal(status(server.raw(smuggled)), 400, "a blank before the colon (request smuggling)")
    for now, then in zip(everything(server), before):
        equal(now, then, "nothing changed")


def public_view():
    off = Server(figures=False)
    for target in ("/api/v1/public/figures", "/api/v1/public/figures/K2"):
        equal(off.ask("GET", target).code, "public_view_off", "off unless somebody says so")
    off.stop()
    server = Server("[public]\nenabled = true\nfigures = ['K2', 'K3E2']")
    figures = server.ask("GET", "/api/v1/public/figures").json()
    equal([one["kennzahl"] for one in figures["kennzahlen"]], ["K2", "K3E2"], "what is published")
    equal(server.ask("GET", "/api/v1/public/figures?month=2020-12").status, 400, "a parameter nobody knows")
    value = lambda month: {one["traeger"]: one for one in server.ask("GET", f"/api/v1/public/figures/K2?month={month}").json()["werte"]}
    known = value("2020-12")["33148"]
    by_console = json.loads(server.zielwerk("indicator", "K2", "33148", "--month=2020-12", "--ladestand=2021-03", "--format=json"))
    equal(known["geheim"], False, "a large Jobcenter")
    equal(f"'{known['wert']}'" in str(by_console) or known["wert"].replace(".", ",") in str(by_console), True, f"the same value as the console's: {known} {by_console}")
    for month, wanted in (("2099-01", 404), ("1999-01", 404), ("2020-13", 422), ("", 200)):
        equal(server.ask("GET", f"/api/v1/public/figures/K2?month={month}").status, wanted, f"month {month}")
    equal(server.ask("GET", "/api/v1/public/figures/K1").code, "figure_unknown", "a figure that is not to be published")
    for target in ("/api/v1/overview", "/api/v1/agreements", "/api/v1/jobcenters/33148", "/api/v1/deliveries", "/api/v1/figures/K2/comparison?month=2020-12"):
        equal(server.ask("GET", target).status, 401, f"{target} stays closed")
    # Two persons in one of the twelve months of the numerator, in a further (corrected) delivery: the value goes.
    rows = [f"33148;2020-07;2021-03;INT;T;;{number}" for number in (2,)]
    path = f"{server.folder}/wenige.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write("traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert\n" + "\n".join(rows) + "\n")
    server.zielwerk("facts", "import", path, "--korrektur", "--note=Test")
    hidden = value("2020-12")["33148"]
    equal((hidden["wert"], hidden["geheim"]), (None, True), "two persons in a month of the sum")
    equal(value("2020-12")["22116"]["geheim"], False, "others are shown")
    server.stop()


def main():
    public_view()
    server = Server("largest_upload_mib = 1\nconnections = 256")
    for part in (from_other_pages, more_than_asked_for, keys, names, half_open, many_at_once, a_paper_that_takes_long, one_address):
        part(server)
    equal(server.ask("GET", "/health").status, 200, "still there")
    log = open(server.log.name, encoding="utf-8").read()
    equal([line for line in log.splitlines() if line.startswith("error") or "zw_" in line or PASSWORD in line][:3], [], "no error and no secret in the log")
    equal("unversehrt" in server.zielwerk("audit", "verify"), True, "the record is whole")
    equal(server.stop(), 0, "stops")
    equal(contract.problems, [], "answers that the contract does not describe")


if __name__ == "__main__":
    main()
    end()
