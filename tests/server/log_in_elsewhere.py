#!/usr/bin/env python3
"""Log-in by OpenID Connect against a provider of our own: what must work, and everything that must not. Ends with `N passed, N failed`."""
import concurrent.futures
import socket
import tempfile
import types
import urllib.parse

from kit import Server, make_certificate
from checks import end, equal
from oidc_provider import CLIENT, SECRET, Key, Provider



def settings(provider):
    return f"""
[oidc]
issuer = "{provider.issuer}"
client_id = "{CLIENT}"
label = "Anmeldung Beispielland"
group = [
  {{ name = "zw-lippe", role = "controlling", scope = "33148" }},
  {{ name = "zw-borken", role = "controlling", scope = "32702" }},
  {{ name = "zw-revision", role = "revision", scope = "alle" }},
]
"""


class Browser:
    """Goes the way of a log-in; a test may interfere between its steps."""

    def __init__(self, server, provider):
        self.server, self.provider, self.cookies = server, provider, {}

    def go(self, address):
        answer = self.server.ask("GET", address, headers={"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {})
        for line in answer.cookies:
            name, value = line.split(";")[0].split("=", 1)
            if "Max-Age=0" in line:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer

    def away(self):
        answer = self.go("/api/v1/session/oidc")
        assert answer.status == 303, answer.body
        base, params = self.provider.authorize(answer.headers["location"])
        equal(base, f"http://localhost:{self.server.port}/api/v1/session/oidc/return", "where the provider sends the browser")
        return params

    def back(self, params):
        return self.go("/api/v1/session/oidc/return?" + urllib.parse.urlencode(params)).headers["location"]

    def log_in(self):
        return self.back(self.away())

    def session(self):
        return self.go("/api/v1/session")


def problem(code):
    return f"/anmelden?problem={code}"


def right(server, provider):
    ways = server.ask("GET", "/api/v1/session/ways").json()
    equal(ways, {"kennwort": True, "anmeldedienst": "Anmeldung Beispielland", "oeffentlich": False}, "what the log-in page may offer")
    provider.person = {"groups": ["anderes", "zw-lippe", "zw-borken"]}
    browser = Browser(server, provider)
    browser.cookies["zielwerk"] = "vorgegeben"
    equal(browser.log_in(), "/", "a log-in")
    session = browser.session().json()
    equal((session["rolle"], session["zustaendigkeit"], session["person"]), ("controlling", "33148,32702", "O. Beispiel"), "role and Zuständigkeit from groups")
    equal(browser.cookies["zielwerk"] != "vorgegeben" and "zielwerk-oidc" not in browser.cookies, True, "a new session; the cookie of the way is gone")
    equal(browser.go("/api/v1/agreements/33148-2021").status, 200, "an agreement of its Zuständigkeit")
    equal(browser.go("/api/v1/agreements/31118-2023").status, 404, "another one")
    equal(server.login(session["konto"], "").status, 401, "the account has no password")
    server.zielwerk("user", "add", "oidc-17", "--person=x", "--role=revision", "--scope=alle", given="ein Kennwort nur für Tests\n", expect=1)

    provider.person = {"groups": ["zw-revision"]}
    later = Browser(server, provider)
    equal(later.log_in(), "/", "another log-in, another group")
    equal((later.session().json()["rolle"], browser.session().json()["rolle"]), ("revision", "revision"), "felt by the older session at once")
    provider.person = {"groups": ["zw-revision", "zw-borken"]}
    equal(later.log_in(), "/", "two groups of two roles")
    equal((later.session().json()["rolle"], later.session().json()["zustaendigkeit"]), ("controlling", "32702"), "the first in the configuration decides, the other adds nothing")
    provider.person = {"groups": []}
    equal(Browser(server, provider).log_in(), problem("arrival_without_rights"), "no groups any more")
    equal((browser.session().status, later.session().status), (401, 401), "who lost all groups has no session any more")
    provider.person = {"groups": ["zw-lippe"]}
    equal(browser.log_in(), "/", "groups again")
    provider.person = {}
    equal(Browser(server, provider).log_in(), problem("oidc_groups_missing"), "absent groups are not no groups")
    equal(browser.session().json()["rolle"], "controlling", "and change nothing")
    for groups in ("zw-lippe", {"zw-lippe": True}, [1], None):
        provider.person = {"groups": groups}
        equal(Browser(server, provider).log_in(), problem("oidc_groups_missing"), f"groups {groups!r}")
    provider.person = {"sub": "fremd", "groups": ["unbekannt"]}
    equal(Browser(server, provider).log_in(), problem("arrival_without_rights"), "a stranger without a known group")
    equal(sum(one["konto"].startswith("oidc-") for one in server.ask("GET", "/api/v1/accounts", user="r.alle").json()["konten"]), 1, "leaves no account")
    provider.person = {"sub": "18", "groups": ["zw-lippe"], "name": "<img src=x onerror=alert(1)>\r\nSet-Cookie: a=b", "preferred_username": "m.alle"}
    sly = Browser(server, provider)
    equal(sly.log_in(), "/", "a name that is no name")
    equal((sly.session().json()["person"], sly.session().json()["rolle"]), ("m.alle", "controlling"), "no name of an account is taken over")
    account = sly.session().json()["konto"]
    for body in ('{"rolle": "revision"}', '{"zustaendigkeit": "alle", "gesperrt": true}', '{"person": "x"}'):
        equal(server.ask("PATCH", f"/api/v1/accounts/{account}", body, {"Content-Type": "application/json"}, "v.alle").code, "account_foreign", f"what comes from there is not changed here: {body}")
    equal(server.ask("POST", f"/api/v1/accounts/{account}/password", "{}", {"Content-Type": "application/json"}, "v.alle").code, "account_foreign", "nor gets it a password")
    server.zielwerk("user", "lock", account)
    equal(sly.session().status, 401, "locked on the console")
    equal(Browser(server, provider).log_in(), problem("account_locked"), "stays locked")


def wrong(server, provider):
    provider.person = {"groups": ["zw-lippe"]}
    mine = Browser(server, provider)
    params = mine.away()
    equal(Browser(server, provider).back(params), problem("oidc_state_wrong"), "another browser comes back (a log-in slipped to somebody)")
    equal(mine.back({**params, "state": "geraten"}), problem("oidc_state_wrong"), "another state")
    mine = Browser(server, provider)
    params = mine.away()
    used = dict(mine.cookies)
    equal(mine.back(params), "/", "once")
    equal(mine.back(params), problem("oidc_state_wrong"), "the same again: the cookie of the way is gone")
    mine.cookies = used
    equal(mine.back(params), problem("oidc_refused"), "a code twice, with the cookie")
    for change in ({"iss": "https://anderer.example"}, {"state": ""}):
        other = Browser(server, provider)
        equal(other.back({**other.away(), **change}), problem("oidc_state_wrong"), f"back with {change}")
    other = Browser(server, provider)
    equal(other.back({"error": "access_denied", "state": other.away()["state"]}), problem("oidc_refused"), "the person said no")
    other = Browser(server, provider)
    began, _, rest = (other.away(), other.cookies["zielwerk-oidc"].partition(".")[0], other.cookies["zielwerk-oidc"].partition(".")[2])
    other.cookies["zielwerk-oidc"] = f"1.{rest}"
    equal(other.back(began), problem("oidc_state_wrong"), "a cookie with another time")

    for what, change in {
        "another nonce": {"claims": {"nonce": "anders"}}, "no nonce": {"claims": {"nonce": None}},
        "another audience": {"claims": {"aud": "andere"}}, "no audience": {"claims": {"aud": None}}, "many audiences, not ours to use": {"claims": {"aud": [CLIENT, "andere"]}},
        "expired": {"claims": {"exp": 1}}, "no expiry": {"claims": {"exp": None}}, "issued tomorrow": {"claims": {"iat": 99999999999}}, "a text as time": {"claims": {"exp": "99999999999"}},
        "another issuer": {"claims": {"iss": "https://anderer.example"}}, "nobody": {"claims": {"sub": None}},
        "alg none": {"header": {"alg": "none"}}, "alg HS256": {"header": {"alg": "HS256"}}, "another alg": {"header": {"alg": "ES256"}}, "crit": {"header": {"crit": ["exp"]}},
        "another key": {"header": {"kid": "gibt es nicht"}}, "a broken signature": {"signature": lambda one: one[:-1] + bytes([one[-1] ^ 1])}, "no signature": {"signature": lambda one: b""},
    }.items():
        provider.wrong = change
        browser = Browser(server, provider)
        equal(browser.log_in(), problem("oidc_token_invalid"), what)
        equal(browser.session().status, 401, f"{what}: no session")
    for what, change in {"two audiences, ours to use": {"claims": {"aud": [CLIENT, "andere"], "azp": CLIENT}}, "no key named": {"header": {"kid": None}}}.items():
        provider.wrong = change
        equal(Browser(server, provider).log_in(), "/", what)
    provider.wrong = {}

    before = provider.keys_asked
    equal(Browser(server, provider).log_in(), "/", "a known key")
    equal(provider.keys_asked, before, "is not asked for again")
    for kind in ("RS256", "ES256"):
        provider.key = Key(kind)
        equal(Browser(server, provider).log_in(), "/", f"the provider has a new key ({kind})")
    for target in ("/api/v1/session/oidc?next=https://boese.example", "/api/v1/session/oidc?redirect_uri=https://boese.example"):
        equal(server.ask("GET", target).status, 400, "no way to name where to go")


def away(provider, folder):
    stranger = Server(settings(provider), figures=False, environment={"ZIELWERK_OIDC_SECRET": SECRET})
    equal(stranger.ask("GET", "/api/v1/session/oidc").headers["location"], problem("oidc_away"), "a certificate nobody vouches for")
    equal(stranger.ask("GET", "/health").status, 200, "and the server goes on")
    stranger.stop()
    provider.wrong = {"issuer": "https://anderer.example"}
    other = Server(settings(provider), figures=False, environment={"ZIELWERK_OIDC_SECRET": SECRET, "SSL_CERT_FILE": f"{folder}/cert.pem"})
    equal(other.ask("GET", "/api/v1/session/oidc").headers["location"], problem("oidc_away"), "a provider with another name")
    provider.server.shutdown()
    provider.server.server_close()
    equal(other.ask("GET", "/api/v1/session/oidc").headers["location"], problem("oidc_away"), "a provider that is gone")
    other.stop()


def hanging():
    """A provider that takes the question and never answers holds up those who log in there, and nobody else."""
    with socket.create_server(("127.0.0.1", 0)) as silent, concurrent.futures.ThreadPoolExecutor() as pool:
        server = Server(settings(types.SimpleNamespace(issuer=f"http://127.0.0.1:{silent.getsockname()[1]}")), figures=False)
        away = pool.submit(server.ask, "GET", "/api/v1/session/oidc")
        asked, _ = silent.accept()
        with asked:
            equal(asked.recv(4), b"GET ", "the provider is asked")
            equal(server.login("m.alle").status, 201, "a log-in with a password meanwhile")
            equal(server.ask("GET", "/api/v1/agreements", user="m.alle").status, 200, "and a reader")
            asked.setblocking(False)
            while (rest := still_open(asked)) != b"":
                if rest is None:
                    break
            equal(rest, None, "while the provider is still being asked")
        equal(away.result().headers["location"], problem("oidc_away"), "the provider is gone")
        equal(server.stop(), 0, "stops")


def still_open(connection):
    """None: open, and nothing more was said; empty: the other side gave up."""
    try:
        return connection.recv(65536)
    except BlockingIOError:
        return None


def main():
    hanging()
    with tempfile.TemporaryDirectory() as folder:
        make_certificate(folder)
        provider = Provider(f"{folder}/cert.pem", f"{folder}/key.pem")
        server = Server(settings(provider), environment={"ZIELWERK_OIDC_SECRET": SECRET, "SSL_CERT_FILE": f"{folder}/cert.pem"})
        right(server, provider)
        wrong(server, provider)
        log = open(server.log.name, encoding="utf-8").read()
        equal([one for one in (SECRET, "id_token", "zielwerk=", "code=") if one in log], [], "no secret in the log")
        equal([line for line in log.splitlines() if line.startswith("error")], [], "no error in the log")
        equal(server.stop(), 0, "stops")
        away(provider, folder)


if __name__ == "__main__":
    main()
    end()
