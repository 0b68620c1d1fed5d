#!/usr/bin/env python3
"""The steering year on the command line, from planning a dialogue to what leaves the program: calendar files are read by another reader,
mails go to a server of the test (with TLS and a log-in, too), feeds through the schema of RFC 4287. Ends with `N passed, N failed`."""
import datetime
import email
import email.policy
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

import icalendar
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from checks import BINARY, ROOT, end, equal, expect

ATOM = "{http://www.w3.org/2005/Atom}"
USERS = {"mw": ("ministerium", "alle"), "ms": ("ministerium", "alle"), "anna": ("controlling", "33148,22116"), "bernd": ("leitung", "33148,22116"), "gremium": ("gremium", "22116")}


class Store:
    """Lippe with figures, Heidekreis without; people of both sides."""

    def __init__(self, figures=True):
        self.folder = tempfile.mkdtemp(prefix="zielwerk-year-")
        self.path = f"{self.folder}/test.db"
        self("init")
        for name in ("lippe_2021", "heidekreis_2020"):
            self("agreement", "import", f"{ROOT}/agreements/{name}.json")
        if figures:
            self("facts", "import", f"{ROOT}/demo/zahlen_erfunden_33148.csv")
        for name, (role, scope) in USERS.items():
            self("user", "add", name, f"--person={name.title()} Beispiel", f"--role={role}", f"--scope={scope}", given="ein Kennwort nur für Tests\n")

    def __call__(self, *words, given="", code=0, env=None):
        done = subprocess.run([BINARY, f"--store={self.path}", *words], input=given, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "400", "ZIELWERK_MAIL_PASSWORD": "", **(env or {})})
        equal(done.returncode, code, f"{' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def raw(self, *words):
        return subprocess.run([BINARY, f"--store={self.path}", *words], capture_output=True, check=True).stdout

    def act(self, who, agreement, kind, *fields, code=0, **options):
        return self("year", "act", agreement, kind, *fields, f"--as={who}", *(f"--{name}={value}" for name, value in options.items()), code=code)

    def rows(self, *words):
        return json.loads(self(*words, "--format=json"))


def dialogue_with_its_data(store):
    store.act("mw", "33148-2021", "dialog.planen", "datum=2021-10-12", "beginn=10:00", "ende=12:00", "art=regelmaessig", "ort=Detmold, Kreishaus; Raum 1",
              "teilnehmer=A. Beispiel <anna@example.org>, Landrat")
    expect("basis_without_data" in store.act("mw", "22116-2020", "dialog.planen", "datum=2020-07-01", "art=regelmaessig") + store.act("mw", "22116-2020", "dialog.stichtag", "zu=D1", "monat=2020-06", code=1), "a dialogue without data is told so")
    expect("data_state_missing" in store.act("mw", "33148-2021", "dialog.stichtag", "zu=D1", "monat=2021-06", "ladestand=2021-05", code=1), "a Ladestand that was never kept")
    expect("month_outside_term" in store.act("mw", "33148-2021", "dialog.stichtag", "zu=D1", "monat=2022-06", code=1), "a month outside the term")
    expect("field_unknown" in store.act("mw", "33148-2021", "dialog.stichtag", "zu=D1", "monat=2021-06", "regel=eigene", code=1), "nobody types the rules")
    expect("dialogue_without_basis" in store.act("mw", "33148-2021", "dialog.protokoll", "zu=D1", "text=Es wurde gesprochen", code=1), "no minutes without a basis")
    store.act("mw", "33148-2021", "dialog.stichtag", "zu=D1", "monat=2021-06", "ladestand=2021-06")
    basis = [row for row in store.rows("year", "dialogue", "33148-2021", "D1", "--as=anna") if row["teil"] == "Datenbasis"]
    equal([(row["woran"], row["inhalt"]) for row in basis], [("2021-06", "Ladestand 2021-06, Fassung 1, Regelstand 2026-11")], "the basis is frozen with version and rules")
    kept = [row for row in store.rows("evaluate", "33148-2021", "--month=2021-06", "--waiting=0")["ziele"] if row["status"] == "nicht_erreicht"]
    return [row["id"] for row in kept]


def comments(store, deviating):
    expect(len(deviating) > 0, "the demo has deviating targets")
    owed = store.rows("year", "owed", "33148-2021", "--as=mw")
    equal([row["gegenstand"] for row in owed], [f"{target}@2021-06" for target in deviating], "a comment for each deviating target, and for no other")
    expect(all(row["seite"] == "jobcenter" and row["fakten"].startswith("Juni 2021 (Ladestand Juni 2021): Ist ") for row in owed), "prefilled with the facts")
    inputs = 0
    for row in owed:
        fields = [f"ziel={row['gegenstand'].split('@')[0]}", "monat=2021-06"]
        written = ["ursache=Weniger offene Stellen", "massnahme=Gespräche mit Betrieben"]
        inputs += len(written)
        store.act("anna", "33148-2021", "kommentar", *fields, *written)
    equal(inputs, 2 * len(deviating), "human inputs for the dialogue")
    equal(store.rows("year", "owed", "33148-2021", "--as=mw"), [], "and nothing is owed any more")


def calendar(store):
    def read():
        raw = store.raw("year", "ical", "33148-2021", "D1", "--as=anna")
        lines = raw.split(b"\r\n")
        expect(all(len(line) <= 75 for line in lines) and b"\n" not in b"".join(lines), "lines of at most 75 octets, ended by CRLF")
        whole = icalendar.Calendar.from_ical(raw)
        return whole, whole.walk("VEVENT")[0]

    whole, first = read()
    equal(str(whole["method"]), "REQUEST", "an invitation")
    equal(first["dtstart"].dt.utcoffset().total_seconds(), 7200, "summer time of Berlin")
    equal(str(first["location"]), "Detmold, Kreishaus; Raum 1", "what is escaped comes back")
    equal(str(first["attendee"]), "mailto:anna@example.org", "those with an address are invited")
    expect("Datenbasis: Juni 2021" in str(first["description"]) and len(str(first["description"])) > 75, "the description says what it rests on")
    store.act("anna", "33148-2021", "dialog.verlegen", "zu=D1", "datum=2021-11-16", "beginn=14:00", "grund=Terminüberschneidung; Sitzung des Kreistags, Ausschuss")
    _, second = read()
    equal((second["uid"], second["sequence"]), (first["uid"], 1), "the same entry, moved")
    equal(second["dtstart"].dt.utcoffset().total_seconds(), 3600, "winter time of Berlin")
    store.act("anna", "33148-2021", "dialog.notiz", "zu=D1", "text=unter uns", own="true")
    equal(read()[1].to_ical(), second.to_ical(), "a note changes no invitation")
    store.act("mw", "33148-2021", "dialog.absagen", "zu=D1", "grund=Krankheit")
    whole, third = read()
    equal((str(whole["method"]), str(third["status"]), third["sequence"], third["uid"]), ("CANCEL", "CANCELLED", 2, first["uid"]), "withdrawn")
    expect("dialogue_cancelled" in store.act("mw", "33148-2021", "dialog.protokoll", "zu=D1", "text=x", code=1), "no minutes of a cancelled dialogue")
    store.act("mw", "33148-2021", "dialog.planen", "datum=2021-12-01", "art=regelmaessig")
    every = icalendar.Calendar.from_ical(store.raw("year", "ical", "33148-2021", "--as=anna"))
    equal((str(every["method"]), len(every.walk("VEVENT")), every.walk("VEVENT")[1]["dtstart"].dt.isoformat()), ("PUBLISH", 2, "2021-12-01"), "all of them; without a time the whole day")
    expect("dialogue_unknown" in store("year", "ical", "33148-2021", "D9", "--as=anna", code=1), "a dialogue that is not there")


def due(store):
    rows = store.rows("year", "due", "33148-2021", "--as=anna", "--today=2021-11-20")
    expect(any(row["aufgabe"] == "datenbasis" and row["gegenstand"] == "D2" and row["bis"] == "2021-12-01" for row in rows), f"the next dialogue lacks its basis: {rows}")
    expect(any(row["aufgabe"] == "dialog_planen" for row in rows), "of three dialogues two are missing")
    equal(store.rows("year", "due", "--as=gremium"), [], "who sits at no side has no duties")
    equal({row["vereinbarung"] for row in store.rows("year", "due", "--as=anna", "--today=2022-02-01") if row["aufgabe"] == "abrechnung"}, {"33148-2021", "22116-2020"}, "all agreements in reach")
    expect(any(row["aufgabe"] == "lieferung" for row in store.rows("year", "due", "22116-2020", "--as=mw")), "Heidekreis has no figures")
    expect("kein Tag" in store("year", "due", "--as=anna", "--today=morgen", code=2), "a day that is none")


def a_new_month_takes_no_question_back():
    """Figures until June, then those of July: the target that June missed and July meets is still to be commented on, and so it stays in the digest."""
    with open(f"{ROOT}/demo/zahlen_erfunden_33148.csv", encoding="utf-8") as file:
        head, *lines = file.read().splitlines(keepends=True)
    store = Store(figures=False)
    try:
        for last in ("2021-07", "2021-08"):
            with open(f"{store.folder}/{last}.csv", "w", encoding="utf-8") as out:
                out.writelines([head, *(line for line in lines if line.split(";")[2] <= last)])
        store("facts", "import", f"{store.folder}/2021-07.csv")
        asked = lambda: {row["gegenstand"] for row in store.rows("year", "owed", "33148-2021", "--as=mw")}
        before = asked()
        expect(len(before) > 0, "something is asked about")
        store("facts", "import", f"{store.folder}/2021-08.csv")
        after = asked()
        expect({one.split("@")[0] for one in before} <= {one.split("@")[0] for one in after}, f"no target drops out: {before}, then {after}")
        expect(len({one.split("@")[0] for one in after}) == len(after), f"each target is asked about once: {after}")
        for one in after:
            target, month = one.split("@")
            store.act("anna", "33148-2021", "kommentar", f"ziel={target}", f"monat={month}", "ursache=Test", "massnahme=Test")
        equal(asked(), set(), "commented on, nothing is left")
    finally:
        shutil.rmtree(store.folder)


def feed(store):
    text = store("year", "atom", "--as=anna", "--today=2021-11-20", "--origin=https://z.example")
    for case in (text, store("year", "atom", "--as=gremium")):
        checked = subprocess.run(["xmllint", "--noout", "--relaxng", f"{ROOT}/tests/year/atom.rng", "-"], input=case, capture_output=True, text=True, check=False)
        equal(checked.returncode, 0, f"the feed is one of RFC 4287: {checked.stderr}")
    root = xml.fromstring(text)
    equal(root.tag, f"{ATOM}feed", "an Atom feed")
    entries = root.findall(f"{ATOM}entry")
    for part in (root, *entries):
        for name in ("id", "title", "updated"):
            equal(len(part.findall(ATOM + name)), 1, f"every part has one {name} (RFC 4287)")
    ids = [one.find(f"{ATOM}id").text for one in entries]
    expect(len(ids) > 0 and len(set(ids)) == len(ids), "every entry has an id of its own")
    expect(all(one.startswith("urn:uuid:") for one in ids), "ids are URNs")
    equal([one.find(f"{ATOM}id").text for one in xml.fromstring(store("year", "atom", "--as=anna", "--today=2021-11-21")).findall(f"{ATOM}entry")], ids, "they stay")


class Inbox:
    def __init__(self):
        self.mails, self.refuses = [], False

    async def handle_DATA(self, _server, _session, envelope):
        if self.refuses:
            return "451 voll"
        self.mails.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default)))
        return "250 angenommen"


