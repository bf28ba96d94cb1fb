"""Composed lines, rules and frames as operators of a page's content stream."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from math import fsum
from operator import mul, sub

from msgspec.structs import replace

from ..composition import Box, Colour, Line, Page, Span
from .fonts import Font, Fonts
from .inks import TOGGLES, Inks, is_black
from .target import Target
from .writer import Writer, numbers

# Thousandths of an em: two gaps that differ by less are one gap.
_SAME = 0.5
_WIDE = 400
# Of a vertical line's centre above the baseline of letters that lie on their side: the middle of the em box, in em.
_MIDDLE = 0.38
_DASH = "——"


class Canvas:
    """The content stream of one page, and the resources it names. Takes lengths from the trim's top left corner.

    The graphics state is kept track of, so that an operator is written only where it changes something.
    """

    def __init__(self, page: Page, target: Target, inks: Inks, fonts: Fonts, writer: Writer) -> None:
        self.out: list[bytes] = []
        self.spots: dict[str, Colour] = {}  # spot colours used, at full strength
        self.annotations: list[int] = []
        self.left = target.margin
        self.top = target.margin + page.height
        self._inks = inks
        self._fonts = fonts
        self._writer = writer
        self._print = target.edition == "print"
        self._resources: dict[bytes, dict[bytes, int]] = {}
        self._start()

    # State.

    def _start(self) -> None:
        """The state in which a page begins (ISO 32000-1 8.4.1)."""
        self._fill: Colour | None = None
        self._over = False
        self._font: tuple[str, float, bool] = ("", 0.0, False)
        self._typeface: Font | None = None
        self._spacing = 0.0
        self._scale = 1.0
        self._rise = 0.0
        self._x = self._y = 0.0
        self._turned = False

    def clip(self, x: float, y: float, width: float, height: float) -> None:
        """Nothing shows outside this rectangle until `unclip`. To be called first."""
        self.out.append(b"q " + numbers(self.left + x, self.top - y - height, width, height) + b" re W n")

    def unclip(self) -> None:
        self.out.append(b"Q")
        self._start()

    def resource(self, kind: bytes, label: bytes, number: int) -> None:
        self._resources.setdefault(kind, {})[label] = number

    def resources(self) -> bytes:
        """The page's resource dictionary, without brackets."""
        return b"".join(
            b"/%s<<%s>>" % (kind, b"".join([b"/%s %d 0 R" % item for item in entries.items()]))
            for kind, entries in self._resources.items()
        )

    def fill(self, colour: Colour) -> None:
        if colour is not self._fill and colour != self._fill:
            self._colour(colour, stroke=False)
            self._fill = colour

    def overprint(self, over: bool) -> None:
        if over is not self._over and self._print:
            label = b"Over" if over else b"Knock"
            self.resource(b"ExtGState", label, self._writer.once(TOGGLES[label]))
            self.out.append(b"/%s gs" % label)
            self._over = over

    def _colour(self, colour: Colour, *, stroke: bool) -> None:
        if space := self._inks.space(colour):
            self.spots.setdefault(colour.spot, replace(colour, tint=1.0))
            number = self._writer.once(space)
            label = b"C%d" % number
            self.resource(b"ColorSpace", label, number)
            self.out.append(b"/%s %s" % (label, b"CS" if stroke else b"cs"))
        self.out.append(self._inks.operator(colour, stroke=stroke))

    # Boxes.

    def rectangle(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A filled rectangle; a thin black one is a line and overprints."""
        self.fill(colour)
        self.overprint(is_black(colour) and min(width, height) < self._inks.thin)
        self.out.append(numbers(self.left + x, self.top - y - height, width, height) + b" re f")

    def outline(self, box: Box, x: float, y: float, width: float, height: float) -> None:
        """The stroke of a box, inside it."""
        if box.stroke is None or box.stroke_width <= 0:
            return
        half = box.stroke_width / 2
        self.overprint(is_black(box.stroke) and box.stroke_width < self._inks.thin)
        self._colour(box.stroke, stroke=True)
        dash = b"[%s] 0 d " % numbers(*box.dash) if box.dash else b""
        self.out.append(
            dash
            + numbers(box.stroke_width)
            + b" w "
            + numbers(self.left + x + half, self.top - y - height + half, width - 2 * half, height - 2 * half)
            + b" re S"
            + (b" [] 0 d" if box.dash else b"")
        )

    def begin_stroke(self, colour: Colour, width: float, *, thin: bool = False) -> None:
        """Sets what the next path is stroked with; where it may, a line under the printer's limit overprints."""
        self.overprint(thin and width < self._inks.thin)
        self._colour(colour, stroke=True)
        self.out.append(numbers(width) + b" w")

    def place(self, number: int, x: float, y: float, width: float, height: float, spots: Sequence[Colour] = ()) -> None:
        """An XObject whose unit is `width` × `height` pt, its lower left corner at (x, y) from the trim's top left."""
        for ink in spots:
            self.spots.setdefault(ink.spot, ink)
        self.overprint(False)
        label = b"X%d" % number
        self.resource(b"XObject", label, number)
        matrix = numbers(width, 0, 0, height, self.left + x, self.top - y)
        self.out.append(b"q " + matrix + b" cm /%s Do Q" % label)

    def strokes(
        self,
        lines: Sequence[tuple[float, float, float, float]],
        circles: Sequence[tuple[float, float, float]],
        colour: Colour,
        width: float,
    ) -> None:
        """Straight lines (from x, y to x, y) and crossed circles (centre x, y, radius)."""
        self.overprint(False)
        self._colour(colour, stroke=True)
        self.out.append(numbers(width) + b" w")
        for x, y, radius in circles:
            self._circle(x, y, radius / 2)
            lines = [*lines, (x - radius, y, x + radius, y), (x, y - radius, x, y + radius)]
        for x, y, to_x, to_y in lines:
            ends = numbers(self.left + x, self.top - y), numbers(self.left + to_x, self.top - to_y)
            self.out.append(b"%s m %s l" % ends)
        self.out.append(b"S")

    def _circle(self, x: float, y: float, radius: float) -> None:
        x, y, bow = self.left + x, self.top - y, 0.5523 * radius
        self.out.append(numbers(x + radius, y) + b" m")
        for ax, ay, bx, by in ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0)):
            first = x + ax * radius + bx * bow, y + ay * radius + by * bow
            second = x + bx * radius + ax * bow, y + by * radius + ay * bow
            self.out.append(numbers(*first, *second, x + bx * radius, y + by * radius) + b" c")

    # Text.

    def begin(self) -> None:
        self.out.append(b"BT")
        self._x = self._y = 0.0
        self._turned = False

    def end(self) -> None:
        self.out.append(b"ET")

    def line(self, line: Line) -> None:
        for span in line.spans:
            if span.text:
                self.span(line, span)

    def span(self, line: Line, span: Span) -> None:
        """Shows characters at their origins. The commonest gap goes into the character spacing, others into TJ."""
        vertical = line.vertical and not span.turned
        size, text, xs = span.size, span.text, span.xs
        font = self._select(span, vertical)
        if span.colour is not self._fill:
            self.fill(span.colour)
        self.overprint(is_black(span.colour))
        if line.vertical:
            self._move(self.left + line.x - (_MIDDLE * size if span.turned else 0.0), self.top - xs[0], span.turned)
        else:
            self._move(self.left + xs[0], self.top - line.baseline, False)

        glyphs = self._glyphs(font, span, vertical)
        if len(text) == 1:
            self.out.append(b"(%s)Tj" % glyphs[0])
            return
        # Natural advances and gaps in thousandths of an em.
        unit = 1000 / size if line.vertical else 1000 / (size * span.scale)
        steps = map(mul, map(sub, xs[1:], xs), repeat(unit))
        advance = font.half_advance if span.half_digits else font.face.advances.__getitem__
        natural = repeat(1000) if vertical else map(advance, text)
        gaps = list(map(sub, steps, natural))
        gap, odd = _common_gap(gaps)
        spacing = gap * size / 1000
        if vertical:
            spacing = -spacing
        if abs(spacing - self._spacing) > 2e-5:
            self._spacing = spacing
            self.out.append(b"%.4f Tc" % spacing if spacing else b"0 Tc")
        if not odd:
            self.out.append(b"(%s)Tj" % b"".join(glyphs))
            return
        parts, start, owed = [], 0, 0.0
        for at in odd:
            wanted = gaps[at] - gap + owed
            given = round(wanted, 1)
            owed = wanted - given
            parts.append(b"(%s)%g" % (b"".join(glyphs[start : at + 1]), given if vertical else -given))
            start = at + 1
        self.out.append(b"[%s(%s)]TJ" % (b"".join(parts), b"".join(glyphs[start:])))

    def to_page(self, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        """A rectangle in the page's own units: left, bottom, right, top."""
        return self.left + x, self.top - y - height, self.left + x + width, self.top - y

    def extent(self, line: Line, span: Span) -> tuple[float, float, float, float]:
        """The rectangle that a span covers, in the page's own units."""
        font = self._fonts[span.face]
        after = span.xs[-1] + font.face.advances[span.text[-1]] * span.size * span.scale / 1000
        if line.vertical:
            half = span.size / 2
            return self.left + line.x - half, self.top - after, self.left + line.x + half, self.top - span.xs[0]
        foot, head = self.top - line.baseline - 0.12 * span.size, self.top - line.baseline + 0.88 * span.size
        return self.left + span.xs[0], foot, self.left + after, head

    def _select(self, span: Span, vertical: bool) -> Font:
        key = (span.face, span.size, vertical)
        if key != self._font:
            self._font = key
            font = self._typeface = self._fonts[span.face]
            label = (b"V%s" if vertical else b"%s") % font.label
            self.resource(b"Font", label, font.needs_vertical() if vertical else font.number)
            self.out.append(b"/%s %g Tf" % (label, round(span.size, 3)))
        if span.scale != self._scale:
            self._scale = span.scale
            self.out.append(numbers(100 * span.scale) + b" Tz")
        if span.rise != self._rise:
            self._rise = span.rise
            self.out.append(numbers(span.rise) + b" Ts")
        assert self._typeface is not None
        return self._typeface

    def _move(self, x: float, y: float, turned: bool) -> None:
        x, y = round(x, 3), round(y, 3)
        if turned or self._turned:
            self.out.append((b"0 -1 1 0 " if turned else b"1 0 0 1 ") + b"%.7g %.7g Tm" % (x, y))
        else:
            self.out.append(b"%.7g %.7g Td" % (round(x - self._x, 3), round(y - self._y, 3)))
        self._x, self._y, self._turned = x, y, turned

    def _glyphs(self, font: Font, span: Span, vertical: bool) -> list[bytes]:
        codes = font.vertical_codes if vertical else font.half_codes if span.half_digits else font.codes
        if _DASH in span.text:
            return font.shaped(span.text, vertical)
        return list(map(codes.__getitem__, span.text))

    # Marked content (ISO 32000-1 14.6).

    def mark(self, tag: bytes, properties: bytes = b"") -> None:
        self.out.append(b"/%s<<%s>>BDC" % (tag, properties) if properties else b"/%s BMC" % tag)

    def unmark(self) -> None:
        self.out.append(b"EMC")


def _common_gap(gaps: list[float]) -> tuple[float, list[int]]:
    """The gap (thousandths of an em) that most of a line's have, and the places of those that differ.

    A wide one is none: the spacing stands after the last letter too, where readers would take it for text.
    """
    low, high = min(gaps), max(gaps)
    if high - low < _SAME and high < _WIDE:
        gap = fsum(gaps) / len(gaps)
        return (0.0 if -0.05 < gap < 0.05 else gap), []
    rounded = list(map(round, gaps))
    common = max(set(rounded), key=rounded.count)
    if common >= _WIDE:
        return 0.0, list(range(len(gaps)))
    near = [value for value in gaps if -1 < value - common < 1]
    gap = fsum(near) / len(near)
    if -0.05 < gap < 0.05:
        gap = 0.0
    return gap, [at for at, value in enumerate(gaps) if not -_SAME < value - gap < _SAME]
