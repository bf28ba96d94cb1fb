"""The core model: pages of placed lines, boxes and pictures, and what did not fit.

Everything before it is pure and needs no PDF library; everything after it only draws or looks.
Lengths are points; the origin is the trim's top left corner, y runs down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from msgspec import Struct, field
from msgspec.structs import force_setattr

from .errors import Problem, SourceLocation
from .roles import Role
from .rules.rule import Weight


class Colour(Struct, frozen=True):
    """CMYK from 0 to 1; with `spot` a separation of that name whose alternate the four values are."""

    c: float = 0.0
    m: float = 0.0
    y: float = 0.0
    k: float = 1.0
    spot: str = ""
    tint: float = 1.0


BLACK = Colour()


NOTE_LINK = "#note:"  # the link of a footnote's mark begins so, and ends in the number of the note's paragraph


class SpanGlyph(NamedTuple):
    """A glyph of a shaped word: its number in the font, its origin in pt from the least of the span's `xs` and above
    the baseline, its advance in thousandths of the span's size, and the characters that it stands for."""

    number: int
    x: float
    y: float
    advance: int
    text: str


class Span(Struct, frozen=True):
    """Characters of one face in a line, each with its origin.

    `xs` holds one origin a character: x in pt on a horizontal line; on a vertical line the y of the top of
    its cell. `scale` is the horizontal scale of the letters (长体/扁体), `rise` lifts the baseline (pt), or moves what is
    on a vertical line to the right. `turned` lays the letters on their side in a vertical line, `across` sets them side
    by side in the cell at `xs[0]` (纵中横). A shaped word has its `glyphs` from left to right, though its `text` may run
    `leftward`.
    """

    text: str
    face: str
    size: float
    xs: Sequence[float]
    colour: Colour = BLACK
    rise: float = 0.0
    scale: float = 1.0
    turned: bool = False
    link: str = ""
    half_digits: bool = False  # digits in their forms of ½ em
    western: bool = False  # of a language set in Latin type: proportional marks, ligatures
    language: str = ""  # of its words (BCP 47), where it is not that of the frame
    glyphs: tuple[SpanGlyph, ...] = ()
    leftward: bool = False
    across: bool = False


class PlacedLine(Struct, frozen=True):
    """A line as printed. `start` and `end` count characters of paragraph `paragraph` (from 1) as typed.

    On a vertical line `x` is the centre of the line and `baseline` its top.
    """

    text: str
    x: float
    baseline: float
    width: float
    size: float
    spans: tuple[Span, ...]
    paragraph: int = 0
    start: int = 0
    end: int = 0
    ends_paragraph: bool = True
    loose: float = 0.0  # what each Han gap was given, em
    vertical: bool = False
    mark: SourceLocation | None = None

    @property
    def face(self) -> str:
        return self.spans[0].face if self.spans else ""


class TableCell(Struct, frozen=True):
    """A cell of a placed table: lines `begin` to before `end` of its frame, none where they are equal. `columns` is how
    many columns it spans. `heads` is what it is the head of: its column, its row, or nothing."""

    begin: int
    end: int
    columns: int = 1
    heads: Literal["", "column", "row"] = ""


class TableRow(Struct, frozen=True):
    """A row of a placed table: its cells from the left, empty ones too."""

    kind: Literal["head", "body", "total"]
    cells: tuple[TableCell, ...]


class Frame(Struct, frozen=True):
    """A rectangle that takes lines. `role` may be given by its name. `order` ranks frames for reading: by article, then
    along its thread. `rows` are those of a table, whose cells are runs of `lines`; what no cell holds is its title and
    its notes.

    Raises:
        ValueError: there is no such role.
    """

    article: str
    role: Role
    x: float
    y: float
    width: float
    height: float
    lines: tuple[PlacedLine, ...] = ()
    column: int = 1
    order: int = 0
    rows: tuple[TableRow, ...] = ()

    def __post_init__(self) -> None:
        if type(self.role) is not Role:
            force_setattr(self, "role", Role(self.role))


class DrawnShape(Struct, frozen=True):
    """A path of a drawing, in pt from its box's top left corner.

    Steps are ("m", x, y), ("l", x, y), ("c", x1, y1, x2, y2, x, y) and ("h",): move, line, curve, close. `round` ends
    and joins lines in the round, so that dashes of no length are dots.
    """

    path: tuple[tuple[str | float, ...], ...]
    fill: Colour | None = None
    stroke: Colour | None = None
    stroke_width: float = 0.0
    dash: tuple[float, ...] = ()
    round: bool = False


class Box(Struct, frozen=True):
    """Furniture and boxes under or around text.

    `kind` "rule": a filled rectangle (`fill`). "frame": a tint or outline (`fill`, `stroke`, `stroke_width` pt).
    "drawing": `shapes`, painted one over the other; with `alt` it is a figure, without it an ornament.
    "furniture": `html`, a document of the style's that WeasyPrint draws in this box, with `css`;
    `base` is the folder that its addresses start from. `alt` is its text for the screen edition.
    """

    kind: str
    x: float
    y: float
    width: float
    height: float
    fill: Colour | None = None
    stroke: Colour | None = None
    stroke_width: float = 0.0
    dash: tuple[float, ...] = ()
    html: str = ""
    css: str = ""
    base: str = ""
    name: str = ""
    alt: str = ""
    bleed: bool = False
    mark: SourceLocation | None = None
    shapes: tuple[DrawnShape, ...] = ()
    article: str = ""


