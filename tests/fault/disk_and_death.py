"""The disk is full, the process is killed, two want to write at once."""
import contextlib
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

from kit import DEMO, LIPPE, ROOT, WORK, Place, Process, Skip, check, large, limit_file_size, need_root, orderly, random_for, rows_of, test

BORKEN = os.path.join(ROOT, "agreements/borken_2018.json")


@contextlib.contextmanager
def small_disk(megabytes):
    need_root()
    folder = tempfile.mkdtemp(dir=WORK)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", folder], capture_output=True, check=False)
    if mounted.returncode != 0:
        raise Skip(f"tmpfs cannot be mounted: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(folder, leave):
    """Takes up the disk but for so many bytes."""
    room = os.statvfs(folder)
    with open(os.path.join(folder, "ballast"), "wb") as file:
        file.write(b"x" * max(0, room.f_bavail * room.f_frsize - leave))


def make_room(folder):
    os.unlink(os.path.join(folder, "ballast"))


def assert_disk_full(answer):
    orderly(answer, 3)
    check(any(words in answer.err for words in ("voll", "Lesen oder Schreiben ist gescheitert", "nicht geschrieben")), f"does not say that the disk is full: {answer}")


@test
def a_full_disk_stops_an_import_and_harms_nothing():
    failed = 0
    with small_disk(16) as folder:
        place = Place(folder)
        for leave in (0, 4096, 20_000, 70_000, 200_000, 500_000, 1_000_000):
            fill(folder, leave)
            answer = place.run("facts", "import", large(600_000))
            check(answer.code != 0, f"600,000 values fit into {leave} bytes: {answer}")
            assert_disk_full(answer)
            failed += 1
            orderly(place.run("facts", "export"), 0, 3)  # reading needs a little room, too
            make_room(folder)
            place.unchanged()
        orderly(place.run("facts", "import", large(600_000)), 0)
        place.sound()
    check(failed == 7, failed)


@test
def a_full_disk_stops_every_other_command_that_writes():
    with small_disk(8) as folder:
        place = Place(folder)
        commands = (["agreement", "import", BORKEN], ["evaluate", "33148-2021", "--month=2021-07"], ["vergleichstyp", "import", place.write("t.csv", "traeger;vergleichstyp;gueltig_ab;gueltig_bis;quelle\n33148;IIc;2020-01;;x\n")],
                    ["declare", "import", place.write("d.toml", '[[messgroesse]]\ncode = "X"\nname = "x"\nart = "bestand"\nzaehlt = "x"\n')],
                    ["facts", "export", f"--out={folder}/out.csv"], ["agreement", "export", "33148-2021", f"--out={folder}/out.json"])
        for args in commands:
            fill(folder, 0)
            assert_disk_full(place.run(*args))
            make_room(folder)
            place.unchanged()
            orderly(place.run(*args), 0)
            place = Place(folder)
        fill(folder, 0)
        answer = Process(os.path.join(folder, "new.db"), ["init"]).finish()
        orderly(answer, 3)
        make_room(folder)
        for args in (["init"], ["facts", "import", DEMO], ["doctor"]):
            orderly(Process(os.path.join(folder, "new.db"), args).finish(), 0)


@test
def a_limit_on_file_sizes_is_like_a_full_disk():
    for limit in (0, 10_000, 100_000, 400_000):
        place = Place()
        assert_disk_full(place.run("facts", "import", large(600_000), preexec_fn=limit_file_size(limit), stderr=subprocess.PIPE, stdout=subprocess.PIPE))
        place.unchanged()
    place = Place()  # as a shell's „ulimit -f“ does it: the signal ends the process
    answer = place.run("facts", "import", large(600_000), preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)))
    check(answer.code in (3, -signal.SIGXFSZ), answer)
    place.unchanged()


@test
def little_memory_is_an_error_of_the_environment():
    place = Place()
    refused = 0
    for megabytes in (200, 120, 100, 80):
        answer = place.run("facts", "import", large(600_000), "--check", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20)))
        orderly(answer, 0, 3, 127)  # 127: not even the libraries fit
        refused += answer.code == 3
        check(answer.code != 3 or "Arbeitsspeicher" in answer.err, answer)
    check(refused > 0, "no limit was too small")
    place.unchanged()


@test
def a_kill_at_twenty_moments_of_an_import_leaves_all_or_nothing():
    chance, path = random_for("kill"), large(1_000_000)
    whole = Place()
    begun = time.monotonic()
    orderly(whole.run("facts", "import", path), 0)
    duration = time.monotonic() - begun
    place, nothing, everything = Place(), 0, 0
    for _ in range(20):
        moment = chance.uniform(0.005, duration * 1.02)
        process = place.start("facts", "import", path)
        time.sleep(moment)  # the random moment itself
        answer = process.kill()
        deliveries = rows_of(place.run("facts", "deliveries", "--format=csv").out)
        if len(deliveries) == 1:
            nothing += 1
            place.unchanged()
        else:
            everything += 1
            check(deliveries[1]["werte"] == "1000000", f"killed after {moment:.3f} s: taken in part: {deliveries}")
            place.sound()
            place = Place()
        check(answer.code in (-9, 0), answer)
    check(nothing > 0, f"never killed within the import ({duration:.2f} s); {everything} were already done")
    orderly(place.run("facts", "import", path), 0)


