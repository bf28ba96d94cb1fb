"""A manuscript: the blocks of a source, before headline, byline and captions are recognised.

Every source (Word, Markdown, plain text, web page) becomes blocks with text and formatting. Whatever cannot be kept
is reported in the notes, with its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from ..errors import NO_MESSAGE, LayoutError, Message, Problem, Severity, SourceLocation
from ..issue.body import Run

# The role of a paragraph by the name of its style, a tag or a key; "" where unknown.
ParagraphRole = Literal[
    "",
    "title",
    "heading",  # a heading of the first level: the headline, unless there is a title
    "kicker",
    "deck",
    "summary",
    "editors_note",
    "crosshead",
    "caption",
    "byline",
    "dateline",
    "quote",
    "list",
    "verse",
]
HEAD_ROLES = frozenset({"title", "heading", "kicker", "deck"})


class ArticleError(LayoutError, ValueError):
    """A file cannot be imported, or not into this issue."""


class SourceParagraph(Struct, frozen=True):
    """A paragraph; `number` counts those of the source that have text, from 1.

    `size` is in pt, 0 where unknown. `level` is the nesting of lists, from 1; `label` the printed number (`1.`) or
    `•`. `continues`: it follows a forced line break; `apart`: it follows an empty line.
    """

    number: int
    runs: tuple[Run, ...]
    role: ParagraphRole = ""
    size: float = 0.0
    centred: bool = False
    right: bool = False
    level: int = 0
    label: str = ""
    continues: bool = False
    apart: bool = False
    boxed: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs).strip()

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return any(run.text.strip() for run in self.runs) and all(run.bold or not run.text.strip() for run in self.runs)


class SourceTable(Struct, frozen=True):
    """A table; the first row is its heading, `total` its row of totals, if it has one."""

    number: int
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    total: tuple[str, ...] = ()


class Figure(Struct, frozen=True):
    """A picture of the source; `number` is that of the paragraph before it. `focus` is (x, y), 0 to 1."""

    number: int
    data: bytes
    name: str
    caption: str = ""
    credit: str = ""
    alt: str = ""
    focus: tuple[float, float] | None = None


SourceBlock = SourceParagraph | SourceTable | Figure


class ImportLog(Struct):
    """The problems of a source, in the order in which they were found."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def report(
        self, rule: str, zh: str, en: str, *, at: int = 0, remedy: Message = NO_MESSAGE, needs_review: bool = False
    ) -> None:
        """Adds a note, a warning with `needs_review`; `at` is the number of a paragraph, 0 for the whole."""
        what = Message(f"第 {at} 段：{zh}", f"paragraph {at}: {en}") if at else Message(zh, en)
        severity = Severity.WARNING if needs_review else Severity.NOTE
        self.problems.append(Problem(rule, what, remedy, SourceLocation(self.file, max(at, 1)), severity))


class Manuscript(Struct, dict=True):
    """The result of reading a source. `fields` are those of front matter or of a page's metadata; `headline_apart`: the
    headline has a place of its own, before a kicker, as on a web page."""

    path: Path
    blocks: list[SourceBlock] = field(default_factory=list)
    footnotes: list[SourceBlock] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    headline_apart: bool = False

    @cached_property
    def notes(self) -> ImportLog:
        return ImportLog(str(self.path))


class SourcePicture(Struct, frozen=True):
    """A picture to be saved beside an article; `usable` if it can be placed on a page. `suffix` includes the dot."""

    data: bytes
    suffix: str
    caption: str = ""
    credit: str = ""
    alt: str = ""
    focus: tuple[float, float] | None = None
    usable: bool = True


class Imported(Struct, frozen=True):
    """An imported article: fields by their names in issue.yaml, body as Markdown, pictures.

    `parts` are the structured lists of issue.yaml: `tables`, `names`, `items`.
    """

    source: Path
    fields: dict[str, str]
    body: str
    pictures: tuple[SourcePicture, ...] = ()
    notes: tuple[Problem, ...] = ()
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def clip(text: str, length: int = 16) -> str:
    """The beginning of a text, for messages."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[:length]}…"


def plain(text: str) -> tuple[Run, ...]:
    return (Run(text),) if text else ()


def cut_runs(runs: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    """The characters from `start` to `end` of a paragraph's runs."""
    found = []
    at = 0
    for run in runs:
        found.append(replace(run, text=run.text[max(0, start - at) : max(0, end - at)]))
        at += len(run.text)
    return join_runs(found)


def join_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs with adjacent ones of equal formatting joined, without empty ones."""
    found: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        same = found and not run.ruby and found[-1] == Run(found[-1].text, run.bold, run.kai, run.dots, "", run.link)
        if same:
            found[-1] = Run(found[-1].text + run.text, run.bold, run.kai, run.dots, "", run.link)
        else:
            found.append(run)
    return tuple(found)


def reject(path: Path | str, rule: str, what: Message, remedy: Message) -> ArticleError:
    return ArticleError([Problem(rule, what, remedy, SourceLocation(str(path)))])
