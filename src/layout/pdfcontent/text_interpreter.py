"""The text that a content stream shows: operator by operator, and the usual lines of text many at once."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import Any

import pikepdf

from ..runtime.limits import LimitError
from .colour import GRAY, first_colour
from .fonts import FontMetrics
from .interpreter import OPERANDS, ContentInterpreter, PageState, PatternColour, page_state
from .matrices import IDENTITY, concatenated
from .objects import FAULTS
from .painted import Limited, Oddity, PaintedText
from .rectangles import EVERYWHERE, Rectangle, bounding_box, intersection, transformed_box
from .resources import PageResources
from .statements import lines_of_text, numbers_in

_ASCENT, _DESCENT = 0.88, 0.12  # of the em, where the body of a character stands on its baseline
_DEEPEST = 16  # forms within forms
_COST_OF_FORM = 20  # operators, against forms that call forms without end
_FILLED = 5  # index of the filled text's appearance in a pending text
_UNSEEN = (3, 7)  # modes in which text leaves nothing but a clip
_BLACK = first_colour(GRAY)


class TextInterpreter(ContentInterpreter):
    """Interprets content streams with the text in them."""

    def begin_text(self, _: list[bytes]) -> None:
        self.text_matrix = self.line_matrix = IDENTITY

    def end_text(self, _: list[bytes] | None = None) -> None:
        pending = self.pending
        if pending is None:
            return
        self.pending = None
        x0, y0, x1, y1, _, _, _, fill, stroke, _, filled, stroked, clip, override = pending
        seen = (x0, y0, x1, y1) if clip is EVERYWHERE else intersection((x0, y0, x1, y1), clip)
        if seen is None:
            return
        outer, self.override = self.override, override
        if filled is not None:
            self.report(PaintedText(seen, filled, [seen]))
        if stroked is not None and stroke != fill:
            self.report(PaintedText(seen, stroked, [seen]))
        if type(fill) is PatternColour:
            self.paint_pattern(fill, seen)
        if type(stroke) is PatternColour:
            self.paint_pattern(stroke, seen)
        self.override = outer

    def font(self, o: list[bytes]) -> None:
        self.state.font = self.resources.font(o[0])
        self.state.size = float(o[1])

    def character_space(self, o: list[bytes]) -> None:
        self.state.character = float(o[0])

    def word_space(self, o: list[bytes]) -> None:
        self.state.word = float(o[0])

    def horizontal_scale(self, o: list[bytes]) -> None:
        self.state.scale = float(o[0]) / 100

    def leading(self, o: list[bytes]) -> None:
        self.state.leading = float(o[0])

    def rise(self, o: list[bytes]) -> None:
        self.state.rise = float(o[0])

    def render_mode(self, o: list[bytes]) -> None:
        self.state.mode = int(o[0])

    def move_text(self, o: list[bytes]) -> None:
        x, y = float(o[0]), float(o[1])
        a, b, c, d, e, f = self.line_matrix
        self.text_matrix = self.line_matrix = (a, b, c, d, x * a + y * c + e, x * b + y * d + f)

    def move_text_leading(self, o: list[bytes]) -> None:
        self.state.leading = -float(o[1])
        self.move_text(o)

    def set_matrix(self, o: list[bytes]) -> None:
        a, b, c, d, e, f = map(float, o)
        self.text_matrix = self.line_matrix = (a, b, c, d, e, f)

    def next_line(self, _: list[bytes]) -> None:
        self.move_text([b"0", repr(-self.state.leading).encode()])

    def next_line_show(self, o: list[bytes]) -> None:
        self.next_line(o)
        self.show(o)

    def next_line_spaced(self, o: list[bytes]) -> None:
        self.word_space(o)
        self.character_space(o[1:])
        self.next_line_show(o[2:])

    def show(self, o: list[bytes]) -> None:
        state = self.state
        font = state.font
        if font is None:
            return
        moved, count, spaces = font.advance(o[0])
        self._add_text(font, state.size * moved / 1000 + count * state.character + spaces * state.word)

    def _add_text(self, font: FontMetrics, along: float) -> None:
        """Notes a text `along` long from the current point, in text space, and moves behind it."""
        state = self.state
        size = state.size * font.scale if font.type3 else state.size
        m = concatenated(self.text_matrix, state.ctm)
        a, b, c, d, e, f = self.text_matrix
        if font.is_vertical:
            box = transformed_box(-size / 2, along, size / 2, 0.0, m)
            self.text_matrix = (a, b, c, d, along * c + e, along * d + f)
        else:
            along *= state.scale
            box = transformed_box(0.0, state.rise - _DESCENT * size, along, state.rise + _ASCENT * size, m)
            self.text_matrix = (a, b, c, d, along * a + e, along * b + f)
        if state.mode in _UNSEEN or along == 0:
            return
        if font.glyphs:
            self._walk_glyphs(font, box)
        self._gather(*box, m[5], self._appearance(font, abs(size) * math.hypot(m[2], m[3])))

    def _appearance(self, font: FontMetrics, size: float) -> tuple[Any, ...]:
        """What a pending text has behind its box and baseline."""
        state, appearance = self.state, self.document.appearance
        unmixed = not state.blend and not state.mask
        fill = state.fill if state.mode in (0, 2, 4, 6) else None
        stroke = state.stroke if state.mode in (1, 2, 5, 6) else None
        filled = fill and appearance(size, font, fill, state.op, state.opm, state.ca >= 1 and unmixed)
        stroked = stroke and appearance(size, font, stroke, state.OP, state.opm, state.CA >= 1 and unmixed)
        overprint = (state.op, state.opm)
        return size, font, fill, stroke, overprint, filled, stroked, state.clip, self.override

    def _gather(self, x0: float, y0: float, x1: float, y1: float, baseline: float, appearance: tuple[Any, ...]) -> None:
        """Joins text to the pending one of the same appearance and baseline; else reports that one and replaces it."""
        pending = self.pending
        if pending is not None:
            size, font, fill, stroke, overprint, _, _, clip, override = appearance
            if (
                pending[6] is font
                and pending[7] is fill
                and pending[8] is stroke
                and abs(pending[5] - size) < 0.001
                and abs(pending[4] - baseline) < 0.001
                and abs(x0 - pending[2]) < 2 * size
                and pending[9] == overprint
                and pending[12] == clip
                and pending[13] is override
            ):
                _widen(pending, x1, y0, y1)
                return
            self.end_text()
        self.pending = [x0, y0, x1, y1, baseline, *appearance]

    def lines(self, chunk: bytes) -> None:
        """Lines of text: leaves the marks that `_one_by_one` leaves, at a fraction of the cost.

        `tests/press/test_fast_paths.py` holds both equal.
        """
        state, font = self.state, self.state.font
        found = lines_of_text(chunk)
        self.budget -= 3 * len(found)
        a, b, c, d, e, f = IDENTITY if found[0][0] else self.line_matrix
        across, h, i, up, right, top = state.ctm
        if (
            font is None or font.is_vertical or font.type3 or (a, b, c, d, h, i) != (1, 0, 0, 1, 0, 0)
            or state.mode or self.override is not None or type(state.fill) is PatternColour
        ):  # fmt: skip
            self._one_by_one(found)
            return
        size, character, word, scale = state.size, state.character, state.word, state.scale
        advance, known = font.advance, font.advances
        low, high = up * (state.rise - _DESCENT * size), up * (state.rise + _ASCENT * size)
        if low > high:
            low, high = high, low
        shown = abs(size) * abs(up)
        appearance = self._appearance(font, shown)
        clip = left_most, lowest, right_most, highest = state.clip
        try:
            _, across_words, up_words, _, _ = zip(*found, strict=True)
            moves = zip(found, numbers_in(across_words), numbers_in(up_words), strict=True)
        except ValueError:
            self._one_by_one(found)
            return
        lines: list[Rectangle] = []
        is_open = False  # a line that stands in x0, y0, x1, y1, and is not merged with a text before these
        along = x0 = y0 = x1 = y1 = baseline = 0.0
        for (begins, _, _, spacing, text), x, y in moves:
            if begins:
                e = f = 0.0
            e += x
            f += y
            if spacing:
                with suppress(ValueError):
                    character = state.character = float(spacing)
            along = 0.0
            try:
                moved, count, spaces = known.get(text) or advance(text)
            except ValueError:  # numerals that are none
                continue
            along = (size * moved / 1000 + (count * character + spaces * word)) * scale
            if along == 0:
                continue
            start, height = e * across + right, f * up + top
            end = across * along + start
            if end < start:
                start, end = end, start
            if not is_open:
                before = self.pending
                self._gather(start, low + height, end, high + height, height, appearance)
                if self.pending is before:
                    continue
                self.pending, is_open = None, True
            elif abs(height - baseline) < 0.001 and abs(start - x1) < 2 * shown:
                x1, y0, y1 = max(x1, end), min(y0, low + height), max(y1, high + height)
                continue
            elif x0 >= left_most and y0 >= lowest and x1 <= right_most and y1 <= highest:
                lines.append((x0, y0, x1, y1))
            elif (seen := intersection((x0, y0, x1, y1), clip)) is not None:
                lines.append(seen)
            x0, y0, x1, y1, baseline = start, low + height, end, high + height, height
        if lines:
            self.report(PaintedText(bounding_box(lines), appearance[_FILLED], lines))
        if is_open:
            self.pending = [x0, y0, x1, y1, baseline, *appearance]
        self.line_matrix = (1.0, 0.0, 0.0, 1.0, e, f)
        self.text_matrix = (1.0, 0.0, 0.0, 1.0, along + e, f)

    def _one_by_one(self, found: list[tuple[bytes, bytes, bytes, bytes, bytes]]) -> None:
        for begins, x, y, spacing, text in found:
            if begins:
                self.begin_text([])
            with suppress(*OPERANDS):
                self.move_text([x, y])
            for operator, operand in ((self.character_space, spacing), (self.show, text)):
                if operand:
                    with suppress(*OPERANDS):
                        operator([operand])

    def _walk_glyphs(self, font: FontMetrics, box: Rectangle) -> None:
        """Interprets the glyphs of a Type 3 font as content streams; once a page, at the font's first text."""
        key = id(font)
        if key in self.glyphs_walked or self.depth >= _DEEPEST:
            return
        self.glyphs_walked.add(key)
        outer, self.override = self.override, self.override or box
        for glyph in font.glyphs:
            inside = page_state(self.state.fill, self.state.stroke)
            self._inside(glyph, inside, self.document.resources(font.resources))
        self.override = outer

    def _inside(self, stream: Any, state: PageState, resources: PageResources) -> None:
        """Interprets a form or a pattern in a state of its own, then restores this one."""
        if not isinstance(stream, pikepdf.Stream):
            return
        key = stream.objgen
        if self.depth >= _DEEPEST or key in self.running:
            return
        own = stream.get("/Resources")
        outer = self.state, self.stack, self.path, self.base, self.text_matrix, self.line_matrix, self.next_clip
        self.state, self.stack, self.path, self.base, self.next_clip = state, [], [], state.ctm, False
        self.depth += 1
        self.running.add(key)
        try:
            self.run(self.document.form_statements(stream), resources if own is None else self.document.resources(own))
        except LimitError as error:
            self.report(Limited(state.clip, error.problems[0].what))
        except FAULTS:
            self.report(Oddity("damaged", state.clip))
        except (IndexError, ValueError) as error:
            # Exceptions of operands are caught inside; this one must not count as one of the operator outside.
            raise AssertionError("a content stream was not understood") from error
        self.depth -= 1
        self.running.discard(key)
        self.state, self.stack, self.path, self.base, self.text_matrix, self.line_matrix, self.next_clip = outer


def _widen(pending: list[Any], x1: float, y0: float, y1: float) -> None:
    if x1 > pending[2]:
        pending[2] = x1
    if y0 < pending[1]:
        pending[1] = y0
    if y1 > pending[3]:
        pending[3] = y1
