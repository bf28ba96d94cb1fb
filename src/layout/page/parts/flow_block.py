"""A block of a story's text: a paragraph, or lines that stay together and hold no flowing text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct, field

from ...errors import SourceLocation
from ...roles import Role
from ...style.texts import ResolvedTextStyle
from ...text.paragraph import LOOKS_WELL, Paragraph, SetLine

_LinesKey = tuple[tuple[int, ...], tuple[float, ...]]  # ends and measures of a paragraph's lines


class DivisibleRows(Protocol):
    """Rows of whole lines that may be divided between columns, as those of a table."""

    @property
    def count(self) -> int: ...

    def fit(self, begin: int, room: int) -> tuple[int, int]:
        """The rows from `begin` on that fit in `room` lines: the index after the last one, and the lines they take."""


class Initial(Struct, frozen=True):
    """A drop initial: characters of `size` pt over `lines` lines, which are shorter by `width` (em of the text).

    `xs` are the characters' origins in pt from the column's left edge.
    """

    text: str
    face: str
    size: float
    colour: str
    lines: int
    width: float
    xs: tuple[float, ...]


class FlowBlock(Struct):
    """A paragraph of a story, or `solid` lines that stay together (a picture, a table) and hold no flowing text.

    `number` counts paragraphs of the article from 1. `shares_line`: the block may stand at the end of the line before
    it where that has space (署名). A block with `rows` may be divided between columns; `span` is its width in columns.
    """

    role: Role
    style: ResolvedTextStyle
    paragraph: Paragraph | None = None
    number: int = 0
    mark: SourceLocation | None = None
    typed: Sequence[int] = ()
    solid: int = 0
    content: object = None
    shares_line: bool = False
    rows: DivisibleRows | None = None
    span: int = 1
    initial: Initial | None = None
    name: bytes = b""  # digest of text, style and faces, filled in by the solution cache
    _ends: dict[tuple[tuple[float, ...], int | None], list[int] | None] = field(default_factory=dict)
    _set: dict[_LinesKey, list[SetLine]] = field(default_factory=dict)
    _spread: dict[_LinesKey, bool] = field(default_factory=dict)

    @property
    def characters(self) -> int:
        return self.paragraph.characters if self.paragraph else 0

    def ends(self, measures: Sequence[float], lines: int | None = None) -> list[int] | None:
        """Where the paragraph's lines end on these measures (em of its own size); cached."""
        assert self.paragraph is not None
        key = (tuple(measures), lines)
        if key not in self._ends:
            breaking = self.style.breaking
            self._ends[key] = (
                self.paragraph.break_lines(measures, breaking)
                if lines is None
                else self.paragraph.break_lines(measures, breaking, lines=lines)
            )
        return self._ends[key]

    def spread(self, ends: Sequence[int], measures: Sequence[float]) -> bool:
        """Whether lines that end there are visibly loose; cached."""
        assert self.paragraph is not None
        key = (tuple(ends), tuple(measures))
        if key not in self._spread:
            self._spread[key] = self.paragraph.looseness(ends, measures) > LOOKS_WELL
        return self._spread[key]

    def set(self, ends: Sequence[int], measures: Sequence[float]) -> list[SetLine]:
        """The lines that end there; cached, because a byline needs the last one before all are placed."""
        assert self.paragraph is not None
        key = (tuple(ends), tuple(measures))
        if key not in self._set:
            self._set[key] = self.paragraph.lines(ends, measures)
        return self._set[key]
