"""A measured headline block (题区): standing head, kicker, headline, deck and summary."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from ...errors import SourceLocation
from ...roles import Role
from ...text.headline.fitting import FittedHeadline
from .text_block import TextBlock


class HeadlineRow(Struct, frozen=True):
    """One role's lines in the block; `top` in pt from the block's top, `leading` in pt."""

    role: Role
    set: FittedHeadline
    face: str
    colour: str
    top: float
    leading: float
    mark: SourceLocation | None
    goes_on: bool = False  # continued in a row on the facing page

    @property
    def height(self) -> float:
        return self.leading * len(self.set.lines)


class StandingHeadLabel(Struct, frozen=True):
    """A standing head in words; `width` and `height` (pt) are those of its ground, without the rule under it."""

    words: TextBlock
    top: float
    width: float
    height: float


class Ornament(Struct, frozen=True):
    """A drawing of the block, a standing head or a headpiece, at `x` and `top` pt from the block's corner."""

    file: Path
    alt: str
    mark: SourceLocation
    x: float
    top: float
    width: float
    height: float


class HeadlineBlock(Struct, frozen=True):
    """A measured block: `height` pt of type, `lines` of the grid that it occupies with its air.

    `left` (pt) is the width that a headpiece takes. `over` counts the characters too many where not even the smallest
    size fits.
    """

    rows: tuple[HeadlineRow, ...]
    height: float
    lines: int
    over: int = 0
    label: StandingHeadLabel | None = None
    ornaments: tuple[Ornament, ...] = ()
    summary: TextBlock | None = None
    summary_top: float = 0.0
    left: float = 0.0
