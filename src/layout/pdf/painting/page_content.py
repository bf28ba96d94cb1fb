"""Composed lines, rules and frames as operators of a page's content stream."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from math import fsum
from operator import attrgetter, sub

from msgspec.structs import replace

from ...composition import Box, Colour, Page, PlacedLine, Span
from ..fonts import EmbeddedFont, EmbeddedFonts
from ..inks import TOGGLES, Inks, is_black
from ..target import Target
from ..writer import Writer, numbers, text_string

# Thousandths of an em: two gaps that differ by less than _SAME are one gap, one under _NONE is none.
_SAME_POSITION = 0.5
_NEGLIGIBLE = 0.05
_WIDE = 400
# Of a vertical line's centre above the baseline of letters that lie on their side: the middle of the em box, in em.
_MIDDLE = 0.38
_DASH = "——"
_WORD_JOINER = "\u2060"
ASCENT_EM = 0.88  # from the top of a cell to the baseline of letters side by side in it


class PageContent:
    """The content stream of one page, and the resources it names. Takes lengths from the trim's top left corner.

    It tracks the graphics state, so that an operator is written only where it changes something.
    """

    def __init__(self, page: Page, target: Target, inks: Inks, fonts: EmbeddedFonts, writer: Writer) -> None:
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
        self._typeface: tuple[EmbeddedFont | None, float, bool] = (None, 0.0, False)
        self._manner: object = None  # of the last span, None where something else came after it
        self._spacing = 0.0
        self._scale = 1.0
        self._rise = 0.0
        self._x = self._y = 0
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
            self._manner = None

    def overprint(self, over: bool) -> None:
        if over is not self._over and self._print:
            label = b"Over" if over else b"Knock"
            self.resource(b"ExtGState", label, self._writer.once(TOGGLES[label]))
            self.out.append(b"/%s gs" % label)
            self._over = over
            self._manner = None

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
        self._x = self._y = 0
        self._turned = False

    def end(self) -> None:
        self.out.append(b"ET")

    def line(self, line: PlacedLine) -> None:
        for span in line.spans:
            if span.text:
                self.span(line, span)

    def span(self, line: PlacedLine, span: Span) -> None:
        """Shows characters at their origins; a face that is made bolder has its outlines drawn as well."""
        if _WORD_JOINER in span.text:
            span = _without_joiners(span)
            if not span.text:
                return
        stroke = self._fonts[span.face].face.stroke
        if span.across:
            line, span = self._in_one_cell(line, span)
        if stroke:
            self._colour(span.colour, stroke=True)
            self.out.append(b"2 Tr %s w 1 j" % numbers(stroke * span.size))
        if span.language:
            self.mark(b"Span", b"/Lang" + text_string(span.language))  # rule L13
        if span.glyphs:
            self._show_shaped(line, span)
        elif not self._show(line, span):
            self._show_made(line, span)
        if span.language:
            self.unmark()
        if stroke:
            self.out.append(b"0 Tr 0 j")

    def _in_one_cell(self, line: PlacedLine, span: Span) -> tuple[PlacedLine, Span]:
        """Characters side by side in a cell of a vertical line, as a horizontal line centred on it (rule V4)."""
        advances = self._fonts[span.face].face.advances
        widths = [advances[character] * span.size * span.scale / 1000 for character in span.text]
        xs = [line.x - sum(widths) / 2 + before for before in accumulate(widths[:-1], initial=0.0)]
        level = replace(line, vertical=False, x=xs[0], baseline=span.xs[0] + ASCENT_EM * span.size)
        return level, replace(span, xs=xs, across=False)

    def _show_made(self, line: PlacedLine, span: Span) -> None:
        """A span with characters that its face composes of smaller ones (rule B17). One composed of several has its
        character as `ActualText` (ISO 32000-1 14.9.4)."""
        made, size, start = self._font.made, span.size, 0
        for at, character in enumerate(span.text):
            if character not in made:
                continue
            if start < at:
                self._show(line, replace(span, text=span.text[start:at], xs=span.xs[start:at]))
            start, parts = at + 1, made[character]
            if len(parts) > 1:
                self.mark(b"Span", b"/ActualText" + text_string(character))
            for part in parts:
                shown = character if len(parts) == 1 else part.character
                x = span.xs[at] + part.x * size * span.scale
                small = replace(span, text=shown, xs=[x], size=size * part.size, rise=span.rise + part.rise * size)
                self._show(line, small, is_part=True)
            if len(parts) > 1:
                self.unmark()
        if start < len(span.text):
            self._show(line, replace(span, text=span.text[start:], xs=span.xs[start:]))

    def _show_shaped(self, line: PlacedLine, span: Span) -> None:
        """Shows the glyphs of a shaped word at their places, those at one height in one string.

        A word with marks over or under its letters says what it is when text is taken out (rule S9). One
        that runs leftward does not: readers turn the glyphs' own characters round, and would turn its text round too.
        """
        says_text = not span.leftward and any(len(one.text) != 1 or not one.advance for one in span.glyphs)
        if says_text:
            self.mark(b"Span", b"/ActualText" + text_string(span.text))
        left, em, self._manner = self.left + min(span.xs), span.size * span.scale, None
        if self._spacing:
            self._spacing = 0.0
            self.out.append(b"0 Tc")
        for rise, group in groupby(span.glyphs, attrgetter("y")):
            glyphs, shown, owed = [*group], "", 0.0
            self._adopt(span, False, False, span.rise + rise)
            move = self._move(left + glyphs[0].x, self.top - line.baseline, False)
            for glyph, after in zip(glyphs, [*glyphs[1:], None], strict=True):
                shown += self._font.glyph_code(glyph.number, glyph.advance, glyph.text)
                if after:
                    wanted = 10 * glyph.advance - (after.x - glyph.x) * 1e4 / em + owed
                    given = round(wanted)
                    owed = wanted - given
                    shown += _adjustment(given) if given else ""
            self.out.append(f"{move}[({shown})]TJ".encode("latin-1"))
        if says_text:
            self.unmark()

    def _show(self, line: PlacedLine, span: Span, *, is_part: bool = False) -> bool:
        """Shows characters of one size; False, and nothing shown, where the face makes one of them of others. The
        commonest gap goes into the character spacing, others into TJ."""
        size, text, xs, turned = span.size, span.text, span.xs, span.turned
        vertical = line.vertical and not turned
        rise = 0.0 if line.vertical else span.rise
        manner = (span.face, size, vertical, turned, span.scale, rise, span.colour, span.half_digits, span.western)
        if manner != self._manner:
            self._adopt(span, vertical, turned, rise)
            self._manner = manner
        parts: Sequence[str] = text
        if span.western:
            parts, xs = self._font.western_parts(text, xs, size * span.scale)
            glyphs = [*map(self._codes.__getitem__, parts)]
        else:
            glyphs = self._font.shaped(text, vertical) if _DASH in text else list(map(self._codes.__getitem__, text))
        if self._font.made and not is_part and not self._font.made.keys().isdisjoint(text):
            return False
        if line.vertical:
            em = size
            middle = self.left + line.x + span.rise
            move = self._move(middle - (_MIDDLE * size if turned else 0.0), self.top - xs[0], turned)
        else:
            em = size * span.scale
            move = self._move(self.left + xs[0], self.top - line.baseline, False)

        if len(glyphs) == 1:
            self.out.append(f"{move}({glyphs[0]})Tj".encode("latin-1"))
            return True
        steps, natural = list(map(sub, xs[1:], xs)), em
        if not vertical and (span.western or len(text.encode()) != 3 * len(text) or self._codes.narrow):
            natural, steps = 0.0, list(map(sub, steps, map(self._widths.__getitem__, parts)))
        gap, odd = _common_gap(steps, natural, em)
        spacing = gap * size / (-1000 if vertical else 1000)
        if not -2e-5 < spacing - self._spacing < 2e-5:
            self._spacing = spacing
            move += f"{spacing:.4f} Tc\n" if spacing else "0 Tc\n"
        if not odd:
            self.out.append(f"{move}({''.join(glyphs)})Tj".encode("latin-1"))
            return True
        natural, tenths, owed = natural + gap * em / 1000, (1e4 if vertical else -1e4) / em, 0.0
        for at in odd:
            wanted = (steps[at] - natural) * tenths + owed
            given = round(wanted)
            owed = wanted - given
            glyphs[at] += _adjustment(given)
        self.out.append(f"{move}[({''.join(glyphs)})]TJ".encode("latin-1"))
        return True

    def to_page(self, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        """A rectangle in the page's own units: left, bottom, right, top."""
        return self.left + x, self.top - y - height, self.left + x + width, self.top - y

    def extent(self, line: PlacedLine, span: Span) -> tuple[float, float, float, float]:
        """The rectangle that a span covers, in the page's own units."""
        font = self._fonts[span.face]
        if span.glyphs:
            left, last = min(span.xs), span.glyphs[-1]
            foot = self.top - line.baseline - 0.12 * span.size
            after = left + last.x + last.advance * span.size / 1000
            return self.left + left, foot, self.left + after, foot + span.size
        after = span.xs[-1] + font.face.advances[span.text[-1]] * span.size * span.scale / 1000
        if line.vertical:
            half = span.size / 2
            if span.across or not span.turned:
                after = span.xs[-1] + span.size
            return self.left + line.x - half, self.top - after, self.left + line.x + half, self.top - span.xs[0]
        foot, head = self.top - line.baseline - 0.12 * span.size, self.top - line.baseline + 0.88 * span.size
        return self.left + span.xs[0], foot, self.left + after, head

    def _adopt(self, span: Span, vertical: bool, turned: bool, rise: float) -> None:
        """Writes the operators of the parameters in which a span differs from the one before."""
        font = self._fonts[span.face]
        if (font, span.size, vertical) != self._typeface:
            self._typeface = (font, span.size, vertical)
            label = (b"V%s" if vertical else b"%s") % font.label
            self.resource(b"Font", label, font.needs_vertical() if vertical else font.number)
            self.out.append(b"/%s %g Tf" % (label, round(span.size, 3)))
        if span.scale != self._scale:
            self._scale = span.scale
            self.out.append(numbers(100 * span.scale) + b" Tz")
        if rise != self._rise:
            self._rise = rise
            self.out.append(numbers(rise) + b" Ts")
        self.fill(span.colour)
        self.overprint(is_black(span.colour))
        self._font = font
        self._codes = font.vertical_codes if vertical else font.half_codes if span.half_digits else font.codes
        if span.western and not vertical:
            self._codes = font.western_codes
        self._widths = font.widths(span.size * (1.0 if turned else span.scale), span.half_digits, span.western)

    def _move(self, x: float, y: float, turned: bool) -> str:
        """To an origin, in thousandths of a point, so that nothing adds up over the lines of a paragraph."""
        right, up = round(1000 * x), round(1000 * y)
        if turned or self._turned:
            move = f"{'0 -1 1 0' if turned else '1 0 0 1'} {right / 1000:.7g} {up / 1000:.7g} Tm\n"
        else:
            move = _step(right - self._x, up - self._y)
        self._x, self._y, self._turned = right, up, turned
        return move

    # Marked content (ISO 32000-1 14.6).

    def mark(self, tag: bytes, properties: bytes = b"") -> None:
        self.out.append(b"/%s<<%s>>BDC" % (tag, properties) if properties else b"/%s BMC" % tag)

    def unmark(self) -> None:
        self.out.append(b"EMC")


