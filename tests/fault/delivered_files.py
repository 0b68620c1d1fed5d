"""Files of figures that are broken, huge, or change under the reader's eyes."""
import os
import shutil
import threading

from kit import DEMO, HEADER, ROW, Place, check, large, orderly, random_for, rows_of, test

GIGABYTE = 1 << 30


@test
def a_csv_cut_in_the_middle_of_a_row_is_refused():
    place = Place()
    place.refuses("facts", "import", place.write("cut.csv", HEADER + ROW + ROW.replace("01", "02")[:20]), says="cut.csv, Zeile 3")


@test
def a_csv_cut_in_the_middle_of_the_last_number_is_not_taken_in_silence():
    # „…;LZA_ZU;T;;1234“ cut to „…;LZA_ZU;T;;12“ without a line end: a wrong number that looks like a right one.
    place = Place()
    answer = place.run("facts", "import", place.write("cut.csv", HEADER + ROW + ROW.replace("2021-01", "2021-02").replace("10\n", "12")))
    orderly(answer, 0, 1)
    check(answer.code == 1 or "cut.csv" in answer.err, f"the last line has no end, perhaps the file is cut, and nothing is said: {answer}")


@test
def an_empty_file_is_refused():
    place = Place()
    place.refuses("facts", "import", place.write("empty.csv", ""), says=["empty.csv", "leer"])
    place.refuses("facts", "import", place.write("blank.csv", "\n\n  \n"), says="blank.csv")
    place.refuses("facts", "import", place.write("bom.csv", b"\xef\xbb\xbf"), says="bom.csv")


@test
def a_header_alone_is_refused():
    place = Place()
    place.refuses("facts", "import", place.write("header.csv", HEADER), says="keine Werte")
    place.refuses("facts", "import", place.write("no_end.csv", HEADER.strip()), says="keine Werte")


@test
def random_bytes_are_refused():
    place, chance = Place(), random_for("random bytes")
    for size in (1, 10, 1000, 100_000, 3_000_000):
        place.refuses("facts", "import", place.write("random.csv", chance.randbytes(size)), says="random.csv")
    place.refuses("facts", "import", place.write("after_header.csv", HEADER.encode() + chance.randbytes(100_000)), says="after_header.csv, Zeile 2")


@test
def nul_bytes_are_refused():
    place = Place()
    for number, row in enumerate((ROW.replace("10", "1\x000"), ROW.replace("33148", "3314\x00"), ROW.replace("LZA_ZU", "LZA_ZU\x00"), ROW.replace("\n", "\x00\n"))):
        place.refuses("facts", "import", place.write(f"nul_{number}.csv", HEADER + ROW.replace("2021", "2020") + row), says=f"nul_{number}.csv, Zeile 3")


@test
def utf16_is_refused():
    place = Place()
    for name, coding in (("le.csv", "utf-16"), ("be.csv", "utf-16-be"), ("bare.csv", "utf-16-le")):
        place.refuses("facts", "import", place.write(name, (HEADER + ROW).encode(coding)), says=f"{name}, Zeile 1")


@test
def every_error_of_a_file_is_reported_at_once():
    place = Place()
    rows = ["33148;2021-01;2021-01;LZA_ZU;T;;10", "99999;2021-01;2021-01;LZA_ZU;T;;10", "33148;2021-13;2021-01;LZA_ZU;T;;10", "33148;2021-02;2021-00;LZA_ZU;T;;10",
            "33148;2021-02;2021-01;LZA_ZU;T;;10", "Lippe;21-2;Mai;NIX;W;ALLE;viel", "33148;2021-01;2021-01;LZA_ZU;T", "33148;2021-01;2021-01;LZA_ZU;T;;",
            "33148;2021-01;2021-01;LZA_ZU;T;;1234567890123456789", "33148;2021-01;2021-01;LZA_ZU;T;;1e5", "33148;2021-01;2021-01;LZA_ZU;T;;12;34"]
    answer = place.refuses("facts", "import", place.write("many.csv", HEADER + "\n".join(rows) + "\n"))
    expected = [("3, Spalte 1 (traeger)", "99999"), ("4, Spalte 2 (berichtsmonat)", "2021-13"), ("5, Spalte 3 (ladestand)", "2021-00"), ("6, Spalte 3 (ladestand)", "2021-01"),
                ("7, Spalte 1 (traeger)", "Lippe"), ("7, Spalte 2 (berichtsmonat)", "21-2"), ("7, Spalte 3 (ladestand)", "Mai"), ("7, Spalte 4 (messgroesse)", "NIX"),
                ("7, Spalte 5 (geschlecht)", "W"), ("7, Spalte 6 (gruppe)", "ALLE"), ("7, Spalte 7 (wert)", "viel"), ("8", "5 Felder"), ("9, Spalte 7 (wert)", "„“"),
                ("10, Spalte 7 (wert)", "1234567890123456789"), ("11, Spalte 7 (wert)", "1e5"), ("12", "8 Felder")]
    lines = answer.problems()
    check(len(lines) == len(expected), f"{len(lines)} problems instead of {len(expected)}: {answer.err}")
    for line, (where, found) in zip(lines, expected):
        check(line.startswith(f"many.csv, Zeile {where}: ") and found in line, f"{line} instead of Zeile {where} … {found}")
        check("erwartet" in line or "liegt vor" in line, f"does not say what was expected: {line}")


