"""The graphics state (ISO 32000-1 8.4), and the operators that save, restore and transform it.

Preflight reads what any file paints, the WeasyPrint adapter rewrites what WeasyPrint drew; both keep this state. They
differ in the types of a colour, a colour space and a font.
"""

from __future__ import annotations

from copy import copy
from typing import Generic, TypeVar

from msgspec import Struct

from .matrices import IDENTITY, Matrix, concatenated, matrix_from_operands
from .rectangles import EVERYWHERE, Rectangle

_MOST_SAVED = 4096  # graphics states saved at once; viewers bear some hundred

PaintType = TypeVar("PaintType")
SpaceType = TypeVar("SpaceType")
Font = TypeVar("Font")


class TooManyOperatorsError(Exception):
    """The page has more operators than are interpreted."""


class GraphicsState(Struct, Generic[PaintType, SpaceType, Font]):
    """The parameters that `q` saves and `Q` restores. Lengths are in units of user space, `clip` in points of the page.

    `blend` is True in any blend mode but Normal, `mask` where a soft mask is in force.
    """

    fill: PaintType
    stroke: PaintType
    fill_space: SpaceType
    stroke_space: SpaceType
    ctm: Matrix = IDENTITY
    clip: Rectangle = EVERYWHERE
    line: float = 1.0
    op: bool = False
    OP: bool = False
    opm: int = 0
    ca: float = 1.0
    CA: float = 1.0
    blend: bool = False
    mask: bool = False
    font: Font | None = None
    size: float = 0.0
    character: float = 0.0
    word: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def copy(self) -> GraphicsState[PaintType, SpaceType, Font]:
        return copy(self)

    @property
    def fills_opaquely(self) -> bool:
        return self.ca >= 1 and not self.blend and not self.mask

    @property
    def strokes_opaquely(self) -> bool:
        return self.CA >= 1 and not self.blend and not self.mask


class StateOperators(Generic[PaintType, SpaceType, Font]):
    """The operators of the graphics state that mean the same to every reader."""

    def __init__(self, state: GraphicsState[PaintType, SpaceType, Font]) -> None:
        self.state = state
        self.stack: list[GraphicsState[PaintType, SpaceType, Font]] = []

    def save(self, _: list[bytes]) -> None:
        """`q`. Raises TooManyOperatorsError where more states are saved than a viewer bears."""
        if len(self.stack) >= _MOST_SAVED:
            raise TooManyOperatorsError
        self.stack.append(self.state.copy())

    def restore(self, _: list[bytes]) -> None:
        """`Q`; without a saved state nothing happens."""
        if self.stack:
            self.state = self.stack.pop()

    def concat(self, operands: list[bytes]) -> None:
        """`cm`."""
        self.state.ctm = concatenated(matrix_from_operands(operands), self.state.ctm)

    def line_width(self, operands: list[bytes]) -> None:
        """`w`."""
        self.state.line = float(operands[0])
