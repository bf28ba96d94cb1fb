"""The desk where a plan is made: the issue's parts, and proofs pulled of single articles by the real make-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from ...composition import Box, Frame, Picture
from ...errors import has_errors
from ...issue.model import Issue
from ...issue.pages import AreaRow, Cells, Height, PageSpec
from ...issue.texts import Headline, Text
from ...style.grid import Grid
from ...style.model import Style
from ...style.planning import PlanStyle, PlanWeights
from ...text.faces import Faces
from ..areas import EMPTY
from ..dummy import Dummy
from ..lint import BESIDE_EM
from ..looks import partings
from ..stories import set_story
from ..threads import PagePlan, gather, read_pages


class Piece(Struct, frozen=True):
    """A rectangle of a map: `name` over units and lines, both from 0."""

    name: str
    unit: int
    line: int
    units: int
    lines: int

    @property
    def end(self) -> int:
        return self.line + self.lines

    def moved(self, units: int, lines: int) -> Piece:
        return Piece(self.name, self.unit + units, self.line + lines, self.units, self.lines)


class Proof(Struct, frozen=True):
    """How an article came out: lines there were and lines used, in all columns together; the most that a column ends
    above its foot; how many paragraphs are parted badly. `good` says that nothing was too long for its place, nor a column
    too narrow for text."""

    lines: int
    used: int
    uneven: int
    parted: int
    good: bool


class Desk(Struct, dict=True):
    """What planning an issue needs at hand; what was measured once is kept."""

    issue: Issue
    style: Style
    faces: Faces
    kept: dict[object, object] = field(default_factory=dict)
    proofs: dict[object, Proof] = field(default_factory=dict)
    _dummies: dict[str, Dummy] = field(default_factory=dict)

    @cached_property
    def grid(self) -> Grid:
        return self.style.grid.grid(self.style.sheet)

    @property
    def plan(self) -> PlanStyle:
        return self.style.plan

    @property
    def weights(self) -> PlanWeights:
        return self.style.plan.weights

    def dummy(self, **parts: object) -> Dummy:
        return Dummy(self.issue, self.style, self.faces, self.grid, (), kept=self.kept, **parts)  # type: ignore[arg-type]

    def pull(
        self,
        article: str,
        pieces: Sequence[Piece],
        columns: int,
        *,
        before: Sequence[tuple[Sequence[Piece], int]] = (),
        head: bool = True,
    ) -> Proof:
        """Sets one article alone on a page into these pieces, or its text alone.

        `before` are its pieces and columns on earlier pages, where it begins.
        """
        stretches = *((tuple(one), count) for one, count in before), (tuple(pieces), columns)
        key = article, stretches, head
        known = self.proofs.get(key)
        if known is None:
            known = self.proofs[key] = self._pull(article, stretches, head)
        return known

    def _pull(self, id: str, stretches: Sequence[tuple[Sequence[Piece], int]], head: bool) -> Proof:
        # one line above, so that areas keep the gap to what stands over them
        specs = [
            draw([piece.moved(0, 1) for piece in pieces], self.grid.units, {id: columns})
            for pieces, columns in stretches
        ]
        article = self.issue.articles[id]
        if not head:
            nothing = Headline()
            article = replace(
                article, headline=nothing, kicker=nothing, department=Text(), standing_head="", summary=Text()
            )
        alone = replace(self.issue, articles={id: article}, pages=tuple(specs), teasers=())
        plans, _ = read_pages(alone, self.style, {})
        stories, _ = gather(alone, plans)
        dummy = self._empty_dummy(alone, plans)
        set_story(dummy, stories[id], 0)
        if not dummy.fit:  # it could not even be divided into columns
            return Proof(0, 1, 0, 0, False)
        fit = dummy.fit[-1]
        pieces, columns = stretches[-1]
        text = [piece for piece in pieces if piece.name == id]
        uneven = self._uneven(dummy, len(stretches), text, columns)
        frames = dummy.frames.get(len(stretches), [])
        parted = len(partings(frames, self.style))
        # an area of a bent shape has as many columns as the whole, and may be too narrow for them
        narrow = any(frame.role == "body" and frame.width < BESIDE_EM * self.grid.em - 0.1 for frame in frames)
        return Proof(fit.lines, fit.lines_used, uneven, parted, not has_errors(dummy.problems) and not narrow)

    def _empty_dummy(self, alone: Issue, plans: Sequence[PagePlan]) -> Dummy:
        """The one dummy of an article, cleared: what is kept of a table knows the dummy that it was set on."""
        id = next(iter(alone.articles))
        dummy = self._dummies.get(id)
        if dummy is None:
            dummy = self._dummies[id] = Dummy(alone, self.style, self.faces, self.grid, plans, kept=self.kept)
        for placed in (dummy.problems, dummy.frames, dummy.boxes, dummy.pictures, dummy.overset, dummy.fit):
            placed.clear()
        dummy.sides.clear()
        dummy.boxed.clear()
        dummy.issue, dummy.plans = alone, plans
        return dummy

    def _uneven(self, dummy: Dummy, page: int, text: Sequence[Piece], columns: int) -> int:
        """The most lines that a column with something in it ends above its foot."""
        grid = self.grid
        first, last = min(piece.unit for piece in text), max(piece.unit + piece.units for piece in text)
        whole = grid.measure(last - first)
        boxes = [box for box in dummy.boxes.get(page, []) if box.kind != "frame"]
        things: list[Frame | Picture | Box] = [*dummy.frames.get(page, []), *dummy.pictures.get(page, []), *boxes]
        padding = max((sides.foot for sides in dummy.sides.values()), default=0)
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


def draw(pieces: Sequence[Piece], units: int, columns: Mapping[str, int], height: int = 0) -> PageSpec:
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
