"""Proof sheets (大样): the pages on larger sheets, with invisible structure drawn under the type.

Grid, frames, threads as arrows, characters and lines of each column, overset text, loose lines; at the foot the fields
for signatures. A proof sheet is a composition, so it is drawn like pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ...composition import Box, Colour, Composition, DrawnShape, Fit, Frame, Page, PlacedLine, PlacedPicture, Span
from ...page.checks.lines import is_loose
from ...page.flow.placement import TEXT_ORDER
from ...roles import FITTED_HEADS, JUMPS, Role
from ...style.grid import Grid
from ...units import MM
from ..hit_testing import PageBox, line_rectangle

SIDE, _HEAD, FOOT = 12 * MM, 12 * MM, 20 * MM  # margins round the trim
CYAN, PALE = Colour(0.7, 0.1, 0.0, 0.0), Colour(0.09, 0.0, 0.02, 0.0)
MAGENTA, GREEN = Colour(0.1, 0.95, 0.1, 0.0), Colour(0.8, 0.2, 0.9, 0.1)
RED, YELLOW, GREY = Colour(0.0, 0.95, 0.9, 0.0), Colour(0.0, 0.1, 0.7, 0.0), Colour(0.0, 0.0, 0.0, 0.6)
WHITE = Colour(0.0, 0.0, 0.0, 0.0)
FACE = "Hei-Regular"
LABEL, _SMALL = 5.5, 4.5  # pt
SIGNED = ("编辑", "校对", "审核", "日期")


class ProofColumn(Struct, frozen=True):
    """A column of an article: the bounding rectangle of its frames on one page."""

    article: str
    page: int
    number: int
    rectangle: PageBox
    characters: int
    lines: int


def proof_composition(composition: Composition, grid: Grid) -> Composition:
    """A composition with each page on its proof sheet, relative to the sheet's corner."""
    threads = _threads(composition)
    pages = tuple(_Sheet(composition, grid, page, threads).page() for page in composition.pages)
    return replace(composition, pages=pages)


def _threads(composition: Composition) -> dict[str, list[ProofColumn]]:
    """The columns of each article in reading order."""
    gathered: dict[tuple[str, int, int], list[Frame]] = defaultdict(list)
    for page in composition.pages:
        for frame in page.frames:
            if frame.order % 10 == TEXT_ORDER and frame.role not in JUMPS and frame.article:
                gathered[frame.article, frame.column, page.number].append(frame)
    threads: dict[str, list[ProofColumn]] = defaultdict(list)
    for (article, number, page_number), frames in sorted(gathered.items()):
        threads[article].append(_column(article, page_number, number, frames))
    return threads


def _column(article: str, page: int, number: int, frames: Sequence[Frame]) -> ProofColumn:
    left, top = min(f.x for f in frames), min(f.y for f in frames)
    right, foot = max(f.x + f.width for f in frames), max(f.y + f.height for f in frames)
    lines = [line for frame in frames for line in frame.lines]
    rectangle = PageBox(left, top, right - left, foot - top)
    return ProofColumn(article, page, number, rectangle, sum(len(line.text) for line in lines), len(lines))


