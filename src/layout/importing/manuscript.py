"""A manuscript: what an author sent, before anyone has said which line is the headline.

Every source (Word, Markdown, plain text, a page of the web) becomes blocks that keep their words and their look.
What cannot be kept is told in the notes, with its words.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

from ..errors import NO_MESSAGE, LayoutError, Message, Problem, Severity, SourceLocation
from ..issue.body import Run

# What a style's name, a tag or a key says that a paragraph is; "" where nothing says it.
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
    """A file cannot be brought in, or not into this issue."""


class SourceParagraph(Struct, frozen=True):
    """A paragraph; `number` counts from 1 those of the source that hold text.

    `size` is in pt, 0 where the source does not say. `level` counts lists inside lists from 1, `label` is the number
    that was printed (`1.`) or `•`. A paragraph that `continues` follows a forced line break, one that stands
    `apart` an empty line.
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
    """A picture as it lay in the source; `number` is that of the paragraph before it. `focus` is 0 to 1 each way."""

    number: int
    data: bytes
    name: str
    caption: str = ""
    credit: str = ""
    alt: str = ""
    focus: tuple[float, float] | None = None


SourceBlock = SourceParagraph | SourceTable | Figure


class ImportLog(Struct):
    """What is reported about a source: problems in the order they were found."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def report(
        self, rule: str, zh: str, en: str, *, at: int = 0, remedy: Message = NO_MESSAGE, needs_review: bool = False
    ) -> None:
        """A note, or a warning where someone should `needs_review`; `at` is the number of a paragraph, 0 for the whole."""
        what = Message(f"第 {at} 段：{zh}", f"paragraph {at}: {en}") if at else Message(zh, en)
        severity = Severity.WARNING if needs_review else Severity.NOTE
        self.problems.append(Problem(rule, what, remedy, SourceLocation(self.file, max(at, 1)), severity))


class Manuscript(Struct, dict=True):
    """What a reader of a source hands on. `fields` are said outright (by front matter, or by a page's own data)."""

    path: Path
    blocks: list[SourceBlock] = field(default_factory=list)
    footnotes: list[SourceBlock] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)

    @cached_property
    def notes(self) -> ImportLog:
        return ImportLog(str(self.path))


class SourcePicture(Struct, frozen=True):
    """A picture to be saved beside an article; `usable` where a page can show it. `suffix` has its dot."""

    data: bytes
    suffix: str
    caption: str = ""
    credit: str = ""
    alt: str = ""
    focus: tuple[float, float] | None = None
    usable: bool = True


class Imported(Struct, frozen=True):
    """An article that was brought in: its fields by their names in issue.yaml, its body as Markdown, its pictures.

    `parts` are the lists of issue.yaml that hold more than words: `tables`, `names`, `items`.
    """

    source: Path
    fields: dict[str, str]
    body: str
    pictures: tuple[SourcePicture, ...] = ()
    notes: tuple[Problem, ...] = ()
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def clip(text: str, length: int = 16) -> str:
    """The beginning of a text, to find its place by."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[:length]}…"


def plain(text: str) -> tuple[Run, ...]:
    return (Run(text),) if text else ()


def join_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs with those of one shape made one, and no empty ones."""
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
