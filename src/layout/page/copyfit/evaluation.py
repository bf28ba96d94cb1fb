"""Trying choices out: how full every story would be, without making up the pages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ...composition import Fit
from ...issue.model import Issue, floats_of
from ...issue.pages import PageSpec, numbered
from ...roles import Role
from ...style.grid import Grid
from ...style.model import Style
from ...text.fonts.faces import Faces
from ..canvas import Canvas
from ..flow.solution import SolutionCache
from ..flow.stories import measure_story
from ..map.threads import PagePlan, Story, column_counts, gather_stories, read_pages
from .decisions import CopyfitDecisions
from .demands import MayAdjust, PageRows, crops_of, demands_of, is_news_with_picture, text_demand
from .heights import Demand

FLAW_COST = 1.0  # of what a text's flaws cost in filling, in lines left empty


class Evaluation(Struct, frozen=True):
    """A story set under some choices: how full it is; its headline's size in pt; the columns of its last area; flaws
    of its text, widows and holes, by what filling it cost."""

    fit: Fit
    size: float = 0.0
    columns: int = 1
    flaws: float = 0.0

    @property
    def left(self) -> int:
        """Lines left empty; below 0 those too many."""
        return self.fit.lines - self.fit.lines_used

    @property
    def is_over(self) -> bool:
        return self.left < 0


class Evaluator(Struct, dict=True):
    """Trials of one issue. What does not change from one to the next is kept; so a trial costs what it changes."""

    issue: Issue
    style: Style
    faces: Faces
    grid: Grid
    trial_cache: dict[object, object] = field(default_factory=dict)
    result_cache: dict[str, Any] = field(default_factory=dict)  # see `compose`
    solutions: SolutionCache | None = None
    evaluations: dict[object, Evaluation | None] = field(default_factory=dict)
    shapes: dict[tuple[int, ...], list[Demand]] = field(default_factory=dict)  # of what is no text
    maps: dict[object, tuple[list[PagePlan], dict[str, Story]]] = field(default_factory=dict)  # of pages at heights

    @cached_property
    def specs(self) -> dict[int, PageSpec]:
        return dict(numbered(self.issue.pages))

    @cached_property
    def articles(self) -> dict[int, set[str]]:
        """Page → those that have a text, a headline or a picture there."""
        floats, found = self.issue.floats(), {}
        for number, spec in self.specs.items():
            names = {cell.partition(".")[0] for row in spec.areas for cell in row.cells}
            owners = {floats[name][0] for name in names if name in floats}
            found[number] = (names & self.issue.articles.keys()) | owners
        return found

    @cached_property
    def places(self) -> dict[str, set[int]]:
        """The same, article → pages."""
        found: dict[str, set[int]] = {}
        for number, ids in self.articles.items():
            for id in ids:
                found.setdefault(id, set()).add(number)
        return found

    def story(self, decisions: CopyfitDecisions, page: int, id: str) -> Evaluation | None:
        """One article, of which some text stands on that page."""
        canvas, _, stories = self._canvas(decisions, self.page(page))
        return self._set(canvas, stories[id]) if id in stories else None

    def fits(self, decisions: CopyfitDecisions, pages: Sequence[int]) -> list[Fit]:
        """How full every story is that has text on these pages."""
        canvas, plans, stories = self._canvas(decisions, *pages)
        here = [plan for plan in plans if any(plan.spec is self.specs[page] for page in pages)]
        reported = [self._set(canvas, s) for s in stories.values() if any(p is q for p, _ in s.text for q in here)]
        return [tried.fit for tried in reported if tried]

    def crops(self, decisions: CopyfitDecisions, page: int, id: str) -> list[tuple[str, int, int]]:
        """The pictures in an article's columns, and by how many lines each may be lower or higher."""
        canvas, _, stories = self._canvas(decisions, self.page(page))
        return crops_of(canvas, stories[id]) if id in stories and stories[id].text else []

    def demands(self, decisions: CopyfitDecisions, pages: Sequence[int], may: MayAdjust) -> list[Demand]:
        """What all on these pages needs of their rows, one page's after the other's, at the heights in `decisions`."""
        canvas, plans, stories = self._canvas(decisions, *pages)
        count, first, rows = sum(len(decisions.heights[page]) for page in pages), 0, []
        for page in pages:
            heights = decisions.heights[page]
            rows.append(PageRows([plan for plan in plans if plan.spec is self.specs[page]], heights, first, count))
            first += len(heights)
        demands = []
        for story in stories.values():
            here = [one for one in rows if any(one.supply(plan) for plan, _ in story.text)]
            if here and not is_news_with_picture(canvas, story):
                tried = self._set(canvas, story)
                fit = tried.fit if tried else Fit(story.id, 0, 0, 0, 3)  # there was no room for a line
                demand = text_demand(canvas, story, fit, here, may_track=may("tracking", story.id))
                demands.append(replace(demand, flaws=FLAW_COST * tried.flaws) if tried else demand)
        if tuple(pages) not in self.shapes:
            self.shapes[tuple(pages)] = [
                demand
                for one in rows
                for demand in demands_of(canvas, [story for story in stories.values() if one.hold(story)], one, may)
            ]
        return demands + self.shapes[tuple(pages)]

    def page(self, number: int) -> int:
        """The number by which a page is known: of a double truck that of its left side."""
        return number if number in self.specs else number - 1

    def numbers(self, page: int) -> tuple[int, ...]:
        """The numbers of a page: two of a double truck."""
        return (page, page + 1) if self.specs[page].spread else (page,)

    def _canvas(self, decisions: CopyfitDecisions, *pages: int) -> tuple[Canvas, list[PagePlan], dict[str, Story]]:
        """A canvas of these pages and of those that their stories run on to, its plans, and the stories."""
        here = set[str]().union(*(self.articles[page] for page in pages))
        wanted = tuple(sorted(set(pages).union(*(self.places[id] for id in here))))
        key = wanted, tuple(decisions.heights.get(number) for number in wanted)
        if key not in self.maps:
            plans, _ = read_pages(self.issue, self.style, decisions.heights, wanted)
            self.maps[key] = plans, gather_stories(self.issue, plans, whole=False)[0]
        plans, stories = self.maps[key]
        parts = {
            "decisions": decisions,
            "trial_cache": self.trial_cache,
            "result_cache": self.result_cache,
            "solutions": self.solutions,
        }
        return Canvas(self.issue, self.style, self.faces, self.grid, plans, **parts), plans, stories  # type: ignore[arg-type]

    def _set(self, canvas: Canvas, story: Story) -> Evaluation | None:
        decisions = canvas.decisions
        places = tuple((plan.number, area.strips, canvas.gap(area)) for plan, area in story.text)
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
    """Of the headline that has just been placed, in pt; 0 where there is none."""
    frames = [frame for frames in canvas.frames.values() for frame in frames]
    return next((f.lines[0].size for f in frames if f.article == story.id and f.role is Role.HEADLINE and f.lines), 0.0)
