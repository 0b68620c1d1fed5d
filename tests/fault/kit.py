"""What the fault tests share: a store of their own, a process that is watched, expectations that read aloud."""
import csv
import functools
import hashlib
import io
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SEED = int(os.environ.get("ZIELWERK_SEED") or random.SystemRandom().randrange(10**6))
HEADER = "traeger;berichtsmonat;ladestand;messgroesse;geschlecht;gruppe;wert\n"
ROW = "33148;2021-01;2021-01;LZA_ZU;T;;10\n"
DEMO = os.path.join(ROOT, "demo/zahlen_erfunden_33148.csv")
LIPPE = os.path.join(ROOT, "agreements/lippe_2021.json")
WORK = tempfile.mkdtemp(prefix="zielwerk_fault_")
os.chmod(WORK, 0o755)  # some tests run as nobody
# A copy: a build that goes on beside the tests does not pull the program away under them.
BINARY = shutil.copy2(os.environ.get("ZIELWERK") or os.path.join(ROOT, "build/release/zielwerk"), os.path.join(WORK, "zielwerk"))
TESTS = []
MAKING = threading.Lock()


class Skip(Exception):
    """This machine cannot provoke the fault (no rights to mount, not root)."""


def test(run):
    TESTS.append(run)
    return run


def random_for(name):
    return random.Random(f"{SEED} {name}")


class Answer:
    def __init__(self, args, code, out, err, megabytes=0.0, seconds=0.0):
        self.args, self.code, self.out, self.err, self.megabytes, self.seconds = args, code, out, err, megabytes, seconds

    def __str__(self):
        said = (self.err.strip() or self.out.strip())[:600]
        return f"zielwerk {' '.join(map(str, self.args))} -> {self.code}: {said or '(silent)'}"

    def problems(self):
        """The lines that name a problem: „file, Zeile 3, Spalte 1 (traeger): sentence [code]“."""
        return [line for line in self.err.splitlines() if re.search(r" \[[a-z0-9_]+\]$", line) and not line.startswith("Hinweis: ")]


def check(condition, message):
    if not condition:
        raise AssertionError(str(message))


def environment():
    kept = {name: value for name, value in os.environ.items() if name not in ("ZIELWERK_STORE", "NO_COLOR", "COLUMNS")}
    return {**kept, "LC_ALL": "C"}


