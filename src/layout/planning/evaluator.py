"""The desk where a plan is made: the issue's parts, and proofs pulled of single articles by the real make-up."""

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
from ..page.canvas import Canvas
from ..page.checks.inspection import widows_and_orphans
from ..page.checks.makeup_rules import LEAST_BESIDE_EM
from ..page.flow.stories import set_story
from ..page.map.areas import EMPTY
from ..page.map.threads import PagePlan, gather_stories, read_pages
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
    """How an article came out: lines there were and lines used, in all columns together; the most that a column ends
    above its foot; how many paragraphs are parted badly. `good` says that nothing was too long for its place, nor a column
    too narrow for text."""

    lines: int
    used: int
    uneven: int
    parted: int
    good: bool


class PlanningContext(Struct, dict=True):
    """What planning an issue needs at hand; what was measured once is kept."""

    issue: Issue
    style: Style
    faces: Faces
    trial_cache: dict[object, object] = field(default_factory=dict)
    trials: dict[object, TrialComposition] = field(default_factory=dict)
    _canvases: dict[str, Canvas] = field(default_factory=dict)

    @cached_property
    def grid(self) -> Grid:
        return self.style.grid.grid(self.style.sheet)

    @property
    def plan(self) -> PlanStyle:
        return self.style.plan

    @property
    def weights(self) -> PlanWeights:
        return self.style.plan.weights

    def canvas(self, **parts: object) -> Canvas:
        return Canvas(self.issue, self.style, self.faces, self.grid, (), trial_cache=self.trial_cache, **parts)  # type: ignore[arg-type]

    def let_go(self, most: int = 0) -> None:
        """Lets go of what is kept of texts that were set where they are of more than `most` articles; proofs stay."""
        if len(self._canvases) <= most:
            return
        self.trial_cache.clear()
        self._canvases.clear()

    def compose_trial(
        self,
        article: str,
        pieces: Sequence[MapPiece],
        columns: int,
        *,
        before: Sequence[tuple[Sequence[MapPiece], int]] = (),
        head: bool = True,
    ) -> TrialComposition:
        """Sets one article alone on a page into these pieces, or its text alone.

        `before` are its pieces and columns on earlier pages, where it begins.
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
        # one line above, so that areas keep the gap to what stands over them
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
        canvas = self._empty_canvas(alone, plans)
        set_story(canvas, stories[id], 0)
        if not canvas.fit:  # it could not even be divided into columns
            return TrialComposition(0, 1, 0, 0, False)
        fit = canvas.fit[-1]
        pieces, columns = stretches[-1]
        text = [piece for piece in pieces if piece.name == id]
        uneven = self._uneven(canvas, len(stretches), text, columns)
        frames = canvas.frames.get(len(stretches), [])
        parted = len(widows_and_orphans(frames, self.style))
        # an area of a bent shape has as many columns as the whole, and may be too narrow for them
        narrow = any(frame.role is Role.BODY and frame.width < LEAST_BESIDE_EM * self.grid.em - 0.1 for frame in frames)
        return TrialComposition(
            fit.lines, fit.lines_used, uneven, parted, not has_errors(canvas.problems) and not narrow
        )

    def _empty_canvas(self, alone: Issue, plans: Sequence[PagePlan]) -> Canvas:
        """The one dummy of an article, cleared: what is kept of a table knows the canvas that it was set on."""
        id = next(iter(alone.articles))
        canvas = self._canvases.get(id)
        if canvas is None:
            canvas = self._canvases[id] = Canvas(
                alone, self.style, self.faces, self.grid, plans, trial_cache=self.trial_cache
            )
        for placed in (canvas.problems, canvas.frames, canvas.boxes, canvas.pictures, canvas.overset, canvas.fit):
            placed.clear()
        canvas.sides.clear()
        canvas.boxed.clear()
        canvas.issue, canvas.plans = alone, plans
        return canvas

    def _uneven(self, canvas: Canvas, page: int, text: Sequence[MapPiece], columns: int) -> int:
        """The most lines that a column with something in it ends above its foot."""
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
    """A page's map from its pieces: a row begins wherever a piece begins or ends; down to `height`, if it is given."""
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
    """The fewest cells that say the same: `a a a b b b` is `a b`."""
    for count in range(1, len(cells)):
        each = len(cells) // count
        if len(cells) % count == 0 and all(len(set(cells[at : at + each])) == 1 for at in range(0, len(cells), each)):
            return cells[::each]
    return cells
