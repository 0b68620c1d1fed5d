"""The figures that the server gives: the overview chosen and paged, unequal Ladestände, twelve months, comparisons, files, what a delivery
did, and that nothing old is given once the store has changed. Called by run.py."""
import csv
import io
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from fractions import Fraction
from xml.etree import ElementTree

from kit import ROOT, Server

STATUS_ORDER = ["nicht_erreicht", "nicht_bewertbar", "offen", "erreicht"]


def get(server, address, user="m.alle"):
    return server.ask("GET", f"/api/v1/{address}", user=user).json()


def overview(server, t):
    everything = get(server, "overview?month=06")
    t.equal(everything["gesamt"], sum(everything["zaehlung"].values()), "the counts are those of all rows")
    t.equal(len(everything["zeilen"]), min(100, everything["gesamt"]), "one page")
    printed = json.loads(server.zielwerk("evaluate", "--all", "--month=06", "--format=json", "--no-record", expect=1))
    by_cli = {(one["agreement"], row["id"]): (row["status"], row["ist"], row["abstand"]) for one in printed for row in one["ziele"] if row["id"].startswith("T")}
    t.equal({(row["agreement"], row["id"]): (row["status"], row["ist"], row["abstand"]) for row in everything["zeilen"]}, by_cli, "the command line says the same")
    for name, field, values in (("status", "status", everything["auswahl"]["status"]), ("land", "land", everything["auswahl"]["laender"]), ("form", "form", everything["auswahl"]["arten"])):
        parts = [get(server, f"overview?month=06&{name}={value}") for value in values]
        for value, part in zip(values, parts):
            t.expect(part["zeilen"] and all(row[field] == value for row in part["zeilen"]), f"only {name} {value}")
        t.equal(sum(part["gesamt"] for part in parts), everything["gesamt"], f"the parts by {name} are the whole")
    distances = [row["abstand"] for row in get(server, "overview?month=06&sort=abstand")["zeilen"] if row["abstand"] is not None]
    t.equal(distances, sorted(distances, key=Fraction), "sorted by distance as numbers")
    t.equal([row["status"] for row in get(server, "overview?month=06&sort=status")["zeilen"]], sorted((row["status"] for row in everything["zeilen"]), key=STATUS_ORDER.index), "the most urgent first")
    t.equal([row["name"] for row in get(server, "overview?month=06&sort=-name")["zeilen"]], [row["name"] for row in reversed(everything["zeilen"])], "downwards")
    t.equal(get(server, "overview?month=06&search=l%C3%BCPPE")["gesamt"], 0, "no such word")
    t.expect(all(row["name"] == "Düren" for row in get(server, "overview?month=06&search=duren")["zeilen"]), "umlauts are found by their vowels")
    t.equal(get(server, "overview?month=06&page=99")["zeilen"], [], "a page that does not exist is empty")
    for query, code in (("page=0", "page_invalid"), ("page=x", "page_invalid"), ("sort=x", "sort_invalid"), ("format=pdf", "format_invalid"), ("asOf=2021", "as_of_invalid")):
        t.equal(get(server, f"overview?{query}")["code"], code, query)
    # Everything of the demo came in one file: before it is the Ladestand before.
    for row in get(server, "overview?month=06&asOf=t-2")["zeilen"]:
        before = get(server, f"agreements/{row['agreement']}/evaluation?month={row['berichtsmonat']}&asOf=t-1")
        then = next(one for one in before["ziele"] if one["id"] == row["id"])
        if row["wartezeit"] != 2:  # the agreement reads this one in one Ladestand only
            t.equal(row["seit_lieferung"], None, f"{row['agreement']} {row['id']}: not known before")
            continue
        t.equal(row["seit_lieferung"]["status"], then["status"], f"{row['agreement']} {row['id']}: known before")
        if row["abstand"] is not None and then["abstand"] is not None:
            t.equal(Fraction(row["seit_lieferung"]["abstand"]), Fraction(row["abstand"]) - Fraction(then["abstand"]), f"{row['agreement']} {row['id']}: change since")
    t.expect(all(row["seit_lieferung"] is None for row in get(server, "overview?month=06&asOf=t-0")["zeilen"]), "at t-0 a month is new")


