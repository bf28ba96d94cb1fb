"""What planning works with: the issue, its style and grid, and trial compositions of single articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from ..composition import Box, Frame, PlacedPicture
from ..errors import has_errors
from ..issue.model import Issue
from ..issue.pages import AreaRow, Cells, Height, PageSpec
from ..issue.texts import HeadlineText, Text
from ..page.caches import Caches
from ..page.canvas import Canvas
from ..page.checks.columns import LEAST_BESIDE_EM
from ..page.checks.inspection import widows_and_orphans
from ..page.decisions import NO_DECISIONS, CopyfitDecisions
from ..page.flow.stories import set_story
from ..page.glyphs import GlyphFallback
from ..page.map.areas import EMPTY
from ..page.map.threads import gather_stories, read_pages
from ..page.setup import Setup
from ..roles import Role
from ..style.grid import Grid
from ..style.model import Style
from ..style.planning import PlanStyle, PlanWeights
from ..text.fonts.faces import Faces


class MapPiece(Struct, frozen=True):
    """A rectangle of a map: `name` over units and lines, both from 0."""

    name: str
    unit: int
    line: int
    units: int
    lines: int

    @property
    def end(self) -> int:
        return self.line + self.lines

    def moved(self, units: int, lines: int) -> MapPiece:
        return MapPiece(self.name, self.unit + units, self.line + lines, self.units, self.lines)


class TrialComposition(Struct, frozen=True):
    """The result of composing one article; lines are counted in all columns together.

    Attributes:
        lines: Available lines.
        used: Lines of text.
        uneven: The most lines that a column ends above its foot.
        parted: Number of widows and orphans.
        good: Nothing was too long for its place, and no column too narrow for text.
    """

    lines: int
    used: int
    uneven: int
    parted: int
    good: bool


class PlanningContext(Struct, dict=True):
    """The issue, style, faces and grid, with cached measurements."""

    issue: Issue
    style: Style
    faces: Faces
    trials: dict[object, TrialComposition] = field(default_factory=dict)

    @cached_property
    def grid(self) -> Grid:
        return self.style.grid.grid(self.style.sheet)

    @property
    def plan(self) -> PlanStyle:
        return self.style.plan

    @property
    def weights(self) -> PlanWeights:
        return self.style.plan.weights

    @cached_property
    def caches(self) -> Caches:
        return Caches(GlyphFallback(self.faces, self.style.fallback, self.style.faces))

    def canvas(self, decisions: CopyfitDecisions = NO_DECISIONS) -> Canvas:
        """An empty canvas without pages, for measuring."""
        return Canvas(Setup(self.issue, self.style, self.faces, self.grid, decisions=decisions), self.caches)

    def trim_cache(self, most: int = 0) -> None:
        """Clears the caches where they hold the texts of more than `most` articles; trial compositions stay cached."""
        if len(self.caches.blocks) > most:
            self.caches.clear()

    def compose_trial(
        self,
        article: str,
        pieces: Sequence[MapPiece],
        columns: int,
        *,
        before: Sequence[tuple[Sequence[MapPiece], int]] = (),
        head: bool = True,
    ) -> TrialComposition:
        """Composes one article alone on a page in these pieces, or its text alone (`head` false).

        `before` are its pieces and numbers of columns on the earlier pages where it begins.
        """
        stretches = *((tuple(one), count) for one, count in before), (tuple(pieces), columns)
        key = article, stretches, head
        cached = self.trials.get(key)
        if cached is None:
            cached = self.trials[key] = self._compose_trial(article, stretches, head)
        return cached

    def _compose_trial(
        self, id: str, stretches: Sequence[tuple[Sequence[MapPiece], int]], head: bool
    ) -> TrialComposition:
        # one line above, so that areas keep their gap to what is over them
        specs = [
            draw_map([piece.moved(0, 1) for piece in pieces], self.grid.units, {id: columns})
            for pieces, columns in stretches
        ]
        article = self.issue.articles[id]
        if not head:
            nothing = HeadlineText()
            article = replace(
                article, headline=nothing, kicker=nothing, department=Text(), standing_head="", summary=Text()
            )
        alone = replace(self.issue, articles={id: article}, pages=tuple(specs), teasers=())
        plans, _ = read_pages(alone, self.style, {})
        stories, _ = gather_stories(alone, plans)
        canvas = Canvas(Setup(alone, self.style, self.faces, self.grid, plans), self.caches)
        set_story(canvas, stories[id], 0)
        if not canvas.fit:  # the area could not be divided into columns
            return TrialComposition(0, 1, 0, 0, False)
        fit = canvas.fit[-1]
        pieces, columns = stretches[-1]
        text = [piece for piece in pieces if piece.name == id]
        uneven = self._uneven(canvas, len(stretches), text, columns)
        frames = canvas.frames.get(len(stretches), [])
        parted = len(widows_and_orphans(frames, self.style))
        # an area that is not a rectangle has as many columns as the whole, and may be too narrow for them
        narrow = any(frame.role is Role.BODY and frame.width < LEAST_BESIDE_EM * self.grid.em - 0.1 for frame in frames)
        return TrialComposition(
            fit.lines, fit.lines_used, uneven, parted, not has_errors(canvas.problems) and not narrow
        )

    def _uneven(self, canvas: Canvas, page: int, text: Sequence[MapPiece], columns: int) -> int:
        """The most lines that a column with text ends above its foot."""
        grid = self.grid
        first, last = min(piece.unit for piece in text), max(piece.unit + piece.units for piece in text)
        whole = grid.measure(last - first)
        boxes = [box for box in canvas.boxes.get(page, []) if box.kind != "frame"]
        things: list[Frame | PlacedPicture | Box] = [
            *canvas.frames.get(page, []),
            *canvas.pictures.get(page, []),
            *boxes,
        ]
        padding = max((sides.foot for sides in canvas.sides.values()), default=0)
        worst = 0
        for number in range(columns):
            left = grid.x(grid.start(first) + number * whole / columns)
            right = left + whole / columns * grid.em
            over = [
                p
                for p in text
                if grid.x(grid.start(p.unit)) <= (left + right) / 2 < grid.x(grid.start(p.unit + p.units))
            ]
            inside = [t.y + t.height for t in things if left - 1 <= t.x and t.x + t.width <= right + 1 and t.height > 0]
            if over and inside:
                foot = grid.y(max(piece.end for piece in over) + 1 - padding)
                worst = max(worst, int((foot - max(inside) + grid.leading / 2) // grid.leading))
        return worst


def draw_map(pieces: Sequence[MapPiece], units: int, columns: Mapping[str, int], height: int = 0) -> PageSpec:
    """The area map of pieces: a row begins wherever a piece begins or ends; `height` lines high, if given."""
    edges = sorted({0, height, *(piece.line for piece in pieces), *(piece.end for piece in pieces)})
    rows: list[tuple[int, tuple[str, ...]]] = []
    for top, foot in pairwise(edges):
        cells = [EMPTY] * units
        for piece in pieces:
            if piece.line <= top < piece.end:
                cells[piece.unit : piece.unit + piece.units] = [piece.name] * piece.units
        if rows and rows[-1][1] == tuple(cells):
            rows[-1] = rows[-1][0] + foot - top, rows[-1][1]
        else:
            rows.append((foot - top, tuple(cells)))
    areas = tuple(AreaRow(Height(lines=lines), Cells(_shortest(cells))) for lines, cells in rows)
    return PageSpec(areas=areas, columns=dict(columns))


def _shortest(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The fewest cells with the same proportions: `a a a b b b` is `a b`."""
    for count in range(1, len(cells)):
        each = len(cells) // count
        if len(cells) % count == 0 and all(len(set(cells[at : at + each])) == 1 for at in range(0, len(cells), each)):
            return cells[::each]
    return cells
