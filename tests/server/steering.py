"""Steering files over HTTP: what one side writes in its own room shows nowhere else, to the byte; nobody overwrites anybody; annexes are files
and nothing but files. Called by run.py."""
import base64
import hashlib
import json
import sqlite3

from kit import ROOT, Server

FILE = "/api/v1/agreements/33148-2021/steering"
JSON = {"Content-Type": "application/json"}


def act(server, user, kind, own=False, files=(), replaces=None, **fields):
    body = {"art": kind, "eigen": own, "felder": fields}
    if files:
        body["dateien"] = [{"feld": field, "name": name, "inhalt": base64.b64encode(content).decode()} for field, name, content in files]
    if replaces is not None:
        body["ersetzt"] = replaces
    return server.ask("POST", FILE, json.dumps(body), JSON, user)


def everything(server, user, checksum):
    """What this person can find out without changing anything: pages, lists, errors, guesses."""
    asked = [server.ask("GET", address, user=user) for address in
             (FILE, "/api/v1/agreements", "/api/v1/agreements/33148-2021", "/api/v1/overview?month=06", "/api/v1/drafts", "/api/v1/steering", "/api/v1/duties", f"{FILE}/files/{checksum}",
              "/api/v1/agreements/33148-2022/steering", "/api/v1/agreements/33148-2021/steering/papers")]
    asked += [act(server, user, "dialog.notiz", True, zu="D9", text="x"), act(server, user, "massnahme.stand", zu="M1-jobcenter", stand="offen"), act(server, user, "kommentar", ziel="T1", monat="2021-06", ursache="x", massnahme="x", replaces=1),
              act(server, user, "abwaegung", ziel="T1", klauseln="C1", sachverhalte="S1-jobcenter", grund="x", urteil="keine_bewertung"), act(server, user, "zustimmung", vorgang="2"), act(server, user, "anlage", titel="x", art="daten", datei=checksum)]
    return [(one.status, {name: value for name, value in one.headers.items() if name != "date"}, one.body) for one in asked]


def rooms(server, t):
    secret = "Nur für uns: Wir geben bis 1,2 Prozent nach (erfunden).".encode()
    checksum = hashlib.sha256(secret).hexdigest()
    t.equal(act(server, "m.alle", "dialog.planen", datum="2021-06-15", art="regelmaessig").json()["zu"], "D1", "a dialogue")
    strangers = ("m.alle", "r.alle")
    before = {user: everything(server, user, checksum) for user in strangers}
    for done in (act(server, "c.lippe", "dialog.notiz", True, zu="D1", text="intern"), act(server, "c.lippe", "kommentar", True, ziel="T1", monat="2021-06", ursache="intern", massnahme="intern"),
                 act(server, "c.lippe", "anlage", True, (("datei", "geheim.txt", secret),), titel="intern", art="daten"), act(server, "l.lippe", "dialog.notiz", True, zu="D1", text="intern, zweite Person")):
        t.equal((done.status, done.json()["raum"]), (201, "eigen"), "kept in the own room")
    for user in strangers:
        for one, other in zip(before[user], everything(server, user, checksum)):
            t.equal(other, one, f"{user} gets the same bytes as before")
    t.equal(act(server, "m.alle", "dialog.punkt", zu="D1", titel="Stand der Ziele").json()["nr"], 2, "the shared room counts for itself")
    own = server.ask("GET", FILE, user="l.lippe").json()
    t.equal([one["felder"].get("text") for one in own["vorgaenge"] if one["art"] == "dialog.notiz"], ["intern", "intern, zweite Person"], "the own side reads both notes")
    # The same bytes from another side have that side's name: that they were there already is nobody's business.
    mine = act(server, "m.alle", "anlage", files=(("datei", "brief.txt", secret),), titel="Brief", art="sonstiges")
    t.equal((mine.json()["felder"]["datei"], mine.json()["anlagen"]), (checksum, {"datei": "brief.txt"}), "the name is that of the own act")
    got = server.ask("GET", f"{FILE}/files/{checksum}", user="r.alle")
    t.expect("brief.txt" in got.headers["content-disposition"] and "geheim" not in str(got.headers), "served under the name of the act that was seen")
    t.expect("geheim.txt" in server.ask("GET", f"{FILE}/files/{checksum}", user="c.lippe").headers["content-disposition"], "and to the other side under theirs")