def unequal(server, t):
    address = "agreements/33148-2021/evaluation?month=2021-06"
    equal, twice = get(server, f"{address}&asOf=t-1"), get(server, f"{address}&asOf=t-1&asOfLastYear=t-1")
    t.equal(twice, equal, "the same Ladestand twice is an equal one")
    t.equal(equal["ungleiche_ladestaende"], False, "equal")
    other = get(server, f"{address}&asOf=t-0&asOfLastYear=t-3")
    t.equal((other["ungleiche_ladestaende"], other["ladestand"], other["ladestand_vorjahr"]), (True, "2021-06", "2020-09"), "unequal, and marked")
    level = lambda answer, name: [row[name] for row in answer["ziele"] if row["id"].startswith("T")]
    t.equal(level(other, "niveau"), level(get(server, f"{address}&asOf=t-0"), "niveau"), "this year as of t-0")
    t.equal(level(other, "niveau_vorjahr"), level(get(server, f"{address}&asOf=t-3"), "niveau_vorjahr"), "last year as of t-3")
    t.expect(all(any("Ungleiche Ladestände" in text for text in row["annahmen"]) for row in other["ziele"] if row["id"].startswith("T")), "every row says so")
    t.equal(get(server, f"{address}&asOf=t-0&asOfLastYear=2020-09"), other, "a Ladestand of the year before, by its name")
    t.equal(get(server, f"{address}&asOfLastYear=t-3")["code"], "as_of_alone", "not without asOf")
    # A verdict that was kept is not in the way, and none is kept.
    server.zielwerk("evaluate", "33148-2021", "--month=2021-06", "--waiting=0", "--targets-only")
    t.equal(level(get(server, f"{address}&asOf=t-0&asOfLastYear=t-3"), "ist"), level(other, "ist"), "kept verdicts are those of equal Ladestände")


def courses(server, t):
    course = get(server, "agreements/33148-2021/course?month=2021-06&asOf=t-1")
    t.equal(sorted(course["verlauf"]), sorted(row["id"] for row in course["bewertung"]["ziele"] if row["id"][0] in "TM"), "targets and monitoring")
    months = course["figuren"]["T1"]["monate"]
    t.equal([one["monat"] for one in months], [f"2020-{month:02}" for month in range(7, 13)] + [f"2021-{month:02}" for month in range(1, 7)], "twelve months")
    t.equal([one["vorlaeufig"] for one in months], [False] * 10 + [True] * 2, "t-0 to t-2 are provisional")
    rows = json.loads(server.zielwerk("indicator", "K2", "33148", "--month=2021-06", "--ladestand=2021-07", "--format=json"))
    shown = {(row.get("geschlecht"), row.get("art", row.get("form", ""))): row for row in rows}
    for sex, name in (("M", "maenner"), ("F", "frauen"), ("T", "wert")):
        values = {str(value) for key, row in shown.items() if key[0] == sex for value in row.values()}
        for found in (months[-1][name], course["figuren"]["T1"]["im_jahr"][name]):
            t.expect(found in values, f"{name} {found} of the command line: {sorted(values)}")
    t.expect(course["vereinbarung"]["dialoge"]["belege"], "what was agreed about dialogues, in its words")
    t.equal(get(server, "jobcenters/33148/early"), {"hinweis": None, "reihen": [], "ausblick": []}, "no own figures")


def comparisons(server, t):
    address = "figures/K2/comparison?month=2020-12"
    plain = get(server, address)
    with_value = [one["traeger"] for one in plain["werte"] if one["wert"] is not None]
    t.equal(len(with_value), plain["gereiht"], "ranks for those with a value")
    group = get(server, f"{address}&traeger={with_value[0]},{with_value[1]}&against=K3&course=true")
    t.equal([one["traeger"] for one in group["werte"]], with_value[:2], "a free group")
    third = {one["traeger"]: one["wert"] for one in get(server, "figures/K3/comparison?month=2020-12")["werte"]}
    for one in group["werte"]:
        t.equal(one["gegen"], third[one["traeger"]], "the second figure")
        t.equal(len(one["verlauf"]), 12, "a course of twelve months")
    t.equal(get(server, f"{address}&traeger=33148", "c.lippe")["werte"][0]["traeger"], "33148", "the own Jobcenter can be compared with itself")
    t.equal(get(server, f"{address}&traeger=22116", "c.lippe")["code"], "jobcenter_unknown", "not with others")
    t.equal(get(server, f"{address}&traeger=x")["code"], "jobcenter_unknown", "no number")