class _Sheet:
    """Builds one proof sheet; its parts are placed relative to the page and moved at the end."""

    def __init__(self, composition: Composition, grid: Grid, page: Page, threads: dict[str, list[ProofColumn]]) -> None:
        self.composition, self.grid, self.old, self.threads = composition, grid, page, threads
        self.face: Any = composition.faces.get(FACE) or next(iter(composition.faces.values()))
        self.shapes: list[DrawnShape] = []
        self.labels: list[PlacedLine] = []

    def page(self) -> Page:
        self._grid()
        self._loose()
        self._frames()
        self._threads()
        self._counts()
        self._overset()
        self._sign()
        old = self.old
        drawing = Box("drawing", 0.0, 0.0, old.width, old.height, shapes=tuple(self.shapes), name="proof")
        labels = Frame("", Role.PROOF, 0.0, 0.0, old.width, old.height, tuple(self.labels), order=1_000_000)
        return Page(
            old.number,
            old.name,
            old.width + 2 * SIDE,
            old.height + _HEAD + FOOT,
            tuple(_moved_frame(frame) for frame in (*old.frames, labels)),
            tuple(_moved(box) for box in (drawing, *(replace(box, bleed=False) for box in old.boxes))),
            tuple(_moved(picture) for picture in old.pictures),
        )

    # --- contents

    def _grid(self) -> None:
        grid, old = self.grid, self.old
        for unit in range(grid.units):
            x = grid.x(grid.start(unit))
            self._box(PageBox(x, grid.top, grid.unit_em * grid.em, grid.height), fill=PALE)
            self._label(str(unit + 1), x + grid.unit_em * grid.em / 2, grid.top - 3, _SMALL, CYAN, "centre")
        for line in range(grid.lines + 1):
            self._rule(grid.left, grid.y(line), grid.left + grid.width, grid.y(line), CYAN, 0.12)
            if line % 5 == 0 and line:
                self._label(str(line), grid.left - 3, grid.y(line) - 1, _SMALL, CYAN, "right")
        self._box(PageBox(0, 0, old.width, old.height), stroke=GREY, weight=0.3)

    def _frames(self) -> None:
        for frame in self.old.frames:
            colour = MAGENTA if frame.role in FITTED_HEADS else CYAN
            self._box(PageBox(frame.x, frame.y, frame.width, frame.height), stroke=colour, weight=0.35)
        for picture in self.old.pictures:
            self._box(PageBox(picture.x, picture.y, picture.width, picture.height), stroke=GREEN, weight=0.6)

    def _loose(self) -> None:
        for frame in self.old.frames:
            for line in frame.lines:
                if is_loose(line, frame):
                    self._box(line_rectangle(line), fill=YELLOW)

    def _threads(self) -> None:
        number = self.old.number
        for columns in self.threads.values():
            for one, other in pairwise(columns):
                start = one.rectangle.x + one.rectangle.width / 2, one.rectangle.y + one.rectangle.height
                end = other.rectangle.x + other.rectangle.width / 2, other.rectangle.y
                if one.page == other.page == number:
                    self._arrow(*start, *end)
                elif one.page == number:
                    self._arrow(*start, start[0], start[1] + 12)
                    self._label(f"→ 第{other.page}版", start[0] + 3, start[1] + 11, LABEL, MAGENTA)
                elif other.page == number:
                    self._arrow(end[0], end[1] - 12, *end)
                    self._label(f"第{one.page}版 →", end[0] + 3, end[1] - 6, LABEL, MAGENTA)

    def _counts(self) -> None:
        fits: dict[str, Fit] = {fit.article: fit for fit in self.composition.fit}
        over = {each.article for each in self.composition.overset}
        for article, columns in self.threads.items():
            here = [column for column in columns if column.page == self.old.number]
            for column in here:
                box = column.rectangle
                message = f"{column.lines} 行 {column.characters} 字"
                colour = WHITE if article in over and column is columns[-1] else CYAN  # on the bar of overset text
                self._label(message, box.x + box.width - 2, box.y + box.height + _SMALL + 1, _SMALL, colour, "right")
            fit = fits.get(article)
            if here and here[0] is columns[0] and fit:
                box = here[0].rectangle
                self._label(f"{article} {fit.characters}/{fit.capacity} 字", box.x, box.y - 1.2, LABEL, MAGENTA)

    def _overset(self) -> None:
        for over in self.composition.overset:
            columns = self.threads.get(over.article, [])
            if not columns or columns[-1].page != self.old.number:
                continue
            box = columns[-1].rectangle
            self._box(PageBox(box.x, box.y + box.height, box.width, 9), fill=RED)
            message = f"+{over.characters} 字 {over.lines} 行"
            self._label(message, box.x + box.width / 2, box.y + box.height + 7, 7, WHITE, "centre")

    def _sign(self) -> None:
        """The strip under the trim: description and fields for signatures."""
        old, y = self.old, self.old.height + 11 * MM
        title = self.composition.metadata.get("title", "")
        self._label(f"{title}　第{old.number}版 {old.name}　大样", 0, y, 8, Colour())
        step = 27 * MM
        for place, name in enumerate(SIGNED):
            x = old.width - step * (len(SIGNED) - place)
            self._label(name, x, y, 8, Colour())
            self._rule(x + 18, y + 2, x + step - 4, y + 2, Colour(), 0.4)

    # --- drawing

    def _label(self, text: str, x: float, baseline: float, size: float, colour: Colour, align: str = "left") -> None:
        steps = [self.face.advances[character] * size / 1000 for character in text]
        width = sum(steps)
        x -= {"left": 0.0, "centre": width / 2, "right": width}[align]
        xs = [x + sum(steps[:at]) for at in range(len(steps))]
        span = Span(text, self.face.name, size, xs, colour)
        self.labels.append(PlacedLine(text, x, baseline, width, size, (span,)))

    def _box(
        self, at: PageBox, *, fill: Colour | None = None, stroke: Colour | None = None, weight: float = 0.0
    ) -> None:
        x, y, right, foot = at.x, at.y, at.x + at.width, at.y + at.height
        path = (("m", x, y), ("l", right, y), ("l", right, foot), ("l", x, foot), ("h",))
        self.shapes.append(DrawnShape(path, fill, stroke, weight))

    def _rule(self, x: float, y: float, x2: float, y2: float, colour: Colour, weight: float) -> None:
        self.shapes.append(DrawnShape((("m", x, y), ("l", x2, y2)), None, colour, weight))

    def _arrow(self, x: float, y: float, x2: float, y2: float) -> None:
        length = max(((x2 - x) ** 2 + (y2 - y) ** 2) ** 0.5, 0.01)
        along, across = ((x2 - x) / length, (y2 - y) / length), (-(y2 - y) / length, (x2 - x) / length)
        base = x2 - 7 * along[0], y2 - 7 * along[1]
        self._rule(x, y, *base, MAGENTA, 0.8)
        left = base[0] + 2.5 * across[0], base[1] + 2.5 * across[1]
        right = base[0] - 2.5 * across[0], base[1] - 2.5 * across[1]
        self.shapes.append(DrawnShape((("m", x2, y2), ("l", *left), ("l", *right), ("h",)), MAGENTA))


def _moved(thing: Any) -> Any:
    """A box or picture, moved to the larger sheet."""
    assert isinstance(thing, (Box, PlacedPicture))
    return replace(thing, x=thing.x + SIDE, y=thing.y + _HEAD)


def _moved_frame(frame: Frame) -> Frame:
    return replace(frame, x=frame.x + SIDE, y=frame.y + _HEAD, lines=tuple(_moved_lines(frame.lines)))


def _moved_lines(lines: Sequence[PlacedLine]) -> Iterator[PlacedLine]:
    for line in lines:
        along = _HEAD if line.vertical else SIDE
        spans = tuple(replace(span, xs=[x + along for x in span.xs]) for span in line.spans)
        yield replace(line, x=line.x + SIDE, baseline=line.baseline + _HEAD, spans=spans)