def _without_joiners(span: Span) -> Span:
    """A span without word joiners, which have no shape and are no part of the text that is taken out."""
    kept = [at for at, character in enumerate(span.text) if character != _WORD_JOINER]
    return replace(span, text="".join(span.text[at] for at in kept), xs=[span.xs[at] for at in kept])


@lru_cache(1024)
def _step(right: int, up: int) -> str:
    return f"{right / 1000:.7g} {up / 1000:.7g} Td\n"


@lru_cache(1024)
def _adjustment(tenths: int) -> str:
    return f"){tenths / 10:.7g}("


def _common_gap(steps: list[float], natural: float, em: float) -> tuple[float, list[int]]:
    """The gap (thousandths of an em) that most of a line's steps (pt) have over the `natural` one, and the places of
    those that differ.

    A wide one does not count: character spacing follows the last letter too, where viewers would read it as a space.
    """
    ordered, count, thousandth = sorted(steps), len(steps), em / 1000
    low, high = ordered[0], ordered[-1]
    if high - low < _SAME_POSITION * thousandth and high - natural < _WIDE * thousandth:
        gap = (fsum(steps) / count - natural) / thousandth
        return (0.0 if -_NEGLIGIBLE < gap < _NEGLIGIBLE else gap), []
    common = round((ordered[count // 2] - natural) / thousandth)
    near = _near(ordered, natural + common * thousandth, thousandth)
    if 2 * len(near) <= count:  # the middle one is not the commonest
        rounded = [round((step - natural) / thousandth) for step in steps]
        common = max(set(rounded), key=rounded.count)
        near = _near(ordered, natural + common * thousandth, thousandth)
    if common >= _WIDE:
        return 0.0, list(range(count))
    middle = fsum(near) / len(near)
    gap = (middle - natural) / thousandth
    if -_NEGLIGIBLE < gap < _NEGLIGIBLE:
        gap, middle = 0.0, natural
    low, high = middle - _SAME_POSITION * thousandth, middle + _SAME_POSITION * thousandth
    return gap, [at for at, step in enumerate(steps) if not low < step < high]


def _near(ordered: list[float], value: float, reach: float) -> list[float]:
    return ordered[bisect_right(ordered, value - reach) : bisect_left(ordered, value + reach)]
