"""A matplotlib figure becomes a chart drawing: paths become shapes in the style's inks, words become labels.

matplotlib decides where bars, ticks and labels go. Its colours are placeholders for indices of a palette, and it
measures words in the issue's faces, so none of its own fonts and colours come into a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import astuple

from ....composition import Colour, DrawnShape
from ....runtime.extras import require
from ....style.grid import ASCENT_EM
from ...parts.chart_drawing import ChartDrawing, ChartLabel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Advance = Callable[[str], float]  # width of a text, em


def pack_drawing(drawing: ChartDrawing) -> list[Any]:
    """The drawing as plain values, which JSON stores without loss."""
    return [[_plain(shape) for shape in drawing.shapes], [_plain(word) for word in drawing.words]]


def unpack_drawing(values: Sequence[Any]) -> ChartDrawing:
    shapes, words = values
    made = [
        DrawnShape(tuple(map(tuple, path)), _colour(fill), _colour(stroke), width, tuple(dash), rounded)
        for path, fill, stroke, width, dash, rounded in shapes
    ]
    return ChartDrawing(made, [ChartLabel(text, x, y, size, Colour(*colour)) for text, x, y, size, colour in words])


def _plain(part: Struct) -> list[Any]:
    return [_plain(value) if isinstance(value, Struct) else value for value in astuple(part)]


def _colour(values: Sequence[Any] | None) -> Colour | None:
    return None if values is None else Colour(*values)


def placeholder_colour(number: int) -> tuple[float, float, float]:
    """The placeholder of a colour of the palette, by its index."""
    return ((number + 1) / 200, 0.5, 0.25)


@contextmanager
def figure(width: float, height: float) -> Iterator[Figure]:
    """An empty figure of this size (pt), free of the user's own settings. Raises LayoutError without matplotlib."""
    require("charts")
    import matplotlib
    from matplotlib.figure import Figure

    settings = dict(matplotlib.rcParamsDefault) | {"text.parse_math": False, "axes.unicode_minus": True}
    for name in ("backend", "backend_fallback", "interactive", "toolbar", "timezone"):
        settings.pop(name, None)
    with matplotlib.rc_context(settings):
        made = Figure(figsize=(width / 72, height / 72), dpi=72)
        made.patch.set_visible(False)
        yield made


def draw_figure(made: Figure, palette: Sequence[Colour], advance: Advance) -> ChartDrawing:
    """The drawing of a figure; `palette` resolves placeholder colours, `advance` gives the width of a text in em."""
    width, height = made.get_size_inches() * 72
    pen = _pen(float(width), float(height), palette, advance)
    made.draw(pen)
    drawing: ChartDrawing = pen.drawing
    return drawing


def _pen(width: float, height: float, palette: Sequence[Colour], advance: Advance) -> Any:
    from matplotlib.backend_bases import RendererBase
    from matplotlib.path import Path

    class Pen(RendererBase):
        """A renderer whose unit is the point."""

        def __init__(self) -> None:
            super().__init__()
            self.drawing = ChartDrawing()
            self.dpi = 72

        def get_canvas_width_height(self) -> tuple[float, float]:
            return width, height

        def points_to_pixels(self, points: Any) -> Any:
            return points

        def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
            size = prop.get_size_in_points()
            return advance(s) * size, size, (1 - ASCENT_EM) * size

        def draw_text(
            self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
        ) -> None:
            size, colour = float(prop.get_size_in_points()), _ink(gc.get_rgb(), palette)
            left = max(0.0, min(float(x), width - advance(s) * size))  # a label at the edge stays inside
            self.drawing.words.append(ChartLabel(s, left, float(y), size, colour))

        def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:
            steps: list[tuple[str | float, ...]] = []
            at = (0.0, 0.0)
            for values, code in path.iter_segments(transform, simplify=False, snap=False, curves=True):
                points = [(float(x), height - float(y)) for x, y in zip(values[::2], values[1::2], strict=True)]
                if code == Path.CLOSEPOLY:
                    steps.append(("h",))
                    continue
                if code == Path.CURVE3:  # a quadratic curve as a cubic one
                    (cx, cy), (ex, ey) = points
                    first = (at[0] + 2 * (cx - at[0]) / 3, at[1] + 2 * (cy - at[1]) / 3)
                    second = (ex + 2 * (cx - ex) / 3, ey + 2 * (cy - ey) / 3)
                    points = [first, second, (ex, ey)]
                name = {Path.MOVETO: "m", Path.LINETO: "l"}.get(code, "c")
                steps.append((name, *(value for point in points for value in point)))
                at = points[-1]
            if not steps:
                return
            stroke_width = float(gc.get_linewidth())
            _, dashes = gc.get_dashes()
            self.drawing.shapes.append(
                DrawnShape(
                    tuple(steps),
                    None if rgbFace is None else _ink(rgbFace, palette),
                    _ink(gc.get_rgb(), palette) if stroke_width else None,
                    stroke_width,
                    tuple(float(dash) for dash in dashes or ()),
                )
            )

    return Pen()


def _ink(rgb: Sequence[float], palette: Sequence[Colour]) -> Colour:
    return palette[round(float(rgb[0]) * 200) - 1]
