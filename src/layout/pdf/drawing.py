"""Drawings: paths of a composition, filled and stroked in its inks (ISO 32000-1 8.5)."""

from __future__ import annotations

from ..composition import Box, Shape
from .inks import is_black
from .painter import Canvas
from .writer import numbers

_STEPS = {"m": b" m", "l": b" l", "c": b" c"}


def draw(canvas: Canvas, box: Box) -> None:
    """The shapes of a box, one over the other. Thin black lines overprint, as rules do."""
    for shape in box.shapes:
        if shape.fill is not None:
            canvas.overprint(False)
            canvas.fill(shape.fill)
            canvas.out.append(_path(canvas, box, shape) + b" f")
        if shape.stroke is not None and shape.stroke_width > 0:
            canvas.begin_stroke(shape.stroke, shape.stroke_width, thin=is_black(shape.stroke))
            style = b" 1 J 1 j" if shape.round else b""
            style += b" [%s] 0 d" % numbers(*shape.dash) if shape.dash else b""
            canvas.out.append(
                b"q%s %s S Q" % (style, _path(canvas, box, shape)) if style else _path(canvas, box, shape) + b" S"
            )


def _path(canvas: Canvas, box: Box, shape: Shape) -> bytes:
    left, top = canvas.left + box.x, canvas.top - box.y
    steps = []
    for name, *values in shape.path:
        if name == "h":
            steps.append(b"h")
            continue
        points = [float(value) for value in values]
        placed = [left + value if at % 2 == 0 else top - value for at, value in enumerate(points)]
        steps.append(numbers(*placed) + _STEPS[str(name)])
    return b" ".join(steps)
