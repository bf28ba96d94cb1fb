"""Text about a file: outlines for a slug line, a subset font for a report."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ..runtime.resources import data_folder

_FACE = "Hei-Regular.ttf"


@lru_cache(1)
def _blob() -> Any:
    import uharfbuzz

    return uharfbuzz.Blob.from_file_path(str(data_folder("fonts") / _FACE))


def outlined_text(text: str, size: float, x: float, y: float) -> tuple[str, float]:
    """A line of text as PDF path operators starting at x, y (pt), and its width (pt)."""
    import uharfbuzz

    face = uharfbuzz.Face(_blob())
    font = uharfbuzz.Font(face)
    scale = size / face.upem
    pen = _Pen(scale, x, y)
    for character in text:
        glyph = font.get_nominal_glyph(ord(character))
        if glyph:
            font.draw_glyph_with_pen(glyph, pen)
        pen.x += font.get_glyph_h_advance(glyph or 0) * scale
    return "\n".join([*pen.steps, "f"]), pen.x - x


def subset_font(text: str) -> bytes:
    """A TrueType font with the characters of a text."""
    import uharfbuzz

    subset_input = uharfbuzz.SubsetInput()
    subset_input.sets(uharfbuzz.SubsetInputSets.UNICODE).update(map(ord, set(text)))
    subset_input.sets(uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG).clear()
    subset: bytes = uharfbuzz.subset(uharfbuzz.Face(_blob()), subset_input).blob.data
    return subset


class _Pen:
    """A pen that writes a glyph's outline as PDF operators."""

    def __init__(self, scale: float, x: float, y: float) -> None:
        self.scale, self.x, self.y = scale, x, y
        self.steps: list[str] = []
        self._last = (0.0, 0.0)

    def _write(self, operator: str, *points: tuple[float, float]) -> None:
        self._last = points[-1]
        places = (f"{self.x + px * self.scale:.3f} {self.y + py * self.scale:.3f}" for px, py in points)
        self.steps.append(f"{' '.join(places)} {operator}")

    def moveTo(self, point: tuple[float, float]) -> None:
        self._write("m", point)

    def lineTo(self, point: tuple[float, float]) -> None:
        self._write("l", point)

    def curveTo(self, *points: tuple[float, float]) -> None:
        self._write("c", *points)

    def qCurveTo(self, *points: tuple[float, float]) -> None:
        """A quadratic curve, written as the equal cubic one."""
        (ax, ay), (bx, by), (cx, cy) = self._last, *points
        self._write(
            "c",
            (ax + 2 / 3 * (bx - ax), ay + 2 / 3 * (by - ay)),
            (cx + 2 / 3 * (bx - cx), cy + 2 / 3 * (by - cy)),
            (cx, cy),
        )

    def closePath(self) -> None:
        self.steps.append("h")
