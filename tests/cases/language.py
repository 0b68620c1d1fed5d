"""The language of the case files: reading them, and writing accepted answers back (README.md)."""
import re
from dataclasses import dataclass, field

KINDS = ("gegeben", "wenn", "dann")


class CaseError(Exception):
    """The case file itself is wrong (not the program)."""


@dataclass
class Step:
    kind: str  # gegeben, wenn or dann
    words: str  # the rest of the line
    line: int  # 1-based
    block: list = field(default_factory=list)  # the indented lines below, without their indentation
    block_at: tuple = (0, 0)  # first line and line behind the last, 1-based


@dataclass
class Case:
    name: str
    title: str
    steps: list
    lines: list

    def rewrite(self, changes):
        """changes: {step: (new words or None, new block or None)} -> new text of the file"""
        lines = list(self.lines)
        for step in sorted(changes, key=lambda one: -one.line):
            words, block = changes[step]
            if block is not None:
                begin, end = step.block_at if step.block else (step.line + 1, step.line + 1)
                lines[begin - 1:end - 1] = [" " * 9 + text if text else "" for text in block]
            if words is not None:
                lines[step.line - 1] = lines[step.line - 1][:9] + words
        return "\n".join(lines) + "\n"


def read_case(name, text):
    lines = text.split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    title, steps, kind = "", [], None
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            title = title or line.lstrip("# ").rstrip()
        elif not line.strip():
            if steps and steps[-1].block:
                steps[-1].block.append("")
        elif line[0].isspace():
            if not steps:
                raise CaseError(f"Zeile {number}: eingerückt, aber nichts steht darüber")
            step = steps[-1]
            if not step.block:
                step.block_at = (number, number)
            step.block.append(line.strip() if not line.startswith(" " * 9) else line[9:].rstrip())
            step.block_at = (step.block_at[0], number + 1)
        else:
            word, _, rest = line.partition(" ")
            kind = kind if word == "und" else word
            if kind not in KINDS:
                raise CaseError(f"Zeile {number}: „{word}“ gibt es nicht; erwartet ist gegeben, wenn, dann oder und")
            steps.append(Step(kind, rest.strip(), number))
    for step in steps:
        while step.block and step.block[-1] == "":
            step.block.pop()
    if not title:
        raise CaseError("Der Fall hat keine Überschrift: die erste Zeile beginnt mit #")
    if not any(step.kind == "dann" for step in steps):
        raise CaseError("Der Fall erwartet nichts: eine Zeile mit „dann“ fehlt")
    return Case(name, title, steps, lines)


Step.__hash__ = lambda self: hash(self.line)
Step.__eq__ = lambda self, other: self is other


def expand(command):
    """{0..3}, {2021-01..2021-12} and {a,b} stand for several commands."""
    found = re.search(r"\{([^{}]+)\}", command)
    if not found:
        return [command]
    inner = found.group(1)
    span = re.fullmatch(r"(.*?)(\d+)\.\.(.*?)(\d+)", inner)
    if span:
        prefix, first, last = span.group(1), span.group(2), span.group(4)
        if span.group(3) != prefix:
            raise CaseError(f"„{inner}“ ist kein Bereich")
        words = [f"{prefix}{number:0{len(first)}}" for number in range(int(first), int(last) + 1)]
    else:
        words = [word.strip() for word in inner.split(",")]
    return [one for word in words for one in expand(command[:found.start()] + word + command[found.end():])]
