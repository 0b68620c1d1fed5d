"""The papers that the reader is measured on, and how they are read."""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
BINARY = os.path.abspath(os.environ.get("ZIELWERK") or f"{ROOT}/build/release/zielwerk")


def seeds():
    """[(text, reference)] of the five published agreements."""
    references = sorted(glob.glob(f"{ROOT}/agreements/*.json"))
    return [(f"{ROOT}/agreements/texte/{os.path.basename(one)[:-5]}.txt", one) for one in references]


def parts():
    """The folders of tests/reader/corpus, the one that the rules' author knows first."""
    folders = [os.path.basename(os.path.dirname(one)) for one in glob.glob(f"{ROOT}/tests/reader/corpus/*/")]
    return sorted(folders, key=lambda one: (one != "dev", one != "second", one))


def corpus(part):
    """The same of a folder of tests/reader/corpus."""
    pairs = []
    for reference in sorted(glob.glob(f"{ROOT}/tests/reader/corpus/{part}/*.gold.json")):
        texts = [one for one in glob.glob(reference[:-len(".gold.json")] + ".*") if not one.endswith(".gold.json")]
        if len(texts) != 1:
            sys.exit(f"{reference}: {len(texts)} texts beside it, one is expected")
        pairs.append((texts[0], reference))
    return pairs


def read(path):
    """-> (draft or None, error text, seconds of a core, KiB at most)"""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen([BINARY, "--store=/nirgends/kein.db", "agreement", "read", path, "--format=json"], stdout=out, stderr=err, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        draft = json.loads(out.read()) if process.returncode == 0 else None
        return draft, err.read().decode("utf-8", "replace").strip(), usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def read_together(paths):
    """Seconds of a core that one call for all of them takes."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen([BINARY, "--store=/nirgends/kein.db", "agreement", "read", *paths, f"--out={folder}/"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        return usage.ru_utime + usage.ru_stime


def write_page(mark, text):
    """Puts the text between `<!-- mark -->` and `<!-- end of mark -->` of docs/reader.md."""
    path, begin, end = f"{ROOT}/docs/reader.md", f"<!-- {mark} -->\n", f"<!-- end of {mark} -->"
    page = open(path, encoding="utf-8").read()
    if begin not in page or end not in page:
        sys.exit(f"{path} has no marks {begin.strip()} … {end}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(re.sub(f"{begin}.*?{end}", lambda _: begin + text + end, page, flags=re.S))
