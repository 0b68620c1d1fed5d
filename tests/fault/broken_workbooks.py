"""Excel workbooks that are cut, damaged, no workbook, or far larger inside than outside."""
import io
import os
import zipfile

from kit import DEMO, HEADER, ROOT, Place, check, orderly, random_for, test

WORKBOOK = os.path.join(ROOT, "tests/data/workbooks/t33148_kennzahlen_erfunden.xlsx")
PROFILE = os.path.join(ROOT, "profiles/ba_kennzahlen.toml")


def original():
    with open(WORKBOOK, "rb") as file:
        return file.read()


def bare():
    """A store without figures: the workbook and the demo contradict each other."""
    place = Place(empty=True)
    orderly(place.run("init"), 0)
    return place


def unharmed(place):
    check(place.run("facts", "export").out == HEADER, "something was taken over")
    orderly(place.run("doctor"), 0)
    orderly(take(place, original()), 0)


def take(place, content, *args):
    return place.run("facts", "import", place.write("t33148.xlsx", content), f"--profile={PROFILE}", *args)


@test
def the_workbook_of_these_tests_is_sound():
    place = bare()
    orderly(take(place, original()), 0)
    check(len(place.run("facts", "export").out.splitlines()) > 10, "nothing was read")
    orderly(place.run("doctor"), 0)


@test
def a_workbook_cut_anywhere_is_refused():
    place, content, chance = bare(), original(), random_for("cut workbook")
    for at in [0, 1, 4, 100, len(content) - 1, len(content) - 22] + [chance.randrange(len(content)) for _ in range(14)]:
        answer = take(place, content[:at])
        orderly(answer, 1)
        check("t33148.xlsx" in answer.err, f"cut at {at}: {answer}")
    unharmed(place)


@test
def a_damaged_workbook_is_refused_or_read_but_never_crashes():
    place, content, chance = bare(), original(), random_for("damaged workbook")
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        orderly(take(place, bytes(damaged), "--check"), 0, 1)
    unharmed(place)


def with_part(name, content):
    """The workbook with one part replaced."""
    packed = io.BytesIO()
    with zipfile.ZipFile(WORKBOOK) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return packed.getvalue()


@test
def a_workbook_with_broken_parts_is_refused():
    place, chance = bare(), random_for("broken parts")
    with zipfile.ZipFile(WORKBOOK) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    for name, content in parts.items():
        for broken in (b"", b"\x00" * 50, content[:len(content) // 2], b"<a>" * 100_000, chance.randbytes(500), content.replace(b"<?xml", b"<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\">]><?xml", 1)):
            orderly(take(place, with_part(name, broken), "--check"), 0, 1)
    unharmed(place)


@test
def a_workbook_that_unpacks_to_gigabytes_is_refused_in_bounded_memory():
    place = bare()
    with zipfile.ZipFile(WORKBOOK) as book:
        sheet = max((part for part in book.infolist() if "worksheets/" in part.filename), key=lambda part: part.file_size).filename
    packed = io.BytesIO()
    with zipfile.ZipFile(WORKBOOK) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != sheet:
                new.writestr(part, old.read(part))
        with new.open(sheet, "w", force_zip64=True) as out:
            out.write(b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>')
            for _ in range(600):
                out.write(b"x" * (1 << 20))
    answer = take(place, packed.getvalue())
    orderly(answer, 1)
    check(answer.megabytes < 600 and answer.seconds < 30, f"{answer.megabytes:.0f} MB, {answer.seconds:.0f} s")
    unharmed(place)


@test
def what_is_no_workbook_or_no_profile_is_refused():
    place = Place()
    for content in (b"", b"Text", random_for("no workbook").randbytes(5000), open(DEMO, "rb").read()):
        orderly(take(place, content), 1)
    place.refuses("facts", "import", WORKBOOK, says="--profile")
    for content in (b"", b"[[blatt", b"x = 1\n", random_for("no profile").randbytes(2000), open(PROFILE, "rb").read()[:400]):
        place.refuses("facts", "import", WORKBOOK, f"--profile={place.write('profile.toml', content)}", says="profile.toml")
    place.refuses("facts", "import", WORKBOOK, f"--profile={place.path('none.toml')}", code=3, says="es gibt sie nicht")
    place.unchanged()
