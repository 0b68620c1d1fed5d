#!/usr/bin/env python3
"""Fault tests: whatever happens from outside, the store stays as it was and the next command works.

tests/fault/run.py [WORD …]   only tests whose name contains one of the words; ZIELWERK_SEED=N repeats a run.
"""
import importlib
import os
import re
import shutil
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

import kit

MODULES = ("delivered_files", "broken_workbooks", "broken_agreements", "declarations", "missing_facts", "disk_and_death", "odd_stores", "closed_output", "hostile_papers", "hostile_documents")


def attempt(run):
    begun = time.monotonic()
    try:
        run()
        outcome, why = "passed", ""
    except kit.Skip as reason:
        outcome, why = "not possible here", str(reason)
    except AssertionError as failure:
        outcome, why = "FAILED", str(failure)
    except Exception:  # a test that breaks is a test that failed
        outcome, why = "FAILED", traceback.format_exc()
    return run, outcome, why, time.monotonic() - begun


def main():
    for module in MODULES:
        importlib.import_module(module)
    chosen = [run for run in kit.TESTS if not sys.argv[1:] or any(word in run.__name__ for word in sys.argv[1:])]
    print(f"seed {kit.SEED}", flush=True)
    kit.template()
    counts = {"passed": 0, "FAILED": 0, "not possible here": 0}
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for run, outcome, why, seconds in pool.map(attempt, chosen):
            counts[outcome] += 1
            if outcome != "passed" or seconds > 10:
                lines = [re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "?", line) for line in why.splitlines()]
                print(f"{outcome}: {run.__name__} ({seconds:.1f} s)", *lines, sep="\n    ", flush=True)
    print(f"{counts['passed']} passed, {counts['FAILED']} failed")
    return 1 if counts["FAILED"] or not chosen else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    finally:
        shutil.rmtree(kit.WORK, ignore_errors=True)
