#!/usr/bin/env python3
"""The sanitised server (preset dev or threads) under load: people reading, deliveries checked and taken over, a draft worked on, log-ins, and
all the bad input of run.py at once, for some seconds. Nothing may be found, and everything must still be whole. Ends with `N passed, N failed`."""
import http.client
import json
import os
import sys
import threading
import time

import run
from kit import Server
from checks import end, equal, expect

taken = []
SECONDS = float(os.environ.get("ZIELWERK_LOAD_SECONDS", "8"))


def reader(server, until, counts):
    """One connection kept alive, as a browser's."""
    cookie, _ = server.session("m.alle")
    connection = http.client.HTTPConnection("localhost", server.port, timeout=120)
    addresses = ["/api/v1/overview", "/api/v1/agreements/33148-2021/course", "/", "/app.js", "/api/v1/agreements/x", "/api/v1/public/figures/K2", "/api/v1/figures/K2/comparison?month=2020-12"]
    while time.monotonic() < until:
        for address in addresses:
            connection.request("GET", address, headers={"Cookie": cookie, "Accept-Encoding": "br"})
            response = connection.getresponse()
            response.read()
            counts[response.status] = counts.get(response.status, 0) + 1


def sender(server, until, counts):
    text = run.lines_of("zahlen_erfunden_33148.csv", lambda fields: fields[2] <= "2021-05")
    while time.monotonic() < until:
        answer = server.ask("POST", "/api/v1/deliveries/check?name=lippe.csv", text, {"Content-Type": "text/csv"}, "c.lippe")
        counts[answer.status] = counts.get(answer.status, 0) + 1


def taker(server, until, counts):
    """Each delivery corrects a value, so that verdicts and kept answers of the readers change under their hands."""
    number = 1000
    while time.monotonic() < until:
        number += 1
        text = f"traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert\n33148;2020-07;2021-03;INT;T;;{number}\n"
        answer = server.ask("POST", "/api/v1/deliveries?name=eine.csv&correction=true&note=Last", text, {"Content-Type": "text/csv"}, "c.lippe")
        counts[answer.status] = counts.get(answer.status, 0) + 1
        taken.append(answer.status)


def desk(server, until, counts):
    """Both correct the same draft; who comes second is told and looks again."""
    address = f"/api/v1/drafts/{server.draft}"
    while time.monotonic() < until:
        version = server.ask("GET", address, user="l.lippe").json()["fassung"]
        answer = server.ask("PATCH", address, json.dumps({"grund": "Last", "felder": [{"feld": "targets[T1].signed_value", "wert": f"{version},5"}]}), {"Content-Type": "application/json", "If-Match": f'"{version}"'}, "c.lippe")
        counts[answer.status] = counts.get(answer.status, 0) + 1


def stranger(server, until, counts):
    while time.monotonic() < until:
        server.login("gibt.es.nicht", "falsch")
        run.malformed(server)


def main():
    if "zielwerk" not in os.environ.get("ZIELWERK", ""):
        sys.exit("ZIELWERK names the program to test")
    server = Server("largest_upload_mib = 1\n[public]\nenabled = true", environment={"UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1", "TSAN_OPTIONS": "second_deadlock_stack=1"})
    for user in ("m.alle", "c.lippe", "l.lippe"):
        server.session(user)
    server.draft = run.draft_of(server, "c.lippe").json()["id"]
    until, counts = time.monotonic() + SECONDS, {}
    threads = [threading.Thread(target=work, args=(server, until, counts)) for work in [reader] * 12 + [sender] * 2 + [taker] * 2 + [desk] * 2 + [stranger]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expect(sum(counts.values()) > 50, f"the server was busy: {counts}")
    expect(201 in taken, f"deliveries were taken over: {taken}")
    equal([status for status in counts if status >= 500], [], "answers that are our fault")
    equal(server.ask("GET", "/health").status, 200, "still there")
    expect("unversehrt" in server.zielwerk("audit", "verify"), "the record is whole")
    equal(server.stop(), 0, "a graceful stop, without leaks")
    log = open(server.log.name, encoding="utf-8").read()
    equal([line for line in log.splitlines() if "Sanitizer" in line or "runtime error" in line or line.startswith("error")][:5], [], "findings")
    print(f"answers by status: {counts}")


if __name__ == "__main__":
    main()
    end()
