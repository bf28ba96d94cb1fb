"""Trials of copyfit decisions: how full every story would be, without making up the pages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from ...composition import Fit
from ...issue.model import floats_of
from ...issue.pages import PageSpec, numbered
from ...roles import Role
from ..caches import Caches
from ..canvas import Canvas
from ..decisions import CopyfitDecisions
from ..flow.stories import measure_story
from ..map.areas import Strip
from ..map.threads import PagePlan, Story, column_counts, gather_stories, read_pages
from ..setup import Setup
from .demands import MayAdjust, PageRows, crops_of, demands_of, is_news_with_picture, text_demand
from .heights import Demand

FLAW_COST = 1.0  # empty lines that a unit of the flow's cost equals


# Page → heights of its rows, None where they are as the map says.
_MapsKey = tuple[tuple[int, ...], tuple[tuple[int, ...] | None, ...]]
# All that a story's evaluation depends on: its article, its areas (page, strips, gap above), the area of its headline,
# its decisions (grade, without its deck, tracking, crops).
_EvaluationKey = tuple[
    str,
    tuple[tuple[int, tuple[Strip, ...], int], ...],
    tuple[int, tuple[Strip, ...]] | None,
    tuple[int | None, bool, float | None, tuple[int, ...]],
]


class Evaluation(Struct, frozen=True):
    """A story measured under some decisions: how full it is, the size of its headline in pt, the columns of its last
    area, and the cost of the flaws of its text (widows, holes)."""

    fit: Fit
    size: float = 0.0
    columns: int = 1
    flaws: float = 0.0

    @property
    def left(self) -> int:
        """Empty lines; below 0, overset lines."""
        return self.fit.lines - self.fit.lines_used

    @property
    def is_over(self) -> bool:
        return self.left < 0


class Evaluator(Struct, dict=True):
    """Trials of one issue under different decisions. All share the caches, so a trial costs only what it changes.

    `setup` has neither maps nor decisions: each trial has its own.
    """

    setup: Setup
    caches: Caches
    evaluations: dict[_EvaluationKey, Evaluation | None] = field(default_factory=dict)
    shapes: dict[tuple[int, ...], list[Demand]] = field(default_factory=dict)  # pages → demands of what is no text
    maps: dict[_MapsKey, tuple[list[PagePlan], dict[str, Story]]] = field(default_factory=dict)

    @cached_property
    def specs(self) -> dict[int, PageSpec]:
        return dict(numbered(self.setup.issue.pages))

    @cached_property
    def articles(self) -> dict[int, set[str]]:
        """Page → articles with a text, a headline or a picture on it."""
        floats, found = self.setup.issue.floats(), {}
        for number, spec in self.specs.items():
            names = {cell.partition(".")[0] for row in spec.areas for cell in row.cells}
            owners = {floats[name][0] for name in names if name in floats}
            found[number] = (names & self.setup.issue.articles.keys()) | owners
        return found

    @cached_property
    def places(self) -> dict[str, set[int]]:
        """Article → pages with a text, a headline or a picture of it."""
        found: dict[str, set[int]] = {}
        for number, ids in self.articles.items():
            for id in ids:
                found.setdefault(id, set()).add(number)
        return found

    def story(self, decisions: CopyfitDecisions, page: int, id: str) -> Evaluation | None:
        """The evaluation of an article that has text on that page; None where it has none."""
        canvas, _, stories = self._canvas(decisions, self.page(page))
        return self._set(canvas, stories[id]) if id in stories else None

    def fits(self, decisions: CopyfitDecisions, pages: Sequence[int]) -> list[Fit]:
        """How full each story with text on these pages is."""
        canvas, plans, stories = self._canvas(decisions, *pages)
        here = [plan for plan in plans if any(plan.spec is self.specs[page] for page in pages)]
        evaluated = [self._set(canvas, s) for s in stories.values() if any(p is q for p, _ in s.text for q in here)]
        return [evaluation.fit for evaluation in evaluated if evaluation]

    def crops(self, decisions: CopyfitDecisions, page: int, id: str) -> list[tuple[str, int, int]]:
        """The pictures in an article's columns, and the lines by which each may be lower or higher."""
        canvas, _, stories = self._canvas(decisions, self.page(page))
        return crops_of(canvas, stories[id]) if id in stories and stories[id].text else []

    def demands(self, decisions: CopyfitDecisions, pages: Sequence[int], may: MayAdjust) -> list[Demand]:
        """The demands of all content on the rows of these pages, measured at the heights in `decisions`.

        The rows are numbered through, one page's after the other's.
        """
        canvas, plans, stories = self._canvas(decisions, *pages)
        count, first, rows = sum(len(decisions.heights[page]) for page in pages), 0, []
        for page in pages:
            heights = decisions.heights[page]
            rows.append(PageRows([plan for plan in plans if plan.spec is self.specs[page]], heights, first, count))
            first += len(heights)
        demands = []
        for story in stories.values():
            here = [one for one in rows if any(one.includes(plan) for plan, _ in story.text)]
            if here and not is_news_with_picture(canvas, story):
                tried = self._set(canvas, story)
                fit = tried.fit if tried else Fit(story.id, 0, 0, 0, 3)  # its columns have no lines
                demand = text_demand(canvas, story, fit, here, may_track=may("tracking", story.id))
                demands.append(replace(demand, flaws=FLAW_COST * tried.flaws) if tried else demand)
        if tuple(pages) not in self.shapes:
            self.shapes[tuple(pages)] = [
                demand
                for one in rows
                for demand in demands_of(canvas, [story for story in stories.values() if one.holds(story)], one, may)
            ]
        return demands + self.shapes[tuple(pages)]

    def page(self, number: int) -> int:
        """The number of the map that a page is on: of a double truck, that of the left page."""
        return number if number in self.specs else number - 1

    def numbers(self, page: int) -> tuple[int, ...]:
        """The page numbers of a map: two for a double truck."""
        return (page, page + 1) if self.specs[page].spread else (page,)

    def _canvas(self, decisions: CopyfitDecisions, *pages: int) -> tuple[Canvas, list[PagePlan], dict[str, Story]]:
        """A canvas of these pages and of those to which their stories jump, its plans, and the stories."""
        here = set[str]().union(*(self.articles[page] for page in pages))
        wanted = tuple(sorted(set(pages).union(*(self.places[id] for id in here))))
        key = wanted, tuple(decisions.heights.get(number) for number in wanted)
        if key not in self.maps:
            plans, _ = read_pages(self.setup.issue, self.setup.style, decisions.heights, wanted)
            self.maps[key] = plans, gather_stories(self.setup.issue, plans, whole=False)[0]
        plans, stories = self.maps[key]
        return Canvas(replace(self.setup, plans=plans, decisions=decisions), self.caches), plans, stories

    def _set(self, canvas: Canvas, story: Story) -> Evaluation | None:
        decisions = canvas.decisions
        places = tuple((plan.number, area.strips, canvas.setup.gap(area)) for plan, area in story.text)
        head = (story.head[0].number, story.head[1].strips) if story.head else None
        crops = tuple(decisions.crops.get(float_.id, 0) for float_ in floats_of(story.article))
        own = decisions.grades.get(story.id), story.id in decisions.no_deck, decisions.tracking.get(story.id), crops
        key = (story.id, places, head, own)
        if key not in self.evaluations:
            measured = measure_story(canvas, story)
            self.evaluations[key] = (
                Evaluation(measured[0], _size(canvas, story), column_counts(story)[0][-1], measured[1])
                if measured
                else None
            )
        return self.evaluations[key]


def _size(canvas: Canvas, story: Story) -> float:
    """The size in pt of the headline just placed; 0 where there is none."""
    frames = [frame for frames in canvas.frames.values() for frame in frames]
    return next((f.lines[0].size for f in frames if f.article == story.id and f.role is Role.HEADLINE and f.lines), 0.0)
