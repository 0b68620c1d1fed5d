"""What the tests in Python count, how they end, and which program they call. One run, one count, also where a script calls another one's tests."""
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BINARY = os.path.abspath(os.environ.get("ZIELWERK", f"{ROOT}/build/release/zielwerk"))

sys.stdout.reconfigure(encoding="utf-8")
passed, failures = 0, []


def expect(condition, message):
    global passed
    if condition:
        passed += 1
    else:
        failures.append(message)


def equal(found, wanted, message):
    expect(found == wanted, f"{message}: {found!r}, expected {wanted!r}")


def end():
    """A run in which nothing was checked is no success."""
    for failure in failures:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    sys.exit(1 if failures or not passed else 0)
