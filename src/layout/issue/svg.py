"""The size of an SVG drawing, and checks of its limits before it is drawn.

A parser that keeps no tree counts the elements; those repeated by `use` and markers count as often as they are drawn.
"""

from __future__ import annotations

import math
import zlib
from xml.parsers import expat

from msgspec import Struct, field

from ..runtime.limits import NESTING, SVG_BYTES, SVG_ELEMENTS, LimitError, over

_SMALLEST, _LARGEST = 1e-6, 1e9  # of a side, in the drawing's own units


class DamagedSvg(ValueError):
    """The file is not XML, not SVG, or has no size."""


class _Part(Struct):
    """An element with an `id`, or the root: the number of its elements, and the parts that it repeats."""

    elements: int = 0
    shows: list[str] = field(default_factory=list)


class _Counter:
    def __init__(self) -> None:
        self.whole = _Part()
        self.parts: dict[str, _Part] = {}
        self.open: list[_Part | None] = []
        self.inside: list[_Part] = [self.whole]
        self.markers: list[str] = []
        self.vertices = 0
        self.root: tuple[str, dict[str, str]] | None = None
        self.elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if self.root is None:
            self.root = name, attributes
        self.elements += 1
        _within_elements(self.elements)
        if len(self.open) >= NESTING.most:
            raise LimitError([over(NESTING)])
        part = _Part() if "id" in attributes else None
        if part is not None:
            self.parts.setdefault(attributes["id"], part)
            self.inside[-1].shows.append(attributes["id"])
            self.inside.append(part)
            if name == "marker":
                self.markers.append(attributes["id"])
        self.open.append(part)
        self.inside[-1].elements += 1
        if name == "use":
            target = attributes.get("href") or attributes.get("xlink:href") or ""
            if target.startswith("#"):
                self.inside[-1].shows.append(target[1:])
        self.vertices += len(attributes.get("d") or attributes.get("points") or "") // 4

    def end(self, _: str) -> None:
        if self.open.pop() is not None:
            self.inside.pop()

    def entity(self, name: str, *_: object) -> None:
        raise DamagedSvg(f"entity {name}")

    def check(self) -> None:
        """Counts the drawn elements, each part as often as it is repeated."""
        drawn: dict[str, int] = {}

        def of(part: _Part, above: frozenset[str]) -> int:
            total = part.elements
            for name in part.shows:
                if name in above:
                    continue  # a part that contains itself draws nothing
                if name not in drawn and name in self.parts:
                    if len(above) >= NESTING.most:
                        raise LimitError([over(NESTING)])
                    drawn[name] = of(self.parts[name], above | {name})
                total += drawn.get(name, 0)
                _within_elements(total)
            return total

        total = of(self.whole, frozenset())
        _within_elements(total + self.vertices * max((drawn.get(name, 0) for name in self.markers), default=0))


def _within_elements(found: int) -> None:
    if found > SVG_ELEMENTS.most:
        raise LimitError([over(SVG_ELEMENTS)])


def unpacked(data: bytes) -> bytes:
    """The bytes of an SVG, decompressed if it is gzip. Raises LimitError, DamagedSvg."""
    if data.startswith(b"\x1f\x8b"):
        try:
            data = zlib.decompressobj(31).decompress(data, SVG_BYTES.most + 1)
        except zlib.error as error:
            raise DamagedSvg(str(error)) from error
    if len(data) > SVG_BYTES.most:
        raise LimitError([over(SVG_BYTES, found=len(data))])
    return data


def check(data: bytes) -> dict[str, str]:
    """Checks the limits of a drawing; returns the attributes of its root.

    Raises:
        LimitError: too many elements or bytes, too deep.
        DamagedSvg: it is no SVG.
    """
    counter = _Counter()
    parser = expat.ParserCreate()
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    parser.EntityDeclHandler = counter.entity
    try:
        parser.Parse(unpacked(data), True)
    except LimitError:
        raise
    except (expat.ExpatError, LookupError, ValueError) as error:  # an encoding that expat does not know
        raise DamagedSvg(str(error)) from error
    if counter.root is None or counter.root[0] != "svg":
        raise DamagedSvg("no svg")
    counter.check()
    return counter.root[1]


def drawing_size(data: bytes) -> tuple[float, float]:
    """Width and height of a drawing in its own units. Raises as `check`; DamagedSvg also where there is no size."""
    root = check(data)
    box = root.get("viewBox", "").replace(",", " ").split()
    try:
        width, height = (
            (float(box[2]), float(box[3])) if len(box) == 4 else (_units(root.get("width")), _units(root.get("height")))
        )
    except ValueError as error:
        raise DamagedSvg("no viewBox and no size") from error
    if not (math.isfinite(width) and math.isfinite(height) and min(width, height) > 0):
        raise DamagedSvg("no viewBox and no size")
    if not _SMALLEST < width < _LARGEST or not _SMALLEST < height < _LARGEST:
        raise DamagedSvg(f"{width:g} × {height:g}")
    return width, height


def _units(text: str | None) -> float:
    number = "".join(c for c in text or "" if c in "0123456789.")
    return float(number or 0)