@test
def errors_of_rows_and_contradictions_within_the_file_are_reported_together():
    place = Place()
    text = HEADER + ROW + ROW.replace("10", "11") + ROW.replace("33148", "99999")
    answer = place.refuses("facts", "import", place.write("both.csv", text), says=["99999", "both.csv, Zeile 4"])
    check("both.csv, Zeile 3" in answer.err, f"the two values for one key (lines 2 and 3) are only reported once the other errors are gone: {answer}")


@test
def every_error_of_a_header_is_reported_at_once():
    place = Place()
    answer = place.refuses("facts", "import", place.write("head.csv", "traeger;traeger;monat;ladestand;messgroesse;geschlecht;gruppe\n" + ROW))
    for words in ("traeger“ zweimal", "„monat“", "fehlt die Spalte berichtsmonat", "fehlt die Spalte wert"):
        check(words in answer.err, f"does not say „{words}“: {answer}")


@test
def the_list_of_errors_is_bounded():
    place = Place()
    answer = place.refuses("facts", "import", place.write("wrong.csv", HEADER + "falsch;falsch\n" * 50_000))
    check(len(answer.problems()) <= 10_001 and "und 40000 weitere" in answer.err.replace(".", ""), f"{len(answer.problems())} lines, last: {answer.problems()[-1]}")


@test
def a_duplicate_delivery_changes_nothing():
    place = Place()
    for name in ("again.csv", "other_name.csv"):
        shutil.copy(DEMO, place.path(name))
        answer = place.run("facts", "import", place.path(name))
        orderly(answer, 0)
        check("schon als Lieferung 1 bekannt" in answer.out, answer)
        place.unchanged()


@test
def a_conflicting_value_is_refused_with_every_conflict():
    place = Place()
    lines = open(DEMO, encoding="utf-8").read().splitlines()
    changed = [line.rsplit(";", 1)[0] + ";7777777" if number in (1, 500, 3000) else line for number, line in enumerate(lines)]
    answer = place.refuses("facts", "import", place.write("conflict.csv", "\n".join(changed) + "\n"), says=["conflict.csv, Zeile 2", "conflict.csv, Zeile 501", "conflict.csv, Zeile 3001"])
    check(len(answer.problems()) == 3 and answer.err.count("[fact_conflict]") == 3, answer)
    answer = place.refuses("facts", "import", place.write("itself.csv", HEADER + ROW + ROW.replace("10\n", "11\n")), says=["itself.csv, Zeile 3", "zwei Werte"])


@test
def an_unknown_jobcenter_a_month_13_and_a_ladestand_before_its_month_are_refused():
    place = Place()
    for row, where, found in ((ROW.replace("33148", "33149"), "Spalte 1 (traeger)", "„33149“"), (ROW.replace("33148", "3314"), "Spalte 1 (traeger)", "„3314“"),
                              (ROW.replace("2021-01;2", "2021-13;2"), "Spalte 2 (berichtsmonat)", "„2021-13“"), (ROW.replace(";2021-01;L", ";2021-13;L"), "Spalte 3 (ladestand)", "„2021-13“"),
                              (ROW.replace(";2021-01;L", ";2020-12;L"), "Spalte 3 (ladestand)", "2020-12 liegt vor dem Berichtsmonat 2021-01")):
        place.refuses("facts", "import", place.write("one.csv", HEADER + ROW.replace("2021", "2019") + row), says=["one.csv, Zeile 3, " + where, found])


@test
def any_damaged_byte_is_refused_or_read_but_never_crashes():
    place, chance = Place(), random_for("damaged bytes")
    original = (HEADER + "".join(ROW.replace("2021-01;2021-01", f"{year}-{month:02}-{year}-{month:02}".replace(f"-{year}", f";{year}")) for year in range(2000, 2010) for month in range(1, 13))).encode()
    for _ in range(60):
        damaged = bytearray(original)
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(damaged))
            if chance.random() < 0.3:
                del damaged[at:at + chance.randint(1, 40)]
            else:
                damaged[at] = chance.choice(b"\x00\n\r;,.\"-*x \xff\xc3" + bytes([chance.randrange(256)]))
        orderly(place.run("facts", "import", place.write("damaged.csv", bytes(damaged)), "--check"), 0, 1)
    place.unchanged()


