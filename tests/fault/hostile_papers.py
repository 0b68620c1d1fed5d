"""Papers that are no papers: huge, empty, broken, rubbish. A German error or a draft, within bounds of time and memory; nothing is stored."""
import json
import subprocess
import sys

from kit import BINARY, Answer, Place, check, environment, orderly, random_for, test

SECONDS, MEGABYTES = 10, 200  # CPU time: a busy machine is not the program's fault
MIB = 1 << 20
# A bare interpreter starts the program: a child's peak memory begins at its parent's, and this one is large.
STARTER = """
import os, sys, json
out, errors, *command = sys.argv[1:]
new = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
child = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, out, new, 0o644), (os.POSIX_SPAWN_OPEN, 2, errors, new, 0o644)])
_, status, used = os.wait4(child, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_maxrss / 1024, used.ru_utime + used.ru_stime]))
"""


def run(place, *args, path=None):
    limited = ["/bin/sh", "-c", 'ulimit -t 30; exec "$0" "$@"', BINARY]  # a hang ends, too
    done = subprocess.run([sys.executable, "-I", "-S", "-c", STARTER, place.path("out"), place.path("err"), *limited, f"--store={place.store}", *args], capture_output=True, check=True, env={**environment(), **({"PATH": path} if path else {})})
    said = [open(place.path(name), encoding="utf-8", errors="replace").read() for name in ("out", "err")]
    code, megabytes, seconds = json.loads(done.stdout)
    return Answer(args, code, *said, megabytes, seconds)


def read(place, name, content, *codes):
    """A draft (JSON) with code 0, or problems in German; the store is as before."""
    answer = run(place, "agreement", "read", place.write(name, content), "--format=json")
    check(answer.code != -9 and answer.code != -24, f"{name}: ended after 30 s of CPU time")
    orderly(answer, *codes)
    if answer.code == 0:
        check(json.loads(answer.out)["document"]["reading"]["open_points"] is not None, "a draft without open points")
    else:
        check(answer.problems() and answer.out == "", f"an error without a problem line, or with a result: {answer}")
    check(answer.seconds <= SECONDS, f"{name}: {answer.seconds:.1f} s: {answer.err[:200]}")
    check(answer.megabytes <= MEGABYTES, f"{name}: {answer.megabytes:.0f} MiB")
    place.unchanged()
    return answer


def refused(name, content, *words):
    answer = read(Place(), name, content, 1)
    for word in words:
        check(word in answer.err, f"does not say „{word}“: {answer}")


@test
def a_paper_of_one_line_of_fifty_megabytes_is_refused():
    refused("zeile.txt", b"Die Integrationsquote steigt um 3 Prozent " * (50 * MIB // 42))


@test
def an_empty_paper_and_one_of_blanks_are_refused():
    for content in (b"", b" \n\t\r\n" * 1000, b"\xef\xbb\xbf", "\u00a0\u2009\n".encode() * 500):
        refused("leer.txt", content)


@test
def nested_brackets_and_quotes_are_read_in_bounded_time():
    for name, piece in (("klammern", b"("), ("paare", b"()"), ("anfuehrung", "„".encode()), ("eckig", b"[[("), ("fett", b"**"), ("striche", b"- "), ("ueberschriften", b"# ")):
        size = 4 * MIB - 1024
        read(Place(), f"{name}.txt", (b"Zielvereinbarung 2019\n\n" + piece * (size // len(piece)))[:size], 0, 1)


@test
def a_million_digits_are_read_in_bounded_time():
    for name, piece in (("ziffern", b"1234567890"), ("gruppen", b"123."), ("kommas", b"1,"), ("blanks", b"1 000 "), ("zeilen", b"2,\n3 %\n"), ("ocr", b"lO"), ("saetze", "Das Ziel ist erreicht, wenn die Quote um 3 % steigt. ".encode())):
        read(Place(), f"{name}.txt", b"Zielvereinbarung 2019\n\n" + piece * (MIB // len(piece)), 0, 1)


@test
def a_table_of_two_megabytes_is_read_in_bounded_time():
    row = b"| Integrationsquote | 18,2 % | 18,9 % |\n"
    read(Place(), "tabelle.md", b"| Ziel | Ist 2018 | Zielwert 2019 |\n|--|--|--|\n" + row * (2 * MIB // len(row)), 0, 1)
    row = b"Integrationsquote               18,2 %        18,9 %\n"
    read(Place(), "blanks.txt", b"Kennzahl                      Ist 2018      Ziel 2019\n" + row * (2 * MIB // len(row)), 0, 1)


@test
def a_paper_of_broken_utf8_is_read_or_refused():
    chance = random_for("broken utf8 paper")
    text = "Zielvereinbarung 2019\n\nDas Ziel ist erreicht, wenn die Integrationsquote um 3 Prozent höher ist.\n".encode()
    for at in [chance.randrange(len(text)) for _ in range(8)]:
        read(Place(), "kaputt.txt", text[:at] + bytes([chance.randrange(0x80, 0x100)]) + text[at:], 0, 1)
    read(Place(), "kaputt.txt", text.replace("ö".encode(), b"\xc3"), 0, 1)


@test
def binary_rubbish_is_refused():
    chance = random_for("rubbish")
    for name in ("rubbish.txt", "rubbish.md", "rubbish.html", "rubbish.docx", "rubbish.pdf"):
        refused(name, chance.randbytes(300_000))
    refused("nullen.txt", bytes(100_000))


@test
def the_longest_ordinary_text_is_read_in_bounded_time():
    page = "Das Ziel ist erreicht, wenn die Integrationsquote gegenüber dem Vorjahr um mindestens 3 Prozent steigt. Die Entwicklung wird beobachtet.\n\n"
    read(Place(), "lang.txt", "Zielvereinbarung 2019\n\n1. Ziele\n\n" + page * (MIB // len(page)), 0, 1)
