"""The body of an article: blocks of runs, with the text as typed and its source locations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ..errors import SourceLocation
from ..text.language import DEFAULT_LANGUAGE
from . import hygiene
from .floats import Table
from .hygiene import Edit

Line = Literal["", "name", "title", "underline"]
BlockKind = Literal[
    "paragraph", "crosshead", "quote", "list", "verse", "table", "figure", "item_head", "item_byline", "note"
]


class Run(Struct, frozen=True):
    """Characters set alike. `ruby` is the reading of the run, one syllable a character, separated by spaces; `lang` is
    its language where that is not the article's.

    `line` is the line under it: of a proper name (专名号), of a book's title (书名线), or an underline; `span` tells
    two names that touch from one. `struck` text has a line through it; `whole` text is never parted at a line's end.
    `note` is the number of the footnote whose mark it is.
    """

    text: str
    bold: bool = False
    kai: bool = False
    dots: bool = False
    ruby: str = ""
    link: str = ""
    lang: str = ""
    line: Line = ""
    span: int = 0
    struck: bool = False
    whole: bool = False
    note: int = 0

    @property
    def plain(self) -> bool:
        return self == Run(self.text)


class Block(Struct, frozen=True):
    """A block of a body.

    Attributes:
        source: The block as typed, without the syntax of Markdown; the `text` of the runs is what is printed.
        edits: The changes from `source` to `text`.
        lines: For each line of the file its offset in `source` and its location.
        level: Nesting of lists, from 1.
        label: The number of an item (`1.`), `•`, or "" where an item continues.
        number: Of the stanza of a poem, the item of a list or the footnote, from 1.
        name: The float that a figure shows.
    """

    kind: BlockKind
    runs: tuple[Run, ...]
    source: str
    lines: tuple[tuple[int, SourceLocation], ...]
    edits: tuple[Edit, ...] = ()
    level: int = 0
    label: str = ""
    number: int = 0
    name: str = ""
    table: Table | None = None

    @property
    def mark(self) -> SourceLocation:
        return self.lines[0][1]

    @property
    def text(self) -> str:
        return "".join([run.text for run in self.runs])

    @property
    def characters(self) -> int:
        return sum([len(run.text) for run in self.runs])

    @property
    def typed(self) -> Sequence[int]:
        """For each character of `text`, and for its end, the offset in `source`."""
        if not self.edits:
            return range(len(self.source) + 1)
        return hygiene.typed_offsets(self.source, self.edits)

    @property
    def has_lead_in(self) -> bool:
        """Whether it begins with a bold lead-in (同行标题), followed by an em of space (rule I9); one that ends in a
        full stop is none."""
        if len(self.runs) < 2 or not self.runs[0].bold:
            return False
        return self.runs[1].text.startswith(LEAD_IN_GAP) or self.runs[0].text.endswith(_STOP)

    def place(self, at: int) -> SourceLocation:
        """The location of a character of `text`; the syntax of Markdown is not counted in its column."""
        offset = self.typed[at]
        start, mark = self.lines[bisect_right(self.lines, offset, key=lambda line: line[0]) - 1]
        return mark._replace(column=mark.column + offset - start)


class Body(Struct, frozen=True):
    """The blocks of an article in order, its footnotes after the text that marks them."""

    blocks: tuple[Block, ...] = ()

    @property
    def characters(self) -> int:
        """The number of printed characters, tables included."""
        cells = sum(len(cell) for block in self.blocks if block.table for row in block.table.rows for cell in row)
        return cells + sum(block.characters for block in self.blocks)

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(block.text for block in self.blocks if block.runs)

    def __bool__(self) -> bool:
        return bool(self.blocks)


LEAD_IN_GAP, _STOP = "\u3000", "。"


def make_block(
    kind: BlockKind,
    runs: Sequence[Run],
    lines: Sequence[tuple[int, SourceLocation]],
    *,
    level: int = 0,
    label: str = "",
    number: int = 0,
    language: str = DEFAULT_LANGUAGE,
) -> Block:
    """A block of runs as typed. They are cleaned as one text, as rules depend on neighbours in the next run; runs of
    another language by that one's rules."""
    source = "".join([run.text for run in runs])
    prepared, gap = source, -1
    led = kind in ("paragraph", "list") and len(runs) > 1 and runs[0].bold and not runs[0].text.endswith(_STOP)
    if led and runs[1].text[:1] in (" ", "\u3000"):
        gap = len(runs[0].text)
        prepared = f"{source[:gap]}{LEAD_IN_GAP}{source[gap + 1 :]}"
    edits = hygiene.edits(prepared, verse=kind == "verse", language=language)
    if any(run.lang for run in runs):
        edits = _by_language(runs, prepared, edits)
    if gap >= 0 and source[gap] != LEAD_IN_GAP and not any(edit.start <= gap < edit.end for edit in edits):
        edits = sorted([*edits, Edit(gap, gap + 1, LEAD_IN_GAP)])
    cleaned = tuple(_cleaned(runs, source, edits)) if edits else tuple(runs)
    return Block(kind, cleaned, source, tuple(lines), tuple(edits), level, label, number)


def _by_language(runs: Sequence[Run], prepared: str, edits: Sequence[Edit]) -> list[Edit]:
    """The edits outside the runs that have a language, and inside each of these those of its language."""
    kept, end = list(edits), 0
    for run in runs:
        start, end = end, end + len(run.text)
        if run.lang:
            kept = [edit for edit in kept if edit.end <= start or edit.start >= end]
            own = hygiene.edits(prepared[start:end], language=run.lang)
            inner = [
                edit for edit in own if edit.new or 0 < edit.start < edit.end < end - start
            ]  # its edges are no ends
            kept += [Edit(edit.start + start, edit.end + start, edit.new) for edit in inner]
    return sorted(kept)


def _cleaned(runs: Sequence[Run], source: str, edits: Sequence[Edit]) -> list[Run]:
    """The runs after the edits; a character belongs to the run in which it, or what it replaces, was typed."""
    text = hygiene.apply(source, edits)
    offsets = hygiene.typed_offsets(source, edits)
    found = []
    start = typed = 0
    for run in runs:
        typed += len(run.text)
        end = bisect_left(offsets, typed, hi=len(text))
        if end > start:
            found.append(replace(run, text=text[start:end]))
        start = end
    return found
