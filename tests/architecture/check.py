#!/usr/bin/env python3
"""The rules of ARCHITECTURE.md and GLOSSARY.md, checked: layers, headers that stand alone in style, words, links, decisions, files that
leak. Ends with `N passed, N failed`."""
import os
import re
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
os.chdir(ROOT)

# A module includes only modules of a smaller number, and itself.
LAYERS = {"base": 0, "domain": 1, "documents": 2, "indicators": 2, "casework": 2, "reader": 3, "evaluation": 3, "intake": 4, "store": 4, "report": 4, "steering": 4, "drafting": 4, "papers": 5, "app": 6, "server": 7, "cli": 8}
# Nothing of a database, a file format or a command line leaks out of the module that owns it.
OWNERS = {r"<sqlite3\.h>": "src/store/sqlite/", r"<zip\.h>|<libxml/|<xlsxwriter": "src/documents/", r"<toml\+\+": ("src/intake/", "src/server/config.cpp"), r"<CLI/": "src/cli/",
          r"<openssl/": "src/documents/", r"<boost/(asio|beast)": ("src/server/server.cpp", "src/server/port.", "src/server/fetch.cpp"), r"<cjose/": ("src/server/jwt.cpp", "src/server/oidc.cpp"), r"<sodium\.h>": "src/server/passwords.cpp",
          r"<libical/": "src/report/calendar.cpp", r"<curl/": "src/server/mail.cpp"}
BANNED = {r"\b\w*(Manager|Helper|Util|Utils)\b": "says nothing (GLOSSARY.md, banned words)",
          r"\bintegration_test\b|\bIntegrationTest\b": "integration means only the Integration of § 5",
          r"\b(float|double)\b": "no floating point where verdicts are made"}
NO_FLOAT = ("src/base/", "src/domain/", "src/indicators/", "src/evaluation/", "src/store/", "src/report/", "src/app/")

problems, checks = [], 0


def files(*patterns):
    out = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns], capture_output=True, text=True, check=True).stdout
    return [name for name in out.splitlines() if os.path.exists(name)]


def expect(condition, message):
    global checks
    checks += 1
    if not condition:
        problems.append(message)


def without_strings_and_comments(text):
    text = re.sub(r'R"\w*\(.*?\)\w*"', '""', text, flags=re.S)
    text = re.sub(r'"(\\.|[^"\\\n])*"', '""', text)
    return re.sub(r"//[^\n]*", "", text)


def check_sources():
    for name in files("src/*.h", "src/*.cpp"):
        module = name.split("/")[1]
        text = open(name, encoding="utf-8").read()
        for number, line in enumerate(text.splitlines(), 1):
            quoted = re.match(r'#include "([a-z_]+)/', line)
            if quoted:
                used = quoted.group(1)
                allowed = used == module or (used in LAYERS and LAYERS[used] < LAYERS[module])
                if not allowed:
                    problems.append(f"{name}:{number}: {module} must not include {used}")
            for pattern, owner in OWNERS.items():
                if re.search(r"#include\s*(%s)" % pattern, line) and not name.startswith(owner) and "_test" not in name:
                    problems.append(f"{name}:{number}: {line} belongs into {owner}")
        code = without_strings_and_comments(text)
        for pattern, why in BANNED.items():
            if "float" in pattern and not name.startswith(NO_FLOAT):
                continue
            found = re.search(pattern, code)
            expect(not found, f"{name}: „{found.group(0) if found else ''}“ {why}")
        if name.endswith(".h"):
            expect("#pragma once" in text, f"{name}: no #pragma once")
            expect(text.startswith("//"), f"{name}: a header begins with what it is for")
            expect(len(text.splitlines()) <= 180, f"{name}: {len(text.splitlines())} lines, a header reads as a manual")
        else:
            expect(len(text.splitlines()) <= 420, f"{name}: {len(text.splitlines())} lines")
        expect(not re.search(r"[ \t]+$", text, flags=re.M), f"{name}: blanks at the end of a line")


def check_no_circles_between_files():
    includes = {}
    for name in files("src/*.h"):
        text = open(name, encoding="utf-8").read()
        includes[name] = ["src/" + other for other in re.findall(r'#include "([^"]+)"', text)]

    def circle(name, path):
        if name in path:
            return path + [name]
        return next((found for other in includes.get(name, []) if (found := circle(other, path + [name]))), None)

    for name in includes:
        expect(not circle(name, []), f"circle of includes: {circle(name, [])}")


def check_words():
    glossary = open("GLOSSARY.md", encoding="utf-8").read()
    types = set()
    for name in files("src/domain/*.h"):
        types |= set(re.findall(r"^(?:struct|class|enum class) (\w+)", open(name, encoding="utf-8").read(), flags=re.M))
    for one in sorted(types):
        expect(f"`{one}`" in glossary, f"GLOSSARY.md: domain type {one} is missing")
    for one in re.findall(r"`(\w+)`", "".join(re.findall(r"^\| [^|]+\| (`\w+`)", glossary, flags=re.M))):
        expect(re.search(rf"\b{one}\b", "".join(open(f, encoding="utf-8").read() for f in files("src/*.h"))), f"GLOSSARY.md: {one} is not in the code")


def check_documents():
    for name in files("*.md"):
        text = open(name, encoding="utf-8").read()
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.S)):
            if re.match(r"[a-z]+:", target):
                continue
            expect(os.path.exists(os.path.join(os.path.dirname(name), target)), f"{name}: link to {target} leads nowhere")
    numbers = [os.path.basename(name)[:4] for name in files("docs/decisions/*.md")]
    expect(len(numbers) == len(set(numbers)), "two decisions share a number")
    for name in files("docs/decisions/*.md"):
        text = open(name, encoding="utf-8").read()
        expect(len(text.splitlines()) <= 40, f"{name}: more than 40 lines")
        for word in ("Question", "Decision", "Revisit"):
            expect(word in text, f"{name}: no {word}")
    for number in set(re.findall(r"docs/decisions/(\d{4})", "".join(open(f, encoding="utf-8").read() for f in files("src/*", "cmake/*")))):
        expect(number in numbers, f"code cites decision {number}, which does not exist")


def check_dependencies():
    listed = open("DEPENDENCIES.md", encoding="utf-8").read()
    script = open("tools/install_debian.sh", encoding="utf-8").read()
    for package in re.findall(r"\b(lib[\w.+-]+-dev)\b", script):
        expect(package in listed, f"DEPENDENCIES.md: {package} is missing")


def check_data():
    expect(open("docs/formats/agreement.schema.json", encoding="utf-8").read().startswith("{"), "the schema is not JSON")
    for name in files():
        expect(os.path.getsize(name) <= 2_000_000, f"{name}: larger than 2 MB")


for check in (check_sources, check_no_circles_between_files, check_words, check_documents, check_dependencies, check_data):
    check()
for problem in problems:
    print(problem)
print(f"{checks - len(problems)} passed, {len(problems)} failed")
sys.exit(1 if problems else 0)