def digest(store):
    inbox = Inbox()
    server = Controller(inbox, hostname="127.0.0.1", port=free_port())
    config = f"{store.folder}/server.toml"
    with open(config, "w", encoding="utf-8") as file:
        file.write(f"store = '{store.path}'\norigin = 'https://z.example'\n[mail]\nserver = 'smtp://127.0.0.1:{server.port}'\nfrom = 'zielwerk@example.org'\ntls = false\n")
    run = lambda code=0, *more: store("year", "digest", f"--config={config}", "--today=2021-11-20", *more, code=code)
    expect("0 verschickt" in run(), "nobody has an address yet")
    expect("mail_invalid" in store("user", "mail", "anna", "anna@example.org\nBcc: x@example.org", code=1), "an address is no header")
    store("user", "mail", "anna", "anna@example.org")
    store("user", "mail", "gremium", "gremium@example.org")
    expect("mail_not_sent" in run(1), "the mail server is away")
    server.start()
    try:
        inbox.refuses = True
        expect("mail_not_sent" in run(1), "the mail server refuses")
        expect("An: anna@example.org" in run(0, "--dry-run"), "what would be sent")
        equal(len(inbox.mails), 0, "and nothing was")
        inbox.refuses = False
        expect("1 verschickt" in run(), "the next run sends")
        expect("0 verschickt" in run(), "and the one after has nothing new")
        equal(len(inbox.mails), 1, "one mail, to who sits at a side")
        to, mail = inbox.mails[0]
        equal((to, mail["to"], mail["from"]), (["anna@example.org"], "anna@example.org", "Zielwerk <zielwerk@example.org>"), "from and to")
        expect(mail["message-id"] and mail["date"] and mail["subject"].startswith("Zielwerk: "), "the heads of a mail")
        expect("Zielabrechnung 2020" in mail.get_body().get_content() and "überfällig" in mail.get_body().get_content(), f"what is due, with umlauts: {mail.get_body().get_content()}")
        store.act("mw", "33148-2021", "dialog.planen", "datum=2021-12-08", "art=regelmaessig")
        expect("1 verschickt" in run(), "a changed list is sent again")
    finally:
        server.stop()
    expect("Protokoll ist unversehrt" in store("audit", "verify"), "the chain")
    with open(config, "a", encoding="utf-8") as file:
        file.write("user = 'x'\n")
    with open(config, encoding="utf-8") as file:
        text = file.read().replace("127.0.0.1", "mail.example.org")
    with open(config, "w", encoding="utf-8") as file:
        file.write(text)
    expect("auf diesem Rechner" in store("year", "digest", f"--config={config}", code=1), "unencrypted mails stay on this machine")


