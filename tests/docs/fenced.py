"""The examples in README and documentation: every fenced block of a language that is run or read.

A block runs as it stands, those of a page in their order and in one folder. A comment on the line before it says where
it does not:

    <!-- fragment -->       only a part of something: it must be read as its language, and is not run
    <!-- status 1 -->       its commands end with that exit status

A block whose first line is a comment with a file's path, in whatever language, is that file: it is there for the others.
"""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt
from msgspec import Struct

ROOT = Path(__file__).parents[2]
LANGUAGES = {"sh": "sh", "bash": "sh", "shell": "sh", "python": "python", "py": "python", "yaml": "yaml", "yml": "yaml"}
NAMED = re.compile(r"\s*(?:#|//|/\*|<!--)\s*([\w./-]+\.(?:yaml|html|css|md|csv|py))\b")
MARK = re.compile(r"<!--\s*(fragment|status (\d))\s*-->")


class Example(Struct, frozen=True):
    """A fenced block: `line` is where its text begins."""

    page: Path
    line: int
    language: str
    text: str
    fragment: bool
    status: int

    @property
    def place(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def pages() -> list[Path]:
    return [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").rglob("*.md"))]


def examples(page: Path) -> list[Example]:
    """The blocks of a page in their order."""
    found: list[Example] = []
    said = ""
    for token in MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8")):
        if token.type == "html_block":
            said = token.content
        elif token.type == "fence":
            language = LANGUAGES.get(token.info.split()[0] if token.info.split() else "")
            mark = MARK.search(said)
            if language and token.map:
                status = int(mark[2] or 0) if mark else 0
                fragment = mark is not None and mark[1] == "fragment"
                found.append(Example(page, token.map[0] + 2, language, token.content, fragment, status))
            said = ""
        elif token.nesting >= 0 and token.type != "inline":
            said = ""
    return found


def files(page: Path, before: int | None = None) -> dict[str, str]:
    """The files that a page's blocks are, by their paths; those before a line, or all."""
    fences = [
        t for t in MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8")) if t.type == "fence" and t.map
    ]
    above = [t.content for t in fences if before is None or (t.map and t.map[0] < before)]
    return {named[1]: block for block in above if (named := NAMED.match(block))}


def commands(text: str) -> list[str]:
    """The commands of a shell block without comments, continued lines joined, a `$ ` before them taken away."""
    joined = re.sub(r"\s*\\\n\s*", " ", text)
    plain = (re.sub(r"(?:^|\s)#.*$", "", line) for line in joined.splitlines())
    lines = (part.strip() for line in plain for part in line.split(" && "))
    return [line.removeprefix("$ ") for line in lines if line]
