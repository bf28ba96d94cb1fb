"""Trying choices out: how full every story would be, without making up the pages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ..composition import Fit
from ..issue.model import Issue, insets_of
from ..issue.pages import PageSpec, numbered
from ..style.grid import Grid
from ..style.model import Style
from ..text.faces import Faces
from .choices import Choices
from .dummy import Dummy
from .flow import Ways
from .heights import Need
from .needs import May, Rows, crops_of, is_news_with_picture, needs_of, text_need
from .stories import measure_story
from .threads import PagePlan, Story, column_counts, gather, read_pages

FLAW = 1.0  # of what a text's flaws cost in pouring, in lines left empty


class Tried(Struct, frozen=True):
    """A story set under some choices: how full it is; its headline's size in pt; the columns of its last area; flaws
    of its text, widows and holes, by what pouring it cost."""

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


class Trials(Struct, dict=True):
    """Trials of one issue. What does not change from one to the next is kept; so a trial costs what it changes."""

    issue: Issue
    style: Style
    faces: Faces
    grid: Grid
    kept: dict[object, object] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)  # see `compose`
    ways: Ways | None = None
    tried: dict[object, Tried | None] = field(default_factory=dict)
    shapes: dict[tuple[int, ...], list[Need]] = field(default_factory=dict)  # of what is no text
    maps: dict[object, tuple[list[PagePlan], dict[str, Story]]] = field(default_factory=dict)  # of pages at heights

    @cached_property
    def specs(self) -> dict[int, PageSpec]:
        return dict(numbered(self.issue.pages))

    @cached_property
    def articles(self) -> dict[int, set[str]]:
        """Page → those that have a text, a headline or a picture there."""
        insets, found = self.issue.insets(), {}
        for number, spec in self.specs.items():
            names = {cell.partition(".")[0] for row in spec.areas for cell in row.cells}
            owners = {insets[name][0] for name in names if name in insets}
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

    def story(self, choices: Choices, page: int, id: str) -> Tried | None:
        """One article, of which some text stands on that page."""
        dummy, _, stories = self._dummy(choices, self.page(page))
        return self._set(dummy, stories[id]) if id in stories else None

    def fits(self, choices: Choices, pages: Sequence[int]) -> list[Fit]:
        """How full every story is that has text on these pages."""
        dummy, plans, stories = self._dummy(choices, *pages)
        here = [plan for plan in plans if any(plan.spec is self.specs[page] for page in pages)]
        told = [self._set(dummy, s) for s in stories.values() if any(p is q for p, _ in s.text for q in here)]
        return [tried.fit for tried in told if tried]

    def crops(self, choices: Choices, page: int, id: str) -> list[tuple[str, int, int]]:
        """The pictures in an article's columns, and by how many lines each may be lower or higher."""
        dummy, _, stories = self._dummy(choices, self.page(page))
        return crops_of(dummy, stories[id]) if id in stories and stories[id].text else []

    def needs(self, choices: Choices, pages: Sequence[int], may: May) -> list[Need]:
        """What all on these pages needs of their rows, one page's after the other's, at the heights in `choices`."""
        dummy, plans, stories = self._dummy(choices, *pages)
        count, first, rows = sum(len(choices.heights[page]) for page in pages), 0, []
        for page in pages:
            heights = choices.heights[page]
            rows.append(Rows([plan for plan in plans if plan.spec is self.specs[page]], heights, first, count))
            first += len(heights)
        needs = []
        for story in stories.values():
            here = [one for one in rows if any(one.has(plan) for plan, _ in story.text)]
            if here and not is_news_with_picture(dummy, story):
                tried = self._set(dummy, story)
                fit = tried.fit if tried else Fit(story.id, 0, 0, 0, 3)  # there was no room for a line
                need = text_need(dummy, story, fit, here, may_track=may("tracking", story.id))
                needs.append(replace(need, flaws=FLAW * tried.flaws) if tried else need)
        if tuple(pages) not in self.shapes:
            self.shapes[tuple(pages)] = [
                need
                for one in rows
                for need in needs_of(dummy, [story for story in stories.values() if one.hold(story)], one, may)
            ]
        return needs + self.shapes[tuple(pages)]

    def page(self, number: int) -> int:
        """The number by which a page is known: of a double truck that of its left side."""
        return number if number in self.specs else number - 1

    def numbers(self, page: int) -> tuple[int, ...]:
        """The numbers of a page: two of a double truck."""
        return (page, page + 1) if self.specs[page].spread else (page,)

    def _dummy(self, choices: Choices, *pages: int) -> tuple[Dummy, list[PagePlan], dict[str, Story]]:
        """A dummy of these pages and of those that their stories run on to, its plans, and the stories."""
        here = set[str]().union(*(self.articles[page] for page in pages))
        wanted = tuple(sorted(set(pages).union(*(self.places[id] for id in here))))
        key = wanted, tuple(choices.heights.get(number) for number in wanted)
        if key not in self.maps:
            plans, _ = read_pages(self.issue, self.style, choices.heights, wanted)
            self.maps[key] = plans, gather(self.issue, plans, whole=False)[0]
        plans, stories = self.maps[key]
        parts = {"choices": choices, "kept": self.kept, "known": self.known, "ways": self.ways}
        return Dummy(self.issue, self.style, self.faces, self.grid, plans, **parts), plans, stories  # type: ignore[arg-type]

    def _set(self, dummy: Dummy, story: Story) -> Tried | None:
        choices = dummy.choices
        places = tuple((plan.number, area.strips, dummy.gap(area)) for plan, area in story.text)
        head = (story.head[0].number, story.head[1].strips) if story.head else None
        crops = tuple(choices.crops.get(inset.id, 0) for inset in insets_of(story.article))
        own = choices.steps.get(story.id), story.id in choices.no_deck, choices.tracking.get(story.id), crops
        key = (story.id, places, head, own)
        if key not in self.tried:
            measured = measure_story(dummy, story)
            self.tried[key] = (
                Tried(measured[0], _size(dummy, story), column_counts(story)[0][-1], measured[1]) if measured else None
            )
        return self.tried[key]


def _size(dummy: Dummy, story: Story) -> float:
    """Of the headline that has just been placed, in pt; 0 where there is none."""
    frames = [frame for frames in dummy.frames.values() for frame in frames]
    return next((f.lines[0].size for f in frames if f.article == story.id and f.role == "headline" and f.lines), 0.0)