PASSWORD = "Mailkennwort nur für Tests"


def certificate(folder, name, host):
    """A certificate that certifies itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    begin = datetime.datetime.utcnow() - datetime.timedelta(days=1)
    made = (x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key()).serial_number(x509.random_serial_number()).not_valid_before(begin)
            .not_valid_after(begin + datetime.timedelta(days=30)).add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), False).add_extension(x509.BasicConstraints(True, None), True).sign(key, hashes.SHA256()))
    with open(f"{folder}/{name}.pem", "wb") as out:
        out.write(made.public_bytes(serialization.Encoding.PEM))
    with open(f"{folder}/{name}.key", "wb") as out:
        out.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{folder}/{name}.pem", f"{folder}/{name}.key")
    return context


def digest_by_tls(store):
    """STARTTLS and TLS from the beginning, with a log-in; a certificate that is not known, or of another host, a wrong password, a server without
    TLS: nothing is sent, and the next run sends it."""
    good, foreign = certificate(store.folder, "good", "localhost"), certificate(store.folder, "foreign", "mail.example.org")
    authenticator = lambda _server, _session, _envelope, _mechanism, data: AuthResult(success=(data.login, data.password) == (b"zielwerk", PASSWORD.encode()), handled=False)
    login = {"authenticator": authenticator, "auth_required": True}
    days = iter(f"2021-12-{day:02}" for day in range(1, 28))

    def run(scheme, words, password=PASSWORD, trusted="good", **how):
        inbox = Inbox()
        server = Controller(inbox, hostname="127.0.0.1", port=free_port(), server_hostname="localhost", **how)
        server.start()
        try:
            config = f"{store.folder}/tls.toml"
            with open(config, "w", encoding="utf-8") as file:
                file.write(f"store = '{store.path}'\n[mail]\nserver = '{scheme}://localhost:{server.port}'\nfrom = 'zielwerk@example.org'\nuser = 'zielwerk'\n")
            said = store("year", "digest", f"--config={config}", f"--today={day}", code=0 if "1 verschickt" in words else 1, env={"ZIELWERK_MAIL_PASSWORD": password, "SSL_CERT_FILE": f"{store.folder}/{trusted}.pem"})
            expect(words in said, f"{scheme}, {words}: {said}")
            equal(len(inbox.mails), 1 if "1 verschickt" in words else 0, f"{scheme}, {words}: mails")
        finally:
            server.stop()

    for scheme, tls in (("smtp", lambda context: {"tls_context": context, "require_starttls": True}), ("smtps", lambda context: {"ssl_context": context, "auth_require_tls": False})):
        day = next(days)
        store.act("mw", "33148-2021", "dialog.planen", f"datum={day}", "art=anlass", "anlass=Test")  # something new to tell
        run(scheme, "Zertifikat des Mailservers gilt hier nicht", trusted="foreign", **tls(good), **login)
        run(scheme, "Zertifikat des Mailservers gilt hier nicht", trusted="foreign", **tls(foreign), **login)
        run(scheme, "lehnt die Anmeldung ab", password="falsch", **tls(good), **login)
        run(scheme, "1 verschickt", **tls(good), **login)
    day = next(days)
    store.act("mw", "33148-2021", "dialog.planen", f"datum={day}", "art=anlass", "anlass=Test")
    run("smtp", "bietet kein TLS an")


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


def main():
    store = Store()
    try:
        comments(store, dialogue_with_its_data(store))
        calendar(store)
        due(store)
        feed(store)
        digest(store)
        digest_by_tls(store)
        a_new_month_takes_no_question_back()
    finally:
        shutil.rmtree(store.folder)
    end()


main()
