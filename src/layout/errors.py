"""Problems: what is wrong, where, and the remedy: the one form in which every stage reports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct


class Severity(Enum):
    """ERROR: not to be printed. WARNING: to be checked by the editor. NOTE: for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Message(NamedTuple):
    """One message in both of the reader's languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en

    def in_language(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


NO_MESSAGE = Message("", "")


def counted(count: int, noun: str) -> str:
    """A number with its noun in English: `1 line`, `3 lines`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


class SourceLocation(NamedTuple):
    """A place in a file the editor wrote; `line` and `column` count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Fix(NamedTuple):
    """A sure remedy: what stands at a problem's mark, and what should stand there."""

    old: str
    new: str


class PageRectangle(NamedTuple):
    """A rectangle on a page, in mm from the trim's top left corner."""

    x: float
    y: float
    width: float
    height: float


class Problem(Struct, frozen=True):
    """One thing that is wrong.

    `rule` is a short name that stays (`unknown-key`, `overset`, `GWG R0009`); `mark` says where in the
    editor's files, `page` (from 1) and `place` where in print. `fix` is what `layout fix` would do about it.
    """

    rule: str
    what: Message
    remedy: Message = NO_MESSAGE
    mark: SourceLocation | None = None
    severity: Severity = Severity.ERROR
    page: int | None = None
    place: PageRectangle | None = None
    fix: Fix | None = None

    def in_language(self, language: str = "en") -> str:
        """One or two lines for a terminal: `file:line:column: what`, then the remedy."""
        where = [str(self.mark)] if self.mark else []
        page = "" if self.page is None else {"zh": f"第 {self.page} 版"}.get(language, f"page {self.page}")
        what = self.what.in_language(language)
        if page and not self.mark:
            where.append(page)
            what = re.sub(rf"^{page}(?:: |：)", "", what)  # said once
        if self.place and not self.mark:
            where.append(f"({self.place.x:.1f}, {self.place.y:.1f}) mm")
        kind = {
            Severity.ERROR: Message("错误", "error"),
            Severity.WARNING: Message("提醒", "warning"),
            Severity.NOTE: Message("说明", "note"),
        }[self.severity].in_language(language)
        head = " ".join(where) + ": " if where else ""
        remedy = self.remedy.in_language(language)
        return f"{head}{kind}: {what} [{self.rule}]" + (f"\n    → {remedy}" if remedy else "")


class LayoutError(Exception):
    """Carries every problem that was found; `str()` gives them all, one after another."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.in_language() for problem in self.problems))

    def __reduce__(self) -> tuple[type[LayoutError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)  # an exception is pickled with its message, and made again from problems


class IssueError(LayoutError, ValueError):
    """The issue cannot be read or made up."""


class StyleError(LayoutError, ValueError):
    """The style cannot be read."""


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def source_line(mark: SourceLocation, root: Path | None = None) -> str:
    """The line of the file that `mark` points at, empty where it cannot be read, or is a link out of its folder."""
    from .runtime.gate import Gate
    from .runtime.limits import ISSUE_FILE_BYTES

    path = root / mark.file if root else Path(mark.file)
    try:
        lines = Gate((path.parent,)).read(path, ISSUE_FILE_BYTES).decode("utf-8").splitlines()
    except (OSError, ValueError):  # LimitError too
        return ""
    return lines[mark.line - 1] if 0 < mark.line <= len(lines) else ""


def word_location(word: str, mark: SourceLocation) -> SourceLocation:
    """The place of a whole word in the line of `mark`, from there on; `mark` where it is not in that line."""
    found = re.compile(rf"(?<![\w.-]){re.escape(word)}(?![\w-]|\.\w)").search(source_line(mark), mark.column - 1)
    return mark._replace(column=found.start() + 1) if found else mark


def character_location(character: str, mark: SourceLocation) -> SourceLocation:
    """The place of a character whose column does not count the Markdown before it, which shifts it to the right."""
    at = source_line(mark).find(character, mark.column - 1)
    return mark._replace(column=at + 1) if at >= 0 else mark