def columns_of(name, data, folder):
    """The cells of a workbook as somebody else reads them: LibreOffice if it is there, else the XML itself."""
    office = shutil.which("soffice")
    if office:
        with open(f"{folder}/{name}.xlsx", "wb") as file:
            file.write(data)
        subprocess.run([office, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false", "--outdir", folder, f"{folder}/{name}.xlsx"], check=False, capture_output=True, timeout=120)
        if os.path.exists(f"{folder}/{name}.csv"):  # an installation without Calc opens no workbook
            with open(f"{folder}/{name}.csv", encoding="utf-8") as file:
                return list(csv.reader(file, delimiter=";"))
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        shared = ["".join(one.itertext()) for one in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).findall("m:si", space)]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    column = lambda cell: ord(cell.get("r")[0]) - ord("A")
    rows = []
    for row in sheet.iter("{%s}row" % space["m"]):
        cells = {column(cell): (shared[int(cell.find("m:v", space).text)] if cell.get("t") == "s" else cell.find("m:v", space).text) for cell in row}
        rows.append([cells.get(index, "") for index in range(max(cells) + 1)])
    return rows


def files(server, t):
    folder = tempfile.mkdtemp(prefix="zielwerk-files-")
    for name, address, rows, number in (("uebersicht", "overview?month=06&status=nicht_erreicht", "zeilen", "Abstand"), ("vergleich", "figures/K2/comparison?month=2020-12&land=NI", "werte", "K2 in %")):
        shown = get(server, address)[rows]
        text = server.ask("GET", f"/api/v1/{address}&format=csv", user="m.alle")
        t.expect(text.headers["content-disposition"].endswith('.csv"') and text.headers["content-type"].startswith("text/csv"), f"{name}: a file")
        t.expect(text.body.startswith(b"\xef\xbb\xbf"), f"{name}: spreadsheets know it is UTF-8")
        table = list(csv.reader(io.StringIO(text.body.decode("utf-8-sig")), delimiter=";"))
        t.equal(len(table) - 1, len(shown), f"{name}: exactly what is seen")
        column = table[0].index(number)
        wanted = [one["abstand"] if rows == "zeilen" else one["wert"] for one in shown]
        t.equal([row[column] for row in table[1:]], [(value or "").replace(".", ",") for value in wanted], f"{name}: German decimals, missing is empty")
        book = server.ask("GET", f"/api/v1/{address}&format=xlsx", user="m.alle")
        read = columns_of(name, book.body, folder)
        t.equal(read[0], table[0], f"{name}: the same headings in the workbook")
        as_number = lambda text: Fraction(text.replace(",", ".")) if text else None
        t.equal([as_number(row[column] if column < len(row) else "") for row in read[1:len(table)]], [as_number(value or "") for value in wanted], f"{name}: numbers are numbers")
    shutil.rmtree(folder)


def completeness(server, t):
    board = get(server, "completeness?year=2021&land=NW")
    lippe = next(one for one in board["zeilen"] if one["traeger"] == "33148")
    t.equal(len(lippe["monate"]), 12, "twelve months")
    t.expect(all(letters[3] in "vk" for letters in lippe["monate"]), f"the demo has every month in t-3: {lippe['monate']}")
    t.expect(lippe["nach_vereinbarung"], "measured by the agreement of the year")
    others = [one for one in board["zeilen"] if one["traeger"] not in ("33148", "32702", "31118")]
    t.expect(others and all(one["reihen"] == 0 and set("".join(one["monate"])) == {"f"} for one in others), "who delivered nothing lacks everything")
    t.equal({one["traeger"] for one in get(server, "completeness?year=2021", "c.lippe")["zeilen"]}, {"33148"}, "the own Jobcenter only")
    t.equal(set("".join(get(server, "completeness?year=2024&land=NW")["zeilen"][0]["monate"][-1])), {"n"}, "what cannot be there yet is not missing")
    for query, code in (("", "year_invalid"), ("?year=x", "year_invalid"), ("?year=2021&page=0", "page_invalid"), ("?year=2021&form=x", "form_invalid")):
        t.equal(get(server, f"completeness{query}")["code"], code, query)


def deliveries(t):
    """What a delivery did, told afterwards, is what its dry run said before; and no answer outlives a change of the store."""
    server = Server(figures=False)
    lines = open(f"{ROOT}/demo/zahlen_erfunden_33148.csv", encoding="utf-8").read().splitlines()
    part = lambda until: ("\n".join([lines[0]] + [line for line in lines[1:] if line.split(";")[2] <= until]) + "\n").encode()
    send = lambda path, name, body: server.ask("POST", f"/api/v1/deliveries{path}?name={name}", body, {"Content-Type": "text/csv"}, "c.lippe").json()
    empty = server.ask("GET", "/api/v1/overview", user="c.lippe")
    send("", "mai.csv", part("2021-05"))
    first = server.ask("GET", "/api/v1/overview", user="c.lippe")
    t.expect(first.headers["etag"] != empty.headers["etag"], "a delivery on the pages is seen at once")
    before = send("/check", "juni.csv", part("2021-06"))
    send("", "juni.csv", part("2021-06"))
    after = get(server, "deliveries/2", "c.lippe")
    t.equal(after["urteile"], before["urteile"], "the dry run said what came")
    t.equal(after["neu"] + after["revidiert"] + after["korrigiert"], before["zaehlung"]["neu"], "all values counted")
    t.equal(after["revidiert"], before["zaehlung"]["revidiert"], "revisions")
    for flip in before["urteile"]:
        if flip["teile"]:
            t.equal(Fraction(flip["ganzes"]), sum(Fraction(one["veraenderung"]) for one in flip["teile"]), f"{flip['ziel']}: the sum of the parts")
    t.equal(get(server, "deliveries/3", "c.lippe")["code"], "delivery_unknown", "no such delivery")
    t.equal(get(server, "deliveries/x", "c.lippe")["code"], "delivery_unknown", "no number")
    known = get(server, "overview?month=06&asOf=t-0", "c.lippe")["zeilen"]
    t.expect(all(row["seit_lieferung"] is None for row in known), "June was new")
    may = get(server, "overview?month=05&asOf=t-1", "c.lippe")["zeilen"]
    then = {row["id"]: row for row in get(server, "overview?month=05&asOf=t-0", "c.lippe")["zeilen"]}
    for row in may:
        t.equal((row["seit_lieferung"]["ladestand"], row["seit_lieferung"]["status"]), ("2021-05", then[row["id"]]["status"]), f"{row['id']}: May before the delivery of June")
    with open(f"{server.folder}/rest.csv", "wb") as file:
        file.write(part("2099-12"))
    last = server.ask("GET", "/api/v1/overview", user="c.lippe")
    server.zielwerk("facts", "import", f"{server.folder}/rest.csv")
    t.expect(server.ask("GET", "/api/v1/overview", user="c.lippe").headers["etag"] != last.headers["etag"], "a delivery on the command line is seen at once")
    t.equal(server.ask("GET", "/api/v1/deliveries/1", user="m.alle").status, 200, "the ministry sees it, too")
    server.stop()


def early(t):
    """Own figures beside official ones, and the outlook, for the invented Jobcenter."""
    server = Server("[casework]\n98000 = 'bestand.zustand'", figures=False, folder_is_current=True)
    subprocess.run(["python3", f"{ROOT}/demo/musterkreis/erzeugen.py", server.folder], check=True, capture_output=True)
    server.zielwerk("casework", "compute", f"{server.folder}/personenmonate_erfunden.csv", "--from=2021-06", "--ladestand=2021-12", f"--state={server.folder}/bestand.zustand", f"--into={server.store}")
    own = get(server, "jobcenters/98000/early")
    t.expect(own["reihen"] and all(point["amtlich"] is None for one in own["reihen"] for point in one["punkte"]), "own figures, and no official ones")
    t.equal(len(own["ausblick"]), 12, "twelve months ahead")
    growing = json.loads(server.zielwerk("casework", "outlook", f"{server.folder}/bestand.zustand", "--months=12", "--format=json"))
    t.expect(growing, "the command line has an outlook, too")
    with open(f"{server.folder}/bestand.zustand", "wb") as file:
        file.write(b"kein Bestand")
    t.equal(server.ask("GET", "/api/v1/jobcenters/98000/early", user="m.alle").status, 422, "a damaged state file is said to be one")
    server.stop()


def run(server, t):
    for part in (overview, unequal, courses, comparisons, files, completeness):
        part(server, t)
    deliveries(t)
    early(t)