class PlacedPicture(Struct, frozen=True):
    """A picture in its box; `crop` is the part of the file that shows (left, top, right, bottom; 0 to 1)."""

    file: str
    x: float
    y: float
    width: float
    height: float
    crop: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    alt: str = ""
    article: str = ""
    mark: SourceLocation | None = None
    order: int = 0


class Page(Struct, frozen=True):
    """One page; frames stand in reading order, boxes in painting order (under the text)."""

    number: int
    name: str
    width: float
    height: float
    frames: tuple[Frame, ...] = ()
    boxes: tuple[Box, ...] = ()
    pictures: tuple[PlacedPicture, ...] = ()


class Overset(Struct, frozen=True):
    """Text that did not fit: nothing of it is lost, it starts at `mark`."""

    article: str
    characters: int
    lines: int
    mark: SourceLocation
    page: int = 0


class Fit(Struct, frozen=True):
    """How full an article's frames are, in characters of its text and in lines; `page` is where it begins."""

    article: str
    capacity: int
    characters: int
    lines: int = 0
    lines_used: int = 0
    page: int = 0
    pages: tuple[int, ...] = ()


class Composition(Struct, frozen=True):
    """The whole issue, ready to be drawn. `metadata`: title, author, date (ISO), language, number, …"""

    pages: tuple[Page, ...]
    overset: tuple[Overset, ...] = ()
    fit: tuple[Fit, ...] = ()
    problems: tuple[Problem, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    headlines: Mapping[str, str] = field(default_factory=dict)  # article → its headline in one line
    faces: Mapping[str, Any] = field(default_factory=dict)  # name → what its text is set in
    languages: Mapping[str, str] = field(default_factory=dict)  # article → its language, where not the document's
    folders: tuple[str, ...] = ()  # what pictures and furniture may be read from; else what lies beside each of them
    checks: Mapping[str, Weight] = field(
        default_factory=dict
    )  # severities of rules, as the style and the issue have them

    def write_pdf(
        self, file: str | Path, *, printer: str | Path = "offset-coated", marks: bool = False
    ) -> list[Problem]:
        """Writes the print PDF (PDF/X-4), whole or not at all; what is wrong with it is returned.

        `printer` is the name of a shipped profile or the path of one's own.
        """
        import layout  # the public functions; the model itself needs nothing of what draws it

        return layout.write_pdf(self, file, printer=printer, marks=marks)

    def to_json(self) -> str:
        """The composition as JSON: points rounded to thousandths, origin at the trim's top left corner."""
        import json

        tree = {
            "pages": [_page(page) for page in self.pages],
            "overset": [
                {
                    "article": over.article,
                    "characters": over.characters,
                    "lines": over.lines,
                    "page": over.page,
                    **_location(over.mark),
                }
                for over in self.overset
            ],
            "fit": [
                {"article": fit.article, "page": fit.page, "capacity": fit.capacity, "characters": fit.characters}
                for fit in self.fit
            ],
        }
        return json.dumps(tree, ensure_ascii=False, indent=1)


def _round(value: float) -> float:
    return round(value, 3)


def _location(mark: SourceLocation | None) -> dict[str, Any]:
    return {"file": mark.file, "line": mark.line, "column": mark.column} if mark else {}


def _colour(colour: Colour | None) -> list[float] | dict[str, Any] | None:
    if colour is None:
        return None
    values = [colour.c, colour.m, colour.y, colour.k]
    return {"spot": colour.spot, "tint": colour.tint, "alternate": values} if colour.spot else values


def _rectangle(thing: Frame | Box | PlacedPicture) -> dict[str, float]:
    return {name: _round(getattr(thing, name)) for name in ("x", "y", "width", "height")}


def _page(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "name": page.name,
        "width": _round(page.width),
        "height": _round(page.height),
        "frames": [_frame(frame) for frame in page.frames],
        "boxes": [
            {"kind": box.kind, "name": box.name, **_rectangle(box)}
            | {"fill": _colour(box.fill), "stroke": _colour(box.stroke), "stroke_width": box.stroke_width}
            for box in page.boxes
        ],
        "pictures": [
            {"file": picture.file, "article": picture.article, **_rectangle(picture)}
            | {"crop": [_round(value) for value in picture.crop], "alt": picture.alt}
            for picture in page.pictures
        ],
    }


def _frame(frame: Frame) -> dict[str, Any]:
    return {
        "article": frame.article,
        "role": frame.role,
        "column": frame.column,
        **_rectangle(frame),
        "lines": [_line(line) for line in frame.lines],
        **({"rows": [_row(row) for row in frame.rows]} if frame.rows else {}),
    }


def _row(row: TableRow) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "cells": [
            {"lines": [cell.begin, cell.end], "columns": cell.columns, "heads": cell.heads} for cell in row.cells
        ],
    }


def _line(line: PlacedLine) -> dict[str, Any]:
    return {
        "text": line.text,
        "x": _round(line.x),
        "baseline": _round(line.baseline),
        "width": _round(line.width),
        "size": line.size,
        "face": line.face,
        "paragraph": line.paragraph,
        "start": line.start,
        "end": line.end,
        "ends_paragraph": line.ends_paragraph,
        **({"vertical": True} if line.vertical else {}),
        **({"loose": _round(line.loose)} if line.loose else {}),
        "glyphs": [
            [character, _round(x)] for span in line.spans for character, x in zip(span.text, span.xs, strict=True)
        ],
        **_location(line.mark),
    }
