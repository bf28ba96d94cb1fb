"""Drawings: paths of a composition, filled and stroked in its inks (ISO 32000-1 8.5)."""

from __future__ import annotations

from ...composition import Box, DrawnShape
from ..inks import is_black
from ..writer import numbers
from .page_content import PageContent

_STEPS = {"m": b" m", "l": b" l", "c": b" c"}


def draw_shapes(content: PageContent, box: Box) -> None:
    """The shapes of a box, one over the other. Thin black lines overprint, as rules do."""
    for shape in box.shapes:
        if shape.fill is not None:
            content.overprint(False)
            content.fill(shape.fill)
            content.out.append(_path(content, box, shape) + b" f")
        if shape.stroke is not None and shape.stroke_width > 0:
            content.begin_stroke(shape.stroke, shape.stroke_width, thin=is_black(shape.stroke))
            style = b" 1 J 1 j" if shape.round else b""
            style += b" [%s] 0 d" % numbers(*shape.dash) if shape.dash else b""
            content.out.append(
                b"q%s %s S Q" % (style, _path(content, box, shape)) if style else _path(content, box, shape) + b" S"
            )


def _path(content: PageContent, box: Box, shape: DrawnShape) -> bytes:
    left, top = content.left + box.x, content.top - box.y
    steps = []
    for name, *values in shape.path:
        if name == "h":
            steps.append(b"h")
            continue
        points = [float(value) for value in values]
        placed = [left + value if at % 2 == 0 else top - value for at, value in enumerate(points)]
        steps.append(numbers(*placed) + _STEPS[str(name)])
    return b" ".join(steps)
