"""The store is something else than a store."""
import os
import shutil
import sqlite3
import stat

from kit import DEMO, LIPPE, Place, Process, as_nobody, check, need_root, orderly, random_for, template, test

EVERY_COMMAND = (["agreement", "list"], ["agreement", "show", "33148-2021"], ["agreement", "export", "33148-2021"], ["agreement", "check", "33148-2021"], ["agreement", "import", LIPPE],
                 ["facts", "import", DEMO], ["facts", "export"], ["facts", "show", "33148"], ["facts", "ladestaende", "33148"], ["facts", "deliveries"], ["evaluate", "33148-2021"],
                 ["evaluate", "--all", "--no-record", "--month=6"], ["explain", "33148-2021", "T1"], ["indicator", "K2", "33148", "--month=2021-06"],
                 ["revisions", "INT", "33148", "--month=2021-06"], ["peers", "K2", "--month=2021-06", "--land=NW"], ["doctor"], ["declare", "list"], ["vergleichstyp", "list"])


def refused_by_every_command(store, says, commands=EVERY_COMMAND, **options):
    for args in commands:
        answer = Process(store, args, **options).finish()
        orderly(answer, 3)
        check(says in answer.err and str(store) in answer.err, f"does not say „{says}“ and which store: {answer}")
        check(answer.out == "", f"prints something: {answer}")


def bytes_of(path):
    with open(path, "rb") as file:
        return file.read()


@test
def a_directory_is_no_store():
    place = Place(empty=True)
    os.mkdir(place.store)
    refused_by_every_command(place.store, "Speicher", [*EVERY_COMMAND, ["init"]])
    check(os.listdir(place.store) == [], "wrote into the directory")


@test
def a_store_that_is_not_there_is_not_made_by_accident():
    place = Place(empty=True)
    refused_by_every_command(place.store, "init")
    check(os.listdir(place.folder) == [], f"made {os.listdir(place.folder)}")
    refused_by_every_command(place.path("none/store.db"), "Speicher", [["doctor"], ["init"]])
    refused_by_every_command(place.path("x" * 300), "Speicher", [["doctor"], ["init"]])


@test
def a_text_file_is_no_store_and_stays_as_it_is():
    place = Place(empty=True)
    for content in (b"Das ist kein Speicher.\n" * 200, b"Das ist kein Speicher.\n", b"Notiz " * 80, os.urandom(5000), b"SQLite format 3\0" + b"\0" * 84):
        for args in (["doctor"], ["init"], ["agreement", "import", LIPPE], ["facts", "export"]):
            place.write("store.db", content)
            answer = place.run(*args)
            check(bytes_of(place.store) == content, f"a file of {len(content)} bytes that begins with {content[:8]} is overwritten: {answer}")
            orderly(answer, 3)
            check(os.listdir(place.folder) == ["store.db"], f"made {os.listdir(place.folder)}")


@test
def a_database_of_another_program_is_no_store_and_stays_as_it_is():
    place = Place(empty=True)
    other = sqlite3.connect(place.store)
    other.execute("CREATE TABLE buchungen(betrag)")
    other.commit()
    other.close()
    before = bytes_of(place.store)
    refused_by_every_command(place.store, "kein Zielwerk-Speicher", [*EVERY_COMMAND, ["init"]])
    check(bytes_of(place.store) == before and os.listdir(place.folder) == ["store.db"], "changed")


@test
def a_store_of_a_newer_schema_is_refused_and_stays_as_it_is():
    place = Place()
    newer = sqlite3.connect(place.store)
    newer.execute("PRAGMA user_version = 99")
    newer.commit()
    newer.close()
    before = bytes_of(place.store)
    refused_by_every_command(place.store, "neueren Zielwerk-Version (Schema 99", [*EVERY_COMMAND, ["init"]])
    check(bytes_of(place.store) == before, "changed")


@test
def a_store_without_a_file_is_no_store():
    # SQLite makes a database in memory of these: whatever is imported would be gone at the end, with exit code 0.
    folder = Place(empty=True).folder
    for name in (":memory:", "", "file::memory:"):
        answer = Process(name, ["init"], cwd=folder).finish()
        made = [one for one in os.listdir(folder) if not one.endswith(("-wal", "-shm"))]
        check(answer.code in (2, 3) or name in made, f"--store={name!r} init says it made a store, but there is none: {answer}")


