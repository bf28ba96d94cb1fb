"""How an element is composed: what each module that `issue.floats.ELEMENTS` names gives as its `COMPOSER`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ...issue.floats import Float, kind_of

if TYPE_CHECKING:
    from ..canvas import Canvas
    from .floats import PlaceableRows

    LinesFunction = Callable[[Canvas, Any, str, float], int]
    PlaceFunction = Callable[[Canvas, int, Any, str, tuple[float, float, float, float], int], None]
    RowsFunction = Callable[[Canvas, Any, float], PlaceableRows]


class WholeComposer(Struct, frozen=True):
    """Of an element that stays in one piece: `lines` tells how many whole lines it takes in a width (pt), `place` sets
    it into a box of whole lines.

    `shrink` and `stretch` are the parts of its height by which the optimiser of row heights may make its area lower or
    higher; 0 for what is as high as its text.
    """

    lines: LinesFunction
    place: PlaceFunction
    shrink: float = 0.0
    stretch: float = 0.0


class RowsComposer(Struct, frozen=True):
    """Of an element of rows that may go on in the next column: `rows` sets them for a width (pt)."""

    rows: RowsFunction


Composer = WholeComposer | RowsComposer


def composer_of(float_: Float) -> Composer:
    """The composer of an element. Its module is imported when the first of its kind is composed: most issues have no
    charts.

    Raises:
        TypeError: the module gives none.
    """
    return _composer(kind_of(float_).composing)


@cache
def _composer(name: str) -> Composer:
    module = import_module(f".{name}", __package__)
    composer = getattr(module, "COMPOSER", None)
    if not isinstance(composer, Composer):
        raise TypeError(f"{module.__name__} has no COMPOSER: see layout.issue.floats.ELEMENTS")
    return composer
