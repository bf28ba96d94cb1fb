"""A stranger's issue in a folder, secrets beside it, and everything that was opened meanwhile."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct
from PIL import Image

import issues
import layout
from layout.errors import LayoutError, Problem, has_errors
from layout.pdf.document import write_pdf
from layout.pdf.target import print_target
from layout.press.printer import load_printer

WORDS = "CANARY-5f0c-勿外传"
_opened: list[str] | None = None


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("open", "os.open") and _opened is not None and isinstance(arguments[0], (str, bytes)):
        _opened.append(os.fsdecode(arguments[0]))
    if event in ("socket.connect", "socket.getaddrinfo") and _opened is not None:
        _opened.append(f"NETWORK {arguments[1:]}")


sys.addaudithook(_hear)


@contextmanager
def everything_opened() -> Iterator[list[str]]:
    """The names of all files that Python opens in this process, and every address of a network."""
    global _opened
    _opened = []
    try:
        yield _opened
    finally:
        _opened = None


class Told(Struct):
    """What came of an issue: its problems, the PDF, and what was opened for it."""

    problems: list[Problem]
    pdf: bytes
    opened: list[str]

    @property
    def rules(self) -> set[str]:
        return {problem.rule for problem in self.problems}

    def says(self) -> str:
        return "\n".join(problem.in_language(language) for problem in self.problems for language in ("zh", "en"))

    def assert_nothing_came_in(self, secrets: Path) -> None:
        real = os.path.realpath(secrets)
        assert not [name for name in self.opened if os.path.realpath(name).startswith(real)]
        assert not [name for name in self.opened if name.startswith("NETWORK") or "/dev/" in name]
        assert WORDS not in self.says()
        assert WORDS.encode() not in self.pdf


def secrets(folder: Path) -> Path:
    """Files that nobody outside their folder may see, one of each kind."""
    folder.mkdir()
    for name in ("canary.txt", "canary.md", "canary.html", "canary.css", "issue.yaml", "style.yaml"):
        (folder / name).write_text(f"{WORDS}\n", encoding="utf-8")
    (folder / "canary.css").write_text(f'p::before {{ content: "{WORDS}" }}', encoding="utf-8")
    Image.new("RGB", (31, 17), (1, 2, 3)).save(folder / "canary.png")
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text id="x" y="5">{WORDS}</text></svg>'
    (folder / "canary.svg").write_text(svg, encoding="utf-8")
    return folder


def build(folder: Path, **options: Any) -> Told:
    """Reads, composes and writes in this process."""
    problems: list[Problem] = []
    file = io.BytesIO()
    with everything_opened() as opened:
        try:
            issue = layout.load(folder, **options)
            problems += issue.problems
            composition = layout.compose(issue)
            problems += composition.problems
            target = print_target(load_printer("offset-coated"))
            if not has_errors(problems):
                problems += write_pdf(composition, file, faces=composition.faces, target=target, cache=None)
        except LayoutError as error:
            problems += error.problems
    return Told(problems, file.getvalue(), opened)


STYLE = """\
name: own
extends: town
furniture:
  ear: {template: own.html, css: own.css}
"""


def furnished(
    folder: Path, html: str = "<p>字", css: str = "p { font: 9pt 'Newsletter Song' }", style: str = STYLE
) -> Path:
    """An issue with a style of its own, which draws one piece from this template and style sheet."""
    rows = [{5: "ear ear ear ear ear ear"}, {30: "a a a a a a"}]
    data = issues.issue({"a": issues.article(200, rank="lead")}, rows, style="own")
    issues.write(folder, data)
    (folder / "own").mkdir()
    for name, text in (("style.yaml", style), ("own.html", html), ("own.css", css)):
        (folder / "own" / name).write_text(text, encoding="utf-8")
    return folder
