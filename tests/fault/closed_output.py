"""Nobody reads the output, or it cannot be written."""
import os
import signal
import subprocess

from kit import DEMO, LIPPE, Place, check, orderly, test

PRINTING = (["facts", "export"], ["facts", "show", "33148"], ["facts", "deliveries", "--format=csv"], ["evaluate", "33148-2021", "--month=2021-06"], ["evaluate", "--all", "--month=all", "--no-record", "--format=json"],
            ["explain", "33148-2021", "T1", "--month=2021-06"], ["agreement", "list"], ["agreement", "show", "33148-2021"], ["agreement", "export", "33148-2021"], ["agreement", "check", LIPPE],
            ["indicator", "K2", "33148", "--month=2021-06"], ["revisions", "INT", "33148", "--month=2021-06"], ["peers", "K2", "--month=2021-06"], ["jobcenter"], ["doctor"], ["declare", "list"],
            ["vergleichstyp", "list"], ["completion", "bash"])
HELP = (["--help"], ["--version"], ["evaluate", "--help"])


def assert_said_so(args, answer):
    orderly(answer, 3)
    check("Ausgabe" in answer.err, f"does not say that the output failed: {answer}")


@test
def a_full_device_as_output_gives_exit_code_3():
    place = Place()
    with open("/dev/full", "w", encoding="utf-8") as full:
        for args in PRINTING:
            assert_said_so(args, place.run(*args, stdout=full))
    place.unchanged()


@test
def help_on_a_full_device_gives_exit_code_3():
    place = Place()
    with open("/dev/full", "w", encoding="utf-8") as full:
        for args in HELP:
            assert_said_so(args, place.run(*args, stdout=full))


@test
def an_output_file_that_cannot_be_written_gives_exit_code_3():
    place = Place()
    for out in ("/dev/full", place.folder, place.path("none/out.csv")):
        for args in (["facts", "export", f"--out={out}"], ["agreement", "export", "33148-2021", f"--out={out}"]):
            answer = place.run(*args)
            orderly(answer, 3)
            check(out in answer.err, f"does not name the file: {answer}")
    place.unchanged()


@test
def a_reader_that_leaves_early_harms_nothing():
    place = Place()
    for args in PRINTING:
        reader = subprocess.Popen(["head", "-c1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process = place.start(*args, stdout=reader.stdin)
        reader.stdin.close()
        answer = process.finish()
        reader.stdout.close()
        reader.wait()
        orderly(answer, 0, 3, -signal.SIGPIPE)
    place.unchanged()


@test
def a_pipe_that_nobody_reads_is_no_bug_of_the_program():
    # As Python or a service starts its children: SIGPIPE is ignored, writing fails instead.
    for args in (*PRINTING[:5], ["facts", "import", DEMO]):
        place = Place()
        end, other = os.pipe()
        os.close(end)
        answer = place.run(*args, stdout=other, restore_signals=False)
        os.close(other)
        assert_said_so(args, answer)
        place.unchanged()


@test
def closed_channels_never_reach_the_store():
    for channels in ((1,), (2,), (0, 1, 2)):
        place = Place()
        for args in (["facts", "export"], ["agreement", "list"], ["facts", "import", DEMO], ["facts", "import", place.path("none.csv")], ["evaluate", "33148-2021", "--month=2021-06"], ["doctor"]):
            answer = place.run(*args, preexec_fn=lambda: [os.close(channel) for channel in channels])
            check(answer.code in (0, 1, 3), answer)
            check(1 not in channels or answer.code == 3, f"printed into the void and says it is done: {answer}")
        place.unchanged()


@test
def an_import_whose_report_cannot_be_printed_is_still_whole():
    place = Place()
    path = place.write("one.csv", "traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert\n33148;2021-01;2021-01;LZA_ZU;T;;10\n")
    with open("/dev/full", "w", encoding="utf-8") as full:
        assert_said_so([], place.run("facts", "import", path, stdout=full))
    answer = place.run("facts", "import", path, "--format=csv")
    orderly(answer, 0)
    check("one.csv;2;" in answer.out, answer)
    place.sound()


@test
def errors_that_cannot_be_printed_keep_their_exit_code():
    place = Place()
    with open("/dev/full", "w", encoding="utf-8") as full:
        for args, code in ((["facts", "import", place.write("empty.csv", "")], 1), (["facts", "import", place.path("none.csv")], 3), (["evaluate", "nix"], 2)):
            answer = place.run(*args, stderr=full)
            check(answer.code == code, answer)
    place.unchanged()
