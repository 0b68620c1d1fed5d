#!/usr/bin/env python3
"""Writes tests/data/workbooks/*.xlsx: workbooks as the BA lays them out, with INVENTED figures, made by LibreOffice.

usage: make_workbooks.py       needs soffice (Debian: libreoffice-calc); the tables are written as Flat ODS and converted

A cell is None (not written), a str, an int or float, a Date, or a Merged. No figure here was ever counted.
"""
import subprocess
import sys
import tempfile
from collections import namedtuple
from pathlib import Path
from xml.sax.saxutils import escape

TARGET = Path(__file__).resolve().parent.parent / "tests" / "data" / "workbooks"
MARK = "ERFUNDENE ZAHLEN, nur zum Testen"

Date = namedtuple("Date", "iso")
Formula = namedtuple("Formula", "formula")
Merged = namedtuple("Merged", "content columns rows", defaults=(1,))

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:date-style style:name="N1"><number:month number:textual="true"/><number:text> </number:text><number:year number:style="long"/></number:date-style>
<style:style style:name="date" style:family="table-cell" style:data-style-name="N1"/>
</office:automatic-styles><office:body><office:spreadsheet>"""
TAIL = "</office:spreadsheet></office:body></office:document>"


def spaced(text):
    """Flat ODS collapses blanks; leading ones must be written as <text:s/>."""
    blanks = len(text) - len(text.lstrip(" "))
    return (f'<text:s text:c="{blanks}"/>' if blanks else "") + escape(text[blanks:])


def cell(content, span=""):
    if content is None:
        return f"<table:table-cell{span}/>"
    if isinstance(content, Merged):
        inner = cell(content.content, f' table:number-columns-spanned="{content.columns}" table:number-rows-spanned="{content.rows}"')
        return inner + "<table:covered-table-cell/>" * (content.columns - 1)
    if isinstance(content, Date):
        return f'<table:table-cell{span} table:style-name="date" office:value-type="date" office:date-value="{content.iso}"/>'
    if isinstance(content, Formula):
        return f'<table:table-cell{span} table:formula="of:={escape(content.formula)}"/>'
    if isinstance(content, str):
        return f'<table:table-cell{span} office:value-type="string"><text:p>{spaced(content)}</text:p></table:table-cell>'
    return f'<table:table-cell{span} office:value-type="float" office:value="{content}"/>'


def table(name, rows):
    body = "".join(f"<table:table-row>{''.join(map(cell, row)) or '<table:table-cell/>'}</table:table-row>\n" for row in rows)
    return f'<table:table table:name="{escape(name)}">\n{body}</table:table>'


def write(name, sheets):
    with tempfile.TemporaryDirectory() as folder:
        flat = Path(folder) / f"{name}.fods"
        flat.write_text(HEAD + "".join(table(*sheet) for sheet in sheets) + TAIL, encoding="utf-8")
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xlsx", "--outdir", str(TARGET), str(flat)],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    made = TARGET / f"{name}.xlsx"
    print(f"{made.name}: {made.stat().st_size} Byte")


def key_figures(month, state, waiting, change=None):
    """One Jobcenter, one month: headers on three levels, headings without numbers, repeated labels, footnote marks, value marks."""
    rows = [
        [f"Kennzahlen nach § 48a SGB II – {MARK}"],
        ["Jobcenter Lippe (Träger 33148)"],
        [f"Berichtsmonat {month} (Datenstand: {state})"],
        [f"Wartezeit: {waiting} Monate"],
        [], [], [], [],
        [Merged("Merkmal", 1, 3), Merged("Personen 1)", 3), Merged("darunter", 2), "Veränderung"],
        [None, Merged("Insgesamt", 1, 2), Merged("nach Geschlecht 2) 4)", 2), Merged("Alleinerziehende", 1, 2), Merged("unter 25 Jahren³", 1, 2), Merged("in %", 1, 2)],
        [None, None, "Männer", "Frauen"],
        ["Bestand 1)"],
        ["  erwerbsfähige Leistungsberechtigte", 20249.5, 10023.25, "10.226,25", 2594, 3871, 1.2],
        ["    Langzeitleistungsbeziehende 2) 4)", 13700, 6384, 7316, " * ", "x", -0.3],
        ["Bewegungen"],
        ["  Integrationen", 396, Formula("200+41"), 155, 42, 88, None],
        ["    Langzeitleistungsbeziehende 3)", 176, 99, 77, "-", ".", None],
        ["  Zugänge", 1021, 560, 461, None, "–", None],
        ["Leistungen in Euro"],
        ["  zum Lebensunterhalt", 30650123.45, None, None, None, None, None],
        ["  für Unterkunft und Heizung", "27.900.456,78", None, None, None, None, None],
        [],
        ["1) hochgerechnete Werte; 2) und 4) ohne Aufstocker; © Statistik der BA nachgeahmt"],
    ]
    for (row, column), content in (change or {}).items():
        rows[row - 1][column] = content
    return [("Deckblatt", [[MARK], ["Inhalt: Kennzahlen"]]), ("Kennzahlen", rows)]


def months_across(group):
    months = [Date(f"2020-{month:02}-01") for month in range(1, 13)]
    states = [Date(f"2020-{month + 3:02}-01") if month < 10 else Date(f"2021-{month - 9:02}-01") for month in range(1, 13)]
    return (f"Bestand {group}", [
        [f"Bestand nach Monaten – {MARK}"],
        ["Zeitreihe", None, "04704 Mansfeld-Südharz"],
        [], [], [], [], [], [], [], [], [], [], [], [],
        ["Gruppe", "Merkmal", *months, "Mittelwert"],
        [None, "Datenstand", *states, None],
        ["Bestand", "insgesamt", *(7331 - 10 * i + (0.5 if i % 2 else 0) for i in range(12)), 7276.5],
        [None, "Männer", *(3700 - 5 * i for i in range(12)), None],
        [None, "Frauen", *(3631 - 5 * i for i in range(12)), None],
        ["Zugang", "insgesamt", *(310 + i for i in range(12)), None],
        [None, "Männer", *(150 + i for i in range(11)), "*", None],
        [None, "Frauen", *(160 for i in range(12)), None],
    ])


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    write("t33148_kennzahlen_erfunden", key_figures("Juni 2021", "September 2021", 3))
    write("t33148_fehler_erfunden", key_figures("Juni 2021", "Mai 2021", 3, {
        (2, 0): "Jobcenter Nirgendwo (Träger 99999)", (13, 1): "viele", (14, 2): "1.5", (16, 1): "  Integrationen",
        (16, 0): "  Integrazionen", (18, 1): 0.1234567890123}))
    write("bestand_monate_erfunden", [months_across("ELB"), months_across("LZB")])


if __name__ == "__main__":
    sys.exit(main())