def fed(place, pieces, *args):
    """Imports from a pipe that is fed with the pieces: nothing has to lie on the disk."""
    pipe = place.path("pipe.csv")
    os.mkfifo(pipe)

    def feed():
        try:
            with open(pipe, "wb", buffering=0) as out:
                for piece in pieces:
                    out.write(piece)
        except BrokenPipeError:  # the reader had seen enough
            pass
    feeder = threading.Thread(target=feed)
    feeder.start()
    try:
        return place.run("facts", "import", pipe, *args)
    finally:
        if feeder.is_alive():
            try:  # a reader that never came must not leave the feeder waiting
                os.close(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK))
            except OSError:
                pass
        feeder.join()
        os.unlink(pipe)


def in_bounds(answer):
    check(answer.seconds < 60, f"took {answer.seconds:.0f} s")
    check(answer.megabytes < 600, f"took {answer.megabytes:.0f} MB of memory")


@test
def a_gigabyte_of_nothing_is_refused_in_bounded_time_and_memory():
    place = Place()
    for name, head in (("sparse.csv", b""), ("sparse_after_header.csv", HEADER.encode() + ROW.encode())):
        with open(place.path(name), "wb") as file:
            file.write(head)
            file.truncate(GIGABYTE)
        in_bounds(place.refuses("facts", "import", place.path(name), says=name))


@test
def a_single_line_of_a_gigabyte_is_refused_in_bounded_memory():
    place = Place()
    for head in (b"", HEADER.encode()):
        answer = fed(place, [head] + [b"1" * (1 << 20)] * 1024)
        orderly(answer, 1)
        in_bounds(answer)
        check(f"pipe.csv, Zeile {1 if not head else 2}" in answer.err, answer)
    place.unchanged()


@test
def a_gigabyte_of_wrong_lines_is_refused_in_bounded_memory():
    place = Place()
    answer = fed(place, [HEADER.encode()] + [ROW.replace("33148", "99999").encode() * 29_960] * 1024)
    orderly(answer, 1)
    in_bounds(answer)
    check("weitere" in answer.err, answer)
    place.unchanged()


@test
def a_pipe_is_read_like_a_file():
    place = Place()
    answer = fed(place, [HEADER.encode(), ROW[:9].encode(), ROW[9:].encode()])
    orderly(answer, 0)
    check("pipe.csv" in answer.out, answer)
    place.sound()


def caught_while_reading(place, path, act):
    """Starts an import, stops it inside the file, lets something happen to the file, lets it go on."""
    for _ in range(20):
        process = place.start("facts", "import", path)
        if process.stop_inside(path):
            act()
            process.go_on()
            return process.finish()
        process.go_on()
        process.finish()
        place = Place()
    raise AssertionError("the import was never caught while reading")


def copy_of_large(place):
    return shutil.copy2(large(1_200_000), place.path("large.csv"))


@test
def a_file_deleted_while_it_is_read_is_taken_whole_or_not_at_all():
    place = Place()
    path = copy_of_large(place)
    answer = caught_while_reading(place, path, lambda: os.unlink(path))
    orderly(answer, 0, 1)
    if answer.code == 1:
        place.unchanged()
        return
    deliveries = rows_of(place.run("facts", "deliveries", "--format=csv").out)
    check(deliveries[-1]["werte"] == "1200000", f"taken in part: {deliveries}")
    place.sound()


def changed_while_reading(act):
    place = Place()
    path = copy_of_large(place)
    answer = caught_while_reading(place, path, lambda: act(path))
    orderly(answer, 1)
    check("large.csv" in answer.err and "verändert" in answer.err, answer)
    place.unchanged()


@test
def a_file_truncated_while_it_is_read_is_refused():
    changed_while_reading(lambda path: os.truncate(path, os.path.getsize(path) // 3 * 2 // 40 * 40))


@test
def a_file_that_grows_while_it_is_read_is_refused():
    def grow(path):
        with open(path, "a", encoding="utf-8") as file:
            file.write(ROW)
    changed_while_reading(grow)


@test
def a_file_that_is_overwritten_while_it_is_read_is_refused():
    def overwrite(path):
        with open(path, "r+b") as file:
            file.seek(os.path.getsize(path) - 3)
            file.write(b"9")
    changed_while_reading(overwrite)


@test
def what_is_no_file_is_an_error_of_the_environment():
    place = Place()
    place.refuses("facts", "import", place.folder, code=3, says="Verzeichnis")
    place.refuses("facts", "import", place.path("none.csv"), code=3, says="es gibt sie nicht")
    place.refuses("facts", "import", place.path("x" * 300), code=3)
    place.refuses("agreement", "import", place.path("none.json"), code=3, says="es gibt sie nicht")
    place.refuses("declare", "import", place.path("none.toml"), code=3, says="es gibt sie nicht")
    place.refuses("vergleichstyp", "import", place.path("none.csv"), code=3, says="es gibt sie nicht")
