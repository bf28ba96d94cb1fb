"""Names in columns, evenly spaced (均排; rules E10, J2), with the frame of the dead (示亡号; rule J10)."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from msgspec import Struct

from .printed import FaceLike, PrintedHeadline, measure_headline

SLOT = 3.0  # em: names of two characters are spread to the width of three
_GAP = 1.0  # em at least between two names


class ListedName(Struct, frozen=True):
    """A person in a list: `note` is printed after the name (`（女）`); `deceased`: the name gets a frame (J10)."""

    text: str
    note: str = ""
    deceased: bool = False


class NameCell(Struct, frozen=True):
    """A placed name; em. `xs` has the origin of each character of `text` (name and note) from the list's left edge.

    `frame` is the left and right edge of the frame of the dead, None for the living.
    """

    text: str
    xs: tuple[float, ...]
    x: float
    width: float
    frame: tuple[float, float] | None = None


class NameList(Struct, frozen=True):
    """Rows of names in `columns` columns that begin at the same place in every row; `over`: wider than the measure."""

    rows: tuple[tuple[NameCell, ...], ...]
    columns: int
    over: tuple[str, ...] = ()


def spread_evenly(text: str, cells: float, face: FaceLike) -> tuple[float, ...]:
    """Origins in em of a text spread over `cells` em, the first character at the left edge, the last at the right.

    A single character is centred. Latin words and dashes are not spread, and a text as wide as `cells` or wider is
    set solid (CLREQ «even_inter_character_spacing»).
    """
    measured = measure_headline(PrintedHeadline(text, tuple(range(len(text))), frozenset(), ()), face, 0.0)
    width, joints = measured.line(0, len(text))
    free = max(0.0, cells - width)
    pen = 0.0 if joints else free / 2
    xs = []
    for at in range(len(text)):
        if at and measured.joint(at):
            pen += free / joints
        xs.append(pen + measured.shifts[at])
        pen += measured.advances[at]
    return tuple(xs)


def name_list(
    names: Sequence[str | ListedName],
    measure_em: float,
    *,
    face: FaceLike,
    slot: float = SLOT,
    gap: float = _GAP,
    columns: int | None = None,
) -> NameList:
    """Sets names in columns; lengths in em.

    A name shorter than `slot` is spread to it. A longer one, or one with a note, takes as many columns as it needs;
    where most names are longer, the slot is as wide as the widest.

    Args:
        names: Names, or people with notes.
        measure_em: Width of the list.
        face: Of the names.
        slot: Width that short names are spread to.
        gap: Least distance of two names.
        columns: Their number; None, as many as the measure holds.
    """
    spread = slot
    people = [ListedName(name) if isinstance(name, str) else name for name in names]
    widths = [_width(person.text, face, spread) + _width(person.note, face) for person in people]
    if widths and sum(width > slot for width in widths) * 2 > len(widths):
        slot = max(widths)
    most = max(1, int((measure_em + gap + 1e-9) / (slot + gap)))
    columns = min(columns or most, most)
    pitch = (measure_em - slot) / (columns - 1) if columns > 1 else measure_em
    rows: list[list[NameCell]] = [[]]
    column = 0
    over = []
    for person, width in zip(people, widths, strict=True):
        needed = 1 if width <= slot else min(columns, max(1, ceil((width + gap - 1e-9) / pitch)))
        if width > measure_em + 1e-9:
            over.append(person.text)
        if column + needed > columns and column:
            rows.append([])
            column = 0
        if column + needed == columns and column and column * pitch + width > measure_em + 1e-9:
            rows.append([])
            column = 0
        rows[-1].append(_cell(person, column * pitch, face, spread))
        column += needed
    return NameList(tuple(tuple(row) for row in rows if row), columns, tuple(over))


def _width(text: str, face: FaceLike, least: float = 0.0) -> float:
    if not text:
        return 0.0
    return max(
        least,
        measure_headline(PrintedHeadline(text, tuple(range(len(text))), frozenset(), ()), face, 0.0).line(0, len(text))[
            0
        ],
    )


def _cell(person: ListedName, x: float, face: FaceLike, spread: float) -> NameCell:
    width = _width(person.text, face, spread)
    xs = [x + place for place in spread_evenly(person.text, width, face)]
    xs += [x + width + place for place in spread_evenly(person.note, 0.0, face)]
    frame = (x, x + width) if person.deceased else None
    return NameCell(person.text + person.note, tuple(xs), x, width + _width(person.note, face), frame)
