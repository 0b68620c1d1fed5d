"""Accounts on the pages: made, changed, locked, thrown out, and the password that its owner has to replace. Everything is in the record."""
import json
import sqlite3

from kit import PASSWORD, Server
from checks import equal, expect

JSON = {"Content-Type": "application/json"}
OWN = "ein eigenes Kennwort (erfunden)"


def main():
    server = Server()

    def ask(method, path, body=None, user="v.alle"):
        return server.ask(method, f"/api/v1/{path}", None if body is None else json.dumps(body), {} if body is None else JSON, user)

    new = {"konto": "n.neu", "person": "N. Neu", "rolle": "controlling", "zustaendigkeit": "33148"}
    equal(ask("POST", "accounts", {**new, "mehr": 1}).status, 400, "a member nobody asked for")
    wrong = ask("POST", "accounts", {"konto": "N", "person": " ", "rolle": "chef", "zustaendigkeit": "99999"})
    equal((wrong.status, [one["stelle"] for one in wrong.json()["probleme"]]), (422, ["konto", "person", "rolle", "zustaendigkeit"]), "everything that does not fit, with its place")
    made = ask("POST", "accounts", new)
    equal((made.status, made.headers["cache-control"]), (201, "no-store"), "an account")
    first = made.json()["kennwort"]
    equal(ask("POST", "accounts", new).code, "account_exists", "a name is given once")
    expect(first not in json.dumps(ask("GET", "accounts").json()), "the password is shown once")

    answer = server.login("n.neu", first)
    equal((answer.status, answer.json()["kennwort_aendern"]), (201, True), "the first log-in")
    server.sessions["n.neu"] = (answer.headers["set-cookie"].split(";")[0], answer.json()["csrf"])
    for path in ("overview", "access-keys", "agreements/33148-2021"):
        equal(ask("GET", path, user="n.neu").code, "password_change_needed", f"{path} before an own password")
    password = lambda before, wanted: ask("POST", "session/password", {"bisher": before, "neu": wanted}, "n.neu")
    equal(password("falsch", OWN).code, "password_wrong", "the password so far")
    equal(password(first, first).code, "password_same", "the same again")
    equal(password(first, "zu kurz").code, "password_too_short", "too short")
    equal(ask("POST", "session/password", {"neu": OWN}, "n.neu").status, 400, "without the password so far")
    old = server.sessions["n.neu"]
    answer = password(first, OWN)
    equal((answer.status, answer.json()["kennwort_aendern"]), (200, False), "an own password")
    equal(server.ask("GET", "/api/v1/session", headers={"Cookie": old[0]}).status, 401, "the session with the first password is over")
    server.sessions["n.neu"] = (answer.headers["set-cookie"].split(";")[0], answer.json()["csrf"])
    equal(ask("GET", "agreements/33148-2021", user="n.neu").status, 200, "and the account works")
    equal(server.login("n.neu", first).status, 401, "the first password is over")

    key = ask("POST", "access-keys", {"zweck": "Test", "tage": 1}, "n.neu").json()["schluessel"]
    changed = ask("PATCH", "accounts/n.neu", {"rolle": "gremium", "zustaendigkeit": "NW"})
    equal((changed.json()["rolle"], changed.json()["zustaendigkeit"], changed.json()["sitzungen"]), ("gremium", "NW", 1), "another role")
    equal(ask("GET", "session", user="n.neu").json()["rolle"], "gremium", "at once")
    equal(ask("PATCH", "accounts/n.neu", {"rolle": "chef"}).status, 422, "an unknown role")
    equal(ask("PATCH", "accounts/n.neu", {"gesperrt": "ja"}).status, 400, "not a yes or no")
    equal(ask("PATCH", "accounts/niemand", {"gesperrt": True}).status, 404, "nobody")
    equal(ask("DELETE", "accounts/n.neu/sessions").json()["sitzungen"], 0, "thrown out")
    equal(ask("DELETE", "accounts/niemand/sessions").status, 404, "nobody has sessions")
    equal(ask("GET", "session", user="n.neu").status, 401, "at once")
    equal(ask("PATCH", "accounts/n.neu", {"gesperrt": True}).json()["gesperrt"], True, "locked")
    equal(server.ask("GET", "/api/v1/overview", headers={"Authorization": f"Bearer {key}"}).status, 401, "with its keys")
    ask("PATCH", "accounts/n.neu", {"gesperrt": False})
    again = ask("POST", "accounts/n.neu/password", {})
    equal((again.status, server.login("n.neu", OWN).status), (200, 401), "a new first password: the own one is over")
    equal(ask("POST", "accounts/niemand/password", {}).status, 404, "nobody gets a password")
    equal(ask("POST", "accounts/n.neu/password", {"kennwort": "x"}).status, 400, "nobody chooses it")
    equal(server.ask("POST", "/api/v1/accounts/n.neu/password", "x=1", {"Content-Type": "application/x-www-form-urlencoded"}, "v.alle").status, 415, "no form")
    with sqlite3.connect(server.store) as store:
        store.execute("UPDATE account SET first_password_until = '2020-01-01T00:00:00Z' WHERE name = 'n.neu'")
    equal(server.login("n.neu", again.json()["kennwort"]).body, server.login("niemand", "falsch, aber lang").body, "a first password that is over reads like a wrong one")

    # Nobody changes the own account, so whoever changes accounts is still there afterwards.
    for change in ({"gesperrt": True}, {"rolle": "revision"}, {"zustaendigkeit": "NW"}):
        equal(ask("PATCH", "accounts/v.alle", change).code, "own_account", f"one's own account: {change}")
    server.zielwerk("user", "add", "v.zwei", "--person=V. Zwei", "--role=verwaltung", "--scope=alle", given=PASSWORD + "\n")
    equal(ask("PATCH", "accounts/v.alle", {"gesperrt": True}, "v.zwei").status, 200, "another administrator may")
    equal(ask("PATCH", "accounts/v.zwei", {"gesperrt": True}, "v.zwei").code, "own_account", "but the last one stays")
    equal(ask("PATCH", "accounts/n.neu", {"person": "X"}, "r.alle").status, 403, "the revision reads only")
    program = ask("POST", "access-keys", {"zweck": "Test", "tage": 1}, "v.zwei").json()["schluessel"]
    bearer = {**JSON, "Authorization": f"Bearer {program}"}
    for method, path, body in (("POST", "accounts", json.dumps(new)), ("PATCH", "accounts/n.neu", "{}"), ("POST", "accounts/n.neu/password", "{}"), ("DELETE", "accounts/n.neu/sessions", None), ("POST", "session/password", "{}")):
        equal(server.ask(method, f"/api/v1/{path}", body, bearer).code, "session_needed", f"a program: {method} {path}")

    record = [(one["wer"], one["was"], one["naeheres"]) for one in ask("GET", "audit", user="r.alle").json()["eintraege"] if one["woran"] == "n.neu"]
    equal([one[1] for one in record if one[1] != "anmeldung"],
          ["konto.anlegen", "konto.kennwort", "konto.aendern", "konto.abmelden", "konto.sperren", "konto.entsperren", "konto.erstkennwort"], "the record names every change")
    equal([one[0] for one in record if one[1] == "konto.kennwort"], ["n.neu"], "and who made it")
    for _ in range(5):
        ask("POST", "session/password", {"bisher": "falsch", "neu": OWN}, "v.zwei")
    equal(ask("POST", "session/password", {"bisher": PASSWORD, "neu": OWN}, "v.zwei").status, 429, "guessing the password of an open session waits, too")
    server.stop()