def annexes(server, t):
    script = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    kept = act(server, "c.lippe", "anlage", files=(("datei", "../../etc/\"böse\";\r\n.svg", script),), titel="Bild", art="sonstiges").json()
    t.equal(kept["anlagen"]["datei"], "_böse____.svg", "the name leads nowhere")
    got = server.ask("GET", f"{FILE}/files/{kept['felder']['datei']}", user="m.alle")
    t.equal((got.status, got.headers["content-type"], got.headers["x-content-type-options"], got.headers["content-security-policy"]), (200, "text/plain", "nosniff", "default-src 'none'; sandbox"), "a file, not a page")
    t.expect(got.headers["content-disposition"].startswith("attachment;") and got.body == script, "as it came, to keep")
    pdf = act(server, "c.lippe", "anlage", files=(("datei", "plan.exe", b"%PDF-1.7 erfunden"),), titel="Planungsdokument", art="planungsdokument").json()
    t.equal(server.ask("GET", f"{FILE}/files/{pdf['felder']['datei']}", user="m.alle").headers["content-type"], "application/pdf", "the type is that of the content")
    # Somebody changes the bytes past the program: they are no longer handed out.
    with sqlite3.connect(server.store) as store:
        store.execute("DROP TRIGGER annex_is_never_changed")
        store.execute("UPDATE annex SET bytes = ? WHERE sha256 = ?", (b"%PDF-1.7 gef\xc3\xa4lscht", pdf["felder"]["datei"]))
    broken = server.ask("GET", f"{FILE}/files/{pdf['felder']['datei']}", user="m.alle")
    t.equal((broken.status, broken.code), (409, "file_changed"), "a changed annex is noticed")
    for name, content, code in (("leer.txt", b"", "upload_type_unknown"), ("programm.pdf", b"MZ\x90\x00", "upload_type_unknown"), ("archiv.zip", b"PK\x03\x04nichts", "upload_type_unknown")):
        t.equal(act(server, "c.lippe", "anlage", files=(("datei", name, content),), titel="x", art="daten").code, code, name)
    t.equal(act(server, "c.lippe", "dialog.planen", files=(("datei", "a.txt", b"a"),), datum="2021-06-15", art="regelmaessig").code, "field_unknown", "no field for a file")
    t.equal(act(server, "c.lippe", "anlage", titel="x", art="daten", datei="0" * 64).code, "field_invalid", "a checksum alone is no file")
    body = {"art": "anlage", "eigen": False, "felder": {"titel": "x", "art": "daten"}}
    t.equal(server.ask("POST", FILE, json.dumps({**body, "dateien": [{"feld": "datei", "name": "a", "inhalt": "kein Base64"}]}), JSON, "c.lippe").status, 400, "no Base64")
    t.equal(server.ask("POST", FILE, json.dumps({**body, "dateien": [{"feld": "datei", "name": "a", "inhalt": "A" * (2 << 20)}]}), JSON, "c.lippe").status, 413, "larger than the operator allows")


def conflicts(server, t):
    fields = {"ziel": "T2", "monat": "2021-06"}
    first = act(server, "c.lippe", "kommentar", ursache="Kurzarbeit (erfunden)", massnahme="Gespräche", **fields)
    second = act(server, "l.lippe", "kommentar", ursache="Personalwechsel (erfunden)", massnahme="Nachbesetzung", **fields)
    t.equal((first.status, second.status, second.code), (201, 412, "version_outdated"), "the second is told")
    t.equal(second.json()["inzwischen"]["felder"]["ursache"], "Kurzarbeit (erfunden)", "and sees what is there")
    third = act(server, "l.lippe", "kommentar", ursache="Personalwechsel (erfunden)", massnahme="Nachbesetzung", replaces=first.json()["nr"], **fields)
    t.equal(third.status, 201, "deliberately")
    kept = [one for one in server.ask("GET", FILE, user="m.alle").json()["vorgaenge"] if one["art"] == "kommentar"]
    t.equal([(one["felder"]["ursache"], one["neueste"]) for one in kept], [("Kurzarbeit (erfunden)", False), ("Personalwechsel (erfunden)", True)], "nothing is lost")
    t.equal(act(server, "c.lippe", "dialog.protokoll", zu="D1", text="Entwurf").code, "dialogue_without_basis", "first the data it rests on")
    t.equal(act(server, "m.alle", "dialog.stichtag", zu="D1", monat="2021-06").status, 201, "its basis")
    minutes = act(server, "c.lippe", "dialog.protokoll", zu="D1", text="Entwurf").json()["nr"]
    newer = act(server, "m.alle", "dialog.protokoll", zu="D1", text="Entwurf, ergänzt", replaces=minutes).json()["nr"]
    agreed = act(server, "l.lippe", "zustimmung", vorgang=str(minutes))
    t.equal((agreed.status, agreed.json()["inzwischen"]["nr"]), (412, newer), "nobody agrees to what was replaced")
    t.equal(act(server, "l.lippe", "zustimmung", vorgang=str(newer)).json()["zu"], "D1", "agreed to the newest")
    t.equal(act(server, "l.lippe", "zustimmung", vorgang=str(newer)).status, 409, "once is enough")
    t.equal(act(server, "m.alle", "zustimmung", vorgang=str(newer)).status, 409, "its writer is the first person already")
    t.equal(act(server, "k.alle", "dialog.notiz", True, zu="D1", text="x").code, "not_a_party", "the municipality is no party of this one")
    elsewhere = server.ask("POST", "/api/v1/agreements/31118-2023/steering", json.dumps({"art": "archivieren", "eigen": False, "felder": {}}), JSON, "c.lippe")
    t.equal((elsewhere.status, elsewhere.code), (404, "agreement_unknown"), "the agreement of another Jobcenter")


