"""What the tests of this folder count, and how they end."""
import sys

sys.stdout.reconfigure(encoding="utf-8")
passed = failed = 0


def check(condition, message):
    global passed, failed
    if condition:
        passed += 1
    else:
        failed += 1
        print(message)


def end():
    """A run in which nothing was checked is no success."""
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)
