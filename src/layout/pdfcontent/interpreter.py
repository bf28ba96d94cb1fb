"""The operators that set the graphics state and paint paths (ISO 32000-1 8.4–8.6)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from .colour import GRAY, ColourSpace, PaintedColour, first_colour
from .fonts import FontMetrics
from .graphics_state import GraphicsState, StateOperators, TooManyOperatorsError
from .matrices import IDENTITY, Matrix, scale_of
from .objects import FAULTS
from .painted import Oddity, Overprint, PaintedGroup, PaintedMark, PaintedPath
from .rectangles import NOWHERE, Rectangle, intersection, transformed_box
from .resources import DocumentResources, PageResources
from .statements import Statement, numbers_in, tokens

_MOST_OPERATORS = 2_000_000  # of one page; beyond it interpretation stops, which is reported
_LONGEST = 4 << 20  # bytes of one statement
# The exceptions of wrong operands: too few, or no numbers.
OPERANDS = (IndexError, ValueError, *FAULTS)
_MOST_PARTS = 400  # of one path that are reported one by one

_CURVED = re.compile(rb"[cvy]")
_BLACK = first_colour(GRAY)

PageState = GraphicsState[PaintedColour, ColourSpace, FontMetrics]


def page_state(fill: PaintedColour = _BLACK, stroke: PaintedColour = _BLACK, ctm: Matrix = IDENTITY) -> PageState:
    """The state in which a page, a pattern or a glyph begins (ISO 32000-1 table 52)."""
    return GraphicsState(fill, stroke, GRAY, GRAY, ctm)


class PatternColour(PaintedColour, frozen=True, eq=False):
    """A pattern in the place of a colour, with the resources it was named in."""

    pattern: Any = None
    resources: Any = None


class ContentInterpreter(StateOperators[PaintedColour, ColourSpace, FontMetrics]):
    """Interprets content streams by a table of `operators`, and reports the paths that they paint."""

    operators: dict[bytes, Callable[..., None]]

    def __init__(self, document: DocumentResources) -> None:
        super().__init__(page_state())
        self.document = document
        self.marks: list[PaintedMark] = []
        self.resources = PageResources(document, None)
        self.path: list[list[Any]] = []  # x0, y0, x1, y1, is a rectangle, last x, last y
        self.next_clip = False
        self.text_matrix = self.line_matrix = IDENTITY
        self.pending: list[Any] | None = (
            None  # x0, y0, x1, y1, baseline, size and appearance of a text not yet reported
        )
        self.base = IDENTITY  # of the page or form, on which patterns stand
        self.depth = 0
        self.running: set[tuple[int, int]] = set()  # forms and patterns that are being run
        self.budget = self.given = min(_MOST_OPERATORS, document.operators)
        self.override: Rectangle | None = None  # a tiling pattern's marks stand where it is painted
        self.patterns: set[tuple[int, int]] = set()
        self.glyphs_walked: set[int] = set()

    def end_page(self) -> None:
        """Subtracts the operators of this page from those that are left to the document."""
        self.document.operators -= self.given - max(self.budget, 0)
        self.document.end_page()

    def report(self, mark: PaintedMark) -> None:
        self.marks.append(mark if self.override is None else mark._replace(box=self.override))

    def run(self, stream: Iterable[Statement], resources: PageResources) -> None:
        """Interprets one content stream. An operator with wrong operands is skipped, as viewers do."""
        outer, self.resources = self.resources, resources
        operators = self.operators
        for lines, subpath, numbers, operator, operands, name in stream:
            if lines:
                if len(lines) > _LONGEST:
                    raise TooManyOperatorsError
                self.lines(lines)
            elif subpath:
                if len(subpath) > _LONGEST:
                    raise TooManyOperatorsError
                self.subpath(subpath)
            else:
                run = operators.get(operator or name)
                if run is not None:
                    if len(numbers) > _LONGEST or (len(operands) > _LONGEST and name != b"BI"):
                        raise TooManyOperatorsError
                    try:  # noqa: SIM105 - a `with` would cost more than the operator
                        run(self, numbers.split() if operator else tokens(operands))
                    except OPERANDS:
                        pass
                elif name == b"BI" and operands[:2] == b"BI":
                    self.inline_picture(operands)
            self.budget -= 1
            if self.budget < 0:
                raise TooManyOperatorsError
        self.resources = outer

    # ── graphics state ──

    def graphics_state(self, o: list[bytes]) -> None:
        found = self.resources.state(o[0])
        state = self.state
        for key, value in found.values:
            setattr(state, key, value)
        for oddity in found.oddities:
            self.report(Oddity(oddity, state.clip))
        if found.mask_space is not None:
            self.report(PaintedGroup(state.clip, found.mask_space, True))

    # ── colour ──

    def fill_gray(self, o: list[bytes]) -> None:
        self._fill(self.resources.space(b"/DeviceGray"), o)

    def fill_rgb(self, o: list[bytes]) -> None:
        self._fill(self.resources.space(b"/DeviceRGB"), o)

    def fill_cmyk(self, o: list[bytes]) -> None:
        self._fill(self.resources.space(b"/DeviceCMYK"), o)

    def _fill(self, space: ColourSpace, o: list[bytes]) -> None:
        self.state.fill_space = space
        self.state.fill = self.document.colour(space, o)

    def fill_space(self, o: list[bytes]) -> None:
        self.state.fill_space = space = self.resources.space(o[0])
        self.state.fill = first_colour(space)

    def fill_colour(self, o: list[bytes]) -> None:
        state = self.state
        if o[-1][:1] == b"/":
            state.fill = self._pattern(o, state.fill_space)
        else:
            state.fill = self.document.colour(state.fill_space, o)

    def stroke_gray(self, o: list[bytes]) -> None:
        self._stroke(self.resources.space(b"/DeviceGray"), o)

    def stroke_rgb(self, o: list[bytes]) -> None:
        self._stroke(self.resources.space(b"/DeviceRGB"), o)

    def stroke_cmyk(self, o: list[bytes]) -> None:
        self._stroke(self.resources.space(b"/DeviceCMYK"), o)

    def _stroke(self, space: ColourSpace, o: list[bytes]) -> None:
        self.state.stroke_space = space
        self.state.stroke = self.document.colour(space, o)

    def stroke_space(self, o: list[bytes]) -> None:
        self.state.stroke_space = space = self.resources.space(o[0])
        self.state.stroke = first_colour(space)

    def stroke_colour(self, o: list[bytes]) -> None:
        state = self.state
        if o[-1][:1] == b"/":
            state.stroke = self._pattern(o, state.stroke_space)
        else:
            state.stroke = self.document.colour(state.stroke_space, o)

    def _pattern(self, o: list[bytes], space: ColourSpace) -> PaintedColour:
        """A pattern as a colour; its own content is interpreted when something is painted with it."""
        pattern = self.resources.entry("/Pattern", o[-1])
        return PatternColour(space, tuple(map(float, o[:-1])), pattern, self.resources)

    # ── paths ──

    def move(self, o: list[bytes]) -> None:
        x, y = float(o[0]), float(o[1])
        self.path.append([x, y, x, y, True, x, y])

    def line(self, o: list[bytes]) -> None:
        x, y = float(o[0]), float(o[1])
        part = self.path[-1]
        if part[4] and x != part[5] and y != part[6]:
            part[4] = False
        self._reach(part, x, y)

    def curve(self, o: list[bytes]) -> None:
        part = self.path[-1]
        part[4] = False
        for i in range(0, len(o) - 1, 2):
            self._reach(part, float(o[i]), float(o[i + 1]))

    @staticmethod
    def _reach(part: list[Any], x: float, y: float) -> None:
        if x < part[0]:
            part[0] = x
        elif x > part[2]:
            part[2] = x
        if y < part[1]:
            part[1] = y
        elif y > part[3]:
            part[3] = y
        part[5] = x
        part[6] = y

    def subpath(self, chunk: bytes) -> None:
        """A part of a path, from its `m` on: leaves what `_step_by_step` leaves (`tests/press/test_fast_paths.py`)."""
        try:
            numbers = numbers_in(chunk.translate(None, b"mlcvyh").split())
        except ValueError:
            self._step_by_step(chunk)
            return
        xs, ys = numbers[::2], numbers[1::2]
        # Sides that go across or up alone make a rectangle.
        is_rectangle = not _CURVED.search(chunk) and all(
            x == last_x or y == last_y for x, y, last_x, last_y in zip(xs[1:], ys[1:], xs, ys, strict=False)
        )
        self.budget -= len(xs)
        self.path.append([min(xs), min(ys), max(xs), max(ys), is_rectangle, xs[-1], ys[-1]])

    def _step_by_step(self, chunk: bytes) -> None:
        operands: list[bytes] = []
        for word in chunk.split():
            if not word.isalpha():
                operands.append(word)
                continue
            if word != b"h":
                with suppress(*OPERANDS):
                    self.operators[word](self, operands)
            operands = []

    def rectangle(self, o: list[bytes]) -> None:
        x, y, width, height = map(float, o)
        x1, y1 = x + width, y + height
        self.path.append([min(x, x1), min(y, y1), max(x, x1), max(y, y1), True, x, y])

    def clip(self, _: list[bytes]) -> None:
        self.next_clip = True

    def end_path(self, _: list[bytes]) -> None:
        if self.next_clip and self.path:
            self.state.clip = intersection(self._path_box(), self.state.clip) or NOWHERE
        self.next_clip = False
        self.path = []

    def _path_box(self) -> Rectangle:
        path = self.path
        return transformed_box(
            min([p[0] for p in path]),
            min([p[1] for p in path]),
            max([p[2] for p in path]),
            max([p[3] for p in path]),
            self.state.ctm,
        )

    def fill(self, o: list[bytes]) -> None:
        self._paint_fill()
        self.end_path(o)

    def stroke(self, o: list[bytes]) -> None:
        self._paint_stroke()
        self.end_path(o)

    def fill_and_stroke(self, o: list[bytes]) -> None:
        self._paint_fill()
        self._paint_stroke()
        self.end_path(o)

    def _paint_fill(self) -> None:
        path, state = self.path, self.state
        if not path:
            return
        overprint = Overprint(state.op, state.opm)
        plain = state.fills_opaquely
        boxes = self._part_boxes() if all(part[4] for part in path) else [self._path_box()]
        rectangles = len(boxes) == len(path) and path[0][4]
        self.budget -= len(boxes)
        for box in boxes:
            seen = intersection(box, state.clip)
            if seen is None:
                continue
            width = min(box[2] - box[0], box[3] - box[1]) if rectangles else math.inf
            self.report(PaintedPath(seen, width, False, state.fill, overprint, plain))
            if type(state.fill) is PatternColour:
                self.paint_pattern(state.fill, seen)

    def _paint_stroke(self) -> None:
        path, state = self.path, self.state
        if not path:
            return
        width = state.line * scale_of(state.ctm)
        half = width / 2
        overprint = Overprint(state.OP, state.opm)
        plain = state.strokes_opaquely
        boxes = self._part_boxes()
        self.budget -= len(boxes)
        for x0, y0, x1, y1 in boxes:
            seen = intersection((x0 - half, y0 - half, x1 + half, y1 + half), state.clip)
            if seen is not None:
                self.report(PaintedPath(seen, width, True, state.stroke, overprint, plain))
                if type(state.stroke) is PatternColour:
                    self.paint_pattern(state.stroke, seen)

    def _part_boxes(self) -> list[Rectangle]:
        """The boxes of a path's parts; of a path with very many the one around all."""
        if len(self.path) > _MOST_PARTS:
            return [self._path_box()]
        return [transformed_box(part[0], part[1], part[2], part[3], self.state.ctm) for part in self.path]

    # ── what the walker does ──

    def paint_pattern(self, colour: PatternColour, box: Rectangle) -> None:
        raise NotImplementedError

    def lines(self, chunk: bytes) -> None:
        raise NotImplementedError

    def inline_picture(self, token: bytes) -> None:
        raise NotImplementedError