def size_of(path):
    try:
        return os.path.getsize(path)
    except FileNotFoundError:
        return 0


@test
def a_kill_while_the_store_is_written_leaves_all_or_nothing():
    chance, path = random_for("kill while writing"), large(1_000_000)
    for _ in range(6):
        place = Place()
        process = place.start("facts", "import", path)
        wanted = chance.randrange(1, 3_000_000)
        while process.running() and size_of(place.store + "-wal") <= wanted:
            pass
        process.kill()
        deliveries = rows_of(place.run("facts", "deliveries", "--format=csv").out)
        if len(deliveries) == 1:
            place.unchanged()
        else:
            check(deliveries[1]["werte"] == "1000000", f"taken in part: {deliveries}")
            place.sound()


@test
def a_kill_while_an_agreement_or_a_verdict_is_kept_harms_nothing():
    chance = random_for("kill small")
    for args in (["agreement", "import", BORKEN], ["evaluate", "33148-2021", "--month=2021-08"], ["init"]):
        place = Place()
        for _ in range(8):
            process = place.start(*args)
            time.sleep(chance.uniform(0, 0.03))  # the random moment itself
            process.kill()
            place.sound()
        orderly(place.run(*args), 0)


@test
def two_imports_at_once_are_both_taken():
    place, paths = Place(), [large(600_000), large(400_000, 2030)]
    answers = [process.finish() for process in [place.start("facts", "import", path) for path in paths]]
    for answer in answers:
        orderly(answer, 0)
    deliveries = rows_of(place.run("facts", "deliveries", "--format=csv").out)
    check(sorted(row["werte"] for row in deliveries) == ["3200", "400000", "600000"] and [row["nr"] for row in deliveries] == ["1", "2", "3"], deliveries)
    place.sound()


@test
def the_same_file_imported_four_times_at_once_is_one_delivery():
    place = Place()
    answers = [process.finish() for process in [place.start("facts", "import", large(400_000)) for _ in range(4)]]
    for answer in answers:
        orderly(answer, 0)
    check(sum("schon als Lieferung 2 bekannt" in answer.out for answer in answers) == 3, "\n".join(map(str, answers)))
    check(len(rows_of(place.run("facts", "deliveries", "--format=csv").out)) == 2, "kept more than once")
    place.sound()


@test
def many_small_writers_at_once_all_succeed():
    place = Place()
    files = [place.write(f"{n}.csv", f"traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert\n33148;{1950 + n}-01;{1950 + n}-01;LZA_ZU;T;;{n}\n") for n in range(12)]
    running = [place.start("facts", "import", file) for file in files] + [place.start("evaluate", "33148-2021", f"--month=2021-{m:02}") for m in (7, 7, 8, 9)]
    running += [place.start("agreement", "import", BORKEN) for _ in range(3)]
    for answer in [process.finish() for process in running]:
        orderly(answer, 0)
    check(len(rows_of(place.run("facts", "deliveries", "--format=csv").out)) == 13, "a delivery is lost")
    agreements = rows_of(place.run("agreement", "list", "--format=csv").out)
    check([(row["id"], row["fassung"]) for row in agreements] == [("32702-2018", "1"), ("33148-2021", "1")], agreements)
    place.sound()


@test
def two_inits_at_once_make_one_store():
    for _ in range(5):
        place = Place(empty=True)
        for answer in [process.finish() for process in [place.start("init") for _ in range(4)]]:
            orderly(answer, 0)
        orderly(place.run("agreement", "import", LIPPE), 0)
        orderly(place.run("doctor"), 0)


@test
def reading_goes_on_while_an_import_runs():
    place = Place()
    expected = place.run("evaluate", "33148-2021", "--month=2021-06", "--format=json").out
    process, during = place.start("facts", "import", large(1_000_000)), 0
    while process.running():
        answer = place.run("evaluate", "33148-2021", "--month=2021-06", "--format=json")
        check(answer.code == 0 and answer.out == expected, answer)
        during += process.running()
    orderly(process.finish(), 0)
    check(during > 0, "the import was over before the first reading")
    place.sound()


@test
def a_store_that_another_program_locks_is_busy_not_broken():
    place = Place()
    other = sqlite3.connect(place.store, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = place.run("agreement", "import", BORKEN)
    orderly(answer, 3)
    check("ein anderer Vorgang schreibt gerade" in answer.err, answer)
    other.execute("ROLLBACK")
    other.close()
    place.unchanged()
    orderly(place.run("agreement", "import", BORKEN), 0)


@test
def an_interrupt_from_the_keyboard_leaves_all_or_nothing():
    for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        place = Place()
        path = shutil.copy2(large(1_000_000), place.path("large.csv"))
        process = place.start("facts", "import", path)
        process.stop_inside(path)
        process.send(sent)
        process.go_on()
        check(process.finish().code in (-sent, 0, 3), "odd end")
        if len(rows_of(place.run("facts", "deliveries", "--format=csv").out)) == 1:
            place.unchanged()
        place.sound()