class Process:
    """A running zielwerk; /proc tells where it is, so that nothing has to sleep."""

    def __init__(self, store, args, **options):
        # Files, so that much output never blocks; the options may ask for something else (a pipe takes 64 KB).
        self.args, self.out, self.err = args, tempfile.TemporaryFile(), tempfile.TemporaryFile()
        self.begun = time.monotonic()
        streams = {"stdin": subprocess.DEVNULL, "stdout": self.out, "stderr": self.err, **options}
        self.child = subprocess.Popen([BINARY, f"--store={store}", *map(str, args)], env=environment(), **streams)

    def offset_in(self, path):
        """How far the process has read the file; None while (or after) it is not open."""
        base = f"/proc/{self.child.pid}"
        try:
            for number in os.listdir(f"{base}/fd"):
                if os.readlink(f"{base}/fd/{number}") == path:
                    with open(f"{base}/fdinfo/{number}", encoding="ascii") as info:
                        return int(info.readline().split()[1])
        except OSError:
            pass
        return None

    def running(self):
        return os.waitid(os.P_PID, self.child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def send(self, number):
        os.kill(self.child.pid, number)  # not yet waited for, so the number is still its own

    def stop_inside(self, path):
        """Stops the process while it is in the middle of reading the file; False if it was too fast."""
        size, path = os.path.getsize(path), os.path.realpath(path)
        while self.running():
            if self.offset_in(path):
                self.send(signal.SIGSTOP)
                offset = self.offset_in(path)
                return offset is not None and offset < size
        return False

    def go_on(self):
        self.send(signal.SIGCONT)

    def kill(self):
        self.send(signal.SIGKILL)
        return self.finish()

    def finish(self, timeout=90):
        deadline = time.monotonic() + timeout
        while True:
            pid, status, usage = os.wait4(self.child.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > deadline:
                self.send(signal.SIGKILL)
                os.wait4(self.child.pid, 0)
                self.child.returncode = -9
                raise AssertionError(f"zielwerk {' '.join(map(str, self.args))}: not done after {timeout} s")
            time.sleep(0.002)  # waiting for the end, not for a moment
        self.child.returncode = os.waitstatus_to_exitcode(status)
        said = []
        for stream, piped in ((self.out, self.child.stdout), (self.err, self.child.stderr)):
            stream.seek(0)
            said.append((stream.read() + (piped.read() if piped else b"")).decode("utf-8", "replace"))
            stream.close()
            if piped:
                piped.close()
        return Answer(self.args, self.child.returncode, *said, usage.ru_maxrss / 1024, time.monotonic() - self.begun)


class Place:
    """A directory with a store in it: Lippe's agreement, its demo figures, one recorded verdict."""

    def __init__(self, folder=None, empty=False):
        self.folder = folder or tempfile.mkdtemp(dir=WORK)
        self.store = os.path.join(self.folder, "store.db")
        if not empty:
            shutil.copy(template(), self.store)
        self.before = None if empty else self.fingerprint()

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        with open(self.path(name), "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        return self.path(name)

    def start(self, *args, **options):
        return Process(self.store, args, **options)

    def run(self, *args, timeout=90, **options):
        return self.start(*args, **options).finish(timeout)

    def fingerprint(self):
        said = []
        for command in (["facts", "export"], ["facts", "deliveries", "--format=csv"], ["agreement", "list", "--format=csv"]):
            answer = self.run(*command)
            check(answer.code == 0, answer)
            said.append(answer.out)
        return hashlib.sha256("".join(said).encode()).hexdigest()

    def sound(self):
        """The next command works."""
        answer = self.run("doctor", "--format=json")
        check(answer.code == 0 and "unversehrt" in answer.out, f"doctor is not content: {answer}")
        answer = self.run("evaluate", "33148-2021", "--month=2021-06", "--format=json")
        check(answer.code == 0 and json.loads(answer.out)["ziele"][0]["status"] == "erreicht", answer)

    def unchanged(self):
        check(self.fingerprint() == self.before, "the store is not as before")
        self.sound()

    def refuses(self, *args, code=1, says=(), timeout=90, **options):
        """The command fails in an orderly way, in German, and the store is as before."""
        answer = self.run(*args, timeout=timeout, **options)
        orderly(answer, code)
        for words in [says] if isinstance(says, str) else says:
            check(words in answer.err, f"does not say „{words}“: {answer}")
        check(answer.out == "", f"prints a result although it failed: {answer}")
        self.unchanged()
        return answer


def orderly(answer, *codes):
    check(answer.code in codes, f"exit code {answer.code} instead of {' or '.join(map(str, codes))}: {answer}")
    check("Fehler im Programm" not in answer.err, f"took a fault of the input for a bug of its own: {answer}")
    check("\x1b" not in answer.err and "\x00" not in answer.err, f"control characters on the terminal: {answer}")
    if codes != (0,) and answer.code in (1, 2, 3):
        check(answer.err or answer.out, f"fails without a word: {answer}")


@functools.cache
def template():
    path = os.path.join(WORK, "template.db")
    for args in (["init"], ["agreement", "import", LIPPE], ["facts", "import", DEMO], ["evaluate", "33148-2021", "--month=2021-06"]):
        answer = Process(path, args).finish()
        check(answer.code == 0, answer)
    check([name for name in os.listdir(WORK) if name.startswith("template")] == ["template.db"], "a closed store is one file")
    return path


def large(rows, year=2010):
    with MAKING:  # one thread at a time
        return made_large(rows, year)


@functools.cache
def made_large(rows, year):
    """A file of so many valid rows over ten years, none of them known to the template."""
    with open(os.path.join(ROOT, "data/jobcenters.csv"), encoding="utf-8") as file:
        numbers = [row["traeger_nr"] for row in csv.DictReader(file) if row["traeger_nr"] not in ("", "33148")]
    months = [(f"{y}-{m:02}", f"{y + (m + 2) // 12}-{(m + 2) % 12 + 1:02}") for y in range(year, year + 10) for m in range(1, 13)]
    path, written = os.path.join(WORK, f"large_{rows}_{year}.csv"), 0
    series = [(measure, sex) for measure in ("ELB", "INT", "LLU", "LUH", "ELB_ZU", "ELB_AB", "BG", "GERING", "OEFF", "AKT") for sex in "TMF"]
    with open(path + ".part", "w", encoding="utf-8") as file:
        file.write(HEADER)
        for number in numbers:
            for i, (measure, sex) in enumerate(series):
                part = months[:rows - written]
                file.write("".join(f"{number};{month};{state};{measure};{sex};;{1000 + (i * 7919 + k * 31) % 5000}\n" for k, (month, state) in enumerate(part)))
                written += len(part)
    check(written == rows, f"only {written} rows can be made")
    os.rename(path + ".part", path)
    os.utime(path, (10**9, 10**9))
    return path


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def as_nobody():
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


def need_root():
    if os.geteuid() != 0:
        raise Skip("needs root")


def limit_file_size(limit):
    def set_limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    return set_limit