@test
def a_read_only_store_is_not_written():
    need_root()
    for directory in (0o555, 0o777):
        place = Place()
        os.chmod(place.store, stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        os.chmod(place.folder, directory)
        before = bytes_of(place.store)
        for args in (["agreement", "import", place_for_all(place, LIPPE.replace("lippe_2021", "borken_2018"))], ["facts", "import", place_for_all(place, DEMO.replace("33148", "32702"))],
                     ["evaluate", "33148-2021", "--month=2021-09"]):
            answer = place.run(*args, preexec_fn=as_nobody)
            orderly(answer, 3)
            check(place.store in answer.err and "nur lesbar" in answer.err, f"does not say that the store is read-only: {answer}")
        for args in (["facts", "export"], ["agreement", "list"], ["doctor"], ["evaluate", "33148-2021", "--month=2021-06", "--no-record"]):
            answer = place.run(*args, preexec_fn=as_nobody)
            orderly(answer, 0, 3)
            check(answer.code == 0 or "nur lesbar" in answer.err, answer)
        check(bytes_of(place.store) == before, "changed")
        os.chmod(place.folder, 0o755)
        place.unchanged()


def place_for_all(place, path):
    """A copy that the unprivileged user can reach."""
    mode = stat.S_IMODE(os.stat(place.folder).st_mode)
    os.chmod(place.folder, 0o755)
    copy = shutil.copy(path, place.path(os.path.basename(path)))
    os.chmod(copy, 0o644)
    os.chmod(place.folder, mode)
    return copy


@test
def a_store_without_rights_is_refused():
    need_root()
    place = Place()
    os.chmod(place.store, 0)
    os.chmod(place.folder, 0o755)
    refused_by_every_command(place.store, "Speicher", [["doctor"], ["facts", "export"], ["init"]], preexec_fn=as_nobody)
    os.chmod(place.store, 0o644)
    place.unchanged()


@test
def a_truncated_store_is_noticed():
    size = os.path.getsize(template())
    exported = Place().run("facts", "export").out
    for keep in (100, 5_000, 16_384, size // 2, size - 16_384, size - 1):
        place = Place()
        os.truncate(place.store, keep)
        answer = place.run("doctor")
        check(answer.code != 0 or place.run("facts", "export").out == exported, f"cut to {keep} of {size} bytes, other figures, and doctor says unversehrt")
        orderly(answer, 0, 1, 3)
        for args in (["facts", "export"], ["evaluate", "33148-2021", "--month=2021-06", "--afresh", "--format=csv"], ["facts", "import", DEMO]):
            orderly(place.run(*args), 0, 1, 2, 3)


def silent_changes(positions):
    """Flips a bit at each position; what then reads other figures although doctor is content."""
    original, exported, silent = bytes_of(template()), Place().run("facts", "export").out, []
    for at, bit in positions:
        place = Place()
        with open(place.store, "r+b") as file:
            file.seek(at)
            file.write(bytes([original[at] ^ bit]))
        answer, doctor = place.run("facts", "export"), place.run("doctor")
        orderly(answer, 0, 3)
        orderly(doctor, 0, 1, 3)
        if answer.code == 0 and answer.out != exported and doctor.code == 0:
            wrong = [line for line in answer.out.splitlines() if line not in exported]
            silent.append(f"byte {at} bit {bit}: {len(wrong)} other lines in the export (such as {wrong[0] if wrong else 'none'}), and doctor says unversehrt")
    return silent


@test
def a_damaged_byte_anywhere_in_the_store_is_no_crash():
    chance, size = random_for("changed byte"), os.path.getsize(template())
    silent_changes([(chance.randrange(size), 1 << chance.randrange(8)) for _ in range(60)])


@test
def a_damaged_byte_among_the_figures_never_becomes_another_number_in_silence():
    store = sqlite3.connect(f"file:{template()}?mode=ro&immutable=1", uri=True)
    segments = [data for (data,) in store.execute("SELECT data FROM segment ORDER BY length(data) DESC LIMIT 12")]
    store.close()
    original = bytes_of(template())
    found = [original.find(data) for data in segments]
    silent = silent_changes([(at + len(data) // 2 + step, 2) for at, data in zip(found, segments) if at >= 0 for step in (0, 1, 2)])
    check(not silent, "\n".join(silent))


@test
def a_store_beside_whose_file_lies_a_foreign_journal_is_not_harmed():
    for name in ("-wal", "-journal", "-shm"):
        place = Place()
        place.write("store.db" + name, os.urandom(5000))
        place.unchanged()


@test
def a_path_with_blanks_umlauts_and_quotes_works():
    place = Place(empty=True)
    store = place.path("Zahlen für 'März' & \"mehr\" #1?mode=ro.db")
    for args in (["init"], ["agreement", "import", LIPPE], ["facts", "import", DEMO], ["evaluate", "33148-2021", "--month=2021-06"], ["doctor"]):
        orderly(Process(store, args).finish(), 0)
    check(os.listdir(place.folder) == [os.path.basename(store)], os.listdir(place.folder))