def offers(server, t):
    """A round is made of values; the rest comes from last year. What is tried in the own room is no round for others."""
    target = "/api/v1/agreements/33148-2022/steering"
    offer = lambda values, own=False, **more: server.ask("POST", f"{target}/offers", json.dumps({"werte": values, "gruende": {}, "eigen": own, **more}), JSON, "c.lippe")
    t.equal(offer({"T1": "viel"}).status, 422, "no number")
    t.equal(offer({"T1": "3.5"}, mehr=1).status, 400, "a member nobody knows")
    t.equal(server.ask("POST", "/api/v1/agreements/x/steering/offers", "{}", JSON, "c.lippe").status, 404, "no such agreement")
    t.equal(server.ask("GET", target, user="m.alle").json()["runden"], [], "not begun")
    t.equal(offer({"T1": "2.5", "T2": "1.5"}, own=True).json()["raum"], "eigen", "tried")
    t.equal(server.ask("GET", target, user="m.alle").json()["runden"], [], "and seen by nobody else")
    t.equal(offer({"T1": "3.5"}).json()["zu"], "R1", "the first round of all")
    seen = server.ask("GET", target, user="m.alle").json()
    t.equal(([one["zu"] for one in seen["runden"]], seen["stand"]["code"]), (["R1"], "angebot"), "the other side reads it")
    t.equal([(one["ziel"], one["wert"], one["vergleich"], one["einheit"], one["veraenderung"]) for one in seen["runden"][0]["werte"] if one["ziel"] == "T1"], [("T1", "3.5", ">=", "PERCENT", True)], "its values")
    due = {one["id"]: [duty["aufgabe"] for duty in one["faellig"]] for one in server.ask("GET", "/api/v1/duties", user="m.alle").json()["akten"]}
    t.equal(due["33148-2022"], ["angebot"], "the negotiation is among the files, and only the offer is due")
    changed = [one["nachher"] for one in server.ask("GET", f"{target}/differences?before=vorjahr&after=R1", user="m.alle").json()["unterschiede"] if one["feld"] == "Wert"]
    t.equal(changed, ["+ 3,5 Prozent"], "one value is another; what was tried in the own room stayed there")


def cascade(server, t):
    """The Land's own agreement, invented out of 000's text, against what its Jobcenter agreed."""
    with open(f"{ROOT}/agreements/lippe_2021.json", encoding="utf-8") as file:
        land = json.load(file)
    land["document"]["sha256"] = "cd" * 32
    land["agreement"]["kind"] = "BMAS_LAND"
    land["agreement"]["targets"] = [one for one in land["agreement"]["targets"] if one["id"] in ("T1", "T2")]
    with open(f"{server.folder}/land_erfunden.json", "w", encoding="utf-8") as file:
        json.dump(land, file)
    server.zielwerk("agreement", "import", f"{server.folder}/land_erfunden.json")
    lines = {one["ziel"]: one for one in server.ask("GET", "/api/v1/agreements/NW-2021/cascade", user="m.alle").json()["zeilen"]}
    t.equal((lines["T2"]["vereinbart"], lines["T2"]["einheit_wert"], lines["T2"]["veraenderung"], lines["T2"]["einheit"]), ("13.8", "PERCENT", True, "Integrationen"), "what the Land agreed, and the gap in persons")
    t.equal(server.ask("GET", "/api/v1/agreements/NW-2021/cascade", user="c.lippe").status, 404, "a Jobcenter does not see the Land's sum")


def run(t):
    server = Server("largest_upload_mib = 1")
    for part in (rooms, annexes, conflicts, offers, cascade):
        part(server, t)
    t.equal(server.stop(), 0, "stops")
