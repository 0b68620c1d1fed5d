"""A store of its own for a test of the steering year, and the program called on it."""
import json
import os
import re
import subprocess
import sys

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))  # tests/checks.py
from checks import BINARY, ROOT, expect


class Store:
    def __init__(self, folder, name):
        self.path = f"{folder}/{name}.db"
        self.does("init")

    def call(self, *arguments, given=""):
        done = subprocess.run([BINARY, f"--store={self.path}", *arguments], input=given, capture_output=True, text=True, encoding="utf-8")
        return done.returncode, done.stdout, done.stderr

    def does(self, *arguments, given=""):
        code, out, err = self.call(*arguments, given=given)
        expect(code == 0, f"{' '.join(arguments)}: {code} {err[:600]}")
        return out

    def refuses(self, *arguments):
        """The codes of what is wrong; each problem ends with its code."""
        code, _, err = self.call(*arguments)
        expect(code in (1, 2), f"{' '.join(arguments)}: taken, {code}")
        return re.findall(r"\[(\w+)\]$", err, flags=re.M)

    def json(self, *arguments):
        return json.loads(self.does(*arguments, "--format=json"))

    def users(self, users):
        """{name: (role, Zuständigkeit)}"""
        for name, (role, scope) in users.items():
            self.does("user", "add", name, "--person=Erfunden", f"--role={role}", f"--scope={scope}", given="ein Kennwort nur für Tests\n")

    def agrees(self, agreement, number, *names):
        for name in names:
            self.does("year", "act", agreement, "zustimmung", f"vorgang={number}", f"--as={name}")


def number_of(said):
    return re.search(r"Vorgang (\d+)", said).group(1)


def write(folder, name, value):
    with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False)
